"""The schedule at the keyboard and the mouse, from the key to what is in the database."""

from datetime import date
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import DataTable, Static

from planner.domain.shop import Shop, Status
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.ui.dialogs import QuestionDialog
from planner.ui.messages import GoTo
from planner.ui.schedule.bars import Standing
from planner.ui.schedule.desk_room import DeskRoom
from planner.ui.schedule.gantt import Gantt
from planner.ui.schedule.groups import Grouping
from planner.ui.schedule.pane import SchedulePane
from planner.ui.schedule.places_dialog import PlacesDialog
from planner.ui.schedule.reasons_dialog import ReasonsDialog
from planner.ui.schedule.timescale import Zoom
from tests.ui.running import main_screen, press, running, settled, until

pytestmark = pytest.mark.anyio


def pane_of(pilot: Pilot[None]) -> SchedulePane:
    pane = main_screen(pilot).query_one(SchedulePane)
    assert pane.chart is not None
    return pane


def gantt_of(pilot: Pilot[None]) -> Gantt:
    return main_screen(pilot).query_one(Gantt)


def told(pilot: Pilot[None]) -> str:
    """What is told below the chart."""
    return str(main_screen(pilot).query_one("#schedule-details", Static).content)


def under_cursor(pilot: Pilot[None]) -> str:
    row = gantt_of(pilot).row
    return "" if row is None or row.bar is None else row.bar.shop.id


def stored(settings: StoreSettings, shop: str) -> Shop:
    with open_store(settings) as store:
        return store.backlog().shop(shop).shop


def is_in_sight(gantt: Gantt, day: date) -> bool:
    """Whether a day is among the columns that the chart shows."""
    assert gantt.view is not None
    first, _ = gantt.view.scale.days_of(round(gantt.scroll_x))
    _, last = gantt.view.scale.days_of(round(gantt.scroll_x) + gantt.size.width - gantt.label_width - 1)
    return first <= day.toordinal() <= last


async def go_to(pilot: Pilot[None], shop: str) -> None:
    await press(pilot, "3")
    pane_of(pilot).go_to(shop)
    await settled(pilot)
    assert under_cursor(pilot) == shop


async def test_without_a_plan_it_says_what_to_do(without_plan: StoreSettings) -> None:
    async with running(without_plan) as pilot:
        await press(pilot, "3")
        assert "Press p" in str(pilot.app.screen.query_one("#schedule-empty", Static).content)
        assert not gantt_of(pilot).display
        await press(pilot, "m", "f", "g", "enter", "slash")
        assert main_screen(pilot).pane.id == "schedule"


async def test_looking_around(small: StoreSettings) -> None:
    async with running(small) as pilot:
        await press(pilot, "3")
        gantt = gantt_of(pilot)
        view = gantt.view
        assert view is not None
        assert gantt.has_focus
        assert under_cursor(pilot) == "N3"
        await press(pilot, "down")
        assert under_cursor(pilot) == "N1"
        assert "N1 planned" in told(pilot)
        await press(pilot, "plus")
        assert view.zoom is Zoom.DAY
        await press(pilot, "minus", "minus")
        assert view.zoom is Zoom.MONTH
        await press(pilot, "plus", "g", "g")
        assert view.grouping is Grouping.PARTNER
        assert under_cursor(pilot) == "N1", "the cursor stays on its shop"
        await press(pilot, "space")
        row = gantt.row
        assert row is not None
        assert row.bar is None
        assert row.is_folded
        assert "Elbe Mobil" in told(pilot)
        await press(pilot, "enter", "down")
        assert under_cursor(pilot) == "N1", "Enter unfolds a heading"
        await press(pilot, "a")
        assert all(row.bar is None for row in view.rows)
        await press(pilot, "a", "d", "end")
        assert "N4" in {row.bar.shop.id for row in view.rows if row.bar}
        await press(pilot, *["right"] * 6)
        there = gantt.scroll_x
        await press(pilot, "t")
        assert gantt.scroll_x < there
        pane_of(pilot).go_to("2021-10-04")
        await settled(pilot)
        left, _ = view.scale.days_of(round(gantt.scroll_x))
        assert left <= date(2021, 10, 4).toordinal() <= left + 40


