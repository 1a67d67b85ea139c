"""Plans are kept as they were checked, published once, and never changed after."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.domain.plan import Cost, Plan
from planner.exchange.plan_json import plan_to_json
from planner.review.check import check
from planner.store.backlog import Backlog
from planner.store.errors import CannotUndoError, NotAllowedError, NotFoundError
from planner.store.kept_plans import FailedCheckError
from planner.store.records import Action, Edit, PlanState, RecordKind
from planner.store.store import read_folder_content
from tests.cli.tiny import BAD_PLAN, NO_PLAN_POSSIBLE, PLAN, remodel, write_rollout
from tests.store.conftest import OpenStore

SHOP = RecordKind.SHOP
TOLD = date(2021, 9, 1)
LATER = replace(PLAN, remodels=(remodel("S1", date(2021, 7, 19), date(2021, 7, 21), {"B1": 1}),))


@pytest.fixture
def tiny(open_as: OpenStore, tmp_path: Path) -> Backlog:
    """A rollout of one shop, which PLAN and LATER are plans of."""
    return open_as("ana").add(read_folder_content(write_rollout(tmp_path / "tiny")))


def keep(backlog: Backlog, plan: Plan, note: str = "") -> int:
    rollout, revision = backlog.load()
    return backlog.plans.keep(rollout, plan, revision, note).number


def changes_since(backlog: Backlog) -> dict[int, int]:
    return {info.number: info.changes_since for info in backlog.plans.all()}


def test_a_plan_is_kept_byte_for_byte(tiny: Backlog) -> None:
    assert keep(tiny, PLAN, "first try") == 1
    assert tiny.plans.document(1).encode() == plan_to_json(PLAN)
    assert tiny.plans.plan(1) == PLAN
    (info,) = tiny.plans.all()
    assert (info.state, info.made_by, info.note, info.remodels) == (PlanState.DRAFT, "ana", "first try", 1)
    assert (info.total, info.gap, info.status, info.changes_since) == (0, 0.0, "optimal", 0)
    assert tiny.history()[0].action is Action.PLAN


def test_a_plan_that_fails_its_check_is_not_kept(tiny: Backlog) -> None:
    with pytest.raises(FailedCheckError) as error:
        keep(tiny, BAD_PLAN)
    assert error.value.violations == check(tiny.load()[0], BAD_PLAN)
    with pytest.raises(NotAllowedError, match="Fixed dates conflict"):
        keep(tiny, NO_PLAN_POSSIBLE)
    assert tiny.plans.all() == []


def test_changes_since_are_counted(tiny: Backlog) -> None:
    keep(tiny, PLAN)
    keep(tiny, LATER)
    tiny.edit([Edit(SHOP, "S1", {"name": "A"})], "a")
    tiny.edit([Edit(SHOP, "S1", {"name": "B"})], "b")
    keep(tiny, PLAN)
    assert changes_since(tiny) == {3: 0, 2: 2, 1: 2}


def test_a_plan_is_not_older_than_its_own_publication(tiny: Backlog) -> None:
    keep(tiny, PLAN)
    keep(tiny, LATER)
    tiny.plans.publish(1)
    assert changes_since(tiny) == {1: 0, 2: 1}
    tiny.plans.publish(2)
    assert changes_since(tiny) == {1: 1, 2: 1}
    tiny.edit([Edit(SHOP, "S1", {"name": "A"})], "a")
    assert changes_since(tiny) == {1: 2, 2: 2}


def test_a_change_and_its_undo_are_no_change_together(tiny: Backlog) -> None:
    keep(tiny, PLAN)
    tiny.edit([Edit(SHOP, "S1", {"name": "A"})], "a")
    tiny.edit([Edit(SHOP, "S1", {"city": "Kiel"})], "b")
    keep(tiny, LATER)
    tiny.undo()
    assert changes_since(tiny) == {1: 1, 2: 1}, "plan 2 was made with what is undone"
    tiny.undo()
    assert changes_since(tiny) == {1: 0, 2: 2}
    tiny.redo()
    assert changes_since(tiny) == {1: 1, 2: 1}
    tiny.redo()
    assert changes_since(tiny) == {1: 2, 2: 0}
    tiny.undo()
    tiny.edit([Edit(SHOP, "S1", {"city": "Bonn"})], "c")
    assert changes_since(tiny) == {1: 2, 2: 2}


def test_publishing_sets_the_starts_and_supersedes(tiny: Backlog, open_as: OpenStore) -> None:
    keep(tiny, PLAN)
    entry = tiny.plans.publish(1, "told the partners")
    assert (entry.action, entry.why) == (Action.PUBLISH, "told the partners")
    assert tiny.shop("S1").shop.published_start == date(2021, 7, 14)
    assert tiny.plans.baseline() == 1
    assert tiny.plans.info(1).published_by == "ana"
    ben = open_as("ben").backlog()
    keep(ben, LATER)
    ben.plans.publish(2)
    assert ben.shop("S1").shop.published_start == date(2021, 7, 19)
    assert [(info.number, info.state) for info in ben.plans.all()] == [
        (2, PlanState.PUBLISHED),
        (1, PlanState.SUPERSEDED),
    ]
    changes = ben.entry(ben.revision()).changes
    assert ("S1", "published_start", "2021-07-14", "2021-07-19") in [
        (change.key, change.column, change.before, change.after) for change in changes
    ]


def with_change_costs(plan: Plan, cents: int) -> Plan:
    """The plan of S1 where its start departs from the one published."""
    cost = Cost(change=cents)
    return replace(plan, remodels=(replace(plan.remodels[0], cost=cost),), cost=cost, total=cents, bound=cents)


@pytest.fixture
def told(open_as: OpenStore, tmp_path: Path) -> Backlog:
    """The rollout of one shop, whose partner was told another start than PLAN's; a change costs 300 EUR."""
    folder = write_rollout(tmp_path / "told")
    toml = (folder / "rollout.toml").read_text(encoding="utf-8")
    (folder / "rollout.toml").write_text(toml + "[costs]\nchange = 300\n", encoding="utf-8")
    (folder / "shops.csv").write_text(f"id,format,region,published_start\nS1,M,North,{TOLD}\n", encoding="utf-8")
    return open_as("ana").add(read_folder_content(folder))


