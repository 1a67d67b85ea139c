"""Many values in one condition, the way that is quickest for the kind of database."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Connection, Integer, Text, cast, func, literal, select

FEW = 20


def is_server(connection: Connection) -> bool:
    """Whether the database is a server, for which each statement and each parameter has its price."""
    return connection.dialect.name != "sqlite"


def among(connection: Connection, column: Column[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Whether `column`, of whole numbers or of texts, is one of `values`.

    A server is sent many as one value, which it takes apart once and then looks up one by one. As an array beside the
    column, or where it knows nothing of the table yet, it may instead go through the whole list for every row.
    """
    if not is_server(connection) or len(values) <= FEW:
        return column.in_(values)
    document = cast(literal(json.dumps(list(values), ensure_ascii=False), Text()), JSON)
    sent = func.json_array_elements_text(document).table_valued("value", name="sent")
    value: ColumnElement[Any] = sent.c.value
    return column.in_(select(cast(value, Integer()) if isinstance(column.type, Integer) else value))
