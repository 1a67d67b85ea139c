"""No difference is claimed that the bounds leave open."""

from dataclasses import replace
from itertools import product

import pytest

from planner.domain.plan import Cost
from planner.studies.significance import (
    Verdict,
    cost_difference,
    priority_difference,
    shortfall_difference,
    total_difference,
    value_difference,
)

from .made_plans import made_plan


@pytest.mark.parametrize(
    ("first", "second", "amount", "verdict"),
    [
        ((100, 90), (120, 110), 20, Verdict.MORE),
        ((120, 110), (100, 90), -20, Verdict.LESS),
        ((100, 90), (105, 99), 5, Verdict.OPEN),
        ((100, 90), (120, 100), 20, Verdict.OPEN),  # the second may be as cheap as the first
        ((100, 90), (100, 90), 0, Verdict.OPEN),
        ((100, 100), (100, 100), 0, Verdict.EQUAL),
        ((100, None), (200, None), 100, Verdict.OPEN),
        ((100, None), (200, 150), 100, Verdict.MORE),  # the first is at most 100, whatever its bound
        ((200, 150), (100, None), -100, Verdict.LESS),
    ],
)
def test_money_differs_only_where_the_ranges_do_not_meet(
    first: tuple[int, int | None], second: tuple[int, int | None], amount: int, verdict: Verdict
) -> None:
    difference = value_difference(made_plan(*first), made_plan(*second))
    assert (difference.amount, difference.verdict) == (amount, verdict)


def test_a_claim_about_money_is_true_of_every_best_pair_the_bounds_allow() -> None:
    ranges = [(low, high) for low, high in product(range(5), repeat=2) if low <= high]
    for (low1, high1), (low2, high2) in product(ranges, repeat=2):
        verdict = value_difference(made_plan(high1, low1), made_plan(high2, low2)).verdict
        possible = {
            (best2 > best1) - (best2 < best1) for best1 in range(low1, high1 + 1) for best2 in range(low2, high2 + 1)
        }
        claimed = {Verdict.MORE: {1}, Verdict.LESS: {-1}, Verdict.EQUAL: {0}}.get(verdict)
        assert (claimed == possible) if claimed else len(possible) > 1, (low1, high1, low2, high2)


@pytest.mark.parametrize("levels", [{"shortfall": 1}, {"unplanned_priority": 3}])
def test_money_of_plans_that_do_not_do_the_same_is_not_compared(levels: dict[str, int]) -> None:
    assert value_difference(made_plan(100, 100), made_plan(500, 500, **levels)).verdict is Verdict.INCOMPARABLE


def test_days_and_money_are_not_compared() -> None:
    assert value_difference(made_plan(100, 100), made_plan(100, 5, last_finish_day=5)).verdict is Verdict.INCOMPARABLE


def test_under_earliest_finish_days_are_compared_and_nothing_is_claimed_of_money() -> None:
    first, second = made_plan(100, 5, last_finish_day=5), made_plan(900, 8, last_finish_day=9)
    assert value_difference(first, second).verdict is Verdict.MORE
    assert value_difference(first, second).amount == 4
    assert total_difference(first, second).verdict is Verdict.OPEN


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ((0, True), (4, True), Verdict.MORE),
        ((0, True), (4, False), Verdict.OPEN),  # with more time, 0 might be found
        ((0, False), (4, True), Verdict.MORE),  # it cannot be less than 0 that the first found
        ((4, True), (2, False), Verdict.LESS),
        ((4, False), (2, True), Verdict.OPEN),
        ((4, True), (4, True), Verdict.EQUAL),
        ((4, True), (4, False), Verdict.OPEN),
    ],
)
def test_shortfalls_differ_only_where_the_greater_is_proved(
    first: tuple[int, bool], second: tuple[int, bool], verdict: Verdict
) -> None:
    plans = [made_plan(shortfall=short, proved_shortfall=proved) for short, proved in (first, second)]
    assert shortfall_difference(*plans).verdict is verdict


def test_priorities_are_compared_only_at_the_same_proved_shortfall() -> None:
    base = made_plan(unplanned_priority=0)
    assert priority_difference(base, made_plan(unplanned_priority=5)).verdict is Verdict.MORE
    assert priority_difference(base, made_plan(unplanned_priority=5, shortfall=1)).verdict is Verdict.INCOMPARABLE
    assert priority_difference(base, made_plan(unplanned_priority=5, proved_shortfall=False)).verdict is Verdict.OPEN
    unproved = made_plan(unplanned_priority=5, proved_unplanned_priority=False)
    assert priority_difference(base, unproved).verdict is Verdict.OPEN


def test_a_kind_of_money_is_told_only_beyond_the_gaps_of_a_total_that_differs() -> None:
    base = made_plan(1000, 950)
    clear = made_plan(2000, 1950, cost=Cost(closure=1960, travel=40))
    assert cost_difference(base, clear, "closure").verdict is Verdict.OBSERVED
    assert cost_difference(base, clear, "travel").verdict is Verdict.OPEN  # 40 is within the gaps of 50 each
    close = made_plan(1010, 960, cost=Cost(closure=510, travel=500))
    assert cost_difference(base, close, "travel").verdict is Verdict.OPEN
    other = made_plan(2000, 1950, shortfall=2)
    assert cost_difference(base, other, "closure").verdict is Verdict.INCOMPARABLE


def test_a_plan_without_figures_is_not_compared() -> None:
    none = replace(made_plan(), cost=None, total=None, shortfall=None, unplanned_priority=None)
    for difference in (shortfall_difference, priority_difference, value_difference, total_difference):
        assert difference(made_plan(), none).verdict is Verdict.INCOMPARABLE
    assert cost_difference(made_plan(), none, "closure").verdict is Verdict.INCOMPARABLE
