"""Many rows into a table, the way that is quickest for the kind of database."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Connection, String, Table, Text, func, insert, literal, select
from sqlalchemy.types import TypeEngine

from planner.store.held import chunks
from planner.store.rows import Values

FEW, MANY = 20, 10_000


def insert_rows(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Inserts rows, which all have the same columns.

    A server is sent whole columns, as arrays, in one statement: one for each row would be parsed and run 10,000 times.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite" or len(rows) <= FEW:
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    for part in chunks(rows, MANY):
        columns = [
            func.unnest(literal([row[name] for row in part], ARRAY(_item_type(table.c[name].type)))) for name in names
        ]
        connection.execute(insert(table).from_select(names, select(*columns)))


def _item_type(column: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type of an array's items; those of a text have no collation of their own."""
    return Text() if isinstance(column, String) else column
