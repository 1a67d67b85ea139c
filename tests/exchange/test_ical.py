import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event

from planner.domain.crew import Crew
from planner.domain.plan import Cost, Plan, PlannedPhase, PlanStatus, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from planner.exchange.ical import plan_to_ical
from planner.exchange.ical_events import event_uid

STAMP = datetime(2021, 7, 13, 10, 30, tzinfo=UTC)
FORMAT = ShopFormat(
    name="M",
    phases=(
        Phase(name="Survey", days=1, crews={"surveyor": 1}, closed=False),
        Phase(name="Build", days=8, crews={"builder": 2, "electrician": 1}),
        Phase(name="Merchandising", days=1),
    ),
)
SHOP = Shop(
    id="S1",
    name="Shop am Markt",
    street="Schloßstraße 1",
    postcode="01067",
    city="Dresden",
    region="East",
    partner="Meyer GmbH",
    format="M",
    lat=51.0504088,
    lon=13.7372621,
)
ROLLOUT = Rollout(
    name="Shop format 2021/22",
    today=date(2021, 7, 13),
    last=date(2022, 6, 30),
    formats=(FORMAT,),
    shops=(SHOP,),
    crews=(
        Crew(id="V1", trade="surveyor", name="Survey East"),
        Crew(id="B1", trade="builder", units=3),
        Crew(id="E1", trade="electrician", name="Blitz, Strom & Co"),
    ),
)


def remodel_from(start: date, shop: str = "S1", status: RemodelStatus = RemodelStatus.PLANNED) -> Remodel:
    """A survey on `start`, then after two days eight of building and, the day after, merchandising."""
    build, last = start + timedelta(days=3), start + timedelta(days=10)
    merchandising = last + timedelta(days=1)
    return Remodel(
        shop=shop,
        status=status,
        start=start,
        finish=merchandising,
        closed_from=build,
        closed_to=merchandising,
        phases=(
            PlannedPhase(name="Survey", first=start, last=start, crews={"V1": 1}),
            PlannedPhase(name="Build", first=build, last=last, crews={"B1": 2, "E1": 1}),
            PlannedPhase(name="Merchandising", first=merchandising, last=merchandising),
        ),
        cost=Cost(),
    )


def plan_of(*remodels: Remodel, status: PlanStatus = PlanStatus.FEASIBLE) -> Plan:
    return Plan(
        rollout=ROLLOUT.name,
        scenario=None,
        today=ROLLOUT.today,
        status=status,
        shortfall=0,
        unplanned_priority=0,
        cost=Cost(),
        total=0,
        bound=None,
        gap=None,
        solve=None,
        remodels=remodels,
    )


def with_shop(**changes) -> Rollout:
    return replace(ROLLOUT, shops=(replace(SHOP, **changes),))


def read(data: bytes) -> Calendar:
    """The calendar as a strict parser that is not used for writing understands it."""
    return IcsCalendarStream.calendar_from_ics(data.decode())


def events_of(rollout: Rollout, *remodels: Remodel) -> tuple[Event, Event]:
    """The survey and the closed period of a plan with one remodel."""
    survey, closed = read(plan_to_ical(rollout, plan_of(*remodels), STAMP)).events
    return survey, closed


def test_the_whole_file():
    data = plan_to_ical(ROLLOUT, plan_of(remodel_from(date(2021, 8, 2))), STAMP)
    unfolded = data.decode().replace("\r\n ", "")
    assert unfolded == "\r\n".join(
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//remodel-planner//plan//EN",
            "CALSCALE:GREGORIAN",
            "NAME:Shop format 2021/22",
            "X-WR-CALNAME:Shop format 2021/22",
            "REFRESH-INTERVAL;VALUE=DURATION:P1D",
            "X-PUBLISHED-TTL:P1D",
            "X-WR-TIMEZONE:Europe/Berlin",
            "BEGIN:VEVENT",
            "SUMMARY:Survey: Shop am Markt (S1)",
            "DTSTART;VALUE=DATE:20210802",
            "DTEND;VALUE=DATE:20210803",
            "DTSTAMP:20210713T103000Z",
            f"UID:{event_uid('S1', 'open', 'Survey')}",
            "SEQUENCE:0",
            "CATEGORIES:M,East,Survey",
            "DESCRIPTION:Survey: 2021-08-02\\, Survey East\\nBuild: 2021-08-05 to 2021-08-12\\, B1 ×2\\, "
            "Blitz\\, Strom & Co\\nMerchandising: 2021-08-13\\n"
            "Closed: 2021-08-05 to 2021-08-13\\nReopens: 2021-08-14\\nPartner: Meyer GmbH\\nFormat: M",
            "GEO:51.050409;13.737262",
            "LAST-MODIFIED:20210713T103000Z",
            "LOCATION:Shop am Markt\\, Schloßstraße 1\\, 01067 Dresden",
            "STATUS:TENTATIVE",
            "TRANSP:TRANSPARENT",
            "X-REMODEL-PLANNER-DAYS:2021-08-02/2021-08-02",
            "END:VEVENT",
            "BEGIN:VEVENT",
            "SUMMARY:Closed for remodel: Shop am Markt (S1)",
            "DTSTART;VALUE=DATE:20210805",
            "DTEND;VALUE=DATE:20210814",
            "DTSTAMP:20210713T103000Z",
            f"UID:{event_uid('S1', 'closed')}",
            "SEQUENCE:0",
            "CATEGORIES:M,East,Build,Merchandising",
            "DESCRIPTION:Survey: 2021-08-02\\, Survey East\\nBuild: 2021-08-05 to 2021-08-12\\, B1 ×2\\, "
            "Blitz\\, Strom & Co\\nMerchandising: 2021-08-13\\n"
            "Closed: 2021-08-05 to 2021-08-13\\nReopens: 2021-08-14\\nPartner: Meyer GmbH\\nFormat: M",
            "GEO:51.050409;13.737262",
            "LAST-MODIFIED:20210713T103000Z",
            "LOCATION:Shop am Markt\\, Schloßstraße 1\\, 01067 Dresden",
            "STATUS:TENTATIVE",
            "TRANSP:TRANSPARENT",
            "X-REMODEL-PLANNER-DAYS:2021-08-05/2021-08-13",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]
    )


