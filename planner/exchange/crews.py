"""crews.csv and absences.csv: who works, where from, and when not."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.crew import Absence, Crew
from planner.exchange.csv_row import CsvRow, report_repeated_ids
from planner.exchange.csv_table import Columns, Table
from planner.exchange.text import Names
from planner.exchange.toml_table import STAND_IN_DAY
from planner.exchange.values import KM, UNITS
from planner.wording.translation import pgettext

CREWS_CSV = "crews.csv"
ABSENCES_CSV = "absences.csv"
DEFAULT_UNITS = 1
CREW_COLUMNS = Columns(
    required=("id", "trade"), optional=("name", "units", "lat", "lon", "regions", "max_km", "first", "last")
)
ABSENCE_COLUMNS = Columns(required=("crew", "first", "last"), optional=("units", "reason"))


@dataclass(frozen=True, slots=True)
class CrewRow:
    """A crew and the row it was read from."""

    crew: Crew
    source: CsvRow


@dataclass(frozen=True, slots=True)
class CrewTable:
    """The rows of crews.csv; not complete where mistakes may hide crews."""

    rows: Sequence[CrewRow]
    is_complete: bool


def read_crews(table: Table) -> CrewTable:
    """Read the rows of crews.csv."""
    rows = [CrewRow(_read_crew(row), row) for row in table.rows]
    report_repeated_ids([(row.source, row.crew.id) for row in rows])
    return CrewTable(rows, table.is_complete)


def _read_crew(row: CsvRow) -> Crew:
    lat, lon = row.position()
    first, last = row.day("first"), row.day("last")
    row.check_order(first, last)
    return Crew(
        id=row.text("id", required=True, one_name=True),
        trade=row.text("trade", required=True),
        name=row.text("name"),
        units=row.whole("units", UNITS) or DEFAULT_UNITS,
        lat=lat,
        lon=lon,
        regions=row.texts("regions"),
        max_km=row.number("max_km", KM),
        first=first,
        last=last,
    )


def read_absences(table: Table, crews: CrewTable) -> tuple[Absence, ...]:
    """Read the rows of absences.csv; their crews are checked where all crews are known."""
    ids = Names(pgettext("noun", "crew"), (row.crew.id for row in crews.rows)) if crews.is_complete else None
    return tuple(_read_absence(row, ids) for row in table.rows)


def _read_absence(row: CsvRow, crew_ids: Names | None) -> Absence:
    crew = row.text("crew", required=True)
    if crew and crew_ids is not None and crew not in crew_ids:
        row.error("crew", crew_ids.unknown(crew))
    first, last = row.day("first", required=True), row.day("last", required=True)
    row.check_order(first, last)
    return Absence(
        crew=crew,
        first=first or STAND_IN_DAY,
        last=last or STAND_IN_DAY,
        units=row.whole("units", UNITS),
        reason=row.text("reason"),
    )
