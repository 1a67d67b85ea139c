"""Some shops set free while all others stand: a model small enough for CP-SAT to solve well.

A Boolean for each position of each block, and for each visit the units every class sends to it there. Calendars are
in the positions, so that all constraints are sums over slots, which CP-SAT's linear relaxation is good at.
"""

from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from planner.domain.rollout import Objective
from planner.scheduling.choice import Choice
from planner.scheduling.couplings import constant
from planner.scheduling.options import ShopOptions
from planner.scheduling.pricing import Room
from planner.scheduling.problem import Problem
from planner.scheduling.rows import Rows
from planner.scheduling.timelines import IntArray, Use

FINE = 100
"""A weight on money at which travel, which is not in whole cents before it is rounded, counts exactly enough."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What a subproblem minimises, and what it must keep to.

    The weights count a shop short of a milestone, a point of priority without a date, and a unit of level 3 (0
    leaves it out). `most_short` and `most_priority` cap what the free shops may add; None does not.
    """

    short: int = 0
    priority: int = 0
    value: int = 0
    most_short: int | None = None
    most_priority: int | None = None


@dataclass(frozen=True, slots=True)
class _Sent:
    """The units of a class that a visit is sent at some of its block's candidates.

    For each of those: its `place` among the candidates, the variable, how many units that one stands for, and the most
    that it can be.
    """

    visit: int
    block: int
    crew_class: int
    places: IntArray
    variables: IntArray
    units: IntArray
    most: IntArray


