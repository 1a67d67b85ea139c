"""The rules that couple shops, each as timelines and what every position uses of them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from planner.domain.costs import partner_loss_limits, partner_loss_share
from planner.domain.rollout import Rollout
from planner.domain.rules import Limit, Supply
from planner.domain.supply import available
from planner.scheduling.days import DayAxis, range_sum
from planner.scheduling.neighbour_pairs import neighbour_pairs
from planner.scheduling.options import BlockDays, ShopOptions
from planner.scheduling.things import limit_subject, quoted
from planner.scheduling.timelines import (
    LOSS_SCALE,
    BoolArray,
    FloatArray,
    IntArray,
    Rule,
    Timeline,
    Timelines,
    Use,
    use_of,
)


def binding_days(axis: DayAxis, first: int = 0) -> BoolArray:
    """Days on which a hold or a closure can begin: working days of some shop, and the first of the window."""
    binding = np.zeros(axis.count, bool)
    for calendar in axis.calendars_in_use:
        binding |= calendar.is_working
    binding[first] = True
    return binding


def constant(amount: int, like: IntArray) -> IntArray:
    """The same amount at each position."""
    return np.full(len(like), amount, np.int64)


def attach_couplings(rollout: Rollout, axis: DayAxis, shops: Sequence[ShopOptions], timelines: Timelines) -> None:
    """Add every coupling of `rollout` but crews to `timelines`, and its uses to the shops' blocks."""
    for limit in rollout.limits:
        groups: dict[tuple[str, ...], list[ShopOptions]] = defaultdict(list)
        for options in shops:
            group = limit.group_of(options.shop)
            if group is not None:
                groups[group].append(options)
        for group, members in groups.items():
            where = limit_subject(limit, group)
            if limit.max_closed is not None and len(members) > limit.max_closed:
                _limit_closed(axis, limit, limit.max_closed, members, where, timelines)
            if limit.max_starts_per_week is not None and len(members) > limit.max_starts_per_week:
                _limit_starts(axis, limit, limit.max_starts_per_week, members, where, timelines)
    _attach_neighbours(rollout, axis, shops, timelines)
    for supply in rollout.supplies:
        _attach_supply(axis, supply, shops, timelines)
    _attach_partner_targets(rollout, axis, shops, timelines)
    _attach_after(axis, shops, timelines)


def _limit_closed(
    axis: DayAxis, limit: Limit, most: int, members: list[ShopOptions], where: str, timelines: Timelines
) -> None:
    first = axis.clip(limit.first, 0)
    last = min(axis.clip(limit.last, axis.count - 1), axis.count - 1)
    if last < first or (limit.last is not None and limit.last < axis.today):
        return
    days = np.arange(first, last + 1)
    timeline = timelines.add(
        Rule.LIMIT, where, constant(most, days), days, binding=binding_days(axis, first)[first : last + 1]
    )
    _close(timeline, members)


def _close(timeline: Timeline, members: Sequence[ShopOptions]) -> None:
    """Let each member use one unit on the days of the timeline on which it is closed."""
    first, last = int(timeline.first_days[0]), int(timeline.first_days[-1])
    shared: dict[BlockDays, Use] = {}
    for options in members:
        closed = options.closed
        if closed is not None:
            block, closed_from, closed_to = closed
            if block.days not in shared:
                begin = np.maximum(closed_from, first) - first
                end = np.minimum(closed_to, last) - first
                shared[block.days] = use_of(timeline, begin, end, constant(1, begin))
            block.uses.append(shared[block.days])


def _limit_starts(
    axis: DayAxis, limit: Limit, most: int, members: list[ShopOptions], where: str, timelines: Timelines
) -> None:
    weeks = int(axis.week[-1]) + 1
    first_days = np.arange(weeks) * 7 - axis.today.weekday()
    timeline = timelines.add(Rule.LIMIT, where, np.full(weeks, most), np.maximum(first_days, 0), days_a_slot=7)
    shared: dict[BlockDays, Use] = {}
    for options in members:
        block = options.blocks[0]
        if block.days not in shared:
            start = options.start
            week = axis.week_of_days(start)
            counts = week >= 0
            if limit.first is not None:
                counts &= start >= axis.number(limit.first)
            if limit.last is not None:
                counts &= start <= axis.number(limit.last)
            shared[block.days] = use_of(timeline, week, np.where(counts, week, week - 1), constant(1, week))
        block.uses.append(shared[block.days])


def _attach_neighbours(rollout: Rollout, axis: DayAxis, shops: Sequence[ShopOptions], timelines: Timelines) -> None:
    """Shops that are all near one another close one at a time; every near pair is in one such group at the least."""
    if rollout.neighbours_km is None:
        return
    closing = [options for options in shops if options.closed is not None and not options.is_impossible()]
    spans = np.array([_closed_span(options) for options in closing], np.int64).reshape(-1, 2)
    spans[:, 0] = np.maximum(spans[:, 0], 0)
    pairs = neighbour_pairs([options.shop for options in closing], rollout.neighbours_km)
    begin = spans[pairs, 0].max(axis=1)
    end = spans[pairs, 1].min(axis=1)
    # Shops that can never be closed at once, such as two whose dates are given, need not be kept apart.
    pairs = pairs[begin <= end]
    binding = binding_days(axis)
    for group in neighbour_groups(pairs.tolist()):
        members = [closing[number] for number in group]
        first, last = int(spans[group, 0].min()), int(spans[group, 1].max())
        days = np.arange(first, last + 1)
        binds = binding[first : last + 1].copy()
        binds[0] = True
        names = [options.shop.id for options in members]
        subject = " and ".join([", ".join(names[:-1]), names[-1]])
        _close(timelines.add(Rule.NEIGHBOURS, subject, constant(1, days), days, binding=binds), members)


