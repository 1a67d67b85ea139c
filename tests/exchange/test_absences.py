"""Crews' holidays out of calendars, and into absences.csv."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.domain.crew import Absence
from planner.exchange.absences_csv import add_absences
from planner.exchange.absences_ical import FoundAbsences, find_absences
from planner.exchange.ical import plan_to_ical
from planner.exchange.ical_reader import NotACalendarError, parse_calendars
from tests.exchange.calendar_world import NOW, PLAN, ROLLOUT
from tests.exchange.rollout_folders import warnings_with, write_folder

TODAY = ROLLOUT.today


def calendar(*events: str, head: str = "") -> bytes:
    bodies = "".join(
        f"BEGIN:VEVENT\nUID:{number}\nDTSTAMP:20230101T000000Z\n{event}\nEND:VEVENT\n"
        for number, event in enumerate(events)
    )
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//EN\n{head}{bodies}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def found(*events: str, head: str = "", crew: str | None = None, units: int | None = None) -> FoundAbsences:
    return find_absences(ROLLOUT, parse_calendars(calendar(*events, head=head)), crew, units)


def days(*events: str, **options) -> list[tuple[str, date, date]]:
    return [(item.crew, item.first, item.last) for item in found(*events, **options).absences]


def test_all_days_of_a_holiday_over_the_years_end_and_a_leap_day() -> None:
    assert days(
        "SUMMARY:B2 Urlaub\nDTSTART;VALUE=DATE:20231227\nDTEND;VALUE=DATE:20240106",
        "SUMMARY:B2 frei\nDTSTART;VALUE=DATE:20240229",
    ) == [
        ("B2", date(2023, 12, 27), date(2024, 1, 5)),
        ("B2", date(2024, 2, 29), date(2024, 2, 29)),
    ]


def test_what_recurs_is_written_out_but_for_its_exceptions_until_the_horizon_ends() -> None:
    every_leap_day = "SUMMARY:B2\nDTSTART;VALUE=DATE:20200229\nRRULE:FREQ=YEARLY"
    assert days(every_leap_day) == [("B2", date(2024, 2, 29), date(2024, 2, 29))]
    fridays = (
        "SUMMARY:B2 frei\nDTSTART;VALUE=DATE:20240301\nRRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20240331\n"
        "EXDATE;VALUE=DATE:20240315"
    )
    assert [first.day for _, first, _ in days(fridays)] == [1, 8, 22, 29]
    for_ever = days("SUMMARY:B2\nDTSTART;VALUE=DATE:20230102\nRRULE:FREQ=WEEKLY")
    assert for_ever[0][1] >= TODAY
    assert ROLLOUT.last.toordinal() - 7 < for_ever[-1][1].toordinal() <= ROLLOUT.last.toordinal()


def test_a_moved_occurrence_is_where_it_was_moved_to() -> None:
    weekly = "SUMMARY:B2\nDTSTART;VALUE=DATE:20240506\nRRULE:FREQ=WEEKLY;COUNT=3"
    moved = "SUMMARY:B2\nDTSTART;VALUE=DATE:20240516\nRECURRENCE-ID;VALUE=DATE:20240513"
    data = calendar(weekly, moved).replace(b"UID:1", b"UID:0")
    seen = find_absences(ROLLOUT, parse_calendars(data)).absences
    assert [item.first.day for item in seen] == [6, 16, 20]


def test_times_count_where_they_cover_whole_days_in_the_rollouts_zone() -> None:
    summer_time = "SUMMARY:B2\nDTSTART:20240329T230000Z\nDTEND:20240401T220000Z"  # 30 March to 1 April in Berlin
    assert days(summer_time) == [("B2", date(2024, 3, 30), date(2024, 4, 1))]
    floating = "SUMMARY:B2\nDTSTART:20240506T120000\nDTEND:20240509T120000"
    assert days(floating) == [("B2", date(2024, 5, 7), date(2024, 5, 8))]
    doctor = found("SUMMARY:B2 Arzt\nDTSTART:20240506T080000Z\nDTEND:20240506T100000Z")
    assert doctor.absences == ()
    assert doctor.unclear == ("'B2 Arzt' on 2024-05-06 covers no whole day",)


@pytest.mark.parametrize(
    ("event", "who"),
    [
        ("SUMMARY:Urlaub: B2", "B2"),
        ("SUMMARY:urlaub b2", "B2"),
        ("SUMMARY:Urlaub Blitz\\; Strom", "E1"),
        ("SUMMARY:Urlaub\nCATEGORIES:frei,V1", "V1"),
        ("SUMMARY:B22 Urlaub", None),
        ("SUMMARY:B1 und B2", None),
        ("SUMMARY:Weihnachtsfeier", None),
    ],
)
def test_whose_absence_it_is(event: str, who: str | None) -> None:
    seen = found(f"{event}\nDTSTART;VALUE=DATE:20240506")
    assert [item.crew for item in seen.absences] == ([who] if who else [])
    assert bool(seen.unclear) == (who is None)


def test_the_longer_of_two_names_counts_and_the_calendars_name_helps() -> None:
    crews = (*ROLLOUT.crews, replace(ROLLOUT.crews[2], id="B9", name="B2 Süd"))
    rollout = replace(ROLLOUT, crews=crews)
    data = calendar("SUMMARY:Urlaub B2 Süd\nDTSTART;VALUE=DATE:20240506")
    assert [item.crew for item in find_absences(rollout, parse_calendars(data)).absences] == ["B9"]
    assert days("SUMMARY:Urlaub\nDTSTART;VALUE=DATE:20240506", head="X-WR-CALNAME:Kalender B2\n") == [
        ("B2", date(2024, 5, 6), date(2024, 5, 6))
    ]
    assert [item.crew for item in found("SUMMARY:x\nDTSTART;VALUE=DATE:20240506", crew="E1").absences] == ["E1"]


def test_what_is_no_absence_is_left_out() -> None:
    assert days("SUMMARY:B2\nDTSTART;VALUE=DATE:20240506\nSTATUS:CANCELLED") == []
    assert days("SUMMARY:B2\nDTSTART;VALUE=DATE:20230506") == []
    own = parse_calendars(plan_to_ical(ROLLOUT, PLAN, NOW))
    assert find_absences(ROLLOUT, own, "B1") == FoundAbsences((), ())


def test_what_recurs_without_end_every_second_is_refused() -> None:
    seen = found("SUMMARY:B2\nDTSTART:20240506T000000Z\nRRULE:FREQ=SECONDLY")
    assert (seen.absences, seen.unclear) == ((), ("'B2' recurs more often than daily",))


def test_days_that_adjoin_are_one_absence() -> None:
    daily = "SUMMARY:B2 Urlaub\nDTSTART;VALUE=DATE:20240506\nRRULE:FREQ=DAILY;COUNT=5"
    assert days(daily) == [("B2", date(2024, 5, 6), date(2024, 5, 10))]


@pytest.mark.parametrize("data", [b"", b"hello", b"\xff\xfe", b"BEGIN:VCALENDAR", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n"])
def test_what_is_no_calendar(data: bytes) -> None:
    with pytest.raises(NotACalendarError):
        parse_calendars(data)


NEW = Absence(crew="B1", first=date(2024, 5, 6), last=date(2024, 5, 10), reason="Urlaub")


def test_rows_that_are_there_stay_as_they_are() -> None:
    text = 'crew,last,first,note\nB1,2024-01-05,2023-12-27,"a, ""b"""\n'
    change = add_absences(text, [NEW], (), TODAY)
    assert change.content.decode() == (
        'crew,last,first,note,units,reason\nB1,2024-01-05,2023-12-27,"a, ""b""",,\nB1,2024-05-10,2024-05-06,,,Urlaub\n'
    )
    again = add_absences(change.content.decode(), [NEW], (), TODAY)
    assert (again.added, again.known, again.content) == ((), (NEW,), change.content)


