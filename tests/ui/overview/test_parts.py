"""The parts of the overview that know no terminal: the chart, the lines and where they lead."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from rich.cells import cell_len

from planner.domain.query import parse
from planner.domain.shop import Shop
from planner.exchange.milestone_figures import MilestoneFigures, Week
from planner.review.risk.figures import BandDay, Counts
from planner.studies.agenda import Event, Happening
from planner.studies.attention import Attention, Concern
from planner.ui.messages import GoTo, PlanWanted
from planner.ui.overview.burn_up import BurnUp, Ink, chart_lines
from planner.ui.overview.lines import event_lines, matter_line, way_to_mend
from planner.ui.widgets.month_line import month_line

SUNDAY = date(2021, 6, 6)
WEEKS = [Week(SUNDAY + timedelta(days=7 * number), number if number < 5 else None, number) for number in range(21)]
MILESTONE = MilestoneFigures(name="M", by=WEEKS[10].day, target=10, done=4, planned=6)
BAND = [
    BandDay(week.day, week.finished, Counts(max(4, week.finished - 8), week.finished - 4, 20)) for week in WEEKS[4:]
]
CHART = BurnUp(WEEKS, [MILESTONE])


def inks(width: int, height: int, chart: BurnUp = CHART) -> list[list[Ink]]:
    """What each cell of the chart stands for, without the axis at the left and the months below."""
    lines = chart_lines(chart, width, height)
    return [[ink for _, ink in line[1:]] for line in lines[:-1]]


@pytest.mark.parametrize(("width", "height"), [(80, 8), (24, 5), (200, 40), (12, 3)])
def test_every_line_has_the_width_asked_for(width: int, height: int) -> None:
    for chart in (CHART, replace(CHART, band=BAND), BurnUp(WEEKS[:1], [])):
        lines = chart_lines(chart, width, height)
        assert len(lines) == height
        assert {sum(cell_len(text) for text, _ in line) for line in lines} == {width}


def test_no_chart_where_there_is_no_room_or_nothing_to_show() -> None:
    assert chart_lines(CHART, 11, 9) == chart_lines(CHART, 80, 2) == chart_lines(BurnUp([], []), 80, 9) == []


def test_done_lies_to_the_left_and_the_plan_climbs_to_the_top_right() -> None:
    cells = inks(44, 11)
    columns = list(zip(*cells, strict=True))
    done = [number for number, column in enumerate(columns) if Ink.DONE in column]
    planned = [number for number, column in enumerate(columns) if Ink.PLANNED in column]
    assert max(done) < len(columns) / 3
    assert planned[-1] == len(columns) - 1
    tops = [columns[number].index(Ink.PLANNED) for number in planned]
    assert tops == sorted(tops, reverse=True)
    assert tops[-1] == 0


def test_the_target_ends_on_its_day_at_its_height() -> None:
    missed = replace(CHART, milestones=[replace(MILESTONE, target=14)])
    cells = inks(44, 11, missed)
    (row,) = {number for number, line in enumerate(cells) if Ink.TARGET in line}
    assert row == 3
    ends = [number for number, ink in enumerate(cells[row]) if ink is Ink.TARGET]
    assert ends[-1] in (19, 20, 21)


def test_the_forecast_is_there_once_there_is_one() -> None:
    assert all(Ink.FORECAST not in line for line in inks(44, 11))
    assert any(Ink.FORECAST in line for line in inks(44, 11, replace(CHART, band=BAND)))


def test_months_never_run_into_each_other() -> None:
    days = [date(2021, 11, 7) + timedelta(days=7 * number) for number in range(14)]
    assert month_line(days, 14) == "Nov Dec 2022  "
    spread = [day for day in days for _ in range(2)]
    assert month_line(spread, 28) == "Nov     Dec     2022      Fe"[:26] + "  "


@pytest.mark.parametrize(
    ("matter", "way"),
    [
        (Attention(Concern.CLASH, "", ("S1", "S2")), GoTo("schedule", "S1")),
        (Attention(Concern.UNPLANNED, "", ("S1",)), GoTo("backlog", "S1")),
        (Attention(Concern.PERMIT, "", ("S1", "a b")), GoTo("backlog", '?id:S1|"a b"')),
        (Attention(Concern.LATE, "", ("S1",)), GoTo("schedule", "S1")),
        (Attention(Concern.PARTNER, "", ("S1",), 'Elbe "Mobil"'), GoTo("backlog", '?partner="Elbe \\"Mobil\\""')),
        (Attention(Concern.SHORT, ""), GoTo("scenarios")),
        (Attention(Concern.OUTDATED, ""), PlanWanted()),
        (Attention(Concern.EMPTY, ""), GoTo("backlog")),
    ],
)
def test_each_matter_leads_to_where_it_is_mended(matter: Attention, way: GoTo | PlanWanted) -> None:
    found = way_to_mend(matter)
    assert type(found) is type(way)
    if isinstance(way, GoTo) and isinstance(found, GoTo):
        assert (found.pane, found.target) == (way.pane, way.target)
        if way.target.startswith("?"):
            shop = Shop(id="S1", format="M", partner='Elbe "Mobil"')
            assert parse(found.target[1:]).matches(shop)


def test_names_are_text_whatever_they_hold() -> None:
    shop = Shop(id="[/foo]", format="M", name="\x1b[31m[@click=app.quit]\u202e店")
    ((_, line),) = event_lines([Event(SUNDAY, Happening.START, shop.id)], {shop.id: shop})
    assert "[/foo]" in line.plain
    assert "[@click=app.quit]" in line.plain
    assert not line.spans
    assert not {"\x1b", "\u202e"} & set(line.plain)
    matter = matter_line(Attention(Concern.CLASH, "[/foo]\x1b]0;x\x07"))
    assert "[/foo]" in matter.plain
    assert "\x1b" not in matter.plain
