"""A process of its own that takes a workbook apart: bytes on standard input, pickled sheets on standard output.

Workbooks come from anywhere, and a damaged or malicious one can make any parser ask for more memory than there is,
which ends the process. This one may end; the planner goes on, and says so.
"""

import pickle
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from io import BytesIO
from xml.etree import ElementTree as ET

from planner.exchange.spreadsheet.grid import MAX_COLUMNS, MAX_ROWS, BadCell, Cell, Grid, filled_rows
from planner.exchange.text import quoted
from planner.wording.amounts import number_text
from planner.wording.language import language_of_locale
from planner.wording.translation import gettext, speak

MAX_MEMORY_BYTES = 4_000_000_000
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""In a workbook with a password, which the parser does not know for one."""
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ERROR_CELL = re.compile(rb'<(?:\w+:)?c\s(?=[^>]*\bt="e")([^>]*)>.*?<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>', re.DOTALL)
# A formula whose result is an empty text says so by its type; one without a type was saved before it was worked out.
NO_RESULT = re.compile(
    rb'<(?:\w+:)?c\s(?![^>]*\bt="str")([^>]*)><(?:\w+:)?f(?:\s[^>]*)?>[^<]*</(?:\w+:)?f>'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?</(?:\w+:)?c>"
)
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')


def main() -> None:
    """Reads the workbook on standard input; the argument, if any, is the only sheet that is wanted."""
    _limit_memory()
    speak(language_of_locale())
    wanted = sys.argv[1] if len(sys.argv) > 1 else None
    pickle.dump(take_apart(sys.stdin.buffer.read(), wanted), sys.stdout.buffer)


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows, where a request for too much fails by itself

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, MAX_MEMORY_BYTES))


def take_apart(data: bytes, wanted: str | None) -> tuple[list[str], list[Grid]] | str:
    """The names of all sheets and the sheets that are wanted, or the sentence that says why there are none."""
    from python_calamine import CalamineError, PasswordError, SheetTypeEnum, load_workbook  # noqa: PLC0415 - heavy

    try:
        workbook = load_workbook(BytesIO(data))
        names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ is SheetTypeEnum.WorkSheet]
        grids = []
        for name in names:
            if wanted in (None, name):
                sheet = workbook.get_sheet_by_name(name)
                if sheet.end and (sheet.end[0] >= MAX_ROWS or sheet.end[1] >= MAX_COLUMNS):
                    return _too_large(name, *sheet.end)
                row, column = sheet.start or (0, 0)
                rows = (_from_column_a(column, cells) for cells in sheet.to_python())
                merged = tuple(
                    (top + 1, bottom + 1, left) for (top, left), (bottom, _) in sheet.merged_cell_ranges or []
                )
                grids.append(Grid(name, filled_rows(rows, row + 1), merged=merged))
    except CalamineError as error:
        if isinstance(error, PasswordError) or ENCRYPTED in data:
            return gettext("is protected by a password; save it without one")
        text = gettext("cannot be read as a workbook ({error}); open it in a spreadsheet program and save it again")
        return text.format(error=error)
    _mark_bad_cells(data, grids)
    return names, grids


def _from_column_a(first: int, cells: Sequence[Cell]) -> list[Cell]:
    return [*[""] * first, *cells]


def _too_large(sheet: str, last_row: int, last_column: int) -> str:
    return gettext(
        "the sheet {sheet} reaches to row {row} and column {column}; delete what stands far out, so that it ends"
        " within {rows} rows and {columns} columns, or name another with --sheet"
    ).format(
        sheet=quoted(sheet),
        row=number_text(last_row + 1),
        column=number_text(last_column + 1),
        rows=number_text(MAX_ROWS),
        columns=number_text(MAX_COLUMNS),
    )


def _mark_bad_cells(data: bytes, grids: list[Grid]) -> None:
    """Put a BadCell where an .xlsx has an error value or an unfinished formula: the parser reads these as empty."""
    # Anything odd about the archive has been read by the parser already, in its own way.
    with suppress(zipfile.BadZipFile, KeyError, ET.ParseError, NotImplementedError, OSError):
        archive = zipfile.ZipFile(BytesIO(data))
        parts = _sheet_parts(archive)
        for grid in grids:
            if grid.name in parts:
                _mark(grid, dict(_bad_cells(archive.read(parts[grid.name]))))


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where in an .xlsx each sheet is."""
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    workbook = ET.fromstring(archive.read("xl/workbook.xml"))
    sheets = [item for item in workbook.iter() if item.tag.endswith("}sheet")]
    found = {item.get("name", ""): targets.get(item.get(f"{OFFICE}id"), "") for item in sheets}
    return {name: target.lstrip("/") if target.startswith("/") else f"xl/{target}" for name, target in found.items()}


def _bad_cells(xml: bytes) -> Iterator[tuple[tuple[int, int], BadCell]]:
    """The cells of a sheet without a value of their own, by row (from 1) and column (from 0)."""
    if b't="e"' in xml:
        for match in ERROR_CELL.finditer(xml):
            place = _place(match[1])
            if place:
                yield place, BadCell(gettext("the error {code}").format(code=match[2].decode(errors="replace")))
    if b"<f" in xml or b":f" in xml:
        for match in NO_RESULT.finditer(xml):
            place = _place(match[1])
            if place:
                yield place, BadCell(gettext("a formula that was saved without its result"))


def _place(attributes: bytes) -> tuple[int, int] | None:
    reference = REFERENCE.search(attributes)
    if reference is None:
        return None
    column = 0
    for letter in reference[1]:
        column = column * 26 + letter - ord("A") + 1
    return int(reference[2]), column - 1


def _mark(grid: Grid, bad: dict[tuple[int, int], BadCell]) -> None:
    if not bad:
        return
    rows = dict(grid.rows)
    for (row, column), cell in bad.items():
        if row > MAX_ROWS or column >= MAX_COLUMNS:
            continue
        cells: list[Cell] = rows.setdefault(row, [])
        cells.extend([""] * (column + 1 - len(cells)))
        cells[column] = cell
    grid.rows[:] = sorted(rows.items(), key=lambda row: row[0])


if __name__ == "__main__":
    main()
