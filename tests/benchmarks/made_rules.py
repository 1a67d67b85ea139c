"""The rules of generated rollouts: windows, limits, kits, milestones and prices, scaled to their shops."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from planner.domain.rules import (
    Blackout,
    Campaign,
    Costs,
    Delivery,
    Grouping,
    Limit,
    Milestone,
    PartnerTarget,
    Scope,
    Shutdown,
    Supply,
)
from planner.domain.shop import Shop, Status
from planner.domain.shop_format import ShopFormat
from tests.benchmarks.made_formats import closed_days
from tests.benchmarks.shapes import Goal, Shape

TODAY = date(2026, 6, 1)
MILESTONE_AT = 0.467
MILESTONE_SHARE = 0.45
EARLY_MILESTONE_AT = 0.27
EARLY_MILESTONE_SHARE = 0.2
KITS_FOR_MILESTONE = 1.04
INITIAL_KITS = 0.04
LAST_KITS_AT = 0.85
KITS = {"S": 1, "M": 1, "L": 2, "XL": 3}
PRICES = Costs(
    margin=1.0,
    footfall=0.8,
    season={1: 0.9, 2: 0.9, 11: 1.2, 12: 1.45},
    recapture=0.3,
    uplift=0.06,
    km=0.9,
    road_factor=1.3,
    late_day=250.0,
    change=300.0,
)
NO_PRICES = Costs(margin=0.0)
EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days of a rollout, addressed by which part of them has passed."""

    today: date
    last: date

    @property
    def days(self) -> int:
        """Calendar days, both ends included."""
        return (self.last - self.today).days + 1

    @property
    def years(self) -> range:
        """The calendar years it touches."""
        return range(self.today.year, self.last.year + 1)

    def at(self, part: float) -> date:
        """The day when `part` of the horizon has passed."""
        return self.today + timedelta(days=int(part * self.days))


def make_horizon(shape: Shape) -> Horizon:
    """So many months from the first Monday of June 2026."""
    years, month = divmod(TODAY.month - 1 + shape.months, 12)
    return Horizon(TODAY, date(TODAY.year + years, month + 1, 1) - timedelta(days=1))


def make_shutdowns(horizon: Horizon) -> tuple[Shutdown, ...]:
    """The builders' Christmas break of each year."""
    breaks = [(date(year, 12, 24), date(year + 1, 1, 3)) for year in horizon.years]
    return tuple(Shutdown(name=f"Christmas break {first.year}", first=first, last=last) for first, last in breaks)


def make_blackouts(horizon: Horizon) -> tuple[Blackout, ...]:
    """Christmas trading of each year, for all but the company's own shops, and a sale of the shops in malls."""
    scope = Scope({"kind": ("partner", "agency")})
    trading = [
        Blackout(name=f"Christmas trading {year}", first=date(year, 11, 27), last=date(year, 12, 31), scope=scope)
        for year in horizon.years
    ]
    malls = Scope({"tag": ("mall",)})
    return (*trading, Blackout(name="Mall weeks", first=horizon.at(0.7), last=horizon.at(0.73), scope=malls))


def make_campaigns(horizon: Horizon, shape: Shape) -> tuple[Campaign, ...]:
    """Existing customers routed to pilot shops in autumn, and to flagships for a part of that time as well."""
    if not shape.has_prices:
        return ()
    year = horizon.today.year
    pilot = Campaign(
        name="Existing-customer pilot",
        first=date(year, 9, 1),
        last=date(year, 10, 31),
        customers_per_week=40,
        appointment_rate=0.5,
        purchase_rate=0.68,
        value=180.0,
        scope=Scope({"tag": ("pilot",)}),
    )
    flagship = Campaign(
        name="Flagship weeks",
        first=date(year, 10, 12),
        last=date(year, 11, 20),
        customers_per_week=60,
        appointment_rate=0.3,
        purchase_rate=0.5,
        value=240.0,
        scope=Scope({"tag": ("flagship",)}),
    )
    return pilot, flagship


def make_partner_target(horizon: Horizon) -> PartnerTarget:
    """Partners make half of their annual target from July to December."""
    year = horizon.today.year
    return PartnerTarget(first=date(year, 7, 1), last=date(year, 12, 31), share=0.5, max_loss=0.055)


