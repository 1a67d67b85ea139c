"""Scenarios as records: checked as files are, journaled, undone, taken along by folders, planned under."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.domain.plan import Plan
from planner.exchange.folder import read_folder
from planner.exchange.problems import InputError
from planner.exchange.scenario_file import find_scenarios, read_scenarios
from planner.exchange.scenarios import apply_scenarios, read_rollout
from planner.review.check import check
from planner.scheduling.limits import Limits
from planner.store.backlog import Backlog
from planner.store.errors import CannotUndoError, EditConflictError, NotAllowedError, NotFoundError
from planner.store.kept_plans import FailedCheckError
from planner.store.records import Edit, RecordKind
from planner.store.store import read_folder_content
from tests.store.conftest import OpenStore
from tests.store.folders import TOML, write_folder

LATER = """\
# Why one would ask.
name = "Permits come late"
why = "The town takes its time."
[[shops]]
where = 'tag:pilot status:backlog'
set.ready_from = 2021-10-04
"""
MORE = """\
name = "And one more builder"
builds_on = ["later.toml"]
[set]
crews.B1.units = "+1"
"""


def messages(caught: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [str(problem) for problem in caught.value.problems]


def test_a_scenario_is_kept_changed_dropped_and_each_is_one_step(ana: Backlog) -> None:
    saved = ana.save_scenario("later", LATER, "asked by the board")
    assert saved.entry is not None
    assert (saved.entry.what, saved.entry.why) == ("scenario later saved", "asked by the board")
    (stored,) = ana.scenarios()
    assert (stored.name, stored.toml, stored.scenario.name) == ("later", LATER, "Permits come late")
    assert stored.version == saved.entry.revision
    assert ana.save_scenario("later", LATER).entry is None
    ana.save_scenario("later", LATER.replace("10-04", "11-02"), expected=stored.version)
    ana.drop_scenario("later")
    assert ana.scenarios() == []
    ana.undo()
    assert "11-02" in ana.scenario("later").toml
    ana.undo()
    assert ana.scenario("later").toml == LATER
    ana.undo()
    assert ana.scenarios() == []
    for _ in range(3):
        ana.redo()
    assert ana.scenarios() == []


def test_it_is_judged_as_a_file_is_with_the_same_words(ana: Backlog, tmp_path: Path) -> None:
    wrong = 'name = "x"\n[set]\ncosts.footfal = 1.0\n[[shops]]\nwhere = "tag:pilott"\nset.priority = 1\n'
    for text in (wrong, "name = 3\n", "name = \n", ""):
        with pytest.raises(InputError) as kept:
            ana.save_scenario("mine", text)
        folder = write_folder(tmp_path / "f", {"scenarios/mine.toml": text})
        with pytest.raises(InputError) as filed:
            apply_scenarios(read_rollout(folder), read_scenarios(find_scenarios(folder)))
        assert messages(kept) == messages(filed)
    assert ana.scenarios() == []
    assert ana.revision() == 1


@pytest.mark.parametrize("name", ["", "a/b", "..", ".x", "a\nb", " a", "x" * 101, "a:b", "con|x", "\ud800"])
def test_a_name_must_serve_as_that_of_a_file(ana: Backlog, name: str) -> None:
    with pytest.raises(InputError, match="scenario"):
        ana.save_scenario(name, LATER)


def test_what_no_database_can_hold_is_refused(ana: Backlog) -> None:
    for text in (LATER + "# \ud800", LATER + '\nx = "\0"'):
        with pytest.raises(InputError):
            ana.save_scenario("later", text)


def test_one_that_builds_on_another(ana: Backlog) -> None:
    with pytest.raises(InputError, match=r"more.toml, builds_on: unknown scenario 'later'"):
        ana.save_scenario("more", MORE)
    ana.save_scenario("later", LATER)
    ana.save_scenario("more", MORE)
    assert [item.builds_on for item in ana.scenarios()] == [(), ("later",)]
    with pytest.raises(NotAllowedError, match="'more' builds on it"):
        ana.drop_scenario("later")
    with pytest.raises(InputError, match="builds on this one in turn"):
        ana.save_scenario("later", 'builds_on = ["more.toml"]\n' + LATER)
    with pytest.raises(CannotUndoError, match="unknown scenario 'later'"):
        ana.undo(2)
    under = ana.under(["more"])
    assert under.titles == ("Permits come late", "And one more builder")
    assert under.rollout.crew_by_id["B1"].units == 3
    assert str(under.rollout.shop_by_id["S1"].ready_from) == "2021-10-04"
    assert len(under.effects) == 2
    assert ana.load()[0].crew_by_id["B1"].units == 2


def test_what_was_odd_before_is_not_told_as_the_scenarios(ana: Backlog) -> None:
    ana.edit([Edit(RecordKind.SHOP, "S5", {"due_by": "2021-08-02", "ready_from": "2021-08-09"})], "too late")
    saved = ana.save_scenario("later", LATER)
    assert saved.warnings == ()
    told = ana.save_scenario("odd", LATER + "set.due_by = 2021-09-01\n").warnings
    assert ["odd.toml, shop S1, due_by" in str(problem) for problem in told] == [True]
    added = LATER + '[[add.crews]]\nid = "B9"\ntrade = "builder"\nunits = 0\n'
    with pytest.raises(InputError, match=r"odd.toml, crews.csv.*units"):
        ana.save_scenario("odd", added)


def test_what_it_says_of_the_rollout_is_judged_when_it_is_applied(ana: Backlog) -> None:
    ana.save_scenario("later", LATER)
    with pytest.raises(NotFoundError, match="did you mean 'later'"):
        ana.under(["latr"])
    ana.edit([Edit(RecordKind.SHOP, "S1", {"tags": ""})], "no pilot")
    with pytest.raises(InputError, match="no shop matches"):
        ana.under(["later"])
    assert [item.name for item in ana.scenarios()] == ["later"]


def test_two_who_change_the_same_scenario(ana: Backlog, ben: Backlog) -> None:
    ana.save_scenario("later", LATER)
    version = ben.scenario("later").version
    ana.save_scenario("later", LATER.replace("10-04", "11-02"))
    with pytest.raises(EditConflictError, match="scenario later was changed by ana"):
        ben.save_scenario("later", LATER.replace("10-04", "12-01"), expected=version)
    with pytest.raises(CannotUndoError, match="later changes"):
        ana.undo(2)
    ana.drop_scenario("later")
    with pytest.raises(EditConflictError, match="removed by ana"):
        ben.save_scenario("later", LATER, expected=version)


def test_folders_bring_them_and_take_them_along(open_as: OpenStore, tmp_path: Path) -> None:
    files = {"scenarios/later.toml": LATER, "scenarios/Möhr.toml": MORE, "scenarios/notes.txt": "not mine"}
    folder = write_folder(tmp_path / "in", files)
    backlog = open_as("ana").add(read_folder_content(folder))
    assert [item.name for item in backlog.scenarios()] == ["Möhr", "later"]
    out = write_folder(tmp_path / "out", backlog.folder_files())
    assert {path.name: path.read_text() for path in find_scenarios(out)} == {"later.toml": LATER, "Möhr.toml": MORE}
    assert not backlog.compare(read_folder_content(out)).changes
    (out / "scenarios" / "Möhr.toml").unlink()
    (out / "scenarios" / "later.toml").write_text(LATER.replace("10-04", "11-02"))
    update = backlog.compare(read_folder_content(out))
    assert {(change.kind, change.key, change.after is None) for change in update.changes} == {
        (RecordKind.SCENARIO, "later", False),
        (RecordKind.SCENARIO, "Möhr", True),
    }
    backlog.update(update)
    assert [item.name for item in backlog.scenarios()] == ["later"]
    backlog.undo()
    assert [item.name for item in backlog.scenarios()] == ["Möhr", "later"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.toml", "name = 1", "a.toml, name"),
        ("a.toml", LATER.replace("[[shops]]", 'builds_on = ["../b.toml"]\n[[shops]]'), "unknown scenario"),
        ("a.toml", "name = [", "a.toml, line 1"),
        ("a?.toml", LATER, "has no '?'"),
    ],
)
def test_a_folder_with_a_wrong_scenario_is_not_taken_in(tmp_path: Path, name: str, text: str, said: str) -> None:
    folder = write_folder(tmp_path / "in", {f"scenarios/{name}": text})
    with pytest.raises(InputError) as caught:
        read_folder_content(folder)
    assert said in "\n".join(messages(caught))


PAST = "planned_days,actual_days,phase\n" + "".join(f"4,{3 + job % 3},Build\n" for job in range(12))
RISKY = TOML + '\n[risk]\nactuals = "past.csv"\n'


def test_past_jobs_go_in_and_out(open_as: OpenStore, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "in", {"rollout.toml": RISKY, "past.csv": PAST})
    backlog = open_as("ana").add(read_folder_content(folder))
    assert backlog.load()[0] == read_folder(folder)[0]
    assert backlog.load()[0].risk.spreads
    out = write_folder(tmp_path / "out", backlog.folder_files())
    assert (out / "past.csv").read_text() == PAST
    (out / "past.csv").write_text(PAST.replace("4,5", "4,6"))
    backlog.update(backlog.compare(read_folder_content(out)))
    assert backlog.load()[0] == read_folder(out)[0]
    backlog.undo()
    assert backlog.load()[0] == read_folder(folder)[0]
    backlog.update(backlog.compare(read_folder_content(write_folder(tmp_path / "plain"))))
    assert "past.csv" not in backlog.folder_files()


def plan_of(backlog: Backlog, *names: str) -> Plan:
    from planner.scheduling.solve import solve  # noqa: PLC0415

    under = backlog.under(names)
    plan = solve(under.rollout, Limits(seconds=2, workers=1, deterministic=True))
    assert not check(under.rollout, plan)
    return replace(plan, scenario=under.titles or None)


def test_a_plan_under_a_scenario_says_so_and_does_not_become_the_baseline(ana: Backlog) -> None:
    ana.save_scenario("later", LATER)
    under = ana.under(["later"])
    info = ana.plans.keep(under.rollout, plan_of(ana, "later"), under.revision, scenario=under.names)
    assert info.scenario == ("later",)
    assert info.changes_since == 0
    assert ana.plans.plan(info.number).scenario == ("Permits come late",)
    assert ana.history()[0].what == "plan 1 kept, under scenario later"
    used = ana.plans.to_use(info.number)
    assert not check(used.against, used.plan)
    assert str(used.rollout.shop_by_id["S1"].ready_from) == "2021-10-04"
    plain = plan_of(ana)
    with pytest.raises(FailedCheckError, match="was not kept"):
        ana.plans.keep(ana.under(["later"]).rollout, plain, under.revision)
    kept = ana.plans.keep(ana.load()[0], plain, ana.revision())
    assert (kept.scenario, ana.plans.newest()) == ((), kept)
    again = ana.plans.keep(under.rollout, plan_of(ana, "later"), under.revision, scenario=under.names)
    assert ana.plans.newest() == kept
    ana.save_scenario("later", LATER.replace("10-04", "11-02"))
    assert ana.plans.info(again.number).changes_since == 1
    assert ana.plans.info(kept.number).changes_since == 0


def test_publishing_one_asks_whether_it_fits_the_rollout_as_it_is(ana: Backlog) -> None:
    more = 'name = "More"\n[set]\ncosts.uplift = 0.5\n[[shops]]\nwhere = "S1"\nset.weekly_revenue = 9000\n'
    ana.save_scenario("more", more)
    under = ana.under(["more"])
    info = ana.plans.keep(under.rollout, plan_of(ana, "more"), under.revision, scenario=under.names)
    with pytest.raises(FailedCheckError, match=r"made under scenario more and does not fit the rollout as it is"):
        ana.plans.publish(info.number)
    assert ana.plans.baseline() is None
    ana.save_scenario("nothing", 'name = "Nothing"\n[[crews]]\nwhere = { id = "B1" }\nset.name = "Bob"\n')
    same = ana.under(["nothing"])
    fits = ana.plans.keep(same.rollout, plan_of(ana, "nothing"), same.revision, scenario=same.names)
    ana.plans.publish(fits.number)
    assert ana.plans.baseline() == fits.number
    ana.drop_scenario("nothing")
    used = ana.plans.to_use(fits.number)
    assert not check(used.against, used.plan)
    ana.drop_scenario("more")
    with pytest.raises(NotFoundError, match="no such scenario"):
        ana.plans.to_use(info.number)
