"""The best plan of a tiny rollout by going through all plans, each judged by the checker's rules.

Rules are only ever broken by more remodels, never by fewer, so a few remodels that break one are not built upon;
neither are those that cannot become better than the best plan so far, however well the rest goes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from planner.domain.plan import Cost, MilestoneResult, Plan, PlanStatus, Unplanned
from planner.domain.rollout import Objective, Rollout
from planner.domain.shop import Shop, Status
from planner.review.breaches import check_rules, rule_breaches
from planner.review.check import check
from planner.review.crews import crew_breaches
from planner.review.days import Days
from planner.review.entries import Context, Entry
from planner.review.findings import Breach
from tests.scheduling.brute_options import Option, OptionMaker, ShopOptions, TooLargeError

MOST_STEPS = 4_000
Levels = tuple[int, int, int]


@dataclass(frozen=True)
class Answer:
    """What going through all plans yields.

    `conflict` says whether fixed and frozen dates cannot stand by themselves. `best` is the least shortfall, unplanned
    priority and level 3 (cents, or last finish in days after today), in this order of weight; None where fixed
    dates conflict, where remodels in progress leave given ones without crews, or where there are too many plans.
    """

    conflict: bool
    best: Levels | None = None
    plan: Plan | None = None


def brute_force(rollout: Rollout) -> Answer:
    """Go through all plans of `rollout`. Raises TooLargeError where even the given dates are too many."""
    context = Context(rollout, Days(rollout))
    maker = OptionMaker(context)
    in_plan = {shop.id: maker.of(shop) for shop in _predecessors_first(rollout) if shop.is_in_plan}
    given = [item for item in in_plan.values() if item.must]
    fixed = [item for item in given if item.shop.status is not Status.IN_PROGRESS]
    if not _stand(context, fixed, []):
        return Answer(conflict=True)
    stands = _stand(context, given, [])
    if not stands and not all(item.has_one_way for item in given):
        return Answer(conflict=False)
    search = Search(context, [*given, *(item for item in in_plan.values() if not item.must)], given_clash=not stands)
    try:
        search.run()
    except TooLargeError:
        return Answer(conflict=False)
    return search.answer()


def _predecessors_first(rollout: Rollout) -> list[Shop]:
    ordered: dict[str, Shop] = {}

    def place(shop: Shop) -> None:
        for name in shop.after:
            place(rollout.shop_by_id[name])
        ordered.setdefault(shop.id, shop)

    for shop in rollout.shops:
        place(shop)
    return list(ordered.values())


def _stand(context: Context, left: Sequence[ShopOptions], chosen: list[Entry]) -> bool:
    """Whether given remodels can stand together in one of their ways."""
    if _is_broken(context, rule_breaches(context, chosen)):
        return False
    if not left:
        return True
    return any(_stand(context, left[1:], [*chosen, option.entry]) for option in left[0].options)


def _is_broken(context: Context, breaches: Iterable[Breach]) -> bool:
    """Whether given remodels break a rule; what is wholly past, or begins after one without a date, is none."""
    return any(
        not breach.may_be_left_out and not (breach.rule == "after" and breach.key[1] in context.undated)
        for breach in breaches
    )


class Search:
    """Depth first through all plans, those first that look best.

    With `given_clash`, given remodels break rules together with some in progress: then only their crews are asked.
    """

    def __init__(self, context: Context, shops: Sequence[ShopOptions], given_clash: bool) -> None:
        self._context = context
        self._rollout = context.rollout
        self._shops = shops
        self._given_clash = given_clash
        self._steps = 0
        self._pairs: dict[tuple[int, int], bool] = {}
        self._best: Levels | None = None
        self._best_chosen: tuple[Option, ...] = ()
        done = [shop.finish for shop in self._rollout.shops if shop.status is Status.DONE]
        self._done = [sum(day is not None and day <= item.by for day in done) for item in self._rollout.milestones]

    def run(self) -> None:
        """Find the best plan. Raises TooLargeError after too many steps."""
        self._choose(0, (), frozenset())

    def answer(self) -> Answer:
        """The best plan found, passed by the checker."""
        if self._best is None:
            return Answer(conflict=False)
        plan = written_plan(self._rollout, self._shops, self._best_chosen)
        assert levels_of(self._rollout, plan) == self._best
        # That conflicts with remodels in progress are listed is not asked of this plan.
        problems = [item for item in check(self._rollout, plan) if item.rule != "conflict"]
        assert not problems, problems
        return Answer(False, self._best, plan)

    def _choose(self, number: int, chosen: tuple[Option, ...], undated: frozenset[str]) -> None:
        if self._best is not None and self._at_best(number, chosen, undated) >= self._best:
            return
        if number == len(self._shops):
            self._best, self._best_chosen = self._at_best(number, chosen, undated), chosen
            return
        item = self._shops[number]
        for option in item.options:
            if self._agree(chosen, option) and self._is_allowed((*chosen, option), undated):
                self._choose(number + 1, (*chosen, option), undated)
        if not item.must:
            self._choose(number + 1, chosen, undated | {item.shop.id})

    def _is_allowed(self, chosen: Sequence[Option], undated: frozenset[str]) -> bool:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooLargeError
        context = replace(self._context, undated=undated)
        entries = [option.entry for option in chosen]
        given = [entry for entry in entries if entry.is_given]
        find = crew_breaches if self._given_clash else rule_breaches
        return not _is_broken(context, find(context, given)) and not any(check_rules(context, entries))

    def _agree(self, chosen: Sequence[Option], option: Option) -> bool:
        """Whether the option breaks no rule with any one of those chosen; remembered, since asked again and again."""
        for other in chosen:
            key = (id(other), id(option))
            if key not in self._pairs:
                self._pairs[key] = self._is_allowed((other, option), frozenset())
            if not self._pairs[key]:
                return False
        return True

    def _at_best(self, number: int, chosen: Sequence[Option], undated: frozenset[str]) -> Levels:
        """The levels if each shop left gets the option that is best for each level; exact where none is left."""
        dated = [item for item in self._shops[number:] if item.options]
        left_out = [item for item in self._shops if item.shop.id in undated]
        left_out += [item for item in self._shops[number:] if not item.options]
        values = [option.value for option in chosen] + [item.options[0].value for item in dated]
        if self._rollout.objective is Objective.EARLIEST_FINISH:
            value = max(values, default=0)
        else:
            value = sum(values) + sum(item.undated for item in left_out)
        return self._shortfall(chosen, dated), sum(item.shop.priority for item in left_out), value

    def _shortfall(self, chosen: Sequence[Option], dated: Sequence[ShopOptions]) -> int:
        missing = 0
        for milestone, done in zip(self._rollout.milestones, self._done, strict=True):
            finished = sum(option.entry.finish <= milestone.by for option in chosen)
            finished += sum(any(option.entry.finish <= milestone.by for option in item.options) for item in dated)
            missing += max(0, milestone.target - done - finished)
        return missing


def written_plan(rollout: Rollout, shops: Sequence[ShopOptions], chosen: Sequence[Option]) -> Plan:
    """The plan that gives each of `shops` the option chosen for it, or no date."""
    remodels = [option.remodel for option in chosen]
    dated = {remodel.shop for remodel in remodels}
    left_out = [item for item in shops if item.shop.id not in dated]
    cost = sum((remodel.cost for remodel in remodels), Cost(waiting=sum(item.undated for item in left_out)))
    finishes = [remodel.finish for remodel in remodels]
    done = [shop.finish for shop in rollout.shops if shop.status is Status.DONE]
    milestones = tuple(
        MilestoneResult(
            name=item.name,
            by=item.by,
            target=item.target,
            planned=sum(day is not None and day <= item.by for day in (*finishes, *done)),
        )
        for item in rollout.milestones
    )
    last_finish = max([(day - rollout.today).days for day in finishes], default=0)
    in_days = rollout.objective is Objective.EARLIEST_FINISH
    return Plan(
        rollout=rollout.name,
        scenario=None,
        today=rollout.today,
        status=PlanStatus.OPTIMAL,
        shortfall=sum(max(0, item.target - item.planned) for item in milestones),
        unplanned_priority=sum(item.shop.priority for item in left_out),
        cost=cost,
        total=cost.total,
        bound=last_finish if in_days else cost.total,
        gap=0.0,
        solve=None,
        last_finish_day=last_finish if in_days else None,
        milestones=milestones,
        remodels=tuple(remodels),
        unplanned=tuple(Unplanned(shop=item.shop.id, reason="left out") for item in left_out),
    )


def levels_of(rollout: Rollout, plan: Plan) -> Levels:
    """The three levels a plan states."""
    value = plan.total if rollout.objective is Objective.COST else plan.last_finish_day
    assert plan.shortfall is not None
    assert plan.unplanned_priority is not None
    assert value is not None
    return plan.shortfall, plan.unplanned_priority, value
