"""A rollout: all that one planning run knows."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from planner.domain.crew import Absence, Crew
from planner.domain.rules import (
    Blackout,
    Campaign,
    Costs,
    Limit,
    Milestone,
    PartnerTarget,
    Risk,
    Shutdown,
    Supply,
)
from planner.domain.shop import Shop
from planner.domain.shop_format import ShopFormat


class Objective(StrEnum):
    """What level 3 of a plan's quality measures."""

    COST = "cost"
    EARLIEST_FINISH = "earliest-finish"


@dataclass(frozen=True, kw_only=True)
class Rollout:
    """What rollout.toml, shops.csv, crews.csv and absences.csv say, checked and typed.

    `today` is the planning date, `last` the last day of the horizon; `workdays` are weekdays, Monday is 0;
    `country` is a code of the `holidays` package, or empty for no public holidays. `neighbours_km` is None
    where no neighbours rule is given.
    """

    name: str
    today: date
    last: date
    formats: tuple[ShopFormat, ...]
    shops: tuple[Shop, ...]
    crews: tuple[Crew, ...]
    absences: tuple[Absence, ...] = ()
    timezone: str = "Europe/Berlin"
    currency: str = "EUR"
    objective: Objective = Objective.COST
    country: str = "DE"
    workdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    shutdowns: tuple[Shutdown, ...] = ()
    blackouts: tuple[Blackout, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    limits: tuple[Limit, ...] = ()
    neighbours_km: float | None = None
    supplies: tuple[Supply, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    partner_target: PartnerTarget | None = None
    costs: Costs = field(default_factory=Costs)
    freeze_days: int = 0
    risk: Risk | None = None

    @cached_property
    def shop_by_id(self) -> dict[str, Shop]:
        """The shops by id."""
        return {shop.id: shop for shop in self.shops}

    @cached_property
    def crew_by_id(self) -> dict[str, Crew]:
        """The crews by id."""
        return {crew.id: crew for crew in self.crews}

    @cached_property
    def format_by_name(self) -> dict[str, ShopFormat]:
        """The formats by name."""
        return {shop_format.name: shop_format for shop_format in self.formats}

    def format_of(self, shop: Shop) -> ShopFormat:
        """The format `shop` is remodelled to."""
        return self.format_by_name[shop.format]
