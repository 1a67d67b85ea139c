"""Crews for remodels whose dates are given: whether all can have theirs, and if not, the smallest sets that cannot."""

from dataclasses import dataclass, field

import numpy as np

from planner.domain.costs import days_between
from planner.domain.plan import Conflict
from planner.scheduling.choice import Choice, add_uses, slot_uses
from planner.scheduling.clock import Clock
from planner.scheduling.crew_reasons import crew_reason, days_short, eligible_crews
from planner.scheduling.crewing import SOLVE_SECONDS, GivenVisit, apart, can_crew, smallest, subproblem
from planner.scheduling.options import ShopOptions, VisitChoice
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import IntArray
from planner.wording.translation import gettext, pgettext


@dataclass(slots=True)
class GivenCrews:
    """Conflicts about crews, and what follows: `choices` of crews where there are conflicts, so that they are settled.

    `choices` maps a shop's id to what it gets, maybe too little; empty where every remodel can be crewed, in which
    case planning is free to choose. `is_whole` is False where the search ended with as many conflicts as were asked
    for: then there are no choices. `trades` says which trade's crews a conflict is about.
    """

    conflicts: list[Conflict] = field(default_factory=list)
    trades: dict[Conflict, str] = field(default_factory=dict)
    choices: dict[str, Choice] = field(default_factory=dict)
    is_whole: bool = True

    def note(self, conflicts: list[Conflict], trade: str) -> None:
        """List conflicts about a trade's crews."""
        self.conflicts += conflicts
        self.trades |= dict.fromkeys(conflicts, trade)


def crew_given(problem: Problem, clock: Clock, *, enough: int | None = None) -> GivenCrews:
    """Find the conflicts about crews among given remodels, trade by trade: all, or at least `enough`."""
    found = GivenCrews()
    given = problem.standing_options()
    by_trade: dict[str, list[GivenVisit]] = {}
    lacking: set[tuple[str, int]] = set()
    hopeless = {(options.shop.id, visit.need.trade) for options, visit in problem.hopeless}
    for options in given:
        for visit in _visits(options):
            if visit.last[0] < 0:
                continue
            if _alone(problem, visit) < visit.need.units:
                found.note([_of_one(problem, options, visit)], visit.need.trade)
                lacking.add((options.shop.id, visit.number))
                hopeless.add((options.shop.id, visit.need.trade))
            else:
                by_trade.setdefault(visit.need.trade, []).append(GivenVisit(options, visit))
    for options, visit in problem.hopeless:
        found.note([_of_one(problem, options, visit)], visit.need.trade)
    for trade, visits in by_trade.items():
        wanted = None if enough is None else enough - len(found.conflicts)
        conflicts, dropped = _of_trade(problem, clock, visits, hopeless, wanted)
        found.note(conflicts, trade)
        lacking |= dropped
        if enough is not None and len(found.conflicts) >= enough:
            found.is_whole = False
            return found
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
    text = gettext("{shop} cannot be crewed: {reason}.").format(shop=options.shop.id, reason=reason.text)
    return Conflict(rule=reason.rule, first=first, last=last, shops=(options.shop.id,), text=text, crew=reason.crew)


def _of_trade(
    problem: Problem, clock: Clock, visits: list[GivenVisit], hopeless: set[tuple[str, str]], enough: int | None
) -> tuple[list[Conflict], set[tuple[str, int]]]:
    """Smallest sets of shops that cannot all be crewed; of each, one visit is dropped until the rest can.

    It ends early once there are `enough`.

    What is `hopeless`, a shop and a trade, is a conflict by itself already. Sets of which a part cannot be crewed once
    the visits dropped before are counted in are not named: there the shop gives way that did so in that part.
    """
    conflicts: list[Conflict] = []
    dropped: set[tuple[str, int]] = set()
    short = set(hopeless)
    fixed = [visit for visit in visits if not visit.in_progress]
    for stage in (fixed, visits):
        active = [visit for visit in stage if (visit.shop, visit.choice.number) not in dropped]
        clashing = _clashing(problem, clock, active)
        while clashing and (enough is None or len(conflicts) < enough):
            # The last in the order comes first, as in one set of them all.
            clashing.sort(key=lambda item: item.members[0].order)
            clash = clashing.pop()
            members = clash.members
            if hopeless.isdisjoint(visit.key for visit in members) and _parts_can(problem, clock, visits, members):
                conflicts.append(_conflict(problem, clock, members))
            victim = max(members, key=lambda visit: _yielding(visit, short))
            dropped.add((victim.shop, victim.choice.number))
            short.add(victim.key)
            clashing += _clashing(problem, clock, [visit for visit in clash.among if visit is not victim])
    return conflicts, dropped


@dataclass(frozen=True, slots=True)
class _Clashing:
    """Visits that cannot all be crewed, and a smallest set of them that cannot."""

    among: list[GivenVisit]
    members: list[GivenVisit]


def _clashing(problem: Problem, clock: Clock, visits: list[GivenVisit]) -> list[_Clashing]:
    return [
        _Clashing(group, smallest(problem, clock, group))
        for group in apart(visits)
        if not can_crew(problem, clock, group)
    ]


def _parts_can(problem: Problem, clock: Clock, visits: list[GivenVisit], members: list[GivenVisit]) -> bool:
    """Whether, without any one of the shops of `members`, the others can be crewed for all of their `visits`."""
    shops = {visit.shop for visit in members}
    whole = [visit for visit in visits if visit.shop in shops]
    return all(can_crew(problem, clock, [visit for visit in whole if visit.shop != shop]) for shop in sorted(shops))


def _yielding(visit: GivenVisit, short: set[tuple[str, str]]) -> tuple[bool, bool, bool, int, str]:
    """Which visit gives way: of a shop with too few of the trade anyway, or of another, not begun, the latest."""
    is_short = any(visit.shop == shop for shop, _ in short)
    return visit.key in short, is_short, not visit.in_progress, int(visit.choice.first[0]), visit.shop


def _conflict(problem: Problem, clock: Clock, visits: list[GivenVisit]) -> Conflict:
    first, last = _busiest(visits)
    trade, rollout = visits[0].choice.need.trade, problem.rollout
    crews = {crew.id for visit in visits for crew in eligible_crews(rollout, visit.options.shop, trade)}
    rule = "absence" if can_crew(problem, clock, visits, absences=False) else "crew"
    names = tuple(sorted({visit.shop for visit in visits}))
    who = pgettext("who is needed", "crew {crew}") if len(crews) == 1 else gettext("the {trade} crews that can come")
    why = (
        gettext("{shops} need {crews} on the same days, and some are absent.")
        if rule == "absence"
        else gettext("{shops} need {crews} on the same days, and there are not enough units.")
    )
    return Conflict(
        rule=rule,
        first=problem.axis.day(first),
        last=problem.axis.day(last),
        shops=names,
        crew=min(crews) if len(crews) == 1 else None,
        text=why.format(shops=", ".join(names), crews=who.format(crew=min(crews), trade=trade)),
    )


def _busiest(visits: list[GivenVisit]) -> tuple[int, int]:
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
        GivenVisit(options, visit)
        for options in given
        for visit in _visits(options)
        if (options.shop.id, visit.number) not in lacking and _alone(problem, visit) >= visit.need.units
    ]
    outcome = subproblem(problem, visits).solve(clock.solver(SOLVE_SECONDS)) if visits else None
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
