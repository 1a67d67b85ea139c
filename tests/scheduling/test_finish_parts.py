"""The parts of the search for an early finish: placing, generation, justification, order, bounds."""

from itertools import combinations
from random import Random

import pytest

from planner.scheduling.choice import Choice
from planner.scheduling.finish.early_bound import early_bound
from planner.scheduling.finish.flow import Held, handed_on
from planner.scheduling.finish.generation import Schedule, by_tail, generate
from planner.scheduling.finish.interval_model import IntervalModel
from planner.scheduling.finish.justification import justified
from planner.scheduling.finish.project import Project
from planner.scheduling.finish.ranks import Ranks
from planner.scheduling.finish.yard import Yard
from tests.scheduling.brute_force import brute_force
from tests.scheduling.brute_options import TooLargeError
from tests.scheduling.finish_problems import a_clock, early, project_rollout, ready
from tests.tiny_rollouts import LARGER

SEEDS = (1, 4, 5, 6, 7)


def never() -> bool:
    return False


def first_schedule(seed: int) -> Schedule:
    problem, given = ready(early(seed, LARGER))
    project = Project(problem)
    placed = {number: project.placement(number, choice) for number, choice in given.items()}
    return generate(project, by_tail(project, Random(seed)), placed, never)


@pytest.mark.parametrize("seed", SEEDS)
def test_schedules_are_sound_and_justification_never_makes_them_worse(seed: int) -> None:
    schedule = first_schedule(seed)
    assert schedule.is_sound
    tighter = justified(schedule, never)
    assert tighter.is_sound
    assert tighter.key <= schedule.key


@pytest.mark.parametrize("seed", SEEDS)
def test_the_earliest_and_the_latest_place_are_so(seed: int) -> None:
    """No position that fits finishes before the earliest placement, nor after the latest: all are tried."""
    schedule = first_schedule(seed)
    project = schedule.project
    yard = Yard(project)
    for placed in schedule.placements:
        if placed is not None:
            yard.take(placed)
    for task, placed in zip(project.tasks, schedule.placements, strict=True):
        if placed is None or placed.start < 0 or len(task.parts) > 1 or task.parts[0].visits:
            continue
        yard.give_back(placed)
        fitting = []
        for position in task.parts[0].order:
            there = project.placement(task.number, Choice((position,), task.crews))
            yard.take(there)
            if yard.is_sound:
                fitting.append(there.finish)
            yard.give_back(there)
        soonest, latest = yard.earliest(task, 0), yard.latest(task, project.problem.axis.count)
        assert soonest is not None
        assert latest is not None
        assert (soonest.finish, latest.finish) == (min(fitting), max(fitting))
        yard.take(placed)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_handed_on_in_order_never_holds_too_much(seed: int) -> None:
    """Moved to any times that keep the pairs in order, holds stay within what they needed at once before."""
    random = Random(seed)
    holds: list[Held] = []
    for number in range(12):
        begin = random.randint(0, 20)
        holds.append((number, begin, begin + random.randint(1, 6), random.randint(1, 3)))
    room = max(_held_on(holds, day) for day in range(30))
    pairs = set(handed_on(holds))
    moved: dict[int, tuple[int, int]] = {}
    for number, begin, stop, _ in sorted(holds, key=lambda held: held[1]):
        earliest = max([moved[one][1] for one, other in pairs if other == number], default=0)
        length = stop - begin
        start = earliest + random.choice((0, 0, 1, 4))
        moved[number] = (start, start + length)
    again = [(number, *moved[number], amount) for number, _, _, amount in holds]
    for one, other in combinations(range(12), 2):
        if (one, other) in pairs:
            assert moved[other][0] >= moved[one][1]
    assert max(_held_on(again, day) for day in range(120)) <= room


def _held_on(holds: list[Held], day: int) -> int:
    return sum(amount for _, begin, stop, amount in holds if begin <= day < stop)


@pytest.mark.parametrize("seed", range(60))
def test_the_early_bound_is_one(seed: int) -> None:
    rollout = early(seed)
    try:
        answer = brute_force(rollout)
    except TooLargeError:
        return
    if answer.best is not None:
        problem, _ = ready(rollout)
        assert early_bound(problem, all_planned=answer.best[1] == 0) <= answer.best[2]


def test_the_early_bound_knows_chains_crews_and_what_comes_after() -> None:
    """Each argument alone would say less: with an order only, with crews only, with nothing."""
    rollout = project_rollout(9, 25)
    problem, _ = ready(rollout)
    project = Project(problem)
    days = sum(task.days for task in project.tasks)
    bound = early_bound(problem, all_planned=True)
    assert max(task.days for task in project.tasks) - 1 < bound < days


@pytest.mark.parametrize("in_order", [True, False])
def test_a_neighbourhood_of_nothing_stands_still_or_moves_up(in_order: bool) -> None:
    problem, _ = ready(project_rollout(4, 25))
    project = Project(problem)
    schedule = generate(project, by_tail(project, None), {}, never)
    model = IntervalModel(schedule, Ranks(project), [], schedule.key[2], in_order=in_order)
    outcome = model.solve(a_clock().solver(1.0))
    assert outcome.choices is not None
    after = schedule.with_changes({number: choice for number, choice in outcome.choices.items() if choice is not None})
    assert after.is_sound
    assert after.key <= schedule.key
    if not in_order:
        assert outcome.choices == {}
