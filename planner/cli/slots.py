"""`planner slots`: when one shop could be closed, everything else standing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from planner.cli.asked_plan import read_asked_plan
from planner.cli.endings import ExitCode
from planner.cli.labelled import folded, show_hanging
from planner.cli.messages import clip, say, show, show_json
from planner.cli.slot_words import cost_data, slot_data, way_data
from planner.cli.summary import WIDTH
from planner.domain.rollout import Rollout
from planner.scheduling.board import CannotMoveError
from planner.scheduling.desk import Desk
from planner.scheduling.slots import Effect, Slot, Slots
from planner.studies.slot_words import change_text, crews_text, effect_text, place_text, way_text
from planner.wording.amounts import day_text, span_text
from planner.wording.translation import gettext, pgettext

CELL_WIDTH = 40
LEAST_WIDTH = 12
INDENT = 4
GAP = "  "

Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotsRequest:
    """What `planner slots` was asked for: the first and last day to begin on, and to be closed on; None is any."""

    folder: Path
    plan: Path
    shop: str
    scenarios: tuple[str, ...] = ()
    start: Days = (None, None)
    closed: Days = (None, None)
    as_fixed: bool = False
    most: int = 10
    as_json: bool = False


def show_slots(request: SlotsRequest) -> ExitCode:
    """Shows the best closures for a shop, or of a format that closes nothing, the best days to begin on.

    Raises InputError.
    """
    asked = read_asked_plan(request.folder, request.plan, request.scenarios)
    if isinstance(asked, ExitCode):
        return asked
    try:
        desk = Desk(asked.rollout, asked.plan)
        window = desk.window(request.start, request.closed)
        found = desk.slots(request.shop, window, request.most, as_fixed=request.as_fixed)
    except CannotMoveError as error:
        say(str(error))
        return ExitCode.BAD_INPUT
    if request.as_json:
        show_json(slots_data(found))
    else:
        _show(asked.rollout, found, request)
    return ExitCode.OK


def slots_data(found: Slots) -> dict[str, object]:
    """The answer for --json."""
    return {
        "shop": found.shop,
        "present_cost": cost_data(found.present),
        "slots": [slot_data(slot) for slot in found.slots],
        "would_be_free": [way_data(way) for way in found.ways],
    }


def _show(rollout: Rollout, found: Slots, request: SlotsRequest) -> None:
    shop, currency = rollout.shop_by_id[found.shop], rollout.currency
    if found.slots:
        _show_rows([_headings(found), *(_row(slot, currency) for slot in found.slots)])
        return
    show_hanging(_none_free_text(found.shop, request), INDENT)
    for way in found.ways:
        parts = groupby(way.slots, key=lambda slot: effect_text(slot.effect, currency))
        slots = "; ".join(f"{', '.join(place_text(slot) for slot in same)}: {effect}" for effect, same in parts)
        text = gettext("If {way}: {would}")
        show_hanging(text.format(way=way_text(rollout, shop, way.things), would=slots), INDENT)
    if not found.ways:
        show_hanging(gettext("Nothing that could give way would free one: its remodel does not fit there."), INDENT)


def _none_free_text(shop: str, request: SlotsRequest) -> str:
    start, closed = _days_text(request.start), _days_text(request.closed)
    text = gettext("No day is free for {shop}.")
    if start and closed:
        text = gettext("No day is free for {shop} to begin {start} and to be closed only {closed}.")
    elif start:
        text = gettext("No day is free for {shop} to begin {start}.")
    elif closed:
        text = gettext("No day is free for {shop} to be closed only {closed}.")
    return text.format(shop=shop, start=start, closed=closed)


def _days_text(days: Days) -> str:
    first, last = days
    if first and last:
        if first == last:
            return gettext("on {day}").format(day=day_text(first))
        return gettext("from {days}").format(days=span_text(first, last))
    if first:
        return gettext("from {day} on").format(day=day_text(first))
    return gettext("until {day}").format(day=day_text(last)) if last else ""


def _headings(found: Slots) -> tuple[str, ...]:
    against = gettext("Against now") if found.slots[0].effect.is_dated else gettext("Against no date")
    days: tuple[str, ...] = (gettext("Start"), gettext("Finish"))
    if found.closes:
        days = (gettext("Closed"), gettext("Reopens"), gettext("Begins"))
    has_levels = any(_levels(slot.effect) for slot in found.slots)
    return (*days, against, gettext("Crews, otherwise") if has_levels else gettext("Crews"))


def _row(slot: Slot, currency: str) -> tuple[str, ...]:
    days: tuple[str, ...] = (day_text(slot.start), day_text(slot.finish))
    if slot.days.closed_from and slot.days.closed_to and slot.reopens:
        closed = span_text(slot.days.closed_from, slot.days.closed_to)
        days = (closed, day_text(slot.reopens), day_text(slot.start))
    is_same = slot.is_present and slot.effect.cents == 0
    money = pgettext("money", "as it is") if is_same else change_text(slot.effect.cents, currency)
    return (*days, money, "; ".join(text for text in (crews_text(slot), _levels(slot.effect)) if text))


def _show_rows(rows: Sequence[Sequence[str]]) -> None:
    """Shows rows in columns; the last one goes on below where the line ends."""
    cells = [[clip(cell, CELL_WIDTH) for cell in row[:-1]] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    used = sum(width + len(GAP) for width in widths)
    for row, whole in zip(cells, rows, strict=True):
        padded = GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for number, line in enumerate(folded(whole[-1], max(WIDTH - used, LEAST_WIDTH))):
            show(f"{' ' * len(padded) if number else padded}{GAP}{line}")


def _levels(effect: Effect) -> str:
    texts = [f"{name} {before} → {after}" for name, before, after in effect.milestones]
    if effect.last_finish_days:
        texts.append(gettext("last finish {days:+} d").format(days=effect.last_finish_days))
    return ", ".join(texts)
