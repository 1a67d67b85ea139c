"""Tables of results as other programs read them."""

import csv
import io

import pytest

from planner.exchange.tidy_table import tidy_csv, tidy_parquet

ROWS = [
    {"crews.South.builder": 2, "=cmd": "=1+1", "total": 1.5, "proved": True, "reason": ""},
    {"crews.South.builder": "+1", "=cmd": "x", "total": None, "proved": False, "reason": None},
]


def test_csv_is_tidy_and_holds_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(tidy_csv(ROWS).decode("utf-8-sig"))))
    assert rows == [
        ["crews.South.builder", "'=cmd", "total", "proved", "reason"],
        ["2", "'=1+1", "1.5", "yes", ""],
        ["'+1", "x", "", "no", ""],
    ]


def test_parquet_keeps_kinds_and_makes_text_of_mixed_ones() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(tidy_parquet(ROWS)))
    assert table.to_pylist()[1] == {
        "crews.South.builder": "+1",
        "=cmd": "x",
        "total": None,
        "proved": False,
        "reason": None,
    }
    assert str(table.schema.field("total").type) == "double"


def test_whole_numbers_and_decimals_share_a_column() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(io.BytesIO(tidy_parquet([{"x": 1}, {"x": 0.5}, {"x": None}])))
    assert table.column("x").to_pylist() == [1.0, 0.5, None]
