"""Many rows at once, the way that is quickest for the kind of database."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Connection,
    Integer,
    String,
    Table,
    TableValuedAlias,
    Text,
    bindparam,
    cast,
    column,
    func,
    insert,
    literal,
    select,
    update,
)
from sqlalchemy.types import TypeEngine

from planner.store.held import in_statements
from planner.store.many_values import FEW, is_server
from planner.store.rows import Values

ROW_PK = "row_pk"


def insert_rows(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Inserts rows, which all have the same columns.

    A server is sent many rows in one statement, as JSON: one statement for each row would be parsed and run 10,000
    times.
    """
    if not rows:
        return
    if not is_server(connection) or len(rows) <= FEW:
        connection.execute(insert(table), rows)
        return
    names = list(rows[0])
    for part in in_statements(connection, rows):
        sent = _sent(part, {name: table.c[name].type for name in names})
        connection.execute(insert(table).from_select(names, select(*(sent.c[name] for name in names))))


def update_rows(connection: Connection, table: Table, rows: Sequence[Values], revision: int) -> None:
    """Updates the rows of a table that `ROW_PK` names with the other values given, which all have the same columns."""
    if not rows:
        return
    names = [name for name in rows[0] if name != ROW_PK]
    if not is_server(connection) or len(rows) <= FEW:
        # A parameter may not be called as a column is.
        bound: Values = {name: bindparam(f"new_{name}") for name in names}
        statement = update(table).where(table.c.pk == bindparam(ROW_PK)).values({**bound, "version": revision})
        connection.execute(
            statement, [{ROW_PK: row[ROW_PK], **{f"new_{name}": row[name] for name in names}} for row in rows]
        )
        return
    for part in in_statements(connection, rows):
        sent = _sent(part, {ROW_PK: Integer(), **{name: table.c[name].type for name in names}})
        new = {name: sent.c[name] for name in names}
        connection.execute(update(table).where(table.c.pk == sent.c[ROW_PK]).values({**new, "version": revision}))


def _sent(rows: Sequence[Values], types: dict[str, TypeEngine[Any]]) -> TableValuedAlias:
    """The rows as a table of the statement."""
    document = cast(literal(json.dumps(rows, default=str, ensure_ascii=False), Text()), JSON)
    columns = [column(name, _sent_type(kind)) for name, kind in types.items()]
    return func.json_to_recordset(document).table_valued(*columns, name="sent").render_derived(with_types=True)


def _sent_type(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type of a value in JSON; texts there have no collation of their own."""
    return Text() if isinstance(kind, String) else kind
