"""The rules a rollout sets: scopes, windows, limits, supply, campaigns, targets."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.domain.shop import Shop
from planner.domain.shop_format import Phase

SCOPE_KEYS = ("shop", "partner", "kind", "state", "region", "city", "format", "tag")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which shops a rule is for: all keys must match, one of a key's values is enough; no key means every shop."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def matches(self, shop: Shop) -> bool:
        """Whether `shop` is in scope."""
        return all(self._has_one(shop, key, allowed) for key, allowed in self.values.items())

    @staticmethod
    def _has_one(shop: Shop, key: str, allowed: tuple[str, ...]) -> bool:
        if key == "tag":
            return any(tag in allowed for tag in shop.tags)
        return (shop.id if key == "shop" else getattr(shop, key) or "") in allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Shutdown:
    """Nobody works from `first` to `last`."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Blackout:
    """No shop in scope may be closed from `first` to `last`."""

    name: str
    first: date
    last: date
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """`target` shops are to be finished on or before `by`, those already done included."""

    name: str
    by: date
    target: int


class Grouping(StrEnum):
    """What the shops of a limit are counted by."""

    ALL = "all"
    REGION = "region"
    STATE = "state"
    CITY = "city"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """At most `max_closed` shops of a group closed on a day, or `max_starts_per_week` starts in an ISO week.

    Holds from `first` to `last` (None: open) for the shops in scope.
    """

    name: str
    per: Grouping = Grouping.ALL
    max_closed: int | None = None
    max_starts_per_week: int | None = None
    scope: Scope = field(default_factory=Scope)
    first: date | None = None
    last: date | None = None

    def group_of(self, shop: Shop) -> tuple[str, ...] | None:
        """The group `shop` counts in, or None where the limit does not ask of it."""
        if not self.scope.matches(shop):
            return None
        match self.per:
            case Grouping.ALL:
                return ()
            case Grouping.CITY:
                return (shop.city, shop.state) if shop.city else None
            case _:
                value: str = getattr(shop, self.per.value)
                return (value,) if value else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """`quantity` units arrive on `first`, and every `every_days` days after it until `last` (None: for ever)."""

    first: date
    quantity: int
    every_days: int | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Stock that the first day of `phase` draws on: `needs` maps a format to units."""

    name: str
    phase: str
    needs: Mapping[str, int]
    initial: int = 0
    deliveries: tuple[Delivery, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """Customers are being routed to the shops in scope, so that closing one costs more (`value` in EUR)."""

    name: str
    first: date
    last: date
    customers_per_week: float
    appointment_rate: float
    purchase_rate: float
    value: float
    scope: Scope = field(default_factory=Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerTarget:
    """Closures from `first` to `last` may cost a partner at most `max_loss` × `share` of its annual target."""

    first: date
    last: date
    share: float
    max_loss: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """Prices: EUR, or factors where the rollout format says so. `season` maps a month (1 to 12) to a factor."""

    margin: float = 1.0
    footfall: float = 1.0
    season: Mapping[int, float] = field(default_factory=dict)
    recapture: float = 0.0
    uplift: float = 0.0
    km: float = 0.0
    road_factor: float = 1.0
    late_day: float = 0.0
    change: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How long phases really take: a lognormal factor on their planned days with this median and `sigma`.

    Holds for phases of the name `phase`, and that need `trade`; an empty one asks for nothing. `jobs` is the number
    of past jobs it was fitted to, 0 where it was given.
    """

    median: float = 1.0
    sigma: float = 0.0
    phase: str = ""
    trade: str = ""
    jobs: int = 0

    def is_for(self, phase: Phase) -> bool:
        """Whether it says how long `phase` takes."""
        return self.phase in ("", phase.name) and (not self.trade or bool(phase.crews.get(self.trade)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """How reality departs from a plan.

    The first of `spreads` that is for a phase says how long it takes; where none is, `duration_sigma` and
    `duration_median` do. `duration_shared` is the part of that variance (0 to 1) that all phases of a trade have in
    common. A permit still to come, a delivery still to come, are late with a probability by a number of calendar
    days; a crew's unit falls ill `illness_per_year` times in 260 days at work, which adds `illness_days` working
    days to the phase it is at.
    """

    duration_sigma: float = 0.0
    duration_median: float = 1.0
    duration_shared: float = 0.0
    spreads: tuple[Spread, ...] = ()
    permit_slip_probability: float = 0.0
    permit_slip_days: int = 0
    illness_per_year: float = 0.0
    illness_days: int = 0
    late_kits_probability: float = 0.0
    late_kits_days: int = 0

    def spread_of(self, phase: Phase) -> Spread:
        """How long `phase` really takes."""
        default = Spread(median=self.duration_median, sigma=self.duration_sigma)
        return next((spread for spread in self.spreads if spread.is_for(phase)), default)
