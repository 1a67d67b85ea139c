"""Fixed dates that leave no plan: what clashes is told, and how to mend it."""

import pytest
from textual.widgets import Static

from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.ui.dialogs import MessageDialog
from tests.ui.running import main_screen, press, running, until

pytestmark = pytest.mark.anyio


async def test_what_clashes_is_told_by_shop_and_day(six_shops: StoreSettings) -> None:
    async with running(six_shops) as pilot:
        backlog = main_screen(pilot).workspace.backlog
        plans = len(backlog.plans.all())
        fixed = {"status": "fixed", "start": "2021-08-16"}
        backlog.edit([Edit(RecordKind.SHOP, shop, fixed) for shop in ("N1", "N2", "N3")], "three at once")
        await press(pilot, "p")
        await until(pilot, lambda: isinstance(pilot.app.screen, MessageDialog))
        told = str(pilot.app.screen.query_one(".dialog-body Static", Static).render())
        clashes = [line for line in told.splitlines() if line.startswith("! ")]
        assert clashes
        assert all("N" in line and "Aug 2021" in line for line in clashes), clashes
        assert "x gives it free" in told
        await press(pilot, "escape", "u")
        assert len(backlog.plans.all()) == plans
