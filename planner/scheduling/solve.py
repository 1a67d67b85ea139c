"""The front door: a rollout in, the best plan that the limits allow out, with what is proved of it.

The road: options of every shop, prices on everything shops compete for (a Lagrangian relaxation, which also bounds
every plan from below), a construction led by the prices, then large neighbourhoods with CP-SAT while the prices get
better beside them. Plain CP-SAT finds nothing useful at 500 shops; led by prices it does.
"""

import threading

import numpy as np

from planner.domain.plan import Conflict, Plan, PlanStatus, SolveInfo, TracePoint
from planner.domain.rollout import Objective, Rollout
from planner.scheduling.annealing_phase import FIRST_SHARE, NEXT_SHARE, annealed, compile_ahead
from planner.scheduling.bounding import Bounds
from planner.scheduling.choice import Choice
from planner.scheduling.clock import Clock
from planner.scheduling.construction import construct, construct_in_turn
from planner.scheduling.exact import Exact
from planner.scheduling.finish.search import FinishSearch
from planner.scheduling.given_dates import is_blocking
from planner.scheduling.given_first import given_first
from planner.scheduling.improvement import MANY_SHOPS, Improver
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.joint_crews import attach_joint_crews
from planner.scheduling.lagrangian import Lagrangian, Prices
from planner.scheduling.limits import Limits, NoPlanError, Progress, ReportProgress, Stage
from planner.scheduling.mending import mended
from planner.scheduling.pacing import AnnealingPacer, PricePacer
from planner.scheduling.plan_maker import (
    in_order,
    make_remodels,
    milestone_results,
    total_cost,
    undated_predecessors,
    without_dates,
)
from planner.scheduling.problem import Problem
from planner.scheduling.published import is_published
from planner.scheduling.putting_back import put_as_before, put_back
from planner.scheduling.reasons import unplanned
from planner.scheduling.solver_line import SolverLine
from planner.scheduling.trace import Trace
from planner.scheduling.warm_start import kept_choices, stand_otherwise
from planner.wording.translation import gettext

FIRST_STEPS, STEPS_A_LOOK, LEAST_STEPS, MORE_STEPS = 12, 12, 120, 240
PAYING, FINISH_EVERY = 0.02, 0.8
MOST_BOUNDING, MOST_CONSTRUCTING = 0.2, 0.1
"""Parts of the time left: annealing makes more of any more of it than better prices, or a second construction, do."""
FINISH_NEAR = 0.01
"""Farther from the bound than this part of the plan's cost, too many options of each shop could still be better."""
RESERVE_A_SHOP_SECONDS, PUT_BACK_SECONDS = 0.001, 0.03
MOST_LEVELS = 0.5
"""The part of the time that goes into levels 1 and 2 before finishing early is looked at."""


def solve(
    rollout: Rollout,
    limits: Limits,
    on_progress: ReportProgress | None = None,
    stop: threading.Event | None = None,
    start: Plan | None = None,
    remains: list[object] | None = None,
) -> Plan:
    """The best plan of `rollout` within `limits`, from `start` (an earlier plan of it, or of one like it) if given.

    `on_progress` is told of each stage and improvement; setting `stop` ends the search with the best plan so far. A
    plan whose status is infeasible names the given dates that conflict. What the search worked on is added to
    `remains`, for those who cannot wait until it is taken apart. Raises NoPlanError where the limits leave no time
    for any plan.
    """
    clock = Clock(limits, stop or threading.Event(), reserve=RESERVE_A_SHOP_SECONDS * len(rollout.shops))
    run = _Run(rollout, limits, clock, on_progress or (lambda _: None), start)
    if remains is not None:
        remains.append(run)
    return run.plan()


