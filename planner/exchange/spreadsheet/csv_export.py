"""Shops as CSV: for a rollout folder, for spreadsheets anywhere, and for German Excel."""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.exchange.spreadsheet.columns import Kind, SheetColumn, Value, shop_and_plan_columns, shop_columns
from planner.exchange.spreadsheet.protection import protected
from planner.exchange.values import plain

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class CsvStyle:
    """How a CSV file is written. `is_protected` keeps text from being run as a formula (see `protection`)."""

    separator: str
    line_end: str
    encoding: str
    decimal_comma: bool
    day: Callable[[date], str]
    is_protected: bool


FOLDER = CsvStyle(",", "\n", "utf-8", decimal_comma=False, day=date.isoformat, is_protected=False)
"""As rollout folders have it: nothing but the planner reads it, and it reads every character as it is."""
PLAIN = CsvStyle(",", "\r\n", "utf-8-sig", decimal_comma=False, day=date.isoformat, is_protected=True)
GERMAN = CsvStyle(
    ";", "\r\n", "utf-8-sig", decimal_comma=True, day=lambda day: f"{day:%d.%m.}{day.year:04}", is_protected=True
)
"""As German Excel opens it by a double click."""


def shops_csv(shops: Sequence[Shop]) -> bytes:
    """The shops.csv of a rollout folder."""
    return csv_bytes(shop_columns(shops), shops, FOLDER)


def export_csv(rollout: Rollout, plan: Plan | None, style: CsvStyle) -> bytes:
    """All shops, with the dates of a plan where there is one."""
    return csv_bytes(shop_and_plan_columns(rollout, plan), rollout.shops, style)


def csv_bytes(columns: Sequence[SheetColumn[T]], records: Sequence[T], style: CsvStyle) -> bytes:
    """A row for the headings, and one a record."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=style.separator, lineterminator=style.line_end)
    writer.writerow([_cell(column.heading, Kind.TEXT, style) for column in columns])
    for record in records:
        writer.writerow([_cell(column.value(record), column.kind, style) for column in columns])
    return table.getvalue().encode(style.encoding)


def _cell(value: Value, kind: Kind, style: CsvStyle) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return protected(value, is_postcode=kind is Kind.POSTCODE) if style.is_protected else value
    if isinstance(value, date):
        return style.day(value)
    return plain(value).replace(".", ",") if style.decimal_comma else plain(value)
