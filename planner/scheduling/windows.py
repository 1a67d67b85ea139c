"""Which of a shop's options a question is about: those that begin, close and reopen on certain days."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from planner.scheduling.options import ShopOptions
from planner.scheduling.timelines import BoolArray, IntArray

Span = tuple[int, int]
"""A first and a last day, in days after today, both included."""
EVER: Span = (-(10**6), 10**6)


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which a remodel may begin, on which its shop may be closed first, and last.

    What is asked of the closure is true of every option of a format that closes nothing.
    """

    start: Span = EVER
    closed_from: Span = EVER
    closed_to: Span = EVER

    def outside(self, options: ShopOptions) -> Iterator[tuple[int, BoolArray]]:
        """The positions that lie outside, each with the place of its block."""
        if self.start != EVER:
            yield 0, _misses(options.start, self.start)
        closed = options.closed
        if closed is not None and (self.closed_from, self.closed_to) != (EVER, EVER):
            block, closed_from, closed_to = closed
            place = place_of(options, block.phases.start)
            yield place, _misses(closed_from, self.closed_from) | _misses(closed_to, self.closed_to)

    def answering(self, options: ShopOptions, day: int) -> "Window":
        """The part of the window in which the shop is closed from `day`, or if it never is, begins on it."""
        if options.closed is None:
            return replace(self, start=(day, day))
        return replace(self, closed_from=(day, day))


ANY_DAY = Window()


def answer_days(options: ShopOptions) -> tuple[int, IntArray]:
    """What tells options apart for those who ask: the first closed day, or where the shop stays open, the start.

    Returns the place of the block that settles it, and the day at each of its positions.
    """
    closed = options.closed
    if closed is None:
        return 0, options.start
    block, closed_from, _ = closed
    return place_of(options, block.phases.start), closed_from


def place_of(options: ShopOptions, phase: int) -> int:
    """The place of the block that holds a phase."""
    return next(place for place, block in enumerate(options.blocks) if phase in block.phases)


def _misses(days: IntArray, span: Span) -> BoolArray:
    outside: BoolArray = (days < span[0]) | (days > span[1])
    return outside
