"""The search for the earliest last finish: schedules bred on one thread, parts of the best one solved on the others.

After a little breeding the whole goes to CP-SAT, which settles small rollouts, with proof. After that, neighbourhoods:
some tasks set free, all others kept in the order in which they hand on what they hold. When breeding wins nothing any
more, all threads solve neighbourhoods for some rounds, and then it begins anew.
"""

from collections.abc import Mapping
from random import Random
from typing import Protocol

from planner.scheduling.choice import Choice
from planner.scheduling.clock import Clock
from planner.scheduling.finish.bodies import stiff
from planner.scheduling.finish.breeding import Breeding
from planner.scheduling.finish.early_bound import early_bound
from planner.scheduling.finish.evolution import Evolution
from planner.scheduling.finish.generation import Schedule, by_tail, generate
from planner.scheduling.finish.interval_model import IntervalModel
from planner.scheduling.finish.justification import justified
from planner.scheduling.finish.project import Placement, Project
from planner.scheduling.finish.ranks import Ranks
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.problem import Problem
from planner.scheduling.subproblem import Outcome

MOST_IN_ORDER = 400
"""Tasks that a model may have: of the whole, or of a neighbourhood in which all others move in order."""
MOST_UNEVEN = 60
"""The same where holidays make positions uneven; above it, others than the free ones stand."""
WHOLE_SHARE = 0.15
MOST_SECONDS = 2.0
MOST_WORK = 0.04
"""What a neighbourhood is worth at most, in CP-SAT's units of work: many short looks win more than a few long ones."""
LONG_WORK = 0.3
"""The same while breeding pays: then it takes the time that making models of many short looks would."""
MOST_RESTS = 20
"""Rounds without breeding before it begins with others."""
ANYWHERE = 0.2
FIRST_SIZE, LEAST_SIZE = 20.0, 8.0
BREEDING_WORK = 0.2
"""Work of breeding in a round, where work is counted."""
FIRST_WORK = 0.01
ROUND_WORK = 0.02


class Breeder(Protocol):
    """What breeds schedules: `step_work` is what a step counts for where work is counted."""

    step_work: float

    @property
    def best(self) -> Schedule:
        """The best schedule so far."""

    @property
    def is_lively(self) -> bool:
        """Whether something was won lately."""

    def step(self) -> None:
        """Add schedules."""

    def add(self, schedule: Schedule) -> None:
        """Take in a schedule found elsewhere."""

    def renew(self) -> None:
        """Breed from others than those that have nothing more to give."""


