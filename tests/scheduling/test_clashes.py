"""Clashing given dates: each set is as small as can be, and each date that is offered ends its clash."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random

from planner.domain.calendar import Calendars
from planner.domain.crew import Absence
from planner.domain.plan import Conflict, Plan, PlanStatus
from planner.domain.rollout import Rollout
from planner.domain.rules import Blackout, PartnerTarget
from planner.domain.shop import Shop, Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.domain.standing import standing_days
from planner.review.check import check
from planner.scheduling.clashes import Clash, given_conflicts, ways_out
from planner.scheduling.clock import Clock
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve
from tests.scheduling.test_reasons import SIMPLE
from tests.tiny_rollouts import LARGER, seeded_rollout

LIMITS = Limits(seconds=0.2, workers=1, deterministic=True)
# Besides the first ones: a shop fixed after one that cannot keep its near published start.
SEEDS = (*range(120), 257)
# Besides the first ones: shops with several visits of a trade, and shops that lack one trade and vie for another.
SEEDS_TO_CHANGE = (*range(12), 26, 28, 51)


@cache
def clashing() -> list[tuple[Rollout, Plan]]:
    """Rollouts whose given dates conflict, with the plans that say so."""
    rollouts = [all_fixed(seeded_rollout(seed), seed) for seed in SEEDS_TO_CHANGE]
    pairs = [(rollout, solve(rollout, LIMITS)) for rollout in rollouts]
    return [(rollout, plan) for rollout, plan in pairs if plan.status is PlanStatus.INFEASIBLE]


def all_fixed(rollout: Rollout, seed: int) -> Rollout:
    """The rollout with every shop that has a working day to begin on, and time left, fixed on one of its first."""
    calendars = Calendars(rollout)
    shops = []
    for number, shop in enumerate(rollout.shops):
        fixed = replace(shop, status=Status.FIXED, crews=(), start=rollout.today)
        if shop.status is Status.BACKLOG and shop.published_start is None:
            calendar = calendars.of(shop)
            day = date.fromordinal(calendar.working_days[calendar.position_from(rollout.today) + (seed + number) % 3])
            days = standing_days(rollout, calendars, replace(fixed, start=day))
            if days is not None and days.finish <= rollout.last:
                shop = replace(fixed, start=day)  # noqa: PLW2901 - the fixed shop
        shops.append(shop)
    return replace(rollout, shops=tuple(shops))


def with_shop(rollout: Rollout, shop: Shop) -> Rollout:
    return replace(rollout, shops=tuple(shop if other.id == shop.id else other for other in rollout.shops))


def conflicts_of(rollout: Rollout) -> tuple[Conflict, ...]:
    """The conflicts of given dates that the planner names, and the checker confirms."""
    plan = solve(rollout, replace(LIMITS, allow_conflicts=True))
    assert check(rollout, plan) == ()
    return plan.conflicts


def is_there(conflicts: tuple[Conflict, ...], clash: Conflict, shops: set[str]) -> bool:
    return any(item.rule == clash.rule and shops and set(item.shops) <= shops for item in conflicts)


def test_of_every_clash_the_checker_finds_no_part_that_clashes_and_none_left_out() -> None:
    over_crews = 0
    for seed in SEEDS:
        rollout = all_fixed(seeded_rollout(seed), seed)
        assert check(rollout, solve(rollout, LIMITS)) == (), seed
        over_crews += sum(len(item.shops) > 1 and item.rule in {"crew", "absence"} for item in conflicts_of(rollout))
    assert over_crews > 10


def test_without_any_one_member_a_set_stands_together() -> None:
    removed = 0
    for rollout, plan in clashing():
        for clash in plan.conflicts:
            for name in clash.shops if len(clash.shops) > 1 else ():
                gone = replace(rollout.shop_by_id[name], status=Status.DEFERRED)
                left = conflicts_of(with_shop(rollout, gone))
                same = [item for item in left if item.rule == clash.rule and item.crew == clash.crew]
                rest = set(clash.shops) - {name}
                days = [item for item in same if item.first <= clash.last and clash.first <= item.last]
                assert not is_there(tuple(days), clash, rest), (rollout.name, clash)
                removed += 1
    assert removed > 10


def moved(rollout: Rollout, name: str, day: date) -> Rollout:
    shop = rollout.shop_by_id[name]
    if shop.status is Status.FIXED:
        return with_shop(rollout, replace(shop, start=day))
    longer = max(rollout.freeze_days, (day - rollout.today).days)
    frozen = rollout.today + timedelta(days=rollout.freeze_days)
    kept = (
        replace(other, published_start=None) if other.published_start and other.published_start > frozen else other
        for other in rollout.shops
    )
    return with_shop(replace(rollout, shops=tuple(kept), freeze_days=longer), replace(shop, published_start=day))


def test_a_date_that_is_offered_ends_the_clash_and_begins_none() -> None:
    offered = 0
    for rollout, plan in clashing():
        for clash in ways_out(rollout, plan.conflicts[:3], LIMITS):
            for way in clash.ways_out:
                for day in (way.earlier, way.later):
                    if day is not None:
                        left = conflicts_of(moved(rollout, way.shop, day))
                        assert not any(way.shop in item.shops and _is_of_given(rollout, item) for item in left)
                        same = [item for item in left if set(item.shops) == set(clash.conflict.shops)]
                        assert not any(_is_of_given(rollout, item) for item in same)
                        offered += 1
    assert offered > 10


def _is_of_given(rollout: Rollout, conflict: Conflict) -> bool:
    """Whether a conflict is more than that a shop comes after an undated one, which depends on the plan."""
    return conflict.rule != "after" or all(
        rollout.shop_by_id[name].status is not Status.BACKLOG for name in conflict.shops
    )


SHOPS = tuple(
    Shop(id=name, format="M", region="South", status=Status.FIXED, start=date(2026, 3, day))
    for name, day in (("A", 9), ("B", 9))
)
TWO = replace(SIMPLE, shops=SHOPS, last=date(2026, 3, 31))


def only_clash(rollout: Rollout) -> Clash:
    (clash,) = ways_out(rollout, solve(rollout, LIMITS).conflicts, LIMITS)
    return clash


def test_the_nearest_dates_by_hand() -> None:
    clash = only_clash(TWO)
    assert clash.conflict.shops == ("A", "B")
    days = [(way.shop, way.earlier, way.later) for way in clash.ways_out]
    assert days == [(name, date(2026, 3, 2), date(2026, 3, 16)) for name in ("A", "B")]


def test_a_date_that_would_begin_another_clash_is_not_offered() -> None:
    third = replace(SHOPS[0], id="C", start=date(2026, 3, 16))
    clash = only_clash(replace(TWO, shops=(*SHOPS, third)))
    assert {(way.earlier, way.later) for way in clash.ways_out} == {(date(2026, 3, 2), date(2026, 3, 23))}


def test_nor_is_one_in_a_blackout_or_past_the_horizon() -> None:
    fair = Blackout(name="Fair", first=date(2026, 3, 16), last=date(2026, 3, 20))
    clash = only_clash(replace(TWO, blackouts=(fair,), last=date(2026, 3, 26)))
    assert {(way.earlier, way.later) for way in clash.ways_out} == {(date(2026, 3, 2), None)}


def test_a_remodel_in_progress_is_not_asked_to_move() -> None:
    begun = replace(SHOPS[0], status=Status.IN_PROGRESS, start=date(2026, 2, 27), finish=date(2026, 3, 10))
    plan = solve(replace(TWO, shops=(begun, SHOPS[1])), LIMITS)
    (clash,) = ways_out(replace(TWO, shops=(begun, SHOPS[1])), plan.conflicts, LIMITS)
    assert [(way.shop, way.later) for way in clash.ways_out] == [("B", date(2026, 3, 10) + timedelta(days=1))]


def test_a_partners_target_is_summed_over_the_shops_without_a_date_too() -> None:
    """Alone, the fixed shop would cost its partner more than its own target allows; with the other's it does not."""
    first = replace(SIMPLE.shops[0], partner="P", annual_target=1.0, weekly_revenue=6000.0)
    fixed = replace(first, id="S1", status=Status.FIXED, start=SIMPLE.today)
    other = replace(first, id="S2", annual_target=1_000_000.0)
    target = PartnerTarget(first=SIMPLE.today, last=SIMPLE.last, share=1.0, max_loss=0.5)
    rollout = replace(SIMPLE, shops=(fixed, other), partner_target=target)
    assert given_conflicts(rollout, Clock(LIMITS, threading.Event())) == []
    alone = replace(rollout, shops=(fixed,))
    assert [item.rule for item in given_conflicts(alone, Clock(LIMITS, threading.Event()))] == ["partner_target"]


