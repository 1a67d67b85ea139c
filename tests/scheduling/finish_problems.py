"""Problems for the search for an early finish: tiny rollouts with that objective, made ready as a run makes them."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from planner.domain.crew import Crew
from planner.domain.rollout import Objective, Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from planner.scheduling.choice import Choice
from planner.scheduling.clock import Clock
from planner.scheduling.given_crews import crew_given, take_out_settled
from planner.scheduling.given_dates import take_out_given_uses
from planner.scheduling.limits import Limits
from planner.scheduling.mandatory import place_mandatory
from planner.scheduling.problem import Problem, build_problem
from tests.tiny_rollouts import TINY, Size, seeded_rollout

TODAY = date(2024, 1, 1)


def a_clock(seconds: float = 1.0, workers: int = 1) -> Clock:
    """A clock that counts work, so that a busy machine does not decide what is found."""
    return Clock(Limits(seconds=seconds, gap=0.0, workers=workers, deterministic=True), threading.Event())


def early(seed: int, size: Size = TINY) -> Rollout:
    """The rollout of a seed, to be finished early."""
    return replace(seeded_rollout(seed, size), objective=Objective.EARLIEST_FINISH)


def ready(rollout: Rollout) -> tuple[Problem, Mapping[int, Choice]]:
    """The problem of a rollout, with choices for the shops that must have a date."""
    clock = a_clock()
    problem = build_problem(rollout)
    problem.capacity = take_out_given_uses(problem)
    crews = crew_given(problem, clock)
    if crews.choices or problem.hopeless:
        take_out_settled(problem, crews.choices)
    return problem, place_mandatory(problem, clock)


def project_rollout(seed: int, tasks: int) -> Rollout:
    """A project as the textbooks have it: tasks of one phase, pools of crews, an order; every day is a working day."""
    random = Random(seed)
    trades = ("r1", "r2")
    formats = [
        ShopFormat(
            name=f"F{number}",
            phases=(
                Phase(
                    name="Work",
                    days=random.randint(1, 6),
                    crews={trade: random.randint(1, 3) for trade in trades if random.random() < 0.7},
                ),
            ),
        )
        for number in range(tasks)
    ]
    shops = [
        Shop(
            id=f"S{number:03}",
            format=f"F{number}",
            after=tuple(
                f"S{other:03}" for other in random.sample(range(number), min(number, random.choice((0, 1, 2))))
            ),
        )
        for number in range(tasks)
    ]
    return Rollout(
        name="Project",
        today=TODAY,
        last=TODAY + timedelta(days=8 * tasks),
        formats=tuple(formats),
        shops=tuple(shops),
        crews=tuple(Crew(id=trade.upper(), trade=trade, units=4) for trade in trades),
        objective=Objective.EARLIEST_FINISH,
        country="",
        workdays=frozenset(range(7)),
    )
