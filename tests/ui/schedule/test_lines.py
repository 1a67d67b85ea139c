"""What is drawn: every line as wide as the screen, and each day as what it is."""

from datetime import date

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from planner.domain.calendar import Calendars
from planner.store.records import StoredShop
from planner.store.settings import StoreSettings
from planner.ui.schedule.bars import Standing
from planner.ui.schedule.carry import carried_bar, pick_up, stepped
from planner.ui.schedule.chart import Chart
from planner.ui.schedule.groups import Grouping
from planner.ui.schedule.lines import foot_line, head_line, row_line
from planner.ui.schedule.looks import make_styles
from planner.ui.schedule.painter import Sight
from planner.ui.schedule.rows import Row
from planner.ui.schedule.shading import Day, Shading
from planner.ui.schedule.timescale import Zoom, make_timescale
from planner.ui.schedule.view import View
from tests.ui.schedule.charts import read_chart

LABEL, WIDTH = 24, 80
STYLES = make_styles(lambda _: Style())


@pytest.fixture
def chart(small: StoreSettings) -> Chart:
    return read_chart(small)


def sight_of(view: View, first: date | None = None) -> Sight:
    today = view.chart.rollout.today.toordinal()
    left = 0 if first is None else view.scale.column_of(first.toordinal())
    return Sight(view.scale, left, left + WIDTH - LABEL, today)


def text_of(segments: list[Segment]) -> str:
    return "".join(segment.text for segment in segments)


def row_text(view: View, shop: str, first: date | None = None) -> str:
    """The columns of a shop's row, without the label."""
    row = next(row for row in view.rows if row.bar and row.bar.shop.id == shop)
    segments = row_line(view, sight_of(view, first), row, LABEL, STYLES, is_here=False)
    return text_of(segments[1:])


def test_every_line_is_as_wide_as_the_screen(chart: Chart) -> None:
    """Whatever is in names: markup, wide and combining characters; at each zoom and grouping, wherever it begins."""
    view = View(chart, WIDTH - LABEL)
    view.toggle_done()
    for step in (-2, 1, 1):
        view.zoom_by(step)
        for _ in Grouping:
            view.group_by_next()
            for left in (0, 1, 5, view.scale.width - 3):
                sight = Sight(view.scale, left, left + WIDTH - LABEL, chart.rollout.today.toordinal())
                lines = [head_line(view, sight, line, LABEL, STYLES) for line in range(2)]
                lines += [row_line(view, sight, row, LABEL, STYLES, is_here=False) for row in view.rows]
                widths = {sum(cell_len(segment.text) for segment in line) for line in lines}
                assert widths == {WIDTH}, (view.zoom, view.grouping, left)
                for line in range(view.foot_height):
                    assert cell_len(text_of(foot_line(view, sight, line, LABEL, STYLES))) >= WIDTH


def test_names_are_shown_as_they_are(chart: Chart) -> None:
    view = View(chart, WIDTH - LABEL)
    shown = "\n".join(text_of(row_line(view, sight_of(view), row, LABEL, STYLES, is_here=False)) for row in view.rows)
    for name in ("[/red] Bremen", "東京店", "[@click=app.quit]"):
        assert name in shown


def test_a_day_a_column_has_the_phases_letters(chart: Chart) -> None:
    """S2 is fixed on Monday 2 August; its build goes on after the works holiday from 9 to 13 August."""
    view = View(chart, WIDTH - LABEL)
    assert row_text(view, "S2", date(2021, 8, 1)).startswith("◆s··BB" + "─" * 9 + "BB·I ")


def test_the_published_start_is_marked_where_it_is_another(chart: Chart) -> None:
    view = View(chart, WIDTH - LABEL)
    assert chart.bars["N2"].published == date(2021, 9, 6).toordinal()
    assert row_text(view, "N2", date(2021, 9, 6))[0] == "○"
    assert chart.bars["S2"].published is None


def test_standings_are_told_by_signs(chart: Chart) -> None:
    assert {bar.shop.id: bar.standing for bar in chart.bars.values()} == {
        **dict.fromkeys(("N1", "N2", "S1", "S3", "S5"), Standing.PLANNED),
        "N3": Standing.IN_PROGRESS,
        "N4": Standing.DONE,
        "S2": Standing.FIXED,
        "S4": Standing.UNDATED,
    }


def test_days_are_shaded_as_the_shops_state_and_rules_have_them(chart: Chart) -> None:
    scale = make_timescale(Zoom.WEEK, chart.first, chart.last, 60)
    shading = Shading(chart.rollout, Calendars(chart.rollout), scale)
    shops = chart.rollout.shop_by_id

    def kind(shop: str, day: date) -> Day:
        return shading.of(shops[shop])[scale.column_of(day.toordinal())]

    all_saints, reformation = date(2021, 11, 1), date(2021, 10, 31)
    assert kind("S2", all_saints) is Day.HOLIDAY
    assert kind("N1", all_saints) is Day.WORK
    assert kind("N1", reformation) is Day.WEEKEND
    assert kind("S2", date(2021, 8, 11)) is Day.SHUTDOWN
    assert kind("S2", date(2021, 9, 22)) is Day.BLACKOUT
    assert kind("N1", date(2021, 9, 22)) is Day.WORK
    assert kind("N1", date(2021, 7, 14)) is Day.WORK


