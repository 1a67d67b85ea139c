"""The CSV of past jobs that `risk.actuals` names, and the lognormal spread fitted to them."""

from collections import defaultdict
from collections.abc import Iterator
from math import exp, log
from pathlib import Path
from statistics import fmean, stdev

from planner.domain.rules import Spread
from planner.exchange.csv_row import EMPTY, CsvRow
from planner.exchange.csv_table import Columns, Table, read_table, split_table
from planner.exchange.problems import ProblemLog
from planner.exchange.settings_risk import widest_first
from planner.exchange.toml_reader import Toml
from planner.exchange.toml_table import TomlTable, is_table
from planner.exchange.values import Bounds
from planner.wording.translation import gettext

MIN_JOBS = 8
JOB_DAYS = Bounds(0.1, 10_000)
COLUMNS = Columns(required=("planned_days", "actual_days"), optional=("phase", "trade"))

PastJob = tuple[str, str, float]
"""A phase, a trade (either may be empty), and the logarithm of actual days over planned days."""


def load_actuals(folder: Path, settings: Toml | None, file: str, log: ProblemLog) -> Table | None:
    """Split the file of past jobs that the settings of `file` name; None where they name none."""
    name = actuals_name(settings, file, log)
    return None if name is None else read_table(folder, name, COLUMNS, log)


def split_actuals(text: str, settings: Toml | None, file: str, log: ProblemLog) -> Table | None:
    """The same with the text of that file."""
    name = actuals_name(settings, file, log)
    return None if name is None else split_table(text, name, COLUMNS, log)


def actuals_name(settings: Toml | None, file: str, log: ProblemLog) -> str | None:
    """The name of the file of past jobs; None where the settings of `file` name none, or a wrong one."""
    risk = (settings or {}).get("risk")
    if not is_table(risk) or "actuals" not in risk:
        return None
    source = TomlTable(log, file, "risk", risk)
    name = source.text("actuals")
    if not source.is_good("actuals"):
        return None
    if Path(name).name != name:
        source.error("actuals", gettext("must be the name of a file in the rollout folder, without a path"))
        return None
    return name


def fit_actuals(table: Table | None) -> tuple[Spread, ...]:
    """The spread of each phase and each trade with at least eight past jobs, and of all jobs, in that order.

    Of the logarithms of actual over planned days, the mean gives the median and the standard deviation (with
    n - 1) gives sigma: the usual estimates for a lognormal.
    """
    if table is None:
        return ()
    jobs = [job for row in table.rows if (job := _read_job(row)) is not None]
    if not table.is_complete:
        return ()
    if not jobs:
        table.error(
            None, None, gettext("has no past job; add rows with planned_days and actual_days, or drop 'actuals'")
        )
        return ()
    if len(jobs) < MIN_JOBS:
        text = gettext(
            "has only {number} usable past jobs; a spread needs at least {least}: add some, or drop 'actuals'"
        )
        table.error(None, None, text.format(number=len(jobs), least=MIN_JOBS))
        return ()
    by_phase: dict[str, list[float]] = defaultdict(list)
    by_trade: dict[str, list[float]] = defaultdict(list)
    for phase, trade, ratio in jobs:
        by_phase[phase].append(ratio)
        by_trade[trade].append(ratio)
    phases = [_fitted(ratios, phase=name) for name, ratios in _large_enough(by_phase)]
    trades = [_fitted(ratios, trade=name) for name, ratios in _large_enough(by_trade)]
    return (*phases, *widest_first(trades), _fitted([ratio for _, _, ratio in jobs]))


def _read_job(row: CsvRow) -> PastJob | None:
    phase, trade = row.text("phase"), row.text("trade")
    days = []
    for column in COLUMNS.required:
        number = row.number(column, JOB_DAYS)
        if number is None and row.is_good(column):
            row.error(column, gettext(EMPTY))
        days.append(number)
    planned, actual = days
    return None if planned is None or actual is None else (phase, trade, log(actual / planned))


def _large_enough(groups: dict[str, list[float]]) -> Iterator[tuple[str, list[float]]]:
    return ((name, ratios) for name, ratios in groups.items() if name and len(ratios) >= MIN_JOBS)


def _fitted(ratios: list[float], phase: str = "", trade: str = "") -> Spread:
    return Spread(median=exp(fmean(ratios)), sigma=stdev(ratios), phase=phase, trade=trade, jobs=len(ratios))
