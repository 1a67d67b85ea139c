"""`planner explain SHOP`: why a shop stands where it does, what binds it, and what a week either way would do."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from planner.cli.amounts import day_text
from planner.cli.asked_plan import read_asked_plan
from planner.cli.endings import ExitCode
from planner.cli.explain_all import show_all
from planner.cli.messages import say, show, show_json
from planner.cli.options import default_workers
from planner.cli.slot_words import (
    break_data,
    break_text,
    change_text,
    cost_text,
    effect_text,
    remodel_data,
    slot_data,
    span_text,
    thing_data,
    way_data,
    way_text,
)
from planner.domain.plan import Remodel
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.scheduling.binding import Bind, Displacement, Explanation, Neighbour
from planner.scheduling.board import CannotMoveError
from planner.scheduling.desk import Desk
from planner.scheduling.limits import Limits
from planner.scheduling.things import thing_words

LABEL_WIDTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainRequest:
    """What `planner explain` was asked for; without a `shop`, what the plan as a whole lacks."""

    folder: Path
    plan: Path
    shop: str | None
    scenarios: tuple[str, ...] = ()
    seconds: float = 5.0
    as_json: bool = False


def explain_plan(request: ExplainRequest) -> ExitCode:
    """Shows why a shop stands where it does, or why the plan lacks what it lacks.

    Raises InputError.
    """
    asked = read_asked_plan(request.folder, request.plan, request.scenarios, with_dates=request.shop is not None)
    if isinstance(asked, ExitCode):
        return asked
    if request.shop is None:
        limits = Limits(seconds=request.seconds, workers=default_workers(), allow_conflicts=True)
        return show_all(asked, limits, as_json=request.as_json)
    rollout, desk = asked.rollout, Desk(asked.rollout, asked.plan)
    shop = rollout.shop_by_id.get(request.shop)
    if shop is None:
        say(f"The rollout has no shop {request.shop}.")
        return ExitCode.BAD_INPUT
    try:
        explanation = desk.explained(shop.id)
    except CannotMoveError as error:
        _show_unmovable(rollout, shop, desk.remodels.get(shop.id), str(error), as_json=request.as_json)
        return ExitCode.OK
    if request.as_json:
        show_json(explanation_data(explanation))
    else:
        for label, text in explanation_lines(rollout, shop, explanation):
            show(text, label.ljust(LABEL_WIDTH))
    return ExitCode.OK


def _show_unmovable(rollout: Rollout, shop: Shop, remodel: Remodel | None, why: str, *, as_json: bool) -> None:
    if as_json:
        data = {"shop": shop.id, "status": shop.status.value, "why": why}
        show_json({**data, "remodel": remodel_data(remodel) if remodel else None})
        return
    for label, text in [*_place_lines(rollout, shop, remodel), ("Why", why)]:
        show(text, label.ljust(LABEL_WIDTH))


def _place_lines(rollout: Rollout, shop: Shop, remodel: Remodel | None) -> Iterator[tuple[str, str]]:
    where = ", ".join(text for text in (shop.name, shop.city, shop.region) if text)
    yield "Shop", f"{shop.id}{f' ({where})' if where else ''}, format {shop.format}, {shop.status.value}"
    if remodel is None:
        return
    closed = "never closed"
    if remodel.closed_from and remodel.closed_to:
        closed = f"closed {span_text(remodel.closed_from, remodel.closed_to)}"
    yield "Stands", f"{span_text(remodel.start, remodel.finish)}, {closed}"
    for phase in remodel.phases:
        crews = ", ".join(f"{units} {crew}" if units > 1 else crew for crew, units in phase.crews.items())
        yield "", f"{phase.name}: {span_text(phase.first, phase.last)}{f', {crews}' if crews else ''}"
    yield "Costs", cost_text(remodel.cost, rollout.currency)


def explanation_lines(rollout: Rollout, shop: Shop, item: Explanation) -> Iterator[tuple[str, str]]:
    """An explanation as lines with labels."""
    yield from _place_lines(rollout, shop, item.remodel)
    if item.status is Status.FIXED:
        yield "Fixed", "its date is given, so planning leaves it alone; what follows is what another date would do"
    if item.remodel is None:
        yield from _undated_lines(rollout, shop, item)
    elif item.better:
        effect = effect_text(item.better.effect, rollout.currency)
        yield "Better", f"it could begin on {day_text(item.better.start)} at once, all others standing: {effect}"
    for number, bind in enumerate(item.binds):
        yield "" if number else "Bound by", _bind_text(rollout, shop, bind)
    if item.remodel and not item.binds:
        yield "Bound by", "nothing: even with every rule lifted, no other place would be better for the plan"
    for label, neighbour in (("Earlier", item.earlier), ("Later", item.later)):
        if neighbour:
            yield label, _neighbour_text(rollout, shop, neighbour)


def _undated_lines(rollout: Rollout, shop: Shop, item: Explanation) -> Iterator[tuple[str, str]]:
    if item.better:
        effect = effect_text(item.better.effect, rollout.currency)
        yield "No date", f"though it could begin on {day_text(item.better.start)}: {effect} against no date"
        return
    yield "No date", "no day is free beside the other shops"
    for way in item.ways:
        slots = ", ".join(f"it could begin on {day_text(slot.start)}" for slot in way.slots)
        yield "", f"If {way_text(rollout, shop, way.things)}, {slots}"


def _bind_text(rollout: Rollout, shop: Shop, bind: Bind) -> str:
    effect = effect_text(bind.slot.effect, rollout.currency)
    would = f"{day_text(bind.slot.start)} to {day_text(bind.slot.finish)}, {effect}"
    if bind.things[0].rule == "milestone":
        words = thing_words(rollout, shop, bind.things[0], day_text)
        return f"{words}, which needs it in time; without that, {would}"
    why = "; ".join(break_text(rollout, shop, item) for item in bind.breaks)
    return f"{why}. If {way_text(rollout, shop, bind.things)}: {would}"


def _neighbour_text(rollout: Rollout, shop: Shop, neighbour: Neighbour) -> str:
    move = neighbour.move
    if move.slot is None:
        return move.refusal
    effect = effect_text(move.slot.effect, rollout.currency)
    if not move.breaks:
        return f"{day_text(move.start)} is free: {effect}"
    why = "; ".join(break_text(rollout, shop, item) for item in move.breaks)
    return f"{day_text(move.start)} is not free: {why}.{_displaced_text(rollout, neighbour.displacement)}"


def _displaced_text(rollout: Rollout, displacement: Displacement | None) -> str:
    if displacement is None:
        return ""
    who, both = displacement.shop, change_text(displacement.cents, rollout.currency)
    short = f", {displacement.shortfall} more short of the milestones" if displacement.shortfall > 0 else ""
    if displacement.slot is None:
        return f" {who} alone could make room, but would be left without a date: {both}{short} for both."
    there = f"from {day_text(displacement.present)} to {day_text(displacement.slot.start)}"
    return f" {who} would make room by moving {there}: {both}{short} for both."


def explanation_data(item: Explanation) -> dict[str, object]:
    """An explanation for --json."""
    return {
        "shop": item.shop,
        "status": item.status.value,
        "remodel": remodel_data(item.remodel) if item.remodel else None,
        "better": slot_data(item.better) if item.better else None,
        "binds": [
            {
                "things": [thing_data(thing) for thing in bind.things],
                "in_the_way": [break_data(found) for found in bind.breaks],
                "would_be": slot_data(bind.slot),
            }
            for bind in item.binds
        ],
        "would_be_free": [way_data(way) for way in item.ways],
        "earlier": _neighbour_data(item.earlier),
        "later": _neighbour_data(item.later),
    }


def _neighbour_data(neighbour: Neighbour | None) -> dict[str, object] | None:
    if neighbour is None:
        return None
    move, other = neighbour.move, neighbour.displacement
    displaced = other and {
        "shop": other.shop,
        "start": other.present.isoformat(),
        "would_be": slot_data(other.slot) if other.slot else None,
        "change_of_both": {
            "total": other.cents / 100,
            "shortfall": other.shortfall,
            "unplanned_priority": other.unplanned_priority,
        },
    }
    return {
        "start": move.start.isoformat(),
        "is_free": move.slot is not None and not move.breaks,
        "slot": slot_data(move.slot) if move.slot else None,
        "breaks": [break_data(item) for item in move.breaks],
        "displaces": displaced,
    }
