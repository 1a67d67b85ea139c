"""The fewest things that together change an answer."""

from collections.abc import Callable, Sequence
from itertools import combinations

from planner.scheduling.things import Thing

MOST_TOGETHER = 3
"""Up to so many things, all sets are tried; of more, one is found that needs each of its members."""

Helps = Callable[[Sequence[Thing]], bool]


def smallest_sets(things: Sequence[Thing], helps: Helps, most: int, least: int = 1) -> list[tuple[Thing, ...]]:
    """The smallest sets of `things` that help, all of one size and up to `most` of them; none where nothing does.

    To have more things must never help less. `least` is the size of the smallest sets that may help.
    """
    if not helps(things):
        return []
    if least == 1:
        single: list[tuple[Thing, ...]] = [(thing,) for thing in things if helps((thing,))]
        if single:
            return single[:most]
    needed = [thing for thing in things if not helps([other for other in things if other != thing])]
    if len(needed) >= 2 and helps(needed):
        return [tuple(needed)]
    rest = [thing for thing in things if thing not in needed]
    for size in range(max(2, len(needed) + 1), MOST_TOGETHER + 1):
        sets = ((*needed, *chosen) for chosen in combinations(rest, size - len(needed)))
        found = [chosen for chosen in sets if helps(chosen)]
        if found:
            return found[:most]
    return [_reduced(things, helps)]


def _reduced(things: Sequence[Thing], helps: Helps) -> tuple[Thing, ...]:
    """Things that help, of which none can be left out."""
    kept = list(things)
    for thing in things:
        rest = [other for other in kept if other != thing]
        if helps(rest):
            kept = rest
    return tuple(kept)
