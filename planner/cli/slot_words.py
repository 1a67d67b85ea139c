"""Slots, moves and what binds them as JSON."""

from dataclasses import asdict

from planner.domain.plan import Cost, Remodel
from planner.scheduling.moves import Break
from planner.scheduling.slots import Effect, Slot, Way
from planner.scheduling.things import Thing


def cost_data(cost: Cost) -> dict[str, float]:
    """Money by kind in EUR."""
    return {"total": cost.total / 100, **{kind: cents / 100 for kind, cents in asdict(cost).items()}}


def remodel_data(remodel: Remodel) -> dict[str, object]:
    """Where a remodel stands, for --json."""
    return {
        "start": remodel.start.isoformat(),
        "finish": remodel.finish.isoformat(),
        "closed_from": remodel.closed_from and remodel.closed_from.isoformat(),
        "closed_to": remodel.closed_to and remodel.closed_to.isoformat(),
        "phases": [
            {
                "name": phase.name,
                "first": phase.first.isoformat(),
                "last": phase.last.isoformat(),
                "crews": dict(phase.crews),
            }
            for phase in remodel.phases
        ],
        "cost": cost_data(remodel.cost),
    }


def thing_data(thing: Thing) -> dict[str, str]:
    """A thing for --json."""
    return {"rule": thing.rule, "subject": thing.subject}


def effect_data(effect: Effect) -> dict[str, object]:
    """What an option changes, for --json."""
    return {
        "total": effect.cents / 100,
        "shortfall": effect.shortfall,
        "last_finish_days": effect.last_finish_days,
        "milestones": [
            {"name": name, "planned": before, "would_be": after} for name, before, after in effect.milestones
        ],
    }


def slot_data(slot: Slot) -> dict[str, object]:
    """A slot for --json."""
    return {
        "start": slot.start.isoformat(),
        "finish": slot.finish.isoformat(),
        "closed_from": slot.days.closed_from and slot.days.closed_from.isoformat(),
        "closed_to": slot.days.closed_to and slot.days.closed_to.isoformat(),
        "reopens": slot.reopens and slot.reopens.isoformat(),
        "is_present": slot.is_present,
        "visits": [
            {
                "trade": visit.trade,
                "first": visit.first.isoformat(),
                "last": visit.last.isoformat(),
                "crews": dict(visit.crews),
            }
            for visit in slot.visits
        ],
        "cost": cost_data(slot.cost),
        "change": effect_data(slot.effect),
    }


def way_data(way: Way) -> dict[str, object]:
    """What would have to give way, for --json."""
    return {"things": [thing_data(thing) for thing in way.things], "slots": [slot_data(slot) for slot in way.slots]}


def break_data(item: Break) -> dict[str, object]:
    """A broken rule for --json."""
    return {
        **thing_data(item.thing),
        "first": item.first.isoformat(),
        "last": item.last.isoformat(),
        "shops": list(item.shops),
        "is_only_the_nearest_crew": item.is_nearer,
    }
