"""Every way in which one shop can be remodelled: each start, each wait, each way to send crews.

The days and rules are those of the checker, which shares no derivation with the planner.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product

from planner.domain.calendar import Calendars
from planner.domain.costs import remodel_cost, unplanned_cost
from planner.domain.plan import Cost, PlannedPhase, Remodel, RemodelStatus
from planner.domain.rollout import Objective
from planner.domain.shop import Shop
from planner.domain.standing import remodel_days
from planner.review.breaches import rule_breaches
from planner.review.crews import crew_breaches, refusal
from planner.review.days import each_day
from planner.review.entries import Context, Entry, Spans, closed_period, entry_of, visit_needs
from planner.review.given import frozen_start_allowed, given_choices, is_frozen
from planner.review.money import check_remodel_cost
from planner.review.visits import check_visits, named_crews

MOST_OPTIONS = 1_500
Sent = Mapping[str, int]


class TooLargeError(Exception):
    """There are more plans than can be gone through."""


@dataclass(frozen=True, eq=False)
class Option:
    """One way to remodel a shop; `value` is what it adds to level 3: cents, or its finish in days after today."""

    entry: Entry
    cost: Cost
    value: int

    @property
    def remodel(self) -> Remodel:
        """The option as a plan states it."""
        closed = closed_period(self.entry.shop_format, self.entry.phases) or (None, None)
        status = self.entry.shop.status.value if self.entry.shop.is_standing else RemodelStatus.PLANNED
        return Remodel(
            shop=self.entry.shop.id,
            status=RemodelStatus(status),
            start=self.entry.start,
            finish=self.entry.finish,
            closed_from=closed[0],
            closed_to=closed[1],
            phases=self.entry.phases,
            cost=self.cost,
        )


@dataclass(frozen=True)
class ShopOptions:
    """All that a shop could do, the cheapest first.

    `must` where having no date is none of it; `undated` is what that costs in waiting, in cents.
    """

    shop: Shop
    options: list[Option]
    must: bool
    undated: int

    @property
    def has_one_way(self) -> bool:
        """Whether its days are the same in all options, of which there are some."""
        return len({_spans_of(option.entry) for option in self.options}) == 1


class OptionMaker:
    """Makes the options of a rollout's shops."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.rollout = context.rollout
        self.calendars = Calendars(context.rollout)

    def of(self, shop: Shop) -> ShopOptions:
        """The options of a shop that break no rule by themselves; crews' rules only where its dates are given."""
        given = shop.is_standing or is_frozen(self.context, shop)
        if given:
            allowed = shop.is_standing or frozen_start_allowed(self.context, shop)
            ways = [_spans_of(entry) for entry in given_choices(self.context, shop)[0]] if allowed else []
        else:
            ways = list(self._free_ways(shop))
        options = [option for spans in ways for option in self._crewed(shop, spans, given)]
        if len(options) > MOST_OPTIONS:
            raise TooLargeError
        options.sort(key=lambda option: option.value)
        return ShopOptions(shop, options, given, unplanned_cost(self.rollout, self.calendars, shop).total)

    def _free_ways(self, shop: Shop) -> Iterator[Spans]:
        """The days of a shop's phases for every start and wait within the horizon."""
        phases = self.rollout.format_of(shop).phases
        days = self.context.days.of(shop)
        working = [day for day in each_day(self.rollout.today, self.rollout.last) if days.is_working(day)]
        waits = product([0], *(range(phase.wait_min, phase.wait_max + 1) for phase in phases[1:]))
        for before, start in product(list(waits), range(len(working))):
            spans: list[tuple[date, date]] = []
            place = start
            for phase, wait in zip(phases, before, strict=True):
                place += wait + phase.days
                if place > len(working):
                    break
                spans.append((working[place - phase.days], working[place - 1]))
            else:
                yield tuple(spans)

    def _crewed(self, shop: Shop, spans: Spans, given: bool) -> Iterator[Option]:
        """The remodel on its days with every way to send crews that is allowed while nobody else needs them."""
        shop_format = self.rollout.format_of(shop)
        needs = visit_needs(shop_format)
        splits = [self._splits(shop, spans, need, given) for need in needs]
        for number, sent in enumerate(product(*splits)):
            if number > MOST_OPTIONS:
                raise TooLargeError
            phases = tuple(
                PlannedPhase(name=phase.name, first=first, last=last, crews=_at(position, needs, sent))
                for position, (phase, (first, last)) in enumerate(zip(shop_format.phases, spans, strict=True))
            )
            entry = entry_of(self.rollout, shop, phases, is_given=given)
            find = crew_breaches if given else rule_breaches
            if any(check_visits(self.context, entry)) or any(find(self.context, [entry])):
                continue
            yield self._option(entry, spans)

    def _splits(self, shop: Shop, spans: Spans, need: tuple[str, int, tuple[int, ...]], given: bool) -> list[Sent]:
        """All ways to make up a visit's units; what is over is made by crews that serve the shop, if any."""
        trade, units, positions = need
        crews = [crew for crew in self.rollout.crews if crew.trade == trade]
        if given and spans[positions[-1]][1] < self.rollout.today:
            named = named_crews(self.rollout, shop, trade)
            crews = [crew for crew in crews if refusal(crew, shop) is None and (not named or crew.id in named)]
            return list(_ways_to_split(units, [crew.id for crew in crews])) or [{}]
        return list(_ways_to_split(units, [crew.id for crew in crews]))

    def _option(self, entry: Entry, spans: Spans) -> Option:
        shop_format = entry.shop_format
        visits = {(visit.trade, visit.positions[0]): visit.crews for visit in entry.visits}
        sent = tuple(visits[need.trade, need.first] for need in shop_format.visits)
        days = remodel_days(shop_format, spans)
        cost = remodel_cost(self.rollout, self.calendars, entry.shop, days, sent)
        assert not list(check_remodel_cost(self.context, entry, cost))
        in_days = self.rollout.objective is Objective.EARLIEST_FINISH
        return Option(entry, cost, (entry.finish - self.rollout.today).days if in_days else cost.total)


def _spans_of(entry: Entry) -> Spans:
    return tuple((phase.first, phase.last) for phase in entry.phases)


def _at(position: int, needs: Sequence[tuple[str, int, tuple[int, ...]]], sent: Sequence[Sent]) -> dict[str, int]:
    """The crews of all visits that take in a phase."""
    crews: dict[str, int] = {}
    for (_, _, positions), split in zip(needs, sent, strict=True):
        if position in positions:
            crews |= split
    return crews


def _ways_to_split(units: int, crews: Sequence[str]) -> Iterator[dict[str, int]]:
    if not units:
        yield {}
    elif crews:
        for first in range(units + 1):
            for rest in _ways_to_split(units - first, crews[1:]):
                yield ({crews[0]: first} if first else {}) | rest
