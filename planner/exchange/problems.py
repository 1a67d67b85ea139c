"""What is wrong with an input: one sentence per problem, and all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from planner.exchange.text import shortened
from planner.wording.translation import gettext


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake or an oddity in an input file.

    `row` is the line an editor shows (1 is the header; for a record over several lines, where it begins).
    `column` is a CSV column, or the place in rollout.toml, such as `format 'M', phase 2, days`. `cell` is what
    spreadsheet programs call the cell, such as `Sheet1!D17`.
    """

    file: str
    row: int | None
    column: str | None
    text: str
    cell: str | None = None

    def __str__(self) -> str:
        where = [self.file]
        if self.cell is not None:
            where.append(self.cell if self.column is None else f"{self.cell} ({self.column})")
            return f"{', '.join(where)}: {self.text}"
        if self.row is not None:
            row = gettext("line {number}") if self.file.endswith(".toml") else gettext("row {number}")
            where.append(row.format(number=self.row))
        if self.column is not None:
            column = self.column if self.row is None else gettext("column {column}").format(column=self.column)
            where.append(column)
        return f"{', '.join(where)}: {self.text}"


class InputError(Exception):
    """An input that cannot be planned; `problems` holds all that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class ProblemLog:
    """Collects mistakes (`errors`) and oddities (`warnings`) while files are read."""

    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def error(self, file: str, row: int | None, column: str | None, text: str) -> None:
        """Note a mistake: the input cannot be used."""
        self.errors.append(Problem(file, row, column, text))

    def warn(self, file: str, row: int | None, column: str | None, text: str) -> None:
        """Note an oddity: the input can be used, but may not mean what its author thinks."""
        self.warnings.append(Problem(file, row, column, text))


class Source:
    """Where a record was read from: a row of a CSV file, or a table of rollout.toml.

    Problems of the record's fields are reported here, so that later checks can name the place as well, and can
    tell (`is_good`) which fields hold what was written and which a stand-in for something wrong.
    """

    __slots__ = ("_bad", "file", "log", "row")

    def __init__(self, log: ProblemLog, file: str, row: int | None) -> None:
        self.log = log
        self.file = file
        self.row = row
        self._bad: set[str] = set()

    def place(self, key: str) -> str:
        """How a message names the field `key`."""
        return shortened(key)

    def error(self, key: str, text: str) -> None:
        """Report a mistake in the field `key`, which is then no longer good."""
        self._bad.add(key)
        self.log.error(self.file, self.row, self.place(key), text)

    def warn(self, key: str, text: str) -> None:
        """Report an oddity in the field `key`."""
        self.log.warn(self.file, self.row, self.place(key), text)

    def spoil(self, key: str) -> None:
        """Mark the field `key` as wrong where the mistake has been reported elsewhere."""
        self._bad.add(key)

    def is_good(self, *keys: str) -> bool:
        """Whether no mistake was found in any of the fields."""
        return self._bad.isdisjoint(keys)

    def check_order(self, first: date | None, last: date | None, keys: tuple[str, str] = ("first", "last")) -> None:
        """Report dates out of order; a missing one is open, and bad ones have been reported already."""
        if first and last and last < first and self.is_good(*keys):
            text = gettext("{last} is before '{key}' ({first}); put the dates in order")
            self.error(keys[1], text.format(last=last, key=keys[0], first=first))
