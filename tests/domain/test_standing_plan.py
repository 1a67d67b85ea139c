"""A plan as the rollout has it now: fixed, freed, begun, done and new shops."""

from dataclasses import replace
from datetime import date

from planner.domain.calendar import Calendars
from planner.domain.costs import remodel_cost
from planner.domain.crew import Crew
from planner.domain.plan import Cost, Plan, PlannedPhase, PlanStatus, Remodel, RemodelStatus, Unplanned
from planner.domain.rollout import Rollout
from planner.domain.rules import Costs
from planner.domain.shop import Shop, Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.domain.standing import remodel_days
from planner.domain.standing_plan import NOT_PLANNED_YET, StandingPlan, as_it_stands

FORMAT = ShopFormat(name="M", phases=(Phase(name="Build", days=2, crews={"builder": 1}),))
MONDAY = date(2021, 7, 19)
BEFORE = Rollout(
    name="Shops",
    today=date(2021, 7, 13),
    last=date(2021, 12, 31),
    formats=(FORMAT,),
    shops=tuple(Shop(id=name, format="M", state="BY", weekly_revenue=6000) for name in "ABC"),
    crews=(Crew(id="B1", trade="builder"),),
    costs=Costs(uplift=0.1),
)
PLAN = Plan(
    rollout="Shops",
    scenario=None,
    today=BEFORE.today,
    status=PlanStatus.FEASIBLE,
    shortfall=0,
    unplanned_priority=5,
    cost=Cost(),
    total=0,
    bound=None,
    gap=None,
    solve=None,
    remodels=(
        Remodel(
            shop="A",
            status=RemodelStatus.PLANNED,
            start=MONDAY,
            finish=date(2021, 7, 20),
            closed_from=MONDAY,
            closed_to=date(2021, 7, 20),
            phases=(PlannedPhase(name="Build", first=MONDAY, last=date(2021, 7, 20), crews={"B1": 1}),),
            cost=Cost(closure=1),
        ),
    ),
    unplanned=(Unplanned(shop="B", reason="no room"), Unplanned(shop="C", reason="no room")),
)


def now(plan: Plan = PLAN, **shops: dict[str, object]) -> StandingPlan:
    """The plan where shops, by id, are otherwise in the rollout than when it was made."""
    rollout = replace(
        BEFORE,
        shops=tuple(replace(shop, **shops.get(shop.id, {})) for shop in BEFORE.shops),  # type: ignore[arg-type]
    )
    return as_it_stands(rollout, Calendars(rollout), plan)


def test_nothing_changes_where_nothing_was_changed() -> None:
    found = now()
    assert found.plan == PLAN
    assert found.stale == frozenset()


def test_a_start_that_was_fixed_elsewhere_is_where_the_shop_stands() -> None:
    friday = date(2021, 7, 30)
    found = now(A={"status": Status.FIXED, "start": friday})
    (remodel,) = found.plan.remodels
    assert found.stale == {"A"}
    assert remodel.status is RemodelStatus.FIXED
    assert (remodel.start, remodel.finish, remodel.closed_to) == (friday, date(2021, 8, 2), date(2021, 8, 2))
    assert remodel.phases[0].crews == {"B1": 1}
    calendars = Calendars(BEFORE)
    days = remodel_days(FORMAT, tuple((phase.first, phase.last) for phase in remodel.phases))
    assert remodel.cost == remodel_cost(BEFORE, calendars, BEFORE.shops[0], days, ({"B1": 1},))
    assert remodel.cost.waiting > 0


def test_a_start_that_was_fixed_where_it_is_makes_nothing_stale() -> None:
    found = now(A={"status": Status.FIXED, "start": MONDAY})
    assert found.plan.remodels == (replace(PLAN.remodels[0], status=RemodelStatus.FIXED),)
    assert found.stale == frozenset()


def test_a_start_that_was_given_free_stays_until_a_new_plan() -> None:
    fixed = replace(PLAN, remodels=(replace(PLAN.remodels[0], status=RemodelStatus.FIXED),))
    found = now(fixed)
    assert found.plan.remodels == PLAN.remodels
    assert found.stale == {"A"}


def test_shops_come_and_go() -> None:
    without_b = replace(PLAN, unplanned=PLAN.unplanned[1:])
    found = now(without_b, A={"status": Status.DEFERRED}, C={"status": Status.FIXED, "start": MONDAY})
    assert [(remodel.shop, remodel.start) for remodel in found.plan.remodels] == [("C", MONDAY)]
    assert found.plan.remodels[0].phases[0].crews == {}
    assert found.plan.unplanned == (Unplanned(shop="B", reason=NOT_PLANNED_YET),)
    assert found.stale == {"B", "C"}


def test_crews_that_are_gone_are_left_out() -> None:
    rollout = replace(BEFORE, crews=(), shops=(replace(BEFORE.shops[0], status=Status.FIXED, start=date(2021, 7, 26)),))
    (remodel,) = as_it_stands(rollout, Calendars(rollout), PLAN).plan.remodels
    assert remodel.phases[0].crews == {}
