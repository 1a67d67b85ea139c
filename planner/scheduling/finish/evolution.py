"""Schedules bred from one another: a genetic algorithm over the order in which tasks are placed.

Two parents, a stretch of the child's order from one of them, the rest from the other; some neighbours swapped; then
placed and justified (Hartmann: A competitive genetic algorithm for resource-constrained project scheduling, Naval
Research Logistics 45, 1998; with justification it is among the best for its time: Kolisch and Hartmann, 2006).
"""

from collections.abc import Callable, Mapping
from random import Random

from planner.scheduling.finish.generation import Schedule, by_tail, generate, ordered
from planner.scheduling.finish.justification import justified
from planner.scheduling.finish.project import Placement, Project

POPULATION = 40
PATIENCE = 60
MUTATION = 0.05
SHAKE = 0.1
STEP_WORK = 0.01
LEAST_STRETCH, MOST_STRETCH = 0.25, 0.75


class Evolution:
    """A population of schedules, the best first.

    It begins with those of a priority rule; where these fall short on levels 1 or 2 of the best schedule that is known,
    with others like that one.
    """

    step_work = STEP_WORK

    def __init__(
        self, project: Project, given: Mapping[int, Placement], seed: int, is_over: Callable[[], bool]
    ) -> None:
        self._project = project
        self._given = given
        self._random = Random(seed)
        self._population: list[Schedule] = []
        self._is_over = is_over
        self.steps = 0
        self._gained = 0
        self._rule_falls_short = False

    @property
    def best(self) -> Schedule:
        """The best schedule so far."""
        return self._population[0]

    @property
    def is_lively(self) -> bool:
        """Whether something was won lately."""
        return self.steps - self._gained < PATIENCE

    def step(self) -> None:
        """Add one schedule: a new one while the population grows, then a child of two."""
        by_rule = len(self._population) < POPULATION and not self._rule_falls_short
        if by_rule:
            order = by_tail(self._project, self._random if self.steps else None)
        elif len(self._population) < POPULATION:
            order = self._shaken(self.best)
        else:
            order = self._mutated(self._child(self._parent().order, self._parent().order))
        self.steps += 1
        schedule = justified(generate(self._project, order, self._given, self._is_over), self._is_over)
        self.add(schedule)
        if by_rule:
            self._rule_falls_short = schedule.key[:2] > self.best.key[:2]

    def renew(self) -> None:
        """Begin anew with the best schedule."""
        del self._population[1:]
        self._gained = self.steps

    def add(self, schedule: Schedule) -> None:
        """Take a schedule into the population if there is room for it, or a worse one, and none like it."""
        if any(schedule.key == other.key and schedule.order == other.order for other in self._population):
            return
        if not self._population or schedule.key < self.best.key:
            self._gained = self.steps
        self._population.append(schedule)
        self._population.sort(key=lambda item: item.key)
        del self._population[POPULATION:]

    def _shaken(self, schedule: Schedule) -> list[int]:
        """The tasks in the order of a schedule, each a little sooner or later."""
        most = SHAKE * schedule.key[2]
        starts = [0 if placed is None else placed.start for placed in schedule.placements]
        ranks = [start + self._random.uniform(-most, most) for start in starts]
        return ordered(self._project, ranks.__getitem__)

    def _parent(self) -> Schedule:
        """The better of two."""
        count = len(self._population)
        return self._population[min(self._random.randrange(count), self._random.randrange(count))]

    def _child(self, mother: list[int], father: list[int]) -> list[int]:
        """The order of `mother`, but in a stretch of it, those that `father` would place next."""
        count = len(mother)
        begin = self._random.randrange(count)
        length = self._random.randint(int(count * LEAST_STRETCH), int(count * MOST_STRETCH))
        child = mother[:begin]
        used = set(child)
        child += [number for number in father if number not in used][: max(1, length)]
        used = set(child)
        return child + [number for number in mother if number not in used]

    def _mutated(self, order: list[int]) -> list[int]:
        for place in range(len(order) - 1):
            one, other = order[place], order[place + 1]
            if self._random.random() < MUTATION and one not in self._project.tasks[other].after:
                order[place], order[place + 1] = other, one
        return order
