"""A plan that meets its milestones with a probability asked for, at the least extra money that is found.

The plan is played in samples; where they miss a milestone too often, buffers are added and the rollout is planned
again from the plan at hand. How large a buffer must be, and which shops need one, is read from the samples. Of the
plans that are sure enough the cheapest is confirmed with fresh samples, which the planning did not see: the best of
several plans looks better in the samples it was chosen by than it is.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from planner.domain.plan import Plan, PlanStatus
from planner.domain.rollout import Rollout
from planner.review.risk.build import build_model
from planner.review.risk.figures import Share, wilson
from planner.review.risk.simulate import simulate
from planner.scheduling.limits import NoPlanError
from planner.studies.buffers import Buffers, as_plan_of, kept_buffers, with_buffers
from planner.studies.sizing import Kind, enlarged, missing_shops, reduced

PLANNING_SAMPLES = 4_000
FRESH_SAMPLES = 10_000
FRESH_SEED = 1_000_003
ROUNDS = 6
TRIES = 2
FIRST_PART = 0.4
AIM = 0.01

Solve = Callable[[Rollout, float, Plan | None], Plan]
"""Plans a rollout within a number of seconds, from an earlier plan if one is given."""


class Ending(StrEnum):
    """How a search for a sure plan ended."""

    REACHED = "reached"
    NOT_REACHED = "not reached"
    NO_DATES = "fixed dates conflict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A plan, how often it meets all milestones in the planning's samples, and in fresh ones.

    It was made with `buffers` and has `kept` of them; `in_reach` says whether the stricter milestones were met.
    """

    plan: Plan
    buffers: Buffers
    met: float
    kept: Buffers = field(default_factory=Buffers)
    in_reach: bool = True
    confirmed: Share | None = None

    @property
    def value(self) -> int:
        """Level 3: cents, or the last finish in days after today under earliest-finish."""
        last = self.plan.last_finish_day
        return (self.plan.total or 0) if last is None else last


