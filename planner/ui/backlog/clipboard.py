"""Cells to and from a spreadsheet program, as tab-separated text."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO

from planner.exchange.problems import Problem
from planner.exchange.spreadsheet.grid import KeptText
from planner.exchange.spreadsheet.protection import protected, unprotected
from planner.store.cells import shop_cells
from planner.store.record_words import record_name
from planner.store.records import Edit, RecordKind, StoredShop
from planner.ui.backlog.cells import as_typed, meant, shown, typed_form
from planner.ui.backlog.columns import Content, ShopColumn
from planner.ui.backlog.plan_figures import PlanFigures
from planner.wording.translation import gettext, ngettext

NUMBERS = (Content.NUMBER, Content.POSITION, Content.MONEY, Content.PLAN_MONEY)


def cells_of_text(text: str) -> list[list[str]]:
    """The rows and cells of tab-separated text, as spreadsheet programs copy it."""
    lines = StringIO(text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n"))
    return [[_kept(cell) for cell in row] or [""] for row in csv.reader(lines, "excel-tab")]


def _kept(text: str) -> str:
    """A cell's text; one that was protected when it was copied is meant as it is."""
    plain = unprotected(text)
    return text if plain == text else KeptText(plain)


def text_of_cells(shops: Sequence[StoredShop], columns: Sequence[ShopColumn], figures: PlanFigures) -> str:
    """Shops as tab-separated text; none of it is a formula to the program it is pasted into."""
    target = StringIO()
    writer = csv.writer(target, "excel-tab", lineterminator="\n")
    for item in shops:
        texts = [as_typed(item.shop, column, figures) for column in columns]
        writer.writerow(
            text if column.content in NUMBERS else protected(text, is_postcode=column.key == "postcode")
            for column, text in zip(columns, texts, strict=True)
        )
    return target.getvalue().rstrip("\n")


@dataclass(frozen=True, slots=True)
class Paste:
    """What pasted cells come to: edits, what they change in words, and what is wrong with them, cell by cell."""

    edits: list[Edit]
    lines: list[str]
    problems: list[Problem]

    def judged(self, shops: Sequence[StoredShop], mistakes: Iterable[Problem]) -> "Paste":
        """The same with what the store finds wrong besides, in the order of `shops`; no cell is told of twice."""
        told = {(problem.file, problem.column) for problem in self.problems}
        more = [problem for problem in mistakes if (problem.file, problem.column) not in told]
        rows = {record_name(RecordKind.SHOP, item.shop.id): row for row, item in enumerate(shops)}
        return replace(self, problems=sorted([*self.problems, *more], key=lambda problem: rows.get(problem.file, -1)))


def paste_into(
    shops: Sequence[StoredShop], columns: Sequence[ShopColumn], grid: Sequence[Sequence[str]], country: str
) -> Paste:
    """Cells pasted over `shops` and `columns`, which both begin at the cursor."""
    paste = Paste([], [], list(_too_many(shops, columns, grid)))
    for item, texts in zip(shops, grid, strict=False):
        typed = meant(item.shop.id, country, zip(columns, texts, strict=False))
        paste.problems.extend(typed.problems)
        before = shop_cells(item.shop)
        changed = {key: text for key, text in typed.cells.items() if text != before.get(key, "")}
        if changed:
            paste.edits.append(Edit(RecordKind.SHOP, item.shop.id, changed, item.version))
            paste.lines.append(change_line(item, columns, changed))
    return paste


def _too_many(
    shops: Sequence[StoredShop], columns: Sequence[ShopColumn], grid: Sequence[Sequence[str]]
) -> Iterator[Problem]:
    width = max(map(len, grid), default=0)
    if len(grid) > len(shops):
        text = ngettext(
            "{number} row was copied, but only {room} shops stand from the cursor on",
            "{number} rows were copied, but only {room} shops stand from the cursor on",
            len(grid),
        )
        yield Problem(gettext("Paste"), None, None, text.format(number=len(grid), room=len(shops)))
    if width > len(columns):
        text = ngettext(
            "{number} column was copied, but only {room} stand from the cursor to the right",
            "{number} columns were copied, but only {room} stand from the cursor to the right",
            width,
        )
        yield Problem(gettext("Paste"), None, None, text.format(number=width, room=len(columns)))


def change_line(item: StoredShop, columns: Sequence[ShopColumn], changed: dict[str, str]) -> str:
    """A change of a shop in words: each column from what to what."""
    nothing = gettext("empty")
    parts = []
    for column in columns:
        if column.key in changed:
            before = shown(item.shop, column, PlanFigures()) or nothing
            parts.append(f"{column.title} {before} → {_after(column, changed[column.key]) or nothing}")
    name = f"{item.shop.id} {item.shop.name}".strip()
    return f"{name}: {', '.join(parts)}"


def _after(column: ShopColumn, text: str) -> str:
    try:
        return typed_form(column, text)
    except ValueError:  # no day at all: the store says so
        return text
