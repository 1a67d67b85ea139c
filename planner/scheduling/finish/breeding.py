"""Schedules bred from one another, hundreds at a time: what `evolution` does, for projects of stiff bodies.

A child's order is that of one parent, but that of the other in the busiest of a few stretches of time (peak crossover:
Valls, Ballestín and Quintanilla, A hybrid genetic algorithm for the resource-constrained project scheduling problem,
European Journal of Operational Research 185, 2008; orders as start times: Debels and Vanhoucke, A decomposition-based
genetic algorithm for the resource-constrained project-scheduling problem, Operations Research 55, 2007). It is placed
as late as it goes and then as early as it goes, which is a generation and half a justification in one.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from planner.scheduling.finish.bodies import Bodies
from planner.scheduling.finish.generation import Schedule, ordered, tails_of
from planner.scheduling.finish.placer import Placer
from planner.scheduling.timelines import BoolArray, FloatArray, IntArray

POPULATION = 200
MOST_PLACED = 24_000
"""Tasks placed in a step, so that one is soon over."""
MOST_ROOM = 20_000_000
"""Numbers that the room of all schedules of a step may take."""
SPACE = 1.3
"""Ranks that schedules may take, against the first one's."""
MUTATION, SHAKE = 0.03, 0.05
"""How many tasks of a child are moved in its order, and how far, as a part of the span."""
LEAST_STRETCH, MOST_STRETCH = 0.25, 0.75
STRETCHES = 4
"""How many stretches of time are looked at for the busiest."""
NOISE = (0.3, 1.7)
PATIENCE = 40
"""Steps without a better schedule in the herd after which it has nothing more to give."""
TIE = 1e-3
LATE = 8
"""Tasks that finish last: of two schedules that are over on the same day, better is the one with these earlier."""
TINY = 1e-6
STEP_WORK = 0.05


@dataclass(slots=True)
class _Herd:
    """Schedules, the best first: the start ranks [schedules, tasks] and how bad each is."""

    starts: IntArray
    costs: FloatArray

    def __len__(self) -> int:
        return len(self.costs)

    def best(self, count: int) -> "_Herd":
        """The best of them, so many at most."""
        return _Herd(self.starts[:count], self.costs[:count])

    def with_others(self, other: "_Herd", most: int) -> "_Herd":
        """The best of both, none twice."""
        starts, costs = np.concatenate([self.starts, other.starts]), np.concatenate([self.costs, other.costs])
        marks = starts @ np.arange(1, starts.shape[1] + 1) ** 2
        by_cost = np.argsort(costs, kind="stable")
        _, first = np.unique(marks[by_cost], return_index=True)
        chosen = by_cost[np.sort(first)[:most]]
        return _Herd(starts[chosen], costs[chosen])


