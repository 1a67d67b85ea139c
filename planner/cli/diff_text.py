"""What differs between two plans as lines for people."""

from collections.abc import Iterator, Mapping
from datetime import date

from planner.cli.diff_rows import COST_KINDS, crews_text
from planner.cli.messages import clip
from planner.cli.risk_text import wrapped
from planner.cli.summary import NAME_WIDTH
from planner.domain.plan import MilestoneResult, Plan, RemodelStatus
from planner.domain.plan_difference import DifferenceKind, PlanDifference, ShopDifference
from planner.studies.comparison_rows import kind_text
from planner.studies.why_moved import Why
from planner.studies.why_words import why_text
from planner.wording.amounts import counted, day_text, money_change_text, money_text, plain_day_text
from planner.wording.translation import gettext, later, pgettext

SHOPS_SHOWN = 40
NAMES_SHOWN = 12
Line = tuple[str, str]
LISTED_IN_FULL = frozenset(
    {DifferenceKind.MOVED, DifferenceKind.NEW, DifferenceKind.DROPPED, DifferenceKind.RESCHEDULED}
)
LABELS = {
    DifferenceKind.MOVED: later("Moved"),
    DifferenceKind.NEW: later("New"),
    DifferenceKind.DROPPED: later("Dropped out"),
    DifferenceKind.RESCHEDULED: later("Other days"),
    DifferenceKind.CREWS: later("Other crews"),
    DifferenceKind.STATUS: later("Status"),
}
COUNTED = {
    DifferenceKind.MOVED: later("{number} moved"),
    DifferenceKind.NEW: later("{number} new"),
    DifferenceKind.DROPPED: later("{number} dropped out"),
    DifferenceKind.RESCHEDULED: later("{number} on other days after their start"),
    DifferenceKind.CREWS: later("{number} with other crews"),
    DifferenceKind.STATUS: later("{number} with another status"),
}
LATER = later("{before} → {after} ({days} later)")
EARLIER = later("{before} → {after} ({days} earlier)")
AS_BEFORE = later("{number} as before")
STATUS_WORDS = {
    RemodelStatus.PLANNED: later("planned"),
    RemodelStatus.FIXED: later("fixed"),
    RemodelStatus.IN_PROGRESS: later("in progress"),
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
    yield from wrapped(gettext("Plans"), _plans(before, after, names))
    if found.is_empty:
        text = gettext("No difference: {remodels} on the same days, at the same cost")
        yield from wrapped("", text.format(remodels=counted(found.unchanged, "remodel")))
        return
    for number, pair in enumerate(found.milestones):
        yield from wrapped("" if number else pgettext("label", "Milestones"), _milestone(*pair))
    yield from wrapped(gettext("Cost"), _cost(found, currency))
    yield from wrapped(gettext("Remodels"), _counts(found))
    for kind, label in LABELS.items():
        items = found.of_kind(kind)
        if all_shops or kind in LISTED_IN_FULL:
            yield from _of_kind(gettext(label), items, whys, None if all_shops else SHOPS_SHOWN)
        elif items:
            yield from wrapped(gettext(label), _names(items))


def _plans(before: Plan, after: Plan, names: tuple[str, str] | None) -> str:
    made = [gettext("planned on {day}").format(day=day_text(plan.today)) for plan in (before, after)]
    if names:
        made = [f"{clip(name, NAME_WIDTH)} ({text})" for name, text in zip(names, made, strict=True)]
    return gettext("from {before} to {after}").format(before=made[0], after=made[1])


def _milestone(before: MilestoneResult | None, after: MilestoneResult | None) -> str:
    if before is None or after is None:
        only = after or before
        if only is None:
            return ""
        text = gettext("{name}: no longer there, {number} of {target}")
        if before is None:
            text = gettext("{name}: new, {number} of {target}")
        return text.format(name=clip(only.name, NAME_WIDTH), number=only.planned, target=only.target)
    counts = f"{before.planned} → {after.planned}" if before.planned != after.planned else f"{after.planned}"
    text = gettext("{name} ({day}): {number} of {target}")
    name = clip(after.name, NAME_WIDTH)
    return text.format(name=name, day=day_text(after.by), number=counts, target=after.target)


def _cost(found: PlanDifference, currency: str) -> str:
    was, now = found.total
    old, new = found.cost
    if was is None or now is None or old is None or new is None:
        return ""
    if was == now:
        return gettext("{money}, as before").format(money=money_text(now, clip(currency, 3)))
    kinds = {kind: getattr(new, kind) - getattr(old, kind) for kind in COST_KINDS}
    parts = ", ".join(f"{kind_text(kind)} {money_change_text(cents)}" for kind, cents in kinds.items() if cents)
    return f"{money_text(was)} → {money_text(now, clip(currency, 3))} ({money_change_text(now - was)}: {parts})"


def _counts(found: PlanDifference) -> str:
    numbers = {text: len(found.of_kind(kind)) for kind, text in COUNTED.items()}
    numbers = {text: number for text, number in numbers.items() if number} | {AS_BEFORE: found.unchanged}
    counts = ", ".join(gettext(text).format(number=number) for text, number in numbers.items())
    if not any(found.unplanned):
        return counts
    before, after = found.unplanned
    return gettext("{counts}; without a date {before} → {after}").format(counts=counts, before=before, after=after)


def _of_kind(
    label: str, items: tuple[ShopDifference, ...], whys: Mapping[str, Why], most: int | None
) -> Iterator[Line]:
    for number, item in enumerate(items[:most]):
        yield from wrapped("" if number else label, _shop(item))
        why = why_text(item, whys.get(item.shop))
        if why:
            yield from wrapped("", f"— {why}")
    if most is not None and len(items) > most:
        text = gettext("and {number} more; --all shows them")
        yield from wrapped("", text.format(number=len(items) - most))


def _names(items: tuple[ShopDifference, ...]) -> str:
    """The shops alone, where little about them differs; the first few of many."""
    names = ", ".join(clip(item.shop, NAME_WIDTH) for item in items[:NAMES_SHOWN])
    if len(items) > NAMES_SHOWN:
        names = gettext("{names} and {number} more").format(names=names, number=len(items) - NAMES_SHOWN)
    return gettext("{names}; --all says more of them").format(names=names)


def _shop(item: ShopDifference) -> str:
    shop = clip(item.shop, NAME_WIDTH)
    parts = [f"{shop} {_dates(item)}"]
    if item.other_crews:
        old, new = (clip(crews_text(remodel), NAME_WIDTH) for remodel in (item.before, item.after))
        parts.append(gettext("crews {before} → {after}").format(before=old, after=new))
    if item.before and item.after and item.before.status is not item.after.status:
        parts.append(f"{_status(item.before.status)} → {_status(item.after.status)}")
    return ", ".join(parts)


def _dates(item: ShopDifference) -> str:
    start, finish = _day(item.start_after), _day(item.finish_after)
    if item.before is None:
        return gettext("{first} to {last}").format(first=start, last=finish)
    was, ended = _day(item.start_before), _day(item.finish_before)
    if item.after is None:
        return gettext("was {first} to {last}").format(first=was, last=ended)
    if item.days:
        text = LATER if item.days > 0 else EARLIER
        return gettext(text).format(before=was, after=start, days=counted(abs(item.days), "day"))
    if ended != finish:
        return gettext("from {start}, finish {before} → {after}").format(start=start, before=ended, after=finish)
    return gettext("from {first} to {last}").format(first=start, last=finish)


def _day(day: date | None) -> str:
    return "" if day is None else plain_day_text(day)


def _status(status: RemodelStatus) -> str:
    return gettext(STATUS_WORDS[status])
