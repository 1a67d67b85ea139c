"""Plays a plan: one walk along its jobs, all samples of a block at once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from planner.review.risk.axis import Mask, Numbers
from planner.review.risk.draws import Draws
from planner.review.risk.model import Away, Closing, Hold, Job, Model
from planner.review.risk.pools import PoolState


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A way to play: what chance may not change, and units added to a pool.

    `steady_items` and `steady_permits` (of items and of remodels) say whose lengths and permits are as planned; None
    is none of them.
    """

    name: str = ""
    steady_items: Mask | None = None
    steady_permits: Mask | None = None
    without_illness: bool = False
    without_late_kits: bool = False
    more_units: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Played:
    """A block that has been played: start and finish of each remodel, samples along the last axis.

    `waited` sums the days that each remodel (by its place) waited for each crew (by its pool); `blacked_out` counts
    remodels whose shop was closed in a blackout.
    """

    starts: Numbers
    finishes: Numbers
    waited: Counter[tuple[int, int]]
    blacked_out: int


def play(model: Model, draws: Draws, size: int, delays: tuple[int, int], variant: Variant) -> Played:
    """Plays the plan; `delays` are the days by which permits slip and deliveries are late."""
    return _Play(model, draws, size, delays, variant).all()


class _Play:
    def __init__(self, model: Model, draws: Draws, size: int, delays: tuple[int, int], variant: Variant) -> None:
        self._model = model
        self._draws = draws
        self._variant = variant
        self._size = size
        self._never = model.axis.never
        self._slip_days, late_days = delays
        self._pools = [
            PoolState(rows + variant.more_units.get(place, 0), size, self._never)
            for place, rows in enumerate(_rows_needed(model))
        ]
        self._weeks = [
            np.zeros((int(model.weeks[-1]) + 1, size), dtype=np.int16) + _begun(limit.begun, int(model.weeks[-1]) + 1)
            for limit in model.weekly
        ]
        self._arrivals = self._arrive(0 if variant.without_late_kits else late_days)
        shape = (len(model.remodels), size)
        planned = np.array([remodel.start for remodel in model.remodels], dtype=np.intp)
        self._starts: Numbers = np.repeat(planned[:, None], size, axis=1)
        self._finishes: Numbers = np.zeros(shape, dtype=np.intp)
        self._closed_from: Numbers = np.zeros(shape, dtype=np.intp)
        self._closed_to: Numbers = np.zeros(shape, dtype=np.intp)
        self._last: Numbers = np.zeros(shape, dtype=np.intp)
        self._taken: dict[tuple[int, int], list[Numbers]] = {}
        self._waited: Counter[tuple[int, int]] = Counter()
        self._blacked_out = 0

    def _arrive(self, late_days: int) -> list[tuple[Numbers, Numbers]]:
        """For each stock the days of its deliveries in order, and what has come with each.

        One column for each sample, or a single one where no delivery is late in any.
        """
        arrivals = []
        for stock, late in zip(self._model.stocks, self._draws.late, strict=True):
            some_late = late if late_days and late.any() else np.zeros((len(stock.days), 1), dtype=np.bool_)
            days = np.minimum(stock.days[:, None] + some_late * late_days, self._never)
            # The first is the stock of today.
            days[0] = stock.days[0]
            order = np.argsort(days, axis=0, kind="stable")
            arrivals.append((np.take_along_axis(days, order, 0), np.cumsum(stock.quantities[order], axis=0)))
        return arrivals

    def all(self) -> Played:
        for step in self._model.steps:
            if isinstance(step, Away):
                self._pools[step.pool].absent(step.units, step.back)
            else:
                self._play(step)
        return Played(self._starts, self._finishes, self._waited, self._blacked_out)

    def _play(self, job: Job) -> None:
        begin = np.full(self._size, job.first, dtype=np.intp) if job.is_under_way else self._begin(job)
        self._take(job, job.takes)
        if job.closing is not None:
            self._take(job, job.closing.holds)
            self._closed_from[job.shop] = begin
        for place in job.weekly:
            self._count_start(place, begin)
        last = self._last_day(job, begin)
        self._last[job.shop] = last
        for hold in job.returns:
            self._give_back(job, hold, last)
        if job.reopens:
            self._closed_to[job.shop] = last
            self._count_blacked_out(job)
        if job.opens:
            self._starts[job.shop] = begin
        if job.ends:
            self._finishes[job.shop] = last

    def _begin(self, job: Job) -> Numbers:
        """The first day on which everything the job waits for is there."""
        ready = self._wait_for_crews(job, self._ready(job))
        if job.closing is not None and job.closing.asks:
            ready = self._wait_for_limits(job.closing, self._reopened(job.closing, ready))
        begin = job.starts.take(ready)
        while True:
            later = self._after_windows(job, self._after_full_weeks(job, begin))
            if later is begin:
                break
            begin = later
        return begin

    def _ready(self, job: Job) -> Numbers:
        """When the shop itself is ready: its date, the phase before, predecessors, permit, supply."""
        ready = np.full(self._size, job.earliest, dtype=np.intp)
        if job.waited is not None:
            np.maximum(ready, job.waited.take(self._last[job.shop]), out=ready)
        for place in job.after:
            np.maximum(ready, self._finishes[place] + 1, out=ready)
        if job.permit is not None:
            steady = self._variant.steady_permits
            slips = self._slip_days and (steady is None or not steady[job.shop])
            late = self._draws.slipped[job.shop] * self._slip_days if slips else 0
            np.maximum(ready, job.permit + late, out=ready)
        for draw in job.draws:
            np.maximum(ready, self._supplied(draw.stock, draw.total), out=ready)
        return np.minimum(ready, self._never, out=ready)

    def _supplied(self, stock: int, total: int) -> Numbers:
        days, come = self._arrivals[stock]
        number = np.count_nonzero(come < total, axis=0)
        found = np.take_along_axis(days, np.minimum(number, len(days) - 1)[None], 0)[0]
        return np.where(number < len(days), found, self._never)

    def _wait_for_crews(self, job: Job, ready: Numbers) -> Numbers:
        when = ready
        for hold in job.takes:
            free = self._pools[hold.pool].free_from(hold.units)
            if free is not None:
                self._waited[hold.pool, job.shop] += int(np.maximum(free - ready, 0).sum())
                when = np.maximum(when, free)
        return when

    def _wait_for_limits(self, closing: Closing, ready: Numbers) -> Numbers:
        for hold in closing.holds:
            free = self._pools[hold.pool].free_from(hold.units)
            if free is not None and not self._is_windowed(hold):
                ready = np.maximum(ready, free)
        return ready

    def _reopened(self, closing: Closing, ready: Numbers) -> Numbers:
        for place in closing.neighbours:
            reopened = np.minimum(self._closed_to[place] + 1, self._never)
            ready = np.where(self._closed_from[place] < self._never, np.maximum(ready, reopened), ready)
        return ready

    def _is_windowed(self, hold: Hold) -> bool:
        pool = self._model.pools[hold.pool]
        return pool.first > 0 or pool.last is not None

    def _after_windows(self, job: Job, begin: Numbers) -> Numbers:
        """The first days from `begin` on which limits that hold for a time let the shop close."""
        closing = job.closing
        if closing is None or not closing.asks or job.is_under_way:
            return begin
        for hold in closing.holds:
            pool = self._model.pools[hold.pool]
            free = self._pools[hold.pool].free_from(hold.units)
            if free is None or not self._is_windowed(hold):
                continue
            last = self._never if pool.last is None else pool.last
            is_asked = (begin <= last) & (closing.ends.take(begin) >= pool.first) & (begin < self._never)
            is_full = is_asked & (free > np.maximum(begin, pool.first))
            if is_full.any():
                free_or_over = job.starts.take(np.minimum(free, min(last + 1, self._never)))
                begin = np.where(is_full, free_or_over, begin)
        return begin

    def _after_full_weeks(self, job: Job, begin: Numbers) -> Numbers:
        """The first days from `begin` in weeks in which the shop may start."""
        if not job.waits_for_week:
            return begin
        samples = np.arange(self._size)
        for place in job.weekly:
            limit = self._model.weekly[place]
            while True:
                counts = self._weeks[place][self._model.weeks.take(begin), samples]
                is_full = (counts >= limit.most) & (begin >= limit.first) & (begin <= limit.last)
                is_full &= begin < self._never
                if not is_full.any():
                    break
                begin = np.where(is_full, job.starts.take(self._model.mondays.take(begin)), begin)
        return begin

    def _count_start(self, place: int, begin: Numbers) -> None:
        limit = self._model.weekly[place]
        counts = (begin >= limit.first) & (begin <= limit.last) & (begin < self._never)
        self._weeks[place][self._model.weeks.take(begin), np.arange(self._size)] += counts

    def _take(self, job: Job, holds: Sequence[Hold]) -> None:
        for hold in holds:
            self._taken[hold.pool, job.shop] = self._pools[hold.pool].take(hold.units)

    def _give_back(self, job: Job, hold: Hold, last: Numbers) -> None:
        """Frees units on the day after `last`; those of a job that never came about are free as they were before it.

        A shop that closes on its fixed date asks no limit, so the place it takes may be held for longer by another one.
        """
        free = np.minimum(last + 1, self._never)
        before = self._taken.pop((hold.pool, job.shop), [])
        is_crew = self._model.pools[hold.pool].is_crew
        came_about = (last if is_crew else self._closed_from[job.shop]) < self._never
        back = [np.where(came_about, np.maximum(free, since), since) for since in before]
        back += [free] * (hold.units - len(before))
        self._pools[hold.pool].give_back(back)

    def _last_day(self, job: Job, begin: Numbers) -> Numbers:
        """The day the phase is over, crews' absences and free days of the shop in between."""
        steady = self._variant.steady_items
        if steady is not None and steady[job.item]:
            days: Numbers = np.full(self._size, job.days, dtype=np.intp)
        else:
            days = self._draws.days[job.item]
            if not self._variant.without_illness:
                days = days + self._draws.illness[job.item]
        last = job.work.nth(np.maximum(begin, 0) if job.is_under_way else begin, days)
        if job.is_stretched:
            as_planned = (begin == job.first) & (days == job.days)
            last = np.where(as_planned, job.last, last)
        return last

    def _count_blacked_out(self, job: Job) -> None:
        touched: Mask = np.zeros(self._size, dtype=np.bool_)
        for first, last in self._model.remodels[job.shop].blackouts:
            closed_from, closed_to = self._closed_from[job.shop], self._closed_to[job.shop]
            touched |= (closed_from <= last) & (closed_to >= max(0, first)) & (closed_from < self._never)
        self._blacked_out += int(np.count_nonzero(touched))


def _rows_needed(model: Model) -> list[int]:
    """How many units of each pool its jobs and absences can be at all at once: a pool of thousands needs no more."""
    wanted = [0] * len(model.pools)
    for step in model.steps:
        if isinstance(step, Away):
            wanted[step.pool] += step.units
            continue
        holds = [*step.takes, *(step.closing.holds if step.closing else ())]
        for hold in holds:
            wanted[hold.pool] += hold.units
    return [min(pool.units, units) for pool, units in zip(model.pools, wanted, strict=True)]


def _begun(begun: int, weeks: int) -> np.ndarray:
    """Starts before today count in this week."""
    counts = np.zeros((weeks, 1), dtype=np.int16)
    counts[0] = begun
    return counts
