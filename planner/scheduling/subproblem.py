"""Some shops set free while all others stand: a model small enough for CP-SAT to solve well.

A Boolean for each position of each block, and for each visit the units every class sends to it there. Calendars are
in the positions, so that all constraints are sums over slots, which CP-SAT's linear relaxation is good at.
"""

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from planner.domain.rollout import Objective
from planner.scheduling.choice import Choice
from planner.scheduling.options import Block, ShopOptions
from planner.scheduling.pricing import Room
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import IntArray

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


@dataclass(slots=True)
class _ShopVariables:
    """A free shop in the model: for each block, candidates and their Booleans; for each visit, who is sent."""

    number: int
    planned: cp_model.IntVar | int
    candidates: list[IntArray]
    taken: list[list[cp_model.IntVar]] = field(default_factory=list)
    sent: dict[int, list[tuple[int, int, cp_model.LinearExprT]]] = field(default_factory=dict)


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
        self._model = cp_model.CpModel()
        self.last_finish_weight = 1
        self._unit_variables: list[tuple[tuple[int, int, int, int, int], cp_model.IntVar]] = []
        self._entries: list[tuple[int, int, int, int, int]] = []
        self._entry_vars: list[cp_model.LinearExprT] = []
        self._objective_vars: list[cp_model.LinearExprT] = []
        self._objective_coefficients: list[int] = []
        self._free_units = free_units
        self._only_visits = only_visits
        self._shops = [self._add_shop(number, blocks) for number, blocks in candidates.items()]
        self._add_capacity()
        self._add_deadlines(short)
        self._add_level_two()
        self._add_level_three(last_finish)
        self._model.minimize(cp_model.LinearExpr.weighted_sum(self._objective_vars, self._objective_coefficients))

    def _add_shop(self, number: int, candidates: list[IntArray]) -> _ShopVariables:
        """Take one position of each block, or none at all; linked by the waits; each visit with its crews."""
        options = self._problem.options[number]
        planned = 1 if options.mandatory else self._model.new_bool_var("")
        shop = _ShopVariables(number, planned, candidates)
        for place, (block, positions) in enumerate(zip(options.blocks, candidates, strict=True)):
            taken = [self._model.new_bool_var("") for _ in positions]
            self._model.add(cp_model.LinearExpr.sum(taken) == planned)
            shop.taken.append(taken)
            self._use_slots(number, block, positions, taken)
            self._send_crews(shop, place, positions, taken)
        for (before, after), link in zip(pairwise(range(len(options.blocks))), options.waits, strict=True):
            self._link(options, shop, before, after, link)
        return shop

    def _use_slots(self, number: int, block: Block, positions: IntArray, taken: list[cp_model.IntVar]) -> None:
        for use in block.uses:
            for variable, position in zip(taken, positions, strict=True):
                self._enter(number, variable, use.at(int(position)))

    def _enter(self, number: int, variable: cp_model.LinearExprT, slots: tuple[int, int, int], most: int = 1) -> None:
        """Note that `variable`, at most `most`, uses an amount on a range of slots."""
        begin, end, amount = slots
        if begin <= end and amount:
            self._entries.append((begin, end, amount, number, max(0, amount) * most))
            self._entry_vars.append(variable)

    def _send_crews(self, shop: _ShopVariables, place: int, positions: IntArray, taken: list[cp_model.IntVar]) -> None:
        block = self._problem.options[shop.number].blocks[place]
        money = self._goal.value if self._problem.rollout.objective is Objective.COST else 0
        for visit in block.visits:
            if self._only_visits is not None and visit.number not in self._only_visits[shop.number]:
                continue
            free = self._free_units[shop.number][visit.number]
            need = visit.need.units
            sent = shop.sent.setdefault(visit.number, [])
            for column, (position, variable) in enumerate(zip(positions.tolist(), taken, strict=True)):
                able = [number for number in range(len(visit.choices)) if free[number, column] > 0]
                units: list[cp_model.LinearExprT] = []
                for number in able:
                    choice = visit.choices[number]
                    amount: cp_model.LinearExprT = variable
                    most, scale = 1, need
                    if len(able) > 1:
                        most = min(need, int(free[number, column]))
                        amount = unit = self._model.new_int_var(0, most, "")
                        scale = 1
                        units.append(amount)
                        key = (shop.number, visit.number, place, position, choice.crew_class)
                        self._unit_variables.append((key, unit))
                    for use in choice.uses:
                        begin, end, one = use.at(position)
                        self._enter(shop.number, amount, (begin, end, one * scale), most)
                    self._cost(amount, round(money * scale * visit.travel_cents(choice, position)))
                    sent.append((column, choice.crew_class, amount if scale == 1 else need * variable))
                if units:
                    self._model.add(cp_model.LinearExpr.sum(units) == need * variable)

    def _link(self, options: ShopOptions, shop: _ShopVariables, before: int, after: int, wait: tuple[int, int]) -> None:
        """A position needs one of the other block that the wait allows."""
        ends = options.blocks[before].end[shop.candidates[before]]
        begins = options.blocks[after].begin[shop.candidates[after]]
        gap = begins[None, :] - ends[:, None]
        allowed = (gap >= wait[0]) & (gap <= wait[1])
        for row, variable in zip(allowed, shop.taken[before], strict=True):
            others = [shop.taken[after][other] for other in np.flatnonzero(row)]
            self._model.add(cp_model.LinearExpr.sum(others) >= variable)
        for column, variable in zip(allowed.T, shop.taken[after], strict=True):
            others = [shop.taken[before][other] for other in np.flatnonzero(column)]
            self._model.add(cp_model.LinearExpr.sum(others) >= variable)

    def _add_capacity(self) -> None:
        """On every slot that can bind, the uses that cover it fit into its room; repeated slots are left out."""
        if not self._entries:
            return
        begin, end, amount, shop, most = np.array(self._entries, np.int64).T
        lengths = end - begin + 1
        entry = np.repeat(np.arange(len(begin)), lengths)
        slot = np.repeat(begin, lengths) + np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        keep = self._problem.binding[slot]
        order = np.lexsort((entry[keep], slot[keep]))
        slot, entry = slot[keep][order], entry[keep][order]
        tightest: dict[bytes, tuple[int, IntArray]] = {}
        begins = np.flatnonzero(np.diff(slot, prepend=-1))
        rooms = self._room.at(slot[begins]).tolist()
        for entries, room in zip(np.split(entry, begins[1:]), rooms, strict=False):
            key = entries.tobytes()
            if key not in tightest or room < tightest[key][0]:
                tightest[key] = (room, entries)
        for room, entries in tightest.values():
            if _can_exceed(shop[entries], most[entries], room):
                variables = [self._entry_vars[number] for number in entries]
                self._model.add(cp_model.LinearExpr.weighted_sum(variables, amount[entries].tolist()) <= room)

    def _add_deadlines(self, short: list[int]) -> None:
        missed: list[cp_model.LinearExprT] = []
        for deadline, need in zip(self._problem.deadlines, short, strict=True):
            in_time = [
                variable
                for shop in self._shops
                for variable, position in zip(shop.taken[-1], shop.candidates[-1], strict=True)
                if self._problem.options[shop.number].finish[position] <= deadline.day
            ]
            if need > 0:
                still = self._model.new_int_var(0, need, "")
                self._model.add(cp_model.LinearExpr.sum(in_time) + still >= need)
                missed.append(still)
                self._cost(still, self._goal.short)
        if self._goal.most_short is not None and missed:
            self._model.add(cp_model.LinearExpr.sum(missed) <= self._goal.most_short)

    def _add_level_two(self) -> None:
        left_out: list[cp_model.LinearExprT] = []
        points: list[int] = []
        money = self._goal.value if self._problem.rollout.objective is Objective.COST else 0
        for shop in self._shops:
            options = self._problem.options[shop.number]
            if not options.mandatory:
                left_out.append(1 - shop.planned)
                points.append(options.shop.priority)
                self._cost(1 - shop.planned, self._goal.priority * options.shop.priority)
                self._cost(1 - shop.planned, money * options.unplanned_cents)
        if self._goal.most_priority is not None and left_out:
            self._model.add(cp_model.LinearExpr.weighted_sum(left_out, points) <= self._goal.most_priority)

    def _add_level_three(self, last_finish: int) -> None:
        if not self._goal.value:
            return
        if self._problem.rollout.objective is Objective.COST:
            for shop in self._shops:
                blocks = self._problem.options[shop.number].blocks
                for block, positions, taken in zip(blocks, shop.candidates, shop.taken, strict=True):
                    for variable, cost in zip(taken, block.cost[positions].tolist(), strict=True):
                        self._cost(variable, self._goal.value * cost)
            return
        last = self._model.new_int_var(last_finish, max(self._problem.axis.count, last_finish), "")
        total = 1
        for shop in self._shops:
            finish = self._problem.options[shop.number].finish[shop.candidates[-1]].tolist()
            self._model.add(last >= cp_model.LinearExpr.weighted_sum(shop.taken[-1], finish))
            for variable, day in zip(shop.taken[-1], finish, strict=True):
                self._cost(variable, day)
            total += max(finish, default=0)
        self.last_finish_weight = self._goal.value * total
        self._cost(last, self.last_finish_weight)

    def _cost(self, variable: cp_model.LinearExprT, coefficient: int) -> None:
        if coefficient:
            self._objective_vars.append(variable)
            self._objective_coefficients.append(coefficient)

    def hint(self, choices: dict[int, Choice | None]) -> None:
        """Start the search from `choices`, which must be candidates."""
        for shop in self._shops:
            choice = choices[shop.number]
            if not isinstance(shop.planned, int):
                self._model.add_hint(shop.planned, choice is not None)
            for number, (positions, taken) in enumerate(zip(shop.candidates, shop.taken, strict=True)):
                for variable, position in zip(taken, positions.tolist(), strict=True):
                    self._model.add_hint(variable, choice is not None and choice.positions[number] == position)

        for (shop_number, visit, place, position, crew_class), unit in self._unit_variables:
            choice = choices[shop_number]
            is_here = choice is not None and choice.positions[place] == position
            self._model.add_hint(unit, choice.crews[visit].get(crew_class, 0) if choice and is_here else 0)

    def solve(self, solver: cp_model.CpSolver) -> Outcome:
        """Solve with `solver`, whose parameters say how long."""
        status = solver.solve(self._model)
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        choices = {shop.number: self._read(solver, shop) for shop in self._shops} if found else None
        return Outcome(
            choices,
            status == cp_model.OPTIMAL,
            status == cp_model.INFEASIBLE,
            solver.best_objective_bound,
            solver.deterministic_time,
        )

    def _read(self, solver: cp_model.CpSolver, shop: _ShopVariables) -> Choice | None:
        options = self._problem.options[shop.number]
        places = []
        for taken in shop.taken:
            chosen = [place for place, variable in enumerate(taken) if solver.boolean_value(variable)]
            if not chosen:
                return None
            places.append(chosen[0])
        positions = tuple(int(block[place]) for block, place in zip(shop.candidates, places, strict=True))
        crews: list[dict[int, int]] = [{} for _ in options.shop_format.visits]
        for number, block in enumerate(options.blocks):
            for visit in block.visits:
                for place, crew_class, expression in shop.sent.get(visit.number, []):
                    units = solver.value(expression) if place == places[number] else 0
                    if units:
                        crews[visit.number][crew_class] = units
        return Choice(positions, tuple(crews))


def _can_exceed(shops: IntArray, most: IntArray, room: int) -> bool:
    """Whether shops could use more than `room`: each takes one of its candidates, at most its dearest."""
    dearest: dict[int, int] = {}
    for shop, amount in zip(shops.tolist(), most.tolist(), strict=True):
        dearest[shop] = max(dearest.get(shop, 0), amount)
    return sum(dearest.values()) > room
