"""An .xlsx workbook: each sheet is a function that takes the Book and adds itself.

    workbook_bytes(rollout, [shops_sheet(rollout, plan), milestones_sheet(plan)])

`add_table` does what most sheets need; a sheet of another shape takes `book.workbook` and the `book.styles`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.exchange.problems import InputError, Problem
from planner.exchange.shops import SHOPS_CSV
from planner.exchange.spreadsheet.columns import Kind, SheetColumn, Value, shop_and_plan_columns
from planner.exchange.text import clean, quoted
from planner.wording.amounts import number_text
from planner.wording.translation import gettext

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

SHOPS_SHEET = "Shops"
MAX_CELL_LENGTH = 32_767
MIN_WIDTH = 8
# Text from data stays text: never a formula, a link or a number.
TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
NUMBER_FORMATS: dict[Kind, str | int] = {
    Kind.TEXT: "@",
    Kind.POSTCODE: "@",
    Kind.WHOLE: "0",
    Kind.MONEY: "#,##0.00",
    Kind.DEGREES: "0.0000##",
    Kind.DAY: 14,  # a date the way the reader's country writes it
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook in the making, and the styles its sheets share."""

    workbook: "Workbook"
    header: "Format"
    styles: "dict[Kind, Format]"


Sheet = Callable[[Book], None]
"""Adds a sheet to a Book."""


def workbook_bytes(rollout: Rollout, sheets: Iterable[Sheet]) -> bytes:
    """The workbook with `sheets`, in order: the same rollout and sheets give the same bytes."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - heavy

    content = BytesIO()
    workbook = Workbook(content, TEXT_ONLY)
    # The time of day of an export is nobody's business, and would make every file differ.
    created = datetime.combine(rollout.today, time(), UTC).replace(tzinfo=None)
    workbook.set_properties({"title": clean(rollout.name), "created": created})
    book = Book(
        workbook,
        header=workbook.add_format({"bold": True, "bottom": 1, "bg_color": "#E8EEF4", "num_format": "@"}),
        styles={kind: workbook.add_format({"num_format": code}) for kind, code in NUMBER_FORMATS.items()},
    )
    for add in sheets:
        add(book)
    workbook.close()
    return content.getvalue()


def shops_sheet(rollout: Rollout, plan: Plan | None = None) -> Sheet:
    """The sheet of all shops, with the dates of a plan where there is one."""
    return lambda book: add_table(book, SHOPS_SHEET, shop_and_plan_columns(rollout, plan), rollout.shops)


def add_table(book: Book, name: str, columns: Sequence[SheetColumn[T]], records: Sequence[T]) -> "Worksheet":
    """Add a sheet with a row a record: typed cells, a header that stays in view, filters.

    Raises InputError where a text is longer than a cell can be.
    """
    sheet = book.workbook.add_worksheet(name)
    last = max(1, len(records))
    for position, column in enumerate(columns):
        style = book.styles[column.kind]
        sheet.set_column(position, position, max(MIN_WIDTH, column.width, min(len(column.heading) + 3, 40)), style)
        _write(sheet, 0, position, column, column.heading, book.header)
    for row, record in enumerate(records, start=1):
        for position, column in enumerate(columns):
            _write(sheet, row, position, column, column.value(record), style=None)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    return sheet


def _write(
    sheet: "Worksheet", row: int, position: int, column: SheetColumn[T], value: Value, style: "Format | None"
) -> None:
    """Write a cell in the style of its column, or in one of its own."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        if len(value) > MAX_CELL_LENGTH:
            text = gettext(
                "{text} is longer than the {number} characters that a spreadsheet cell holds; shorten it, or export csv"
            ).format(text=quoted(value), number=number_text(MAX_CELL_LENGTH))
            raise InputError([Problem(SHOPS_CSV, None, column.heading, text)])
        sheet.write_string(row, position, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, position, value, style)
    elif float(f"{value:.16G}") == value:
        sheet.write_number(row, position, value, style)
    else:
        # The file format keeps sixteen digits: what has more stays whole as text.
        sheet.write_string(row, position, repr(value), style)
