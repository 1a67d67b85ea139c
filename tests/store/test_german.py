"""The store in German: the journal is told to each in their own language, and what cannot be done is said in it."""

from pathlib import Path

import pytest

from planner.exchange.problems import InputError
from planner.store.backlog import Backlog
from planner.store.errors import CannotOpenError, CannotUndoError, EditConflictError, NotFoundError
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.wording.kept import kept
from planner.wording.language import Language
from planner.wording.translation import speaking
from tests.store.conftest import OpenStore

SHOP = RecordKind.SHOP
SCENARIO = 'name = "Weniger"\n[set]\nhorizon.last = 2022-05-31\n'


def history(backlog: Backlog) -> list[str]:
    return [entry.what for entry in reversed(backlog.history())]


def test_each_reads_the_journal_in_their_own_language(ana: Backlog) -> None:
    with speaking(Language.GERMAN):
        ana.save_scenario("weniger", SCENARIO)
        ana.edit([Edit(SHOP, "S1", {"priority": "1"})], kept("{shops}: {what}", shops="S1", what=kept("deferred")))
        ana.undo()
        ana.redo()
        told = history(ana)
    assert told == [
        "Import aus einem Ordner",
        "Szenario weniger gespeichert",
        "S1: zurückgestellt",
        "3 rückgängig gemacht: S1: zurückgestellt",
        "3 wiederholt: S1: zurückgestellt",
    ]
    assert history(ana) == [
        "import of a folder",
        "scenario weniger saved",
        "S1: deferred",
        "undo of 3: S1: deferred",
        "redo of 3: S1: deferred",
    ]


def test_a_line_that_somebody_wrote_is_told_as_it_is(ana: Backlog) -> None:
    ana.edit([Edit(SHOP, "S1", {"priority": "1"})], "S1 first")
    with speaking(Language.GERMAN):
        ana.undo()
        assert history(ana)[1:] == ["S1 first", "2 rückgängig gemacht: S1 first"]


def test_a_conflict_names_the_record_and_both_values(ana: Backlog, ben: Backlog) -> None:
    version = ben.shop("S1").version
    ana.edit([Edit(SHOP, "S1", {"priority": "1"})], "first")
    with speaking(Language.GERMAN), pytest.raises(EditConflictError) as caught:
        ben.edit([Edit(SHOP, "S1", {"priority": "3"}, version)], "mine")
    (conflict,) = caught.value.conflicts
    before = conflict.columns[0].before
    with speaking(Language.GERMAN):
        assert str(conflict) == (
            f"Filiale S1: inzwischen von ana geändert, priority war „{before}“ und ist jetzt „1“, Ihr Wert wäre „3“"
        )
    assert str(conflict) == (
        f"shop S1 was changed by ana since you read it: priority was '{before}' and is now '1', yours would be '3'"
    )


def test_what_stands_in_the_way_of_an_undo(ana: Backlog, ben: Backlog) -> None:
    ana.edit([Edit(SHOP, "S1", {"priority": "1"})], "S1 first")
    ben.edit([Edit(SHOP, "S1", {"priority": "3"})], "S1 again")
    with speaking(Language.GERMAN), pytest.raises(CannotUndoError) as caught:
        ana.undo()
    assert str(caught.value).splitlines() == [
        "Eintrag 2, „S1 first“, lässt sich nicht rückgängig machen, weil es spätere Änderungen gibt:",
        "Filiale S1: priority war „1“ und ist jetzt „3“ (Eintrag 3, von ben)",
    ]


def test_wrong_values_and_names(ana: Backlog) -> None:
    with speaking(Language.GERMAN):
        with pytest.raises(InputError) as wrong:
            ana.edit([Edit(SHOP, "S1", {"priority": "77", "prio": "1"})], "S1")
        with pytest.raises(InputError) as value:
            ana.edit([Edit(SHOP, "S1", {"priority": "77"})], "S1")
        with pytest.raises(NotFoundError) as missing:
            ana.edit([Edit(SHOP, "S9", {"priority": "7"})], "S9")
        assert str(wrong.value).startswith("Filiale: Spalte „prio“ ist unbekannt")
        assert str(value.value) == "Filiale S1, priority: darf höchstens 9 sein, ist aber 77"
    assert str(missing.value) == "Filiale „S9“ gibt es in diesem Rollout nicht; nichts wurde geändert."


def test_rollouts_and_databases_that_are_not_there(ana: Backlog, open_as: OpenStore, tmp_path: Path) -> None:
    with speaking(Language.GERMAN):
        with pytest.raises(NotFoundError, match=r"^In der Datenbank gibt es keinen Rollout „nix“\. Vorhanden: „"):
            open_as("ana").backlog("nix")
        with pytest.raises(CannotOpenError, match="ist ein Ordner; geben Sie mit --db oder PLANNER_DB eine Datei an"):
            open_store(StoreSettings(db=str(tmp_path)))
        (tmp_path / "text.db").write_text("no database", encoding="utf-8")
        with pytest.raises(CannotOpenError, match="ist keine Datenbank"):
            open_store(StoreSettings(db=str(tmp_path / "text.db")))