class FinishSearch:
    """Looks for plans that finish earlier with levels 1 and 2 as good as they are, or better ones.

    `given` are choices of shops that must have a date.
    """

    def __init__(self, problem: Problem, given: Mapping[int, Choice], clock: Clock) -> None:
        self._bounds: dict[bool, int] = {}
        self._problem = problem
        self._clock = clock
        self._project = Project(problem)
        self._ranks = Ranks(self._project)
        placed = {number: self._project.placement(number, choice) for number, choice in given.items()}
        self._random = Random(clock.limits.seed)
        self._size = FIRST_SIZE
        self._rounds = self._rests = 0
        self._has_bred = False
        self._whole_bound = 0
        count = len(self._project.tasks)
        self._in_order = count <= MOST_IN_ORDER and self._ranks.is_even(self._project)
        self._is_whole_tried = count > MOST_UNEVEN and not self._in_order
        self._schedule = generate(self._project, by_tail(self._project, None), placed, self._is_over)
        self._breeder = self._new_breeder(placed)
        clock.spend(FIRST_WORK)

    def _new_breeder(self, given: Mapping[int, Placement]) -> Breeder:
        """One that breeds many schedules at once where tasks are stiff bodies and all have a date."""
        bodies = stiff(self._project, self._ranks, given) if self._schedule.key[1] == 0 else None
        if bodies is not None and bodies.open:
            return Breeding(bodies, self._schedule, self._clock.limits.seed, self._is_over)
        evolution = Evolution(self._project, given, self._clock.limits.seed, self._is_over)
        evolution.add(self._schedule)
        return evolution

    @property
    def plan(self) -> Incumbent:
        """The best plan so far."""
        placements = self._schedule.placements
        return Incumbent(self._problem, [None if placed is None else placed.choice for placed in placements])

    @property
    def bound(self) -> int:
        """The least last finish of plans with the levels of the best one, in days after today."""
        all_planned = self._schedule.key[1] == 0
        if all_planned not in self._bounds:
            self._bounds[all_planned] = early_bound(self._problem, all_planned=all_planned)
        return max(self._bounds[all_planned], self._whole_bound if self._schedule.key[:2] == (0, 0) else 0)

    def begin_with(self, plan: Incumbent) -> None:
        """Go on from a plan that was found elsewhere, if it is better."""
        choices = {number: choice for number, choice in enumerate(plan.choices) if choice is not None}
        self._take(Schedule(self._project, (None,) * len(plan.choices)).with_changes(choices))

    def round(self) -> None:
        """Solve as many parts of the schedule as there are workers, or one less while breeding pays."""
        workers, breeds = self._clock.limits.workers, self._breeder.is_lively
        self._rests = 0 if breeds else self._rests + 1
        if self._rests > MOST_RESTS:
            self._breeder.renew()
        if not self._has_bred:
            self._has_bred = True
            self._breed_only()
        elif not self._is_whole_tried:
            self._is_whole_tried = True
            self._try_whole()
        elif breeds and workers == 1:
            self._breed_only()
        else:
            models = [self._neighbourhood() for _ in range(max(1, workers - breeds))]
            for outcome in self._solve(models, MOST_SECONDS, LONG_WORK if breeds else MOST_WORK, breeds=breeds):
                factor = 1.03 if outcome.is_optimal else 0.97
                self._size = min(float(len(self._project.tasks)), max(LEAST_SIZE, self._size * factor))

    def _try_whole(self) -> None:
        short, left_out, last = self._schedule.key
        model = IntervalModel(self._schedule, self._ranks, range(len(self._project.tasks)), last)
        breeds = self._clock.limits.workers > 1
        seconds = self._clock.left * WHOLE_SHARE
        outcome = self._solve([model], seconds, seconds, breeds=breeds)[0]
        if short == left_out == 0 and not outcome.is_infeasible:
            self._whole_bound = model.day_of(outcome.bound)

    def _breed_only(self) -> None:
        steps = 0
        while steps * self._breeder.step_work < BREEDING_WORK and not self._clock.is_over:
            self._breeder.step()
            steps += 1
        self._clock.spend(steps * self._breeder.step_work)
        self._take_bred()

    def _neighbourhood(self) -> IntervalModel:
        if self._in_order:
            return IntervalModel(self._schedule, self._ranks, self._near(), self._schedule.key[2], in_order=True)
        return IntervalModel(self._schedule, self._ranks, self._last_and_rivals(), self._schedule.key[2])

    def _near(self) -> list[int]:
        """Tasks around some day, mostly; now and then some of anywhere."""
        dated = [(number, placed) for number, placed in enumerate(self._schedule.placements) if placed is not None]
        size = min(int(self._size), len(dated))
        if self._random.random() < ANYWHERE:
            return [number for number, _ in self._random.sample(dated, size)]
        day = self._random.randint(0, self._schedule.key[2])
        away = [
            (max(placed.start - day, day - placed.finish, 0) + self._random.random(), number)
            for number, placed in dated
        ]
        return [number for _, number in sorted(away)[:size]]

    def _last_and_rivals(self) -> list[int]:
        """The tasks that finish too late, as far as is known, and others that hold something of what they do."""
        dated = {number: placed for number, placed in enumerate(self._schedule.placements) if placed is not None}
        late = [number for number, placed in dated.items() if placed.finish > self.bound]
        late.sort(key=lambda number: -dated[number].finish)
        late = late[: max(1, int(self._size))]
        held = {span[0] for number in late for span in dated[number].spans}
        rivals = [
            number for number in dated if number not in late and any(span[0] in held for span in dated[number].spans)
        ]
        far = self._schedule.key[2] / 2
        rivals.sort(key=lambda number: dated[number].finish + self._random.uniform(0, far), reverse=True)
        return [*late, *rivals[: int(self._size)]]

    def _solve(self, models: list[IntervalModel], seconds: float, work: float, *, breeds: bool) -> list[Outcome]:
        steps = 0

        def breed() -> bool:
            nonlocal steps
            steps += 1
            self._breeder.step()
            return not self._clock.limits.deterministic or steps * self._breeder.step_work < BREEDING_WORK

        base = self._schedule
        self._rounds += 1
        seeds = range(self._rounds * len(models), (self._rounds + 1) * len(models))
        jobs = [(model, self._clock.solver(seconds, seed=seed)) for model, seed in zip(models, seeds, strict=True)]
        for _, solver in jobs:
            solver.parameters.linearization_level = 0
            solver.parameters.max_deterministic_time = min(solver.parameters.max_deterministic_time, work)
        outcomes = self._clock.solve_all(jobs, breed if breeds else None)
        self._clock.spend(max([steps * self._breeder.step_work, *(outcome.work for outcome in outcomes)]) + ROUND_WORK)
        self._take_bred()
        for outcome in outcomes:
            if outcome.choices is not None:
                choices = {number: choice for number, choice in outcome.choices.items() if choice is not None}
                self._take(base.with_changes(choices))
        return outcomes

    def _take_bred(self) -> None:
        if self._breeder.best.key < self._schedule.key:
            self._schedule = self._breeder.best

    def _take(self, schedule: Schedule) -> None:
        """Take a schedule over if it is no worse, and sound: a model's answer is not taken on trust."""
        if schedule.key <= self._schedule.key and schedule.is_sound:
            is_better = schedule.key < self._schedule.key
            self._schedule = justified(schedule, self._is_over) if is_better else schedule
            self._breeder.add(self._schedule)

    def _is_over(self) -> bool:
        return self._clock.is_over
