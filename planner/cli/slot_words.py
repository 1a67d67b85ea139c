"""What slots, moves and what binds them are called, as text and as JSON."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from planner.cli.amounts import counted, day_text, money_text
from planner.cli.messages import clip
from planner.domain.plan import Cost, Remodel
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.scheduling.moves import Break
from planner.scheduling.slots import Effect, Slot, Way
from planner.scheduling.things import Thing, lifting_words, thing_words

CURRENCY_WIDTH = 3
NAMES_SHOWN = 6


def span_text(first: date, last: date) -> str:
    """Days as `4 Oct 2021` or `4 to 22 Oct 2021`, with what both have in common said once."""
    if first == last:
        return day_text(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {day_text(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%b} to {day_text(last)}"
    return f"{day_text(first)} to {day_text(last)}"


def change_text(cents: int, currency: str) -> str:
    """Money more or less: `+1,200.00 EUR`, `-41.00 EUR`, `the same money`."""
    if cents == 0:
        return "the same money"
    return f"{'+' if cents > 0 else '-'}{money_text(abs(cents), clip(currency, CURRENCY_WIDTH))}"


def effect_text(effect: Effect, currency: str) -> str:
    """What an option changes, in words."""
    parts = [change_text(effect.cents, currency)]
    if effect.last_finish_days:
        days = counted(abs(effect.last_finish_days), "day")
        parts.append(f"the last shop finishes {days} {'later' if effect.last_finish_days > 0 else 'sooner'}")
    parts += [f"{name} {before} → {after}" for name, before, after in effect.milestones]
    return ", ".join(parts)


def crews_text(slot: Slot) -> str:
    """The crews of a slot in the order of its visits: `B1, 2 E1`."""
    names = [f"{units} {crew}" if units > 1 else crew for visit in slot.visits for crew, units in visit.crews.items()]
    return ", ".join(dict.fromkeys(names)) or "no crews"


def break_text(rollout: Rollout, shop: Shop, item: Break) -> str:
    """What a rule has against an option: its name, the days, and the shops that are there then."""
    days = span_text(item.first, item.last)
    words = thing_words(rollout, shop, item.thing, day_text)
    who = f" ({names_text(item.shops)})" if item.shops and item.thing.rule != "after" else ""
    match item.thing.rule:
        case "crew":
            if item.is_nearer:
                return f"the nearest {item.thing.subject} crew is not free {_when(item)}{who}"
            return f"the {item.thing.subject} crews that can come are not free {_when(item)}{who}"
        case "limit" | "supply":
            return f"{words} is used up {_when(item)}{who}"
        case "neighbours":
            return f"a neighbour is closed {_when(item)}{who}"
        case "partner_target":
            return f"{words} leaves no room for its closure{who}"
        case "freeze" | "ready_from" | "after":
            return words
        case "blackout":
            return f"{words}, closed {days}"
        case _:
            return f"{words}, {days}"


def _when(item: Break) -> str:
    return f"on {day_text(item.first)}" if item.first == item.last else f"from {span_text(item.first, item.last)}"


def names_text(names: Sequence[str]) -> str:
    """Names in a row, how many more where they are many."""
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def way_text(rollout: Rollout, shop: Shop, things: Sequence[Thing]) -> str:
    """What would have to be otherwise."""
    return " and ".join(lifting_words(rollout, shop, thing, day_text) for thing in things)


def cost_text(cost: Cost, currency: str) -> str:
    """Money by kind, kinds without any left out."""
    parts = ", ".join(f"{kind} {money_text(cents)}" for kind, cents in asdict(cost).items() if cents)
    return money_text(cost.total, clip(currency, CURRENCY_WIDTH)) + (f": {parts}" if parts else "")


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
