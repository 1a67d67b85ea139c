"""What a little more of each thing would be worth, by the relaxation's prices: where to look, not what to claim."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.rules import Blackout
from planner.scheduling.bounding import FIRST_RATE, typical
from planner.scheduling.given_crews import take_out_settled
from planner.scheduling.given_dates import take_out_given_uses
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Caps, Lagrangian, Weights
from planner.scheduling.options import ShopOptions
from planner.scheduling.plan_choices import choices_of_plan
from planner.scheduling.price_search import PriceSearch
from planner.scheduling.pricing import INFINITE, REACHABLE, Pricer
from planner.scheduling.problem import Problem, build_problem
from planner.scheduling.things import quoted
from planner.scheduling.timelines import BoolArray, FloatArray, Rule, Timeline

STEPS = 120


@dataclass(frozen=True, slots=True)
class WeekPrice:
    """What one more unit would save in the week from Monday `monday`, in EUR."""

    monday: date
    eur: float


class ShadowPrices:
    """The prices that prove the best bound on money for plans with the levels of `plan`, after `steps` steps."""

    def __init__(self, rollout: Rollout, plan: Plan, steps: int = STEPS) -> None:
        self._rollout = rollout
        self._problem = problem = _problem(rollout, plan)
        choices = choices_of_plan(problem, plan)
        rank = Incumbent(problem, [choices.get(options.shop.id) for options in problem.options]).rank
        lagrangian = Lagrangian(problem)
        spread, points = typical(lagrangian)
        start = lagrangian.zero_prices(2 * spread / points, 8 * spread)
        search = PriceSearch(lagrangian, Weights(money=1.0), start, FIRST_RATE * spread)
        search.set_caps(Caps(priority=rank.unplanned_priority, short=rank.shortfall))
        for _ in range(steps):
            search.step()
        self._prices = search.best
        self._rewards = lagrangian.rewards(search.best)
        self._prefix = np.concatenate([[0.0], np.cumsum(search.best.slots)])

    def of_crew(self, crew: str) -> list[WeekPrice]:
        """What one more unit like a crew would save, week by week."""
        number = next(n for n, item in enumerate(self._problem.classes) if crew in {one.id for one in item.crews})
        name = " or ".join(one.id for one in self._problem.classes[number].crews)
        return self._by_week([item for item in self._problem.timelines.items if self._is_crew(item, name)])

    def of_supply(self, name: str) -> list[WeekPrice]:
        """What one more unit that is there to be drawn by then would save, week by week."""
        return self._by_week(self._named(Rule.SUPPLY, quoted(name)))

    def of_limit(self, name: str) -> list[WeekPrice]:
        """What a limit that is one higher in all its groups would save, week by week."""
        start = quoted(name)
        items = [item for item in self._problem.timelines.items if item.rule is Rule.LIMIT]
        return self._by_week(
            [item for item in items if item.subject == start or item.subject.startswith(f"{start} for ")]
        )

    def of_blackout(self, number: int) -> float:
        """What the shops would save in all, at these prices, if a blackout were dropped, in EUR."""
        blackout = self._rollout.blackouts[number]
        others = tuple(item for place, item in enumerate(self._rollout.blackouts) if place != number)
        shops = [options for options in self._free() if blackout.scope.matches(options.shop)]
        return self._saved(shops, others, 0)

    def of_permits(self, days: int) -> float:
        """What the shops would save in all, at these prices, if permits came earlier by some days, in EUR."""
        shops = [options for options in self._free() if options.shop.ready_from is not None]
        return self._saved(shops, self._rollout.blackouts, days)

    def _free(self) -> list[ShopOptions]:
        return [options for options in self._problem.options if not options.mandatory and options.closed is not None]

    def _is_crew(self, timeline: Timeline, name: str) -> bool:
        return timeline.rule in (Rule.CREW, Rule.ABSENCE) and timeline.subject == name

    def _named(self, rule: Rule, subject: str) -> list[Timeline]:
        return [item for item in self._problem.timelines.items if item.rule is rule and item.subject == subject]

    def _by_week(self, timelines: list[Timeline]) -> list[WeekPrice]:
        axis = self._problem.axis
        weeks = np.zeros(int(axis.week[-1]) + 1)
        for timeline in timelines:
            days = np.minimum(timeline.first_days, axis.count - 1)
            np.add.at(weeks, axis.week[days], self._prices.slots[timeline.offset : timeline.end])
        monday = axis.today - timedelta(days=axis.today.weekday())
        return [WeekPrice(monday + timedelta(weeks=number), float(cents) / 100) for number, cents in enumerate(weeks)]

    def _saved(self, shops: list[ShopOptions], blackouts: tuple[Blackout, ...], days: int) -> float:
        saved = 0.0
        for options in shops:
            now = self._value(options, [block.open for block in options.blocks])
            saved += max(0.0, now - self._value(options, self._opened(options, blackouts, days)))
        return saved / 100

    def _opened(self, options: ShopOptions, blackouts: tuple[Blackout, ...], days: int) -> list[BoolArray]:
        """The positions that would be open, had the shop only these blackouts, and its permit so much earlier."""
        shop, axis = options.shop, self._problem.axis
        opened = [np.ones(block.size, bool) for block in options.blocks]
        if options.closed is None:
            return opened
        block, closed_from, closed_to = options.closed
        mask = np.ones(block.size, bool)
        if shop.ready_from is not None:
            mask &= closed_from >= axis.number(shop.ready_from) - days
        for item in blackouts:
            if item.scope.matches(shop):
                mask &= (closed_to < axis.number(item.first)) | (closed_from > axis.number(item.last))
        return [mask if item is block else whole for item, whole in zip(options.blocks, opened, strict=True)]

    def _value(self, options: ShopOptions, opened: list[BoolArray]) -> float:
        """The least a shop pays at the prices, or what having no date costs if that is less."""
        blocks = [replace(block, open=mask) for block, mask in zip(options.blocks, opened, strict=True)]
        pricer = Pricer(replace(options, blocks=blocks))
        values: list[FloatArray] = pricer.block_values(self._prefix, 1.0, self._rewards)
        best, _ = pricer.best(values)
        none = options.unplanned_cents + self._prices.priority * options.shop.priority
        return min(best if best < REACHABLE else INFINITE, none)


def _problem(rollout: Rollout, plan: Plan) -> Problem:
    """The problem with given remodels settled as the plan has them."""
    problem = build_problem(rollout)
    problem.capacity = take_out_given_uses(problem)
    given = {options.shop.id for options in problem.standing_options()}
    choices = choices_of_plan(problem, plan)
    take_out_settled(problem, {name: choices[name] for name in given})
    return problem