def test_uids_are_the_ones_already_in_peoples_calendars():
    assert event_uid("S1", "closed") == "54dfcaa1-73f4-5be0-89d0-c15fd6a2eed1"
    assert event_uid("S1", "open", "Survey") == "2f48a053-30ea-5d9c-8aa5-082233dca3f6"


def test_uids_stay_when_dates_status_and_names_change():
    before = events_of(ROLLOUT, remodel_from(date(2021, 8, 2)))
    renamed = replace(with_shop(name="New name", partner="", lat=None), name="Another rollout")
    after = events_of(renamed, remodel_from(date(2022, 3, 1), status=RemodelStatus.FIXED))
    assert [event.uid for event in before] == [event.uid for event in after]
    assert before[0].uid != before[1].uid


@pytest.mark.parametrize(
    "start",
    [
        date(2021, 12, 24),
        date(2024, 2, 26),
        date(2024, 2, 29),
        date(2022, 3, 24),
        date(2021, 10, 28),
    ],
    ids=["year end", "into 29 February", "on 29 February", "into summer time", "out of summer time"],
)
def test_days_are_whole_days_with_an_exclusive_end(start):
    survey, closed = events_of(ROLLOUT, remodel_from(start))
    assert (survey.dtstart, survey.dtend) == (start, start + timedelta(days=1))
    assert (closed.dtstart, closed.dtend) == (start + timedelta(days=3), start + timedelta(days=12))
    assert not isinstance(closed.dtstart, datetime)
    assert closed.computed_duration == timedelta(days=9)


@pytest.mark.parametrize(
    ("status", "seen"),
    [
        (RemodelStatus.PLANNED, "TENTATIVE"),
        (RemodelStatus.FIXED, "CONFIRMED"),
        (RemodelStatus.IN_PROGRESS, "CONFIRMED"),
    ],
)
def test_a_given_date_is_confirmed_and_a_planned_one_is_not(status, seen):
    for event in events_of(ROLLOUT, remodel_from(date(2021, 8, 2), status=status)):
        assert event.status == seen
        assert event.transparency == "TRANSPARENT"


def test_the_stamp_is_written_in_utc():
    summer = timezone(timedelta(hours=2))
    data = plan_to_ical(ROLLOUT, plan_of(remodel_from(date(2021, 8, 2))), datetime(2021, 7, 14, 1, 0, tzinfo=summer))
    for event in read(data).events:
        assert event.dtstamp == event.last_modified == datetime(2021, 7, 13, 23, 0, tzinfo=UTC)


def test_a_shop_without_a_name_or_a_place_is_known_by_its_id():
    rollout = with_shop(name="", street="", postcode="", city="", lat=None, lon=None, region="", partner="")
    survey, closed = events_of(rollout, remodel_from(date(2021, 8, 2)))
    assert (survey.summary, closed.summary) == ("Survey: S1", "Closed for remodel: S1")
    assert (closed.location, closed.geo) == (None, None)
    assert closed.categories == ["M", "Build", "Merchandising"]
    assert closed.description is not None
    assert "Partner" not in closed.description


def test_a_format_that_closes_nothing_has_events_for_its_phases_only():
    shop_format = ShopFormat(name="M", phases=tuple(replace(phase, closed=False) for phase in FORMAT.phases))
    remodel = replace(remodel_from(date(2021, 8, 2)), closed_from=None, closed_to=None)
    calendar = read(plan_to_ical(replace(ROLLOUT, formats=(shop_format,)), plan_of(remodel), STAMP))
    assert [event.summary.partition(":")[0] for event in calendar.events] == ["Survey", "Build", "Merchandising"]
    assert len({event.uid for event in calendar.events}) == 3


