"""A plan as flat arrays that compiled code changes in place."""

from typing import NamedTuple

import numpy as np

from planner.scheduling.annealing.layout import Layout, Table
from planner.scheduling.choice import Choice
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import FloatArray, IntArray

SHORT, UNPLANNED, MONEY = 0, 1, 2
"""The places in `totals` of shops short of milestones, points of priority without a date, and cents."""
SEAT = np.dtype([("is_dated", np.bool_), ("finish", np.int64), ("starts", np.int64), ("cents", np.float64)])


class State(NamedTuple):
    """What each shop does: its position in each block, and the units that each sender sends.

    What follows of that: each shop's seat in `shops` (whether it has a date, the day it finishes and that on which its
    last block starts, -1 without a date, and its cents); what is `left` in each slot; how many shops are `done` by each
    deadline; and the `totals`, shape (3,).
    """

    shops: Table
    positions: IntArray
    units: IntArray
    left: IntArray
    done: IntArray
    totals: FloatArray


def state_of(plan: Incumbent, layout: Layout) -> State:
    """The arrays of a plan."""
    seats = np.zeros(len(plan.choices), SEAT)
    seats["is_dated"] = [choice is not None for choice in plan.choices]
    seats["finish"], seats["starts"], seats["cents"] = plan.finish, plan.begun, plan.cents
    in_time = [(plan.finish >= 0) & (plan.finish <= day) for day in layout.deadlines["day"].tolist()]
    state = State(
        shops=seats,
        positions=np.zeros(len(layout.blocks) - 1, np.int64),
        units=np.zeros(len(layout.senders) - 1, np.int64),
        left=plan.problem.capacity - plan.usage,
        done=np.array([np.count_nonzero(shops) for shops in in_time], np.int64),
        totals=np.array([plan.rank.shortfall, plan.rank.unplanned_priority, plan.rank.value], np.float64),
    )
    for number, choice in enumerate(plan.choices):
        if choice is not None:
            _write(plan.problem, layout, state, number, choice)
    return state


def _write(problem: Problem, layout: Layout, state: State, number: int, choice: Choice) -> None:
    first = int(layout.shops["blocks"][number])
    for place, block in enumerate(problem.options[number].blocks):
        state.positions[first + place] = choice.positions[place]
        for visit, options in enumerate(block.visits, int(layout.blocks["visits"][first + place])):
            sent, senders = choice.crews[options.number], _senders(layout, visit)
            state.units[senders] = [sent.get(number, 0) for number in layout.senders["crew_class"][senders].tolist()]


def _senders(layout: Layout, visit: int) -> slice:
    return slice(*layout.visits["senders"][visit : visit + 2].tolist())


def copied(state: State) -> State:
    """A copy that shares nothing with `state`."""
    return State(
        shops=state.shops.copy(),
        positions=state.positions.copy(),
        units=state.units.copy(),
        left=state.left.copy(),
        done=state.done.copy(),
        totals=state.totals.copy(),
    )


def changed_choices(plan: Incumbent, layout: Layout, state: State) -> dict[int, Choice | None]:
    """The choices of `state` that differ from those of `plan`."""
    found: dict[int, Choice | None] = {}
    for number, choice in enumerate(plan.choices):
        new = _read(plan.problem, layout, state, number)
        if new != choice:
            found[number] = new
    return found


def _read(problem: Problem, layout: Layout, state: State, number: int) -> Choice | None:
    if not state.shops["is_dated"][number]:
        return None
    options, first = problem.options[number], int(layout.shops["blocks"][number])
    crews: list[dict[int, int]] = [{} for _ in options.shop_format.visits]
    for place, block in enumerate(options.blocks):
        for visit, visit_options in enumerate(block.visits, int(layout.blocks["visits"][first + place])):
            senders = _senders(layout, visit)
            sent = zip(layout.senders["crew_class"][senders].tolist(), state.units[senders].tolist(), strict=True)
            crews[visit_options.number] = {crew_class: units for crew_class, units in sent if units}
    positions = state.positions[first : first + len(options.blocks)].tolist()
    return Choice(tuple(positions), tuple(crews))
