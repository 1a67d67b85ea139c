"""Changes to the rows of shops.csv, crews.csv and absences.csv: found, set, added, dropped."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from planner.domain.scenario import RowKind, Value
from planner.exchange.crews import ABSENCE_COLUMNS, CREW_COLUMNS
from planner.exchange.csv_row import LIST_SEPARATOR, CsvRow
from planner.exchange.csv_table import Columns, Table
from planner.exchange.key_words import word_for
from planner.exchange.problems import ProblemLog
from planner.exchange.scenario_values import Shift, cell_of, plainly, read_shift
from planner.exchange.shops import COLUMNS as SHOP_COLUMNS
from planner.exchange.shops import DEFAULT_PRIORITY
from planner.exchange.text import Names, quoted, shortened
from planner.exchange.values import BadValue, Bounds, parse_day, parse_number
from planner.wording.translation import gettext, ngettext, pgettext

COLUMNS: dict[RowKind, Columns] = {
    RowKind.SHOPS: SHOP_COLUMNS,
    RowKind.CREWS: CREW_COLUMNS,
    RowKind.ABSENCES: ABSENCE_COLUMNS,
}
DAYS = frozenset({"ready_from", "due_by", "start", "finish", "published_start", "first", "last"})
NUMBERS = frozenset({"lat", "lon", "weekly_revenue", "annual_target", "priority", "units", "max_km"})
ANY_NUMBER = Bounds(-1e15, 1e15)
SHOWN = 6


@dataclass(slots=True)
class Row:
    """A row by column; `line` is where it stands in its `file`, None where it is a record of its own."""

    line: int | None
    cells: dict[str, str]
    file: str = ""

    def has(self, column: str, value: str) -> bool:
        """Whether the cell, or one item of a list in it, is `value`."""
        return value in [item.strip() for item in self.cells.get(column, "").split(LIST_SEPARATOR)]


@dataclass(slots=True)
class Sheet:
    """The rows of a CSV file, free to change."""

    kind: RowKind
    columns: list[str]
    rows: list[Row] = field(default_factory=list)

    @property
    def known(self) -> Names:
        """The columns that may be set: those that mean something, and those that the file has."""
        return Names(pgettext("noun", "column"), (*COLUMNS[self.kind].known, *self.columns))

    def set_cells(self, rows: Collection[Row], column: str, value: Value) -> str:
        """Set `column` in `rows`, or move it where the value says so; an empty cell has nothing to move.

        Returns what changed. Raises BadValue.
        """
        self._check_column(column)
        shift = read_shift(value) if column in DAYS | NUMBERS else None
        if column not in self.columns:
            self.columns.append(column)
        if shift is None:
            return self._overwrite(rows, column, cell_of(value))
        moved = [row for row in rows if self._cell(row, column)]
        if not moved:
            text = gettext("none of {rows} has a {column} that could move")
            raise BadValue(text.format(rows=_counted(self.kind, rows), column=column))
        for row in moved:
            row.cells[column] = cell_of(self._moved(row, column, shift))
        rest = len(rows) - len(moved)
        left = gettext("; {number} more have none and stay as they are").format(number=rest) if rest else ""
        return f"{self.named(moved)}, {word_for(column)}: {shift}{left}"

    def add(self, values: Mapping[str, Value]) -> str:
        """Add a row. Returns what changed. Raises BadValue."""
        for column in values:
            self._check_column(column)
        self.columns += [column for column in values if column not in self.columns]
        line = max((row.line or 1 for row in self.rows), default=1) + 1
        self.rows.append(Row(line, {column: cell_of(value) for column, value in values.items()}))
        return gettext("{what}: new, with {values}").format(what=noun_of(self.kind), values=plainly(values))

    def drop(self, rows: Iterable[Row]) -> str:
        """Take rows away. Returns what changed."""
        gone = list(rows)
        self.rows = [row for row in self.rows if all(row is not other for other in gone)]
        return gettext("{what}: dropped").format(what=self.named(gone))

    def named(self, rows: Collection[Row]) -> str:
        """How many rows they are, and the first of them."""
        key = "crew" if self.kind is RowKind.ABSENCES else "id"
        names = list(dict.fromkeys(shortened(row.cells.get(key, "")) for row in rows))
        listed = ", ".join(names[:SHOWN])
        if len(names) > SHOWN:
            listed = gettext("{names} and {number} more").format(names=listed, number=len(names) - SHOWN)
        if self.kind is RowKind.ABSENCES:
            listed = pgettext("absences", "of {crews}").format(crews=listed)
        return f"{_counted(self.kind, rows)} ({listed})"

    def table(self, file: str, log: ProblemLog) -> Table:
        """The rows as the readers of the file want them."""
        index = {column: number for number, column in enumerate(self.columns)}
        rows = [
            CsvRow(log, row.file or file, row.line, index, [row.cells.get(column, "") for column in self.columns])
            for row in self.rows
        ]
        unknown = tuple(column for column in self.columns if column not in COLUMNS[self.kind].known)
        return Table(file, log, index, unknown, rows)

    def _check_column(self, column: str) -> None:
        if column not in self.known:
            raise BadValue(self.known.unknown(column))

    def _overwrite(self, rows: Collection[Row], column: str, cell: str) -> str:
        before = list(dict.fromkeys(row.cells.get(column, "").strip() for row in rows))
        for row in rows:
            row.cells[column] = cell
        none = pgettext("cell", "none")
        place = f"{self.named(rows)}, {word_for(column)}"
        said = quoted(cell) if cell and column not in DAYS | NUMBERS else shortened(cell) or none
        if len(before) > 1:
            text = gettext("{place}: {new} instead of {number} other values")
            return text.format(place=place, new=said, number=len(before))
        text = gettext("{place}: {new} instead of {before}")
        return text.format(place=place, new=said, before=shortened(before[0]) or none)

    def _cell(self, row: Row, column: str) -> str:
        """The cell, or what stands for it where it is empty."""
        defaults = {(RowKind.SHOPS, "priority"): str(DEFAULT_PRIORITY), (RowKind.CREWS, "units"): "1"}
        return row.cells.get(column, "").strip() or defaults.get((self.kind, column), "")

    def _moved(self, row: Row, column: str, shift: Shift) -> object:
        cell = self._cell(row, column)
        if column in DAYS:
            return shift.of(parse_day(cell))
        number = parse_number(cell, ANY_NUMBER)
        return shift.of(int(number) if number == int(number) else number)


def sheet_of(kind: RowKind, table: Table) -> Sheet:
    """A table's rows, to be changed."""
    columns = list(table.index) or list(COLUMNS[kind].required)
    return Sheet(kind, columns, [Row(row.row, row.cells(), row.file) for row in table.rows])


def noun_of(kind: RowKind) -> str:
    """What a row of a kind is."""
    match kind:
        case RowKind.SHOPS:
            return pgettext("noun", "shop")
        case RowKind.CREWS:
            return pgettext("noun", "crew")
        case RowKind.ABSENCES:
            return pgettext("noun", "absence")


def _counted(kind: RowKind, rows: Collection[Row]) -> str:
    number = len(rows)
    match kind:
        case RowKind.SHOPS:
            text = ngettext("{number} shop", "{number} shops", number)
        case RowKind.CREWS:
            text = ngettext("{number} crew", "{number} crews", number)
        case RowKind.ABSENCES:
            text = ngettext("{number} absence", "{number} absences", number)
    return text.format(number=number)