def test_events_come_by_start_and_shop_whatever_the_order_of_the_plan():
    rollout = replace(ROLLOUT, shops=tuple(replace(SHOP, id=shop, name="") for shop in ("S1", "S2", "S3")))
    remodels = [
        remodel_from(date(2021, 8, 2), "S3"),
        remodel_from(date(2021, 8, 2), "S2"),
        remodel_from(date(2021, 7, 29), "S1"),
    ]
    data = plan_to_ical(rollout, plan_of(*remodels), STAMP)
    assert data == plan_to_ical(rollout, plan_of(*reversed(remodels)), STAMP)
    surveys = [event.summary for event in read(data).events if event.summary.startswith("Survey")]
    assert surveys == ["Survey: S1", "Survey: S2", "Survey: S3"]


def test_an_infeasible_plan_is_a_calendar_without_events():
    calendar = read(plan_to_ical(ROLLOUT, plan_of(status=PlanStatus.INFEASIBLE), STAMP))
    assert (calendar.events, calendar.prodid) == ([], "-//remodel-planner//plan//EN")


HOSTILE = [
    "a, b; c: d \\ e \\n f",
    "\"quoted\" 'single' =1+1 ^n",
    "👩‍👩‍👧 Ünïcode 店舗 " * 20,
    "x" * 300,
    "BEGIN:VEVENT",
    "a;b,c" * 60,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_survives_as_it_was(text):
    text = text.strip()
    rollout = with_shop(name=text, street=text, partner=text)
    for event in events_of(rollout, remodel_from(date(2021, 8, 2))):
        assert event.summary.endswith(f": {text} (S1)")
        assert event.location == f"{text}, {text}, 01067 Dresden"
        assert event.description is not None
        assert f"\nPartner: {text}\nFormat: M" in event.description


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029", "\x0b", "\x0c"])
def test_a_line_break_never_begins_a_header_line(line_break):
    text = f"Shop{line_break}ATTENDEE:mailto:a@b.c{line_break}END:VEVENT"
    data = plan_to_ical(
        replace(with_shop(name=text, partner=text, region=text), name=text),
        plan_of(remodel_from(date(2021, 8, 2))),
        STAMP,
    )
    for line in data.decode().splitlines():
        assert not line.startswith(("ATTENDEE", "END:VEVENT:"))
    survey, closed = read(data).events
    assert survey.summary == "Survey: Shop ATTENDEE:mailto:a@b.c END:VEVENT (S1)"
    assert closed.attendees == []


def test_controls_and_writing_direction_are_left_out():
    rollout = with_shop(name="A\x00B\x1b[31mC\x9bD\u202eE\u2066F\x7fG")
    survey, _ = events_of(rollout, remodel_from(date(2021, 8, 2)))
    assert survey.summary == "Survey: AB[31mCDEFG (S1)"


def test_a_category_and_the_name_of_the_calendar_hold_no_separators():
    rollout = replace(with_shop(region="North, East; all\\n"), name="Rollout; 2021, part\\n two")
    data = plan_to_ical(rollout, plan_of(remodel_from(date(2021, 8, 2))), STAMP)
    assert b"\r\nNAME:Rollout  2021  part n two\r\nX-WR-CALNAME:Rollout  2021  part n two\r\n" in data
    assert read(data).events[0].categories == ["M", "North  East  all n", "Survey"]


@pytest.mark.parametrize(("degrees", "written"), [(0.00001, "0.0"), (-13.123456789, "-13.123457"), (0.0002, "0.0002")])
def test_a_position_is_written_without_an_exponent(degrees, written):
    data = plan_to_ical(with_shop(lat=degrees, lon=degrees), plan_of(remodel_from(date(2021, 8, 2))), STAMP)
    assert f"\r\nGEO:{written};{written}\r\n" in data.decode()


@given(name=st.text(max_size=120), city=st.text(max_size=20), phase=st.text(max_size=20))
def test_any_text_is_folded_into_valid_lines(name, city, phase):
    shop_format = replace(FORMAT, phases=(replace(FORMAT.phases[0], name=phase), *FORMAT.phases[1:]))
    remodel = remodel_from(date(2021, 8, 2))
    remodel = replace(remodel, phases=(replace(remodel.phases[0], name=phase), *remodel.phases[1:]))
    rollout = replace(with_shop(name=name, city=city), formats=(shop_format,))
    data = plan_to_ical(rollout, plan_of(remodel), STAMP)
    assert len(read(data).events) == 2
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
        assert not re.search(rb"[\x00-\x1f\x7f]", line)
