"""Why a shop stands where it does, as lines with labels for people."""

from collections.abc import Iterator
from datetime import date

from planner.domain.plan import Remodel
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.scheduling.binding import Bind, Explanation, Neighbour
from planner.scheduling.displacing import Displacement
from planner.scheduling.slots import Slot
from planner.scheduling.things import thing_words
from planner.studies.slot_words import (
    break_text,
    change_text,
    cost_text,
    crews_text,
    effect_text,
    place_text,
    way_text,
)
from planner.wording.amounts import day_text, span_text
from planner.wording.translation import gettext, later

Line = tuple[str, str]
"""A label, empty where the line goes on with the one before, and a text."""

STATUS_WORDS = {
    Status.BACKLOG: later("backlog"),
    Status.FIXED: later("fixed"),
    Status.IN_PROGRESS: later("in progress"),
    Status.DONE: later("done"),
    Status.DEFERRED: later("deferred"),
    Status.CANCELLED: later("cancelled"),
}


def explanation_lines(rollout: Rollout, shop: Shop, item: Explanation) -> Iterator[Line]:
    """An explanation as lines with labels."""
    yield from place_lines(rollout, shop, item.remodel, item.reopens)
    if item.status is Status.FIXED:
        text = gettext("its date is given, so planning leaves it alone; what follows is what another date would do")
        yield gettext("Fixed"), text
    if item.remodel is None:
        yield from _undated_lines(rollout, shop, item)
    elif item.better:
        effect = effect_text(item.better.effect, rollout.currency)
        text = gettext("{place} is free, all others standing: {effect}")
        yield gettext("Better"), text.format(place=place_text(item.better), effect=effect)
    for number, bind in enumerate(item.binds):
        yield "" if number else gettext("Bound by"), _bind_text(rollout, shop, bind)
    if item.remodel and not item.binds:
        text = gettext("nothing: even with every rule lifted, no other place would be better for the plan")
        yield gettext("Bound by"), text
    yield from _neighbour_lines(rollout, shop, item)


def _neighbour_lines(rollout: Rollout, shop: Shop, item: Explanation) -> Iterator[Line]:
    """What being closed (or where nothing closes, beginning) earlier or later would do; then the start by itself."""
    if item.remodel is None:
        return
    closes = item.remodel.closed_from is not None
    sooner = (
        gettext("no remodel begun today or later could close the shop sooner")
        if closes
        else gettext("no remodel begun today or later could begin sooner")
    )
    later_on = (
        gettext("no remodel that ends within the horizon could close the shop later")
        if closes
        else gettext("no remodel that ends within the horizon could begin later")
    )
    for label, neighbour, never in (
        (gettext("Earlier"), item.earlier, sooner),
        (gettext("Later"), item.later, later_on),
    ):
        if neighbour is None:
            yield label, never
        else:
            where = place_text(neighbour.move.slot) if neighbour.move.slot else ""
            yield label, _neighbour_text(rollout, shop, where, neighbour)
    starts = [neighbour for neighbour in (item.earlier_start, item.later_start) if neighbour]
    for number, neighbour in enumerate(starts):
        label = "" if number else gettext("Start")
        yield label, _neighbour_text(rollout, shop, _begun_text(item, neighbour), neighbour)


def place_lines(rollout: Rollout, shop: Shop, remodel: Remodel | None, reopens: date | None = None) -> Iterator[Line]:
    """What a shop is, its days and crews in the plan, and its money."""
    where = ", ".join(text for text in (shop.name, shop.city, shop.region) if text)
    text = gettext("{shop}, format {format}, {status}")
    named = f"{shop.id}{f' ({where})' if where else ''}"
    yield gettext("Shop"), text.format(shop=named, format=shop.format, status=gettext(STATUS_WORDS[shop.status]))
    if remodel is None:
        return
    yield gettext("Stands"), f"{span_text(remodel.start, remodel.finish)}, {_closed_text(remodel, reopens)}"
    for phase in remodel.phases:
        crews = ", ".join(f"{units} {crew}" if units > 1 else crew for crew, units in phase.crews.items())
        yield "", f"{phase.name}: {span_text(phase.first, phase.last)}{f', {crews}' if crews else ''}"
    yield gettext("Costs"), cost_text(remodel.cost, rollout.currency)


