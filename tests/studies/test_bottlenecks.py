"""What is said to hold a rollout back does: more of it was planned, and the plan is better by what is said."""

from dataclasses import replace
from datetime import date

import pytest

from planner.domain.crew import Crew
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.rules import Blackout, Costs, Delivery, Limit, Milestone, Supply
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from planner.review.check import check
from planner.scheduling.limits import Limits
from planner.scheduling.shadow_prices import ShadowPrices
from planner.scheduling.solve import solve
from planner.studies.bottlenecks import Bottlenecks, Confirmed, candidates, chosen_to_try, find_bottlenecks
from planner.studies.lifts import Lift, LiftKind, all_lifted, lifted, whole_lifts
from planner.studies.missed import missed_milestones
from planner.studies.newcomers import with_newcomers

LIMITS = Limits(seconds=1.0, workers=1, deterministic=True, gap=0.0)
ROLLOUT = Rollout(
    name="Six shops, one builder",
    today=date(2026, 3, 2),
    last=date(2026, 5, 29),
    country="",
    formats=(ShopFormat(name="M", phases=(Phase(name="Build", days=5, crews={"builder": 1, "fitter": 1}),)),),
    shops=tuple(Shop(id=f"S{number}", format="M", region="South", weekly_revenue=6000.0) for number in range(6)),
    crews=(
        Crew(id="B1", trade="builder", regions=("South",)),
        Crew(id="F1", trade="fitter", units=9, regions=("South",)),
    ),
    milestones=(Milestone(name="Spring", by=date(2026, 3, 27), target=6),),
    supplies=(Supply(name="Kits", phase="Build", needs={"M": 1}, initial=99),),
    limits=(Limit(name="Few", max_closed=6),),
    costs=Costs(uplift=0.1),
)


def planned(rollout: Rollout) -> Plan:
    return solve(rollout, LIMITS)


@pytest.fixture(scope="module")
def found() -> Bottlenecks:
    return find_bottlenecks(ROLLOUT, planned(ROLLOUT), LIMITS, most=8)


def of_kind(found: Bottlenecks, kind: LiftKind, subject: str) -> Confirmed:
    return next(
        item for item in found.confirmed if (item.candidate.lift.kind, item.candidate.lift.subject) == (kind, subject)
    )


def test_one_more_builder_is_worth_two_shops_and_comes_first(found: Bottlenecks) -> None:
    best = found.confirmed[0]
    assert (best.candidate.lift.kind, best.candidate.lift.subject) == (LiftKind.CREW, "builder")
    assert [(gain.before, gain.after) for gain in best.milestones] == [(4, 6)]
    assert best.helps


def test_what_is_not_scarce_is_worth_nothing(found: Bottlenecks) -> None:
    for kind, subject in ((LiftKind.CREW, "fitter"), (LiftKind.SUPPLY, "Kits")):
        item = of_kind(found, kind, subject)
        assert (item.helps, item.gain) == (False, (0, 0, 0))
        assert item.candidate.eur == pytest.approx(0, abs=1)


def test_a_gain_is_the_difference_of_two_checked_plans(found: Bottlenecks) -> None:
    for item in found.confirmed:
        changed = lifted(ROLLOUT, item.candidate.lift)
        assert check(changed, item.plan) == ()
        assert (found.base.shortfall or 0) - (item.plan.shortfall or 0) == item.gain[0]
        assert (found.base.total or 0) - (item.plan.total or 0) == item.cents


def test_what_is_proved_of_money_holds_between_the_best_plans() -> None:
    rollout = replace(ROLLOUT, milestones=())
    found = find_bottlenecks(rollout, planned(rollout), LIMITS, most=8)
    item = of_kind(found, LiftKind.CREW, "builder")
    assert item.least_cents is not None
    assert item.most_cents is not None
    assert 0 < item.least_cents <= item.cents <= item.most_cents


def test_prices_are_those_of_the_weeks_in_which_more_would_help() -> None:
    rollout = replace(ROLLOUT, milestones=())
    prices = ShadowPrices(rollout, planned(rollout))
    weeks = prices.of_crew("B1")
    assert weeks[0].monday == date(2026, 3, 2)
    dear = [week.eur for week in weeks[:5]]
    assert dear == sorted(dear, reverse=True)
    assert min(dear) > 100
    assert sum(week.eur for week in weeks[7:]) == pytest.approx(0, abs=10)


