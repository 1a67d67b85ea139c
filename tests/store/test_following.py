"""A rollout that is kept up to date by what the journal says is the one that is read whole, whatever was changed."""

import random
from pathlib import Path

import pytest

from planner.exchange.problems import InputError
from planner.store import following
from planner.store.backlog import Backlog
from planner.store.errors import StoreError
from planner.store.records import Edit, RecordKind
from planner.store.store import read_folder_content
from tests.store.folders import CREWS, SHOPS, TOML, write_folder

CITIES = ("Ulm", "Hof", "")
STEPS = 40


class Coordinator:
    """Somebody who does something at random, by the one door there is."""

    def __init__(self, backlog: Backlog, chance: random.Random, folder: Path) -> None:
        self.backlog, self.chance, self.folder = backlog, chance, folder

    def act(self) -> None:
        """Does one thing; what the store refuses is not done."""
        deed = self.chance.choice(
            [
                self.edit,
                self.edit,
                self.add,
                self.remove,
                self.undo,
                self.redo,
                self.edit_crew,
                self.absence,
                self.update,
            ]
        )
        try:
            deed()
        except (StoreError, InputError):
            return

    def edit(self) -> None:
        ids = list(self.backlog.versions())
        chosen = self.chance.sample(ids, self.chance.randint(1, min(3, len(ids))))
        cells = {"city": self.chance.choice(CITIES), "priority": str(self.chance.randint(1, 9))}
        state = {"state": self.chance.choice(("BY", "BW")), "colour": self.chance.choice(("green", ""))}
        changed = self.chance.choice((cells, state))
        self.backlog.edit([Edit(RecordKind.SHOP, shop, changed) for shop in chosen], "edit")

    def add(self) -> None:
        edit = Edit(RecordKind.SHOP, f"N{self.chance.randint(1, 4)}", {"format": "M", "city": "Neu"}, is_new=True)
        self.backlog.edit([edit], "new")

    def remove(self) -> None:
        self.backlog.edit([Edit(RecordKind.SHOP, self.chance.choice(list(self.backlog.versions())), None)], "gone")

    def undo(self) -> None:
        self.backlog.undo()

    def redo(self) -> None:
        self.backlog.redo()

    def edit_crew(self) -> None:
        self.backlog.edit([Edit(RecordKind.CREW, "B1", {"units": str(self.chance.randint(1, 5))})], "crew")

    def absence(self) -> None:
        cells = {"crew": "B1", "first": "2021-09-01", "last": f"2021-09-{self.chance.randint(10, 20)}"}
        self.backlog.edit([Edit(RecordKind.ABSENCE, "", cells, is_new=True)], "absence")

    def update(self) -> None:
        """Takes in a folder with other shops, columns and settings."""
        rows = SHOPS.replace("Laden", self.chance.choice(("Laden", "Shop")))
        rows = rows.replace("colour", self.chance.choice(("colour", "shade")))
        toml = TOML.replace("2022-06-30", self.chance.choice(("2022-06-30", "2022-07-29")))
        toml = toml.replace('"Test"', f'"{self.backlog.name}"')
        files = {"shops.csv": rows, "rollout.toml": toml, "crews.csv": CREWS}
        content = read_folder_content(write_folder(self.folder, files))
        self.backlog.update(self.backlog.compare(content))


@pytest.mark.parametrize("seed", range(2))
def test_what_is_followed_is_what_is_there(ana: Backlog, ben: Backlog, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    coordinators = [Coordinator(backlog, chance, tmp_path / "update") for backlog in (ana, ben)]
    known, revision = ana.load()
    seen = set()
    for _ in range(STEPS):
        for _ in range(chance.choice((0, 1, 1, 3))):
            chance.choice(coordinators).act()
        known, revision = ana.load_after(known, revision)
        assert (known, revision) == ben.load()
        seen.add(revision)
    assert len(seen) > STEPS / 3


def test_what_did_not_change_is_the_same(ana: Backlog, ben: Backlog) -> None:
    known, revision = ana.load()
    assert ana.load_after(known, revision) == (known, revision)
    ben.save_scenario("later", 'name = "Later"\n[set]\nhorizon.last = 2022-07-29\n')
    after, revision = ana.load_after(known, revision)
    assert after is known, "a scenario is no part of the rollout"
    ben.edit([Edit(RecordKind.SHOP, "S2", {"city": "Rehau"})], "moved")
    after, revision = ana.load_after(known, revision)
    assert after.shop_by_id["S2"].city == "Rehau"
    assert [now is before for now, before in zip(after.shops, known.shops, strict=True)] == [
        shop.id != "S2" for shop in known.shops
    ]
    assert after.crews is known.crews


def test_many_changes_are_read_at_once(ana: Backlog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MANY", 2)
    known, revision = ana.load()
    for changed in (2, 3):
        edits = [Edit(RecordKind.SHOP, f"S{number}", {"city": f"C{changed}"}) for number in range(1, changed + 1)]
        ana.edit(edits, "cities")
        after, now = ana.load_after(known, revision)
        assert (after, now) == ana.load()
        assert (after.shops[4] is known.shops[4]) == (changed == 2)
