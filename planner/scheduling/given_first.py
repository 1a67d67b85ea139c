"""Given dates before all else: the problem with what they take, their conflicts, and a choice for each open one."""

from dataclasses import dataclass, field

from planner.domain.plan import Conflict, Plan
from planner.domain.rollout import Rollout
from planner.scheduling.choice import Choice
from planner.scheduling.clock import Clock
from planner.scheduling.frozen_clashes import frozen_conflict, instead, stays
from planner.scheduling.given_crews import crew_given, take_out_settled
from planner.scheduling.given_dates import conflicts_of_dates, take_out_given_uses
from planner.scheduling.mandatory import FrozenClashError, place_mandatory
from planner.scheduling.problem import Problem, build_problem


@dataclass(frozen=True, slots=True)
class GivenFirst:
    """The problem, the conflicts of given dates, and a choice for each shop that must have one, by its number."""

    problem: Problem
    conflicts: list[Conflict]
    choices: dict[int, Choice] = field(default_factory=dict)


def given_first(
    rollout: Rollout, clock: Clock, earlier: Plan | None = None, *, enough: int | None = None
) -> GivenFirst:
    """Settle what is given: crews as in the plan `earlier`, where that still holds.

    Frozen shops that clash however long they wait get the waits that finish first. The search for conflicts ends early,
    without choices, once there are `enough` of them.
    """
    settled_waits: frozenset[str] = frozenset()
    of_frozen: list[Conflict] = []
    while True:
        problem = build_problem(rollout, settled_waits)
        listing = _Listing(rollout, clock)
        for conflict in conflicts_of_dates(problem):
            listing.add(conflict)
            if enough is not None and len(listing.conflicts) >= enough:
                return GivenFirst(problem, listing.conflicts)
        problem.capacity = take_out_given_uses(problem)
        crews = crew_given(problem, clock, enough=None if enough is None else enough - len(listing.conflicts))
        for conflict in crews.conflicts:
            listing.add(conflict, crews.trades[conflict])
        if not crews.is_whole:
            return GivenFirst(problem, listing.whole(of_frozen))
        if crews.choices or problem.hopeless:
            take_out_settled(problem, crews.choices)
        try:
            choices = place_mandatory(problem, clock, earlier)
        except FrozenClashError as clash:
            settled_waits |= set(clash.shops)
            found = frozen_conflict(rollout, clash, listing.conflicts, clock)
            of_frozen += [] if found is None else [found]
        else:
            return GivenFirst(problem, listing.whole(of_frozen), choices)


@dataclass(slots=True)
class _Listing:
    """Conflicts that stay however long frozen shops wait; `others` are what some of the rest are instead."""

    rollout: Rollout
    clock: Clock
    conflicts: list[Conflict] = field(default_factory=list)
    others: list[Conflict] = field(default_factory=list)

    def add(self, conflict: Conflict, trade: str | None = None) -> None:
        """List a conflict, about crews of `trade` if about crews, if it stays; else note what it is instead."""
        if stays(self.rollout, conflict, trade, self.clock):
            self.conflicts.append(conflict)
        elif (other := instead(self.rollout, conflict, self.clock)) is not None:
            self.others.append(other)

    def whole(self, of_frozen: list[Conflict]) -> list[Conflict]:
        """All that is listed, and those others and `of_frozen` that are about other shops or another rule."""
        found = dict.fromkeys(self.conflicts)
        known = {(conflict.rule, conflict.shops) for conflict in found}
        for conflict in (*of_frozen, *self.others):
            if (conflict.rule, conflict.shops) not in known:
                found[conflict] = None
                known.add((conflict.rule, conflict.shops))
        return list(found)
