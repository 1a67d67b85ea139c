"""A rollout folder: rollout.toml, shops.csv, crews.csv and absences.csv, read and checked as one."""

from dataclasses import replace
from pathlib import Path

from planner.domain.rollout import Rollout
from planner.exchange.coverage import check_coverage
from planner.exchange.crews import ABSENCES_CSV, CREWS_CSV, read_absences, read_crews
from planner.exchange.problems import InputError, Problem, ProblemLog
from planner.exchange.references import check_references
from planner.exchange.settings import ROLLOUT_TOML, read_settings
from planner.exchange.shop_dates import check_dates
from planner.exchange.shops import SHOPS_CSV, read_shops
from planner.exchange.text import printable

FILES = (ROLLOUT_TOML, SHOPS_CSV, CREWS_CSV, ABSENCES_CSV)


def read_folder(folder: Path) -> tuple[Rollout, tuple[Problem, ...]]:
    """Read a rollout folder: the rollout, and warnings of what may not mean what its author thinks.

    Raises `InputError` with all mistakes of all files. A mistake in one place keeps none elsewhere from being
    found, except where what is right there depends on what is wrong here.
    """
    _check_folder(folder)
    log = ProblemLog()
    settings = read_settings(folder, log)
    shops = read_shops(folder, settings, log)
    crews = read_crews(folder, log)
    absences = read_absences(folder, crews, log)
    check_dates(shops.rows, settings)
    check_references(shops, crews, settings)
    check_coverage(shops, crews, settings, log)
    if log.errors or settings is None:
        raise InputError(_in_order(log.errors))
    rollout = replace(
        settings.rollout,
        shops=tuple(row.shop for row in shops.rows),
        crews=tuple(row.crew for row in crews.rows),
        absences=absences,
    )
    return rollout, _in_order(log.warnings)


def _check_folder(folder: Path) -> None:
    try:
        if folder.is_dir():
            return
        found = "is a file, not a folder" if folder.exists() else "there is no such folder"
    except OSError as error:
        found = f"cannot be read ({error.strerror})"
    raise InputError([Problem(printable(str(folder)), None, None, f"{found}; give the folder of a rollout")])


def _in_order(problems: list[Problem]) -> tuple[Problem, ...]:
    """By file and row; within a row, and in rollout.toml, in the order they were found."""
    return tuple(sorted(problems, key=lambda problem: (FILES.index(problem.file), problem.row or 0)))