def test_a_frozen_shop_that_breaks_a_rule_whatever_it_waits_waits_for_its_crews() -> None:
    survey = Phase(name="Survey", days=1, crews={}, closed=False)
    build = replace(SIMPLE.formats[0].phases[0], wait_max=5)
    shop = replace(SIMPLE.shops[0], partner="P", annual_target=1.0, weekly_revenue=6000.0, published_start=SIMPLE.today)
    rollout = replace(
        SIMPLE,
        shops=(shop,),
        formats=(ShopFormat(name="M", phases=(survey, build)),),
        absences=(Absence(crew="B1", first=date(2026, 3, 4), last=date(2026, 3, 4)),),
        partner_target=PartnerTarget(first=SIMPLE.today, last=SIMPLE.last, share=1.0, max_loss=0.5),
        freeze_days=7,
    )
    assert [item.rule for item in conflicts_of(rollout)] == ["partner_target"]


def test_conflicts_found_without_planning_are_those_a_plan_lists() -> None:
    """But for those with a predecessor that only planning shows to have no date."""
    limits = replace(LIMITS, allow_conflicts=True)
    for seed in range(25):
        rollout = seeded_rollout(seed)
        found = given_conflicts(rollout, Clock(LIMITS, threading.Event()))
        listed = solve(rollout, limits).conflicts
        assert set(found) <= set(listed), seed
        assert {item.rule for item in set(listed) - set(found)} <= {"after"}, seed


