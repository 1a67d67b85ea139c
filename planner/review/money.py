"""What a plan costs, each item derived day by day, and whether the plan says so."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from math import floor, fsum

from planner.domain.plan import Cost, Plan
from planner.domain.shop import Shop
from planner.review.days import each_day, monday_of
from planner.review.entries import Context, Entry, in_scope
from planner.review.findings import Violation, euros, of_shop
from planner.review.neighbours import distance_km
from planner.wording.translation import gettext, later

ITEMS = tuple(item.name for item in fields(Cost))
ITEM_WORDS = {
    "closure": later("closure"),
    "waiting": later("waiting"),
    "lateness": later("lateness"),
    "travel": later("travel"),
    "change": later("change"),
}
# Floating point may put an exact half cent on either side.
NOISE_CENTS = 0.001


@dataclass(frozen=True, slots=True)
class Item:
    """An amount in cents before rounding."""

    exact: float

    @property
    def lowest(self) -> int:
        """The least whole cents it may be rounded to."""
        return floor(self.exact + 0.5 - self._noise)

    @property
    def highest(self) -> int:
        """The most whole cents it may be rounded to."""
        return floor(self.exact + 0.5 + self._noise)

    @property
    def _noise(self) -> float:
        return max(NOISE_CENTS, abs(self.exact) * 1e-11)


def check_remodel_cost(context: Context, entry: Entry, stated: Cost) -> Iterator[Violation]:
    """Items of a remodel that are not what its days and crews cost."""
    for name, item in _items(context, entry).items():
        found: int = getattr(stated, name)
        if not item.lowest <= found <= item.highest:
            text = gettext("costs {expected} in {item}, but the plan says {found}").format(
                expected=euros(item.exact), item=gettext(ITEM_WORDS[name]), found=euros(found)
            )
            yield of_shop("cost", entry.shop, text, entry.start, entry.finish)


def check_total_cost(context: Context, plan: Plan) -> Iterator[Violation]:
    """Totals that are not the sums of what the plan states for its remodels and of waiting without a date."""
    if plan.cost is None or plan.total is None:
        yield Violation("cost", gettext("The plan states no cost, though it is not infeasible."))
        return
    by_id = context.rollout.shop_by_id
    undated = [waiting_without_date(context, by_id[shop]) for shop in sorted(context.undated)]
    for name in ITEMS:
        stated = sum(getattr(remodel.cost, name) for remodel in plan.remodels)
        lowest = stated + (sum(item.lowest for item in undated) if name == "waiting" else 0)
        highest = stated + (sum(item.highest for item in undated) if name == "waiting" else 0)
        found: int = getattr(plan.cost, name)
        if not lowest <= found <= highest:
            text = gettext("The plan's {item} is {found}, but its shops' sum is {expected}.")
            item_text = gettext(ITEM_WORDS[name])
            yield Violation("cost", text.format(item=item_text, found=euros(found), expected=euros(highest)))
    total = sum(getattr(plan.cost, name) for name in ITEMS)
    if plan.total != total:
        text = gettext("The plan's total is {found}, but its items' sum is {expected}.")
        yield Violation("cost", text.format(found=euros(plan.total), expected=euros(total)))


def waiting_without_date(context: Context, shop: Shop) -> Item:
    """What a backlog shop without a date costs: waiting until the horizon ends."""
    share = context.days.of(shop).sales_share(context.rollout.today, context.rollout.last)
    return Item(100 * shop.weekly_revenue * share * context.rollout.costs.margin * context.rollout.costs.uplift)


def _items(context: Context, entry: Entry) -> dict[str, Item]:
    return {
        "closure": _closure(context, entry),
        "waiting": _waiting(context, entry),
        "lateness": _lateness(context, entry),
        "travel": _travel(context, entry),
        "change": _change(context, entry),
    }


def _closure(context: Context, entry: Entry) -> Item:
    costs, days = context.rollout.costs, context.days.of(entry.shop)
    closed = entry.closed_from(context.rollout.today)
    if closed is None:
        return Item(0.0)
    lost = [entry.shop.weekly_revenue * days.sales_share(*closed) * costs.margin * (1 - costs.recapture)]
    for campaign in context.rollout.campaigns:
        if not in_scope(campaign.scope, entry.shop):
            continue
        customers = campaign.customers_per_week / 6
        worth = customers * campaign.appointment_rate * campaign.purchase_rate * campaign.value
        window = each_day(max(closed[0], campaign.first), min(closed[1], campaign.last))
        lost.append(worth * sum(1 for day in window if days.is_trading(day)))
    return Item(100 * fsum(lost))


def _waiting(context: Context, entry: Entry) -> Item:
    costs = context.rollout.costs
    share = context.days.of(entry.shop).sales_share(context.rollout.today, entry.finish)
    return Item(100 * entry.shop.weekly_revenue * share * costs.margin * costs.uplift)


def _lateness(context: Context, entry: Entry) -> Item:
    if entry.shop.due_by is None or entry.finish <= entry.shop.due_by:
        return Item(0.0)
    return Item(100 * context.rollout.costs.late_day * (entry.finish - entry.shop.due_by).days)


def _travel(context: Context, entry: Entry) -> Item:
    costs = context.rollout.costs
    legs = []
    this_week = monday_of(context.rollout.today)
    for visit in entry.visits:
        first_week = max(monday_of(visit.first), this_week)
        weeks = max(0, (monday_of(visit.last) - first_week).days // 7 + 1)
        for name, units in visit.crews.items():
            distance = distance_km(context.rollout.crew_by_id[name], entry.shop) or 0.0
            legs.append(units * costs.km * costs.road_factor * 2 * distance * weeks)
    return Item(100 * fsum(legs))


def _change(context: Context, entry: Entry) -> Item:
    published = entry.shop.published_start
    moved = published is not None and published != entry.start
    return Item(100 * context.rollout.costs.change if moved else 0.0)
