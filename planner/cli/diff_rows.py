"""What differs between two plans as JSON and as rows of a table."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date

from planner.domain.plan import Cost, MilestoneResult, Plan, Remodel
from planner.domain.plan_difference import PlanDifference, ShopDifference, crews_of
from planner.studies.why_moved import Why
from planner.studies.why_words import why_text

COST_KINDS = tuple(field.name for field in fields(Cost))
HEADINGS = (
    "shop",
    "change",
    "start_before",
    "start_after",
    "days",
    "finish_before",
    "finish_after",
    "crews_before",
    "crews_after",
    "status_before",
    "status_after",
    "cost_before",
    "cost_after",
    "cause",
    "why",
)


def difference_rows(found: PlanDifference, whys: Mapping[str, Why]) -> list[list[str]]:
    """A row for each shop that differs, its cells in the order of HEADINGS."""
    return [_row(item, whys.get(item.shop)) for item in found.shops]


def _row(item: ShopDifference, why: Why | None) -> list[str]:
    return [
        item.shop,
        item.kind.value,
        _day(item.start_before),
        _day(item.start_after),
        "" if item.days is None else str(item.days),
        _day(item.finish_before),
        _day(item.finish_after),
        crews_text(item.before),
        crews_text(item.after),
        item.status_before or "",
        item.status_after or "",
        f"{item.before.cost.total / 100:.2f}" if item.before else "",
        f"{item.after.cost.total / 100:.2f}" if item.after else "",
        why.cause.value if why else "",
        why_text(item, why),
    ]


def crews_text(remodel: Remodel | None) -> str:
    """The crews of a remodel, each once, with its units where they are more than one."""
    if remodel is None:
        return ""
    units: dict[str, int] = {}
    for sent in crews_of(remodel).values():
        for crew, number in sent.items():
            units[crew] = max(number, units.get(crew, 0))
    return ", ".join(crew if number == 1 else f"{number} × {crew}" for crew, number in units.items())


def difference_data(before: Plan, after: Plan, found: PlanDifference, whys: Mapping[str, Why]) -> dict[str, object]:
    """What differs, for --json; pairs are before and after, money is in the rollout's currency."""
    return {
        "rollout": [before.rollout, after.rollout],
        "today": [before.today.isoformat(), after.today.isoformat()],
        "same": found.is_empty,
        "unchanged": found.unchanged,
        "shortfall": list(found.shortfall),
        "unplanned": list(found.unplanned),
        "milestones": [_milestone(*pair) for pair in found.milestones],
        "total": [_amount(cents) for cents in found.total],
        "cost": {
            kind: [None if cost is None else getattr(cost, kind) / 100 for cost in found.cost] for kind in COST_KINDS
        },
        "shops": [_shop_data(item, whys.get(item.shop)) for item in found.shops],
    }


def _milestone(before: MilestoneResult | None, after: MilestoneResult | None) -> dict[str, object]:
    pair = (before, after)
    return {
        "name": next(item.name for item in (after, before) if item is not None),
        "by": [item and item.by.isoformat() for item in pair],
        "target": [item and item.target for item in pair],
        "planned": [item and item.planned for item in pair],
    }


def _shop_data(item: ShopDifference, why: Why | None) -> dict[str, object]:
    return {
        "shop": item.shop,
        "change": item.kind.value,
        "start": [_iso(item.start_before), _iso(item.start_after)],
        "finish": [_iso(item.finish_before), _iso(item.finish_after)],
        "days": item.days,
        "crews": [None if remodel is None else crews_of(remodel) for remodel in (item.before, item.after)],
        "status": [item.status_before, item.status_after],
        "cost": [None if remodel is None else remodel.cost.total / 100 for remodel in (item.before, item.after)],
        "reason": item.reason or None,
        "why": None if why is None else _why_data(item, why),
    }


def _why_data(item: ShopDifference, why: Why) -> dict[str, object]:
    saved = why.saved
    return {
        "cause": why.cause.value,
        "rules": list(why.rules),
        "text": why_text(item, why),
        "saved": None if saved is None else {kind: getattr(saved, kind) / 100 for kind in ("total", *COST_KINDS)},
        "days_saved": why.days_saved,
    }


def _amount(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
