"""An explanation of where a shop stands, for --json."""

from planner.cli.slot_words import break_data, remodel_data, slot_data, thing_data, way_data
from planner.scheduling.binding import Explanation, Neighbour


def explanation_data(item: Explanation) -> dict[str, object]:
    """An explanation for --json."""
    return {
        "shop": item.shop,
        "status": item.status.value,
        "remodel": remodel_data(item.remodel) if item.remodel else None,
        "reopens": item.reopens and item.reopens.isoformat(),
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
        "earlier_start": _neighbour_data(item.earlier_start),
        "later_start": _neighbour_data(item.later_start),
    }


def _neighbour_data(neighbour: Neighbour | None) -> dict[str, object] | None:
    if neighbour is None:
        return None
    move, other = neighbour.move, neighbour.displacement
    displaced = other and {
        "shop": other.shop,
        "start": other.present.start.isoformat(),
        "closed_from": other.present.closed_from and other.present.closed_from.isoformat(),
        "would_be": slot_data(other.slot) if other.slot else None,
        "change_of_both": {
            "total": other.cents / 100,
            "shortfall": other.shortfall,
            "unplanned_priority": other.unplanned_priority,
        },
    }
    return {
        "day": move.day.isoformat(),
        "is_free": move.slot is not None and not move.breaks,
        "slot": slot_data(move.slot) if move.slot else None,
        "breaks": [break_data(item) for item in move.breaks],
        "displaces": displaced,
    }