def broken(backlog: Backlog, number: int) -> list[str]:
    kept = backlog.plans.to_use(number)
    assert kept.rollout == backlog.load()[0]
    return [violation.rule for violation in check(kept.against, kept.plan)]


def test_a_published_plan_is_checked_against_the_starts_of_before(told: Backlog) -> None:
    keep(told, with_change_costs(PLAN, 30_000))
    before = told.load()[0]
    told.plans.publish(1)
    assert told.shop("S1").shop.published_start == PLAN.remodels[0].start
    assert "cost" in [violation.rule for violation in check(told.load()[0], told.plans.plan(1))]
    assert told.plans.to_use(1).against == before
    assert broken(told, 1) == []


def test_later_publications_are_taken_back_too(told: Backlog) -> None:
    keep(told, with_change_costs(PLAN, 30_000))
    told.plans.publish(1)
    keep(told, with_change_costs(LATER, 30_000))
    told.plans.publish(2)
    assert told.plans.to_use(1).against.shop_by_id["S1"].published_start == TOLD
    assert told.plans.to_use(2).against.shop_by_id["S1"].published_start == PLAN.remodels[0].start
    assert (broken(told, 1), broken(told, 2)) == ([], [])


def test_a_draft_is_checked_against_the_starts_of_now(told: Backlog) -> None:
    keep(told, with_change_costs(PLAN, 30_000))
    keep(told, with_change_costs(LATER, 30_000))
    told.plans.publish(2)
    assert told.plans.to_use(1).against == told.load()[0]
    told.edit([Edit(SHOP, "S1", {"published_start": PLAN.remodels[0].start.isoformat()})], "told by telephone")
    assert "cost" in broken(told, 1), "a start that is the published one costs no change"


def test_a_published_plan_that_fits_no_more_is_found_out(told: Backlog) -> None:
    keep(told, with_change_costs(PLAN, 30_000))
    told.plans.publish(1)
    told.edit([Edit(SHOP, "S1", {"ready_from": "2021-07-15"})], "permit")
    assert broken(told, 1) == ["ready_from"]
    told.undo()
    assert broken(told, 1) == []
    told.edit([Edit(SHOP, "S1", {"published_start": "2021-10-01"})], "told by telephone")
    assert told.plans.to_use(1).against == told.load()[0], "what no publication made is not taken back"


def test_a_first_publication_is_taken_back_to_no_start(tiny: Backlog) -> None:
    keep(tiny, PLAN)
    tiny.plans.publish(1)
    assert tiny.plans.to_use(1).against.shop_by_id["S1"].published_start is None


