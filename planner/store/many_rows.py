"""Many rows at once, the way that is quickest for the kind of database."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    JSON,
    Column,
    ColumnElement,
    Connection,
    Integer,
    String,
    Table,
    Text,
    any_,
    cast,
    column,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.types import TypeEngine

from planner.store.held import chunks
from planner.store.rows import Values

FEW, MANY = 20, 10_000


def insert_rows(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Inserts rows, which all have the same columns.

    A server is sent many rows in one statement, as JSON: one statement for each row would be parsed and run 10,000
    times.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite" or len(rows) <= FEW:
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    columns = [column(name, _sent_type(table.c[name].type)) for name in names]
    for part in chunks(rows, MANY):
        document = cast(literal(json.dumps(part, default=str, ensure_ascii=False), Text()), JSON)
        sent = func.json_to_recordset(document).table_valued(*columns, name="sent").render_derived(with_types=True)
        connection.execute(insert(table).from_select(names, select(*(sent.c[name] for name in names))))


def among(connection: Connection, number: Column[Any], numbers: Sequence[int]) -> ColumnElement[bool]:
    """Whether `number` is one of `numbers`; a server is sent them as one value, not as one each."""
    if connection.dialect.name == "sqlite" or len(numbers) <= FEW:
        return number.in_(numbers)
    listed = "{" + ",".join(map(str, numbers)) + "}"
    return number == any_(cast(literal(listed, Text()), ARRAY(Integer)))


def _sent_type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type of a value in JSON; texts there have no collation of their own."""
    return Text() if isinstance(kind, String) else kind
