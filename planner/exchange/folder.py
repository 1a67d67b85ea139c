"""A rollout folder: rollout.toml, shops.csv, crews.csv and absences.csv, read and checked as one."""

from dataclasses import replace
from pathlib import Path

from planner.domain.rollout import Rollout
from planner.exchange.coverage import check_coverage
from planner.exchange.crews import ABSENCES_CSV, CREWS_CSV, read_absences, read_crews
from planner.exchange.problems import InputError, Problem, ProblemLog
from planner.exchange.references import check_references
from planner.exchange.rollout_files import RolloutFiles, load_files
from planner.exchange.settings import ROLLOUT_TOML, read_settings
from planner.exchange.shop_dates import check_dates
from planner.exchange.shops import SHOPS_CSV, read_shops
from planner.exchange.text import printable
from planner.wording.translation import gettext

FILES = (ROLLOUT_TOML, SHOPS_CSV, CREWS_CSV, ABSENCES_CSV)


def read_folder(folder: Path) -> tuple[Rollout, tuple[Problem, ...]]:
    """Read a rollout folder: the rollout, and warnings of what may not mean what its author thinks.

    Raises `InputError` with all mistakes of all files. A mistake in one place keeps none elsewhere from being
    found, except where what is right there depends on what is wrong here.
    """
    check_is_folder(folder)
    log = ProblemLog()
    rollout = read_files(load_files(folder, log), log)
    if rollout is None:
        raise InputError(in_order(log.errors))
    return rollout, in_order(log.warnings)


def read_files(files: RolloutFiles, log: ProblemLog) -> Rollout | None:
    """The rollout that `files` describe; None where `log` holds any mistake, found here or before."""
    settings = read_settings(files.settings, log, files.actuals)
    shops = read_shops(files.shops, settings, log)
    crews = read_crews(files.crews)
    absences = read_absences(files.absences, crews)
    check_dates(shops.rows, settings)
    check_references(shops, crews, settings)
    check_coverage(shops, crews, settings, log)
    if log.errors or settings is None:
        return None
    return replace(
        settings.rollout,
        shops=tuple(row.shop for row in shops.rows),
        crews=tuple(row.crew for row in crews.rows),
        absences=absences,
    )


def check_is_folder(folder: Path) -> None:
    """Raises InputError where `folder` is no folder."""
    try:
        if folder.is_dir():
            return
        text = gettext("there is no such folder; give the folder of a rollout")
        if folder.exists():
            text = gettext("is a file, not a folder; give the folder of a rollout")
    except OSError as error:
        text = gettext("cannot be read ({reason}); give the folder of a rollout").format(reason=error.strerror)
    raise InputError([Problem(printable(str(folder)), None, None, text)])


def in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """By file and row; within a row, and in rollout.toml, in the order they were found."""
    order = {name: place for place, name in enumerate(FILES)}
    return tuple(sorted(problems, key=lambda problem: (order.get(problem.file, len(FILES)), problem.row or 0)))
