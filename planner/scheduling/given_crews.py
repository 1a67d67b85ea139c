"""Crews for remodels whose dates are given: whether all can have theirs, and if not, the smallest sets that cannot."""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from planner.domain.costs import days_between
from planner.domain.plan import Conflict
from planner.domain.shop import Status
from planner.scheduling.choice import Choice, add_uses, slot_uses
from planner.scheduling.clock import Clock
from planner.scheduling.crew_reasons import crew_reason, days_short, eligible_crews
from planner.scheduling.limits import NoPlanError
from planner.scheduling.options import ShopOptions, VisitChoice
from planner.scheduling.pricing import Pricer, Room
from planner.scheduling.problem import Problem
from planner.scheduling.subproblem import Goal, Subproblem
from planner.scheduling.timelines import IntArray, Rule

ONLY = np.zeros(1, np.int64)
SOLVE_SECONDS = 20.0
MANY = 2**31


@dataclass(slots=True)
class GivenCrews:
    """Conflicts about crews, and what follows: `choices` of crews where there are conflicts, so that they are settled.

    `choices` maps a shop's id to what it gets, maybe too little; empty where every remodel can be crewed, in which
    case planning is free to choose.
    """

    conflicts: list[Conflict] = field(default_factory=list)
    choices: dict[str, Choice] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Visit:
    options: ShopOptions
    choice: VisitChoice

    @property
    def shop(self) -> str:
        return self.options.shop.id

    @property
    def key(self) -> tuple[str, str]:
        """The shop and the trade."""
        return self.shop, self.choice.need.trade

    @property
    def in_progress(self) -> bool:
        return self.options.shop.status is Status.IN_PROGRESS


def crew_given(problem: Problem, clock: Clock) -> GivenCrews:
    """Find the conflicts about crews among given remodels, trade by trade."""
    found = GivenCrews()
    given = problem.standing_options()
    by_trade: dict[str, list[_Visit]] = {}
    lacking: set[tuple[str, int]] = set()
    hopeless = {(options.shop.id, visit.need.trade) for options, visit in problem.hopeless}
    for options in given:
        for visit in _visits(options):
            if visit.last[0] < 0:
                continue
            if _alone(problem, visit) < visit.need.units:
                found.conflicts.append(_of_one(problem, options, visit))
                lacking.add((options.shop.id, visit.number))
                hopeless.add((options.shop.id, visit.need.trade))
            else:
                by_trade.setdefault(visit.need.trade, []).append(_Visit(options, visit))
    for options, visit in problem.hopeless:
        found.conflicts.append(_of_one(problem, options, visit))
    for visits in by_trade.values():
        conflicts, dropped = _of_trade(problem, clock, visits, hopeless)
        found.conflicts += conflicts
        lacking |= dropped
    if lacking or problem.hopeless:
        found.choices = _settle(problem, clock, given, lacking)
    return found


def _visits(options: ShopOptions) -> list[VisitChoice]:
    return [visit for block in options.blocks for visit in block.visits]


def _alone(problem: Problem, visit: VisitChoice) -> int:
    """Units a visit could have if no other remodel wanted any."""
    left, units = problem.capacity, 0
    for choice in visit.choices:
        if choice.allowed[0]:
            slots = [use.at(0) for use in choice.uses]
            least = min((int(left[begin : end + 1].min()) for begin, end, _ in slots if begin <= end), default=99)
            units += min(choice.units, least)
    return units


def _of_one(problem: Problem, options: ShopOptions, visit: VisitChoice) -> Conflict:
    first, last = problem.axis.day(max(0, int(visit.first[0]))), problem.axis.day(int(visit.last[0]))
    reason = crew_reason(problem.rollout, options.shop, visit.need, first, last)
    if reason.rule == "absence":
        calendar = problem.calendars.of(options.shop)
        working = [day for day in days_between(first, last) if calendar.is_working(day)]
        short = days_short(problem.rollout, options.shop, visit.need, working)
        first, last = (short[0], short[-1]) if short else (first, last)
    text = f"{options.shop.id} cannot be crewed: {reason.text}."
    return Conflict(rule=reason.rule, first=first, last=last, shops=(options.shop.id,), text=text, crew=reason.crew)


def _of_trade(
    problem: Problem, clock: Clock, visits: list[_Visit], hopeless: set[tuple[str, str]]
) -> tuple[list[Conflict], set[tuple[str, int]]]:
    """Smallest sets of shops that cannot all be crewed; of each, one visit is dropped until the rest can.

    What is `hopeless`, a shop and a trade, is a conflict by itself already. Sets of which a part cannot be crewed once
    the visits dropped before are counted in are not named: there the shop gives way that did so in that part.
    """
    conflicts: list[Conflict] = []
    dropped: set[tuple[str, int]] = set()
    short = set(hopeless)
    fixed = [visit for visit in visits if not visit.in_progress]
    for stage in (fixed, visits):
        while True:
            active = [visit for visit in stage if (visit.shop, visit.choice.number) not in dropped]
            if _can_crew(problem, clock, active):
                break
            smallest = _smallest(problem, clock, active)
            if hopeless.isdisjoint(visit.key for visit in smallest) and _parts_can(problem, clock, visits, smallest):
                conflicts.append(_conflict(problem, clock, smallest))
            victim = max(smallest, key=lambda visit: _yielding(visit, short))
            dropped.add((victim.shop, victim.choice.number))
            short.add(victim.key)
    return conflicts, dropped


