"""How the scenarios pane and its screens look, small and large, in both languages."""

from collections.abc import Callable, Sequence

import pytest
from textual.pilot import Pilot

from planner.store.settings import StoreSettings
from planner.ui.app import PlannerApp
from planner.wording.language import Language
from tests.ui.running import LARGE, SMALL, press, settled
from tests.ui.small_rollout import QUICK

SCREENS = {
    "pane": ["4"],
    "side": ["4", "tab", "space", "space", "space", "c"],
    "form": ["4", "e", "tab", "tab", "down", "plus", "down", "down", "down", "minus"],
}


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("keys", list(SCREENS.values()), ids=list(SCREENS))
def test_look(
    snap_compare: Callable[..., bool],
    six_shops: StoreSettings,
    language: Language,
    size: tuple[int, int],
    keys: Sequence[str],
) -> None:
    async def show(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, *keys)
        # What a scenario changes is told once nothing was typed for a moment.
        await pilot.pause(0.8)
        await settled(pilot)

    assert snap_compare(PlannerApp(six_shops, QUICK), terminal_size=size, run_before=show)
