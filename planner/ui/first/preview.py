"""What an import would make of a spreadsheet: its rows as they will be, what is wrong by cell, and what changes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import Enum

from planner.exchange.problems import InputError, Problem
from planner.exchange.spreadsheet.cells import DAYS
from planner.exchange.spreadsheet.grid import Grid
from planner.exchange.spreadsheet.importing import ImportedSheet
from planner.exchange.text import clean, printable
from planner.store.importing import Update
from planner.store.records import RecordKind
from planner.ui.backlog.columns import LABELS
from planner.ui.first.sheet_columns import cell_words
from planner.wording.amounts import number_text, plain_day_text
from planner.wording.translation import gettext, later, ngettext


class Sign(Enum):
    """What a note is about; its value stands before it."""

    MISTAKE = "✗"
    WARNING = "!"
    GONE = "−"
    CHANGE = "~"


class Fate(Enum):
    """What becomes of a row's shop."""

    UNKNOWN = ""
    NEW = later("new")
    CHANGED = later("changed")
    SAME = later("same")


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know before importing: where it is, and, if it is there, the row (from 0) and column it is in."""

    sign: Sign
    place: str
    column: str
    text: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row of the sheet: its number, what becomes of its shop, and its cells; those in `wrong` are as written."""

    number: int
    fate: Fate
    cells: Sequence[str]
    wrong: frozenset[int]


@dataclass(frozen=True, slots=True)
class Preview:
    """The rows of the sheet in the columns it is read in, and all there is to know about them.

    `fates` and `signs` say how many rows and notes there are of each kind. `update` is what an import would change,
    None where there are mistakes or the rollout is new. `is_ready` says that nothing is in the way of the import.
    """

    columns: Sequence[str]
    rows: Sequence[PreviewRow]
    notes: Sequence[Note]
    fates: Mapping[Fate, int]
    signs: Mapping[Sign, int]
    imported: ImportedSheet
    update: Update | None
    is_ready: bool


def preview_of(imported: ImportedSheet, grid: Grid, update: Update | None, failure: InputError | None) -> Preview:
    """The preview of a sheet that was read; `failure` is what the store has against its shops."""
    errors = [*imported.errors, *(failure.problems if failure else ())]
    is_good = imported.rollout is not None and not errors
    columns = sorted(imported.files.shops.index, key=lambda column: column != "id")
    positions = {heading.column: heading.position for heading in imported.headings if heading.column}
    # Where nothing is wrong, there is a shop a row.
    ids = [shop.id for shop in imported.rollout.shops] if imported.rollout and is_good else []
    rows = _rows(imported, grid, columns, positions, errors, _fates(ids, update))
    lines = {row.number: place for place, row in enumerate(rows)}
    notes = [
        *_problem_notes(Sign.MISTAKE, errors, imported, lines),
        *_problem_notes(Sign.WARNING, _of_cells(imported), imported, lines),
    ]
    if update is not None and is_good:
        cells = {shop: row.number for shop, row in zip(ids, rows, strict=True)}
        notes += _change_notes(update, cells, lines, grid, positions)
    return Preview(
        columns=columns,
        rows=rows,
        notes=notes,
        fates=Counter(row.fate for row in rows),
        signs=Counter(note.sign for note in notes),
        imported=imported,
        update=update,
        is_ready=is_good and (update is None or bool(update.changes)),
    )


def _rows(
    imported: ImportedSheet,
    grid: Grid,
    columns: Sequence[str],
    positions: Mapping[str, int],
    errors: Sequence[Problem],
    fates: Sequence[Fate],
) -> list[PreviewRow]:
    wrong: dict[int, set[str]] = {}
    for problem in errors:
        if problem.file == imported.file and problem.row is not None and problem.column:
            wrong.setdefault(problem.row, set()).add(problem.column)
    written = dict(grid.rows)
    rows = []
    for place, row in enumerate(imported.files.shops.rows):
        number = row.row or 0
        cells = {column: _shown(column, text) for column, text in row.cells().items()}
        bad = [column for column in wrong.get(number, ()) if column in cells]
        for column in bad:
            at = positions.get(column)
            if at is not None and at < len(written[number]):
                cells[column] = printable(cell_words(written[number][at]))
        rows.append(
            PreviewRow(
                number,
                fates[place] if fates else Fate.UNKNOWN,
                [cells.get(column, "") for column in columns],
                frozenset(columns.index(column) for column in bad if column in columns),
            )
        )
    return rows