class ConfidenceSearch:
    """The plans found on the way to one or several confidences; `points` has them, the one without buffers first.

    `seconds` is the time for planning in all; samples come on top. `stop` says whether to end early, with the plans
    there are; `on_point` is told of each plan.
    """

    def __init__(
        self,
        rollout: Rollout,
        solve: Solve,
        *,
        seconds: float,
        gap: float,
        seed: int,
        stop: Callable[[], bool] = lambda: False,
        on_point: Callable[[Point], None] = lambda _: None,
    ) -> None:
        self._rollout = rollout
        self._solve = solve
        self._gap = gap
        self._seed = seed
        self._stop = stop
        self._on_point = on_point
        self._round_seconds = seconds * (1 - FIRST_PART) / ROUNDS
        self._rounds = ROUNDS
        self._fresh = 0
        self._tried: list[Buffers] = []
        self.points: list[Point] = []
        self.base = self._plan_without_buffers(seconds * FIRST_PART)
        if self.base.status is not PlanStatus.INFEASIBLE:
            self._add(self.base, Buffers())

    def _plan_without_buffers(self, seconds: float) -> Plan:
        plan = self._solve(self._rollout, seconds, None)
        while plan.shortfall and not plan.proved_shortfall and self._may_plan():
            # No buffer makes a plan sure that falls short by itself.
            self._rounds -= 1
            plan = self._solve(self._rollout, self._round_seconds, plan)
        return plan

    def reach(self, confidence: float) -> Ending:
        """Searches until no time is left, or no buffer to try; the cheapest sure plan is then `cheapest`."""
        if not self.points:
            return Ending.NO_DATES
        while self.points[0].met < confidence and self._may_plan() and self._plan_next(confidence):
            pass
        return Ending.NOT_REACHED if self.cheapest(confidence) is None else Ending.REACHED

    def cheapest(self, confidence: float) -> Point | None:
        """The cheapest plan that is as sure as asked, also in fresh samples; None where there is none yet."""
        for point in sorted(self.points, key=lambda item: item.value):
            if point.met >= confidence:
                confirmed = self.confirm(point)
                if confirmed.confirmed is not None and confirmed.confirmed.probability >= confidence:
                    return confirmed
        return None

    def surest(self) -> Point:
        """The plan that meets its milestones most often, confirmed."""
        return self.confirm(max(self.points, key=lambda point: (point.met, -point.value)))

    def frontier(self) -> list[Point]:
        """The plans than which none is both cheaper and surer, confirmed, from the cheapest to the surest.

        All do as well on milestones and priority as the plan without buffers. Surer is a plan whose interval lies
        above what the one before was sure in: noise makes none surer.
        """
        best: list[Point] = []
        highest = -1.0
        level = [point for point in self.points if self._levels(point) == self._levels(self.points[0])]
        for point in sorted(level, key=lambda item: (item.value, -item.met)):
            confirmed = self.confirm(point)
            if confirmed.confirmed is not None and confirmed.confirmed.low > highest:
                best.append(confirmed)
                highest = confirmed.confirmed.probability
        return best

    def extra(self, point: Point) -> int:
        """What its confidence costs: its value over the least of all plans that are level with it above money."""
        return point.value - min(item.value for item in self.points if self._levels(item) == self._levels(point))

    def allow_more_rounds(self) -> None:
        """Lets as many further plans be made as a search begins with."""
        self._rounds = ROUNDS

    def confirm(self, point: Point) -> Point:
        """The point with what fresh samples say of it; each plan gets samples that no other was judged by."""
        if point.confirmed is not None:
            return point
        self._fresh += 1
        met = self._met(point.plan, FRESH_SAMPLES, self._seed + FRESH_SEED * self._fresh)
        confirmed = replace(point, confirmed=wilson(int(np.count_nonzero(met)), FRESH_SAMPLES))
        self.points[self.points.index(point)] = confirmed
        return confirmed

    @staticmethod
    def _levels(point: Point) -> tuple[int | None, int | None]:
        """What comes before money: only plans that are equal in it can be compared by what they cost."""
        return point.plan.shortfall, point.plan.unplanned_priority

    def _may_plan(self) -> bool:
        return self._rounds > 0 and not self._stop()

    def _plan_next(self, confidence: float) -> bool:
        """Plans with the most promising buffers that have not been tried; False where there are none left."""
        if self.base.shortfall:
            return False
        for point, kind in self._promising(confidence):
            if point.met >= confidence or not point.in_reach:
                change = reduced(point.buffers, kind, self._too_small(confidence))
            else:
                change = self._enlarged(point, kind, min(confidence + AIM, (1 + confidence) / 2))
            if change is not None and change not in self._tried:
                self._plan(change)
                return True
        return False

    def _too_small(self, confidence: float) -> list[Buffers]:
        return [point.buffers for point in self.points if point.met < confidence and point.in_reach]

    def _promising(self, confidence: float) -> list[tuple[Point, Kind]]:
        """Points to go on from, with the kind of buffer to change, best first.

        Each kind is tried on the plan without buffers. After that: where a plan is sure enough, to find a cheaper
        one, by less of its buffers or by more of those of a plan that costs less; where none is, from the surest: by
        more of its buffers, or by less where they are out of reach.
        """
        first = [(self.points[0], kind) for kind in Kind]
        sure = [point for point in self.points if point.met >= confidence]
        most = min((point.value for point in sure), default=None)
        cheaper = [point for point in self.points if point.met < confidence and (most is None or point.value < most)]
        cheaper.sort(key=lambda point: -point.met)
        sure.sort(key=lambda point: (point.value, point.met))
        return first + [(point, kind) for point in (*sure[:1], *cheaper) for kind in Kind]

    def _enlarged(self, point: Point, kind: Kind, aim: float) -> Buffers | None:
        model = build_model(self._rollout, point.plan)
        (outcomes,) = simulate(model, PLANNING_SAMPLES, self._seed)
        return enlarged(model, outcomes, point.buffers, kind, aim)

    def _plan(self, buffers: Buffers) -> None:
        """Plans with these buffers; where there is no plan in the time they get, they count as tried."""
        stricter = with_buffers(self._rollout, buffers)
        start = max(self.points, key=lambda point: point.met).plan
        self._tried.append(buffers)
        for _ in range(TRIES):
            self._rounds -= 1
            try:
                found = self._solve(stricter, self._round_seconds, start)
            except NoPlanError:
                return
            if found.status is PlanStatus.INFEASIBLE:
                return
            plan = as_plan_of(self._rollout, found, self.base, self._gap)
            if plan.shortfall == self.base.shortfall or not self._may_plan():
                break
            # The search has not found the milestones again under the stricter rules; it goes on from here.
            start = found
        self._add(replace(plan, solve=self.base.solve), buffers, in_reach=not found.shortfall)

    def _add(self, plan: Plan, buffers: Buffers, *, in_reach: bool = True) -> None:
        met = float(self._met(plan, PLANNING_SAMPLES, self._seed).mean())
        kept = kept_buffers(self._rollout, plan, buffers)
        point = Point(plan=plan, buffers=buffers, met=met, kept=kept, in_reach=in_reach)
        self.points.append(point)
        self._on_point(point)

    def _met(self, plan: Plan, samples: int, seed: int) -> np.ndarray:
        """In which samples all milestones are met."""
        model = build_model(self._rollout, plan)
        (outcomes,) = simulate(model, samples, seed)
        return np.asarray(missing_shops(model, outcomes).max(axis=0) <= 0)
