"""What can stand in a remodel's way, by name: a rule, and whom or what it is about."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.rollout import Rollout
from planner.domain.rules import Limit
from planner.domain.shop import Shop
from planner.wording.amounts import plain_day_text
from planner.wording.translation import gettext

DayWords = Callable[[date], str]


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A rule by its name in conflicts (or `milestone`), and its subject: a trade, a limit, a blackout, a shop.

    The subject is the same in every language.
    """

    rule: str
    subject: str = ""


def quoted(name: str) -> str:
    """The name of a limit or a supply as a subject."""
    return f"“{name}”"


def name_in(subject: str) -> str:
    """The name of a limit or a supply that is a subject."""
    return subject[1:-1]


def limit_subject(limit: Limit, group: Sequence[str]) -> str:
    """A limit as a subject, in one of its groups where it has any."""
    names = ", ".join(filter(None, group))
    return f"{quoted(limit.name)} for {names}" if group else quoted(limit.name)


def limit_words(rollout: Rollout, shop: Shop, subject: str) -> str:
    """What the limit with this subject, which asks about `shop`, is called: by its name, and the shop's group."""
    for limit in rollout.limits:
        group = limit.group_of(shop)
        if group is not None and limit_subject(limit, group) == subject:
            text = gettext("“{name}” for {group}") if group else gettext("“{name}”")
            return text.format(name=limit.name, group=", ".join(filter(None, group)))
    return subject


def thing_words(rollout: Rollout, shop: Shop, thing: Thing, day_words: DayWords = plain_day_text) -> str:
    """What a thing is called in a sentence about `shop`."""
    return _shared_words(rollout, shop, thing) or _own_words(rollout, shop, thing, day_words)


def _shared_words(rollout: Rollout, shop: Shop, thing: Thing) -> str:
    """What shops share; empty where the thing is none of it."""
    subject = thing.subject
    match thing.rule:
        case "crew":
            return gettext("the {trade} crews that can serve it").format(trade=subject)
        case "limit":
            return gettext("the limit {name}").format(name=limit_words(rollout, shop, subject))
        case "neighbours":
            return gettext("the rule that one of two neighbours stays open")
        case "supply":
            return gettext("the supply of “{name}”").format(name=name_in(subject))
        case "partner_target":
            return gettext("the half-year target of {partner}").format(partner=subject)
        case "after" if subject in shop.after:
            return gettext("{shop}, which it comes after").format(shop=subject)
        case "after":
            return gettext("{shop}, which comes after it").format(shop=subject)
        case "milestone":
            return gettext("the milestone “{name}”").format(name=subject)
        case _:
            return ""


def _own_words(rollout: Rollout, shop: Shop, thing: Thing, day_words: DayWords) -> str:
    """What is asked of a shop alone."""
    subject = thing.subject
    match thing.rule:
        case "blackout":
            spans = [item for item in rollout.blackouts if item.name == subject and item.scope.matches(shop)]
            days = ", ".join(
                gettext("{first} to {last}").format(first=day_words(item.first), last=day_words(item.last))
                for item in spans
            )
            return gettext("the blackout “{name}” ({days})").format(name=subject, days=days)
        case "ready_from" if shop.ready_from:
            return gettext("its permit and landlord consent of {day}").format(day=day_words(shop.ready_from))
        case "ready_from":
            return gettext("its permit and landlord consent")
        case "freeze" if shop.published_start:
            kept = day_words(shop.published_start)
            return gettext("its published start of {day}, too near to be moved").format(day=kept)
        case "freeze":
            return gettext("its published start, too near to be moved")
        case "horizon":
            return gettext("the horizon, which ends on {day}").format(day=day_words(rollout.last))
        case _:
            return gettext("the rule {rule}").format(rule=thing.rule)


def lifting_words(rollout: Rollout, shop: Shop, thing: Thing, day_words: DayWords = plain_day_text) -> str:
    """That a thing is otherwise, as a sentence's `if` or `unless` goes on."""
    subject = thing.subject
    match thing.rule:
        case "crew":
            return gettext("one more {trade} crew were free").format(trade=subject)
        case "region" if shop.region:
            text = gettext("a {trade} crew of another region served region {region}")
            return text.format(trade=subject, region=shop.region)
        case "region":
            text = gettext("a {trade} crew of another region served shops without a region")
            return text.format(trade=subject)
        case "max_km":
            return gettext("{trade} crews travelled that far").format(trade=subject)
        case "crew_dates":
            return gettext("{trade} crews were available at other times too").format(trade=subject)
        case "absence":
            return gettext("{trade} crews were not absent").format(trade=subject)
        case "after" if subject in shop.after:
            return gettext("it need not come after {shop}").format(shop=subject)
        case "after":
            return gettext("{shop} need not come after it").format(shop=subject)
        case "horizon":
            return gettext("the horizon ended later than {day}").format(day=day_words(rollout.last))
        case _:
            return gettext("{what} gave way").format(what=thing_words(rollout, shop, thing, day_words))
