"""What the table reads from the store, on threads: pages of the list, and where in it a shop stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner.domain.query import Query
from planner.store.backlog import Backlog
from planner.store.errors import NotFoundError
from planner.store.records import Page
from planner.ui.backlog.look import Look
from planner.ui.backlog.plan_figures import PlanFigures, ordered_by_plan
from planner.ui.backlog.windows import PAGE_ROWS


@dataclass(frozen=True, slots=True)
class ListRead:
    """Pages that were read for a look.

    `row` is where the shop that is meant stands, None where that was not asked or it is not listed; `shops_in_all` is
    how many shops there are without any filter, None where that was not asked.
    """

    look: Look
    pages: list[Page]
    row: int | None = None
    shops_in_all: int | None = None


@dataclass(frozen=True, slots=True)
class _Order:
    """The order of a list that is sorted by what the plan says: worked out once, not for each page."""

    look: Look
    figures: PlanFigures
    revision: int
    ids: list[str]


class ListReads:
    """Reads the list of shops that a look asks for; each method is for a thread."""

    def __init__(self, backlog: Backlog) -> None:
        self._backlog = backlog
        self._kept: _Order | None = None
        self._counted: dict[Query, Page] = {}
        self._all = (-1, 0)
        self.figures = PlanFigures()
        """What the plan says, for lists that are sorted by it."""

    def first_page(self, look: Look) -> ListRead:
        """The list from its beginning."""
        pages = self._pages(look, [0])
        return ListRead(look, pages, 0, self._in_all(look, pages))

    def pages(self, look: Look, numbers: Iterable[int]) -> ListRead:
        """Some pages of the list."""
        return ListRead(look, self._pages(look, numbers))

    def anew(self, look: Look, numbers: Sequence[int], shop_id: str, row: int) -> ListRead:
        """Pages read once more, and where the shop that stood in `row` now is, with the page it is on."""
        pages = self._pages(look, numbers)
        found = row if _has(pages, row, shop_id) else self._place(look, shop_id) if shop_id else None
        if found is not None:
            pages += self._pages(look, {found // PAGE_ROWS} - set(numbers))
        return ListRead(look, pages, found, self._in_all(look, pages))

    def shop(self, looks: Iterable[Look], shop_id: str) -> ListRead | None:
        """The first of the lists that has a shop, with the page it is on; None where no list has it."""
        for look in looks:
            row = self._place(look, shop_id)
            if row is not None:
                pages = self._pages(look, [row // PAGE_ROWS])
                return ListRead(look, pages, row, self._in_all(look, pages))
        return None

    def ids(self, look: Look) -> list[str]:
        """All shops of the list, in its order."""
        figures, revision = self.figures, self._backlog.revision()
        kept = self._kept
        if kept and kept.look == look and kept.figures is figures and kept.revision == revision:
            return kept.ids
        ids = list(self._backlog.versions(look.query, look.by_data))
        for item in reversed(look.by_plan):
            ids = ordered_by_plan(ids, item.column, figures, descending=item.descending)
        if look.by_plan:
            self._kept = _Order(look, figures, revision, ids)
        return ids

    def window(self, look: Look, first: int, count: int) -> Page:
        """The shops of the list from a row on."""
        if not look.by_plan:
            counted = self._counted.get(look.query)
            page = self._backlog.page(look.query, look.sort, offset=first, limit=count, counted=counted)
            self._counted = {look.query: page}
            return page
        ids = self.ids(look)
        try:
            shops = self._backlog.shops(ids[first : first + count])
        except NotFoundError:  # one was removed in between
            self._kept = None
            ids = self.ids(look)
            shops = self._backlog.shops(ids[first : first + count])
        return Page(len(ids), first, tuple(shops), self._backlog.revision())

    def _pages(self, look: Look, numbers: Iterable[int]) -> list[Page]:
        return [self.window(look, number * PAGE_ROWS, PAGE_ROWS) for number in numbers]

    def _place(self, look: Look, shop_id: str) -> int | None:
        order = self.ids(look)
        return order.index(shop_id) if shop_id in order else None

    def _in_all(self, look: Look, pages: Sequence[Page]) -> int:
        revision, total = pages[0].revision, pages[0].total
        if look.query.terms:
            total = self._all[1] if self._all[0] == revision else self._backlog.count()
        self._all = (revision, total)
        return total


def _has(pages: Sequence[Page], row: int, shop_id: str) -> bool:
    """Whether the shop still is in the row."""
    return any(
        page.offset <= row < page.offset + len(page.shops) and page.shops[row - page.offset].shop.id == shop_id
        for page in pages
    )
