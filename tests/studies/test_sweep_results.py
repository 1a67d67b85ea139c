"""The frontier, worked out by hand, and what a tidy row holds."""

from planner.domain.plan import Plan
from planner.studies.grid import Axis, Grid
from planner.studies.sweep_results import PointResult, frontier, tidy_rows

from .made_plans import made_plan, milestone

GRID = Grid((Axis("x", ("x",), (10, 20, 30, 40, 50)),))


def result(
    place: int, planned: int, total: int, bound: int | None = None, price: int = 0, **fields: object
) -> PointResult:
    plan: Plan = made_plan(total, total if bound is None else bound, milestones=(milestone(planned),), **fields)
    return PointResult((place,), plan, price=price)


def told(*results: PointResult) -> list[tuple[int, int, int, int]]:
    steps = frontier(results, "Year end")
    return [(step.planned, step.result.point[0], len(step.rivals), len(step.maybe)) for step in steps]


def test_the_frontier_has_what_no_other_point_beats() -> None:
    points = [result(0, 80, 500), result(1, 85, 450), result(2, 90, 700), result(3, 90, 650), result(4, 95, 900)]
    assert told(*points) == [(85, 1, 0, 0), (90, 3, 0, 0), (95, 4, 0, 0)]


def test_a_point_that_may_be_as_cheap_is_a_rival() -> None:
    assert told(result(0, 90, 650), result(1, 90, 700, 640)) == [(90, 0, 1, 0)]
    assert told(result(0, 90, 650), result(1, 90, 700, 651)) == [(90, 0, 0, 0)]
    unproved = result(1, 90, 700, 700, unplanned_priority=4, proved_unplanned_priority=False)
    assert told(result(0, 90, 650), unproved) == [(90, 0, 1, 0)]


def test_a_point_not_proved_to_fall_short_may_get_there() -> None:
    assert told(result(0, 90, 650), result(1, 80, 700, shortfall=10, proved_shortfall=False)) == [(90, 0, 0, 1)]
    assert told(result(0, 90, 650), result(1, 80, 700, shortfall=10)) == [(90, 0, 0, 0)]


def test_shops_left_out_count_before_money() -> None:
    assert told(result(0, 90, 100, unplanned_priority=5), result(1, 90, 700)) == [(90, 1, 0, 0)]


def test_prices_count_as_money_and_in_the_bound() -> None:
    assert told(result(0, 90, 600, price=200), result(1, 90, 700)) == [(90, 1, 0, 0)]
    assert told(result(0, 90, 600, 450, price=200), result(1, 90, 700)) == [(90, 1, 1, 0)]
    days = result(0, 90, 600, 8, price=200, last_finish_day=9)
    assert (days.value, days.bound) == (9, 8)


def test_points_without_a_plan_or_the_milestone_are_left_out() -> None:
    assert told(PointResult((0,), None, "none"), PointResult((1,), made_plan())) == []


def test_rows_follow_the_grid_and_say_what_is_proved() -> None:
    rows = tidy_rows(GRID, [PointResult((1,), None, "none"), result(0, 90, 650, 600)], {"Year end": {(0,)}})
    assert [row["x"] for row in rows] == [10, 20]
    first, second = rows
    assert (first["total"], first["bound"], first["done by Year end"], first["cheapest for Year end"]) == (
        6.5,
        6.0,
        90,
        True,
    )
    assert (second["status"], second["reason"], second["total"], second["cheapest for Year end"]) == (
        "none",
        "none",
        None,
        False,
    )
    assert "price" not in first
    assert tidy_rows(GRID, [result(0, 90, 650, price=50)], {})[0]["price"] == 0.5
