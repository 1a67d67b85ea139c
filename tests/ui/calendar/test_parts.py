"""The parts of the calendar that know no terminal: months, and what stands in a day."""

from datetime import date

import pytest
from rich.cells import cell_len

from planner.domain.holiday_names import NamedHoliday
from planner.domain.shop import Shop
from planner.studies.agenda import Event, Happening
from planner.studies.almanac import DayNotes
from planner.ui.calendar.cells import cell_lines
from planner.ui.calendar.month_grid import next_month, same_day, weeks_of_month

DAY = date(2021, 12, 6)
SHOPS = {
    "S1": Shop(id="S1", format="M", city="[/foo]"),
    "S2": Shop(id="S2", format="M", city="\x1b[31m\u202e東京のとても長い名前"),
    "S3": Shop(id="S3", format="M", city="e\u0301" * 30),
}


def notes(**values: object) -> DayNotes:
    nothing: dict[str, object] = {
        "day": DAY,
        "public": (),
        "school": (),
        "blackouts": (),
        "shutdowns": (),
        "events": (),
    }
    return DayNotes(**{**nothing, "closed": 0, **values})  # type: ignore[arg-type]


EVENTS = tuple(Event(DAY, Happening.START, shop) for shop in SHOPS)


def test_weeks_begin_on_monday_and_cover_the_month() -> None:
    for month in range(1, 13):
        mondays = weeks_of_month(date(2021, month, 15))
        assert {monday.weekday() for monday in mondays} == {0}
        assert mondays[0] <= date(2021, month, 1)
        assert (next_month(date(2021, month, 15)) - mondays[-1]).days in range(1, 8)
    assert len(weeks_of_month(date(2021, 2, 1))) == 4


def test_months_are_gone_through_by_the_same_day() -> None:
    assert same_day(date(2021, 10, 31), 1) == date(2021, 11, 30)
    assert same_day(date(2021, 12, 31), 2) == date(2022, 2, 28)
    assert same_day(date(2021, 1, 15), -1) == date(2020, 12, 15)


@pytest.mark.parametrize(("width", "height"), [(10, 3), (22, 8), (4, 2), (1, 1), (40, 12)])
def test_cells_have_the_size_asked_for_whatever_names_hold(width: int, height: int) -> None:
    everything = notes(
        public=(NamedHoliday("Tag [@click=app.quit]", ("BY",), True),), events=EVENTS, closed=123, blackouts=("x",)
    )
    for item in (notes(), everything):
        lines = cell_lines(item, SHOPS, width, height, is_today=True)
        assert len(lines) == height
        assert {cell_len(line) for line in lines} == {width}
        assert not any(char in "\x1b\u202e" for line in lines for char in line)


def test_what_is_told_first() -> None:
    some = (NamedHoliday("Epiphany", ("BY",), False),)
    everywhere = (NamedHoliday("Christmas", ("BE", "BY"), True),)
    head, counts, closed = cell_lines(
        notes(public=some, school=everywhere, shutdowns=("Break",), blackouts=("Fair",), events=EVENTS, closed=7),
        SHOPS,
        12,
        3,
        is_today=False,
    )
    assert head == " 6      ○≈×■"
    assert counts.strip() == "▶3"
    assert closed.strip() == "7 closed"
    assert cell_lines(notes(public=everywhere), SHOPS, 12, 2, is_today=True) == ["[6]        ●", "Christmas   "]


def test_names_that_do_not_fit_are_counted() -> None:
    lines = cell_lines(notes(events=EVENTS), SHOPS, 20, 4, is_today=False)
    assert lines[2].startswith("▶ S1 [/foo]")
    assert lines[3].strip() == "+2 more"
    # A single line more would tell no more than the counts.
    assert cell_lines(notes(events=EVENTS), SHOPS, 20, 3, is_today=False)[2].strip() == ""
