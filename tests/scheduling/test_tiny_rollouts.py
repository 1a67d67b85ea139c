"""The tiny rollouts are worth planning: every rule and every price decides what is best in one of them."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from planner.domain.calendar import Calendars
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.domain.shop_format import Phase
from planner.domain.standing import standing_days
from tests.scheduling.brute_force import Levels, brute_force
from tests.scheduling.brute_options import TooLargeError
from tests.tiny_rollouts import LARGER, TINY, Size, seeded_rollout

SEEDS = range(250)
TELLING_SEEDS = (34, 22, 114, 18, 216, 3, 115, 85, 40, 51, 19)
"""Tried first: nearly every rule and price decides in one of these, and all their plans are soon gone through."""
Change = Callable[[Rollout], Rollout]


def each(name: str, **changes: Any) -> Change:
    """Changes all shops, crews or whatever `name` says of a rollout."""

    def change(rollout: Rollout) -> Rollout:
        items: Any = tuple(replace(item, **changes) for item in getattr(rollout, name))
        return replace(rollout, **{name: items})

    return change


def without(name: str, nothing: Any = ()) -> Change:
    """Leaves out all that `name` says of a rollout."""
    return lambda rollout: replace(rollout, **{name: nothing})


def prices(**changes: Any) -> Change:
    return lambda rollout: replace(rollout, costs=replace(rollout.costs, **changes))


def each_phase(change_phase: Callable[[Phase], Phase]) -> Change:
    """Changes all phases of all formats."""

    def change(rollout: Rollout) -> Rollout:
        formats = (replace(item, phases=tuple(map(change_phase, item.phases))) for item in rollout.formats)
        return replace(rollout, formats=tuple(formats))

    return change


def without_expected_finishes(rollout: Rollout) -> Rollout:
    begun = (replace(shop, finish=None) if shop.status is Status.IN_PROGRESS else shop for shop in rollout.shops)
    return replace(rollout, shops=tuple(begun))


CHANGES: dict[str, Change] = {
    "public holidays": without("country", ""),
    "Catholic holidays": each("shops", catholic=False),
    "Saturdays": lambda rollout: replace(rollout, workdays=rollout.workdays - {5}),
    "shutdown": without("shutdowns"),
    "blackout": without("blackouts"),
    "limit of shops closed": each("limits", max_closed=None),
    "limit of starts": each("limits", max_starts_per_week=None),
    "limit's window": each("limits", first=None, last=None),
    "neighbours": without("neighbours_km", None),
    "supply": without("supplies"),
    "deliveries": each("supplies", deliveries=()),
    "campaign": without("campaigns"),
    "partner target": without("partner_target", None),
    "milestone": without("milestones"),
    "ready_from": each("shops", ready_from=None),
    "due_by": each("shops", due_by=None),
    "after": each("shops", after=()),
    "freeze": without("freeze_days", 0),
    "published start": each("shops", published_start=None),
    "named crews": each("shops", crews=()),
    "expected finish": without_expected_finishes,
    "priority": each("shops", priority=5),
    "absence": without("absences"),
    "partial absence": each("absences", units=None),
    "crew's regions": each("crews", regions=()),
    "crew's max_km": each("crews", max_km=None),
    "crew's dates": each("crews", first=None, last=None),
    "waits that may be longer": each_phase(lambda phase: replace(phase, wait_max=phase.wait_min)),
    "open phases": each_phase(lambda phase: replace(phase, closed=True)),
    "season": prices(season={}),
    "kilometres": prices(km=0.0),
    "uplift": prices(uplift=0.0),
    "change": prices(change=0.0),
}


def answer_of(rollout: Rollout) -> tuple[bool, Levels | None] | None:
    """Whether fixed dates conflict, and the best levels otherwise; None where going through all plans does not tell."""
    try:
        answer = brute_force(rollout)
    except TooLargeError:
        return None
    return (answer.conflict, answer.best) if answer.conflict or answer.best else None


@cache
def seeded_answer(seed: int) -> tuple[bool, Levels | None] | None:
    return answer_of(seeded_rollout(seed))


@pytest.mark.parametrize("name", CHANGES)
def test_every_rule_and_price_decides_somewhere(name: str) -> None:
    for seed in dict.fromkeys((*TELLING_SEEDS, *SEEDS)):
        rollout = seeded_rollout(seed)
        changed = CHANGES[name](rollout)
        if changed != rollout and seeded_answer(seed) is not None:
            answer = answer_of(changed)
            if answer is not None and answer != seeded_answer(seed):
                return
    pytest.fail(f"in none of {len(SEEDS)} rollouts does it matter")


@pytest.mark.parametrize("size", [TINY, LARGER], ids=["tiny", "larger"])
def test_the_given_dates_are_such_as_a_folder_may_hold(size: Size) -> None:
    for seed in SEEDS:
        rollout = seeded_rollout(seed, size)
        calendars = Calendars(rollout)
        for shop in rollout.shops:
            if shop.status is Status.FIXED:
                days = standing_days(rollout, calendars, shop)
                assert days is not None
                assert rollout.today <= days.start
                assert days.start == shop.start
                assert days.finish <= rollout.last
            elif shop.status is Status.IN_PROGRESS:
                assert shop.start is not None
                assert shop.start <= min(rollout.today, shop.finish or rollout.today)
            elif shop.status is Status.DONE:
                assert shop.finish is not None
                assert shop.finish <= rollout.today


def test_the_same_seed_makes_the_same_rollout() -> None:
    assert seeded_rollout(7) == seeded_rollout(7)
    assert seeded_rollout(7) != seeded_rollout(8)
