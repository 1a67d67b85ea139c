"""What keys of rollout.toml, columns of tables and rules are called where people read of them.

In English they are called what they are; messages about mistakes name them as they are written in every language.
"""

from planner.domain.scenario import Path
from planner.exchange.text import quoted, shortened
from planner.wording.translation import pgettext


def word_for(key: str) -> str:
    """A key, a column or a rule in the user's language; one that is not known as it is."""
    words = {
        "shutdown": pgettext("key", "shutdown"),
        "blackout": pgettext("key", "blackout"),
        "milestone": pgettext("key", "milestone"),
        "format": pgettext("key", "format"),
        "limit": pgettext("key", "limit"),
        "neighbours": pgettext("key", "neighbours"),
        "supply": pgettext("key", "supply"),
        "campaign": pgettext("key", "campaign"),
        "costs": pgettext("key", "costs"),
        "horizon": pgettext("key", "horizon"),
        "first": pgettext("key", "first"),
        "last": pgettext("key", "last"),
        "by": pgettext("key", "by"),
        "target": pgettext("key", "target"),
        "phase": pgettext("key", "phase"),
        "days": pgettext("key", "days"),
        "max_closed": pgettext("key", "max_closed"),
        "max_starts_per_week": pgettext("key", "max_starts_per_week"),
        "within_km": pgettext("key", "within_km"),
        "deliveries": pgettext("key", "deliveries"),
        "every_days": pgettext("key", "every_days"),
        "quantity": pgettext("key", "quantity"),
        "initial": pgettext("key", "initial"),
        "margin": pgettext("key", "margin"),
        "footfall": pgettext("key", "footfall"),
        "season": pgettext("key", "season"),
        "uplift": pgettext("key", "uplift"),
        "freeze_days": pgettext("key", "freeze_days"),
        "crew": pgettext("key", "crew"),
        "crews": pgettext("key", "crews"),
        "trade": pgettext("key", "trade"),
        "units": pgettext("key", "units"),
        "regions": pgettext("key", "regions"),
        "reason": pgettext("key", "reason"),
        "priority": pgettext("key", "priority"),
        "weekly_revenue": pgettext("key", "weekly_revenue"),
        "ready_from": pgettext("key", "ready_from"),
        "due_by": pgettext("key", "due_by"),
        "start": pgettext("key", "start"),
        "finish": pgettext("key", "finish"),
        "absence": pgettext("key", "absence"),
        "region": pgettext("key", "region"),
        "max_km": pgettext("key", "max_km"),
        "after": pgettext("key", "after"),
        "partner_target": pgettext("key", "partner_target"),
        "freeze": pgettext("key", "freeze"),
        "crew_dates": pgettext("key", "crew_dates"),
    }
    return words.get(key) or shortened(key)


def place_in_words(path: Path, lists: tuple[str, ...]) -> str:
    """A path as people read it, `milestone 'Year end', target`; what follows one of `lists` is the name of an item."""
    if len(path) > 1 and path[0] in lists:
        return ", ".join([f"{word_for(path[0])} {quoted(path[1])}", *map(word_for, path[2:])])
    return ", ".join(map(word_for, path))