class Breeding:
    """A herd of schedules, begun with `first`, in which all tasks have a date; more with every step."""

    step_work = STEP_WORK

    def __init__(self, bodies: Bodies, first: Schedule, seed: int, is_over: Callable[[], bool]) -> None:
        self._bodies, self._project, self._is_over = bodies, bodies.project, is_over
        self._rng = np.random.default_rng(seed)
        tasks, self._open = self._project.tasks, np.array(sorted(bodies.open))
        order = ordered(self._project, lambda _: 0.0)
        self._in_order = [tasks[number] for number in order if number in bodies.open]
        self._length = np.array(
            [bodies.open[number].length if number in bodies.open else 1 for number in sorted(order)]
        )
        self._ranks = min(bodies.ranks.count, int(SPACE * bodies.ranks.of_days([first.key[2]])[0]) + 2)
        room = bodies.room[:, : self._ranks]
        standing = bodies.standing.items()
        finishes = {number: last for number, (_, last) in standing}
        self._forward = Placer(bodies.open, room, [task.after for task in tasks], finishes)
        mirrored = {number: body.mirrored(self._ranks) for number, body in bodies.open.items()}
        finishes = {number: self._ranks - 1 - first for number, (first, _) in standing}
        self._backward = Placer(mirrored, room[:, ::-1], [task.before for task in tasks], finishes)
        self._is_even = not standing and bool((room == room[:, :1]).all()) and self._forward.all_open
        self._area = bodies.areas()
        self._batch = max(8, min(POPULATION, MOST_PLACED // len(tasks), MOST_ROOM // max(1, room.size)))
        self._herd = _Herd(np.zeros((0, len(tasks)), np.int64), np.zeros(0))
        self._best = first
        self._aside: _Herd | None = None
        self.steps = self._gained = 0
        self.add(first)

    @property
    def best(self) -> Schedule:
        """The best schedule so far."""
        return self._best

    @property
    def is_lively(self) -> bool:
        """Whether something was won lately."""
        return self.steps - self._gained < PATIENCE

    def step(self) -> None:
        """Add many schedules: new ones while the herd grows, then children of two each."""
        self.steps += 1
        starts, is_whole = self._new() if len(self._herd) < POPULATION else self._children()
        self._take(starts[is_whole])

    def add(self, schedule: Schedule) -> None:
        """Take a schedule into the herd, if all its tasks have a date."""
        starts = self._bodies.starts_of(schedule)
        if starts is not None:
            self._take(starts[None])

    def renew(self) -> None:
        """Set the herd aside and begin another; or go on with the best halves of both."""
        if self._aside is None:
            self._aside, self._herd = self._herd.best(POPULATION // 2), self._herd.best(0)
        else:
            self._herd = self._herd.best(POPULATION // 2).with_others(self._aside, POPULATION)
            self._aside = None
        self._gained = self.steps

    def _take(self, starts: IntArray) -> None:
        before = self._herd.costs[0] if len(self._herd) else np.inf
        self._herd = self._herd.with_others(_Herd(starts, self._costs(starts)), POPULATION)
        if len(self._herd) and self._herd.costs[0] < before:
            self._gained = self.steps
            found = self._bodies.schedule_of(self._herd.starts[0])
            if found.key < self._best.key and found.is_sound:
                self._best = found

    def _costs(self, starts: IntArray) -> FloatArray:
        """How bad schedules are: shops short of milestones, then the last finish, then how late the late ones are."""
        finishes = (starts + self._length)[:, self._open]
        late: FloatArray = np.sort(finishes, axis=1)[:, -LATE:].mean(axis=1)
        costs: FloatArray = finishes.max(axis=1) + late / (self._bodies.ranks.count + 1)
        for by, need in self._bodies.deadlines:
            costs += self._bodies.ranks.count * np.maximum(0, need - (finishes <= by).sum(axis=1))
        return costs

    def _new(self) -> tuple[IntArray, BoolArray]:
        """Schedules in orders that mix a priority rule with chance, and in any order."""
        keys = self._rng.uniform(size=(self._batch, len(self._length)))
        tails = tails_of(self._project)
        half = self._batch // 2
        keys[:half] = -np.array(tails) * self._rng.uniform(*NOISE, size=(half, len(tails)))
        return self._justified(keys)

    def _children(self) -> tuple[IntArray, BoolArray]:
        """Each with the order of one parent within the busiest of a few stretches of time, else that of another."""
        mothers, fathers = self._herd.starts[self._parents()], self._herd.starts[self._parents()]
        span = (mothers + self._length).max(axis=1)
        width = self._rng.uniform(LEAST_STRETCH, MOST_STRETCH, len(span)) * span
        begins = self._rng.uniform(size=(STRETCHES, len(span))) * (span - width)
        inside = (mothers >= begins[..., None]) & (mothers <= (begins + width)[..., None])
        busiest = (inside * self._area).sum(axis=2).argmax(axis=0)
        each = np.arange(len(span))
        begin, inside = begins[busiest, each][:, None], inside[busiest, each]
        far = 2.0 * self._ranks
        shift = np.where(fathers < begin, -far, np.where(fathers > begin + width[:, None], far, 0.0))
        keys = np.where(inside, mothers, fathers + shift)
        shaken = self._rng.random(keys.shape) < MUTATION
        keys += shaken * self._rng.normal(0, SHAKE, keys.shape) * span[:, None] + self._rng.random(keys.shape) * TIE
        if not self._is_even:
            return self._justified(keys)
        late, is_late = self._late(keys + self._length, np.zeros(len(keys), np.int64))
        early, is_early = self._early(late)
        return early, is_late & is_early

    def _parents(self) -> IntArray:
        """The better of two, for each child."""
        parents: IntArray = self._rng.integers(0, len(self._herd), (2, self._batch)).min(axis=0)
        return parents

    def _justified(self, keys: FloatArray) -> tuple[IntArray, BoolArray]:
        """All tasks early in the order of the keys, then late, then early again."""
        first, is_first = self._early(keys)
        finishes = first + self._length
        late, is_late = self._late(finishes, self._ranks - finishes[:, self._open].max(axis=1))
        early, is_early = self._early(late)
        return early, is_first & is_late & is_early

    def _early(self, keys: FloatArray | IntArray) -> tuple[IntArray, BoolArray]:
        """All tasks at their earliest in the order of `keys`, each after those it comes after."""
        keys = np.concatenate([keys, np.full((len(keys), 1), -np.inf)], axis=1)
        for task in self._in_order:
            if task.after:
                keys[:, task.number] = np.maximum(keys[:, task.number], keys[:, task.after].max(axis=1) + TINY)
        orders = self._open[np.argsort(keys[:, self._open], axis=1, kind="stable")]
        return self._forward.place(orders, np.zeros(len(keys), np.int64), self._is_over)

    def _late(self, keys: FloatArray | IntArray, not_before: IntArray) -> tuple[IntArray, BoolArray]:
        """All tasks at their latest, the largest key first, the last `not_before` ranks left free."""
        keys = np.concatenate([keys, np.full((len(keys), 1), np.inf)], axis=1)
        for task in reversed(self._in_order):
            if task.before:
                keys[:, task.number] = np.minimum(keys[:, task.number], keys[:, task.before].min(axis=1) - TINY)
        orders = self._open[np.argsort(-keys[:, self._open], axis=1, kind="stable")]
        mirrored, is_whole = self._backward.place(orders, not_before, self._is_over)
        return self._ranks - self._length - mirrored, is_whole
