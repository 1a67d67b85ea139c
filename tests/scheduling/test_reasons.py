"""Why a shop has no date: what is named, and nothing less, would give it one."""

from dataclasses import replace
from datetime import date
from functools import reduce

import pytest

from planner.domain.crew import Absence, Crew
from planner.domain.rollout import Rollout
from planner.domain.rules import Blackout
from planner.domain.shop import Shop, Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.scheduling.alone import able_to_finish, lift, rules_in_the_way
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Lagrangian
from planner.scheduling.limits import Limits
from planner.scheduling.problem import build_problem
from planner.scheduling.reasons import unplanned
from planner.scheduling.solve import solve
from planner.scheduling.things import Thing, lifting_words
from tests.scheduling.desks import TINY_SEEDS, desks
from tests.tiny_rollouts import seeded_rollout

LIMITS = Limits(seconds=0.3, workers=1, deterministic=True)


def reason_of(rollout: Rollout, shop: str) -> str:
    plan = solve(rollout, LIMITS)
    return next(item.reason for item in plan.unplanned if item.shop == shop)


def test_a_reason_names_what_the_desk_finds_to_be_in_the_way() -> None:
    compared = 0
    for desk in desks():
        for item in desk.plan.unplanned:
            if desk.is_movable(item.shop) and item.shop not in desk.problem.impossible:
                shop = desk.rollout.shop_by_id[item.shop]
                ways = desk.slots(item.shop).ways
                if "no room" not in item.reason:
                    continue
                for way in ways[:4]:
                    for thing in way.things:
                        assert lifting_words(desk.rollout, shop, thing) in item.reason
                        compared += 1
    assert compared > 10


def test_rules_that_leave_a_shop_no_day_do_so_together_and_not_one_less() -> None:
    found = 0
    for seed in TINY_SEEDS:
        rollout = seeded_rollout(seed)
        impossible = build_problem(rollout).impossible
        for name in impossible:
            if rollout.shop_by_id[name].status is not Status.BACKLOG:
                continue
            for things in rules_in_the_way(rollout, name):
                kept = _with_predecessors_dated(rollout, name)
                assert name not in build_problem(_lifted(kept, name, things)).impossible
                for thing in things:
                    less = tuple(other for other in things if other != thing)
                    assert name in build_problem(_lifted(kept, name, less)).impossible
                found += 1
    assert found > 20


def _lifted(rollout: Rollout, name: str, things: tuple[Thing, ...]) -> Rollout:
    return reduce(lambda changed, thing: lift(changed, name, thing), things, rollout)


def _with_predecessors_dated(rollout: Rollout, name: str) -> Rollout:
    """The rollout in which the shop does not wait for others that may have no date themselves."""
    dated = {shop.id for shop in rollout.shops if shop.is_standing or shop.status is Status.DONE}
    shop = rollout.shop_by_id[name]
    changed = replace(shop, after=tuple(other for other in shop.after if other in dated))
    return replace(rollout, shops=tuple(changed if other.id == name else other for other in rollout.shops))


SIMPLE = Rollout(
    name="Simple",
    today=date(2026, 3, 2),
    last=date(2026, 3, 20),
    country="",
    formats=(ShopFormat(name="M", phases=(Phase(name="Build", days=5, crews={"builder": 1}),)),),
    shops=(Shop(id="A", format="M", region="South"),),
    crews=(Crew(id="B1", trade="builder", regions=("South",)),),
)
FAIR = Blackout(name="Fair", first=date(2026, 3, 9), last=date(2026, 3, 13))


@pytest.mark.parametrize(
    ("rollout", "ways"),
    [
        (replace(SIMPLE, crews=()), [(Thing("crew", "builder"),)]),
        (replace(SIMPLE, crews=(replace(SIMPLE.crews[0], regions=("North",)),)), [(Thing("region", "builder"),)]),
        (
            replace(SIMPLE, shops=(replace(SIMPLE.shops[0], ready_from=date(2026, 3, 17)),)),
            [(Thing("ready_from"),), (Thing("horizon"),)],
        ),
        (
            replace(
                SIMPLE,
                blackouts=(FAIR,),
                last=date(2026, 3, 18),
                shops=(replace(SIMPLE.shops[0], ready_from=date(2026, 3, 4)),),
            ),
            [(Thing("ready_from"),), (Thing("blackout", "Fair"),), (Thing("horizon"),)],
        ),
        (
            replace(SIMPLE, absences=(Absence(crew="B1", first=date(2026, 3, 5), last=date(2026, 3, 17)),)),
            [(Thing("absence", "builder"),), (Thing("horizon"),)],
        ),
    ],
)
def test_the_fewest_rules_by_hand(rollout: Rollout, ways: list[tuple[Thing, ...]]) -> None:
    assert sorted(rules_in_the_way(rollout, "A")) == sorted(ways)


def test_a_shop_that_has_days_has_nothing_in_its_way() -> None:
    assert rules_in_the_way(SIMPLE, "A") == []


def test_reasons_by_hand() -> None:
    assert reason_of(replace(SIMPLE, crews=()), "A") == "it needs 1 of trade builder, and there are none"
    south = replace(SIMPLE, crews=(replace(SIMPLE.crews[0], regions=("North",)),))
    assert "no builder crew serves region South" in reason_of(south, "A")
    one_of_two = replace(SIMPLE, last=date(2026, 3, 9), shops=(*SIMPLE.shops, Shop(id="B", format="M", region="South")))
    plan = solve(one_of_two, LIMITS)
    assert [item.reason.split(", ")[1] for item in plan.unplanned] == ["unless one more builder crew were free"]
    blocked = replace(SIMPLE, shops=(*SIMPLE.shops, Shop(id="B", format="S", region="South", after=("A",))))
    formats = (*SIMPLE.formats, ShopFormat(name="S", phases=(Phase(name="Build", days=1, crews={}),)))
    waiting = replace(blocked, formats=formats, crews=())
    assert reason_of(waiting, "B") == "it comes after A, which has no date"


def test_how_many_shops_are_able_to_finish_by_a_day() -> None:
    two = replace(SIMPLE, shops=(*SIMPLE.shops, Shop(id="B", format="M", region="South", ready_from=date(2026, 3, 4))))
    assert [able_to_finish(two, day) for day in (date(2026, 3, 5), date(2026, 3, 6), date(2026, 3, 10))] == [0, 1, 2]


def test_once_time_is_over_each_shop_without_a_date_still_has_a_reason() -> None:
    compared = 0
    for seed in TINY_SEEDS:
        problem = build_problem(seeded_rollout(seed))
        lagrangian = Lagrangian(problem)
        plan = Incumbent(problem, [None] * len(problem.options))
        whole, quick = unplanned(lagrangian, plan), unplanned(lagrangian, plan, lambda: True)
        assert [item.shop for item in quick] == [item.shop for item in whole]
        for item in quick:
            noted = problem.impossible.get(item.shop)
            assert item.reason == (noted[1] if noted else "the search ended before a date for it was found")
            compared += 1
    assert compared > 10
