"""All rules that remodels break together, by the format's word for each."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from planner.review.crews import crew_breaches, used_up_breaches
from planner.review.entries import Context, Entry
from planner.review.findings import Breach, Violation, merged, violation_of
from planner.review.limits import blackout_breaches, limit_breaches
from planner.review.neighbours import neighbour_breaches
from planner.review.order import after_breaches, ready_from_breaches
from planner.review.partners import partner_breaches
from planner.review.supply import supply_breaches

FindBreaches = Callable[[Context, Sequence[Entry]], Iterator[Breach]]

FURTHER_RULES: Mapping[str, FindBreaches] = {
    "blackout": blackout_breaches,
    "limit": limit_breaches,
    "neighbours": neighbour_breaches,
    "supply": supply_breaches,
    "ready_from": ready_from_breaches,
    "after": after_breaches,
    "partner_target": partner_breaches,
}


def rule_breaches(context: Context, entries: Sequence[Entry]) -> Iterator[Breach]:
    """The breaches of rules 6 and 7, days not yet joined."""
    yield from crew_breaches(context, entries)
    for find in FURTHER_RULES.values():
        yield from find(context, entries)


def check_rules(context: Context, entries: Sequence[Entry]) -> Iterator[Violation]:
    """What breaks a rule with a remodel the planner placed among those taking part: it may break none."""
    placed = {entry.shop.id for entry in entries if not entry.is_given}
    found = [*rule_breaches(context, entries), *used_up_breaches(context, entries)]
    for breach in merged(breach for breach in found if not placed.isdisjoint(breach.shops)):
        yield violation_of(breach)