def _closed_text(remodel: Remodel, reopens: date | None) -> str:
    if remodel.closed_from is None or remodel.closed_to is None:
        return gettext("never closed")
    days = span_text(remodel.closed_from, remodel.closed_to)
    if reopens is None:
        return gettext("closed {days}").format(days=days)
    return gettext("closed {days}, open again on {day}").format(days=days, day=day_text(reopens))


def _undated_lines(rollout: Rollout, shop: Shop, item: Explanation) -> Iterator[Line]:
    label = gettext("No date")
    if item.better:
        effect = effect_text(item.better.effect, rollout.currency)
        text = gettext("though {place} is free: {effect} against no date")
        yield label, text.format(place=place_text(item.better), effect=effect)
        return
    yield label, gettext("no day is free beside the other shops")
    for way in item.ways:
        would = ", ".join(place_text(slot) for slot in way.slots)
        yield "", gettext("If {way}: {would}").format(way=way_text(rollout, shop, way.things), would=would)


def _bind_text(rollout: Rollout, shop: Shop, bind: Bind) -> str:
    effect = effect_text(bind.slot.effect, rollout.currency)
    would = f"{place_text(bind.slot)}, {effect}"
    if bind.things[0].rule == "milestone":
        what = thing_words(rollout, shop, bind.things[0], day_text)
        text = gettext("{what}, which needs it in time; without that, {would}")
        return text.format(what=what, would=would)
    why = "; ".join(break_text(rollout, shop, item) for item in bind.breaks)
    text = gettext("{why}. If {way}: {would}")
    return text.format(why=why, way=way_text(rollout, shop, bind.things), would=would)


def _begun_text(item: Explanation, neighbour: Neighbour) -> str:
    """When a remodel begins that is moved by its start, and whether its closure moves with it."""
    slot, now = neighbour.move.slot, item.remodel
    if slot is None or now is None or slot.days.closed_from is None or slot.days.closed_to is None:
        return ""
    start = day_text(slot.start)
    if (slot.days.closed_from, slot.days.closed_to) == (now.closed_from, now.closed_to):
        return gettext("begun on {start}, closed as it is").format(start=start)
    days = span_text(slot.days.closed_from, slot.days.closed_to)
    return gettext("begun on {start}, closed {days}").format(start=start, days=days)


def _neighbour_text(rollout: Rollout, shop: Shop, where: str, neighbour: Neighbour) -> str:
    slot = neighbour.move.slot
    if slot is None:
        return neighbour.move.refusal
    effect = effect_text(slot.effect, rollout.currency)
    if not neighbour.move.breaks:
        return gettext("{place}: free, {effect}").format(place=where, effect=effect)
    why = "; ".join(break_text(rollout, shop, found) for found in neighbour.move.breaks)
    text = gettext("{place}: not free, {why}. Without that: {effect}.")
    return text.format(place=where, why=why, effect=effect) + displaced_text(rollout, neighbour.displacement)


def displaced_text(rollout: Rollout, displacement: Displacement | None) -> str:
    """Which shop would make room, as a sentence that follows another; empty where none would."""
    if displacement is None:
        return ""
    both = change_text(displacement.cents, rollout.currency)
    if displacement.shortfall > 0:
        text = gettext("{money}, {number} more short of the milestones")
        both = text.format(money=both, number=displacement.shortfall)
    if displacement.slot is None:
        text = gettext("{shop} alone could make room, but would be left without a date: {money} for both.")
        return " " + text.format(shop=displacement.shop, money=both)
    text = gettext("{shop} would make room, {instead}: {money} for both.")
    instead = _instead_text(displacement.present, displacement.slot)
    return " " + text.format(shop=displacement.shop, instead=instead, money=both)


def _instead_text(present: Remodel, slot: Slot) -> str:
    """Where a shop goes, and from where: by its closure where that moves, else its start, its finish or its crews."""
    if present.closed_from and present.closed_to and slot.days.closed_from != present.closed_from:
        before = span_text(present.closed_from, present.closed_to)
        return gettext("{place} instead of {before}").format(place=place_text(slot), before=before)
    if slot.start != present.start:
        text = gettext("begun on {start} instead of {before}")
        return text.format(start=day_text(slot.start), before=day_text(present.start))
    if slot.finish != present.finish:
        text = gettext("finished on {finish} instead of {before}")
        return text.format(finish=day_text(slot.finish), before=day_text(present.finish))
    return gettext("on the same days with {crews}").format(crews=crews_text(slot))
