"""A CSV file as a grid: whatever its encoding, its separator, and the way it writes numbers."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Sequence

from planner.exchange.files import BINARY, line_of
from planner.exchange.problems import ProblemLog
from planner.exchange.spreadsheet.grid import MAX_COLUMNS, MAX_ROWS, Cell, Grid, KeptText, filled_rows
from planner.exchange.spreadsheet.protection import unprotected
from planner.wording.amounts import number_text
from planner.wording.translation import gettext

# Each separator, and how numbers are written where it is used: with a decimal comma, a point, or either.
SEPARATORS: dict[str, bool | None] = {";": True, ",": False, "\t": None}
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
NUL = re.compile("\0")
HEADER_LINES = 40
WEB_PAGE = re.compile(r"\s*<(!doctype|html|table|\?xml)", re.IGNORECASE)


Score = Callable[[Sequence[str]], int]
"""How many headings that mean something a row holds."""


def csv_grid(data: bytes, file: str, score: Score, log: ProblemLog) -> Grid | None:
    """The rows of a CSV file; None, with the reason in `log`, where it has none."""
    text = _decoded(data, file, log)
    if text is None:
        return None
    if WEB_PAGE.match(text):
        text = gettext("is a web page or XML, not a spreadsheet; save it as .xlsx, or as CSV UTF-8")
        log.error(file, None, None, text)
        return None
    first = 1
    said = SEPARATOR_LINE.match(text)
    if said:
        text, first = text[said.end() :], 2
    separator = said[1] if said and said[1] in SEPARATORS else _likeliest(text, score)
    rows: list[list[Cell]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            if len(rows) >= MAX_ROWS or len(cells) > MAX_COLUMNS:
                text = gettext("has more than {rows} rows or {columns} columns; split it")
                text = text.format(rows=number_text(MAX_ROWS), columns=number_text(MAX_COLUMNS))
                log.error(file, None, None, text)
                return None
            rows.append(list(map(_cell, cells)))
    except csv.Error as error:
        text = gettext(
            "cannot be split into cells ({error}); inside a quoted cell, write each quote twice, and close each quote"
            " that is opened"
        )
        log.error(file, len(rows) + first, None, text.format(error=error))
        return None
    return Grid("", filled_rows(iter(rows), first), SEPARATORS[separator], is_text=True)


def _decoded(data: bytes, file: str, log: ProblemLog) -> str | None:
    """UTF-8 with or without a BOM, UTF-16 with one, or else cp1252, as German Excel saves it."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            encodings: tuple[str, ...] = (encoding,)
            data = data.removeprefix(mark)
            break
    else:
        encodings = ("utf-8", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            row = line_of(data, error.start)
            continue
        # Almost any bytes are cp1252; in UTF-8 control characters are meant, and taken out of the text later.
        strange = (BINARY if encoding == "cp1252" else NUL).search(text)
        if strange is None:
            return text
        row = text.count("\n", 0, strange.start()) + 1
        break
    text = gettext("is neither a workbook nor text that can be read; save it as .xlsx, or as CSV UTF-8")
    log.error(file, row, None, text)
    return None


def _cell(text: str) -> Cell:
    plain = unprotected(text)
    return plain if plain is text else KeptText(plain)


def _likeliest(text: str, score: Score) -> str:
    """The separator by which a row near the top names the most columns; failing that, the most frequent one."""
    top = [line for _, line in zip(range(HEADER_LINES), io.StringIO(text, newline=""), strict=False)]

    def goodness(separator: str) -> tuple[int, int]:
        rows = csv.reader(top, delimiter=separator)
        try:
            best = max(map(score, rows), default=0)
        except csv.Error:
            best = 0
        return best, sum(line.count(separator) for line in top)

    return max(SEPARATORS, key=goodness)