def _parts_can(problem: Problem, clock: Clock, visits: list[_Visit], smallest: list[_Visit]) -> bool:
    """Whether, without any one of the shops in `smallest`, the others can be crewed for all of their `visits`."""
    shops = {visit.shop for visit in smallest}
    whole = [visit for visit in visits if visit.shop in shops]
    return all(_can_crew(problem, clock, [visit for visit in whole if visit.shop != shop]) for shop in sorted(shops))


def _yielding(visit: _Visit, short: set[tuple[str, str]]) -> tuple[bool, bool, bool, int, str]:
    """Which visit gives way: of a shop with too few of the trade anyway, or of another, not begun, the latest."""
    is_short = any(visit.shop == shop for shop, _ in short)
    return visit.key in short, is_short, not visit.in_progress, int(visit.choice.first[0]), visit.shop


def _can_crew(problem: Problem, clock: Clock, visits: list[_Visit], *, absences: bool = True) -> bool:
    if not visits or (absences and _can_crew_in_turn(problem, visits)):
        return True
    outcome = _subproblem(problem, visits, absences=absences).solve(clock.solver(SOLVE_SECONDS))
    if outcome.choices is None and not outcome.is_infeasible:
        raise NoPlanError("the time limit was over before it was clear whether the given dates can be crewed")
    return not outcome.is_infeasible


def _can_crew_in_turn(problem: Problem, visits: list[_Visit]) -> bool:
    """Whether it works out to crew one visit after the other with those free whom the fewest others could have."""
    room = Room(problem.timelines, problem.capacity)
    wanted = Counter(able.crew_class for visit in visits for able in visit.choice.choices)
    for visit in sorted(visits, key=lambda visit: (int(visit.choice.first[0]), visit.shop)):
        need = visit.choice.need.units
        for able in sorted(visit.choice.choices, key=lambda able: wanted[able.crew_class]):
            slots = [use.at(0) for use in able.uses]
            units = min(need, able.units, _least_left(room, slots)) if able.allowed[0] else 0
            if units > 0:
                room.take([(begin, end, amount * units) for begin, end, amount in slots if begin <= end])
                need -= units
        if need:
            return False
    return True


def _least_left(room: Room, slots: list[tuple[int, int, int]]) -> int:
    """The least that is left on any of the slots, given as (first, last, amount)."""
    left = [int(room.at(np.arange(begin, end + 1)).min()) for begin, end, _ in slots if begin <= end]
    return max(0, min(left, default=MANY))


def _subproblem(problem: Problem, visits: list[_Visit], *, absences: bool = True) -> Subproblem:
    """Crew all of `visits`, and nothing else of their shops."""
    capacity = problem.capacity.copy()
    if not absences:
        for timeline in problem.timelines.items:
            if timeline.rule is Rule.ABSENCE:
                capacity[timeline.offset : timeline.end] = np.iinfo(np.int32).max
    wanted: dict[int, list[VisitChoice]] = {}
    numbers = {id(options): number for number, options in enumerate(problem.options)}
    for visit in visits:
        wanted.setdefault(numbers[id(visit.options)], []).append(visit.choice)
    room = Room(problem.timelines, capacity)
    positions = {number: [ONLY] * len(problem.options[number].blocks) for number in wanted}
    free = {number: Pricer(problem.options[number]).free_units(room, only) for number, only in positions.items()}
    only = {number: {choice.number for choice in choices} for number, choices in wanted.items()}
    return Subproblem(
        problem,
        room,
        positions,
        free,
        Goal(),
        short=[0] * len(problem.deadlines),
        last_finish=0,
        only_visits=only,
    )


def _smallest(problem: Problem, clock: Clock, visits: list[_Visit]) -> list[_Visit]:
    """Visits that cannot all be crewed, while they can without any one of them, or of their shops.

    Whole shops are let go first: a set of which no visit can be spared may still have more shops than it needs.
    """
    kept = sorted(visits, key=lambda visit: (not visit.in_progress, int(visit.choice.first[0]), visit.shop))
    for shop in dict.fromkeys(visit.shop for visit in kept):
        kept = _less(problem, clock, kept, [visit for visit in kept if visit.shop != shop])
    for visit in list(kept):
        kept = _less(problem, clock, kept, [other for other in kept if other is not visit])
    return kept


