"""A part of a run in which the whole plan is annealed on all workers, one of which makes prices better now and then."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import replace

import numpy as np

from planner.scheduling.annealing.kept import is_compiled
from planner.scheduling.bounding import Bounds
from planner.scheduling.clock import POLL_SECONDS, Clock
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Prices
from planner.scheduling.pacing import PriceTurns
from planner.scheduling.problem import Problem

Works = Sequence["Future[float]"]

LEAST_SHOPS = 50
"""Of fewer shops, the plan is not annealed: neighbourhoods of them are nearly all."""
FIRST_SHARE, NEXT_SHARE = 0.75, 0.5
"""The part of the time left that the first course takes at most, and each one after it: slow cooling pays."""
CHANGES_A_SHOP = 200
ROUND_SECONDS, STEPS_WITHIN = 0.3, 5
"""How long a round lasts: at least as long as so many price steps, or it would be over long before the last of them."""
READ_SECONDS = 1.0
MOST_CHANGE = 2.0
STEPS_A_ROUND = 4
"""Price steps a round, where the number must not hang on how quick the machine is."""
PATIENCE_SECONDS = 0.5
"""How long a round is waited for after a stop; it takes longer only while the functions are compiled."""
COMPILING_SECONDS = 20.0
"""With less time left, nothing is compiled that was not before: it would take the time of all else."""
OVERDUE_SECONDS, OVERDUE_ROUNDS = 1.0, 2.0
"""How much longer than its course a round may take: so many seconds, and so many times the round before it."""


def may_anneal(problem: Problem, clock: Clock) -> bool:
    """Whether annealing has enough shops, and is compiled or can soon be."""
    is_ready = clock.limits.deterministic or clock.left > COMPILING_SECONDS or is_compiled()
    return len(problem.options) >= LEAST_SHOPS and is_ready


def compile_ahead(problem: Problem, clock: Clock) -> "Future[float]":
    """Have what anneals compiled beside whatever comes before: where it never was, that takes some fifteen seconds."""
    nothing = replace(problem, options=[], settled=[], capacity=problem.capacity[:0])

    def anneal_nothing() -> float:
        from planner.scheduling.annealing.annealer import Annealer, Course, no_wishes  # noqa: PLC0415 - as below.

        prices = Prices(np.zeros(0), np.zeros(len(nothing.deadlines)))
        return Annealer(Incumbent(nothing, []), seed=0).begin(prices, no_wishes(), Course(0.0, 0.0), 0)[0]()

    return _beside(anneal_nothing if may_anneal(problem, clock) else float)


def annealed(start: Incumbent, bounds: Bounds, clock: Clock, seed: int, share: float) -> Iterator[Incumbent]:
    """Better and better plans from `start`, until `share` of the time left is over or enough changes were tried."""
    from planner.scheduling.annealing.annealer import (  # noqa: PLC0415 - Numba loads slowly.
        Annealer,
        Course,
        changes_in_first_round,
        wishes_at_best,
    )

    wishes = wishes_at_best(bounds.money)
    if wishes is None or not may_anneal(start.problem, clock):
        return
    annealer, turns = Annealer(start, seed), PriceTurns(bounds, clock)
    shops = len(start.choices)
    most = CHANGES_A_SHOP * shops
    began, duration = clock.elapsed, share * clock.left

    def is_stopped() -> bool:
        return clock.stop.is_set() or (clock.is_over and not clock.limits.deterministic)

    read_at, tried, changes, seconds, a_step = began, 0, changes_in_first_round(shops), 0.0, 0.0
    while not clock.is_over:
        round_began = clock.elapsed
        progress = max(tried / most, (round_began - began) / duration)
        if progress >= 1.0:
            break
        course = Course(min(CHANGES_A_SHOP, tried / shops / progress) if progress else 0.0, progress)
        is_pricing, bound = turns.is_due(), bounds.value
        count = clock.limits.workers - is_pricing
        walks = annealer.begin(bounds.prices, wishes, course, changes, count, is_stopped)
        works = [_beside(go) for go in walks]
        overdue = began + duration + OVERDUE_SECONDS + OVERDUE_ROUNDS * seconds
        steps = _better_prices(works, bounds, clock, annealer.plan, overdue) if is_pricing else 0
        if not _are_done(works, clock, overdue):
            return
        annealer.end()
        clock.spend(sum(work.result() for work in works) / clock.limits.workers)
        if is_pricing:
            turns.taken(bound, clock.elapsed - round_began, annealer.plan.rank)
        tried += changes * len(walks)
        if not clock.limits.deterministic:
            seconds = clock.elapsed - round_began
            a_step = seconds / steps if steps else a_step
            changes = _next_changes(changes, seconds, max(ROUND_SECONDS, STEPS_WITHIN * a_step))
        if clock.elapsed - read_at > READ_SECONDS:
            read_at = clock.elapsed
            yield annealer.read()
        wishes = wishes_at_best(bounds.money) or wishes
    yield annealer.read()


def _next_changes(changes: int, seconds: float, wanted: float) -> int:
    """How many changes take about `wanted` seconds; by steps, since a first round is compiled."""
    factor = wanted / max(seconds, 1e-3)
    return max(1, round(changes * min(MOST_CHANGE, max(1 / MOST_CHANGE, factor))))


def _better_prices(works: Works, bounds: Bounds, clock: Clock, plan: Incumbent, overdue: float) -> int:
    """Take price steps while `works` go on, until they are `overdue`; how many."""
    steps = 0
    if clock.limits.deterministic:
        for _ in range(STEPS_A_ROUND):
            bounds.step(plan.rank)
        return STEPS_A_ROUND
    while not all(work.done() for work in works) and clock.elapsed < overdue and not clock.is_over:
        bounds.step(plan.rank)
        steps += 1
    return steps


def _are_done(works: Works, clock: Clock, overdue: float) -> bool:
    """Wait for `works`, until they are `overdue`, or for a moment after a stop; whether they are done."""
    if clock.limits.deterministic:
        wait(works)
    while clock.elapsed < overdue and not clock.is_over and wait(works, timeout=POLL_SECONDS).not_done:
        pass
    return not wait(works, timeout=PATIENCE_SECONDS).not_done


def _beside(work: Callable[[], float]) -> "Future[float]":
    """Do `work` on a thread that does not keep the program from ending."""
    future: Future[float] = Future()

    def do() -> None:
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    threading.Thread(target=do, name="anneal", daemon=True).start()
    return future
