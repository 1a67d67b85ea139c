"""A scenario adopted: the rollout becomes what the scenario says, in one step that undo takes back."""

import pytest

from planner.exchange.problems import InputError
from planner.store.backlog import Backlog
from planner.store.errors import NotAllowedError, NotFoundError
from planner.store.records import Edit, RecordKind
from planner.store.scenario_texts import name_for

BASE = """\
name = "More hands"
[set]
crews.B1.units = "+1"
[[add.absences]]
crew = "B1"
first = 2021-09-06
last = 2021-09-17
"""
ABOVE = """\
name = "And later"
builds_on = ["base.toml"]
[set]
horizon.last = "+7 days"
"""


def test_the_rollout_becomes_what_the_scenario_says(ana: Backlog) -> None:
    ana.save_scenario("base", BASE)
    ana.save_scenario("above", ABOVE)
    files = ana.folder_files()
    under = ana.under(["above"]).rollout
    adoption = ana.adoption("above")
    assert len(adoption.effects) == 3
    assert set(adoption.dropped) == {"base", "above"}
    entry = ana.adopt(adoption, "the board says so")
    assert (entry.what, entry.why) == ("scenario above adopted", "the board says so")
    now = ana.load()[0]
    assert now.last == under.last
    assert (now.crews, now.shops, set(now.absences)) == (under.crews, under.shops, set(under.absences))
    assert ana.scenarios() == []
    ana.undo()
    assert ana.folder_files() == files


def test_a_scenario_that_others_build_on_stays(ana: Backlog) -> None:
    ana.save_scenario("base", BASE)
    ana.save_scenario("above", ABOVE)
    adoption = ana.adoption("base")
    assert adoption.dropped == ()
    ana.adopt(adoption)
    assert [item.name for item in ana.scenarios()] == ["above", "base"]


def test_nothing_is_adopted_that_was_not_looked_at(ana: Backlog) -> None:
    ana.save_scenario("base", BASE)
    adoption = ana.adoption("base")
    ana.edit([Edit(RecordKind.SHOP, "S1", {"priority": "7"})], "priority")
    with pytest.raises(NotAllowedError, match="was changed since"):
        ana.adopt(adoption)
    with pytest.raises(NotFoundError):
        ana.adoption("bse")
    ana.edit([Edit(RecordKind.CREW, "B1", {"units": "100000"})], "many")
    with pytest.raises(InputError):
        ana.adoption("base")


def test_names_are_made_of_titles() -> None:
    assert name_for("Weihnachten früher: 10 Tage!", ()) == "weihnachten-frueher-10-tage"
    assert name_for("More hands", ("more-hands", "more-hands-2")) == "more-hands-3"
    assert name_for("書店", ()) == "scenario"
    assert len(name_for("x" * 500, ())) <= 40
