"""Which shops the backlog shows, and in what order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from planner.domain.query import FIELDS, Comparison, Operator, Query, fold
from planner.store.listing import EVERYTHING, SortBy
from planner.ui.backlog.plan_figures import PLAN_PREFIX

UP, DOWN = "▲", "▼"
MOST_NAMED = 10_000
ID = next(field for field in FIELDS if field.name == "id")


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked for, and what it is sorted by, the first column deciding."""

    query: Query = EVERYTHING
    sort: tuple[SortBy, ...] = ()

    @property
    def by_plan(self) -> tuple[SortBy, ...]:
        """What it is sorted by that the plan says; it decides first, since the database knows nothing of it."""
        return tuple(item for item in self.sort if item.column.startswith(PLAN_PREFIX))

    @property
    def by_data(self) -> tuple[SortBy, ...]:
        """What it is sorted by that the database knows."""
        return tuple(item for item in self.sort if not item.column.startswith(PLAN_PREFIX))

    def sorted_by(self, column: str, *, also: bool = False) -> "Look":
        """The same sorted by a column, asked again the greatest first, and a third time no longer.

        With `also` the column decides after those there are; else it alone does.
        """
        now = next((item for item in self.sort if item.column == column), None)
        kept = tuple(item for item in self.sort if item.column != column) if also else ()
        if now is not None and (also or len(self.sort) == 1):
            return replace(self, sort=kept if now.descending else _in_place(self.sort, SortBy(column, True), also))
        look = replace(self, sort=(*kept, SortBy(column)))
        return replace(look, sort=(*look.by_plan, *look.by_data))

    def mark(self, column: str) -> str:
        """How the header shows that it is sorted by the column: an arrow, with its rank where there are several."""
        for rank, item in enumerate(self.sort, start=1):
            if item.column == column:
                return (DOWN if item.descending else UP) + (str(rank) if len(self.sort) > 1 else "")
        return ""


def _in_place(sort: Sequence[SortBy], item: SortBy, also: bool) -> tuple[SortBy, ...]:
    return tuple(item if other.column == item.column else other for other in sort) if also else (item,)


def only(query: Query, shops: Collection[str]) -> Query:
    """The query, of these shops alone; at most MOST_NAMED of them, which is what a database takes."""
    named = tuple(fold(shop) for shop in sorted(shops)[:MOST_NAMED])
    return Query(query.text, (*query.terms, Comparison(ID, Operator.EQUALS, named)))
