"""What moved between two plans: shown with reasons, accepted, rejected, or decided shop by shop."""

from datetime import date

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from planner.domain.shop import Status
from planner.store.backlog import Backlog
from planner.store.records import Edit, PlanState, RecordKind
from planner.store.settings import StoreSettings
from planner.ui.moved.screen import MovedScreen
from planner.ui.widgets.mark_table import MarkTable
from tests.ui.running import main_screen, press, running, settled, until
from tests.ui.small_rollout import QUICK

pytestmark = pytest.mark.anyio


def backlog_of(pilot: Pilot[None]) -> Backlog:
    return main_screen(pilot).workspace.backlog


def rows_of(pilot: Pilot[None]) -> dict[str, str]:
    """The rows of the review by shop."""
    table = pilot.app.screen.query_one(MarkTable)
    rows = [[str(cell) for cell in table.get_row_at(number)] for number in range(table.row_count)]
    return {row[2].split()[0]: "".join(row) for row in rows}


async def test_what_moved_is_listed_with_its_reason(six_shops: StoreSettings) -> None:
    async with running(six_shops) as pilot:
        await press(pilot, "4", "tab", "down", "down", "v")
        assert isinstance(pilot.app.screen, MovedScreen)
        rows = rows_of(pilot)
        # A broken promise comes first.
        assert next(iter(rows)) == "N1"
        assert "20 Jul–23 Jul" in rows["N1"]
        assert "16 Aug–19 Aug" in rows["N1"]
        assert "rule: ready_from" in rows["N1"]
        assert "!" in rows["N1"]
        assert "[/foo] & Söhne" in rows["N1"]
        assert len({cell_len(row) for row in rows.values()}) == 1
        await press(pilot, "enter")
        assert main_screen(pilot).pane.id == "schedule"


async def test_all_is_rejected_and_the_old_plan_is_shown_again(six_shops: StoreSettings) -> None:
    async with running(six_shops) as pilot:
        backlog = backlog_of(pilot)
        await press(pilot, "4", "tab", "down", "down", "v", "escape")
        assert {info.state for info in backlog.plans.all()} == {PlanState.DRAFT}
        await press(pilot, "v", "x")
        assert backlog.plans.info(2).state is PlanState.DROPPED
        loaded = main_screen(pilot).loaded
        assert loaded is not None
        assert loaded.info is not None
        assert loaded.info.number == 1
        await press(pilot, "u")
        assert backlog.plans.info(2).state is PlanState.DRAFT


async def test_a_replan_is_reviewed_and_a_shop_left_where_it_was(six_shops: StoreSettings) -> None:
    async with running(six_shops, limits=QUICK) as pilot:
        backlog = backlog_of(pilot)
        before = {remodel.shop: remodel.start for remodel in backlog.plans.plan(2).remodels}
        # N2 has to wait until October, so the others in the North move up.
        backlog.edit([Edit(RecordKind.SHOP, "N2", {"ready_from": "2021-10-04"})], "permit of N2")
        await press(pilot, "p")
        await until(pilot, lambda: isinstance(pilot.app.screen, MovedScreen))
        await settled(pilot)
        rows = rows_of(pilot)
        assert {"N2", "N3"} <= set(rows)
        table = pilot.app.screen.query_one(MarkTable)
        table.go_to("N2")
        await press(pilot, "space")
        assert table.marked == []
        table.go_to("N3")
        await press(pilot, "space", "escape", "4", "tab")
        # What was marked is still marked when one comes back.
        pilot.app.screen.query_one("#plan-table", MarkTable).go_to("2")
        await press(pilot, "v", "a")
        stayed = backlog.shop("N3").shop
        assert (stayed.status, stayed.start) == (Status.FIXED, before["N3"])
        await until(pilot, lambda: len(backlog.plans.all()) == 5)
        await until(pilot, lambda: isinstance(pilot.app.screen, MovedScreen))
        starts = {remodel.shop: remodel.start for remodel in backlog.plans.plan(5).remodels}
        assert starts["N3"] == before["N3"]
        assert starts["N2"] >= date(2021, 10, 1)
        await press(pilot, "a")
        assert main_screen(pilot).workspace.plan_number == 5
        await press(pilot, "u")
        assert backlog.shop("N3").shop.status is Status.BACKLOG


async def test_accepting_keeps_the_new_plan(six_shops: StoreSettings) -> None:
    async with running(six_shops) as pilot:
        backlog = backlog_of(pilot)
        await press(pilot, "4", "tab", "v", "a")
        assert main_screen(pilot).workspace.plan_number == 3
        revision = backlog.revision()
        await press(pilot, "down", "v")
        assert isinstance(pilot.app.screen, MovedScreen)
        await press(pilot, "space", "a")
        # A plan under a scenario is no ground to fix dates on.
        assert backlog.revision() == revision
