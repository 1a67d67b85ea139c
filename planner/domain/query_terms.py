"""What a query asks, as a tree: terms that must all hold, each of which may be negated.

A shop that lacks a value fulfils no comparison with it; negation is plain, so it fulfils the negated one.
(SQL thinks otherwise of NULL: compile a comparison to `coalesce(…, false)` before `NOT`.)
"""

from dataclasses import dataclass
from enum import StrEnum

from planner.domain.query_fields import Field, FieldKind, fold
from planner.domain.query_values import Period, Value
from planner.domain.shop import Shop

FREE_TEXT_COLUMNS = ("id", "name", "city", "partner", "street")


class Operator(StrEnum):
    """How a value is compared. `:` stands for one of the first three, by the kind of its field."""

    CONTAINS = "contains"
    BEGINS = "begins"
    EQUALS = "="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class FreeText:
    """One of `values` (folded) is somewhere in one of the FREE_TEXT_COLUMNS."""

    values: tuple[str, ...]
    negated: bool = False

    def holds(self, shop: Shop) -> bool:
        """Whether `shop` fulfils the term."""
        texts = [fold(getattr(shop, column)) for column in FREE_TEXT_COLUMNS]
        return any(value in text for value in self.values for text in texts) != self.negated


@dataclass(frozen=True, slots=True)
class Given:
    """`has:field`: the field has a value."""

    field: Field
    negated: bool = False

    def holds(self, shop: Shop) -> bool:
        """Whether `shop` fulfils the term."""
        value = getattr(shop, self.field.column)
        # Sales of zero are sales nobody gave; a latitude of zero is the equator.
        is_given = bool(value) if self.field.column == "weekly_revenue" else value not in (None, "", ())
        return is_given != self.negated


@dataclass(frozen=True, slots=True)
class Comparison:
    """The field compares so with one of `values`.

    Values are folded text for TEXT, BEGINNING, NAME and LIST fields (to be compared with folded text, see `fold`),
    exact for CHOICE, `float` for NUMBER, `bool` for YES_NO, and a `Period` for DAY: EQUALS means inside it, LESS
    before its first day, AT_MOST up to its last, MORE after its last, AT_LEAST from its first on. Only EQUALS,
    CONTAINS and BEGINS have more than one value. `!=` is EQUALS, negated.
    """

    field: Field
    operator: Operator
    values: tuple[Value, ...]
    negated: bool = False

    def holds(self, shop: Shop) -> bool:
        """Whether `shop` fulfils the term."""
        return any(self._compares(shop, value) for value in self.values) != self.negated

    def _compares(self, shop: Shop, value: Value) -> bool:
        found = getattr(shop, self.field.column)
        if found is None:
            return False
        if self.field.kind is FieldKind.LIST:
            return any(fold(item) == value for item in found)
        if self.field.kind in (FieldKind.TEXT, FieldKind.BEGINNING, FieldKind.NAME):
            found = fold(found)
        first, last = (value.first, value.last) if isinstance(value, Period) else (value, value)
        match self.operator:
            case Operator.CONTAINS:
                return value in found
            case Operator.BEGINS:
                return bool(found.startswith(value))
            case Operator.EQUALS:
                return bool(first <= found <= last)
            case Operator.LESS:
                return bool(found < first)
            case Operator.AT_MOST:
                return bool(found <= last)
            case Operator.MORE:
                return bool(found > last)
            case Operator.AT_LEAST:
                return bool(found >= first)


Term = FreeText | Given | Comparison


@dataclass(frozen=True, slots=True)
class Query:
    """A query: all `terms` must hold; none means every shop. `text` is how it was written."""

    text: str
    terms: tuple[Term, ...]

    def matches(self, shop: Shop) -> bool:
        """Whether `shop` is among what the query asks for."""
        return all(term.holds(shop) for term in self.terms)
