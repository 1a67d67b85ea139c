"""Dialogs with more lines than fit: they are scrolled by keys and by the mouse, with the focus on the button."""

from collections.abc import Callable

import pytest
from textual import events
from textual.containers import VerticalScroll
from textual.pilot import Pilot

from planner.store.settings import StoreSettings
from planner.ui.dialogs import MessageDialog, QuestionDialog
from planner.ui.key_line import KeyLine
from planner.ui.keys import PlannerDialog
from tests.ui.running import press, running

pytestmark = pytest.mark.anyio


async def test_more_lines_than_fit_are_scrolled(empty: StoreSettings) -> None:
    async with running(empty) as pilot:
        answers: list[bool | None] = []
        await show(pilot, QuestionDialog("Publish?", lines(160), "Publish"), answers.append)
        body = pilot.app.screen.query_one(VerticalScroll)
        page = body.size.height
        assert page < body.virtual_size.height == 160
        assert "Further down" in key_line(pilot)
        for key, place in (
            ("down", 1),
            ("up", 0),
            ("pagedown", page),
            ("pageup", 0),
            ("end", 160 - page),
            ("home", 0),
        ):
            await press(pilot, key)
            assert body.scroll_y == place, key
        await pilot._post_mouse_events([events.MouseScrollDown], body)
        await pilot.pause(0.3)
        assert body.scroll_y > 0
        await press(pilot, "pagedown", "enter")
        assert answers == [True]
        await show(pilot, MessageDialog("Told", lines(40)))
        await press(pilot, "end")
        assert pilot.app.screen.query_one(VerticalScroll).scroll_y == 40 - page
        await press(pilot, "enter")
        await show(pilot, QuestionDialog("Publish?", lines(3), "Publish"))
        assert "Further down" not in key_line(pilot)
        await pilot.resize_terminal(80, 5)
        await press(pilot)
        assert "Further down" in key_line(pilot)


def lines(number: int) -> list[str]:
    return [f"S{line:03}: none → Mon 2021-09-06" for line in range(number)]


async def show(
    pilot: Pilot[None],
    dialog: PlannerDialog[bool] | PlannerDialog[None],
    then: Callable[[bool | None], None] | None = None,
) -> None:
    pilot.app.push_screen(dialog, then)
    await press(pilot)
    assert pilot.app.screen is dialog


def key_line(pilot: Pilot[None]) -> str:
    return str(pilot.app.screen.query_one(KeyLine).render())
