"""What is divided among walks adds up to what there is, whichever way shops are drawn."""

from dataclasses import dataclass

import numpy as np
import pytest

from planner.scheduling.annealing.layout import Layout, lay_out
from planner.scheduling.annealing.parting import REGIONS_A_PART, Part, Parting
from planner.scheduling.annealing.state import SHORT, State, changed_choices, state_of
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.timelines import IntArray
from tests.scheduling.first_plans import first_plan

SHOPS = 60
WAYS = {"region": REGIONS_A_PART * 4, "shop": 1}
"""How many regions there are where shops are drawn by region, and where each is drawn by itself."""


@dataclass(frozen=True)
class Case:
    """A plan as arrays."""

    plan: Incumbent
    layout: Layout
    state: State


@pytest.fixture(scope="module")
def case() -> Case:
    plan = first_plan(SHOPS, seed=2, steps=5).plan
    layout = lay_out(plan.problem)
    return Case(plan, layout, state_of(plan, layout))


def regions_of(case: Case, count: int) -> list[str]:
    return [f"region {number % count}" for number in range(len(case.plan.choices))]


def parts_of(case: Case, way: str, count: int) -> tuple[Parting, list[Part]]:
    parting = Parting(case.layout, regions_of(case, WAYS[way]))
    return parting, parting.parts(case.state, count, np.random.default_rng(3))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("count", [1, 2, 4])
def test_each_shop_is_in_one_part_and_moves_there_only(case: Case, way: str, count: int) -> None:
    _, parts = parts_of(case, way, count)
    assert len(parts) == count
    assert (np.sum([part.shops for part in parts], axis=0) == 1).all()
    for part in parts:
        could_move = case.layout.shops["is_movable"][:-1] == 1
        assert ((part.layout.shops["is_movable"][:-1] == 1) == (could_move & part.shops)).all()
    sizes = [int(part.shops.sum()) for part in parts]
    assert max(sizes) - min(sizes) <= SHOPS / WAYS[way] + 1


def test_shops_of_a_region_stay_together_where_there_are_enough(case: Case) -> None:
    regions = np.array(regions_of(case, WAYS["region"]))
    _, parts = parts_of(case, "region", 4)
    for part in parts:
        assert not set(regions[part.shops]) & set(regions[~part.shops])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("count", [2, 4])
def test_what_parts_may_use_is_no_more_than_is_left(case: Case, way: str, count: int) -> None:
    """Of what shops of several parts could use, they get what is left between them; of all else, all of it."""
    _, parts = parts_of(case, way, count)
    spare = np.sum([part.state.left for part in parts], axis=0)
    users = np.sum([_could_use(part, case.layout, len(spare)) for part in parts], axis=0)
    some = case.state.left > 0
    assert (spare[some & (users > 1)] == case.state.left[some & (users > 1)]).all()
    assert (spare[some & (users == 1)] == count * case.state.left[some & (users == 1)]).all()
    for part in parts:
        assert (part.state.left[~some] == case.state.left[~some]).all()


def _could_use(part: Part, layout: Layout, slots: int) -> IntArray:
    """Which slots belong to a timeline that a shop of the part has to do with: 1 or 0 each."""
    found = np.zeros(slots, np.int64)
    for shop in np.flatnonzero(part.shops):
        blocks = slice(*layout.shops["blocks"][shop : shop + 2])
        first, last = blocks.start, blocks.stop
        uses = layout.use_numbers[slice(*layout.blocks["uses"][[first, last]])].tolist()
        senders = layout.visits["senders"][layout.blocks["visits"][[first, last]]]
        uses += layout.sender_use_numbers[slice(*layout.senders["uses"][senders])].tolist()
        for use in layout.uses[uses]:
            found[use["offset"] : use["offset"] + use["slots"]] = 1
    return found


@pytest.mark.parametrize("count", [1, 2, 3])
def test_shops_done_too_many_are_shared_and_those_lacking_lack_for_all(case: Case, count: int) -> None:
    parting = Parting(case.layout, regions_of(case, 1))
    need = case.layout.deadlines["need"]
    assert len(need) > 1
    done = need + np.arange(len(need)) * 7 - 3
    parts = parting.parts(case.state._replace(done=done), count, np.random.default_rng(3))
    over = np.array([part.state.done - need for part in parts])
    assert (over[:, 0] == -3).all()
    assert (over[:, 1:].sum(axis=0) == (done - need)[1:]).all()


@pytest.mark.parametrize("count", [1, 2, 3])
def test_parts_that_changed_nothing_come_to_what_there_was(case: Case, count: int) -> None:
    parting, parts = parts_of(case, "shop", count)
    whole = parting.joined(case.state, parts)
    assert changed_choices(case.plan, case.layout, whole) == {}
    assert (whole.left == case.state.left).all()
    assert (whole.done == case.state.done).all()
    assert whole.totals[SHORT] == case.plan.rank.shortfall
    assert (whole.totals == case.state.totals).all()
