"""How the review of what moved looks, small and large, in both languages."""

from collections.abc import Callable

import pytest
from textual.pilot import Pilot

from planner.store.settings import StoreSettings
from planner.ui.app import PlannerApp
from planner.wording.language import Language
from tests.ui.running import LARGE, SMALL, press, settled
from tests.ui.small_rollout import QUICK


@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["small", "large"])
def test_look(
    snap_compare: Callable[..., bool], six_shops: StoreSettings, language: Language, size: tuple[int, int]
) -> None:
    async def show(pilot: Pilot[None]) -> None:
        await settled(pilot)
        await press(pilot, "4", "tab", "down", "down", "v", "down", "space")

    assert snap_compare(PlannerApp(six_shops, QUICK), terminal_size=size, run_before=show)
