"""Visits that need several units: the bound knows how many of them a set of crews can make at once."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from planner.domain.crew import Crew
from planner.domain.rollout import Rollout
from planner.domain.rules import Costs
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from planner.scheduling.joint_crews import attach_joint_crews
from planner.scheduling.limits import Limits
from planner.scheduling.problem import build_problem
from planner.scheduling.solve import solve

NEED = 2


def rollout_of(units: int) -> Rollout:
    """Six shops that each need two builders for five days, and a pool of them; waiting costs."""
    build = Phase(name="Build", days=5, crews={"builder": NEED})
    return Rollout(
        name="Pairs",
        today=date(2021, 6, 7),
        last=date(2021, 9, 30),
        formats=(ShopFormat(name="M", phases=(build,)),),
        shops=tuple(
            Shop(id=f"S{number}", name=f"Shop {number}", format="M", region="R", weekly_revenue=9000.0 + 500 * number)
            for number in range(6)
        ),
        crews=(Crew(id="B", trade="builder", units=units, regions=("R",)),),
        costs=Costs(margin=0.5, uplift=0.1),
    )


@pytest.mark.parametrize(("units", "pairs"), [(3, 1), (5, 2)])
def test_an_odd_pool_makes_as_many_visits_of_two_as_it_has_pairs(units: int, pairs: int) -> None:
    problem = build_problem(rollout_of(units))
    lines = len(problem.timelines.items)
    attach_joint_crews(problem)
    added = problem.timelines.items[lines:]
    assert len(added) == 1
    assert (problem.capacity[added[0].offset : added[0].end] == pairs).all()
    assert len(problem.capacity) == len(problem.binding) == problem.timelines.size


def test_an_even_pool_needs_no_more_rows() -> None:
    problem = build_problem(rollout_of(4))
    lines = len(problem.timelines.items)
    attach_joint_crews(problem)
    assert len(problem.timelines.items) == lines


def test_a_unit_that_cannot_make_a_pair_changes_no_bound() -> None:
    """A third builder helps nobody: what is proved with three is what is proved with two."""
    limits = Limits(seconds=3, deterministic=True, gap=0.0)
    two, three = solve(rollout_of(2), limits), solve(rollout_of(3), limits)
    assert two.total == three.total
    assert two.gap == three.gap == 0.0


def test_a_crew_on_leave_is_in_no_pair() -> None:
    rollout = rollout_of(3)
    late = replace(rollout.crews[0], id="L", units=1, first=date(2021, 8, 2))
    pool = replace(rollout.crews[0], units=2)
    problem = build_problem(replace(rollout, crews=(pool, late)))
    lines = len(problem.timelines.items)
    attach_joint_crews(problem)
    line = problem.timelines.items[lines]
    day = problem.axis.number(date(2021, 8, 2))
    room = problem.capacity[line.offset : line.end]
    assert room.max() == 1
    assert (np.diff(room) == 0).all()
    assert 0 < day < len(room)
