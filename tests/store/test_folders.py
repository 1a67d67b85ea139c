"""Folders in and out: taken in again, an export is the same rollout."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, reject, settings

from planner.domain.rollout import Rollout
from planner.exchange.folder import read_folder
from planner.exchange.problems import InputError
from planner.store.backlog import Backlog
from planner.store.errors import NotAllowedError
from planner.store.records import Edit, RecordKind
from planner.store.store import read_folder_content
from tests.store.conftest import OpenStore
from tests.store.folders import CREWS, SHOPS, TOML, write_folder, write_rollout
from tests.tiny_rollouts import rollouts

ROOT = Path(__file__).parents[2]


def exported(backlog: Backlog, folder: Path) -> Path:
    return write_folder(folder, backlog.folder_files())


def test_the_shipped_rollout_goes_in_and_out(open_as: OpenStore, tmp_path: Path) -> None:
    content = read_folder_content(ROOT / "schedules" / "rollout-2021")
    backlog = open_as().add(content)
    assert backlog.load()[0] == content.rollout
    assert read_folder(exported(backlog, tmp_path / "out"))[0] == content.rollout


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rollout=rollouts())
def test_any_rollout_goes_in_and_out(open_as: OpenStore, tmp_path: Path, rollout: Rollout) -> None:
    store = open_as()
    name = f"{rollout.name} {len(store.rollouts())}"
    try:
        content = read_folder_content(write_rollout(tmp_path / "in", replace(rollout, name=name)))
    except InputError:  # some made-up crews leave before they come, which a folder may not say
        reject()
    assert content.rollout == replace(rollout, name=name)
    backlog = store.add(content)
    assert backlog.load()[0] == content.rollout
    again = read_folder_content(exported(backlog, tmp_path / "out"))
    assert again.rollout == content.rollout
    assert not backlog.compare(again).changes
    store.close()


def test_unknown_columns_comments_and_order_survive(ana: Backlog, tmp_path: Path) -> None:
    out = exported(ana, tmp_path / "out")
    assert (out / "rollout.toml").read_text() == TOML
    again = read_folder_content(out)
    first = read_folder_content(tmp_path / "folder")
    assert again == first
    assert again.unknown == {"shops.csv": ("colour", "floor"), "crews.csv": ("phone",), "absences.csv": ("seen",)}
    assert [shop.extra for shop in again.rollout.shops[:2]] == [(("colour", "red"),), (("floor", "2"),)]
    assert again.records[RecordKind.CREW]["V1"]["phone"] == "123"
    assert again.records[RecordKind.ABSENCE]["1"]["seen"] == "yes"


def test_a_wrong_folder_is_not_taken_in(open_as: OpenStore, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "bad", {"shops.csv": SHOPS.replace(",M,9,", ",Q,99,"), "crews.csv": "id\nB1\n"})
    with pytest.raises(InputError) as error:
        open_as().add(read_folder_content(folder))
    assert {problem.file for problem in error.value.problems} == {"shops.csv", "crews.csv"}
    assert open_as().rollouts() == ()


def test_each_missing_file_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(InputError) as told:
        read_folder_content(tmp_path)
    assert [problem.file for problem in told.value.problems] == ["rollout.toml", "shops.csv", "crews.csv"]


def test_a_text_too_long_for_an_index_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="S1: has 501 characters"):
        read_folder_content(write_folder(tmp_path / "long", {"shops.csv": SHOPS.replace("Laden Ulm", "x" * 501)}))


def test_a_second_rollout_of_a_name_is_refused(ana: Backlog, open_as: OpenStore, tmp_path: Path) -> None:
    with pytest.raises(NotAllowedError, match="already has a rollout 'Test'"):
        open_as().add(read_folder_content(tmp_path / "folder"))
    other = read_folder_content(write_folder(tmp_path / "other", {"rollout.toml": TOML.replace('"Test"', '"Other"')}))
    open_as().add(other)
    assert [info.name for info in open_as().rollouts()] == ["Other", "Test"]


def test_an_update_makes_the_rollout_what_the_folder_says(ana: Backlog, ben: Backlog, tmp_path: Path) -> None:
    shops = SHOPS.replace("Laden Hof", "Laden Hof am Main").replace("S5,", "S0,").replace("S4,", "S44,")
    folder = write_folder(
        tmp_path / "new",
        {
            "rollout.toml": TOML.replace('"Test"', '"Renamed"').replace("days = 4", "days = 5"),
            "shops.csv": shops,
            "crews.csv": CREWS + "B3,builder,1,,\n",
            "absences.csv": "crew,first,last\nB3,2021-08-02,2021-08-06\n",
        },
    )
    before = ana.load()[0]
    content = read_folder_content(folder)
    update = ana.compare(content)
    assert update.counts == {
        (RecordKind.SETTINGS, "changed"): 1,
        (RecordKind.CREW, "added"): 1,
        (RecordKind.SHOP, "removed"): 2,
        (RecordKind.SHOP, "added"): 2,
        (RecordKind.SHOP, "changed"): 1,
        (RecordKind.ABSENCE, "removed"): 2,
        (RecordKind.ABSENCE, "added"): 1,
    }
    assert ana.load()[0] == before, "nothing happens before it is asked for"
    entry = ana.update(update, "folder new")
    assert ana.load()[0] == content.rollout
    assert ana.name == "Renamed"
    assert ben.load()[0] == content.rollout
    assert entry.records == len(update.changes)
    assert not ana.compare(content).changes
    ana.undo()
    restored = ana.load()[0]
    assert set(restored.shops) == set(before.shops)
    assert replace(restored, shops=(), crews=(), absences=()) == replace(before, shops=(), crews=(), absences=())
    assert set(restored.crews) == set(before.crews)
    assert set(restored.absences) == set(before.absences)
    ana.redo()
    assert set(ana.load()[0].shops) == set(content.rollout.shops)


def test_an_update_is_refused_after_a_change_in_between(ana: Backlog, ben: Backlog, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "new", {"shops.csv": SHOPS.replace("Laden Hof", "Laden Höfe")})
    update = ana.compare(read_folder_content(folder))
    ben.edit([Edit(RecordKind.SHOP, "S2", {"name": "Bens Laden"})], "renamed")
    with pytest.raises(NotAllowedError, match="Look again"):
        ana.update(update)
    assert ana.shop("S2").shop.name == "Bens Laden"
