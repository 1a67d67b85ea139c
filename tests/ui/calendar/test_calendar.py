"""The calendar: days and months by key and mouse, the list of a day, parts of the shops, and calendar files."""

from datetime import date
from pathlib import Path

import icalendar
import pytest
from textual.widgets import Input, OptionList, Select, Static

from planner.cli.calendar_choice import CalendarChoice
from planner.cli.calendar_store_place import StorePlace
from planner.cli.endings import ExitCode
from planner.cli.export_calendar import ExportRequest, export_calendars
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.ui.calendar.day_dialog import DayDialog
from planner.ui.calendar.export_dialog import ExportDialog
from planner.ui.calendar.month_grid import MonthGrid
from planner.ui.calendar.pane import CalendarPane
from tests.ui.running import main_screen, press, running, settled

pytestmark = pytest.mark.anyio
TODAY = date(2021, 9, 6)


async def test_days_are_gone_through_listed_and_lead_on(dated: StoreSettings) -> None:
    async with running(dated) as pilot:
        await press(pilot, "5")
        screen = main_screen(pilot)
        grid = screen.query_one(MonthGrid)
        assert (screen.focused, grid.day) == (grid, TODAY)
        await press(pilot, "right", "down", "pagedown")
        assert grid.day == date(2021, 10, 14)
        await press(pilot, "home", "left", "up", "pageup")
        assert grid.day == date(2021, 7, 29)
        assert "Jul" in str(screen.query_one("#month-title", Static).render())
        await press(pilot, "home", "right", "enter")
        assert isinstance(pilot.app.screen, DayDialog)
        lines = pilot.app.screen.query_one(OptionList)
        assert "F00 [/foo] & Söhne" in str(lines.get_option_at_index(0).prompt)
        await press(pilot, "escape")
        assert screen.pane.id == "calendar"
        await press(pilot, "enter", "enter")
        assert screen.pane.id == "schedule"
        await press(pilot, "5", "enter", "b")
        assert screen.pane.id == "backlog"


async def test_the_mouse_and_the_choice_of_a_state(dated: StoreSettings) -> None:
    async with running(dated) as pilot:
        await press(pilot, "5")
        screen = main_screen(pilot)
        grid, pane = screen.query_one(MonthGrid), screen.pane
        assert isinstance(pane, CalendarPane)
        await pilot.click(grid, offset=(26, 1))
        await settled(pilot)
        assert grid.day == date(2021, 9, 1)
        await pilot.click(grid, offset=(26, 1), times=2)
        await settled(pilot)
        assert isinstance(pilot.app.screen, DayDialog)
        await press(pilot, "escape", "s", "down", "enter")
        assert pane.almanac is not None
        assert pane.almanac.states == ["BY"]
        assert {span.shop for span in pane.almanac.agenda.spans} == {"F01", "F03", "F05", "F07", "F09"}
        assert "Bayern" in str(screen.query_one("#month-title", Static).render())


async def test_any_size_will_do(dated: StoreSettings) -> None:
    async with running(dated) as pilot:
        for pane in ("1", "5"):
            await press(pilot, pane)
            for size in ((300, 100), (30, 8), (80, 24)):
                await pilot.resize_terminal(*size)
                await press(pilot, "tab", "pagedown", "pagedown", "pageup")
        grid = main_screen(pilot).query_one(MonthGrid)
        lines = [grid.render_line(y) for y in range(grid.size.height)]
        assert {line.cell_length for line in lines} == {grid.size.width}


async def test_calendar_files_are_those_of_the_command(
    dated: StoreSettings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "out" / "all.ics"
    async with running(dated) as pilot:
        await press(pilot, "5", "e")
        dialog = pilot.app.screen
        assert isinstance(dialog, ExportDialog)
        where = dialog.query_one("#export-where", Input)
        assert where.value.endswith("calendar.ics")
        where.value = str(tmp_path)
        await press(pilot, "tab", "enter")
        assert "folder" in str(dialog.query_one("#export-mistake", Static).render())
        where.value = str(place)
        await press(pilot, "enter")
        assert main_screen(pilot).pane.id == "calendar"
        closed = [
            event for event in _events(place) if "F00" in event["SUMMARY"] and event["SUMMARY"].startswith("Closed")
        ]
        assert [event["DTSTART"].dt for event in closed] == [date(2021, 9, 13)]

        # Written by somebody else, a file is replaced only when that was said.
        foreign = tmp_path / "mine.ics"
        foreign.write_text("mine")
        await press(pilot, "e")
        dialog = pilot.app.screen
        dialog.query_one("#export-where", Input).value = str(foreign)
        await press(pilot, "tab", "enter")
        assert foreign.read_text() == "mine"
        await press(pilot, "enter")
        assert len(_events(foreign)) == len(_events(place))

        await press(pilot, "e")
        dialog = pilot.app.screen
        dialog.query_one("#export-what", Select).value = 3
        await settled(pilot)
        assert dialog.query_one("#export-where", Input).value.endswith("calendars")
        dialog.query_one("#export-where", Input).value = str(tmp_path / "regions")
        await press(pilot, "tab", "enter")
        assert sorted(path.name for path in (tmp_path / "regions").iterdir()) == [
            "region-North.ics",
            "region-South.ics",
        ]

    # The command knows what the screen has written: nothing is new to it.
    before = place.read_bytes()
    with open_store(dated) as store:
        ended = export_calendars(StorePlace(store.backlog()), ExportRequest(choice=CalendarChoice(), out=place))
    assert ended is ExitCode.OK
    assert "unchanged" in capsys.readouterr().out
    assert place.read_bytes() == before


def _events(path: Path) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(path.read_text(encoding="utf-8")).walk("VEVENT"))