class _Run:
    """One run: what it works on, and the best it has."""

    def __init__(
        self, rollout: Rollout, limits: Limits, clock: Clock, report: ReportProgress, start: Plan | None
    ) -> None:
        self._rollout = rollout
        self._limits = limits
        self._clock = clock
        self._report = report
        self._start = start
        self._is_money = rollout.objective is Objective.COST
        self._rng = np.random.default_rng(limits.seed)
        self._best: Incumbent | None = None
        self._bounds: Bounds | None = None
        self._trace = Trace()
        self._constant = 0
        self._never_dated = 0
        self._constructing = 0.0

    def plan(self) -> Plan:
        self._tell(Stage.PREPARING)
        first = given_first(self._rollout, self._clock, self._start)
        problem, conflicts, given = first.problem, first.conflicts, first.choices
        blocking = [conflict for conflict in conflicts if is_blocking(problem, conflict)]
        if blocking and not self._limits.allow_conflicts:
            return without_dates(self._rollout, self._solve_info(), conflicts)
        attach_joint_crews(problem)
        lagrangian = Lagrangian(problem)
        self._constant = self._constants(problem)
        self._never_dated = sum(self._rollout.shop_by_id[name].priority for name in problem.impossible)
        self._search(lagrangian, given)
        self._put_back(lagrangian)
        return self._finished(lagrangian, conflicts)

    def _constants(self, problem: Problem) -> int:
        """Cents that no choice changes: settled remodels, and shops that can have no date."""
        settled = make_remodels(Incumbent(problem, [None] * len(problem.options)))
        return total_cost(problem, settled, but=[options.shop.id for options in problem.options]).total

    def _search(self, lagrangian: Lagrangian, given: dict[int, Choice]) -> None:
        self._bounds = Bounds(lagrangian, self._clock)
        self._tell(Stage.BOUNDING)
        if self._is_money:
            self._search_all_levels(lagrangian, given)
            return
        if self._start is not None:
            given_or_kept = kept_choices(lagrangian.problem, lagrangian.pricers, self._start, given)
            self._construct(lagrangian, lagrangian.zero_prices(), given_or_kept)
        finish = FinishSearch(lagrangian.problem, given, self._clock)
        self._finish_early(finish, only_best_levels=True)
        if not self._is_done():
            self._search_all_levels(lagrangian, given)
            self._finish_early(finish, only_best_levels=False)

    def _finish_early(self, finish: FinishSearch, *, only_best_levels: bool) -> None:
        """Bring the last finish forward, levels 1 and 2 as they are; `only_best_levels`: where they are proved best."""
        bounds = self._bounds_so_far()
        if self._best is not None:
            finish.begin_with(self._best)
        while True:
            plan = finish.plan
            self._take(plan)
            if _levels(plan) == _levels(self._current()):
                bounds.raise_value(finish.bound)
            self._tell(Stage.IMPROVING)
            is_idle = only_best_levels and _levels(self._current()) != bounds.levels
            if is_idle or self._clock.is_over or self._is_done():
                return
            finish.round()

    def _search_all_levels(self, lagrangian: Lagrangian, given: dict[int, Choice]) -> None:
        bounds = self._bounds_so_far()
        start = self._mend(lagrangian, given) if self._is_money else None
        is_mended = start is not None
        for _ in range(FIRST_STEPS):
            if not self._clock.is_over:
                bounds.step(None if start is None else start.rank)
        if start is None:
            if self._start is not None:
                given = kept_choices(lagrangian.problem, lagrangian.pricers, self._start, given)
            elif self._best is None and self._clock.stop.is_set():
                raise NoPlanError(gettext("the search was stopped before the first plan was begun"))
            start = self._construct(lagrangian, bounds.prices, given)
        if not self._is_money and _levels(self._current()) == bounds.levels:
            return
        exact = Exact(lagrangian, self._current(), self._clock)
        if exact.is_small:
            self._prove(exact)
            if self._is_done():
                return
        if self._is_money:
            compile_ahead(lagrangian.problem, self._clock)
        self._raise_bounds(bounds)
        is_quick = self._constructing < MOST_CONSTRUCTING * self._clock.left
        if self._start is None and not is_mended and is_quick and not self._clock.is_over:
            start = self._construct(lagrangian, bounds.prices, given)
        pacer = AnnealingPacer(self._clock)
        start = self._anneal(self._current() if is_mended else start, pacer, FIRST_SHARE)
        self._improve(lagrangian, start, pacer)

    def _mend(self, lagrangian: Lagrangian, given: dict[int, Choice]) -> Incumbent | None:
        """The earlier plan or the published starts, where all but a few of those dates still hold."""
        if self._start is None and not is_published(self._rollout):
            return None
        plan = mended(lagrangian, self._clock, self._start, given)
        if plan is None:
            return None
        self._take(plan)
        self._put_back(lagrangian)
        self._tell(Stage.CONSTRUCTING)
        return self._current()

    def _put_back(self, lagrangian: Lagrangian) -> None:
        """Leave no published start moved for nothing, and nothing otherwise than in the plan to begin from."""
        is_over = self._clock.polish(PUT_BACK_SECONDS)
        plan, bounds = put_back(lagrangian, self._current(), is_over), self._bounds_so_far()
        if self._start is not None and not is_over():
            otherwise = stand_otherwise(plan.problem, plan.choices, self._start)
            as_before = kept_choices(plan.problem, lagrangian.pricers, self._start, {}, otherwise)
            plan = put_as_before(plan, as_before, is_over)
        if _levels(plan) != _levels(self._current()):
            bounds.levels_changed()
        self._best = plan
        bounds.raise_value(bounds.value_bound(plan.rank))

    def _raise_bounds(self, bounds: Bounds) -> None:
        """Better prices, before much time goes into plans: what they lead to is worth more than an early start."""
        until = self._clock.elapsed + MOST_BOUNDING * self._clock.left
        slack = self._slack()
        for step in range(MORE_STEPS):
            if self._clock.is_over or self._clock.elapsed > until:
                return
            bounds.step(self._current().rank)
            if step % STEPS_A_LOOK == 0:
                self._tell(Stage.BOUNDING)
                before, slack = slack, self._slack()
                is_slow = before is not None and slack is not None and before - slack < PAYING * slack
                if is_slow and step >= LEAST_STEPS:
                    return

    def _construct(self, lagrangian: Lagrangian, prices: Prices, given: dict[int, Choice]) -> Incumbent:
        began_at = self._clock.elapsed
        best = construct(lagrangian, prices, given, self._rng, lambda: self._clock.is_over)
        self._take(best)
        begun = self._bounds_so_far().money.begun
        if self._is_money and begun is not None and not self._clock.is_over:
            plan = construct_in_turn(lagrangian, prices, begun, given, lambda: self._clock.is_over)
            self._take(plan)
            best = min(best, plan, key=lambda item: item.rank)
        self._constructing = self._clock.elapsed - began_at
        self._tell(Stage.CONSTRUCTING)
        return best

    def _anneal(self, start: Incumbent, pacer: AnnealingPacer, share: float) -> Incumbent:
        """Where there are many shops, many small changes of the whole plan before few thorough ones."""
        if not self._is_money or self._clock.is_over:
            return start
        pacer.begin(start.rank)
        for plan in annealed(start, self._bounds_so_far(), self._clock, self._limits.seed, share):
            start = plan
            pacer.annealed(plan.rank)
            self._take(plan)
            self._tell(Stage.IMPROVING)
            if self._is_done():
                break
        pacer.end()
        return start

    def _prove(self, exact: Exact) -> None:
        bounds = self._bounds_so_far()
        exact.run()
        self._take(exact.plan)
        if exact.proved_short is not None:
            bounds.shortfall = exact.proved_short
        if exact.proved_priority is not None:
            bounds.unplanned_priority = exact.proved_priority
            if _levels(self._current()) == bounds.levels:
                bounds.raise_value(exact.bound)
        self._tell(Stage.IMPROVING)

    def _improve(self, lagrangian: Lagrangian, start: Incumbent, annealing: AnnealingPacer) -> None:
        """Improve a plan that is led by good prices, though one with better levels may be known: it soon overtakes."""
        bounds = self._bounds_so_far()
        may_overtake = self._start is None and self._is_money and len(start.choices) < MANY_SHOPS
        is_good = may_overtake or start.rank <= self._current().rank
        tried = np.inf
        pacer = PricePacer(bounds, self._clock)
        until = self._clock.elapsed + MOST_LEVELS * self._clock.left
        with SolverLine(self._clock) as line:
            improver = Improver(lagrangian, self._clock, start if is_good else self._current(), self._rng, line)
            while not self._clock.is_over and not self._is_done():
                if not self._is_money and (improver.levels == bounds.levels or self._clock.elapsed > until):
                    return
                if annealing.is_due(improver.plan.rank, self._slack()):
                    improver.plan = self._anneal(improver.plan, annealing, NEXT_SHARE)
                before, began = improver.plan.rank, self._clock.elapsed
                improver.step(bounds.prices, bounds.levels)
                self._take(improver.plan)
                pacer.plan_changed(before, improver.plan.rank, self._clock.elapsed - began)
                pacer.turn(self._current().rank)
                self._tell(Stage.IMPROVING)
                slack = self._slack()
                is_best = improver.plan.rank == self._current().rank and improver.levels == bounds.levels
                near = FINISH_NEAR * self._current().rank.value
                if is_best and slack is not None and slack < min(near, FINISH_EVERY * tried):
                    tried = slack
                    proved = improver.finish(bounds.prices, slack, self._limits.workers)
                    if proved is not None:
                        self._take(improver.plan)
                        bounds.raise_value(lagrangian.money_bound(proved))

    def _take(self, plan: Incumbent) -> None:
        if self._best is None or plan.rank < self._best.rank:
            bounds = self._bounds_so_far()
            if self._best is None or _levels(plan) != _levels(self._best):
                bounds.levels_changed()
            self._best = plan
            bounds.raise_value(bounds.value_bound(plan.rank))

    def _slack(self) -> float | None:
        bounds, plan = self._bounds_so_far(), self._current()
        if not self._is_money or bounds.value is None:
            return None
        bound = bounds.value_bound(plan.rank)
        return None if bound is None else float(plan.rank.value - bound)

    def _is_done(self) -> bool:
        bounds, plan = self._bounds_so_far(), self._current()
        if _levels(plan) != bounds.levels:
            return False
        gap = self._gap(plan.rank.value, bounds.value)
        return gap is not None and gap <= self._limits.gap

    def _gap(self, value: int, bound: int | None) -> float | None:
        if bound is None:
            return None
        total = value + (self._constant if self._is_money else 0)
        return round(max(0, value - bound) / total, 6) if total else 0.0

    def _current(self) -> Incumbent:
        if self._best is None:
            raise RuntimeError("the search has no plan yet")
        return self._best

    def _bounds_so_far(self) -> Bounds:
        if self._bounds is None:
            raise RuntimeError("the search has not begun")
        return self._bounds

    def _tell(self, stage: Stage) -> None:
        best, bounds = self._best, self._bounds
        bound = None if bounds is None or best is None else bounds.value
        shift = self._constant if self._is_money else 0
        if best is not None:
            self._trace.note(
                TracePoint(
                    seconds=round(self._clock.elapsed, 2),
                    shortfall=best.rank.shortfall,
                    unplanned_priority=best.rank.unplanned_priority + self._never_dated,
                    value=best.rank.value + shift,
                    bound=None if bound is None else min(best.rank.value, max(0, bound)) + shift,
                )
            )
        self._report(
            Progress(
                stage=stage,
                seconds=self._clock.elapsed,
                limit=self._limits.seconds,
                shortfall=None if best is None else best.rank.shortfall,
                unplanned=None if best is None else sum(choice is None for choice in best.choices),
                value=None if best is None else best.rank.value + shift,
                bound=None if bound is None else bound + shift,
                gap=None if best is None else self._gap(best.rank.value, bound),
            )
        )

    def _solve_info(self) -> SolveInfo:
        seconds, limits = round(self._clock.elapsed, 2), self._limits
        return SolveInfo(seconds=seconds, workers=limits.workers, seed=limits.seed, trace=self._trace.points())

    def _finished(self, lagrangian: Lagrangian, conflicts: list[Conflict]) -> Plan:
        self._tell(Stage.IMPROVING)
        plan, problem, bounds = self._current(), lagrangian.problem, self._bounds_so_far()
        remodels = make_remodels(plan, self._start)
        left_out = unplanned(lagrangian, plan, self._clock.polish())
        cost = total_cost(problem, remodels)
        milestones = milestone_results(self._rollout, remodels)
        last_finish = max([problem.axis.number(remodel.finish) for remodel in remodels], default=0)
        value = cost.total if self._is_money else last_finish
        bound = bounds.value
        if bound is not None:
            bound = min(value, max(0, bound) + (self._constant if self._is_money else 0))
        gap = None if bound is None else round((value - bound) / value, 6) if value else 0.0
        given = [options.shop for options, _ in problem.settled]
        given += [options.shop for options in problem.options if options.mandatory]
        is_optimal = _levels(plan) == bounds.levels and gap is not None and gap <= self._limits.gap
        return Plan(
            rollout=self._rollout.name,
            scenario=None,
            today=self._rollout.today,
            status=PlanStatus.OPTIMAL if is_optimal else PlanStatus.FEASIBLE,
            shortfall=sum(max(0, item.target - item.planned) for item in milestones),
            unplanned_priority=sum(self._rollout.shop_by_id[item.shop].priority for item in left_out),
            cost=cost,
            total=cost.total,
            bound=bound,
            gap=gap,
            solve=self._solve_info(),
            proved_shortfall=plan.rank.shortfall <= bounds.shortfall,
            proved_unplanned_priority=_levels(plan) == bounds.levels,
            last_finish_day=None if self._is_money else last_finish,
            milestones=milestones,
            remodels=remodels,
            unplanned=left_out,
            conflicts=in_order([*conflicts, *undated_predecessors(self._rollout, given, remodels)]),
        )


def _levels(plan: Incumbent) -> tuple[int, int]:
    return plan.rank.shortfall, plan.rank.unplanned_priority
