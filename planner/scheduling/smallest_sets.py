"""The smallest part of a list that is still too much, found by asking about few and small parts."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def needed(items: Sequence[Item], is_too_much: Callable[[list[Item]], bool]) -> list[Item]:
    """The items that are left when each in turn is let go without which the others still are too much.

    What may be let go in one go is found by halving, from the end on, so that few and small sets are asked about.
    """
    found: list[Item] = []
    while True:

        def is_enough(last: int, items: Sequence[Item] = items) -> bool:
            """Whether what is needed so far is too much together with the last so many items."""
            return is_too_much([*found, *items[len(items) - last :]])

        if is_enough(0):
            return found
        too_few, enough = 0, 1
        while enough < len(items) and not is_enough(enough):
            too_few, enough = enough, 2 * enough
        enough = min(enough, len(items))
        while enough - too_few > 1:
            middle = (too_few + enough) // 2
            too_few, enough = (too_few, middle) if is_enough(middle) else (middle, enough)
        found.append(items[len(items) - enough])
        items = items[len(items) - enough + 1 :]
