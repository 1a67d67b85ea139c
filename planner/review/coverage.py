"""Whether the conflicts that a plan's given remodels have are all listed, and no crew is left out without need."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from planner.domain.plan import Conflict
from planner.review.breaches import rule_breaches
from planner.review.conflicts import Keys, broken_keys, is_of_several_rules
from planner.review.crew_search import CrewSearch
from planner.review.crews import CREW_RULES
from planner.review.entries import Context, Entry
from planner.review.findings import Breach, Violation, merged, of_shop, when
from planner.review.given import frozen_start_allowed, is_frozen
from planner.review.visits import Shortage, shortages
from planner.wording.amounts import plain_day_text
from planner.wording.translation import gettext


def check_coverage(
    context: Context, given: Sequence[Entry], conflicts: Sequence[Conflict], with_crews: bool = True
) -> Iterator[Violation]:
    """Breaches and shortages of given remodels that no listed conflict explains."""
    explained = [(conflict, broken_keys(context, conflict)) for conflict in conflicts]
    # Where no way is left by several rules, whichever of them the shops then break is explained.
    without_way = {name for item in conflicts if is_of_several_rules(context, item) for name in item.shops}
    for breach in merged(rule_breaches(context, given)):
        if breach.may_be_left_out or not without_way.isdisjoint(breach.shops):
            continue
        if not _is_covered(breach, explained):
            text = gettext("{when}, {what}, but no conflict {rule!r} is listed.")
            text = text.format(when=when(breach.first, breach.last), what=breach.text, rule=breach.rule)
            yield Violation("conflict", text, breach.shops, breach.first, breach.last)
    for entry in (entry for entry in given if with_crews and entry.shop.id not in without_way):
        for shortage in shortages(context, entry):
            yield from _unexplained(context, shortage, given, conflicts)


def check_frozen_starts(
    context: Context, starts: Mapping[str, date | None], conflicts: Sequence[Conflict]
) -> Iterator[Violation]:
    """Backlog shops that leave a frozen start, and frozen starts that cannot be kept and are not listed.

    `starts` maps a shop to the start it has in the plan.
    """
    named = {shop for conflict in conflicts if conflict.rule == "freeze" for shop in conflict.shops}
    for shop in context.rollout.shops:
        if not is_frozen(context, shop) or shop.id in named or shop.published_start is None:
            continue
        frozen, start = plain_day_text(shop.published_start), starts.get(shop.id)
        if not frozen_start_allowed(context, shop):
            text = gettext(
                "was told it starts on {day}, which is frozen but cannot be kept, and no conflict 'freeze' is listed"
            ).format(day=frozen)
            yield of_shop("conflict", shop, text, shop.published_start)
        elif start is None:
            text = gettext("was told it starts on {day}, which is frozen, but has no date in the plan")
            yield of_shop("freeze", shop, text.format(day=frozen), shop.published_start)
        elif start != shop.published_start:
            text = gettext("was told it starts on {day}, which is frozen, but starts on {start} in the plan")
            text = text.format(day=frozen, start=plain_day_text(start))
            yield of_shop("freeze", shop, text, shop.published_start)


def _is_covered(breach: Breach, explained: Sequence[tuple[Conflict, Keys]]) -> bool:
    return any(_covers(conflict, keys, breach) for conflict, keys in explained)


def _covers(conflict: Conflict, keys: Keys, breach: Breach) -> bool:
    shares = not set(conflict.shops).isdisjoint(breach.shops)
    overlaps = breach.overlaps(conflict.first, conflict.last)
    if breach.rule in CREW_RULES:
        # Which of a clash's rules is named depends on the crew one looks at, and of equal sets only one is listed.
        same_crew = overlaps and conflict.crew in (None, breach.key[0])
        return conflict.rule in CREW_RULES and (shares or same_crew)
    if breach.rule == "ready_from" and conflict.rule == "freeze":
        return shares
    if breach.rule == "neighbours":
        # Of several pairs in one cluster, one is enough.
        return conflict.rule == breach.rule and shares and overlaps and bool(keys)
    return conflict.rule == breach.rule and shares and overlaps and breach.key in keys


def _unexplained(
    context: Context, shortage: Shortage, given: Sequence[Entry], conflicts: Sequence[Conflict]
) -> Iterator[Violation]:
    visit, shop = shortage.visit, shortage.entry.shop
    about_trade = [conflict for conflict in conflicts if _is_about(context, conflict, visit.trade)]
    if any(shop.id in conflict.shops for conflict in about_trade):
        return
    if _could_be_crewed(context, shortage, given):
        text = gettext(
            "lacks {missing} of {units} units of {trade}, though crews could come that no other given remodel holds"
        ).format(missing=shortage.missing, units=visit.units, trade=visit.trade)
        yield of_shop("visit", shop, text, visit.first, visit.last)
    elif not any(conflict.first <= visit.last and visit.first <= conflict.last for conflict in about_trade):
        text = gettext("lacks {missing} of {units} units of {trade}, but no conflict over a crew is listed")
        text = text.format(missing=shortage.missing, units=visit.units, trade=visit.trade)
        yield of_shop("conflict", shop, text, visit.first, visit.last)


def _is_about(context: Context, conflict: Conflict, trade: str) -> bool:
    if conflict.rule not in CREW_RULES:
        return False
    crew = context.rollout.crew_by_id.get(conflict.crew or "")
    return crew is None or crew.trade == trade


def _could_be_crewed(context: Context, shortage: Shortage, given: Sequence[Entry]) -> bool:
    """Whether a short remodel's visits of the trade could all have crews, the other given ones keeping theirs."""
    search = CrewSearch(context, (shortage.entry,), shortage.visit.trade)
    for other in given:
        if other is shortage.entry:
            continue
        for visit in other.visits:
            for crew, units in visit.crews.items():
                search.hold(other, visit, crew, units)
    return search.can_all_be_crewed() is True
