"""How the calendar looks, small and large, in both languages; and the list of a day."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.ui.app import PlannerApp
from planner.wording.language import Language
from tests.ui.running import LARGE, SMALL, press, settled


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_calendar(
    snap_compare: Callable[..., bool], dated: StoreSettings, language: Language, size: tuple[int, int]
) -> None:
    async def show(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "5", "pagedown")

    assert snap_compare(PlannerApp(dated, Limits()), terminal_size=size, run_before=show)


def test_day(snap_compare: Callable[..., bool], dated: StoreSettings) -> None:
    async def show(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "5", "pagedown", "enter")

    assert snap_compare(PlannerApp(dated, Limits()), terminal_size=SMALL, run_before=show)
