"""Two coordinators at one database: each sees what the other does, and where both change one shop, they are asked."""

from pathlib import Path

import pytest
from textual.pilot import Pilot

from planner.domain.shop import Status
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.ui import main_screen as frame
from planner.ui.dialogs import QuestionDialog
from planner.ui.schedule.pane import SchedulePane
from tests.ui.databases import add_planned
from tests.ui.running import main_screen, press, running, settled, until
from tests.ui.small_rollout import QUICK, write_folder

NEVER = 3600.0

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> StoreSettings:
    """The six shops with a plan, on each kind of database."""
    if request.param == "sqlite":
        return request.getfixturevalue("six_shops")  # type: ignore[no-any-return]
    settings = StoreSettings(db=request.getfixturevalue("postgres_url"), user="erika")
    write_folder(tmp_path / "six")
    add_planned(settings, tmp_path / "six", QUICK)
    return settings


async def test_each_sees_the_other_and_a_clash_is_theirs_to_decide(
    shared: StoreSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert frame.POLL_SECONDS <= 1
    jens_settings = shared.model_copy(update={"user": "jens"})
    async with running(jens_settings) as jens:
        # Erika looks at nothing but her own work, so that she has not seen yet what Jens changes.
        monkeypatch.setattr(frame, "POLL_SECONDS", NEVER)
        async with running(shared) as erika:
            await press(erika, "3")
            schedule(erika).go_to("S1")
            await press(erika, "f")
            await until(jens, lambda: status(jens, "S1") is Status.FIXED)
            assert any(toast.message.startswith("erika: ") for toast in jens.app._notifications)
            schedule(erika).go_to("S2")
            await press(erika, "m")
            with open_store(jens_settings) as store:
                store.backlog().edit([Edit(RecordKind.SHOP, "S2", {"status": "deferred"})], "S2 put off")
            await press(erika, "right")
            await until(erika, lambda: schedule(erika)._carry is None or schedule(erika)._carry.answer is not None)
            await press(erika, "enter")
            question = erika.app.screen
            assert isinstance(question, QuestionDialog)
            assert "jens" in "\n".join(question._lines)
            assert stored_status(shared, "S2") is Status.DEFERRED
            await press(erika, "enter")
            assert stored_status(shared, "S2") is Status.FIXED
            await until(jens, lambda: status(jens, "S2") is Status.FIXED)
            await settled(jens)


def schedule(pilot: Pilot[None]) -> SchedulePane:
    return main_screen(pilot).query_one(SchedulePane)


def status(pilot: Pilot[None], shop: str) -> Status | None:
    loaded = main_screen(pilot).loaded
    return loaded.rollout.shop_by_id[shop].status if loaded else None


def stored_status(settings: StoreSettings, shop: str) -> Status:
    with open_store(settings) as store:
        return store.backlog().shop(shop).shop.status
