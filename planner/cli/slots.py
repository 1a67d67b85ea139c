"""`planner slots`: the best days for one shop, everything else standing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from planner.cli.amounts import day_text
from planner.cli.asked_plan import read_asked_plan
from planner.cli.endings import ExitCode
from planner.cli.messages import clip, say, show, show_json
from planner.cli.slot_words import change_text, cost_data, crews_text, effect_text, slot_data, way_data, way_text
from planner.domain.rollout import Rollout
from planner.scheduling.board import CannotMoveError
from planner.scheduling.desk import Desk
from planner.scheduling.slots import Effect, Slots

CELL_WIDTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotsRequest:
    """What `planner slots` was asked for."""

    folder: Path
    plan: Path
    shop: str
    scenarios: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    most: int = 10
    as_json: bool = False


def show_slots(request: SlotsRequest) -> ExitCode:
    """Shows the best days for a shop.

    Raises InputError.
    """
    asked = read_asked_plan(request.folder, request.plan, request.scenarios)
    if isinstance(asked, ExitCode):
        return asked
    try:
        found = Desk(asked.rollout, asked.plan).slots(request.shop, request.first, request.last, request.most)
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
        against = "Against now" if found.slots[0].effect.is_dated else "Against no date"
        rows = [
            (
                day_text(slot.start),
                day_text(slot.finish),
                "as it is" if slot.is_present else change_text(slot.effect.cents, currency),
                _levels(slot.effect),
                crews_text(slot),
            )
            for slot in found.slots
        ]
        _show_rows([("Start", "Finish", against, "Otherwise", "Crews"), *rows])
        return
    days = f"from {day_text(request.first or rollout.today)} to {day_text(request.last or rollout.last)}"
    show(f"No day {days} is free for {found.shop}.")
    for way in found.ways:
        parts = groupby(way.slots, key=lambda slot: effect_text(slot.effect, currency))
        slots = "; ".join(f"{', '.join(day_text(slot.start) for slot in same)} ({effect})" for effect, same in parts)
        show(f"If {way_text(rollout, shop, way.things)}: {slots}")
    if not found.ways:
        show("Nothing that could give way would free one: the shop's own calendar leaves none.")


def _show_rows(rows: Sequence[Sequence[str]]) -> None:
    """Shows rows in columns; the last one, the crews, is as long as it is."""
    cells = [[clip(cell, CELL_WIDTH) for cell in row[:-1]] for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    for row, whole in zip(cells, rows, strict=True):
        padded = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True) if width)
        show(f"{padded}  {whole[-1]}")


def _levels(effect: Effect) -> str:
    texts = [f"{name} {before} → {after}" for name, before, after in effect.milestones]
    if effect.last_finish_days:
        texts.append(f"last finish {effect.last_finish_days:+} d")
    return ", ".join(texts)
