"""Tables with a row for each thing and a column for each figure, as CSV or Parquet."""

import csv
import io
from collections.abc import Mapping, Sequence

from planner.exchange.plan_csv import text_cell
from planner.wording.translation import gettext

Cell = str | int | float | bool | None


class NoParquetError(Exception):
    """Parquet cannot be written, as the library for it is not installed."""


def tidy_csv(rows: Sequence[Mapping[str, Cell]]) -> bytes:
    """UTF-8 with commas; text that a spreadsheet would take for a formula begins with an apostrophe."""
    table = io.StringIO()
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerow([text_cell(column) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(row.get(column)) for column in columns])
    return table.getvalue().encode("utf-8-sig")


def check_parquet() -> None:
    """Raises NoParquetError, before any work is done, where Parquet cannot be written."""
    try:
        import pyarrow.parquet  # noqa: F401, PLC0415 - large, and asked for by few
    except ImportError:
        raise NoParquetError(
            gettext("Parquet needs the library pyarrow: pip install 'remodel-planner[parquet]'")
        ) from None


def tidy_parquet(rows: Sequence[Mapping[str, Cell]]) -> bytes:
    """Parquet; a column whose values are of several kinds is text. Raises NoParquetError."""
    check_parquet()
    import pyarrow as pa  # noqa: PLC0415 - see check_parquet
    from pyarrow import parquet  # noqa: PLC0415 - see check_parquet

    columns = list(dict.fromkeys(column for row in rows for column in row))
    table = pa.table({column: _one_kind([row.get(column) for row in rows]) for column in columns})
    buffer = io.BytesIO()
    parquet.write_table(table, buffer)
    return buffer.getvalue()


def _csv_cell(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "yes" if cell else "no"
        case str():
            return text_cell(cell)
        case _:
            return str(cell)


def _one_kind(cells: list[Cell]) -> list[Cell]:
    kinds = {type(cell) for cell in cells if cell is not None}
    if len(kinds) <= 1:
        return cells
    if kinds == {int, float}:
        return [None if cell is None else float(cell) for cell in cells]
    return [None if cell is None else str(cell) for cell in cells]
