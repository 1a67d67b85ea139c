"""How time is shared between annealing, neighbourhoods and prices: what gains most by the second goes on."""

import threading
from typing import cast

import pytest

from planner.scheduling.annealing.annealer import COOLING, LEAST_HEAT, MOST_HEAT, Course
from planner.scheduling.bounding import Bounds
from planner.scheduling.clock import Clock
from planner.scheduling.incumbent import Rank
from planner.scheduling.limits import Limits
from planner.scheduling.pacing import ENOUGH, PAYING, SELDOM, TRIAL, AnnealingPacer, PriceTurns

LIMIT, STEP = 100.0, 5.0


def course(clock: Clock, *ranks: Rank) -> AnnealingPacer:
    """A course of annealing that came to `ranks`, `STEP` units of work apart."""
    pacer = AnnealingPacer(clock)
    pacer.begin(ranks[0])
    for rank in ranks[1:]:
        clock.spend(STEP)
        pacer.annealed(rank)
    pacer.end()
    return pacer


@pytest.fixture
def clock() -> Clock:
    return Clock(Limits(seconds=LIMIT, deterministic=True), threading.Event())


def test_nothing_is_due_without_a_course(clock: Clock) -> None:
    assert not AnnealingPacer(clock).is_due(Rank(0, 0, 0, 100), None)


@pytest.mark.parametrize(("come_to", "is_due"), [(795, True), (700, False), (800, True)])
def test_the_last_half_counts(clock: Clock, come_to: int, is_due: bool) -> None:
    """From 900 to 800 in ten units: ten cents a unit, which neighbourhoods have to beat in their seven."""
    pacer = course(clock, *(Rank(0, 0, 0, value) for value in (9000, 5000, 900, 850, 800)))
    now = Rank(0, 0, 0, come_to)
    assert not pacer.is_due(now, None)
    clock.spend(TRIAL * clock.left)
    assert pacer.is_due(now, None) is is_due


def test_it_is_asked_again_and_again(clock: Clock) -> None:
    pacer = course(clock, *(Rank(0, 0, 0, value) for value in (9000, 5000, 900, 850, 800)))
    clock.spend(TRIAL * clock.left)
    assert not pacer.is_due(Rank(0, 0, 0, 700), None)
    clock.spend(TRIAL * clock.left)
    assert pacer.is_due(Rank(0, 0, 0, 699), None)


@pytest.mark.parametrize(("part", "is_due"), [(0.9, False), (1.1, True)])
def test_neighbourhoods_that_soon_close_the_gap_go_on(clock: Clock, part: float, is_due: bool) -> None:
    """They gain less than annealing did, but what they gain in the time left is over half of the gap, or under it."""
    pacer = course(clock, *(Rank(0, 0, 0, value) for value in (9000, 5000, 900, 850, 800)))
    trial = TRIAL * clock.left
    clock.spend(trial)
    expected = 20 / trial * clock.left
    assert pacer.is_due(Rank(0, 0, 0, 780), part * expected / ENOUGH) is is_due


@pytest.mark.parametrize(("come_to", "is_due"), [(Rank(0, 0, 1, 900), False), (Rank(0, 0, 3, 0), True)])
def test_levels_count_before_money(clock: Clock, come_to: Rank, is_due: bool) -> None:
    pacer = course(clock, Rank(0, 0, 4, 900), Rank(0, 0, 4, 850), Rank(0, 0, 3, 800))
    clock.spend(TRIAL * clock.left)
    assert pacer.is_due(come_to, None) is is_due


def test_the_more_changes_the_hotter_it_begins() -> None:
    assert Course(0.0, 0.0).heat == LEAST_HEAT
    assert LEAST_HEAT < Course(100.0, 0.0).heat < MOST_HEAT
    assert Course(1e6, 0.0).heat == MOST_HEAT
    assert Course(1e6, 1.0).heat == pytest.approx(MOST_HEAT / COOLING)


class Bound:
    """Bounds of which only the one on money is asked."""

    def __init__(self, value: int | None) -> None:
        self.value = value


def turns_of(clock: Clock, bound: Bound) -> PriceTurns:
    return PriceTurns(cast(Bounds, bound), clock)


def test_one_worker_alone_never_leaves_the_walk_for_prices() -> None:
    clock = Clock(Limits(seconds=LIMIT, deterministic=True, workers=1), threading.Event())
    turns = turns_of(clock, Bound(100))
    assert not any(turns.is_due() for _ in range(3 * SELDOM))


@pytest.mark.parametrize(("part", "is_next_due"), [(0.9, False), (1.1, True)])
def test_prices_go_on_while_they_close_enough_of_the_gap(clock: Clock, part: float, is_next_due: bool) -> None:
    """The bound rises by `part` of what would, at that pace, close just enough of the gap in the time left."""
    bound, gap, seconds = Bound(1_000_000), 100_000, 2.0
    turns = turns_of(clock, bound)
    assert turns.is_due()
    assert bound.value is not None
    before = bound.value - round(part * PAYING * gap / clock.left * seconds)
    turns.taken(before, seconds, Rank(0, 0, 0, bound.value + gap))
    assert [turns.is_due() for _ in range(SELDOM)] == [is_next_due] * (SELDOM - 1) + [True]


def test_prices_go_on_until_there_is_a_bound(clock: Clock) -> None:
    turns = turns_of(clock, Bound(None))
    assert turns.is_due()
    turns.taken(None, 1.0, Rank(0, 0, 0, 900))
    assert turns.is_due()
