"""What differs between two plans as lines for people."""

from collections.abc import Iterator, Mapping

from planner.cli.diff_rows import COST_KINDS, crews_text
from planner.cli.messages import clip
from planner.cli.risk_text import wrapped
from planner.cli.summary import NAME_WIDTH
from planner.domain.plan import MilestoneResult, Plan, RemodelStatus
from planner.domain.plan_difference import DifferenceKind, PlanDifference, ShopDifference
from planner.studies.why_moved import Why
from planner.studies.why_words import why_text
from planner.wording.amounts import counted, day_text, money_text

SHOPS_SHOWN = 40
NAMES_SHOWN = 12
Line = tuple[str, str]
LISTED_IN_FULL = frozenset(
    {DifferenceKind.MOVED, DifferenceKind.NEW, DifferenceKind.DROPPED, DifferenceKind.RESCHEDULED}
)
LABELS = {
    DifferenceKind.MOVED: "Moved",
    DifferenceKind.NEW: "New",
    DifferenceKind.DROPPED: "Dropped out",
    DifferenceKind.RESCHEDULED: "Other days",
    DifferenceKind.CREWS: "Other crews",
    DifferenceKind.STATUS: "Status",
}
COUNTED = {
    DifferenceKind.MOVED: "moved",
    DifferenceKind.NEW: "new",
    DifferenceKind.DROPPED: "dropped out",
    DifferenceKind.RESCHEDULED: "on other days after their start",
    DifferenceKind.CREWS: "with other crews",
    DifferenceKind.STATUS: "with another status",
}


def difference_lines(
    before: Plan,
    after: Plan,
    found: PlanDifference,
    whys: Mapping[str, Why],
    *,
    names: tuple[str, str] | None,
    currency: str,
    all_shops: bool,
) -> Iterator[Line]:
    """Lines with their labels: what the plans are, their figures, then the shops by how they differ."""
    yield from wrapped("Plans", _plans(before, after, names))
    if found.is_empty:
        yield from wrapped(
            "", f"No difference: {counted(found.unchanged, 'remodel')} on the same days, at the same cost"
        )
        return
    for number, pair in enumerate(found.milestones):
        yield from wrapped("" if number else "Milestones", _milestone(*pair))
    yield from wrapped("Cost", _cost(found, currency))
    yield from wrapped("Remodels", _counts(found))
    for kind, label in LABELS.items():
        items = found.of_kind(kind)
        if all_shops or kind in LISTED_IN_FULL:
            yield from _of_kind(label, items, whys, None if all_shops else SHOPS_SHOWN)
        elif items:
            yield from wrapped(label, _names(items))


def _plans(before: Plan, after: Plan, names: tuple[str, str] | None) -> str:
    made = [f"planned on {day_text(plan.today)}" for plan in (before, after)]
    if names:
        made = [f"{clip(name, NAME_WIDTH)} ({text})" for name, text in zip(names, made, strict=True)]
    return f"from {made[0]} to {made[1]}"


def _milestone(before: MilestoneResult | None, after: MilestoneResult | None) -> str:
    if before is None or after is None:
        only = after or before
        there = "new" if before is None else "no longer there"
        return "" if only is None else f"{clip(only.name, NAME_WIDTH)}: {there}, {only.planned} of {only.target}"
    counts = f"{before.planned} → {after.planned}" if before.planned != after.planned else f"{after.planned}"
    return f"{clip(after.name, NAME_WIDTH)} ({day_text(after.by)}): {counts} of {after.target}"


def _cost(found: PlanDifference, currency: str) -> str:
    was, now = found.total
    old, new = found.cost
    if was is None or now is None or old is None or new is None:
        return ""
    if was == now:
        return f"{money_text(now, clip(currency, 3))}, as before"
    kinds = {kind: getattr(new, kind) - getattr(old, kind) for kind in COST_KINDS}
    parts = ", ".join(f"{kind} {cents / 100:+,.2f}" for kind, cents in kinds.items() if cents)
    return f"{money_text(was)} → {money_text(now, clip(currency, 3))} ({(now - was) / 100:+,.2f}: {parts})"


def _counts(found: PlanDifference) -> str:
    counts = [f"{len(found.of_kind(kind))} {words}" for kind, words in COUNTED.items() if found.of_kind(kind)]
    undated = f"; without a date {found.unplanned[0]} → {found.unplanned[1]}" if any(found.unplanned) else ""
    return ", ".join([*counts, f"{found.unchanged} as before"]) + undated


def _of_kind(
    label: str, items: tuple[ShopDifference, ...], whys: Mapping[str, Why], most: int | None
) -> Iterator[Line]:
    for number, item in enumerate(items[:most]):
        yield from wrapped("" if number else label, _shop(item))
        why = why_text(item, whys.get(item.shop))
        if why:
            yield from wrapped("", f"— {why}")
    if most is not None and len(items) > most:
        yield from wrapped("", f"and {len(items) - most} more; --all shows them")


def _names(items: tuple[ShopDifference, ...]) -> str:
    """The shops alone, where little about them differs; the first few of many."""
    names = ", ".join(clip(item.shop, NAME_WIDTH) for item in items[:NAMES_SHOWN])
    more = f" and {len(items) - NAMES_SHOWN} more" if len(items) > NAMES_SHOWN else ""
    return f"{names}{more}; --all says more of them"


def _shop(item: ShopDifference) -> str:
    shop = clip(item.shop, NAME_WIDTH)
    parts = [f"{shop} {_dates(item)}"]
    if item.other_crews:
        parts.append(f"crews {clip(crews_text(item.before), NAME_WIDTH)} → {clip(crews_text(item.after), NAME_WIDTH)}")
    if item.before and item.after and item.before.status is not item.after.status:
        parts.append(f"{_status(item.before.status)} → {_status(item.after.status)}")
    return ", ".join(parts)


def _dates(item: ShopDifference) -> str:
    if item.before is None:
        return f"{item.start_after} to {item.finish_after}"
    if item.after is None:
        return f"was {item.start_before} to {item.finish_before}"
    start, finish = f"{item.start_after}", f"{item.finish_after}"
    if item.days:
        direction = "later" if item.days > 0 else "earlier"
        return f"{item.start_before} → {start} ({counted(abs(item.days), 'day')} {direction})"
    if item.finish_before != item.finish_after:
        return f"from {start}, finish {item.finish_before} → {finish}"
    return f"from {start} to {finish}"


def _status(status: RemodelStatus) -> str:
    return status.value.replace("_", " ")
