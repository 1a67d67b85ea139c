"""From choices to a plan: days as dates, classes shared out to crews, money by kind."""

from collections.abc import Collection, Mapping, Sequence

from planner.domain.costs import remodel_cost, unplanned_cost
from planner.domain.plan import (
    Conflict,
    Cost,
    MilestoneResult,
    Plan,
    PlannedPhase,
    PlanStatus,
    Remodel,
    RemodelStatus,
    SolveInfo,
)
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.scheduling.choice import Choice
from planner.scheduling.crew_classes import ClassVisit, share_out
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.options import ShopOptions, days_at
from planner.scheduling.problem import Problem
from planner.wording.translation import gettext

VisitCrews = Mapping[tuple[str, int], Mapping[str, int]]


def chosen(plan: Incumbent) -> list[tuple[ShopOptions, Choice]]:
    """All remodels of a plan: settled ones, and those that were planned."""
    pairs = zip(plan.problem.options, plan.choices, strict=True)
    planned = [(options, choice) for options, choice in pairs if choice is not None]
    return [*plan.problem.settled, *planned]


def make_remodels(plan: Incumbent, earlier: Plan | None = None) -> tuple[Remodel, ...]:
    """The remodels of a plan, by start and shop; of crews that are equal, those of the plan `earlier` come again."""
    problem = plan.problem
    crews = _share_out(problem, chosen(plan), _crews_of(earlier))
    remodels = [_remodel(problem, options, choice, crews) for options, choice in chosen(plan)]
    return tuple(sorted(remodels, key=lambda remodel: (remodel.start, remodel.shop)))


def _crews_of(earlier: Plan | None) -> Mapping[str, tuple[PlannedPhase, ...]]:
    return {} if earlier is None else {remodel.shop: remodel.phases for remodel in earlier.remodels}


def _share_out(
    problem: Problem,
    remodels: Sequence[tuple[ShopOptions, Choice]],
    earlier: Mapping[str, tuple[PlannedPhase, ...]],
) -> VisitCrews:
    """The crews of every visit, by shop and number of the visit."""
    visits: list[list[ClassVisit]] = [[] for _ in problem.classes]
    for options, choice in remodels:
        for block, position in zip(options.blocks, choice.positions, strict=True):
            for visit in block.visits:
                first, last = int(visit.first[position]), int(visit.last[position])
                for number, units in choice.crews[visit.number].items():
                    key = (options.shop.id, visit.number)
                    phases = earlier.get(options.shop.id, ())
                    before = phases[visit.need.first].crews if visit.need.first < len(phases) else {}
                    day = max(first, 0) if last >= 0 else first
                    visits[number].append(ClassVisit(key, day, last, units, before))
    result: dict[tuple[str, int], dict[str, int]] = {}
    for crew_class, held in zip(problem.classes, visits, strict=True):
        over = [visit for visit in held if visit.last < 0]
        for past in over:
            result.setdefault(past.key, {}).update({crew_class.example.id: past.units})
        shared = share_out(crew_class, [visit for visit in held if visit.last >= 0])
        for key, crews in shared.items():
            result.setdefault(key, {}).update(crews)
    return result


def _remodel(problem: Problem, options: ShopOptions, choice: Choice, crews: VisitCrews) -> Remodel:
    shop, needs = options.shop, options.shop_format.visits
    days = days_at(problem.axis, options, choice.positions)
    sent = tuple(crews.get((shop.id, number), {}) for number in range(len(needs)))
    phases = []
    for number, (phase, (first, last)) in enumerate(zip(options.shop_format.phases, days.phases, strict=True)):
        here: dict[str, int] = {}
        for need, units in zip(needs, sent, strict=True):
            if need.first <= number <= need.last:
                here.update(units)
        phases.append(PlannedPhase(name=phase.name, first=first, last=last, crews=dict(sorted(here.items()))))
    return Remodel(
        shop=shop.id,
        status=RemodelStatus(shop.status.value) if shop.is_standing else RemodelStatus.PLANNED,
        start=days.start,
        finish=days.finish,
        closed_from=days.closed_from,
        closed_to=days.closed_to,
        phases=tuple(phases),
        cost=remodel_cost(problem.rollout, problem.calendars, shop, days, sent),
    )


def total_cost(problem: Problem, remodels: Sequence[Remodel], but: Collection[str] = ()) -> Cost:
    """The money of a plan by kind: its remodels, and the waiting of undated backlog shops, those of `but` apart."""
    dated = {remodel.shop for remodel in remodels}.union(but)
    cost = sum((remodel.cost for remodel in remodels), Cost())
    for shop in problem.rollout.shops:
        if shop.status is Status.BACKLOG and shop.id not in dated:
            cost += unplanned_cost(problem.rollout, problem.calendars, shop)
    return cost


def milestone_results(rollout: Rollout, remodels: Sequence[Remodel]) -> tuple[MilestoneResult, ...]:
    """How many shops finish by each milestone, those already done included."""
    days = [remodel.finish for remodel in remodels]
    days += [shop.finish for shop in rollout.shops if shop.status is Status.DONE and shop.finish is not None]
    return tuple(
        MilestoneResult(name=item.name, by=item.by, target=item.target, planned=sum(day <= item.by for day in days))
        for item in rollout.milestones
    )


def undated_predecessors(rollout: Rollout, given: Sequence[Shop], plan: Sequence[Remodel]) -> list[Conflict]:
    """Shops with given dates that come after one without a date: named, though they block nothing (rule 7, after)."""
    starts = {remodel.shop: remodel.start for remodel in plan}
    found = []
    for shop in given:
        start = starts.get(shop.id)
        for name in shop.after:
            is_undated = rollout.shop_by_id[name].status is Status.BACKLOG and name not in starts
            if is_undated and start is not None and start >= rollout.today:
                text = gettext("{shop} comes after {other}, which has no date.").format(shop=shop.id, other=name)
                found.append(Conflict(rule="after", first=start, last=start, shops=(shop.id, name), text=text))
    return found


def in_order(conflicts: list[Conflict]) -> tuple[Conflict, ...]:
    """Conflicts by day, rule and shops, each once."""
    each_once = dict.fromkeys(conflicts)
    return tuple(sorted(each_once, key=lambda conflict: (conflict.first, conflict.rule, conflict.shops)))


def without_dates(rollout: Rollout, solve: SolveInfo, conflicts: list[Conflict]) -> Plan:
    """The plan of a rollout whose given dates conflict: it says how, and plans nothing."""
    ordered = in_order(conflicts)
    return Plan.without_figures(rollout.name, rollout.today, PlanStatus.INFEASIBLE, solve=solve, conflicts=ordered)
