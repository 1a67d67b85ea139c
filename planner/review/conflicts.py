"""Whether the conflicts a plan lists are real: given remodels that break the rule alone, and no part of them does."""

from collections.abc import Iterator, Sequence

from planner.domain.plan import Conflict
from planner.domain.shop import Status
from planner.review.breaches import FURTHER_RULES
from planner.review.crew_search import CrewSearch
from planner.review.crews import CREW_RULES
from planner.review.entries import Context, Entry, Visit
from planner.review.findings import Violation, listed
from planner.review.given import frozen_start_allowed, is_frozen
from planner.review.several_rules import leaves_no_way
from planner.review.ways import one_less, standing_shops, ways_to_stand
from planner.wording.amounts import plain_day_text
from planner.wording.translation import gettext, pgettext

CONFLICT_RULES = CREW_RULES | set(FURTHER_RULES) | {"freeze"}

Keys = frozenset[tuple[object, ...]]


def check_conflicts(context: Context, conflicts: Sequence[Conflict]) -> Iterator[Violation]:
    """What is wrong with each listed conflict."""
    for number, conflict in enumerate(conflicts):
        problem = _misstated(context, conflict) or _unreal(context, conflict)
        if problem is not None and is_of_several_rules(context, conflict):
            problem = None
        if conflict in conflicts[:number]:
            problem = gettext("is listed twice")
        if problem is None:
            continue
        shops = listed(conflict.shops) or pgettext("of", "no shop")
        text = gettext("The conflict {rule!r} of {shops} {problem}.")
        text = text.format(rule=conflict.rule, shops=shops, problem=problem)
        yield Violation("conflict", text, conflict.shops, conflict.first, conflict.last)


def is_of_several_rules(context: Context, conflict: Conflict) -> bool:
    """Whether a conflict is real, though its rule alone leaves its shops a way to stand."""
    if _misstated(context, conflict) is not None or _unreal(context, conflict) is None:
        return False
    return leaves_no_way(context, conflict)


def broken_keys(context: Context, conflict: Conflict) -> Keys:
    """What of the rollout a conflict's shops break on its days, where no part of them does; rules 7 only."""
    if conflict.rule not in FURTHER_RULES or _misstated(context, conflict):
        return frozenset()
    shops = standing_shops(context, conflict)
    keys, _ = _always_broken(context, conflict, shops)
    for without in one_less(shops):
        fewer, complete = _always_broken(context, conflict, without)
        keys -= fewer if complete else frozenset()
    return keys


def _misstated(context: Context, conflict: Conflict) -> str | None:
    """Why a conflict cannot be looked into."""
    rollout = context.rollout
    if conflict.rule not in CONFLICT_RULES:
        return gettext("names no rule that can conflict")
    if len(set(conflict.shops)) != len(conflict.shops):
        return gettext("names a shop twice")
    strangers = [shop for shop in conflict.shops if not _may_be_named(context, conflict, shop)]
    if strangers:
        text = gettext("names {shops}, which is neither fixed, in progress nor frozen")
        return text.format(shops=listed(strangers))
    if not standing_shops(context, conflict):
        return gettext("names no remodel whose dates are given")
    if conflict.last < conflict.first or conflict.last < rollout.today:
        text = gettext("is said to last from {first} to {last}, which holds no day from today on")
        return _on_its_days(text, conflict)
    if conflict.crew is not None and conflict.rule not in CREW_RULES:
        return gettext("names the crew {crew}, but is about no crew").format(crew=conflict.crew)
    if conflict.crew is not None and conflict.crew not in rollout.crew_by_id:
        return gettext("names the crew {crew}, which the rollout does not have").format(crew=conflict.crew)
    return None


def _on_its_days(text: str, conflict: Conflict) -> str:
    return text.format(first=plain_day_text(conflict.first), last=plain_day_text(conflict.last))


def _may_be_named(context: Context, conflict: Conflict, shop_id: str) -> bool:
    shop = context.rollout.shop_by_id.get(shop_id)
    if shop is None:
        return False
    if shop.is_standing or is_frozen(context, shop):
        return True
    return conflict.rule == "after" and (shop.status is Status.DONE or shop_id in context.undated)


def _unreal(context: Context, conflict: Conflict) -> str | None:
    """Why a conflict is none, or more than the smallest."""
    if conflict.rule == "freeze":
        return _unreal_freeze(context, conflict)
    if conflict.rule in CREW_RULES:
        return _unreal_crew(context, conflict)
    if not _always_broken(context, conflict, standing_shops(context, conflict))[0]:
        return _on_its_days(gettext("is not real: these alone do not break it from {first} to {last}"), conflict)
    if not broken_keys(context, conflict):
        return gettext("is not the smallest: fewer of these shops break the rule already")
    return None


def _unreal_freeze(context: Context, conflict: Conflict) -> str | None:
    if len(conflict.shops) > 1:
        return gettext("is not the smallest: each frozen start is a conflict of its own")
    shop = context.rollout.shop_by_id[conflict.shops[0]]
    if not is_frozen(context, shop) or shop.published_start is None:
        return gettext("is not real: the shop has no frozen start")
    if frozen_start_allowed(context, shop):
        return gettext("is not real: the shop can start on {day}").format(day=plain_day_text(shop.published_start))
    return None


def _unreal_crew(context: Context, conflict: Conflict) -> str | None:
    shops = standing_shops(context, conflict)
    trades = {visit.trade for combination in ways_to_stand(context, shops)[0] for visit in _visits(combination)}
    if conflict.crew is not None:
        trades &= {context.rollout.crew_by_id[conflict.crew].trade}
    trades = {trade for trade in trades if _needed_then(context, conflict, trade)}
    if not trades:
        text = gettext("is not real: none of these shops needs such a crew from {first} to {last}")
        return _on_its_days(text, conflict)
    stuck = {trade for trade in trades if not _can_be_crewed(context, shops, trade, undecided=False)}
    if not stuck:
        return gettext("is not real: these shops alone can all have their crews")
    for without in one_less(shops):
        stuck = {trade for trade in stuck if _can_be_crewed(context, without, trade, undecided=True)}
    return None if stuck else gettext("is not the smallest: fewer of these shops already cannot have their crews")


def _needed_then(context: Context, conflict: Conflict, trade: str) -> bool:
    combinations, _ = ways_to_stand(context, standing_shops(context, conflict))
    return any(
        visit.trade == trade and visit.first <= conflict.last and conflict.first <= visit.last
        for combination in combinations
        for visit in _visits(combination)
    )


def _visits(entries: Sequence[Entry]) -> Iterator[Visit]:
    return (visit for entry in entries for visit in entry.visits)


def _can_be_crewed(context: Context, shops: Sequence[str], trade: str, undecided: bool) -> bool:
    """Whether in one of the ways the shops can stand, all their visits of a trade can have crews."""
    combinations, complete = ways_to_stand(context, shops)
    for entries in combinations:
        found = CrewSearch(context, entries, trade).can_all_be_crewed()
        if undecided if found is None else found:
            return True
    return undecided and not complete


def _always_broken(context: Context, conflict: Conflict, shops: Sequence[str]) -> tuple[Keys, bool]:
    """What the shops break however they stand, on the conflict's days in one way at least; and if all ways were tried.

    Frozen remodels that wait longer may break the same on other days.
    """
    combinations, complete = ways_to_stand(context, shops)
    found = [list(FURTHER_RULES[conflict.rule](context, entries)) for entries in combinations]
    then = {item.key for breaches in found for item in breaches if item.overlaps(conflict.first, conflict.last)}
    return frozenset(then).intersection(*({item.key for item in breaches} for breaches in found)), complete
