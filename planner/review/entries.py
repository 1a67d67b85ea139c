"""A remodel as the checker sees it: its days, its closed period (rule 3) and its visits (rule 5)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.plan import PlannedPhase
from planner.domain.rollout import Rollout
from planner.domain.rules import Scope
from planner.domain.shop import Shop
from planner.domain.shop_format import ShopFormat
from planner.review.days import Days

Spans = tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules are judged by: the rollout, its days, and the backlog shops the plan gives no date."""

    rollout: Rollout
    days: Days
    undated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Visit:
    """`units` of a trade from `first` to `last` (days), for the phases at `positions`; `crews` are those sent."""

    trade: str
    units: int
    positions: tuple[int, ...]
    first: date
    last: date
    crews: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Entry:
    """A remodel on its days. `is_given` where they are not the planner's to choose: fixed, in progress or frozen."""

    shop: Shop
    shop_format: ShopFormat
    phases: tuple[PlannedPhase, ...]
    is_given: bool
    closed: tuple[date, date] | None
    visits: tuple[Visit, ...]

    @property
    def start(self) -> date:
        """The first phase's first day."""
        return self.phases[0].first

    @property
    def finish(self) -> date:
        """The last phase's last day."""
        return self.phases[-1].last

    def closed_from(self, day: date) -> tuple[date, date] | None:
        """The days it is closed from `day` on."""
        if self.closed is None or self.closed[1] < day:
            return None
        return max(self.closed[0], day), self.closed[1]


def entry_of(rollout: Rollout, shop: Shop, phases: tuple[PlannedPhase, ...], is_given: bool) -> Entry:
    """The remodel of `shop` with `phases`, one for each phase of its format."""
    shop_format = rollout.format_of(shop)
    visits = tuple(
        _visit(rollout, trade, units, positions, phases) for trade, units, positions in visit_needs(shop_format)
    )
    return Entry(shop, shop_format, phases, is_given, closed_period(shop_format, phases), visits)


def entry_on(rollout: Rollout, shop: Shop, spans: Spans) -> Entry:
    """The given remodel of `shop` on the days in `spans`, no crews sent."""
    names = (phase.name for phase in rollout.format_of(shop).phases)
    phases = (PlannedPhase(name=name, first=first, last=last) for name, (first, last) in zip(names, spans, strict=True))
    return entry_of(rollout, shop, tuple(phases), is_given=True)


def closed_period(shop_format: ShopFormat, phases: Iterable[PlannedPhase]) -> tuple[date, date] | None:
    """From the first day of the first closed phase to the last day of the last, or None."""
    closed = [days for phase, days in zip(shop_format.phases, phases, strict=True) if phase.closed]
    return (closed[0].first, closed[-1].last) if closed else None


def visit_needs(shop_format: ShopFormat) -> list[tuple[str, int, tuple[int, ...]]]:
    """Each visit's trade, units and phases: the longest runs of phases that need a trade in the same number."""
    needs: list[tuple[str, int, tuple[int, ...]]] = []
    trades = dict.fromkeys(trade for phase in shop_format.phases for trade in phase.crews)
    for trade in trades:
        run: list[int] = []
        for position, phase in enumerate(shop_format.phases):
            units = phase.crews.get(trade, 0)
            if run and units != shop_format.phases[run[0]].crews[trade]:
                needs.append((trade, shop_format.phases[run[0]].crews[trade], tuple(run)))
                run = []
            if units:
                run.append(position)
        if run:
            needs.append((trade, shop_format.phases[run[0]].crews[trade], tuple(run)))
    return needs


def _visit(
    rollout: Rollout, trade: str, units: int, positions: tuple[int, ...], phases: tuple[PlannedPhase, ...]
) -> Visit:
    opening = phases[positions[0]]
    crews = {name: sent for name, sent in opening.crews.items() if has_trade(rollout, name, trade)}
    return Visit(trade, units, positions, opening.first, phases[positions[-1]].last, crews)


def has_trade(rollout: Rollout, crew: str, trade: str) -> bool:
    """Whether there is such a crew and it has the trade."""
    return crew in rollout.crew_by_id and rollout.crew_by_id[crew].trade == trade


def in_scope(scope: Scope, shop: Shop) -> bool:
    """Whether every key of the scope has one of its values on the shop."""
    for key, allowed in scope.values.items():
        held = shop.tags if key == "tag" else (shop.id if key == "shop" else getattr(shop, key) or "",)
        if not any(value in allowed for value in held):
            return False
    return True
