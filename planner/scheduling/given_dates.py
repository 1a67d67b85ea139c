"""Conflicts among remodels whose dates are given: the smallest sets that break a rule by themselves (rule 8).

Crews apart; which crews go where is a choice, and `given_crews` asks whether any is possible.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from planner.domain.plan import Conflict
from planner.domain.shop import Shop, Status
from planner.domain.standing import RemodelDays
from planner.scheduling.filters import frozen_start, inevitable_blackouts
from planner.scheduling.options import ShopOptions
from planner.scheduling.problem import Problem
from planner.scheduling.things import limit_words, name_in
from planner.scheduling.timelines import LOSS_SCALE, IntArray, Rule, Timeline
from planner.wording.amounts import number_text, plain_day_text
from planner.wording.translation import gettext, ngettext


def is_blocking(problem: Problem, conflict: Conflict) -> bool:
    """Whether a conflict stops planning: one that needs a remodel in progress, or an undated one, does not."""
    shops = [problem.rollout.shop_by_id[name] for name in conflict.shops]
    return all(shop.status is Status.FIXED or frozen_start(problem.rollout, shop) is not None for shop in shops)


def conflicts_of_dates(problem: Problem) -> Iterator[Conflict]:
    """All conflicts among given dates, crews apart; looked for as they are asked for."""
    yield from _impossible_frozen(problem)
    given = problem.given_days()
    for options in problem.standing_options():
        yield from _of_one(problem, options, given[options.shop.id])
    for options in problem.options:
        if options.mandatory:
            yield from _of_blackouts(problem, options)
            yield from _of_order(problem, options, given)
    yield from _of_timelines(problem)


def _impossible_frozen(problem: Problem) -> Iterator[Conflict]:
    for name, why in problem.impossible_frozen.items():
        day = problem.rollout.shop_by_id[name].published_start or problem.rollout.today
        text = gettext("{shop} is to keep its published start, but {why}.").format(shop=name, why=why)
        yield Conflict(rule="freeze", first=day, last=day, shops=(name,), text=text)


def _of_one(problem: Problem, options: ShopOptions, days: RemodelDays) -> Iterator[Conflict]:
    """A closed phase before the permit."""
    shop, today = options.shop, problem.rollout.today
    if shop.ready_from is not None:
        for phase, (first, _) in zip(options.shop_format.phases, days.phases, strict=True):
            if phase.closed and today <= first < shop.ready_from:
                text = gettext("{shop} begins “{phase}” before its permit and landlord consent of {day}.")
                text = text.format(shop=shop.id, phase=phase.name, day=plain_day_text(shop.ready_from))
                last = problem.axis.day(problem.axis.number(shop.ready_from) - 1)
                yield Conflict(rule="ready_from", first=first, last=last, shops=(shop.id,), text=text)
                break


def _of_blackouts(problem: Problem, options: ShopOptions) -> Iterator[Conflict]:
    """A closure inside a blackout, at all positions of a shop that must have a date."""
    for blackout, (first, last) in inevitable_blackouts(problem.rollout, problem.axis, options):
        text = gettext("{shop} is closed inside the blackout “{blackout}”.")
        text = text.format(shop=options.shop.id, blackout=blackout.name)
        days = problem.axis.day(first), problem.axis.day(last)
        yield Conflict(rule="blackout", first=days[0], last=days[1], shops=(options.shop.id,), text=text)


def _of_order(problem: Problem, options: ShopOptions, given: Mapping[str, RemodelDays]) -> Iterator[Conflict]:
    """A start, which is the same at all positions, that is not later than the finish of a shop it comes after."""
    shop, start = options.shop, problem.axis.day(int(options.start[0]))
    if start < problem.rollout.today:
        return
    for name in shop.after:
        before = problem.rollout.shop_by_id[name]
        finish = before.finish if before.status is Status.DONE else None
        if name in given:
            finish = given[name].finish
        members = (shop.id, name) if name in given else (shop.id,)
        if finish is not None and finish >= start:
            text = gettext("{shop} comes after {other}, but begins before {other} has finished on {day}.")
            text = text.format(shop=shop.id, other=name, day=plain_day_text(finish))
            yield Conflict(rule="after", first=start, last=finish, shops=members, text=text)


@dataclass(frozen=True, slots=True)
class _User:
    """What one given remodel uses of a timeline."""

    shop: Shop
    begin: int
    end: int
    amount: int

    @property
    def in_progress(self) -> bool:
        return self.shop.status is Status.IN_PROGRESS


def _of_timelines(problem: Problem) -> Iterator[Conflict]:
    users: dict[int, list[_User]] = {}
    for options in problem.standing_options():
        for block in options.blocks:
            for use in block.uses:
                begin, end, amount = use.at(0)
                if begin <= end and amount > 0:
                    users.setdefault(use.timeline.number, []).append(_User(options.shop, begin, end, amount))
    for number in sorted(users):
        timeline = problem.timelines.items[number]
        if timeline.rule is Rule.NEIGHBOURS:
            for one, other in combinations(users[number], 2):
                if one.begin <= other.end and other.begin <= one.end:
                    yield from _of_timeline(problem, timeline, [one, other])
        else:
            yield from _of_standing_and_all(problem, timeline, users[number])


def _of_standing_and_all(problem: Problem, timeline: Timeline, users: list[_User]) -> Iterator[Conflict]:
    """The sets among remodels that stand whatever is frozen, then those that frozen ones take part in."""
    standing = [user for user in users if user.shop.is_standing]
    yield from _of_timeline(problem, timeline, standing)
    if len(standing) < len(users):
        names = {user.shop.id for user in standing}
        yield from (item for item in _of_timeline(problem, timeline, users) if not names.issuperset(item.shops))


def _of_timeline(problem: Problem, timeline: Timeline, users: list[_User]) -> Iterator[Conflict]:
    """The smallest sets, slot after slot; each stands for as many slots as it breaks the rule on."""
    capacity = problem.capacity
    # What fewer kinds of given dates do is theirs: fixed ones alone, then frozen ones, too, then those begun.
    kinds = [
        [user for user in users if user.shop.status is Status.FIXED],
        [user for user in users if not user.in_progress],
        users,
    ]
    used = np.zeros(timeline.slots, np.int64)
    for user in users:
        used[user.begin - timeline.offset : user.end + 1 - timeline.offset] += user.amount
    broken = np.flatnonzero(used > capacity[timeline.offset : timeline.end]) + timeline.offset
    last = -1
    for slot in broken.tolist():
        if slot <= last:
            continue
        level = _level(kinds, slot, int(capacity[slot]))
        members = _smallest(kinds[level], slot, int(capacity[slot]))
        last = slot
        while last + 1 < timeline.end and _used(members, last + 1) > capacity[last + 1]:
            if _level(kinds, last + 1, int(capacity[last + 1])) < level:
                break
            last += 1
        yield _conflict(problem, timeline, members, slot, last)


def _level(kinds: list[list[_User]], slot: int, capacity: int) -> int:
    """The place of the first among `kinds` that exceeds the capacity of a slot, which the last one does."""
    return next(place for place, users in enumerate(kinds) if _used(users, slot) > capacity)


def _used(users: list[_User], slot: int) -> int:
    return sum(user.amount for user in users if user.begin <= slot <= user.end)


def _smallest(users: list[_User], slot: int, capacity: int) -> list[_User]:
    """Users of a slot that exceed its capacity and would not without any one of them; none where they all fit."""
    present = [user for user in users if user.begin <= slot <= user.end]
    present.sort(key=lambda user: (user.in_progress, -user.amount, -user.end, user.shop.id))
    members: list[_User] = []
    for user in present:
        members.append(user)
        if _used(members, slot) > capacity:
            break
    else:
        return []
    for user in reversed(list(members)):
        rest = [other for other in members if other is not user]
        if _used(rest, slot) > capacity:
            members = rest
    return members


def _conflict(problem: Problem, timeline: Timeline, members: list[_User], slot: int, last: int) -> Conflict:
    first_day = int(timeline.first_days[slot - timeline.offset])
    last_day = _last_day(timeline, last - timeline.offset)
    names = tuple(sorted(user.shop.id for user in members))
    return Conflict(
        rule=timeline.rule.value,
        first=problem.axis.day(first_day),
        last=problem.axis.day(last_day),
        shops=names,
        text=_text(problem, timeline, names, (_used(members, slot), int(problem.capacity[slot]))),
    )


def _last_day(timeline: Timeline, place: int) -> int:
    if place + 1 < timeline.slots:
        return int(timeline.first_days[place + 1]) - 1
    return int(timeline.first_days[place]) + timeline.days_a_slot - 1


def _text(problem: Problem, timeline: Timeline, names: tuple[str, ...], figures: tuple[int, int]) -> str:
    """What is wrong with shops that use more of a timeline than there is; `figures` are how much, and how much is."""
    shops = names[0] if len(names) == 1 else gettext(" and ").join([", ".join(names[:-1]), names[-1]])
    used, capacity = figures
    match timeline.rule:
        case Rule.LIMIT:
            if timeline.days_a_slot > 1:
                text = ngettext(
                    "{shops} begins in a week, but {limit} allows {most}.",
                    "{shops} begin in one week, but {limit} allows {most}.",
                    len(names),
                )
            else:
                text = ngettext(
                    "{shops} is closed, but {limit} allows {most}.",
                    "{shops} are closed at once, but {limit} allows {most}.",
                    len(names),
                )
            limit = limit_words(problem.rollout, problem.rollout.shop_by_id[names[0]], timeline.subject)
            return text.format(shops=shops, limit=limit, most=capacity)
        case Rule.NEIGHBOURS:
            return gettext("{shops} are neighbours and closed on the same days.").format(shops=shops)
        case Rule.SUPPLY:
            text = ngettext(
                "{shops} draws on “{supply}”: {used} units by then, of which {come} have come.",
                "{shops} draw on “{supply}”: {used} units by then, of which {come} have come.",
                len(names),
            )
            return text.format(shops=shops, supply=name_in(timeline.subject), used=used, come=capacity)
        case _:
            return gettext("Closing {shops} costs {partner} {lost} EUR, but it may lose {most} EUR at most.").format(
                shops=shops,
                partner=timeline.subject,
                lost=number_text(used / LOSS_SCALE, 2),
                most=number_text(capacity / LOSS_SCALE, 2),
            )


def take_out_given_uses(problem: Problem) -> IntArray:
    """Take what given remodels use, crews apart, out of the capacity; what they break is full. The capacity left."""
    used = np.zeros(len(problem.capacity), np.int64)
    for options in problem.standing_options():
        for block in options.blocks:
            for use in block.uses:
                begin, end, amount = use.at(0)
                if begin <= end:
                    used[begin : end + 1] += amount
            block.uses = []
    return np.where(used != 0, np.maximum(problem.capacity - used, 0), problem.capacity)