def test_a_blackout_and_permits_have_prices_too() -> None:
    fair = Blackout(name="Fair", first=date(2026, 3, 2), last=date(2026, 4, 3))
    shops = tuple(replace(shop, ready_from=date(2026, 4, 20)) for shop in ROLLOUT.shops[:3])
    crews = tuple(replace(crew, units=9) for crew in ROLLOUT.crews)
    closed = replace(ROLLOUT, shops=(*shops, *ROLLOUT.shops[3:]), crews=crews, blackouts=(fair,), milestones=())
    plan = planned(closed)
    by_kind = {item.lift.kind: item.eur for item in candidates(closed, plan)}
    without = planned(replace(closed, blackouts=()))
    assert by_kind[LiftKind.BLACKOUT] == pytest.approx(((plan.total or 0) - (without.total or 0)) / 100, rel=0.02)
    earlier = planned(lifted(closed, Lift(LiftKind.PERMITS, amount=14)))
    assert by_kind[LiftKind.PERMITS] == pytest.approx(((plan.total or 0) - (earlier.total or 0)) / 100, rel=0.02)


def test_each_kind_is_tried_before_a_second_of_one() -> None:
    tried = chosen_to_try(candidates(ROLLOUT, planned(ROLLOUT)), 3)
    assert {item.lift.kind for item in tried} == {LiftKind.CREW, LiftKind.SUPPLY, LiftKind.LIMIT}


def test_lifting_everything_takes_every_rule_out_of_the_way() -> None:
    rollout = replace(
        ROLLOUT,
        blackouts=(Blackout(name="Fair", first=date(2026, 3, 2), last=date(2026, 5, 29)),),
        limits=(Limit(name="None", max_closed=0),),
        supplies=(
            Supply(
                name="Kits", phase="Build", needs={"M": 1}, deliveries=(Delivery(first=date(2026, 5, 4), quantity=1),)
            ),
        ),
        shops=tuple(replace(shop, ready_from=date(2026, 5, 1)) for shop in ROLLOUT.shops),
    )
    assert len(planned(rollout).remodels) == 0
    plan = planned(all_lifted(rollout, whole_lifts(rollout)))
    assert [item.planned for item in plan.milestones] == [6]


def test_a_missed_milestone_is_put_down_to_what_misses_it() -> None:
    (missed,) = missed_milestones(ROLLOUT, planned(ROLLOUT), LIMITS)
    assert [(lift.kind, lift.subject) for lift in missed.lifts] == [(LiftKind.CREW, "builder")]
    assert (missed.milestone.planned, missed.without, missed.able) == (4, 6, 6)


def test_two_things_together_are_both_named() -> None:
    rollout = replace(ROLLOUT, limits=(Limit(name="Few", max_closed=1),))
    (missed,) = missed_milestones(rollout, planned(rollout), LIMITS)
    assert {lift.kind for lift in missed.lifts} == {LiftKind.CREW, LiftKind.LIMIT}
    for lift in missed.lifts:
        rest = [other for other in missed.lifts if other != lift]
        assert planned(all_lifted(rollout, rest)).milestones[0].planned < 6
    assert planned(all_lifted(rollout, missed.lifts)).milestones[0].planned == 6


def test_a_milestone_that_no_rule_misses_is_said_to_be_too_soon() -> None:
    rollout = replace(ROLLOUT, milestones=(Milestone(name="Now", by=date(2026, 3, 4), target=1),))
    (missed,) = missed_milestones(rollout, planned(rollout), LIMITS)
    assert (missed.lifts, missed.able, missed.without) == ((), 0, 0)


def test_a_shop_that_was_entered_later_counts_as_one_without_a_date() -> None:
    plan = planned(ROLLOUT)
    new = replace(ROLLOUT, shops=(*ROLLOUT.shops, Shop(id="NEW", format="M", region="South", weekly_revenue=600.0)))
    assert check(new, plan) != ()
    changed, names = with_newcomers(new, plan)
    assert names == ("NEW",)
    assert check(new, changed) == ()
    assert with_newcomers(ROLLOUT, plan) == (plan, ())
