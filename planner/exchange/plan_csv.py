"""plan.csv: a plan as a table, for spreadsheets and scripts."""

import csv
import io
import re
from datetime import date

from planner.domain.calendar import Calendars
from planner.domain.costs import unplanned_cost
from planner.domain.plan import Cost, Plan, Remodel, Unplanned
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.exchange.text import clean

COLUMNS = (
    "shop",
    "name",
    "postcode",
    "city",
    "state",
    "region",
    "partner",
    "format",
    "status",
    "start",
    "finish",
    "closed_from",
    "closed_to",
    "crews",
    "closure",
    "waiting",
    "lateness",
    "travel",
    "change",
    "total",
    "published_start",
    "moved_days",
    "due_by",
    "reason",
)
UNPLANNED = "unplanned"

# A leading space may hide a sign from this test but not from a spreadsheet; East Asian Excel obeys the wide signs.
FORMULA = re.compile(r"[\s=+\-@＝＋－＠]")


def plan_to_csv(rollout: Rollout, plan: Plan) -> bytes:
    """`plan.csv`: a row per remodel by start and shop, then a row per shop without a date and its reason.

    UTF-8 with a BOM, so that Excel shows umlauts; commas; CRLF. Money is in EUR, and `total` adds up to the
    plan's total; `moved_days` is the start minus the published start, in days. `crews` is `id:units` joined by
    `|`, the most units at any one time (an id may hold a colon: the units follow the last one). A text that a
    spreadsheet would take for a formula begins with an apostrophe. An infeasible plan has the header only.

    `plan` is one of `rollout`: it names no shop that the rollout does not have.
    """
    table = io.StringIO()
    writer = csv.DictWriter(table, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    for remodel in sorted(plan.remodels, key=lambda remodel: (remodel.start, remodel.shop)):
        writer.writerow(_remodel_row(rollout.shop_by_id[remodel.shop], remodel))
    calendars = Calendars(rollout)
    for unplanned in sorted(plan.unplanned, key=lambda unplanned: unplanned.shop):
        shop = rollout.shop_by_id[unplanned.shop]
        writer.writerow(_unplanned_row(shop, unplanned, unplanned_cost(rollout, calendars, shop)))
    return table.getvalue().encode("utf-8-sig")


def _remodel_row(shop: Shop, remodel: Remodel) -> dict[str, str]:
    published = shop.published_start
    return {
        **_shop_cells(shop),
        **_money_cells(remodel.cost),
        "status": remodel.status.value,
        "start": _day_cell(remodel.start),
        "finish": _day_cell(remodel.finish),
        "closed_from": _day_cell(remodel.closed_from),
        "closed_to": _day_cell(remodel.closed_to),
        "crews": text_cell(_crews(remodel)),
        "moved_days": str((remodel.start - published).days) if published else "",
    }


def _unplanned_row(shop: Shop, unplanned: Unplanned, cost: Cost) -> dict[str, str]:
    return {
        **_shop_cells(shop),
        **_money_cells(cost),
        "status": UNPLANNED,
        "reason": text_cell(unplanned.reason),
    }


def _shop_cells(shop: Shop) -> dict[str, str]:
    return {
        "shop": text_cell(shop.id),
        "name": text_cell(shop.name),
        "postcode": text_cell(shop.postcode),
        "city": text_cell(shop.city),
        "state": text_cell(shop.state),
        "region": text_cell(shop.region),
        "partner": text_cell(shop.partner),
        "format": text_cell(shop.format),
        "published_start": _day_cell(shop.published_start),
        "due_by": _day_cell(shop.due_by),
    }


def _money_cells(cost: Cost) -> dict[str, str]:
    return {
        "closure": _eur_cell(cost.closure),
        "waiting": _eur_cell(cost.waiting),
        "lateness": _eur_cell(cost.lateness),
        "travel": _eur_cell(cost.travel),
        "change": _eur_cell(cost.change),
        "total": _eur_cell(cost.total),
    }


def _crews(remodel: Remodel) -> str:
    most: dict[str, int] = {}
    for phase in remodel.phases:
        for crew, units in phase.crews.items():
            most[crew] = max(units, most.get(crew, 0))
    return "|".join(f"{crew}:{units}" for crew, units in most.items())


def text_cell(text: str) -> str:
    """Text for a cell that no spreadsheet takes for a formula."""
    cell = clean(text)
    return f"'{cell}" if FORMULA.match(cell) else cell


def _day_cell(day: date | None) -> str:
    return day.isoformat() if day else ""


def _eur_cell(cents: int) -> str:
    return f"{cents / 100:.2f}"
