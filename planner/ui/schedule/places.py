"""Places that a remodel could be fixed at, as lines to choose from."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.studies.slot_words import break_text, change_text, crews_text, effect_text, place_text, way_text
from planner.ui.schedule.bars import Clash
from planner.ui.schedule.places_dialog import Place
from planner.wording.amounts import day_text, span_text
from planner.wording.translation import gettext

if TYPE_CHECKING:  # they come with the solver, which takes a second to load
    from planner.scheduling.moves import Move
    from planner.scheduling.slots import Slot, Slots


def headings(*, closes: bool, is_dated: bool) -> tuple[str, ...]:
    """What is told of each place."""
    days = (gettext("Closed"), gettext("Begins")) if closes else (gettext("Begins"), gettext("Finishes"))
    return (*days, gettext("Against now") if is_dated else gettext("Against no date"), gettext("Otherwise"))


def slot_places(rollout: Rollout, found: "Slots") -> list[Place]:
    """The slots that were found, best first, but for the present one."""
    return [Place(slot.start, slot.finish, _cells(rollout, slot, ())) for slot in found.slots if not slot.is_present]


def move_places(rollout: Rollout, shop: Shop, moves: "Sequence[Move]") -> list[Place]:
    """The moves that can be made, each with the rules it breaks."""
    places = []
    for move in moves:
        if move.slot is not None:
            breaks = tuple(break_text(rollout, shop, item) for item in move.breaks)
            cells = _cells(rollout, move.slot, breaks)
            places.append(Place(move.slot.start, move.slot.finish, cells, breaks))
    return places


def clashes_of(rollout: Rollout, move: "Move") -> tuple[Clash, ...]:
    """What a remodel breaks where it is fixed."""
    shop = rollout.shop_by_id[move.shop]
    return tuple(Clash(item.first.toordinal(), break_text(rollout, shop, item)) for item in move.breaks)


def _cells(rollout: Rollout, slot: "Slot", breaks: tuple[str, ...]) -> tuple[str, ...]:
    days: tuple[str, ...] = (day_text(slot.start), day_text(slot.finish))
    if slot.days.closed_from and slot.days.closed_to:
        days = (span_text(slot.days.closed_from, slot.days.closed_to), day_text(slot.start))
    effect = slot.effect
    otherwise = [f"! {text}" for text in breaks]
    otherwise += [f"{name} {before} → {after}" for name, before, after in effect.milestones]
    if effect.last_finish_days:
        otherwise.append(gettext("last finish {days:+} days").format(days=effect.last_finish_days))
    return (*days, change_text(effect.cents, rollout.currency), ", ".join([*otherwise, crews_text(slot)]))


def ways_lines(rollout: Rollout, shop: Shop, found: "Slots") -> list[str]:
    """What would free a place, where none is free."""
    lines = []
    for way in found.ways:
        would = "; ".join(f"{place_text(slot)}: {effect_text(slot.effect, rollout.currency)}" for slot in way.slots)
        text = gettext("If {way}: {would}")
        lines.append(text.format(way=way_text(rollout, shop, way.things), would=would))
    return lines or [gettext("Nothing that could give way would free one.")]
