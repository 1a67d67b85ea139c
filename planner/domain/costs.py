"""What a remodel costs: each item of rollout-format's level 3, once.

Daily rates are EUR; an item of a shop is rounded to cents, halves up, and sums are sums of rounded items.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from math import floor, fsum

from planner.domain.calendar import TRADING_DAYS_A_WEEK, Calendars, ShopCalendar, week_of
from planner.domain.geography import distance_km
from planner.domain.plan import Cost
from planner.domain.rollout import Rollout
from planner.domain.rules import Campaign, Costs
from planner.domain.shop import Shop
from planner.domain.standing import RemodelDays

ROUNDING_NOISE_CENTS = 1e-6


def cents(eur: float) -> int:
    """EUR to whole cents, halves up; a half that floating point makes slightly less counts as one."""
    return floor(eur * 100 + 0.5 + ROUNDING_NOISE_CENTS)


def days_between(first: date, last: date) -> Iterable[date]:
    """Every day from `first` to `last`, both included."""
    return (first + timedelta(days=offset) for offset in range((last - first).days + 1))


def closure_share(costs: Costs) -> float:
    """EUR lost per EUR of sales on a closed day."""
    return costs.margin * (1 - costs.recapture)


def partner_loss_share(costs: Costs) -> float:
    """EUR a partner loses per EUR of sales on a closed day: margin counted as 1."""
    return 1 - costs.recapture


def waiting_share(costs: Costs) -> float:
    """EUR of uplift missed per EUR of sales on a day before the remodel is finished."""
    return costs.margin * costs.uplift


def campaign_rate(campaign: Campaign) -> float:
    """EUR that closing a shop of the campaign costs on a trading day in its window."""
    rate = campaign.customers_per_week / TRADING_DAYS_A_WEEK
    return rate * campaign.appointment_rate * campaign.purchase_rate * campaign.value


def visit_weeks(today: date, first: date, last: date) -> int:
    """The ISO weeks a visit touches, those over before `today` left out."""
    return max(0, week_of(last) - max(week_of(first), week_of(today)) + 1)


def travel_rate(rollout: Rollout, distance: float | None) -> float:
    """EUR for one unit and week: there and back by road, nothing where a position is missing."""
    return rollout.costs.km * rollout.costs.road_factor * 2 * (distance or 0.0)


def closure_cost(rollout: Rollout, calendar: ShopCalendar, shop: Shop, days: RemodelDays) -> int:
    """What being closed costs, campaigns included, in cents."""
    if days.closed_from is None or days.closed_to is None:
        return 0
    first, last = max(days.closed_from, rollout.today), days.closed_to
    begin, end = (first - rollout.today).days, max(0, (last - rollout.today).days + 1)
    share = shop.weekly_revenue * closure_share(rollout.costs)
    rates = [share * weight for weight in calendar.weights_from_today(rollout.costs)[begin:end]]
    for campaign in rollout.campaigns:
        if campaign.first <= last and first <= campaign.last and campaign.scope.matches(shop):
            window = days_between(max(first, campaign.first), min(last, campaign.last))
            rates += [campaign_rate(campaign)] * sum(map(calendar.is_trading, window))
    return cents(fsum(rates))


def waiting_cost(rollout: Rollout, calendar: ShopCalendar, shop: Shop, until: date) -> int:
    """What not being remodelled costs from today to `until`, in cents."""
    share = shop.weekly_revenue * waiting_share(rollout.costs)
    if not share:
        return 0
    days = (until - rollout.today).days + 1
    return cents(share * fsum(calendar.weights_from_today(rollout.costs)[: max(0, days)]))


def lateness_cost(rollout: Rollout, shop: Shop, finish: date) -> int:
    """What finishing after `due_by` costs, in cents."""
    if shop.due_by is None:
        return 0
    return cents(rollout.costs.late_day * max(0, (finish - shop.due_by).days))


def travel_cost(rollout: Rollout, shop: Shop, days: RemodelDays, crews: tuple[Mapping[str, int], ...]) -> int:
    """What crews drive, in cents; `crews` maps crew to units for each visit of the shop's format, in order."""
    rates = []
    for need, sent in zip(rollout.format_of(shop).visits, crews, strict=True):
        weeks = visit_weeks(rollout.today, days.phases[need.first][0], days.phases[need.last][1])
        for crew, units in sent.items():
            rate = travel_rate(rollout, distance_km(rollout.crew_by_id[crew], shop))
            rates.append(units * weeks * rate)
    return cents(fsum(rates))


def change_cost(rollout: Rollout, shop: Shop, start: date) -> int:
    """What departing from the published start costs, in cents."""
    moved = shop.published_start is not None and shop.published_start != start
    return cents(rollout.costs.change) if moved else 0


def remodel_cost(
    rollout: Rollout,
    calendars: Calendars,
    shop: Shop,
    days: RemodelDays,
    crews: tuple[Mapping[str, int], ...],
) -> Cost:
    """All that a remodel on `days` by `crews` (one mapping a visit) costs, each item rounded to cents."""
    calendar = calendars.of(shop)
    return Cost(
        closure=closure_cost(rollout, calendar, shop, days),
        waiting=waiting_cost(rollout, calendar, shop, days.finish),
        lateness=lateness_cost(rollout, shop, days.finish),
        travel=travel_cost(rollout, shop, days, crews),
        change=change_cost(rollout, shop, days.start),
    )


def unplanned_cost(rollout: Rollout, calendars: Calendars, shop: Shop) -> Cost:
    """What a backlog shop without a date costs: waiting until the horizon ends."""
    return Cost(waiting=waiting_cost(rollout, calendars.of(shop), shop, rollout.last))


def partner_loss_limits(rollout: Rollout) -> dict[str, float]:
    """EUR that closures may cost each partner in the window; partners without a target are not asked.

    A partner's shops that are deferred or cancelled count neither for its target nor for whether it has one.
    """
    target = rollout.partner_target
    if target is None:
        return {}
    sums: dict[str, float] = {}
    for shop in rollout.shops:
        if shop.partner and not shop.is_dropped and shop.annual_target is not None:
            sums[shop.partner] = sums.get(shop.partner, 0.0) + shop.annual_target
    return {partner: target.max_loss * target.share * total for partner, total in sums.items()}
