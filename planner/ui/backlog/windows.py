"""The shops that are at hand of a list that may be long: whole pages of it, those used least recently forgotten."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator

from planner.store.records import Page, StoredShop

PAGE_ROWS = 100
PAGES_KEPT = 50


class Windows:
    """Pages of a list of `total` shops. A page grown old is still shown, and asked for anew."""

    def __init__(self) -> None:
        self.total = 0
        self._pages: OrderedDict[int, tuple[StoredShop, ...]] = OrderedDict()
        self._old: set[int] = set()

    def shop(self, row: int) -> StoredShop | None:
        """The shop in a row; None where it is not at hand."""
        page = self._pages.get(row // PAGE_ROWS)
        place = row % PAGE_ROWS
        return page[place] if page is not None and place < len(page) else None

    def row_of(self, shop_id: str) -> int | None:
        """The row of a shop, if it is at hand."""
        return next((row for row, item in self.at_hand() if item.shop.id == shop_id), None)

    def at_hand(self) -> Iterator[tuple[int, StoredShop]]:
        """All rows that are at hand."""
        for number, page in self._pages.items():
            for place, item in enumerate(page):
                yield number * PAGE_ROWS + place, item

    def missing(self, first: int, last: int) -> list[int]:
        """The pages to read so that the rows from `first` to `last` are at hand, and those around them next."""
        wanted = range(first // PAGE_ROWS, last // PAGE_ROWS + 1)
        around = (wanted.stop, wanted.start - 1)
        final = max(0, self.total - 1) // PAGE_ROWS
        for number in wanted:
            if number in self._pages:
                self._pages.move_to_end(number)
        in_sight = [number for number in wanted if self._is_needed(number)]
        return in_sight or [number for number in around if 0 <= number <= final and self._is_needed(number)]

    def _is_needed(self, number: int) -> bool:
        return number not in self._pages or number in self._old

    def take(self, pages: Iterable[Page]) -> None:
        """Keeps pages that were read."""
        for page in pages:
            if page.total != self.total:
                self.total = page.total
                self._old |= self._pages.keys()
            number = page.offset // PAGE_ROWS
            self._pages[number] = page.shops
            self._pages.move_to_end(number)
            self._old.discard(number)
        while len(self._pages) > PAGES_KEPT:
            forgotten, _ = self._pages.popitem(last=False)
            self._old.discard(forgotten)

    def put(self, shop: StoredShop) -> None:
        """Shows a shop as it is now, where it stands."""
        row = self.row_of(shop.shop.id)
        if row is not None:
            number, place = divmod(row, PAGE_ROWS)
            page = self._pages[number]
            self._pages[number] = (*page[:place], shop, *page[place + 1 :])

    def age(self) -> None:
        """Has everything read anew before it counts as at hand again; until then it is shown as it was."""
        self._old = set(self._pages)

    def clear(self) -> None:
        """Forgets everything: another list comes."""
        self._pages.clear()
        self._old.clear()
