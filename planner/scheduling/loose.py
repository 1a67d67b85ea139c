"""A rollout in which every remodel that has not begun could move: what a desk asks "what if" of.

Rules that ask one shop at a time are taken out; `own_rules` asks them by name. Fixed and frozen remodels become free
to move, so that the desk can say what moving them would do.
"""

from dataclasses import replace
from datetime import timedelta

from planner.domain.crew import Absence
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.scheduling.given_crews import take_out_settled
from planner.scheduling.given_dates import take_out_given_uses
from planner.scheduling.plan_choices import choices_of_plan
from planner.scheduling.problem import Problem, build_problem


def loose_problem(rollout: Rollout, plan: Plan) -> Problem:
    """The problem of `rollout` with all but begun remodels free; begun ones are settled as `plan` has them.

    A fixed remodel that no crews can serve, whatever its date, stays where it is.
    """
    fixed = {shop.id for shop in rollout.shops if shop.status is Status.FIXED}
    stuck: frozenset[str] = frozenset()
    while True:
        problem = build_problem(_loosened(rollout, stuck))
        more = frozenset(name for name in problem.impossible if name in fixed) - stuck
        if not more:
            break
        stuck |= more
    named = {shop.id: set(shop.crews) for shop in rollout.shops if shop.status is Status.FIXED and shop.crews}
    _keep_named_crews(problem, named)
    for options in problem.options:
        if options.shop.id in fixed:
            options.waits = [(least, least) for least, _ in options.waits]
    problem.capacity = take_out_given_uses(problem)
    given = {options.shop.id for options in problem.standing_options()}
    choices = choices_of_plan(problem, plan)
    take_out_settled(problem, {name: choices[name] for name in given})
    return problem


def _loosened(rollout: Rollout, stuck: frozenset[str]) -> Rollout:
    day_before = rollout.today - timedelta(days=1)
    named = sorted({crew for shop in rollout.shops if shop.is_standing for crew in shop.crews})
    # An absence that is over makes a crew a class of its own, so that shops which name it can still ask for it.
    over = tuple(Absence(crew=crew, first=day_before, last=day_before) for crew in named)
    return replace(
        rollout,
        shops=tuple(_loose_shop(shop, stuck) for shop in rollout.shops),
        absences=(*rollout.absences, *over),
        blackouts=(),
        freeze_days=0,
    )


def _loose_shop(shop: Shop, stuck: frozenset[str]) -> Shop:
    if shop.status is Status.FIXED and shop.id not in stuck:
        return replace(shop, status=Status.BACKLOG, ready_from=None)
    return replace(shop, ready_from=None)


def _keep_named_crews(problem: Problem, named: dict[str, set[str]]) -> None:
    """Only the crews that a fixed shop names serve the trades they have."""
    for options in problem.options:
        crews = named.get(options.shop.id, set())
        for block in options.blocks:
            for visit in block.visits:
                own = [item for item in visit.choices if problem.classes[item.crew_class].example.id in crews]
                visit.choices = own or visit.choices