def test_near_starts_that_clash_are_named_together_where_some_of_them_could_wait() -> None:
    """One builder has time for two of three shops, whichever they are, so that no two of them clash."""
    phases = (
        Phase(name="Survey", days=1, closed=False),
        Phase(name="Build", days=5, crews={"builder": 1}, wait_max=5),
    )
    shops = tuple(Shop(id=name, format="M", region="South", published_start=SIMPLE.today) for name in "ABC")
    formats = (ShopFormat(name="M", phases=phases),)
    rollout = replace(SIMPLE, shops=shops, formats=formats, freeze_days=7, last=date(2026, 3, 31))
    plan = solve(rollout, LIMITS)
    assert check(rollout, plan) == ()
    assert [(item.rule, item.shops) for item in plan.conflicts] == [("crew", ("A", "B", "C"))]
    assert (plan.conflicts[0].first, plan.conflicts[0].last) == (date(2026, 3, 3), date(2026, 3, 16))
    for shop in shops:
        less = solve(with_shop(rollout, replace(shop, status=Status.DEFERRED)), LIMITS)
        assert less.conflicts == ()


# Sets that longer waits resolve; sets that clash by several rules together; fixed shops that clash beside frozen ones.
HALF_FROZEN_SEEDS = (1, 29, 89, 134, 184, 199, 220, 260, 278, 281, 393)


def half_frozen(seed: int) -> Rollout:
    """The rollout with every shop fixed, but about half of them by a near published start."""
    random = Random(seed)
    fixed = all_fixed(seeded_rollout(seed), seed)
    shops = tuple(
        replace(shop, status=Status.BACKLOG, published_start=shop.start, start=None)
        if shop.status is Status.FIXED and random.random() < 0.5
        else shop
        for shop in fixed.shops
    )
    return replace(fixed, shops=shops, freeze_days=10)


def test_sets_with_frozen_shops_are_judged_with_all_their_waits() -> None:
    named = 0
    for seed in HALF_FROZEN_SEEDS:
        rollout = half_frozen(seed)
        plan = solve(rollout, LIMITS)
        assert check(rollout, plan) == (), seed
        named += sum(is_frozen(rollout, name) for conflict in plan.conflicts for name in conflict.shops)
    assert named > 10


def is_frozen(rollout: Rollout, name: str) -> bool:
    return rollout.shop_by_id[name].status is Status.BACKLOG


def test_a_rule_that_only_longer_waits_keep_is_named_with_the_one_that_they_break() -> None:
    """Two frozen shops: short waits break the limit, long ones draw more than has come; neither rule does alone."""
    rollout = half_frozen(281)
    plan = solve(rollout, LIMITS)
    assert [(item.rule, item.shops) for item in plan.conflicts] == [("limit", ("S2", "S3"))]
    for lifted in (replace(rollout, limits=()), replace(rollout, supplies=())):
        assert solve(lifted, LIMITS).conflicts == ()
    for name in ("S2", "S3"):
        gone = replace(rollout.shop_by_id[name], status=Status.DEFERRED)
        assert solve(with_shop(rollout, gone), LIMITS).conflicts == ()


def test_a_set_that_other_waits_resolve_is_not_named_when_one_of_many_is_taken_out() -> None:
    rollout = all_fixed(seeded_rollout(24), 24)
    less = [with_shop(rollout, replace(rollout.shop_by_id[name], status=Status.DEFERRED)) for name in ("S2", "S3")]
    for case in (*less, all_fixed(seeded_rollout(9, LARGER), 9)):
        assert check(case, solve(case, LIMITS)) == ()
        conflicts_of(case)


def test_fixed_shops_that_clash_beside_a_frozen_one_are_named_too() -> None:
    rollout = replace(seeded_rollout(4, LARGER), freeze_days=14)
    plan = solve(rollout, LIMITS)
    assert check(rollout, plan) == ()
    assert {item.shops for item in plan.conflicts if item.rule == "supply"} == {("S1",), ("S15",)}
