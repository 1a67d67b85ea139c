"""The events of a plan: which days, whose, and what they say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.calendar import Calendars
from planner.domain.plan import RemodelStatus
from planner.domain.shop_format import Phase, ShopFormat
from planner.exchange.ical_events import CalendarEvent, EventKind, EventStatus
from planner.exchange.ical_plan import plan_events
from planner.exchange.ical_selection import ALL_KINDS
from planner.wording.language import Language
from tests.exchange.calendar_world import CREWS, EVENTS, FORMAT, PLAN, ROLLOUT, plan_of, remodel

VISITS = frozenset({EventKind.VISITS})


def days_of(event: CalendarEvent) -> set[date]:
    return {event.first + timedelta(days=offset) for offset in range((event.last - event.first).days + 1)}


def of_shop(shop: str, kind: EventKind, events: list[CalendarEvent] = EVENTS) -> list[CalendarEvent]:
    return [event for event in events if (event.shop, event.kind) == (shop, kind)]


@pytest.mark.parametrize("shop", ROLLOUT.shops, ids=lambda shop: shop.id)
def test_crews_come_on_just_the_days_they_really_work(shop) -> None:
    calendar = Calendars(ROLLOUT).of(shop)
    planned = next(item for item in PLAN.remodels if item.shop == shop.id)
    visits = of_shop(shop.id, EventKind.VISITS, plan_events(ROLLOUT, PLAN, VISITS))
    for crew in CREWS.values():
        phases = [phase for phase in planned.phases if crew in phase.crews]
        worked = {
            phase.first + timedelta(days=offset)
            for phase in phases
            for offset in range((phase.last - phase.first).days + 1)
            if calendar.is_working(phase.first + timedelta(days=offset))
        }
        shown = [event for event in visits if event.crews == (crew,)]
        assert set().union(*map(days_of, shown)) == worked
        assert sum(len(days_of(event)) for event in shown) == len(worked)


def test_a_visit_has_no_event_on_the_days_it_waits() -> None:
    shop_format = replace(FORMAT, phases=(FORMAT.phases[1], replace(FORMAT.phases[1], name="Again", wait_min=5)))
    rollout = replace(ROLLOUT, formats=(shop_format,))
    planned = remodel("S7", date(2024, 5, 13), rollout=rollout)
    between = {
        planned.phases[0].last + timedelta(days=offset)
        for offset in range(1, (planned.phases[1].first - planned.phases[0].last).days)
    }
    assert len(between) > 5
    for event in plan_events(rollout, plan_of([planned]), VISITS):
        assert days_of(event).isdisjoint(between)


def test_the_days_of_a_survey_are_shown_once() -> None:
    survey = of_shop("S1", EventKind.SURVEY)[0]
    assert survey.crews == ("V1",)
    for event in of_shop("S1", EventKind.VISITS):
        assert "V1" not in event.crews
    alone = [event for event in plan_events(ROLLOUT, PLAN, VISITS) if event.crews == ("V1",)]
    assert len(alone) == len(ROLLOUT.shops)
    others = {event.uid for event in plan_events(ROLLOUT, PLAN, VISITS)} - {event.uid for event in alone}
    assert others == {event.uid for event in EVENTS if event.kind is EventKind.VISITS}


def test_the_shop_opens_on_the_first_day_it_sells_again() -> None:
    # Closed until Friday 5 January 2024; the Saturday is Epiphany, which Saxony does not keep and Bavaria does.
    planned = remodel("S1", date(2023, 12, 18))
    assert planned.closed_to == date(2024, 1, 8)
    assert of_shop("S1", EventKind.REOPENING)[0].first == date(2024, 1, 9)
    on_friday = replace(planned, closed_to=date(2024, 1, 5))
    for state, opens in (("SN", date(2024, 1, 6)), ("BY", date(2024, 1, 8))):
        rollout = replace(ROLLOUT, shops=tuple(replace(shop, state=state) for shop in ROLLOUT.shops))
        events = plan_events(rollout, plan_of([on_friday]), frozenset({EventKind.REOPENING}))
        assert [(event.first, event.last) for event in events] == [(opens, opens)]


def test_a_phase_between_closed_ones_does_not_open_the_shop() -> None:
    inside = Phase(name="Drying", days=1, closed=False)
    shop_format = ShopFormat(name="M", phases=(*FORMAT.phases[:2], inside, FORMAT.phases[2]))
    rollout = replace(ROLLOUT, formats=(shop_format,))
    events = plan_events(rollout, plan_of([remodel("S7", date(2024, 5, 13), rollout=rollout)]), ALL_KINDS)
    assert [event.summary.partition(":")[0] for event in of_shop("S7", EventKind.SURVEY, events)] == ["Survey"]


def test_what_a_reader_needs_stands_in_the_description() -> None:
    text = of_shop("S7", EventKind.CLOSURE)[0].description
    assert text.splitlines() == [
        "Survey: 2024-05-06, Survey, East",
        "Strip-out, build: 2024-05-10 to 2024-05-22, B1 ×2, Blitz; Strom",
        "IT: 2024-05-23 to 2024-05-24, Blitz; Strom",
        "Closed: 2024-05-10 to 2024-05-24",
        "Reopens: 2024-05-25",
        "Partner: Meyer; Söhne",
        "Format: M",
        "contact_phone: +49 351 1234, Durchwahl 5",
    ]


def test_german() -> None:
    events = [event for event in plan_events(ROLLOUT, PLAN, ALL_KINDS, Language.GERMAN) if event.shop == "S7"]
    titles = {event.kind: event.summary.partition(":")[0] for event in events}
    assert titles[EventKind.CLOSURE] == "Geschlossen wegen Umbau"
    assert titles[EventKind.REOPENING] == "Wiedereröffnung"
    assert "Geschlossen: 10.05.2024 bis 24.05.2024\nÖffnet wieder: 25.05.2024" in events[0].description
    assert {event.uid for event in events} == {event.uid for event in EVENTS if event.shop == "S7"}


@pytest.mark.parametrize(
    ("status", "published", "seen"),
    [
        (RemodelStatus.PLANNED, None, EventStatus.TENTATIVE),
        (RemodelStatus.PLANNED, date(2024, 5, 7), EventStatus.TENTATIVE),
        (RemodelStatus.PLANNED, date(2024, 5, 6), EventStatus.CONFIRMED),
        (RemodelStatus.FIXED, None, EventStatus.CONFIRMED),
        (RemodelStatus.IN_PROGRESS, date(2024, 5, 7), EventStatus.CONFIRMED),
    ],
)
def test_a_date_is_confirmed_where_it_is_given_or_published(status, published, seen) -> None:
    shops = tuple(replace(shop, published_start=published) for shop in ROLLOUT.shops)
    planned = replace(remodel("S7", date(2024, 5, 6)), status=status)
    events = plan_events(replace(ROLLOUT, shops=shops), plan_of([planned]), ALL_KINDS)
    assert {event.status for event in events} == {seen}


def test_two_crews_that_share_a_visit_have_events_of_their_own() -> None:
    planned = remodel("S7", date(2024, 5, 6))
    shared = tuple(
        replace(phase, crews={**phase.crews, "B1": 1, "B2": 1}) if "B1" in phase.crews else phase
        for phase in planned.phases
    )
    events = plan_events(ROLLOUT, plan_of([replace(planned, phases=shared)]), ALL_KINDS)
    days = {crew: [event.first for event in events if event.crews == (crew,)] for crew in ("B1", "B2")}
    assert days["B1"] == days["B2"] != []
    assert len({event.uid for event in events}) == len(events)
