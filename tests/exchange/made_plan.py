"""Plans of any size made without a solver, for what shows plans. They keep few rules: nothing here is checked."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from planner.domain.calendar import Calendars
from planner.domain.crew import Absence, Crew
from planner.domain.plan import (
    Cost,
    MilestoneResult,
    Plan,
    PlannedPhase,
    PlanStatus,
    Remodel,
    RemodelStatus,
    SolveInfo,
    Unplanned,
)
from planner.domain.rollout import Rollout
from planner.domain.rules import Blackout, Costs, Milestone, Shutdown
from planner.domain.shop import Kind, Shop, Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.domain.standing import days_from, standing_days

TODAY = date(2021, 7, 13)
REGIONS = ("North", "South", "East", "West")
STATES = ("HH", "BY", "SN", "NW")
TRADES = ("surveyor", "builder", "it")
PHASES = (
    Phase(name="Survey", days=1, crews={"surveyor": 1}, closed=False),
    Phase(name="Build", days=8, crews={"builder": 1}, wait_min=5, wait_max=40),
    Phase(name="IT", days=2, crews={"it": 1}),
)
NASTY = (
    "</script><script>document.title='owned'</script>",
    '<img src=x onerror="document.title=1">',
    "\"quoted\" & 'quoted' <!-- ]]> {{n}} ${n}",
    '=HYPERLINK("http://example.invalid","x")',
    "+1+1",
    "@SUM(A1)",
    "متجر برلين",
    "🏬 Emoji 👩‍🔧",
    "L" * 300,
    "back\\slash \\u003c ]]>",
    "[/foo] %s {0} $title",
)


def made_rollout(shops: int, seed: int = 1) -> Rollout:
    """A rollout of so many shops in every status, most of them in the backlog."""
    random = Random(seed)
    crews = tuple(
        Crew(id=f"{trade[0].upper()}-{region}", name=f"{trade} {region}", trade=trade, units=3, regions=(region,))
        for trade in TRADES
        for region in REGIONS
    )
    return Rollout(
        name="Made up",
        today=TODAY,
        last=date(2023, 12, 31),
        formats=(ShopFormat(name="M", phases=PHASES), ShopFormat(name="S", phases=PHASES[1:2])),
        shops=tuple(_shop(random, number) for number in range(shops)),
        crews=crews,
        absences=(
            Absence(crew=crews[0].id, first=date(2021, 8, 2), last=date(2021, 8, 6), reason="Holiday"),
            Absence(crew=crews[1].id, first=date(2021, 8, 2), last=date(2021, 8, 6), units=1),
        ),
        shutdowns=(Shutdown(name="Christmas", first=date(2021, 12, 24), last=date(2022, 1, 2)),),
        blackouts=(Blackout(name="Advent", first=date(2021, 11, 26), last=date(2021, 12, 31)),),
        milestones=(Milestone(name="Year end", by=date(2021, 12, 31), target=shops // 2),),
        costs=Costs(uplift=0.06),
    )


def made_plan(rollout: Rollout, seed: int = 1) -> Plan:
    """A plan of a made-up rollout: each dated remodel on days its shop may work; one shop in fifty has no date."""
    random = Random(seed)
    calendars = Calendars(rollout)
    remodels: list[Remodel] = []
    unplanned: list[Unplanned] = []
    for number, shop in enumerate(rollout.shops):
        if shop.is_in_plan and shop.status is Status.BACKLOG and number % 50 == 49:
            unplanned.append(
                Unplanned(shop=shop.id, reason="no builder crew serves region South before the horizon ends")
            )
        elif shop.is_in_plan:
            remodels.append(_remodel(random, rollout, calendars, shop))
    cost = sum((remodel.cost for remodel in remodels), Cost())
    result = MilestoneResult(
        name="Year end",
        by=date(2021, 12, 31),
        target=rollout.milestones[0].target,
        planned=sum(remodel.finish <= date(2021, 12, 31) for remodel in remodels)
        + sum(shop.status is Status.DONE for shop in rollout.shops),
    )
    return Plan(
        rollout=rollout.name,
        scenario=None,
        today=rollout.today,
        status=PlanStatus.FEASIBLE,
        shortfall=max(0, result.target - result.planned),
        unplanned_priority=5 * len(unplanned),
        cost=cost,
        total=cost.total,
        bound=cost.total * 99 // 100,
        gap=0.01,
        solve=SolveInfo(seconds=1.0, workers=1, seed=1),
        milestones=(result,),
        remodels=tuple(remodels),
        unplanned=tuple(unplanned),
    )


def nasty_plan() -> tuple[Rollout, Plan]:
    """A rollout whose every text is one of the worst, and a plan of it."""
    rollout = made_rollout(60)
    names = iter(NASTY * 60)
    shops = tuple(
        replace(shop, name=next(names), city=next(names), partner=next(names), street=next(names), region=next(names))
        for shop in rollout.shops
    )
    crews = tuple(replace(crew, name=next(names)) for crew in rollout.crews)
    nasty = replace(
        rollout,
        name=NASTY[0],
        currency=NASTY[1],
        shops=shops,
        crews=crews,
        milestones=(replace(rollout.milestones[0], name=NASTY[0]),),
        shutdowns=(replace(rollout.shutdowns[0], name=NASTY[2]),),
    )
    plan = made_plan(nasty)
    return nasty, replace(
        plan,
        milestones=(replace(plan.milestones[0], name=NASTY[0]),),
        unplanned=tuple(replace(item, reason=NASTY[1]) for item in plan.unplanned),
    )


def _shop(random: Random, number: int) -> Shop:
    place = random.randrange(len(REGIONS))
    shop = Shop(
        id=f"S{number:04}",
        format=random.choice("MMMS"),
        name=f"Shop {number}",
        street="Marktplatz 1",
        postcode="01067",
        city=f"Town {number % 300}",
        partner=f"Partner {number % 90}",
        kind=Kind.PARTNER,
        state=STATES[place],
        region=REGIONS[place],
        lat=random.uniform(47.7, 54.3),
        lon=random.uniform(7.2, 13.5),
        weekly_revenue=10_000.0,
        published_start=TODAY + timedelta(days=random.randrange(20, 500)) if number % 3 == 0 else None,
    )
    match number % 40:
        case 1 | 2:
            return replace(shop, status=Status.DONE, finish=TODAY - timedelta(days=random.randrange(1, 150)))
        case 3:
            return replace(shop, status=Status.FIXED, start=date(2021, 9, 6))
        case 4:
            return replace(shop, status=Status.IN_PROGRESS, start=date(2021, 7, 5))
        case 5:
            return replace(shop, status=Status.DEFERRED)
        case _:
            return shop


def _remodel(random: Random, rollout: Rollout, calendars: Calendars, shop: Shop) -> Remodel:
    shop_format = rollout.format_of(shop)
    if shop.is_standing:
        days = standing_days(rollout, calendars, shop)
    else:
        start = TODAY + timedelta(days=random.randrange(600))
        days = days_from(shop_format, calendars.of(shop), start)
    assert days is not None
    crew = {crew.trade: crew.id for crew in rollout.crews if crew.id.endswith(REGIONS[STATES.index(shop.state)])}
    return Remodel(
        shop=shop.id,
        status=RemodelStatus(shop.status.value) if shop.is_standing else RemodelStatus.PLANNED,
        start=days.start,
        finish=days.finish,
        closed_from=days.closed_from,
        closed_to=days.closed_to,
        phases=tuple(
            PlannedPhase(
                name=phase.name,
                first=first,
                last=last,
                crews={crew[trade]: units for trade, units in phase.crews.items()},
            )
            for phase, (first, last) in zip(shop_format.phases, days.phases, strict=True)
        ),
        cost=Cost(
            closure=random.randrange(500_000), waiting=random.randrange(900_000), travel=random.randrange(90_000)
        ),
    )
