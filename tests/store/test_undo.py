"""Undo and redo: each user's own, across restarts, and never over what came later."""

import pytest

from planner.store.backlog import Backlog
from planner.store.errors import CannotUndoError
from planner.store.records import Action, Edit, EntryState, RecordKind
from tests.store.conftest import OpenStore

SHOP, CREW, ABSENCE = RecordKind.SHOP, RecordKind.CREW, RecordKind.ABSENCE


def edit(backlog: Backlog, shop: str, **cells: str) -> int:
    entry = backlog.edit([Edit(SHOP, shop, cells)], f"{shop} {cells}").entry
    assert entry is not None
    return entry.revision


def test_any_number_of_steps_there_and_back(ana: Backlog) -> None:
    states = [ana.load()[0]]
    for number in range(1, 6):
        edit(ana, "S1", priority=str(number if number < 5 else 9))
        states.append(ana.load()[0])
    for state in reversed(states[:-1]):
        ana.undo()
        assert ana.load()[0] == state
    with pytest.raises(CannotUndoError, match="nothing of yours"):
        ana.undo()
    for state in states[1:]:
        ana.redo()
        assert ana.load()[0] == state
    with pytest.raises(CannotUndoError, match="to redo"):
        ana.redo()


def test_across_restarts(ana: Backlog, open_as: OpenStore) -> None:
    edit(ana, "S1", priority="1")
    edit(ana, "S2", priority="1")
    open_as("ana").backlog().undo()
    again = open_as("ana").backlog()
    assert again.undo().what.startswith("S1")
    assert open_as("ana").backlog().redo().what.startswith("S1")
    assert [again.shop(shop).shop.priority for shop in ("S1", "S2")] == [1, 9]


def test_what_would_be_undone_is_told(ana: Backlog) -> None:
    assert ana.undoable() is None
    assert ana.redoable() is None
    revision = edit(ana, "S1", priority="1")
    undoable = ana.undoable()
    assert undoable is not None
    assert undoable.revision == revision
    ana.undo()
    redoable = ana.redoable()
    assert redoable is not None
    assert redoable.revision == revision


def test_a_new_change_ends_redo(ana: Backlog) -> None:
    edit(ana, "S1", priority="1")
    edit(ana, "S1", priority="2")
    ana.undo()
    edit(ana, "S2", priority="3")
    with pytest.raises(CannotUndoError):
        ana.redo()
    ana.undo()
    assert ana.undo().what == "S1 {'priority': '1'}"
    ana.redo()
    ana.redo()
    assert [ana.shop(shop).shop.priority for shop in ("S1", "S2")] == [1, 3]


def test_each_user_undoes_their_own(ana: Backlog, ben: Backlog) -> None:
    edit(ana, "S1", priority="1")
    edit(ben, "S2", priority="2")
    ana.undo()
    assert [ana.shop(shop).shop.priority for shop in ("S1", "S2")] == [5, 2]
    ben.undo()
    assert ana.shop("S2").shop.priority == 9


def test_others_columns_of_the_same_shop_stay(ana: Backlog, ben: Backlog) -> None:
    edit(ana, "S1", priority="1")
    edit(ben, "S1", city="Neu-Ulm")
    ana.undo()
    shop = ana.shop("S1").shop
    assert (shop.priority, shop.city) == (5, "Neu-Ulm")


def test_what_others_changed_is_not_trampled(ana: Backlog, ben: Backlog) -> None:
    edit(ana, "S1", priority="1")
    later = edit(ben, "S1", priority="2")
    with pytest.raises(CannotUndoError) as error:
        ana.undo()
    (obstacle,) = error.value.obstacles
    assert (obstacle.kind, obstacle.key) == ("shop", "S1")
    assert obstacle.text == f"priority was '1' and is now '2' (entry {later}, by ben)"
    assert ana.shop("S1").shop.priority == 2
    ben.undo()
    ana.undo()
    assert ana.shop("S1").shop.priority == 5


def test_one_step_takes_back_a_bulk_edit_or_none_of_it(ana: Backlog, ben: Backlog) -> None:
    before = ana.load()[0]
    ana.edit([Edit(SHOP, shop, {"due_by": "2022-01-31"}) for shop in ana.versions()], "bulk")
    edit(ben, "S2", due_by="2022-02-28")
    with pytest.raises(CannotUndoError):
        ana.undo()
    assert ana.shop("S1").shop.due_by is not None
    ben.undo()
    ana.undo()
    assert ana.load()[0] == before


def test_an_added_shop_that_others_changed_stays(ana: Backlog, ben: Backlog) -> None:
    ana.edit([Edit(SHOP, "N1", {"format": "M"}, is_new=True)], "added")
    edit(ben, "N1", city="Ulm")
    with pytest.raises(CannotUndoError, match="city was '' and is now 'Ulm'"):
        ana.undo()
    ben.undo()
    ana.undo()
    assert "N1" not in ana.versions()
    ana.redo()
    assert ana.shop("N1").shop.format == "M"


def test_an_undo_that_would_leave_a_wrong_rollout_is_refused(ana: Backlog, ben: Backlog) -> None:
    ana.edit([Edit(SHOP, "N1", {"format": "M"}, is_new=True)], "added")
    edit(ben, "S5", after="N1")
    with pytest.raises(CannotUndoError) as error:
        ana.undo()
    assert "unknown shop 'N1'" in str(error.value)
    assert ana.shop("N1").shop.id == "N1"


def test_removed_records_come_back_in_their_place(ana: Backlog) -> None:
    before = ana.load()[0]
    ana.edit([Edit(CREW, "B2", None), Edit(ABSENCE, "1", None)], "gone")
    assert len(ana.crews()) == 2
    ana.undo()
    assert ana.load()[0] == before
    assert [item.number for item in ana.absences()] == [1, 2]


def test_a_named_entry_of_somebody_else(ana: Backlog, ben: Backlog) -> None:
    revision = edit(ana, "S1", priority="1")
    edit(ana, "S2", priority="1")
    assert ben.undo(revision).who == "ana"
    assert [ana.shop(shop).shop.priority for shop in ("S1", "S2")] == [5, 1]
    with pytest.raises(CannotUndoError, match="already undone"):
        ana.undo(revision)
    ben.redo()
    assert ana.shop("S1").shop.priority == 1
    with pytest.raises(CannotUndoError, match="no entry 99"):
        ana.undo(99)
    with pytest.raises(CannotUndoError, match="nothing that can be undone"):
        ana.undo(1)


def test_the_journal_notes_all_of_it(ana: Backlog, ben: Backlog) -> None:
    ana.edit([Edit(SHOP, "S1", {"priority": "1"})], "first", "partner asked")
    edit(ben, "S2", tags="vip")
    ana.undo()
    ana.redo()
    entries = ana.history()
    assert [(entry.action, entry.who) for entry in entries] == [
        (Action.REDO, "ana"),
        (Action.UNDO, "ana"),
        (Action.CHANGE, "ben"),
        (Action.CHANGE, "ana"),
        (Action.NEW, "ana"),
    ]
    first = entries[3]
    assert (first.what, first.why, first.state) == ("first", "partner asked", EntryState.DONE)
    (change,) = first.changes
    assert (change.key, change.column, change.before, change.after) == ("S1", "priority", "5", "1")
    assert [entry.revision for entry in ana.history("S2")] == [3]
    assert [entry.revision for entry in ana.history(before=3, limit=1)] == [2]
    assert entries[0].target == entries[1].target == first.revision