def test_replacing_drops_what_is_to_come_and_not_in_the_calendar() -> None:
    text = (
        "crew,first,last,units,reason\nB1,2023-10-02,2023-10-13,,past\nB1,2023-10-09,2023-10-20,,now\n"
        "B1,2024-05-06,2024-05-10,,same\nB2,2024-05-06,2024-05-10,,other\n"
    )
    change = add_absences(text, [NEW], {"B1"}, TODAY)
    assert [row["reason"] for row in change.dropped] == ["now"]
    assert change.added == ()
    assert change.content.decode().splitlines()[1:] == [
        "B1,2023-10-02,2023-10-13,,past",
        "B1,2024-05-06,2024-05-10,,same",
        "B2,2024-05-06,2024-05-10,,other",
    ]


def test_the_file_is_one_the_planner_reads_and_no_spreadsheet_runs(tmp_path: Path) -> None:
    reasons = ["=cmd()", "@x", 'a, "b"; c', "line\nbreak", "👩‍👩‍👧"]
    absences = [
        Absence(crew="B1", first=date(2021, 8, day), last=date(2021, 8, day), units=1, reason=reason)
        for day, reason in enumerate(reasons, start=2)
    ]
    change = add_absences("", absences, (), date(2021, 7, 13))
    assert warnings_with(tmp_path, "absences.csv", change.content) == []
    cells = [line.split(",", 4)[4] for line in change.content.decode().splitlines()[1:]]
    assert cells[:2] == ["'=cmd()", "'@x"]
    assert len(cells) == len(reasons)
    write_folder(tmp_path)


def test_the_zone_is_the_rollouts() -> None:
    utc = replace(ROLLOUT, timezone="UTC")
    data = calendar("SUMMARY:B2\nDTSTART:20240329T230000Z\nDTEND:20240401T220000Z")
    seen = find_absences(utc, parse_calendars(data)).absences
    assert [(item.first, item.last) for item in seen] == [(date(2024, 3, 30), date(2024, 3, 31))]
