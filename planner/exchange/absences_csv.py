"""absences.csv with rows added: what was there stays as it was written."""

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.crew import Absence
from planner.exchange.plan_csv import FORMULA
from planner.exchange.text import clean

COLUMNS = ("crew", "first", "last", "units", "reason")


@dataclass(frozen=True, slots=True)
class AbsencesChange:
    """A new absences.csv, and how it differs: rows `added`, rows `known` already, rows `dropped`."""

    content: bytes
    added: tuple[Absence, ...]
    known: tuple[Absence, ...]
    dropped: tuple[dict[str, str], ...]


def add_absences(text: str, absences: Sequence[Absence], replaced: Collection[str], today: date) -> AbsencesChange:
    """The absences.csv `text` (correct, or empty) with those of `absences` that it lacks.

    Rows of the crews in `replaced` that last till today or longer are dropped first: what is new is all there is.
    """
    reader = csv.DictReader(io.StringIO(text, newline=""))
    columns = list(reader.fieldnames or ())
    names = {(column or "").strip(): column for column in columns}
    rows = [row for row in reader if any((cell or "").strip() for cell in row.values() if isinstance(cell, str))]
    stands = {_key(absence) for absence in absences}

    def cell(row: dict[str, str], column: str) -> str:
        return (row.get(names.get(column, column)) or "").strip()

    kept: list[dict[str, str]] = []
    dropped: list[dict[str, str]] = []
    for row in rows:
        found = (cell(row, "crew"), cell(row, "first"), cell(row, "last"), cell(row, "units"))
        ends = date.fromisoformat(found[2])
        is_replaced = found[0] in replaced and ends >= today and found not in stands
        (dropped if is_replaced else kept).append(row)
    there = {(cell(row, "crew"), cell(row, "first"), cell(row, "last"), cell(row, "units")) for row in kept}
    added = [absence for absence in absences if _key(absence) not in there]
    columns += [column for column in COLUMNS if column not in names]
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(kept)
    writer.writerows(
        {names.get(column, column): value for column, value in absence_cells(item).items()} for item in added
    )
    return AbsencesChange(
        table.getvalue().encode(),
        tuple(added),
        tuple(absence for absence in absences if _key(absence) in there),
        tuple({name: cell(row, name) for name in dict.fromkeys((*COLUMNS, *names))} for row in dropped),
    )


def _key(absence: Absence) -> tuple[str, str, str, str]:
    row = absence_cells(absence)
    return row["crew"], row["first"], row["last"], row["units"]


def absence_cells(absence: Absence) -> dict[str, str]:
    """The cells of a row, by column."""
    reason = clean(absence.reason)
    return {
        "crew": absence.crew,
        "first": absence.first.isoformat(),
        "last": absence.last.isoformat(),
        "units": "" if absence.units is None else str(absence.units),
        # A spreadsheet in which somebody opens the file must not run what stands in a calendar.
        "reason": f"'{reason}" if FORMULA.match(reason) else reason,
    }
