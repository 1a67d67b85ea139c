"""Tasks as intervals on ranked days, for CP-SAT's scheduling constraints: some of a schedule's set free, or all.

A variable for each part of a shop; whatever a position decides (its days, what it holds) is that variable plus a
number, or a table where holidays make it uneven. Timelines are cumulative constraints, absences and the like filled up.
"""

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from planner.scheduling.choice import Choice
from planner.scheduling.finish.flow import Held, handed_on
from planner.scheduling.finish.generation import Schedule
from planner.scheduling.finish.project import Hold, OpenVisit, Part, Placement, Task
from planner.scheduling.finish.ranks import Ranks
from planner.scheduling.subproblem import Outcome
from planner.scheduling.timelines import Rule

Expression = cp_model.LinearExprT


@dataclass(slots=True)
class _PartVariable:
    """A part in the model: its variable, which takes the first `count` of its steps, and the place it is at `now`."""

    part: Part
    count: int
    variable: cp_model.IntVar
    now: int
    tables: dict[int, Expression] = field(default_factory=dict)

    def steps_where(self, is_open: Sequence[bool]) -> list[int]:
        """The steps of the places whose position is open."""
        pairs = zip(self.part.steps[: self.count], self.part.order, strict=False)
        return [step for step, position in pairs if is_open[position]]


@dataclass(slots=True)
class _TaskVariables:
    task: Task
    parts: list[_PartVariable]
    placed: Placement
    is_free: bool
    sent: dict[int, list[tuple[int, Expression]]] = field(default_factory=dict)


@dataclass(slots=True)
class _Line:
    """What the model holds of one timeline."""

    intervals: list[cp_model.IntervalVar] = field(default_factory=list)
    demands: list[Expression] = field(default_factory=list)
    most: int = 0
    ordered: list[tuple[Held, Expression, Expression]] = field(default_factory=list)


