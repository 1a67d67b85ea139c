"""Why milestones are missed: the fewest things without which planning again meets them."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planner.domain.plan import MilestoneResult, Plan
from planner.domain.rollout import Rollout
from planner.scheduling.alone import able_to_finish
from planner.scheduling.limits import Limits
from planner.studies.lifts import Lift, LiftKind, all_lifted, whole_lifts
from planner.studies.planning import plan_checked

ORDER = (
    LiftKind.CREW,
    LiftKind.LIMIT,
    LiftKind.SUPPLY,
    LiftKind.BLACKOUT,
    LiftKind.PERMITS,
    LiftKind.PARTNER_TARGET,
    LiftKind.NEIGHBOURS,
)
"""Of two sets that would do, the one whose things come first here is named."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A milestone that a plan misses. `able` shops could be finished by then if each had everything to itself.

    Without all of `lifts`, planning again finished `without` shops in time, as many as are asked for or more; with any
    one of them back, it did not. Empty where even without all rules it did not: then `without` is how many it finished.
    """

    milestone: MilestoneResult
    able: int
    lifts: tuple[Lift, ...]
    without: int


Tell = Callable[[int, MilestoneResult], None]


def missed_milestones(
    rollout: Rollout, plan: Plan, limits: Limits, *, tell: Tell | None = None, stop: threading.Event | None = None
) -> tuple[Missed, ...]:
    """Why each milestone is missed that `plan` misses; every question is planned again within `limits`.

    Setting `stop` ends it with the milestones explained so far.
    """
    search = _Search(rollout, plan, limits, tell, stop or threading.Event())
    missed = [item for item in range(len(plan.milestones)) if _is_short(plan.milestones[item])]
    found = [search.explain(number) for number in missed]
    return tuple(item for item in found if item is not None)


def _is_short(result: MilestoneResult) -> bool:
    return result.planned < result.target


class _Search:
    def __init__(self, rollout: Rollout, plan: Plan, limits: Limits, tell: Tell | None, stop: threading.Event) -> None:
        self._rollout = rollout
        self._plan = plan
        self._limits = limits
        self._tell = tell
        self._stop = stop
        self._planned: dict[frozenset[Lift], Plan] = {}
        self._lifts = sorted(whole_lifts(rollout), key=lambda lift: ORDER.index(lift.kind))

    def explain(self, number: int) -> Missed | None:
        milestone = self._plan.milestones[number]
        able = able_to_finish(self._rollout, milestone.by)
        if not self._is_met(number, self._lifts):
            lifts: tuple[Lift, ...] = ()
        else:
            lifts = tuple(self._least(number, [], False, self._lifts))
        if self._stop.is_set():
            return None
        return Missed(milestone, able, lifts, self._finished(number, lifts or self._lifts))

    def _least(self, number: int, given: Sequence[Lift], is_new: bool, lifts: Sequence[Lift]) -> list[Lift]:
        """The least of `lifts` that meet a milestone together with `given` (QuickXplain: Junker, 2004)."""
        if is_new and self._is_met(number, given):
            return []
        if len(lifts) == 1:
            return list(lifts)
        half = len(lifts) // 2
        front, back = lifts[:half], lifts[half:]
        from_back = self._least(number, [*given, *front], bool(front), back)
        from_front = self._least(number, [*given, *from_back], bool(from_back), front)
        return from_front + from_back

    def _is_met(self, number: int, lifts: Sequence[Lift]) -> bool:
        return self._finished(number, lifts) >= self._plan.milestones[number].target

    def _finished(self, number: int, lifts: Sequence[Lift]) -> int:
        key = frozenset(lifts)
        if key not in self._planned:
            if self._stop.is_set():
                return 0
            if self._tell:
                self._tell(len(self._planned) + 1, self._plan.milestones[number])
            rollout = all_lifted(self._rollout, lifts)
            self._planned[key] = plan_checked(rollout, self._limits, start=self._plan, stop=self._stop)
        return self._planned[key].milestones[number].planned
