"""What can stand in a remodel's way, by name: a rule, and whom or what it is about."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from planner.domain.rollout import Rollout
from planner.domain.shop import Shop

DayWords = Callable[[date], str]


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A rule by its name in conflicts (or `milestone`), and its subject: a trade, a limit, a blackout, a shop."""

    rule: str
    subject: str = ""


def thing_words(rollout: Rollout, shop: Shop, thing: Thing, day_words: DayWords = date.isoformat) -> str:
    """What a thing is called in a sentence about `shop`."""
    match thing.rule:
        case "crew":
            return f"the {thing.subject} crews that can serve it"
        case "limit":
            return f"the limit {thing.subject}"
        case "neighbours":
            return "the rule that one of two neighbours stays open"
        case "supply":
            return f"the supply of {thing.subject}"
        case "partner_target":
            return f"the half-year target of {thing.subject}"
        case "after":
            order = "which it comes after" if thing.subject in shop.after else "which comes after it"
            return f"{thing.subject}, {order}"
        case "blackout":
            spans = [item for item in rollout.blackouts if item.name == thing.subject and item.scope.matches(shop)]
            days = ", ".join(f"{day_words(item.first)} to {day_words(item.last)}" for item in spans)
            return f"the blackout “{thing.subject}” ({days})"
        case "ready_from":
            return "its permit and landlord consent" + (f" of {day_words(shop.ready_from)}" if shop.ready_from else "")
        case "freeze":
            kept = shop.published_start
            return "its published start" + (f" of {day_words(kept)}" if kept else "") + ", too near to be moved"
        case "horizon":
            return f"the horizon, which ends on {day_words(rollout.last)}"
        case "milestone":
            return f"the milestone “{thing.subject}”"
        case _:
            return f"the rule {thing.rule}"


def lifting_words(rollout: Rollout, shop: Shop, thing: Thing, day_words: DayWords = date.isoformat) -> str:
    """That a thing is otherwise, as a sentence's `if` or `unless` goes on."""
    where = f"region {shop.region}" if shop.region else "shops without a region"
    match thing.rule:
        case "crew":
            return f"one more {thing.subject} crew were free"
        case "region":
            return f"a {thing.subject} crew of another region served {where}"
        case "max_km":
            return f"{thing.subject} crews travelled that far"
        case "crew_dates":
            return f"{thing.subject} crews were available at other times too"
        case "absence":
            return f"{thing.subject} crews were not absent"
        case "after":
            order = f"it need not come after {thing.subject}"
            return order if thing.subject in shop.after else f"{thing.subject} need not come after it"
        case "horizon":
            return f"the horizon ended later than {day_words(rollout.last)}"
        case _:
            return f"{thing_words(rollout, shop, thing, day_words)} gave way"