def _shown(column: str, text: str) -> str:
    """What is read into a column, days as people read them."""
    if column in DAYS:
        with suppress(ValueError):
            return plain_day_text(date.fromisoformat(text))
    return printable(clean(text))


def _of_cells(imported: ImportedSheet) -> list[Problem]:
    """The warnings but for those on headings, which the columns have shown."""
    return [
        problem
        for problem in imported.warnings
        if problem.file != imported.file or problem.row != imported.header_row or problem.row is None
    ]


def _fates(ids: Sequence[str], update: Update | None) -> list[Fate]:
    """What becomes of each shop; all are new where there is nothing to change."""
    if update is None:
        return [Fate.NEW] * len(ids)
    changed = {
        change.key: Fate.NEW if change.before is None else Fate.CHANGED
        for change in update.changes
        if change.kind is RecordKind.SHOP and change.after is not None
    }
    return [changed.get(shop, Fate.SAME) for shop in ids]


def _problem_notes(
    sign: Sign, problems: Sequence[Problem], imported: ImportedSheet, lines: Mapping[int, int]
) -> Iterator[Note]:
    for problem in problems:
        here = problem.file == imported.file
        place = problem.cell or ("" if here else problem.file)
        if here and problem.cell is None and problem.row is not None:
            place = gettext("row {number}").format(number=problem.row)
        label = LABELS.get(problem.column or "")
        column = gettext(label) if label else (problem.column or "")
        row = lines.get(problem.row or 0) if here else None
        yield Note(sign, printable(place), printable(column), printable(problem.text), row)


def _change_notes(
    update: Update,
    numbers: Mapping[str, int],
    lines: Mapping[int, int],
    grid: Grid,
    positions: Mapping[str, int],
) -> Iterator[Note]:
    """The shops that go, then what changes in those that stay; `numbers` has the row of each shop in the sheet."""
    shops = [change for change in update.changes if change.kind is RecordKind.SHOP]
    for change in shops:
        if change.after is None:
            name = " ".join(filter(None, (change.key, (change.before or {}).get("name", ""))))
            yield Note(Sign.GONE, printable(change.key), "", gettext("{shop} goes").format(shop=printable(name)))
    for change in shops:
        if change.before is None or change.after is None:
            continue
        number = numbers[change.key]
        for column in change.columns:
            place = grid.cell_name(number, positions[column]) if column in positions else change.key
            label = LABELS.get(column)
            text = f"{change.key}: {_or_empty(change.before, column)} → {_or_empty(change.after, column)}"
            title = gettext(label) if label else printable(column)
            yield Note(Sign.CHANGE, printable(place), title, printable(text), lines.get(number))


def _or_empty(cells: Mapping[str, str], column: str) -> str:
    return printable(cells.get(column, "")) or gettext("empty")


def summary(preview: Preview) -> str:
    """What an import would do, in a line or two."""
    shops = len(preview.rows)
    mistakes, warnings = preview.signs.get(Sign.MISTAKE, 0), preview.signs.get(Sign.WARNING, 0)
    parts = [ngettext("{number} shop", "{number} shops", shops).format(number=number_text(shops))]
    if mistakes:
        text = ngettext(
            "{number} mistake: nothing is imported until it is mended",
            "{number} mistakes: nothing is imported until they are mended",
            mistakes,
        )
        parts.append(text.format(number=number_text(mistakes)))
    else:
        parts += _fate_counts(preview)
    if warnings:
        text = ngettext("{number} thing to look at", "{number} things to look at", warnings)
        parts.append(text.format(number=number_text(warnings)))
    return " · ".join(parts)


def _fate_counts(preview: Preview) -> Iterator[str]:
    gone = preview.signs.get(Sign.GONE, 0)
    texts = {
        Fate.NEW: gettext("{number} new"),
        Fate.CHANGED: gettext("{number} changed"),
        Fate.SAME: gettext("{number} as before"),
    }
    for fate, text in texts.items():
        if preview.fates.get(fate):
            yield text.format(number=number_text(preview.fates[fate]))
    if gone:
        text = gettext("{number} not in the sheet: they go")
        yield text.format(number=number_text(gone))
