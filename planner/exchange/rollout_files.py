"""What the files of a rollout folder hold, split into values and cells but not yet understood."""

import os
from dataclasses import dataclass
from pathlib import Path

from planner.exchange.actuals import load_actuals
from planner.exchange.crews import ABSENCE_COLUMNS, ABSENCES_CSV, CREW_COLUMNS, CREWS_CSV
from planner.exchange.csv_table import Table, read_table
from planner.exchange.problems import ProblemLog
from planner.exchange.settings import ROLLOUT_TOML
from planner.exchange.shops import COLUMNS as SHOP_COLUMNS
from planner.exchange.shops import SHOPS_CSV
from planner.exchange.toml_reader import Toml, load_toml


@dataclass(frozen=True, slots=True)
class RolloutFiles:
    """The values of rollout.toml (None where it cannot be read) and the rows of the CSV files.

    absences.csv need not be there, and is then a table without rows; `actuals` is the file of past jobs that
    rollout.toml names, if it does.
    """

    settings: Toml | None
    shops: Table
    crews: Table
    absences: Table
    actuals: Table | None = None


def load_files(folder: Path, log: ProblemLog) -> RolloutFiles:
    """Split the files of a folder; what cannot be split is said in `log`."""
    settings = load_toml(folder, ROLLOUT_TOML, log)
    return RolloutFiles(
        settings=settings,
        shops=read_table(folder, SHOPS_CSV, SHOP_COLUMNS, log),
        crews=read_table(folder, CREWS_CSV, CREW_COLUMNS, log),
        # A link to nowhere is there, and says so when it is read.
        absences=read_table(folder, ABSENCES_CSV, ABSENCE_COLUMNS, log)
        if os.path.lexists(folder / ABSENCES_CSV)
        else Table(ABSENCES_CSV, log),
        actuals=load_actuals(folder, settings, ROLLOUT_TOML, log),
    )
