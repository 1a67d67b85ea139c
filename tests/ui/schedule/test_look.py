"""How the schedule looks, in both languages."""

from typing import Any

import pytest
from textual.pilot import Pilot

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.ui.app import PlannerApp
from planner.wording.language import Language
from tests.ui.running import LARGE, SMALL, press


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_a_remodel_is_held_where_it_breaks_a_rule(
    small: StoreSettings, snap_compare: Any, language: Language, size: tuple[int, int]
) -> None:
    async def hold(pilot: Pilot[None]) -> None:
        await press(pilot, "3", "slash", *"S5", "enter", "m", *["right"] * 7)

    assert snap_compare(PlannerApp(small, Limits(seconds=1)), terminal_size=size, run_before=hold)


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_months_by_crew(small: StoreSettings, snap_compare: Any, language: Language, size: tuple[int, int]) -> None:
    async def group(pilot: Pilot[None]) -> None:
        # Which scroll bars there are depends on those there were, so each key finds what the one before it drew.
        for key in ("3", "d", "minus", "g", "t"):
            await press(pilot, key)

    assert snap_compare(PlannerApp(small, Limits(seconds=1)), terminal_size=size, run_before=group)
