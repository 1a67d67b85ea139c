"""Conflicts that no one rule makes, but several together: each way that frozen remodels can run breaks one of them."""

from collections.abc import Sequence

from planner.domain.plan import Conflict
from planner.review.breaches import FURTHER_RULES
from planner.review.crew_search import CrewSearch
from planner.review.crews import CREW_RULES
from planner.review.entries import Context, Entry
from planner.review.ways import one_less, standing_shops, ways_to_stand


def leaves_no_way(context: Context, conflict: Conflict) -> bool:
    """Whether the shops of a conflict cannot stand together, however frozen ones wait, while any fewer can.

    At least one way must break the conflict's rule on its days. Where there are too many ways to try all, the shops are
    taken to have none if none is found.
    """
    shops = standing_shops(context, conflict)
    ways, _ = ways_to_stand(context, shops)
    if len(ways) < 2 or not any(_breaks(context, conflict, entries) for entries in ways):
        return False
    if _can_stand(context, shops, undecided=False):
        return False
    return all(_can_stand(context, fewer, undecided=True) for fewer in one_less(shops))


def _can_stand(context: Context, shops: Sequence[str], *, undecided: bool) -> bool:
    """Whether one of the ways breaks no rule; `undecided` where not all were tried."""
    ways, complete = ways_to_stand(context, shops)
    return any(_breaks_nothing(context, entries) for entries in ways) or (undecided and not complete)


def _breaks_nothing(context: Context, entries: Sequence[Entry]) -> bool:
    further = (breach for find in FURTHER_RULES.values() for breach in find(context, entries))
    if not all(breach.may_be_left_out for breach in further):
        return False
    trades = {visit.trade for entry in entries for visit in entry.visits}
    return all(CrewSearch(context, entries, trade).can_all_be_crewed() is not False for trade in sorted(trades))


def _breaks(context: Context, conflict: Conflict, entries: Sequence[Entry]) -> bool:
    """Whether the entries break a conflict's rule on its days."""
    if conflict.rule in FURTHER_RULES:
        found = FURTHER_RULES[conflict.rule](context, entries)
        return any(breach.overlaps(conflict.first, conflict.last) for breach in found)
    if conflict.rule not in CREW_RULES:
        return False
    trades = {
        visit.trade
        for entry in entries
        for visit in entry.visits
        if visit.first <= conflict.last and conflict.first <= visit.last
    }
    return any(CrewSearch(context, entries, trade).can_all_be_crewed() is False for trade in sorted(trades))
