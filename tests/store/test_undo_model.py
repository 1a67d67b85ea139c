"""Random edits, undos and redos of two users, against a plain model of what should be there."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.store.backlog import Backlog
from planner.store.errors import CannotUndoError
from planner.store.records import Edit, RecordKind
from planner.store.store import read_folder_content
from tests.store.conftest import OpenStore
from tests.store.folders import TOML, write_folder

Cells = dict[str, dict[str, str]]
SHOPS = ("S1", "S2", "S5")
VALUES = {"priority": ("1", "5", "9"), "city": ("Ulm", "Hof", ""), "tags": ("a", "a|b", "")}
STEPS = st.one_of(
    st.tuples(
        st.just("edit"),
        st.sampled_from(("ana", "ben")),
        st.dictionaries(
            st.sampled_from(SHOPS),
            st.fixed_dictionaries({}, optional={name: st.sampled_from(texts) for name, texts in VALUES.items()}),
            min_size=1,
        ),
    ),
    st.tuples(st.sampled_from(("undo", "redo")), st.sampled_from(("ana", "ben")), st.none()),
)


@dataclass
class Done:
    """An edit as the model remembers it: shop and column to before and after."""

    cells: dict[tuple[str, str], tuple[str, str]]


@dataclass
class Model:
    """What should be there: a dictionary of cells, and for each user what is done and what is undone."""

    now: dict[tuple[str, str], str]
    done: dict[str, list[Done]] = field(default_factory=lambda: {"ana": [], "ben": []})
    undone: dict[str, list[Done]] = field(default_factory=lambda: {"ana": [], "ben": []})

    def edit(self, who: str, edits: Cells) -> bool:
        new = {(shop, name): text for shop, cells in edits.items() for name, text in cells.items()}
        change = {place: (self.now[place], text) for place, text in new.items() if self.now[place] != text}
        if not change:
            return False
        self.now |= {place: text for place, (_, text) in change.items()}
        self.done[who].append(Done(change))
        self.undone[who].clear()
        return True

    def move(self, source: list[Done], target: list[Done], before: int, after: int) -> bool:
        if not source or any(self.now[place] != texts[before] for place, texts in source[-1].cells.items()):
            return False
        self.now |= {place: texts[after] for place, texts in source[-1].cells.items()}
        target.append(source.pop())
        return True

    def undo(self, who: str) -> bool:
        return self.move(self.done[who], self.undone[who], 1, 0)

    def redo(self, who: str) -> bool:
        return self.move(self.undone[who], self.done[who], 0, 1)


def cells_of(backlog: Backlog) -> dict[tuple[str, str], str]:
    cells = backlog.cells(RecordKind.SHOP, SHOPS)
    return {(shop, name): cells[shop].get(name, "") for shop in SHOPS for name in VALUES}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=14))
def test_edits_undos_and_redos(open_as: OpenStore, tmp_path: Path, steps: list[tuple[str, str, Any]]) -> None:
    store = open_as("ana")
    toml = TOML.replace('"Test"', f'"Test {len(store.rollouts())}"')
    users = {"ana": store.add(read_folder_content(write_folder(tmp_path / "folder", {"rollout.toml": toml})))}
    other = open_as("ben")
    users["ben"] = other.backlog(users["ana"].name)
    model = Model(cells_of(users["ana"]))
    entries = 1
    for action, who, edits in steps:
        if action == "edit":
            asked = [Edit(RecordKind.SHOP, shop, cells) for shop, cells in edits.items()]
            happened = users[who].edit(asked, "edit").entry is not None
            expected = model.edit(who, edits)
        else:
            try:
                getattr(users[who], action)()
                happened = True
            except CannotUndoError:
                happened = False
            expected = getattr(model, action)(who)
        assert happened == expected
        assert cells_of(users["ana"]) == model.now
        entries += happened
    assert users["ana"].revision() == len(users["ana"].history(limit=None)) == entries
    store.close()
    other.close()