def make_limits(horizon: Horizon, formats: Sequence[ShopFormat], shops: Iterable[Shop]) -> tuple[Limit, ...]:
    """Limits for each grouping, each a little above what an even plan of the open `shops` needs."""
    shops = [shop for shop in shops if shop.is_in_plan]
    days_of = {item.name: closed_days(item) for item in formats}

    def closed_at_once(per: str) -> float:
        """How many shops of the largest group an even plan has closed."""
        sums: dict[str, float] = defaultdict(float)
        for shop in shops:
            sums[str(getattr(shop, per)) if per else EVERYWHERE] += days_of[shop.format] / horizon.days
        sums.pop("", None)
        return max(sums.values(), default=0.0)

    weeks = horizon.days / 7
    in_regions = Counter(shop.region for shop in shops)
    starts_a_region = max(in_regions.values(), default=0) / weeks
    december, september = date(horizon.today.year, 12, 1), date(horizon.today.year, 9, 1)
    return (
        Limit(
            name="Shops of a partner", per=Grouping.PARTNER, max_closed=max(1, ceil(1.5 * closed_at_once("partner")))
        ),
        Limit(
            name="Shops of a region",
            per=Grouping.REGION,
            max_closed=max(2, ceil(2 * closed_at_once("region"))),
            max_starts_per_week=max(2, ceil(2.2 * starts_a_region)),
        ),
        Limit(name="Shops of a city", per=Grouping.CITY, max_closed=max(2, ceil(1.5 * closed_at_once("city")))),
        Limit(
            name="Autumn trading",
            per=Grouping.STATE,
            max_closed=max(2, ceil(2.2 * closed_at_once("state"))),
            first=september,
            last=september + timedelta(days=60),
        ),
        Limit(
            name="Help desk",
            max_starts_per_week=max(2, ceil(1.7 * len(shops) / weeks)),
        ),
        Limit(
            name="Before Christmas",
            max_closed=max(1, ceil(0.3 * closed_at_once(""))),
            first=december,
            last=december + timedelta(days=22),
            scope=Scope({"kind": ("own",)}),
        ),
    )


def make_milestones(horizon: Horizon, shape: Shape, shops: Iterable[Shop]) -> tuple[Milestone, ...]:
    """Nearly half of the open shops by the middle of the horizon, or what the shape asks for."""
    shops = list(shops)
    done = sum(shop.status is Status.DONE for shop in shops)
    still_open = sum(shop.is_in_plan for shop in shops)
    if shape.goal is Goal.NONE:
        return ()
    if shape.goal is Goal.UNREACHABLE:
        return (Milestone(name="All at once", by=horizon.at(0.2), target=done + still_open),)
    return (
        Milestone(
            name="Autumn", by=horizon.at(EARLY_MILESTONE_AT), target=done + int(EARLY_MILESTONE_SHARE * still_open)
        ),
        Milestone(name="Half-time", by=horizon.at(MILESTONE_AT), target=done + round(MILESTONE_SHARE * still_open)),
    )


def make_supply(horizon: Horizon, shape: Shape, shops: Iterable[Shop]) -> Supply:
    """Furniture kits that come weekly, scarce up to the milestone."""
    needed = sum(KITS[shop.format] for shop in shops if shop.is_in_plan)
    initial = max(3, round(INITIAL_KITS * needed)) if shape.kits > 1 else 0
    half_time, end = horizon.at(MILESTONE_AT), horizon.at(LAST_KITS_AT)
    share = MILESTONE_SHARE * KITS_FOR_MILESTONE if shape.kits > 1 else shape.kits * MILESTONE_AT / LAST_KITS_AT
    early = max(0, round(share * needed) - initial)
    late = max(0, round(shape.kits * needed) - initial - early)
    first = horizon.today + timedelta(days=7)
    deliveries = (*_weekly(first, half_time, early), *_weekly(half_time + timedelta(days=1), end, late))
    return Supply(name="Furniture kits", phase="Build", needs=KITS, initial=initial, deliveries=deliveries)


def _weekly(first: date, last: date, units: int) -> list[Delivery]:
    """About `units` in equal weekly deliveries from `first` to `last`, and what these leave over one by one."""
    weeks = max(1, (last - first).days // 7)
    a_week, rest = divmod(units, weeks)
    deliveries = [Delivery(first=first, every_days=7, quantity=a_week, last=last)] if a_week else []
    if rest:
        deliveries.append(Delivery(first=first, every_days=7 * max(1, weeks // rest), quantity=1, last=last))
    return deliveries
