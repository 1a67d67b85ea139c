"""Grids: every combination once, each beside the one before."""

from datetime import date
from math import prod

import pytest

from planner.domain.scenario import SetValue
from planner.studies.grid import Axis, Grid, distance


def grid_of(*sizes: int) -> Grid:
    return Grid(
        tuple(Axis(f"axis{number}", (f"axis{number}",), tuple(range(size))) for number, size in enumerate(sizes))
    )


@pytest.mark.parametrize("sizes", [(1,), (4,), (3, 2), (2, 3, 4), (1, 5, 1), (2, 2, 2, 2)])
def test_points_are_all_combinations_and_neighbours_follow_one_another(sizes: tuple[int, ...]) -> None:
    grid = grid_of(*sizes)
    assert len(set(grid.points)) == len(grid.points) == len(grid) == prod(sizes)
    assert all(distance(one, other) == 1 for one, other in zip(grid.points, grid.points[1:], strict=False))


def test_a_point_is_a_scenario() -> None:
    days = (date(2021, 11, 19), date(2021, 11, 26))
    grid = Grid((Axis("costs.footfall", ("costs", "footfall"), (0.7, 0.8)), Axis("x.first", ("x", "first"), days)))
    scenario = grid.scenario_at((1, 0))
    assert scenario.name == "costs.footfall=0.8, x.first=2021-11-19"
    assert scenario.changes == (SetValue(("costs", "footfall"), 0.8), SetValue(("x", "first"), days[0]))
