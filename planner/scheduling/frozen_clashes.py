"""Conflicts that near published starts take part in, judged with all the waits that the format allows."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from planner.domain.plan import Conflict
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.scheduling.clock import Clock
from planner.scheduling.filters import frozen_start
from planner.scheduling.given_crews import crew_given
from planner.scheduling.given_dates import conflicts_of_dates, take_out_given_uses
from planner.scheduling.given_only import given_only, is_given
from planner.scheduling.mandatory import FrozenClashError
from planner.scheduling.problem import build_problem
from planner.scheduling.smallest_sets import needed
from planner.scheduling.standing_together import Ground, can_stand, grounds, with_only, without
from planner.wording.translation import gettext, ngettext


def stays(rollout: Rollout, conflict: Conflict, trade: str | None, clock: Clock) -> bool:
    """Whether a conflict, about crews of `trade` if about crews, stays however long its frozen shops wait."""
    if conflict.rule == "freeze" or not any(_can_wait(rollout, name) for name in conflict.shops):
        return True
    ground = Ground(conflict.rule) if trade is None else Ground("crew", trade)
    return not can_stand(with_only(given_only(rollout, _standing(rollout, conflict)), ground), clock)


def instead(rollout: Rollout, conflict: Conflict, clock: Clock) -> Conflict | None:
    """The conflict of the same shops for another reason, which stays however long they wait; None where there is none.

    Such are those that no one rule, but only several together leave no way to stand.
    """
    names = _standing(rollout, conflict)
    if can_stand(given_only(rollout, names), clock):
        return None
    if all(can_stand(given_only(rollout, [one for one in names if one != name]), clock) for name in names):
        return _conflict(rollout, names, clock)
    return None


def _standing(rollout: Rollout, conflict: Conflict) -> list[str]:
    return [name for name in conflict.shops if is_given(rollout, rollout.shop_by_id[name])]


def _can_wait(rollout: Rollout, name: str) -> bool:
    """Whether a shop is frozen and its format leaves it more than one way to go on."""
    shop = rollout.shop_by_id[name]
    if frozen_start(rollout, shop) is None:
        return False
    return any(phase.wait_max > phase.wait_min for phase in rollout.format_of(shop).phases[1:])


def frozen_conflict(
    rollout: Rollout, clash: FrozenClashError, listed: Sequence[Conflict], clock: Clock
) -> Conflict | None:
    """The smallest set of given dates that the near starts of a clash cannot be kept with, however long they wait.

    It is looked for among what is in no conflict of those `listed` first, then with remodels in progress, then with
    the others. None where none is found.
    """
    frozen = sorted(clash.shops)

    @cache
    def stand(names: frozenset[str]) -> bool:
        return can_stand(given_only(rollout, names), clock)

    others: list[str] = []
    for more in ([], *_in_order_of_search(rollout, frozen, listed)):
        added = [*others, *(name for name in more if name not in others)]
        if not stand(frozenset(added)):
            continue
        others = added
        if not stand(frozenset([*others, *frozen])):
            members = needed([*others, *frozen], lambda names: not stand(frozenset(names)))
            return _conflict(rollout, sorted(members), clock)
    return None


def _in_order_of_search(rollout: Rollout, frozen: Sequence[str], listed: Sequence[Conflict]) -> list[list[str]]:
    named = {name for conflict in listed for name in conflict.shops}
    given = [shop for shop in rollout.shops if is_given(rollout, shop) and shop.id not in frozen]
    free = [shop for shop in given if shop.id not in named]
    also = [[shop.id] for shop in given if shop.id in named]
    return [
        [shop.id for shop in free if shop.status is not Status.IN_PROGRESS],
        [shop.id for shop in free if shop.status is Status.IN_PROGRESS],
        *also,
    ]


def _conflict(rollout: Rollout, names: Sequence[str], clock: Clock) -> Conflict:
    """The conflict of a smallest set: by one rule alone, if one will do."""
    alone = given_only(rollout, names)
    for ground in grounds(alone):
        only = with_only(alone, ground)
        if not can_stand(only, clock):
            return _at_least_waits(only, names, clock) or _of_one_rule(alone, names, ground)
    return _of_several_rules(rollout, names, clock)


def _at_least_waits(rollout: Rollout, names: Sequence[str], clock: Clock) -> Conflict | None:
    """The conflict of exactly the shops of `names` where they wait as little as they can, if there is one."""
    problem = build_problem(rollout, frozenset(names))
    found = list(conflicts_of_dates(problem))
    problem.capacity = take_out_given_uses(problem)
    found += crew_given(problem, clock).conflicts
    return next((conflict for conflict in found if set(conflict.shops) == set(names)), None)


def _of_one_rule(rollout: Rollout, names: Sequence[str], ground: Ground) -> Conflict:
    first, last = _days_of(rollout, ground.trade)
    if ground.trade is None:
        text = gettext(
            "{shops} cannot all keep their near starts: however long they wait between their phases, this rule is"
            " broken: {rule}."
        ).format(shops=", ".join(names), rule=_words(ground))
    else:
        text = gettext(
            "{shops} cannot all keep their near starts: however long they wait between their phases, there are not"
            " enough {trade} crews for all of them."
        ).format(shops=", ".join(names), trade=ground.trade)
    return Conflict(rule=ground.rule, first=first, last=last, shops=tuple(names), text=text)


def _of_several_rules(rollout: Rollout, names: Sequence[str], clock: Clock) -> Conflict:
    """The conflict of shops that each rule alone leaves a way to stand, but not all together."""
    alone = given_only(rollout, names)
    involved = grounds(alone)
    # Rules without which nothing changes are not named, as long as one is left.
    for ground in list(involved):
        rest = [other for other in involved if other != ground]
        kept = alone
        for other in grounds(alone):
            kept = kept if other in rest else without(kept, other)
        if rest and not can_stand(kept, clock):
            involved = rest
    first, last = _days_of(alone, involved[0].trade)
    text = ngettext(
        "{shops} cannot keep its near start: however long it waits between its phases, one of these rules is broken:"
        " {rules}.",
        "{shops} cannot all keep their near starts: however long they wait between their phases, one of these rules is"
        " broken: {rules}.",
        len(names),
    ).format(shops=", ".join(names), rules=", ".join(map(_words, involved)))
    return Conflict(rule=involved[0].rule, first=first, last=last, shops=tuple(names), text=text)


def _words(ground: Ground) -> str:
    match ground.rule:
        case "blackout":
            return gettext("no closing in blackouts")
        case "limit":
            return gettext("the limits on closings and starts")
        case "neighbours":
            return gettext("an open shop nearby")
        case "supply":
            return gettext("what has been delivered")
        case "after":
            return gettext("the order of the shops")
        case "partner_target":
            return gettext("the partners' targets")
        case _:
            return gettext("enough {trade} crews").format(trade=ground.trade)


def _days_of(rollout: Rollout, trade: str | None) -> tuple[date, date]:
    """The first and the last day that a trade may be needed on, or any work done, from today on."""
    problem = build_problem(rollout)
    blocks = [block for options in problem.options for block in options.blocks]
    visits = [visit for block in blocks for visit in block.visits if visit.need.trade == trade]
    days = [(visit.first, visit.last) for visit in visits] or [(block.first[0], block.last[-1]) for block in blocks]
    first = max(0, min(int(begin.min()) for begin, _ in days))
    return problem.axis.day(first), problem.axis.day(max(int(end.max()) for _, end in days))