async def test_the_schedule_opens_where_a_shop_was_asked_for(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        plan = main_screen(pilot).workspace.backlog.plans.plan(1)
        last = max(plan.remodels, key=lambda remodel: remodel.start)
        main_screen(pilot).post_message(GoTo("schedule", last.shop))
        await settled(pilot)
        assert under_cursor(pilot) == last.shop
        assert is_in_sight(gantt_of(pilot), last.start)


async def test_a_shop_is_found_and_opened_in_the_backlog(small: StoreSettings) -> None:
    async with running(small) as pilot:
        await press(pilot, "3", "slash", *"MOBIL?", "enter")
        assert "No shop" in str(pilot.app.screen.query_one("#mistake", Static).content)
        await press(pilot, *["backspace"] * 6, *"ulm", "enter")
        assert under_cursor(pilot) == "S1"
        await press(pilot, "slash", *"[/red]", "enter", "n")
        assert under_cursor(pilot) == "N2"
        await press(pilot, "enter")
        assert main_screen(pilot).pane.id == "backlog"


async def test_a_remodel_is_moved_put_back_fixed_and_freed(small: StoreSettings) -> None:
    async with running(small) as pilot:
        await go_to(pilot, "S3")
        before = stored(small, "S3")
        await press(pilot, "m", "right", "down")
        assert pane_of(pilot).is_busy
        assert "Moving S3" in told(pilot)
        assert "EUR against now" in told(pilot)
        await press(pilot, "escape")
        assert not pane_of(pilot).is_busy
        assert "S3 planned" in told(pilot)
        assert stored(small, "S3") == before

        await press(pilot, "m", *["down"] * 9)
        assert "breaks no rule" in told(pilot)
        await press(pilot, "enter")
        shop = stored(small, "S3")
        start = date(2021, 9, 27)
        assert (shop.status, shop.start) == (Status.FIXED, start), told(pilot)
        bar = pane_of(pilot).chart.bars["S3"]  # type: ignore[union-attr]
        assert (bar.standing, bar.is_stale, bar.days and bar.days[0]) == (Standing.FIXED, True, start.toordinal())
        assert "S3 ◆ fixed" in told(pilot)
        assert "Changed since plan 1" in told(pilot)
        assert under_cursor(pilot) == "S3"
        await press(pilot, "u")
        assert stored(small, "S3") == before
        await press(pilot, "ctrl+y", "x")
        assert stored(small, "S3") == before
        assert "S3 planned" in told(pilot)


async def test_a_shop_that_came_after_the_plan_is_put_where_it_fits(small: StoreSettings) -> None:
    with open_store(small) as store:
        cells = {"id": "N9", "format": "M", "region": "North", "state": "HH", "weekly_revenue": "500"}
        store.backlog().edit([Edit(RecordKind.SHOP, "N9", cells, is_new=True)], "N9 added")
    async with running(small) as pilot:
        await go_to(pilot, "N9")
        assert "it came after the plan was made" in told(pilot)
        await press(pilot, "m", *["down"] * 6)
        assert "against no date" in told(pilot)
        assert "breaks no rule" in told(pilot)
        await press(pilot, "enter")
        shop = stored(small, "N9")
        assert (shop.status, shop.start) == (Status.FIXED, date(2021, 8, 30))
        await press(pilot, "m", "escape", "x")
        assert stored(small, "N9").status is Status.BACKLOG


async def test_what_breaks_a_rule_is_asked_for_by_name(small: StoreSettings) -> None:
    """S2 has the only builder of South on 5 August and after."""
    async with running(small) as pilot:
        await go_to(pilot, "S5")
        await press(pilot, "m")
        await until(pilot, lambda: "…" not in told(pilot))
        while pane_of(pilot)._carry and pane_of(pilot)._carry.start < date(2021, 8, 2):  # type: ignore[union-attr]
            await press(pilot, "right")
        assert "! the builder crews that can come are not free" in told(pilot)
        assert "(S2)" in told(pilot)
        await press(pilot, "enter")
        assert isinstance(pilot.app.screen, QuestionDialog)
        await press(pilot, "escape")
        assert pane_of(pilot).is_busy
        assert stored(small, "S5").status is Status.BACKLOG
        await press(pilot, "enter", "enter")
        assert (stored(small, "S5").status, stored(small, "S5").start) == (Status.FIXED, date(2021, 8, 2))
        clashes = pane_of(pilot).chart.bars["S5"].clashes  # type: ignore[union-attr]
        assert any("builder" in clash.text for clash in clashes)
        assert "! the builder crews" in told(pilot)


async def test_fixing_where_it_stands_keeps_the_closure_or_the_start(small: StoreSettings) -> None:
    async with running(small) as pilot:
        await go_to(pilot, "S3")
        await press(pilot, "f")
        assert stored(small, "S3").start == date(2021, 7, 20), "its waits are the least already"
        await go_to(pilot, "S5")
        bar = pane_of(pilot).chart.bars["S5"]  # type: ignore[union-attr]
        assert bar.remodel is not None
        await press(pilot, "f")
        assert isinstance(pilot.app.screen, PlacesDialog)
        await press(pilot, "enter")
        if isinstance(pilot.app.screen, QuestionDialog):
            await press(pilot, "enter")
        now = pane_of(pilot).chart.bars["S5"]  # type: ignore[union-attr]
        assert now.standing is Standing.FIXED
        assert now.closed == bar.closed
        start = stored(small, "S5").start
        assert start is not None
        assert start > bar.remodel.start


async def test_the_best_other_dates_are_listed_and_taken(small: StoreSettings) -> None:
    async with running(small) as pilot:
        await go_to(pilot, "S2")
        await press(pilot, "s")
        dialog = pilot.app.screen
        assert isinstance(dialog, PlacesDialog)
        rows = dialog.query_one(DataTable).row_count
        assert rows > 3
        await press(pilot, "escape")
        assert stored(small, "S2").start == date(2021, 8, 2)
        await press(pilot, "s", "down", "enter")
        taken = stored(small, "S2")
        assert taken.status is Status.FIXED
        assert taken.start != date(2021, 8, 2)
        assert pane_of(pilot).chart.bars["S2"].clashes == ()  # type: ignore[union-attr]


async def test_a_distant_date_that_was_taken_is_brought_into_sight(small: StoreSettings) -> None:
    async with running(small) as pilot:
        await go_to(pilot, "S3")
        gantt = gantt_of(pilot)
        await press(pilot, "plus", "s")
        dialog = pilot.app.screen
        assert isinstance(dialog, PlacesDialog)
        number, place = max(enumerate(dialog._places), key=lambda numbered: numbered[1].start)
        assert not is_in_sight(gantt, place.start)
        dialog.query_one(DataTable).move_cursor(row=number)
        await press(pilot, "enter")
        assert stored(small, "S3").start == place.start
        assert is_in_sight(gantt, place.start)
        assert is_in_sight(gantt, place.finish)


async def test_dates_are_explained_and_facts_are_not_moved(small: StoreSettings) -> None:
    async with running(small) as pilot:
        await go_to(pilot, "S5")
        await press(pilot, "e")
        dialog = pilot.app.screen
        assert isinstance(dialog, ReasonsDialog)
        assert "Bound by" in {label for label, _ in dialog._lines}
        await press(pilot, "escape")
        await go_to(pilot, "N3")
        await press(pilot, "m")
        assert not pane_of(pilot).is_busy
        await go_to(pilot, "S4")
        assert "plumber" in told(pilot)
        await press(pilot, "s", "m")
        assert not pane_of(pilot).is_busy


async def test_what_is_pressed_right_after_picking_up_moves_it(
    small: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first question to the desk takes a second; keys are not for anything else meanwhile."""
    is_open = Event()
    laid_out = DeskRoom._laid_out
    monkeypatch.setattr(DeskRoom, "_laid_out", lambda room: is_open.wait(60) and laid_out(room))
    async with running(small) as pilot:
        await go_to(pilot, "S5")
        pane = pane_of(pilot)
        await pilot.press("m")
        for _ in range(100):
            if pane.is_busy:
                break
            await pilot.pause(0.05)
        assert pane._carry is not None
        held = pane._carry.start
        await pilot.press("right", "right", "enter")
        await pilot.pause()
        assert main_screen(pilot).pane is pane
        assert pane._carry is not None
        assert pane._carry.start > held
        assert stored(small, "S5").status is Status.BACKLOG
        is_open.set()
        await settled(pilot)
        assert pane._carry.answer is not None
        assert pane._carry.start > held


async def test_somebody_else_who_was_quicker_is_not_overwritten(small: StoreSettings) -> None:
    other = small.model_copy(update={"user": "jens"})
    async with running(small) as pilot:
        await go_to(pilot, "S3")
        await press(pilot, "m", *["down"] * 9)
        pane = pane_of(pilot)
        carry = pane._carry
        assert carry is not None
        with open_store(other) as store:
            store.backlog().edit([Edit(RecordKind.SHOP, "S3", {"status": "fixed", "start": "2021-10-11"})], "theirs")
        pane._fixing.fix(carry.stored, carry.start)
        await settled(pilot)
        assert isinstance(pilot.app.screen, QuestionDialog)
        assert stored(small, "S3").start == date(2021, 10, 11)
        await press(pilot, "enter")
        assert stored(small, "S3").start == carry.start


async def test_the_mouse_points_folds_and_picks_up(small: StoreSettings) -> None:
    async with running(small) as pilot:
        await press(pilot, "3")
        gantt = gantt_of(pilot)
        await pilot.click(gantt, offset=(6, 4))
        await settled(pilot)
        assert under_cursor(pilot) == "N1"
        await pilot.click(gantt, offset=(40, 4), times=2)
        await settled(pilot)
        assert pane_of(pilot).is_busy
        before = pane_of(pilot)._carry
        await pilot.click(gantt, offset=(60, 10))
        await settled(pilot)
        after = pane_of(pilot)._carry
        assert before is not None
        assert after is not None
        assert after.start > before.start
        await press(pilot, "escape")
        await pilot.click(gantt, offset=(3, 2))
        await settled(pilot)
        row = gantt.row
        assert row is not None
        assert row.is_folded