def _less(problem: Problem, clock: Clock, visits: list[_Visit], fewer: list[_Visit]) -> list[_Visit]:
    """The fewer visits if even they cannot be crewed, else all."""
    return visits if _can_crew(problem, clock, fewer) else fewer


def _conflict(problem: Problem, clock: Clock, visits: list[_Visit]) -> Conflict:
    first, last = _busiest(visits)
    trade, rollout = visits[0].choice.need.trade, problem.rollout
    crews = {crew.id for visit in visits for crew in eligible_crews(rollout, visit.options.shop, trade)}
    rule = "absence" if _can_crew(problem, clock, visits, absences=False) else "crew"
    names = tuple(sorted({visit.shop for visit in visits}))
    who = f"crew {min(crews)}" if len(crews) == 1 else f"the {trade} crews that can come"
    why = "some are absent" if rule == "absence" else "there are not enough units"
    return Conflict(
        rule=rule,
        first=problem.axis.day(first),
        last=problem.axis.day(last),
        shops=names,
        crew=min(crews) if len(crews) == 1 else None,
        text=f"{', '.join(names)} need {who} on the same days, and {why}.",
    )


def _busiest(visits: list[_Visit]) -> tuple[int, int]:
    """The longest stretch of days on which most of the visits are held."""
    begin = min(max(0, int(visit.choice.first[0])) for visit in visits)
    count = np.zeros(max(int(visit.choice.last[0]) for visit in visits) - begin + 1, np.int64)
    for visit in visits:
        count[max(0, int(visit.choice.first[0])) - begin : int(visit.choice.last[0]) - begin + 1] += 1
    days = np.flatnonzero(count == count.max())
    stretch = max(np.split(days, np.flatnonzero(np.diff(days) > 1) + 1), key=len)
    return begin + int(stretch[0]), begin + int(stretch[-1])


def _settle(
    problem: Problem, clock: Clock, given: list[ShopOptions], lacking: set[tuple[str, int]]
) -> dict[str, Choice]:
    """Crews for all given remodels: all they need for most, what is left for those of `lacking`."""
    visits = [
        _Visit(options, visit)
        for options in given
        for visit in _visits(options)
        if (options.shop.id, visit.number) not in lacking and _alone(problem, visit) >= visit.need.units
    ]
    outcome = _subproblem(problem, visits).solve(clock.solver(SOLVE_SECONDS)) if visits else None
    numbers = {options.shop.id: number for number, options in enumerate(problem.options)}
    chosen = outcome.choices if outcome is not None and outcome.choices is not None else {}
    left = problem.capacity.copy()
    result: dict[str, Choice] = {}
    for options in given:
        nothing = Choice((0,) * len(options.blocks), tuple({} for _ in options.shop_format.visits))
        choice = chosen.get(numbers[options.shop.id]) or nothing
        result[options.shop.id] = choice
        add_uses(left, slot_uses(options, choice), sign=-1)
    for options in given:
        for visit in _visits(options):
            if (options.shop.id, visit.number) in lacking:
                crews = list(result[options.shop.id].crews)
                crews[visit.number] = _what_is_left(left, visit)
                result[options.shop.id] = Choice(result[options.shop.id].positions, tuple(crews))
    return result


def _what_is_left(left: IntArray, visit: VisitChoice) -> dict[int, int]:
    """Units of a visit that cannot have all it needs; they are taken out of `left`."""
    need, sent = visit.need.units, {}
    for choice in visit.choices:
        slots = [use.at(0) for use in choice.uses]
        room = min((int(left[begin : end + 1].min()) for begin, end, _ in slots if begin <= end), default=0)
        units = max(0, min(need, room, choice.units)) if choice.allowed[0] else 0
        if units:
            sent[choice.crew_class] = units
            need -= units
            add_uses(left, [(begin, end, amount * units) for begin, end, amount in slots if begin <= end], sign=-1)
    return sent


def take_out_settled(problem: Problem, settled: dict[str, Choice]) -> None:
    """Take settled crews out of the capacity, and their shops out of what is planned.

    Where a remodel lacks some, nothing more is left of those it could have.
    """
    for options in problem.standing_options():
        add_uses(problem.capacity, slot_uses(options, settled[options.shop.id]), sign=-1)
    for options in problem.standing_options():
        choice = settled[options.shop.id]
        for visit in _visits(options):
            if sum(choice.crews[visit.number].values()) < visit.need.units and visit.last[0] >= 0:
                _leave_nothing(problem, visit)
    for _, visit in problem.hopeless:
        _leave_nothing(problem, visit)
    problem.settle(settled)


def _leave_nothing(problem: Problem, visit: VisitChoice) -> None:
    """Where a given remodel lacks crews, nothing more is left of those it could have."""
    for able in visit.choices:
        for use in able.uses:
            for position in range(len(use.begin)):
                begin, end, _ = use.at(position)
                problem.capacity[begin : end + 1] = 0
