"""What the columns of an exported sheet hold: typed values, so that each kind of file writes them its own way."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from graphlib import CycleError, TopologicalSorter
from typing import Generic, TypeVar

from planner.domain.plan import Plan, Remodel
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.exchange.csv_row import LIST_SEPARATOR
from planner.exchange.shops import YES

Value = str | int | float | date | None
"""What a cell holds; None and an empty text are an empty cell."""

T = TypeVar("T")


class Kind(Enum):
    """What the values of a column are, and so how they are shown."""

    TEXT = auto()
    POSTCODE = auto()
    WHOLE = auto()
    MONEY = auto()
    DEGREES = auto()
    DAY = auto()


@dataclass(frozen=True, slots=True)
class SheetColumn(Generic[T]):
    """A column: its heading, its kind, how many characters wide it is, and what it holds for a record."""

    heading: str
    kind: Kind
    width: int
    value: Callable[[T], Value]


PLAN_PREFIX = "plan: "
"""Headings of an export that begin so are the plan's, and are not read back as a shop's."""

SHOP_COLUMNS: tuple[SheetColumn[Shop], ...] = (
    SheetColumn("id", Kind.TEXT, 10, lambda shop: shop.id),
    SheetColumn("name", Kind.TEXT, 26, lambda shop: shop.name),
    SheetColumn("street", Kind.TEXT, 22, lambda shop: shop.street),
    SheetColumn("postcode", Kind.POSTCODE, 9, lambda shop: shop.postcode),
    SheetColumn("city", Kind.TEXT, 18, lambda shop: shop.city),
    SheetColumn("partner", Kind.TEXT, 22, lambda shop: shop.partner),
    SheetColumn("kind", Kind.TEXT, 9, lambda shop: shop.kind and shop.kind.value),
    SheetColumn("state", Kind.TEXT, 7, lambda shop: shop.state),
    SheetColumn("catholic", Kind.TEXT, 9, lambda shop: YES if shop.catholic else None),
    # A region that is the state's by default is not written, so that it follows the state.
    SheetColumn("region", Kind.TEXT, 12, lambda shop: None if shop.region == shop.state else shop.region),
    SheetColumn("lat", Kind.DEGREES, 9, lambda shop: shop.lat),
    SheetColumn("lon", Kind.DEGREES, 9, lambda shop: shop.lon),
    SheetColumn("format", Kind.TEXT, 8, lambda shop: shop.format),
    SheetColumn("weekly_revenue", Kind.MONEY, 15, lambda shop: shop.weekly_revenue or None),
    SheetColumn("annual_target", Kind.MONEY, 15, lambda shop: shop.annual_target),
    SheetColumn("priority", Kind.WHOLE, 8, lambda shop: shop.priority),
    SheetColumn("tags", Kind.TEXT, 16, lambda shop: LIST_SEPARATOR.join(shop.tags)),
    SheetColumn("ready_from", Kind.DAY, 11, lambda shop: shop.ready_from),
    SheetColumn("due_by", Kind.DAY, 11, lambda shop: shop.due_by),
    SheetColumn("after", Kind.TEXT, 12, lambda shop: LIST_SEPARATOR.join(shop.after)),
    SheetColumn("status", Kind.TEXT, 11, lambda shop: shop.status.value),
    SheetColumn("start", Kind.DAY, 11, lambda shop: shop.start),
    SheetColumn("finish", Kind.DAY, 11, lambda shop: shop.finish),
    SheetColumn("crews", Kind.TEXT, 14, lambda shop: LIST_SEPARATOR.join(shop.crews)),
    SheetColumn("published_start", Kind.DAY, 14, lambda shop: shop.published_start),
)


def shop_columns(shops: Iterable[Shop]) -> list[SheetColumn[Shop]]:
    """The columns of shops.csv, all of them, and those that the planner does not know, as they first appear."""
    extras = {shop.id: dict(shop.extra) for shop in shops if shop.extra}

    def extra_column(heading: str) -> SheetColumn[Shop]:
        return SheetColumn(heading, Kind.TEXT, 16, lambda shop: extras.get(shop.id, {}).get(heading))

    return [*SHOP_COLUMNS, *map(extra_column, _in_order(extras.values()))]


def _in_order(rows: Iterable[Iterable[str]]) -> list[str]:
    """All names in `rows`, each row's in the order it has them in, as far as rows agree on one."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for names in dict.fromkeys(map(tuple, rows)):
        for name, before in zip(names, (None, *names), strict=False):
            sorter.add(name, *([] if before is None else [before]))
    try:
        return list(sorter.static_order())
    except CycleError:
        return list(dict.fromkeys(name for names in rows for name in names))


def shop_and_plan_columns(rollout: Rollout, plan: Plan | None) -> list[SheetColumn[Shop]]:
    """The columns of shops.csv and, where there is a plan of `rollout`, its dates and costs."""
    columns = shop_columns(rollout.shops)
    if plan is None:
        return columns
    added = plan_columns(plan)
    headings = {column.heading for column in added}
    # What an earlier export left behind would say what the plan no longer says.
    return [*(column for column in columns if column.heading not in headings), *added]


def plan_columns(plan: Plan) -> list[SheetColumn[Shop]]:
    """What a plan says of each shop; money in EUR."""
    remodels = {remodel.shop: remodel for remodel in plan.remodels}
    reasons = {unplanned.shop: unplanned.reason for unplanned in plan.unplanned}

    def of_remodel(value: Callable[[Shop, Remodel], Value]) -> Callable[[Shop], Value]:
        return lambda shop: value(shop, remodels[shop.id]) if shop.id in remodels else None

    def status(shop: Shop) -> Value:
        if shop.id in remodels:
            return remodels[shop.id].status.value
        return "unplanned" if shop.id in reasons else None

    return [
        SheetColumn(f"{PLAN_PREFIX}status", Kind.TEXT, 12, status),
        SheetColumn(f"{PLAN_PREFIX}start", Kind.DAY, 11, of_remodel(lambda _, remodel: remodel.start)),
        SheetColumn(f"{PLAN_PREFIX}finish", Kind.DAY, 11, of_remodel(lambda _, remodel: remodel.finish)),
        SheetColumn(f"{PLAN_PREFIX}closed from", Kind.DAY, 16, of_remodel(lambda _, remodel: remodel.closed_from)),
        SheetColumn(f"{PLAN_PREFIX}closed to", Kind.DAY, 14, of_remodel(lambda _, remodel: remodel.closed_to)),
        SheetColumn(f"{PLAN_PREFIX}moved days", Kind.WHOLE, 16, of_remodel(_moved_days)),
        SheetColumn(f"{PLAN_PREFIX}crews", Kind.TEXT, 18, of_remodel(lambda _, remodel: _crews(remodel))),
        SheetColumn(f"{PLAN_PREFIX}cost", Kind.MONEY, 13, of_remodel(lambda _, remodel: remodel.cost.total / 100)),
        SheetColumn(f"{PLAN_PREFIX}reason", Kind.TEXT, 30, lambda shop: reasons.get(shop.id)),
    ]


def _moved_days(shop: Shop, remodel: Remodel) -> Value:
    return (remodel.start - shop.published_start).days if shop.published_start else None


def _crews(remodel: Remodel) -> str:
    crews: Mapping[str, None] = dict.fromkeys(crew for phase in remodel.phases for crew in phase.crews)
    return LIST_SEPARATOR.join(crews)
