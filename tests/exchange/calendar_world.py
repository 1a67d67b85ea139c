"""A plan that is hard on calendars: the worst names, and days around every edge of the year."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime

from planner.domain.calendar import Calendars
from planner.domain.crew import Crew
from planner.domain.plan import Cost, Plan, PlannedPhase, PlanStatus, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from planner.domain.standing import days_from
from planner.exchange.ical import CalendarHeader
from planner.exchange.ical_plan import plan_events
from planner.exchange.ical_selection import ALL_KINDS

NOW = datetime(2023, 11, 2, 9, 30, tzinfo=UTC)
LATER = datetime(2023, 11, 3, 9, 30, tzinfo=UTC)
HEADER = CalendarHeader(name="Rollout", timezone="Europe/Berlin")
CREWS = {"surveyor": "V1", "builder": "B1", "electrician": "E1"}
FORMAT = ShopFormat(
    name="M",
    phases=(
        Phase(name="Survey", days=1, crews={"surveyor": 1}, closed=False),
        Phase(name="Strip-out, build", days=8, crews={"builder": 2, "electrician": 1}, wait_min=2, wait_max=40),
        Phase(name="IT", days=2, crews={"electrician": 1}),
    ),
)
WORST_NAMES = (
    "Müller, Söhne; & \"Co\" 'KG'",
    "👩‍👩‍👧 Ünïcode 店舗 – ß",
    "x" * 300,
    "back\\slash \\n \\; \\,",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script> [/bold] %s {x}",
    "BEGIN:VEVENT",
    "ATTENDEE;CN=a:mailto:a@b.c",
)
STARTS = (
    date(2023, 12, 18),  # over Christmas and the year's end
    date(2024, 2, 20),  # over 29 February
    date(2024, 2, 29),
    date(2024, 3, 22),  # into summer time
    date(2023, 10, 20),  # out of it
    date(2024, 12, 16),
    date(2024, 5, 6),
    date(2024, 4, 30),
)

ROLLOUT = Rollout(
    name="Rollout",
    today=date(2023, 10, 16),
    last=date(2025, 6, 30),
    formats=(FORMAT,),
    crews=(
        Crew(id="V1", trade="surveyor", name="Survey, East"),
        Crew(id="B1", trade="builder", units=30),
        Crew(id="B2", trade="builder"),
        Crew(id="E1", trade="electrician", name="Blitz; Strom", units=30),
    ),
    shops=tuple(
        Shop(
            id=f"S{number}",
            name=name,
            street="Schloßstraße 1, Hof",
            postcode="01067",
            city="Dresden",
            state="SN",
            region="East" if number % 2 else "West",
            partner="Meyer; Söhne" if number % 2 else "Elbe Mobil",
            format="M",
            lat=51.0504088,
            lon=13.7372621,
            extra=(("contact_phone", "+49 351 1234, Durchwahl 5"), ("manager", "not for calendars")),
        )
        for number, name in enumerate(WORST_NAMES, start=1)
    ),
)


def remodel(shop: str, start: date, crews: dict[str, str] = CREWS, rollout: Rollout = ROLLOUT) -> Remodel:
    """The remodel of a shop from `start` on at least waits, by the crew that `crews` names for each trade."""
    known = rollout.shop_by_id[shop]
    shop_format = rollout.format_of(known)
    days = days_from(shop_format, Calendars(rollout).of(known), start)
    assert days is not None
    phases = tuple(
        PlannedPhase(
            name=phase.name, first=first, last=last, crews={crews[trade]: units for trade, units in phase.crews.items()}
        )
        for phase, (first, last) in zip(shop_format.phases, days.phases, strict=True)
    )
    return Remodel(
        shop=shop,
        status=RemodelStatus.PLANNED,
        start=days.start,
        finish=days.finish,
        closed_from=days.closed_from,
        closed_to=days.closed_to,
        phases=phases,
        cost=Cost(),
    )


def plan_of(remodels: Iterable[Remodel]) -> Plan:
    """A plan that holds just these remodels; its figures are nobody's concern here."""
    return Plan(
        rollout="Rollout",
        scenario=None,
        today=ROLLOUT.today,
        status=PlanStatus.FEASIBLE,
        shortfall=0,
        unplanned_priority=0,
        cost=Cost(),
        total=0,
        bound=None,
        gap=None,
        solve=None,
        remodels=tuple(remodels),
    )


PLAN = plan_of(remodel(shop.id, start) for shop, start in zip(ROLLOUT.shops, STARTS, strict=True))
EVENTS = plan_events(ROLLOUT, PLAN, ALL_KINDS)


def moved_plan() -> Plan:
    """The plan with S1 elsewhere, S3 settled and S2 gone."""
    remodels = {item.shop: item for item in PLAN.remodels}
    del remodels["S2"]
    remodels["S1"] = remodel("S1", date(2024, 2, 26))
    remodels["S3"] = replace(remodels["S3"], status=RemodelStatus.FIXED)
    return plan_of(remodels.values())
