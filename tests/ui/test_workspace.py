"""What is loaded again after changes is what a program that has just been opened would load."""

from datetime import timedelta
from pathlib import Path

import pytest

from planner.scheduling.limits import Limits
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store, read_folder_content
from planner.studies.planning import plan_checked
from planner.ui.workspace import Loaded, Workspace
from tests.store.folders import TOML, write_folder

SHOPS = "id,name,state,format,priority,published_start\nS1,One,BW,M,5,2021-08-16\nS2,Two,BY,M,5,\nS3,Three,BY,M,5,\n"
LATER = 'name = "Later"\n[set]\nhorizon.last = 2022-07-29\n'


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    """A small rollout in a store."""
    settings = StoreSettings(db=str(tmp_path / "planner.db"), user="ana")
    with open_store(settings) as store:
        store.add(read_folder_content(write_folder(tmp_path / "folder", {"rollout.toml": TOML, "shops.csv": SHOPS})))
    return settings


def loaded_anew(settings: StoreSettings, plan: int | None) -> Loaded:
    """What a program that is just opened shows of a plan."""
    workspace = Workspace(settings)
    workspace.choose("")
    workspace.plan_number = plan
    loaded = workspace.load()
    workspace.close()
    return loaded


def test_after_every_kind_of_change(settings: StoreSettings) -> None:
    workspace = Workspace(settings)
    workspace.choose("")
    ana, ben = workspace.backlog, open_store(settings.model_copy(update={"user": "ben"}))
    other = ben.backlog()

    def kept(scenario: tuple[str, ...] = ()) -> int:
        applied = ana.under(scenario) if scenario else None
        rollout, revision = ana.load() if applied is None else (applied.rollout, applied.revision)
        plan = plan_checked(rollout, Limits(seconds=1, deterministic=True))
        names = () if applied is None else applied.names
        return ana.plans.keep(rollout, plan, revision, scenario=names).number

    def both(step: str) -> Loaded:
        loaded = workspace.load()
        assert loaded == loaded_anew(settings, workspace.plan_number), step
        return loaded

    first = both("no plan yet")
    assert first.plan is None
    ana.edit([Edit(RecordKind.SHOP, "S2", {"priority": "9"})], "priority")
    changed = both("a shop edited")
    assert changed.rollout.shops[0] is first.rollout.shops[0]
    draft = kept()
    planned = both("a plan kept")
    other.edit([Edit(RecordKind.SHOP, "S3", {"name": "Drei"})], "name")
    renamed = both("a shop edited by somebody else")
    assert renamed.plan is planned.plan
    assert renamed.rollout.shop_by_id["S3"].name == "Drei"
    ana.plans.publish(draft)
    published = both("the plan published")
    assert published.against is not None
    assert published.against.shop_by_id["S3"].published_start is None
    assert published.rollout.shop_by_id["S3"].published_start is not None
    other.edit([Edit(RecordKind.SHOP, "S2", {"state": "BW"})], "state")
    both("a shop edited after the publication")
    ana.save_scenario("later", LATER)
    under = kept(("later",))
    both("a plan kept under a scenario, not shown")
    workspace.plan_number = under
    shown = both("that plan chosen")
    assert shown.rollout.last == first.rollout.last + timedelta(days=29)
    other.edit([Edit(RecordKind.SHOP, "S1", {"name": "Eins"})], "name")
    both("a shop edited while it is shown")
    ana.save_scenario("later", LATER.replace("07-29", "07-22"))
    both("its scenario changed")
    workspace.plan_number = draft
    both("the first plan chosen again")
    other.undo()
    both("an edit undone")
    assert workspace.load() == workspace.load()
    ben.close()
    workspace.close()