def test_a_column_of_a_week_is_what_most_of_its_days_are(chart: Chart) -> None:
    scale = make_timescale(Zoom.MONTH, chart.first, chart.last, 20)
    shading = Shading(chart.rollout, Calendars(chart.rollout), scale)
    kinds = shading.of(chart.rollout.shop_by_id["S2"])
    assert kinds[scale.column_of(date(2021, 9, 22).toordinal())] is Day.BLACKOUT
    assert kinds[scale.column_of(date(2021, 8, 11).toordinal())] is Day.SHUTDOWN
    assert kinds[scale.column_of(date(2021, 10, 6).toordinal())] is Day.WORK


def test_closures_are_counted_for_each_day(chart: Chart) -> None:
    view = View(chart, WIDTH - LABEL)
    remodels = [remodel for remodel in chart.plan.remodels if remodel.closed_from and remodel.closed_to]
    for ordinal in range(chart.first, chart.last):
        day = date.fromordinal(ordinal)
        closed = sum(item.closed_from <= day <= item.closed_to for item in remodels)  # type: ignore[operator]
        assert view.closures(None).on(ordinal, ordinal) == closed
    south = [item for item in remodels if chart.rollout.shop_by_id[item.shop].region == "South"]
    assert view.closures("South").most <= len(south)
    first = date(2021, 7, 26)
    foot = text_of(foot_line(view, sight_of(view, first), 0, LABEL, STYLES))
    count = sum(item.closed_from <= first <= item.closed_to for item in remodels)  # type: ignore[operator]
    assert foot[LABEL] == str(count)
    assert "3" in foot[:LABEL], "the limit is told"


def test_what_is_carried_counts_where_it_is_held(chart: Chart) -> None:
    view = View(chart, WIDTH - LABEL)
    carry = pick_up(chart, StoredShop(chart.rollout.shop_by_id["N1"], 1))
    assert carry is not None
    held = stepped(chart, carry, weeks=8)
    assert held is not None
    assert held.days.closed_from is not None
    day = held.days.closed_from.toordinal()
    before = view.closures(None).on(day, day)
    view.hold(carried_bar(chart, held))
    assert view.closures(None).on(day, day) == before + 1
    view.hold(None)
    assert view.closures(None).on(day, day) == before


def test_a_carried_remodel_keeps_to_working_days_today_and_the_horizon(chart: Chart) -> None:
    carry = pick_up(chart, StoredShop(chart.rollout.shop_by_id["S3"], 1))
    assert carry is not None
    calendar = chart.calendars.of(carry.bar.shop)
    starts = []
    held = carry
    while (following := stepped(chart, held, days=1)) is not None:
        held = following
        starts.append(held.start)
    assert all(calendar.is_working(day) for day in starts)
    assert date(2021, 8, 9) not in starts
    assert held.days.finish <= chart.rollout.last
    while (following := stepped(chart, held, weeks=-1)) is not None:
        held = following
    assert held.start == chart.rollout.today


def test_groups_by_crew_have_the_bars_that_need_it(chart: Chart) -> None:
    view = View(chart, WIDTH - LABEL)
    view.group_by_next()
    assert view.grouping is Grouping.CREW
    members = {group.key: {bar.shop.id for bar in group.bars} for group in view.groups}
    assert members["BN"] == {"N1", "N2", "N3"}
    assert members[""] == {"S4"}
    assert [group.key for group in view.groups][-1] == ""
    build = next(group for group in view.groups if group.key == "BN")
    assert set(build.parts.values()) == {frozenset({1})}
    assert build.title == "BN Build North"


def test_bars_go_by_start_and_those_without_a_date_come_last(chart: Chart) -> None:
    view = View(chart, WIDTH - LABEL)
    south = next(group for group in view.groups if group.key == "South")
    *dated, undated = south.bars
    assert undated.shop.id == "S4"
    starts = {remodel.shop: remodel.start for remodel in chart.plan.remodels}
    order = [bar.shop.id for bar in dated]
    assert order == sorted({"S1", "S2", "S3", "S5"}, key=lambda shop: (starts[shop], shop))


def test_folded_groups_are_headings_and_open_for_a_shop_that_is_looked_for(chart: Chart) -> None:
    view = View(chart, WIDTH - LABEL)
    view.toggle_all()
    assert [(row.group.key, row.bar) for row in view.rows] == [("North", None), ("South", None)]
    number = view.row_showing("S3")
    assert number is not None
    row: Row = view.rows[number]
    assert row.bar is not None
    assert row.bar.shop.id == "S3"
    assert view.row_showing("N4") is not None, "a shop done before is shown when it is looked for"
    assert view.row_showing("nowhere") is None
