"""Queries as SQL: the conditions of `planner.domain.query` on the tables of shops.

Values only ever travel as bound parameters. A shop that lacks a value fulfils no comparison with it, so a comparison
with NULL counts as false before it is negated.
"""

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Float,
    Select,
    and_,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)
from sqlalchemy.sql import operators

from planner.domain.query import (
    FREE_TEXT_COLUMNS,
    Comparison,
    Field,
    FieldKind,
    FreeText,
    Given,
    Operator,
    Period,
    Query,
    Term,
    Value,
)
from planner.store.rows import LISTS
from planner.store.tables import SHOP, SHOP_ITEM, SHOP_TEXT

Condition = ColumnElement[bool]
ORDER = {
    Operator.LESS: operators.lt,
    Operator.AT_MOST: operators.le,
    Operator.MORE: operators.gt,
    Operator.AT_LEAST: operators.ge,
}


class TextSearch(Enum):
    """How shops with certain parts of texts are found: all of them first, or each as it comes by."""

    FIRST = "first"
    ON_THE_WAY = "on the way"


def condition(
    query: Query, rollout: int, *, is_sqlite: bool, texts: TextSearch | Sequence[int] = TextSearch.FIRST
) -> Condition:
    """The condition that holds for the shops of the rollout (by its row) that `query` matches.

    `texts` may be the rows that `rows_with_texts` has found already.
    """
    others = [_unless(term, _holds(term, rollout)) for term in query.terms if not _looks_for_part(term)]
    look = rows_with_texts(query, rollout, is_sqlite=is_sqlite)
    if look is not None:
        if texts is TextSearch.FIRST:
            others.append(SHOP.c.pk.in_(look))
        elif texts is TextSearch.ON_THE_WAY:
            others.append(look.where(SHOP_TEXT.c.shop == SHOP.c.pk).exists())
        else:
            others.append(SHOP.c.pk.in_(texts))
    return and_(SHOP.c.rollout == rollout, *others)


def rows_with_texts(query: Query, rollout: int, *, is_sqlite: bool) -> Select[Any] | None:
    """One look through the table of texts for all parts of texts that `query` asks for; None where it asks for none."""
    texts = [_unless(term, _part_of_text(term, is_sqlite)) for term in query.terms if _looks_for_part(term)]
    return select(SHOP_TEXT.c.shop).where(SHOP_TEXT.c.rollout == rollout, *texts) if texts else None


def count_of(query: Query, rollout: int, where: Condition, *, is_sqlite: bool) -> Select[Any]:
    """How many shops fulfil `where`, the query's condition: counted among the texts where only these are asked for."""
    look = rows_with_texts(query, rollout, is_sqlite=is_sqlite)
    if look is not None and asks_for_texts_alone(query):
        return select(func.count()).select_from(look.subquery())
    return select(func.count()).select_from(SHOP).where(where)


def asks_for_texts_alone(query: Query) -> bool:
    """Whether a query asks for parts of texts, and for nothing else."""
    return bool(query.terms) and all(map(_looks_for_part, query.terms))


def without_texts(query: Query) -> Query:
    """The query without the parts of texts that it asks for."""
    return replace(query, terms=tuple(term for term in query.terms if not _looks_for_part(term)))


def _unless(term: Term, holds: Condition) -> Condition:
    return not_(func.coalesce(holds, false(), type_=Boolean())) if term.negated else holds


def _looks_for_part(term: Term) -> bool:
    return isinstance(term, FreeText) or (isinstance(term, Comparison) and term.operator is Operator.CONTAINS)


def _part_of_text(term: Term, is_sqlite: bool) -> Condition:
    columns = (term.field.column,) if isinstance(term, Comparison) else FREE_TEXT_COLUMNS
    values = () if isinstance(term, Given) else [str(value) for value in term.values if _is_storable(str(value))]
    position = func.instr if is_sqlite else func.strpos
    return or_(false(), *(position(SHOP_TEXT.c[column], value) > 0 for value in values for column in columns))


def _is_storable(text: str) -> bool:
    """Whether a shop could have this text; databases refuse others even as parameters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _holds(term: Term, rollout: int) -> Condition:
    if isinstance(term, Given):
        return _given(term.field, rollout)
    if isinstance(term, FreeText):
        raise TypeError("free text is looked for in another table")
    column, operator = _column(term.field), term.operator
    match term.field.kind:
        case FieldKind.DAY:
            return or_(false(), *(_in_period(column, operator, value) for value in term.values))
        case FieldKind.NUMBER:
            return or_(false(), *(_number(column, operator, value) for value in term.values))
        case FieldKind.YES_NO:
            return or_(false(), *(column == bool(value) for value in term.values))
    texts = [text for text in map(str, term.values) if _is_storable(text)]
    if term.field.kind is FieldKind.LIST:
        return _has_item(term.field, rollout, SHOP_ITEM.c.folded.in_(texts))
    if operator is Operator.BEGINS:
        return or_(false(), *(_begins(column, text) for text in texts))
    return column.in_(texts)


def _given(field: Field, rollout: int) -> Condition:
    if field.column in LISTS:
        return _has_item(field, rollout, true())
    if field.column == "weekly_revenue":
        return SHOP.c.weekly_revenue != 0
    return _column(field).is_not(None)


def _column(field: Field) -> Column[object]:
    """The column that the field is compared in: the folded one where there is one."""
    folded = f"{field.column}_folded"
    return SHOP.c[folded if folded in SHOP.c else field.column]


def _has_item(field: Field, rollout: int, which: Condition) -> Condition:
    own = (SHOP_ITEM.c.rollout == rollout, SHOP_ITEM.c.field == field.column)
    return SHOP.c.pk.in_(select(SHOP_ITEM.c.shop).where(*own, which))


def _begins(column: Column[object], text: str) -> Condition:
    # The first half lets an index lead to the place, the second decides.
    return and_(column >= text, func.substr(column, 1, len(text)) == text)


def _in_period(column: Column[object], operator: Operator, value: Value) -> Condition:
    if not isinstance(value, Period):
        raise TypeError(f"{value!r} is no period")
    if operator is Operator.EQUALS:
        return column.between(value.first, value.last)
    edge = value.last if operator in (Operator.AT_MOST, Operator.MORE) else value.first
    return _compared(column, operator, literal(edge))


def _number(column: Column[object], operator: Operator, value: Value) -> Condition:
    number = float(value) if isinstance(value, int | float) else float("nan")
    # A whole number stays one, so that an index on whole numbers serves; others must not be rounded to one.
    bound = literal(int(number)) if number.is_integer() and abs(number) < 2**31 else literal(number, Float(53))
    return column == bound if operator is Operator.EQUALS else _compared(column, operator, bound)


def _compared(column: Column[object], operator: Operator, bound: ColumnElement[Any]) -> Condition:
    result: Condition = ORDER[operator](column, bound)
    return result
