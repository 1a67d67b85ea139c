"""How the overview looks, small and large, in both languages."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.ui.app import PlannerApp
from planner.wording.language import Language
from tests.ui.running import LARGE, SMALL, press, settled


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_overview(
    snap_compare: Callable[..., bool],
    dated: StoreSettings,
    language: Language,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("planner.ui.overview.pane.SAMPLES", 200)

    async def show(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "r")

    assert snap_compare(PlannerApp(dated, Limits()), terminal_size=size, run_before=show)
