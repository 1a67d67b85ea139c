"""In which order what stands holds things: who hands on to whom.

Units of a timeline are handed from a task that gives them back to one that takes them; keeping these pairs in order
keeps the capacity, whatever days they move to (a partial order schedule: Policella, Cesta, Oddi and Smith, From
precedence constraint posting to partial order schedules, AI Communications 20, 2007). A neighbourhood that keeps the
order of what it does not free lets all later tasks move up when a few are packed tighter (Godard, Laborie and Nuijten,
Randomized large neighborhood search for cumulative scheduling, ICAPS 2005).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(slots=True)
class _Lot:
    """Units that a task has held until `stop`."""

    owner: int
    stop: int
    amount: int


Held = tuple[int, int, int, int]
"""A task, the ranks it holds something from and until, and how much."""


def handed_on(holds: Iterable[Held]) -> Iterator[tuple[int, int]]:
    """The pairs of tasks of which the second takes over what the first gave back; latest given back first."""
    lots: list[_Lot] = []
    for owner, begin, stop, amount in sorted(holds, key=lambda held: (held[1], held[2], held[0])):
        need = amount
        free = sorted((lot for lot in lots if lot.stop <= begin), key=lambda lot: -lot.stop)
        for lot in free:
            if not need:
                break
            part = min(need, lot.amount)
            lot.amount -= part
            need -= part
            yield lot.owner, owner
        lots = [lot for lot in lots if lot.amount]
        lots.append(_Lot(owner, stop, amount))