def _closed_span(options: ShopOptions) -> tuple[int, int]:
    """The first and the last day that a shop could be closed on."""
    closed = options.closed
    if closed is None:
        raise ValueError(f"{options.shop.id} is never closed")
    block, closed_from, closed_to = closed
    return int(closed_from[block.open].min()), int(closed_to[block.open].max())


def neighbour_groups(pairs: Sequence[Sequence[int]]) -> list[list[int]]:
    """Groups in which all are neighbours, so that each pair is in one: a pair, with all that join it greedily.

    One timeline a group stands for all pairs in it, and more tightly than they would by themselves.
    """
    near: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        near[a].add(b)
        near[b].add(a)
    covered: set[tuple[int, int]] = set()
    groups = []
    for a, b in pairs:
        if (a, b) in covered:
            continue
        group = [a, b, *_joining(near, near[a] & near[b])]
        group.sort()
        covered.update(combinations(group, 2))
        groups.append(group)
    return groups


def _joining(near: Mapping[int, set[int]], common: set[int]) -> list[int]:
    """Those of `common` that join one after the other, each time the one with the most neighbours among the rest."""
    joined: list[int] = []
    neighbours = {number: len(near[number] & common) for number in common}
    while common and min(neighbours[number] for number in common) < len(common) - 1:
        joining = max(common, key=lambda number: (neighbours[number], -number))
        joined.append(joining)
        left = common & near[joining]
        for gone in common - left:
            for number in near[gone] & left:
                neighbours[number] -= 1
        common = left
    return [*joined, *common]  # the rest are all near one another


def _attach_supply(axis: DayAxis, supply: Supply, shops: Sequence[ShopOptions], timelines: Timelines) -> None:
    days = np.arange(axis.count)
    stock = np.array([available(supply, axis.today, axis.day(day)) for day in range(axis.count)], np.int64)
    binding = np.append(np.diff(stock) > 0, True)
    timeline = timelines.add(Rule.SUPPLY, quoted(supply.name), stock, days, binding=binding)
    shared: dict[BlockDays, Use] = {}
    for options in shops:
        units = supply.needs.get(options.shop_format.name, 0)
        for number, phase in enumerate(options.shop_format.phases):
            if units and phase.name == supply.phase:
                block = options.block_of(number)
                if block.days not in shared:
                    drawn = block.first[number - block.phases.start]
                    end = np.where(drawn >= 0, timeline.slots - 1, -1)
                    shared[block.days] = use_of(timeline, np.maximum(drawn, 0), end, constant(units, drawn))
                block.uses.append(shared[block.days])


def _attach_partner_targets(
    rollout: Rollout, axis: DayAxis, shops: Sequence[ShopOptions], timelines: Timelines
) -> None:
    target = rollout.partner_target
    if target is None:
        return
    by_partner = {}
    for partner, limit in partner_loss_limits(rollout).items():
        by_partner[partner] = timelines.add(
            Rule.PARTNER_TARGET,
            partner,
            np.array([round(limit * LOSS_SCALE)]),
            np.array([axis.clip(target.first, 0)]),
            days_a_slot=max(1, (target.last - max(target.first, axis.today)).days + 1),
        )
    sold: dict[BlockDays, FloatArray] = {}
    for options in shops:
        closed = options.closed
        timeline = by_partner.get(options.shop.partner)
        if timeline is None or closed is None:
            continue
        block, closed_from, closed_to = closed
        if block.days not in sold:
            begin = np.maximum(closed_from, axis.number(target.first))
            end = np.minimum(closed_to, axis.number(target.last))
            sold[block.days] = range_sum(axis.days_of(options.shop).sales, begin, end)
        share = options.shop.weekly_revenue * partner_loss_share(rollout.costs)
        amount = np.rint(share * sold[block.days] * LOSS_SCALE).astype(np.int64)
        block.uses.append(Use(timeline, constant(0, amount), constant(0, amount), amount))


def _attach_after(axis: DayAxis, shops: Sequence[ShopOptions], timelines: Timelines) -> None:
    """A shop begins only when each predecessor without a given date has finished: never more begun than finished."""
    by_id = {options.shop.id: options for options in shops}
    for options in shops:
        for name in options.shop.after:
            before = by_id.get(name)
            if before is None or options.mandatory or before.shop.is_standing:
                continue
            days = np.arange(axis.count)
            calendar = axis.days_of(options.shop)
            timeline = timelines.add(
                Rule.AFTER,
                f"{options.shop.id} after {name}",
                constant(0, days),
                days,
                binding=calendar.is_working,
            )
            start = options.start
            last = constant(timeline.slots - 1, start)
            options.blocks[0].uses.append(Use(timeline, start, last, constant(1, start)))
            done = before.finish + 1
            last = constant(timeline.slots - 1, done)
            before.blocks[-1].uses.append(use_of(timeline, done, last, constant(-1, done)))
