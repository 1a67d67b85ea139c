"""Made-up choices from a seed, the same in every version of Python."""

from collections.abc import Iterable, Sequence
from random import Random
from typing import TypeVar

Item = TypeVar("Item")


class Dice:
    """Draws from one stream of random numbers; only `Random.random` is promised never to change."""

    def __init__(self, seed: int) -> None:
        self._draw = Random(seed).random

    def chance(self, probability: float) -> bool:
        """True with `probability`."""
        return self._draw() < probability

    def between(self, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        return low + (high - low) * self._draw()

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._draw() * (high - low + 1))

    def one_of(self, items: Sequence[Item]) -> Item:
        """One of `items`."""
        return items[self.whole(0, len(items) - 1)]

    def shuffled(self, items: Iterable[Item]) -> list[Item]:
        """All `items` in another order."""
        drawn = [(self._draw(), item) for item in items]
        return [item for _, item in sorted(drawn, key=lambda pair: pair[0])]
