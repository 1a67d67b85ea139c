"""What slots, moves, the rules in their way and their money are called, in sentences for people."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from planner.domain.plan import Cost
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.scheduling.things import Thing, lifting_words, thing_words
from planner.studies.comparison_rows import kind_text
from planner.wording.amounts import counted, day_text, money_change_text, money_text, span_text
from planner.wording.translation import gettext

if TYPE_CHECKING:  # they come with the solver, which takes a second to load
    from planner.scheduling.moves import Break
    from planner.scheduling.slots import Effect, Slot

CURRENCY_WIDTH = 3
NAMES_SHOWN = 6


def currency_text(currency: str) -> str:
    """A currency's code, cut where it is no code."""
    return currency if len(currency) <= CURRENCY_WIDTH else currency[: CURRENCY_WIDTH - 1] + "…"


def change_text(cents: int, currency: str) -> str:
    """Money more or less: `+1,200.00 EUR`, `-41.00 EUR`, `the same money`."""
    if cents == 0:
        return gettext("the same money")
    return money_change_text(cents, currency_text(currency))


def effect_text(effect: "Effect", currency: str) -> str:
    """What an option changes, in words."""
    parts = [change_text(effect.cents, currency)]
    if effect.last_finish_days:
        days = counted(abs(effect.last_finish_days), "day")
        is_later = effect.last_finish_days > 0
        text = (
            gettext("the last shop finishes {days} later")
            if is_later
            else gettext("the last shop finishes {days} sooner")
        )
        parts.append(text.format(days=days))
    parts += [f"{name} {before} → {after}" for name, before, after in effect.milestones]
    return ", ".join(parts)


def place_text(slot: "Slot") -> str:
    """When a slot is: `closed 20 Sep to 5 Oct 2021 (begins 23 Jul 2021)`, or where nothing closes, all its days."""
    if slot.days.closed_from is None or slot.days.closed_to is None:
        return span_text(slot.start, slot.finish)
    days = span_text(slot.days.closed_from, slot.days.closed_to)
    if slot.start == slot.days.closed_from:
        return gettext("closed {days}").format(days=days)
    return gettext("closed {days} (begins {start})").format(days=days, start=day_text(slot.start))


def crews_text(slot: "Slot") -> str:
    """The crews of a slot in the order of its visits: `B1, 2 E1`."""
    names = [f"{units} {crew}" if units > 1 else crew for visit in slot.visits for crew, units in visit.crews.items()]
    return ", ".join(dict.fromkeys(names)) or gettext("no crews")


def break_text(rollout: Rollout, shop: Shop, item: "Break") -> str:
    """What a rule has against an option: its name, the days, and the shops that are there then."""
    what = thing_words(rollout, shop, item.thing, day_text)
    who = f" ({names_text(item.shops)})" if item.shops else ""
    when, trade = _when(item), item.thing.subject
    match item.thing.rule:
        case "crew" if item.is_nearer:
            return gettext("the nearest {trade} crew is not free {when}{who}").format(trade=trade, when=when, who=who)
        case "crew":
            text = gettext("the {trade} crews that can come are not free {when}{who}")
            return text.format(trade=trade, when=when, who=who)
        case "limit" | "supply":
            return gettext("{what} is used up {when}{who}").format(what=what, when=when, who=who)
        case "neighbours":
            return gettext("a neighbour is closed {when}{who}").format(when=when, who=who)
        case "partner_target":
            return gettext("{what} leaves no room for its closure{who}").format(what=what, who=who)
        case "freeze" | "ready_from" | "after":
            return what
        case "blackout":
            days = span_text(item.first, item.last)
            return gettext("{what}, closed {days}").format(what=what, days=days)
        case _:
            return f"{what}, {span_text(item.first, item.last)}"


def _when(item: "Break") -> str:
    if item.first == item.last:
        return gettext("on {day}").format(day=day_text(item.first))
    return gettext("from {days}").format(days=span_text(item.first, item.last))


def names_text(names: Sequence[str]) -> str:
    """Names in a row, how many more where they are many."""
    shown, more = ", ".join(names[:NAMES_SHOWN]), len(names) - NAMES_SHOWN
    return gettext("{names} and {number} more").format(names=shown, number=more) if more > 0 else shown


def way_text(rollout: Rollout, shop: Shop, things: Sequence[Thing]) -> str:
    """What would have to be otherwise."""
    return gettext(" and ").join(lifting_words(rollout, shop, thing, day_text) for thing in things)


def cost_text(cost: Cost, currency: str) -> str:
    """Money by kind, kinds without any left out."""
    kinds = ((kind_text(kind), cents) for kind, cents in asdict(cost).items() if cents)
    parts = ", ".join(f"{kind} {money_text(cents)}" for kind, cents in kinds)
    return money_text(cost.total, currency_text(currency)) + (f": {parts}" if parts else "")