@dataclass(slots=True)
class _ShopVariables:
    """A free shop in the model: for each block, candidates and their Booleans; for each visit, who is sent.

    `planned` is the variable that says whether it has a date; None: it must.
    """

    number: int
    planned: int | None
    candidates: list[IntArray]
    taken: list[IntArray] = field(default_factory=list)
    sent: list[_Sent] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a subproblem: new choices (None where none were found), and what CP-SAT proved of it."""

    choices: dict[int, Choice | None] | None
    is_optimal: bool
    is_infeasible: bool
    bound: float
    work: float


class Subproblem:
    """A CP-SAT model of the shops in `candidates` (positions each block may take), with `room` for them in each slot.

    `short` is by how many shops each deadline is missed without them; `last_finish` is the last of all others. Where
    `only_visits` is given, no other visits of a shop are crewed.
    """

    def __init__(
        self,
        problem: Problem,
        room: Room,
        candidates: dict[int, list[IntArray]],
        free_units: dict[int, dict[int, IntArray]],
        goal: Goal,
        *,
        short: list[int],
        last_finish: int,
        only_visits: dict[int, set[int]] | None = None,
    ) -> None:
        self._problem = problem
        self._room = room
        self._goal = goal
        self._money = goal.value if problem.rollout.objective is Objective.COST else 0
        self._rows = Rows()
        self._constant = 0
        self.last_finish_weight = 1
        self._entries: list[tuple[IntArray, ...]] = []
        self._free_units = free_units
        self._only_visits = only_visits
        self._shops = [self._add_shop(number, blocks) for number, blocks in candidates.items()]
        self._add_capacity()
        self._add_deadlines(short)
        self._add_level_two()
        self._add_level_three(last_finish)
        self._rows.minimise(self._constant)

    def _add_shop(self, number: int, candidates: list[IntArray]) -> _ShopVariables:
        """Take one position of each block, or none at all; linked by the waits; each visit with its crews."""
        options = self._problem.options[number]
        planned = None if options.mandatory else int(self._rows.add_variables([1])[0])
        shop = _ShopVariables(number, planned, candidates)
        for place, (block, positions) in enumerate(zip(options.blocks, candidates, strict=True)):
            taken = self._rows.add_variables([1] * len(positions))
            shop.taken.append(taken)
            if planned is None:
                self._rows.add(taken.tolist(), [1] * len(taken), 1, 1)
            else:
                self._rows.add([*taken.tolist(), planned], [1] * len(taken) + [-1], 0, 0)
            one = constant(1, positions)
            for use in block.uses:
                self._enter(number, use, positions, taken, one, one)
            self._send_crews(shop, place)
        for before, link in enumerate(options.waits):
            self._link(options, shop, before, link)
        return shop

    def _enter(
        self, shop: int, use: Use, positions: IntArray, variables: IntArray, units: IntArray, most: IntArray
    ) -> None:
        """Note that `variables`, each standing for `units` and at most `most`, use slots at `positions`."""
        begin, end = use.begin[positions], use.end[positions]
        amount = use.amount[positions] * units
        counts = (begin <= end) & (amount != 0)
        if counts.any():
            offset = use.timeline.offset
            columns = (begin + offset, end + offset, amount, constant(shop, begin), np.maximum(amount, 0) * most)
            self._entries.append(tuple(column[counts] for column in (*columns, variables)))

    def _send_crews(self, shop: _ShopVariables, place: int) -> None:
        """Where one class alone can make a visit, it does; else variables say how many units each sends."""
        block = self._problem.options[shop.number].blocks[place]
        positions, taken = shop.candidates[place], shop.taken[place]
        for visit in block.visits:
            if self._only_visits is not None and visit.number not in self._only_visits[shop.number]:
                continue
            free, need = self._free_units[shop.number][visit.number], visit.need.units
            several = (free > 0).sum(axis=0) > 1
            units: list[list[int]] = [[] for _ in positions]
            for choice, left in zip(visit.choices, free, strict=True):
                places = np.flatnonzero(left > 0)
                is_split = several[places]
                variables, each = taken[places], np.where(is_split, 1, need)
                most = np.where(is_split, np.minimum(left[places], need), 1)
                variables[is_split] = self._rows.add_variables(most[is_split].tolist())
                for at, variable in zip(places[is_split].tolist(), variables[is_split].tolist(), strict=True):
                    units[at].append(variable)
                for use in choice.uses:
                    self._enter(shop.number, use, positions[places], variables, each, most)
                travel = choice.week_cents * visit.weeks[positions[places]]
                self._rows.cost(variables, np.rint(self._money * each * travel).astype(np.int64))
                shop.sent.append(_Sent(visit.number, place, choice.crew_class, places, variables, each, most))
            for variable, sent in zip(taken.tolist(), units, strict=True):
                if sent:
                    self._rows.add([*sent, variable], [1] * len(sent) + [-need], 0, 0)

    def _link(self, options: ShopOptions, shop: _ShopVariables, before: int, wait: tuple[int, int]) -> None:
        """A position needs one of the other block that the wait allows."""
        ends = options.blocks[before].end[shop.candidates[before]]
        begins = options.blocks[before + 1].begin[shop.candidates[before + 1]]
        gap = begins[None, :] - ends[:, None]
        allowed = (gap >= wait[0]) & (gap <= wait[1])
        first, second = shop.taken[before], shop.taken[before + 1]
        for table, variables, others in ((allowed, first, second), (allowed.T, second, first)):
            for row, variable in zip(table, variables.tolist(), strict=True):
                linked = others[row].tolist()
                self._rows.add([*linked, variable], [1] * len(linked) + [-1], 0)

    def _add_capacity(self) -> None:
        """On every slot that can bind, the uses that cover it fit into its room; repeated slots are left out."""
        if not self._entries:
            return
        begin, end, amount, shop, most, variable = (
            np.concatenate(column) for column in zip(*self._entries, strict=True)
        )
        lengths = end - begin + 1
        entry = np.repeat(np.arange(len(begin)), lengths)
        slot = np.repeat(begin, lengths) + np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        keep = self._problem.binding[slot]
        slot, entry = slot[keep], entry[keep]
        order = np.lexsort((entry, slot))
        slot, entry = slot[order], entry[order]
        begins = np.flatnonzero(np.diff(slot, prepend=-1))
        rooms = self._room.at(slot[begins])
        can_exceed = np.flatnonzero(_most_used(begins, shop[entry], most[entry]) > rooms)
        tightest: dict[bytes, tuple[int, IntArray]] = {}
        ends = np.append(begins[1:], len(slot))
        for place, room in zip(can_exceed.tolist(), rooms[can_exceed].tolist(), strict=True):
            entries = entry[begins[place] : ends[place]]
            key = entries.tobytes()
            if key not in tightest or room < tightest[key][0]:
                tightest[key] = (room, entries)
        for room, entries in tightest.values():
            self._rows.add(variable[entries].tolist(), amount[entries].tolist(), most=room)

    def _add_deadlines(self, short: list[int]) -> None:
        missed: list[int] = []
        for deadline, need in zip(self._problem.deadlines, short, strict=True):
            if need > 0:
                in_time = [
                    shop.taken[-1][self._problem.options[shop.number].finish[shop.candidates[-1]] <= deadline.day]
                    for shop in self._shops
                ]
                still = self._rows.add_variables([need])
                counted = np.concatenate([*in_time, still])
                self._rows.add(counted.tolist(), [1] * len(counted), need)
                missed += still.tolist()
                self._rows.cost(still, constant(self._goal.short, still))
        if self._goal.most_short is not None and missed:
            self._rows.add(missed, [1] * len(missed), most=self._goal.most_short)

    def _add_level_two(self) -> None:
        free = [(shop, self._problem.options[shop.number]) for shop in self._shops]
        can_be_left = [(shop.planned, options) for shop, options in free if shop.planned is not None]
        planned = np.array([variable for variable, _ in can_be_left], np.int64)
        points = np.array([options.shop.priority for _, options in can_be_left], np.int64)
        cents = np.array([options.unplanned_cents for _, options in can_be_left], np.int64)
        cost = self._goal.priority * points + self._money * cents
        self._constant += int(cost.sum())
        self._rows.cost(planned, -cost)
        if self._goal.most_priority is not None and len(planned):
            self._rows.add(planned.tolist(), points.tolist(), int(points.sum()) - self._goal.most_priority)

    def _add_level_three(self, last_finish: int) -> None:
        if not self._goal.value:
            return
        if self._money:
            for shop in self._shops:
                blocks = self._problem.options[shop.number].blocks
                for block, positions, taken in zip(blocks, shop.candidates, shop.taken, strict=True):
                    self._rows.cost(taken, self._money * block.cost[positions])
            return
        last = self._rows.add_variables([max(self._problem.axis.count, last_finish)])
        self._rows.add(last.tolist(), [1], last_finish)
        total = 1
        for shop in self._shops:
            finish = self._problem.options[shop.number].finish[shop.candidates[-1]]
            taken = shop.taken[-1]
            self._rows.add([*taken.tolist(), *last.tolist()], [*(-finish).tolist(), 1], 0)
            self._rows.cost(taken, finish)
            total += int(finish.max(initial=0))
        self.last_finish_weight = self._goal.value * total
        self._rows.cost(last, constant(self.last_finish_weight, last))

    def hint(self, choices: dict[int, Choice | None]) -> None:
        """Start the search from `choices`, which must be candidates."""
        for shop in self._shops:
            choice = choices[shop.number]
            if shop.planned is not None:
                self._rows.hint([shop.planned], [int(choice is not None)])
            here = [np.zeros(len(positions), np.int64) for positions in shop.candidates]
            if choice is not None:
                here = [
                    (positions == chosen).astype(np.int64)
                    for positions, chosen in zip(shop.candidates, choice.positions, strict=True)
                ]
            for taken, values in zip(shop.taken, here, strict=True):
                self._rows.hint(taken.tolist(), values.tolist())
            for sent in shop.sent:
                units = 0 if choice is None else choice.crews[sent.visit].get(sent.crew_class, 0)
                split = ~np.isin(sent.variables, shop.taken[sent.block])
                values = units * here[sent.block][sent.places[split]]
                self._rows.hint(sent.variables[split].tolist(), values.tolist())

    def solve(self, solver: cp_model.CpSolver) -> Outcome:
        """Solve with `solver`, whose parameters say how long."""
        status = solver.solve(self._rows.model)
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        choices = None
        if found:
            values = np.array(solver.response_proto.solution, np.int64)
            choices = {shop.number: self._read(values, shop) for shop in self._shops}
        return Outcome(
            choices,
            status == cp_model.OPTIMAL,
            status == cp_model.INFEASIBLE,
            solver.best_objective_bound,
            solver.deterministic_time,
        )

    def _read(self, values: IntArray, shop: _ShopVariables) -> Choice | None:
        options = self._problem.options[shop.number]
        if any(not values[taken].any() for taken in shop.taken):
            return None
        places = [int(np.argmax(values[taken])) for taken in shop.taken]
        positions = tuple(int(block[place]) for block, place in zip(shop.candidates, places, strict=True))
        crews: list[dict[int, int]] = [{} for _ in options.shop_format.visits]
        for sent in shop.sent:
            here = sent.places == places[sent.block]
            units = int((values[sent.variables[here]] * sent.units[here]).sum())
            if units:
                crews[sent.visit][sent.crew_class] = units
        return Choice(positions, tuple(crews))


def _most_used(begins: IntArray, shops: IntArray, most: IntArray) -> IntArray:
    """The most that shops could use of each slot: each takes one of its candidates, at most its dearest.

    Entries lie slot by slot, from `begins` on; those of a slot shop by shop.
    """
    is_new = np.diff(shops, prepend=-1) != 0
    is_new[begins] = True
    of_shop = np.flatnonzero(is_new)
    dearest = np.maximum.reduceat(most, of_shop)
    used: IntArray = np.add.reduceat(dearest, np.searchsorted(of_shop, begins))
    return used
