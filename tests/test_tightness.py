"""The shipped rollout is tight: 90 by year-end can be reached, but not by an obvious greedy."""

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from planner.domain.shop import Shop
from planner.exchange.folder import read_folder
from planner.scheduling.choice import slot_uses
from planner.scheduling.clock import Clock
from planner.scheduling.given_dates import take_out_given_uses
from planner.scheduling.limits import Limits
from planner.scheduling.mandatory import place_mandatory
from planner.scheduling.pricing import REACHABLE, Pricer, Room
from planner.scheduling.problem import Problem, build_problem

FOLDER = Path(__file__).parent.parent / "schedules" / "rollout-2021"
YEAR_END = date(2021, 12, 31)
SIZES = {"S": 0, "M": 1, "L": 2}

ORDERS: dict[str, Callable[[Shop], tuple[object, ...]]] = {
    "by id": lambda shop: (shop.id,),
    "by priority": lambda shop: (-shop.priority, shop.id),
    "by permit": lambda shop: (shop.ready_from or date.min, -shop.priority, shop.id),
    "by due date": lambda shop: (shop.due_by or date.max, -shop.priority, shop.id),
    "small first": lambda shop: (SIZES[shop.format], -shop.priority, shop.id),
    "small and not own first": lambda shop: (shop.kind == "own", SIZES[shop.format], shop.id),
}


def done_by_year_end(problem: Problem, order: Callable[[Shop], tuple[object, ...]]) -> int:
    """Shops finished by year-end if each, in turn, takes the first days and the crews that are free."""
    room = Room(problem.timelines, problem.capacity)
    finishes: list[int] = []
    for number, choice in place_mandatory(problem, Clock(Limits(), threading.Event())).items():
        options = problem.options[number]
        room.take(slot_uses(options, choice))
        finishes.append(int(options.finish[choice.positions[-1]]))
    prefix = np.zeros(room.slots + 1)
    for options in sorted(problem.options, key=lambda options: order(options.shop)):
        pricer = Pricer(options)
        values = pricer.block_values(prefix, 0.0, [], room)
        values[-1] = values[-1] + options.finish
        finish, positions = pricer.best(values)
        if not options.mandatory and finish < REACHABLE:
            room.take(slot_uses(options, pricer.crews_at(prefix, 0.0, positions, room)))
            finishes.append(int(finish))
    last = problem.axis.number(YEAR_END)
    return 34 + sum(finish <= last for finish in finishes)


@pytest.mark.parametrize("name", ORDERS)
def test_no_obvious_greedy_reaches_the_target(name: str) -> None:
    rollout, _ = read_folder(FOLDER)
    problem = build_problem(rollout)
    problem.capacity = take_out_given_uses(problem)
    done = done_by_year_end(problem, ORDERS[name])
    print(name, done)
    assert 60 < done < 90
