"""The grid of a sweep: every combination of the values that are varied."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import prod

from planner.domain.scenario import Path, Scenario, SetValue, Value

Point = tuple[int, ...]
"""A place in a grid: for each axis, the position of the value."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One thing that is varied: the path to it, as `label` writes it, and its values in order."""

    label: str
    path: Path
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Grid:
    """All combinations of the values of some axes."""

    axes: tuple[Axis, ...]

    def __len__(self) -> int:
        return prod(len(axis.values) for axis in self.axes)

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """All points, back and forth like a plough: each is a neighbour of the one before it."""
        return tuple(_ploughed(tuple(len(axis.values) for axis in self.axes)))

    def values_at(self, point: Point) -> tuple[Value, ...]:
        """The values at a point, axis by axis."""
        return tuple(axis.values[place] for axis, place in zip(self.axes, point, strict=True))

    def name_of(self, point: Point) -> str:
        """A point in words: `crews.South.builder=2, costs.footfall=0.8`."""
        return ", ".join(f"{axis.label}={value}" for axis, value in zip(self.axes, self.values_at(point), strict=True))

    def scenario_at(self, point: Point) -> Scenario:
        """The point as a scenario."""
        values = zip(self.axes, self.values_at(point), strict=True)
        changes = tuple(SetValue(axis.path, value) for axis, value in values)
        return Scenario(self.name_of(point), changes, source=f"--vary {self.name_of(point)}")


def _ploughed(sizes: tuple[int, ...]) -> Iterator[Point]:
    if not sizes:
        yield ()
        return
    for number, outer in enumerate(_ploughed(sizes[:-1])):
        places = range(sizes[-1])
        for place in reversed(places) if number % 2 else places:
            yield (*outer, place)


def distance(one: Point, other: Point) -> int:
    """How many steps to a neighbouring value lie between two points."""
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))
