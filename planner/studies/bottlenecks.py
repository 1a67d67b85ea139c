"""What holds a rollout back: candidates by the relaxation's prices, each confirmed by planning with more of it."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.scheduling.limits import Limits
from planner.scheduling.shadow_prices import ShadowPrices, WeekPrice
from planner.studies.lifts import Lift, LiftKind, crew_groups, lifted
from planner.studies.planning import plan_checked
from planner.studies.significance import (
    Difference,
    Verdict,
    priority_difference,
    shortfall_difference,
    value_difference,
)

KITS_A_WEEK = 2
PERMIT_DAYS = 14
PRICED_SHARE = 0.02
"""A crew is wanted from the first week whose price is at least this part of its dearest week's."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A change that might help: `eur` is what prices say it would save, `weeks` their price week by week."""

    lift: Lift
    eur: float
    weeks: tuple[WeekPrice, ...] = ()


@dataclass(frozen=True, slots=True)
class MilestoneGain:
    """How many shops are finished by a milestone as it is, and with a change."""

    name: str
    by: date
    target: int
    before: int
    after: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A candidate, planned: what the plan with it has more than the one without it.

    `cents` is what it saves in level 3's money, comparable only where the levels above are equal; the best plans differ
    by `least_cents` to `most_cents` (None: not proved). `dated` shops more have a date.
    """

    candidate: Candidate
    plan: Plan
    milestones: tuple[MilestoneGain, ...]
    dated: int
    shortfall: Difference
    priority: Difference
    value: Difference
    least_cents: int | None
    most_cents: int | None

    @property
    def cents(self) -> int:
        """What the plan with the change costs less."""
        return -(self.value.amount or 0)

    @property
    def helps(self) -> bool:
        """Whether the plan with the change is better."""
        return self.gain > (0, 0, 0)

    @property
    def gain(self) -> tuple[int, int, int]:
        """Shops less short, priority less without a date, and what is saved: level by level."""
        return (-(self.shortfall.amount or 0), -(self.priority.amount or 0), self.cents)


@dataclass(frozen=True, slots=True)
class Bottlenecks:
    """What holds a rollout back: the plan as it is, planned on for as long as each change; the best change first.

    `untried` are candidates that prices hold for less, which were not planned. `searched_cents` is what planning on
    saved without any change: a change that saves no more may owe it to the search alone.
    """

    base: Plan
    searched_cents: int
    confirmed: tuple[Confirmed, ...]
    untried: tuple[Candidate, ...]


Tell = Callable[[int, int, Candidate | None], None]


def candidates(rollout: Rollout, plan: Plan) -> list[Candidate]:
    """All changes that might help, those first that prices say save most."""
    prices = ShadowPrices(rollout, plan)
    found = [
        _crew(prices, trade, regions, [crew.id for crew in crews])
        for (trade, regions), crews in crew_groups(rollout).items()
    ]
    for number, supply in enumerate(rollout.supplies):
        weeks = prices.of_supply(supply.name)
        lift = Lift(LiftKind.SUPPLY, supply.name, number=number, amount=KITS_A_WEEK)
        eur = sum(KITS_A_WEEK * place * week.eur for place, week in enumerate(weeks))
        found.append(Candidate(lift, eur, tuple(weeks)))
    for number, limit in enumerate(rollout.limits):
        weeks = prices.of_limit(limit.name)
        lift = Lift(LiftKind.LIMIT, limit.name, number=number)
        found.append(Candidate(lift, sum(week.eur for week in weeks), tuple(weeks)))
    for number, blackout in enumerate(rollout.blackouts):
        lift = Lift(LiftKind.BLACKOUT, blackout.name, number=number)
        found.append(Candidate(lift, prices.of_blackout(number)))
    permits = prices.of_permits(PERMIT_DAYS)
    if any(shop.ready_from and shop.ready_from > rollout.today for shop in rollout.shops):
        found.append(Candidate(Lift(LiftKind.PERMITS, amount=PERMIT_DAYS), permits))
    return sorted(found, key=lambda item: -item.eur)


def _crew(prices: ShadowPrices, trade: str, regions: tuple[str, ...], crews: Sequence[str]) -> Candidate:
    """One more unit like the crew whose days are worth most, from the week on in which they are worth something."""
    by_crew = {crew: prices.of_crew(crew) for crew in crews}
    home = max(by_crew, key=lambda crew: sum(week.eur for week in by_crew[crew]))
    weeks = by_crew[home]
    most = max(week.eur for week in weeks)
    first = next((week.monday for week in weeks if week.eur >= PRICED_SHARE * most and most > 0), weeks[0].monday)
    lift = Lift(LiftKind.CREW, trade, regions, first=first, home=home)
    return Candidate(lift, sum(week.eur for week in weeks), tuple(weeks))


def chosen_to_try(found: Sequence[Candidate], most: int) -> list[Candidate]:
    """The candidates worth planning: the best of each kind first, then the best of all."""
    best_of_kind: dict[LiftKind, Candidate] = {}
    for item in found:
        best_of_kind.setdefault(item.lift.kind, item)
    first = list(best_of_kind.values())
    rest = [item for item in found if item not in first]
    return [*first, *rest][:most]


def find_bottlenecks(
    rollout: Rollout,
    plan: Plan,
    limits: Limits,
    *,
    most: int,
    tell: Tell | None = None,
    stop: threading.Event | None = None,
) -> Bottlenecks:
    """What holds a rollout back, `most` changes tried, each planned within `limits` from the plan as it is.

    The plan as it is is planned on as long, so that no change is credited with what more searching finds. Setting
    `stop` ends it with the changes tried so far. Raises NoPlanError and FailedCheckError as `plan_checked` does.
    """
    found = candidates(rollout, plan)
    tried = chosen_to_try(found, most)
    if tell:
        tell(0, len(tried), None)
    base = plan_checked(rollout, limits, start=plan, stop=stop)
    confirmed: list[Confirmed] = []
    for number, candidate in enumerate(tried, start=1):
        if stop is not None and stop.is_set():
            break
        if tell:
            tell(number, len(tried), candidate)
        changed = plan_checked(lifted(rollout, candidate.lift), limits, start=plan, stop=stop)
        if stop is None or not stop.is_set():
            confirmed.append(confirm(candidate, base, changed))
    confirmed.sort(key=lambda item: (tuple(-part for part in item.gain), -item.candidate.eur))
    done = {id(item.candidate) for item in confirmed}
    return Bottlenecks(
        base, _searched_cents(plan, base), tuple(confirmed), tuple(item for item in found if id(item) not in done)
    )


def _searched_cents(plan: Plan, base: Plan) -> int:
    """What planning on saved; nothing where it changed the levels above money, or money is not what counts."""
    amount = value_difference(plan, base).amount if plan.last_finish_day is None else None
    return max(0, -(amount or 0))


def confirm(candidate: Candidate, base: Plan, changed: Plan) -> Confirmed:
    """What a change does, by the plans without and with it."""
    gains = tuple(
        MilestoneGain(old.name, old.by, old.target, old.planned, new.planned)
        for old, new in zip(base.milestones, changed.milestones, strict=True)
    )
    value = value_difference(base, changed)
    is_money = value.verdict is not Verdict.INCOMPARABLE and base.last_finish_day is None
    least = most = None
    if is_money and base.total is not None and changed.total is not None:
        least = None if base.bound is None else max(0, base.bound - changed.total)
        most = None if changed.bound is None else max(0, base.total - changed.bound)
    return Confirmed(
        candidate=candidate,
        plan=changed,
        milestones=gains,
        dated=len(base.unplanned) - len(changed.unplanned),
        shortfall=shortfall_difference(base, changed),
        priority=priority_difference(base, changed),
        value=value,
        least_cents=least,
        most_cents=most,
    )
