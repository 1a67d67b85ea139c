"""`planner explain` without a shop: what a plan lacks, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from planner.cli.background import in_background
from planner.cli.checked_plan import CheckedPlan
from planner.cli.endings import ExitCode
from planner.cli.interrupts import Interrupts
from planner.cli.labelled import show_hanging, show_labelled
from planner.cli.lift_words import lift_data, whole_text
from planner.cli.messages import say, show_json
from planner.cli.slot_words import slot_data, way_data
from planner.cli.summary import conflict_text
from planner.domain.plan import MilestoneResult, PlanStatus
from planner.domain.rollout import Rollout
from planner.scheduling.alone import rules_in_the_way
from planner.scheduling.binding import Explanation
from planner.scheduling.board import CannotMoveError
from planner.scheduling.clashes import Clash, WayOut, ways_out
from planner.scheduling.desk import Desk
from planner.scheduling.limits import Limits
from planner.scheduling.slots import Slot, Way
from planner.studies.missed import Missed, missed_milestones
from planner.studies.slot_words import place_text, way_text
from planner.wording.amounts import day_text, number_text
from planner.wording.translation import gettext, later, ngettext, pgettext

NOTHING_LACKS = later("Nothing is missing: every shop has a date, every milestone is met, and no given dates clash.")


@dataclass(frozen=True, slots=True)
class Undated:
    """A shop without a date: what would give it one beside the plan, or where it has no days at all, alone.

    `free` is a place it could have as it is, where planning ended before it was placed.
    """

    shop: str
    reason: str
    ways: tuple[Way, ...]
    free: Slot | None


@dataclass(frozen=True, slots=True)
class Lacks:
    """All that a plan lacks."""

    undated: tuple[Undated, ...]
    missed: tuple[Missed, ...]
    clashes: tuple[Clash, ...]


def show_all(asked: CheckedPlan, limits: Limits, *, as_json: bool) -> ExitCode:
    """Shows what a plan lacks and why; planning again for missed milestones takes a while."""
    with Interrupts() as interrupts:
        interrupts.keep_the_plan()

        def tell(number: int, milestone: MilestoneResult) -> None:
            text = gettext("Planning again ({number}) for the milestone {name}")
            say(text.format(number=number, name=milestone.name))

        found = in_background(
            lambda: Lacks(
                _undated(asked),
                missed_milestones(asked.rollout, asked.plan, limits, tell=tell, stop=interrupts.stop),
                ways_out(asked.rollout, asked.plan.conflicts, limits),
            )
        )
        interrupted = interrupts.stop.is_set()
    if as_json:
        show_json(_data(asked.rollout, found))
    else:
        lines = list(_lines(asked.rollout, found))
        for label, text in lines:
            show_labelled(label, text)
        if not lines:
            show_hanging(gettext(NOTHING_LACKS), 0)
    return ExitCode.INTERRUPTED if interrupted else ExitCode.OK


def _undated(asked: CheckedPlan) -> tuple[Undated, ...]:
    if asked.plan.status is PlanStatus.INFEASIBLE or not asked.plan.unplanned:
        return ()
    desk = Desk(asked.rollout, asked.plan)
    return tuple(_one_undated(desk, item.shop, item.reason) for item in asked.plan.unplanned)


def _one_undated(desk: Desk, shop: str, reason: str) -> Undated:
    try:
        found: Explanation = desk.explained(shop)
    except CannotMoveError:
        ways = rules_in_the_way(desk.rollout, shop)
        return Undated(shop, reason, tuple(Way(things, ()) for things in ways), None)
    return Undated(shop, reason, found.ways, found.better)


def _lines(rollout: Rollout, found: Lacks) -> Iterator[tuple[str, str]]:
    for item in found.undated:
        yield pgettext("label", "No date"), _undated_text(rollout, item)
    for missed in found.missed:
        yield gettext("Missed"), _missed_text(missed)
    for clash in found.clashes:
        yield gettext("Clash"), conflict_text(clash.conflict)
        for way in clash.ways_out:
            yield "", _way_out_text(way)


def _way_out_text(way: WayOut) -> str:
    days = [day_text(day) for day in (way.earlier, way.later) if day]
    text = gettext("no other date of {shop} instead of {before} would end it")
    if days:
        text = gettext("{shop} on {days} instead of {before} would end it")
    return text.format(shop=way.shop, days=gettext(" or ").join(days), before=day_text(way.start))


def _undated_text(rollout: Rollout, item: Undated) -> str:
    shop = rollout.shop_by_id[item.shop]
    if item.free:
        text = gettext("{shop} has none, though {place} is free: planning ended before it was placed")
        return text.format(shop=shop.id, place=place_text(item.free))
    if not item.ways:
        return f"{shop.id}: {item.reason}"
    parts = []
    for way in item.ways:
        part = way_text(rollout, shop, way.things)
        if way.slots:
            part = gettext("{way} (then {place})").format(way=part, place=place_text(way.slots[0]))
        parts.append(part)
    return gettext("{shop} would have one if {ways}").format(shop=shop.id, ways=gettext(", or ").join(parts))


def _missed_text(missed: Missed) -> str:
    item = missed.milestone
    text = gettext("{name} ({day}): {number} of {target}")
    text = text.format(name=item.name, day=day_text(item.by), number=item.planned, target=item.target)
    if missed.lifts:
        names = gettext(" and ").join(whole_text(lift) for lift in missed.lifts)
        why = gettext("{milestone}, because of {names}: without, planning again finishes {number}")
        return why.format(milestone=text, names=names, number=missed.without)
    if missed.able < item.target:
        why = ngettext(
            "{milestone}: {number} shop could be finished by then even if each had all crews to itself",
            "{milestone}: {number} shops could be finished by then even if each had all crews to itself",
            missed.able,
        )
        return why.format(milestone=text, number=number_text(missed.able))
    why = gettext("{milestone}: even with every rule lifted, planning again finishes {number}")
    return why.format(milestone=text, number=missed.without)


def _data(rollout: Rollout, found: Lacks) -> dict[str, object]:
    return {
        "unplanned": [
            {
                "shop": item.shop,
                "reason": item.reason,
                "free": item.free and slot_data(item.free),
                "would_be_free": [way_data(way) for way in item.ways],
            }
            for item in found.undated
        ],
        "missed": [
            {
                "milestone": item.milestone.name,
                "by": item.milestone.by.isoformat(),
                "target": item.milestone.target,
                "planned": item.milestone.planned,
                "able": item.able,
                "because_of": [lift_data(rollout, lift) for lift in item.lifts],
                "planned_without": item.without,
            }
            for item in found.missed
        ],
        "clashes": [
            {
                "rule": clash.conflict.rule,
                "first": clash.conflict.first.isoformat(),
                "last": clash.conflict.last.isoformat(),
                "shops": list(clash.conflict.shops),
                "text": clash.conflict.text,
                "ways_out": [
                    {
                        "shop": way.shop,
                        "start": way.start.isoformat(),
                        "earlier": way.earlier and way.earlier.isoformat(),
                        "later": way.later and way.later.isoformat(),
                    }
                    for way in clash.ways_out
                ],
            }
            for clash in found.clashes
        ],
    }