def test_a_published_plan_stays(tiny: Backlog) -> None:
    keep(tiny, PLAN)
    tiny.plans.publish(1)
    with pytest.raises(NotAllowedError, match="already published"):
        tiny.plans.publish(1)
    with pytest.raises(NotAllowedError, match="only drafts can be dropped"):
        tiny.plans.drop(1)
    with pytest.raises(CannotUndoError, match="people were told"):
        tiny.undo()
    assert tiny.plans.document(1).encode() == plan_to_json(PLAN)
    assert tiny.shop("S1").shop.published_start == date(2021, 7, 14)


def test_a_plan_that_no_longer_fits_is_not_published(tiny: Backlog) -> None:
    keep(tiny, PLAN)
    tiny.edit([Edit(SHOP, "S1", {"ready_from": "2021-07-15"})], "permit")
    with pytest.raises(FailedCheckError, match="no longer fits"):
        tiny.plans.publish(1)
    assert tiny.shop("S1").shop.published_start is None
    tiny.undo()
    tiny.plans.publish(1)


def test_a_shop_without_a_date_loses_its_published_start(tiny: Backlog) -> None:
    keep(tiny, PLAN)
    tiny.plans.publish(1)
    tiny.edit([Edit(SHOP, "S1", {"status": "deferred"})], "put off")
    without = replace(PLAN, remodels=(), cost=Cost(), shortfall=1, milestones=(replace(PLAN.milestones[0], planned=0),))
    keep(tiny, without)
    tiny.plans.publish(2)
    assert tiny.shop("S1").shop.published_start == date(2021, 7, 14), "a shop that is in no plan was told nothing new"


def test_dropping_a_draft_can_be_undone(tiny: Backlog) -> None:
    keep(tiny, PLAN)
    tiny.plans.drop(1)
    assert tiny.plans.all() == []
    assert [info.state for info in tiny.plans.all(with_dropped=True)] == [PlanState.DROPPED]
    with pytest.raises(NotAllowedError, match="dropped; undo that first"):
        tiny.plans.publish(1)
    tiny.undo()
    tiny.plans.publish(1)
    with pytest.raises(CannotUndoError):
        tiny.redo()


def test_what_differs_between_two_plans(tiny: Backlog) -> None:
    keep(tiny, PLAN)
    keep(tiny, LATER)
    found = tiny.plans.difference(1, 2)
    (move,) = found.shops
    assert (move.shop, move.days, move.start_before, move.start_after) == (
        "S1",
        5,
        date(2021, 7, 14),
        date(2021, 7, 19),
    )
    assert not move.other_crews
    same = tiny.plans.difference(1, 1)
    assert (same.shops, same.unchanged) == ((), 1)


def test_a_plan_that_is_not_there(tiny: Backlog) -> None:
    for ask in (
        tiny.plans.plan,
        tiny.plans.to_use,
        tiny.plans.info,
        tiny.plans.publish,
        tiny.plans.drop,
        tiny.plans.document,
    ):
        with pytest.raises(NotFoundError, match="There is no plan 7"):
            ask(7)


def test_notes_come_and_go_and_states_keep_them(tiny: Backlog) -> None:
    keep(tiny, PLAN, "first try")
    entry = tiny.plans.annotate(1, "for the board")
    assert (entry.what, tiny.plans.info(1).note) == ("note of plan 1", "for the board")
    tiny.plans.drop(1)
    with pytest.raises(NotAllowedError, match="is dropped"):
        tiny.plans.annotate(1, "too late")
    tiny.undo()
    assert (tiny.plans.info(1).note, tiny.plans.info(1).state) == ("for the board", PlanState.DRAFT)
    tiny.undo()
    assert tiny.plans.info(1).note == "first try"
    tiny.plans.annotate(1, "")
    tiny.undo()
    tiny.plans.publish(1)
    assert tiny.plans.info(1).note == "first try"


def test_what_publishing_would_change_is_what_it_changes(tiny: Backlog) -> None:
    keep(tiny, PLAN)
    assert tiny.plans.starts_to_publish(1) == {"S1": (None, date(2021, 7, 14))}
    tiny.plans.publish(1)
    with pytest.raises(NotAllowedError, match="already published"):
        tiny.plans.starts_to_publish(1)
    keep(tiny, LATER)
    assert tiny.plans.starts_to_publish(2) == {"S1": (date(2021, 7, 14), date(2021, 7, 19))}
