"""Cells from the database as rows of a rollout folder's tables, so that the folder's readers judge them."""

from collections.abc import Iterable, Mapping

from planner.exchange.crews import ABSENCE_COLUMNS, CREW_COLUMNS
from planner.exchange.csv_row import LIST_SEPARATOR, CsvRow
from planner.exchange.csv_table import Columns, Table
from planner.exchange.problems import ProblemLog
from planner.exchange.shops import COLUMNS as SHOP_COLUMNS
from planner.exchange.text import shortened
from planner.store.record_words import noun
from planner.store.records import RecordKind
from planner.store.state import FILE_OF
from planner.wording.amounts import number_text
from planner.wording.translation import gettext

MAX_TEXT = 500
# Columns that things are looked up by: a database's index takes no longer ones.
LIMITED = ("id", "name", "street", "postcode", "city", "partner", "region", "format", "tags", "after", "crews", "crew")
COLUMNS: dict[RecordKind, Columns] = {
    RecordKind.SHOP: SHOP_COLUMNS,
    RecordKind.CREW: CREW_COLUMNS,
    RecordKind.ABSENCE: ABSENCE_COLUMNS,
}


class StoredRow(CsvRow):
    """A record's cells; messages name the record, since there is no file and no row."""

    __slots__ = ()

    def __init__(self, log: ProblemLog, name: str, index: Mapping[str, int], cells: list[str]) -> None:
        super().__init__(log, name, None, index, cells)


def table_of(
    kind: RecordKind,
    records: Iterable[tuple[str, Mapping[str, str]]],
    unknown: tuple[str, ...],
    log: ProblemLog,
    *,
    is_complete: bool,
) -> Table:
    """The records (key and cells) as a table; `is_complete` says that there are no others."""
    columns = (*COLUMNS[kind].known, *unknown)
    index = {column: place for place, column in enumerate(columns)}
    table = Table(FILE_OF[kind], log, index, unknown, is_complete=is_complete)
    called = noun(kind)
    for key, cells in records:
        row = StoredRow(log, f"{called} {shortened(key)}", index, [cells.get(column, "") for column in columns])
        _check_texts(row, cells)
        table.rows.append(row)
    return table


def too_long(column: str, text: str) -> str | None:
    """What is wrong with a text that an index of the database cannot hold; None where it can."""
    if len(text) <= MAX_TEXT or column not in LIMITED:
        return None
    longest = max(map(len, text.split(LIST_SEPARATOR)))
    if longest <= MAX_TEXT:
        return None
    wrong = gettext("has {number} characters; the database takes at most {most} here")
    return wrong.format(number=number_text(longest), most=MAX_TEXT)


def _check_texts(row: StoredRow, cells: Mapping[str, str]) -> None:
    """What a file cannot hold, or an index of the database."""
    together = "".join(cells.values())
    if len(together) <= MAX_TEXT and _is_unicode(together):
        return
    for column, text in cells.items():
        if len(text) > MAX_TEXT and (sentence := too_long(column, text)):
            row.error(column, sentence)
        elif not text.isascii() and not _is_unicode(text):
            row.error(column, gettext("holds characters that are no text; write it again"))


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
