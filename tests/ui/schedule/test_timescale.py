"""Days and columns, at each zoom."""

from datetime import date

import pytest

from planner.ui.schedule.timescale import ZOOMS, Timescale, Zoom, make_timescale

FIRST, LAST = date(2021, 7, 7).toordinal(), date(2022, 7, 1).toordinal()


@pytest.mark.parametrize("room", [20, 60, 120, 300])
@pytest.mark.parametrize("zoom", ZOOMS)
def test_a_days_columns_are_the_columns_with_that_day(zoom: Zoom, room: int) -> None:
    scale = make_timescale(zoom, FIRST, LAST, room)
    assert date.fromordinal(scale.first).weekday() == 0
    assert scale.first <= FIRST
    for day in range(scale.first, LAST + 1):
        first, last = scale.column_of(day), scale.end_of(day)
        assert all(scale.days_of(column)[0] <= day <= scale.days_of(column)[1] for column in range(first, last + 1))
        assert 0 <= first <= last < scale.width
    covered = [day for column in range(scale.width) for day in range(*_ends(scale, column))]
    assert set(covered) >= set(range(scale.first, LAST + 1))
    if zoom is Zoom.MONTH:
        assert len(covered) == len(set(covered))


def _ends(scale: Timescale, column: int) -> tuple[int, int]:
    first, last = scale.days_of(column)
    return first, last + 1


def test_weeks_get_as_many_columns_as_there_is_room_for() -> None:
    assert [make_timescale(Zoom.MONTH, FIRST, LAST, room).columns for room in (40, 60, 110, 999)] == [1, 1, 2, 7]


def test_a_span_is_cut_to_what_is_in_sight() -> None:
    scale = make_timescale(Zoom.WEEK, FIRST, LAST, 60)
    assert scale.span(scale.first - 9, scale.first + 3, 0, 60) == range(4)
    assert scale.span(scale.first + 50, scale.first + 90, 40, 60) == range(10, 20)
    assert not scale.span(scale.first, scale.first + 5, 40, 60)