class IntervalModel:
    """The tasks of `free` set free in a schedule, to finish by day `last_day` at most, as early as they can.

    With `in_order`, all others may move but keep the order in which they hand on what they hold, and their crews;
    without, they stand. Tasks without a date stay without.
    """

    def __init__(
        self, schedule: Schedule, ranks: Ranks, free: Sequence[int], last_day: int, *, in_order: bool = False
    ) -> None:
        self._project, self._ranks = schedule.project, ranks
        self._model = cp_model.CpModel()
        self._lines: dict[int, _Line] = defaultdict(_Line)
        self._room = {number: room.copy() for number, room in enumerate(ranks.room)}
        self._last_day = last_day
        chosen = set(free)
        self._tasks: dict[int, _TaskVariables] = {}
        self._placements = schedule.placements
        fixed_last = schedule.project.settled_last
        for task, placed in zip(schedule.project.tasks, schedule.placements, strict=True):
            if placed is None:
                continue
            if task.is_movable and (in_order or task.number in chosen):
                self._tasks[task.number] = self._add_task(task, placed, task.number in chosen)
            else:
                self._stand(placed)
                fixed_last = max(fixed_last, placed.finish)
        self._keep_links()
        self._add_lines()
        self._keep_in_time()
        self._fixed_last, self._least = fixed_last, ranks.of_days([fixed_last])[0]
        self._add_finish()

    def _stand(self, placed: Placement) -> None:
        for timeline, begin, stop, amount in placed.spans:
            from_rank, to_rank = self._ranks.of_span(timeline, begin, stop)
            self._room[timeline][from_rank:to_rank] -= amount

    def _add_task(self, task: Task, placed: Placement, is_free: bool) -> _TaskVariables:
        parts = [self._add_part(part, position) for part, position in zip(task.parts, placed.positions, strict=True)]
        found = _TaskVariables(task, parts, placed, is_free)
        for (before, after), (least, most) in zip(pairwise(parts), task.waits, strict=True):
            begin, end = self._value(after, after.part.begin), self._value(before, before.part.end)
            self._model.add(begin >= end + least)
            self._model.add(begin <= end + most)
        for part_variable in parts:
            for hold in part_variable.part.holds:
                self._hold(found, part_variable, hold, 1)
            for visit in part_variable.part.visits:
                self._send(found, part_variable, visit)
        return found

    def _add_part(self, part: Part, position: int) -> _PartVariable:
        now = part.order.index(position)
        count = max(now + 1, bisect_right(part.lasts, self._last_day))
        variable = self._model.new_int_var_from_domain(cp_model.Domain.from_values(part.steps[:count]), "")
        self._model.add_hint(variable, part.steps[now])
        return _PartVariable(part, count, variable, now)

    def _value(self, part: _PartVariable, by_position: list[int]) -> Expression:
        """What the part's variable makes of a list that goes by position: shifted, or looked up in a table."""
        line = self._ranks.line(part.part, by_position)
        if line is not None:
            return part.variable + line.shift if line.slope else line.shift
        if id(by_position) not in part.tables:
            part.tables[id(by_position)] = self._look_up(part, by_position)
        return part.tables[id(by_position)]

    def _look_up(self, part: _PartVariable, by_position: list[int]) -> cp_model.IntVar:
        steps = part.part.steps[: part.count]
        wanted = [by_position[position] for position in part.part.order[: part.count]]
        table: list[int] = []
        for step, want in zip(steps, wanted, strict=True):
            table += [want] * (step - steps[0] - len(table) + 1)
        found = self._model.new_int_var_from_domain(cp_model.Domain.from_values(sorted(set(wanted))), "")
        self._model.add_element(part.variable - steps[0], table, found)
        self._model.add_hint(found, wanted[part.now])
        return found

    def _hold(
        self,
        task: _TaskVariables,
        part: _PartVariable,
        hold: Hold,
        units: Expression,
        most: int = 1,
        present: cp_model.IntVar | None = None,
    ) -> None:
        """Hold so many `units` (at most `most`), where `present`."""
        ranked = self._ranks.of_hold(hold)
        if not ranked.amount:
            return
        line = self._lines[hold.timeline]
        line.most += ranked.amount * most
        if self._is_sum(hold.timeline):
            line.demands.append(self._value(part, ranked.used))
            return
        begin, stop = self._value(part, ranked.begins), self._value(part, ranked.stops)
        size = self._value(part, ranked.sizes)
        if present is None:
            line.intervals.append(self._model.new_interval_var(begin, size, stop, ""))
        else:
            line.intervals.append(self._model.new_optional_interval_var(begin, size, stop, present, ""))
        line.demands.append(ranked.amount * units)
        if not task.is_free and present is None:
            position = part.part.order[part.now]
            if ranked.sizes[position]:
                held = (len(line.ordered), ranked.begins[position], ranked.stops[position], ranked.amount * most)
                line.ordered.append((held, begin, stop))

    def _is_sum(self, timeline: int) -> bool:
        """Whether a timeline is a sum that all add to, each by what its position costs: what a partner may lose."""
        return self._project.problem.timelines.items[timeline].rule is Rule.PARTNER_TARGET

    def _send(self, task: _TaskVariables, part: _PartVariable, visit: OpenVisit) -> None:
        """The crews of a visit: those it has where the task keeps its order, else any that may come."""
        now = task.placed.crews[visit.number]
        sent = task.sent[visit.number] = []
        for team in visit.teams:
            units_now = now.get(team.crew_class, 0)
            open_values = part.steps_where(team.allowed)
            if not task.is_free:
                if units_now:
                    self._keep_within(part, open_values)
                    sent.append((team.crew_class, units_now))
                    for hold in team.holds:
                        self._hold(task, part, hold, units_now, units_now)
                continue
            most = min(visit.need, team.units)
            if not open_values or most < 1:
                continue
            comes = self._model.new_bool_var("")
            self._model.add_hint(comes, units_now > 0)
            self._keep_within(part, open_values, comes)
            units: Expression = comes
            if visit.need > 1:
                units = some = self._model.new_int_var(0, most, "")
                self._model.add_hint(some, units_now)
                self._model.add(some >= comes)
                self._model.add(some <= most * comes)
            sent.append((team.crew_class, units))
            for hold in team.holds:
                self._hold(task, part, hold, 1 if visit.need == 1 else units, most, comes)
        if task.is_free:
            self._model.add(cp_model.LinearExpr.sum([units for _, units in sent]) == visit.need)

    def _keep_within(self, part: _PartVariable, values: list[int], where: cp_model.IntVar | None = None) -> None:
        if len(values) < part.count:
            kept = self._model.add_linear_expression_in_domain(part.variable, cp_model.Domain.from_values(values))
            if where is not None:
                kept.only_enforce_if(where)

    def _keep_links(self) -> None:
        """A task starts after those it comes after have finished."""
        for task in self._tasks.values():
            start = self._value(task.parts[0], self._ranks.of_part(task.task.parts[0])[0])
            for other in task.task.after:
                placed = self._placements[other]
                if other in self._tasks:
                    self._model.add(start >= self._finish_of(self._tasks[other]) + 1)
                elif placed is not None:
                    self._model.add(start >= self._ranks.of_days([placed.finish + 1])[0])
            for other in task.task.before:
                placed = self._placements[other]
                if placed is not None and other not in self._tasks:
                    self._model.add(self._finish_of(task) < self._ranks.of_days([placed.start])[0])

    def _finish_of(self, task: _TaskVariables) -> Expression:
        return self._value(task.parts[-1], self._ranks.of_part(task.task.parts[-1])[1])

    def _add_lines(self) -> None:
        for number, line in self._lines.items():
            room = self._room[number]
            if not line.demands or line.most <= int(room.min()):
                continue
            if self._is_sum(number):
                self._model.add(cp_model.LinearExpr.sum(line.demands) <= int(room[0]))
                continue
            most = min(int(room.max()), line.most)
            short = np.maximum(most - room, 0)
            edges = np.flatnonzero(np.diff(short, prepend=-1, append=-1))
            fillers = [(int(begin), int(end), int(short[begin])) for begin, end in pairwise(edges) if short[begin]]
            blocks = [self._model.new_fixed_size_interval_var(begin, end - begin, "") for begin, end, _ in fillers]
            demands = [*line.demands, *(amount for _, _, amount in fillers)]
            self._model.add_cumulative([*line.intervals, *blocks], demands, most)
            self._keep_order(line)

    def _keep_order(self, line: _Line) -> None:
        for one, other in handed_on(held for held, _, _ in line.ordered):
            (_, _, stop), (_, begin, _) = line.ordered[one], line.ordered[other]
            self._model.add(begin >= stop)

    def _keep_in_time(self) -> None:
        """As many finish by each milestone as do now or must; tasks that keep their order stay in time if they are."""
        for day, need in self._project.deadlines:
            in_time = [placed for placed in self._placements if placed is not None and placed.finish <= day]
            free = [task for task in self._tasks.values() if task.is_free and task.placed.finish <= day]
            enough = min(need, len(in_time)) - (len(in_time) - len(free))
            if not in_time:
                continue
            votes = []
            for task in self._tasks.values():
                last = task.parts[-1]
                values = last.steps_where([finish <= day for finish in last.part.last])
                if not task.is_free:
                    if task.placed.finish <= day:
                        self._keep_within(last, values)
                elif values:
                    vote = self._model.new_bool_var("")
                    self._model.add_hint(vote, task.placed.finish <= day)
                    self._keep_within(last, values, vote)
                    votes.append(vote)
            if enough > 0:
                self._model.add(cp_model.LinearExpr.sum(votes) >= enough)

    def _add_finish(self) -> None:
        most = max(self._least, self._ranks.of_days([self._last_day])[0])
        finish = self._model.new_int_var(self._least, most, "")
        for task in self._tasks.values():
            self._model.add(finish >= self._finish_of(task))
        self._model.minimize(finish)

    def day_of(self, bound: float) -> int:
        """The day that a bound on the rank of the last finish is one for."""
        rank = math.ceil(bound - 1e-6)
        return self._fixed_last if rank <= self._least else self._ranks.day(rank)

    def solve(self, solver: cp_model.CpSolver) -> Outcome:
        """Solve with `solver`, whose parameters say how long. The bound is a rank."""
        status = solver.solve(self._model)
        found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        choices: dict[int, Choice | None] | None = None
        if found:
            choices = {number: self._read(solver, task) for number, task in self._tasks.items()}
        return Outcome(
            choices,
            status == cp_model.OPTIMAL,
            status == cp_model.INFEASIBLE,
            solver.best_objective_bound,
            solver.deterministic_time,
        )

    def _read(self, solver: cp_model.CpSolver, task: _TaskVariables) -> Choice:
        positions = []
        crews = list(task.task.crews)
        for part in task.parts:
            place = part.part.steps.index(solver.value(part.variable))
            positions.append(part.part.order[place])
        for visit, sent in task.sent.items():
            units_sent = ((crew_class, solver.value(units)) for crew_class, units in sent)
            crews[visit] = {crew_class: count for crew_class, count in units_sent if count}
        return Choice(tuple(positions), tuple(crews))
