"""Smallest sets of given visits that cannot be crewed, and conflicts looked for only until there are enough."""

import random
import threading
from dataclasses import replace
from datetime import timedelta
from functools import cache
from itertools import islice
from pathlib import Path

from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.exchange.folder import read_folder
from planner.scheduling.clashes import given_conflicts
from planner.scheduling.clock import Clock
from planner.scheduling.crewing import GivenVisit, apart, can_crew, smallest
from planner.scheduling.given_dates import take_out_given_uses
from planner.scheduling.limits import Limits
from planner.scheduling.problem import Problem, build_problem

SHIPPED = Path(__file__).parents[2] / "schedules" / "rollout-2021"
SEEDS = range(4)


def clock() -> Clock:
    return Clock(Limits(), threading.Event())


@cache
def crowded(seed: int) -> Rollout:
    """Part of the shipped rollout with so many fixed starts that crews are lacking."""
    rollout, _ = read_folder(SHIPPED)
    dice = random.Random(seed)
    shops = [
        replace(shop, status=Status.FIXED, start=rollout.today + timedelta(days=dice.randint(3, 30)), after=())
        for shop in rollout.shops
        if shop.status is Status.BACKLOG and dice.random() < 0.2
    ]
    return replace(rollout, shops=tuple(shops), milestones=(), partner_target=None)


def visits_by_trade(problem: Problem) -> list[list[GivenVisit]]:
    by_trade: dict[str, list[GivenVisit]] = {}
    for options in problem.standing_options():
        for block in options.blocks:
            for visit in block.visits:
                by_trade.setdefault(visit.need.trade, []).append(GivenVisit(options, visit))
    return list(by_trade.values())


def let_go_one_by_one(problem: Problem, visits: list[GivenVisit]) -> list[GivenVisit]:
    """The same set, found by letting one shop, then one visit, go after the other."""
    kept = sorted(visits, key=lambda visit: visit.order)
    for shop in dict.fromkeys(visit.shop for visit in kept):
        fewer = [visit for visit in kept if visit.shop != shop]
        kept = kept if can_crew(problem, clock(), fewer) else fewer
    for visit in list(kept):
        fewer = [other for other in kept if other is not visit]
        kept = kept if can_crew(problem, clock(), fewer) else fewer
    return kept


def test_the_smallest_set_is_that_of_letting_go_one_by_one() -> None:
    found = 0
    for seed in SEEDS:
        problem = build_problem(crowded(seed))
        problem.capacity = take_out_given_uses(problem)
        for visits in visits_by_trade(problem):
            groups = list(apart(visits))
            assert sorted(id(visit) for group in groups for visit in group) == sorted(map(id, visits))
            assert can_crew(problem, clock(), visits) == all(can_crew(problem, clock(), group) for group in groups)
            for group in islice((group for group in groups if not can_crew(problem, clock(), group)), 1):
                assert smallest(problem, clock(), group) == let_go_one_by_one(problem, group)
                found += 1
    assert found >= len(SEEDS)


def test_the_search_ends_with_enough_conflicts() -> None:
    whole = given_conflicts(crowded(0), clock())
    assert {"crew", "neighbours"} <= {item.rule for item in whole}
    for enough in (1, len(whole) - 20):
        found = given_conflicts(crowded(0), clock(), enough=enough)
        assert found == whole[: len(found)]
        assert enough <= len(found) < len(whole)
    assert given_conflicts(crowded(0), clock(), enough=len(whole) + 1) == whole
