"""The rules that couple shops, each as timelines and what every position uses of them."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from planner.domain.costs import partner_loss_limits, partner_loss_share
from planner.domain.geography import EARTH_RADIUS_KM, is_within
from planner.domain.rollout import Rollout
from planner.domain.rules import Limit, Supply
from planner.domain.shop import Shop
from planner.domain.supply import available
from planner.scheduling.days import DayAxis, range_sum
from planner.scheduling.options import ShopOptions
from planner.scheduling.timelines import LOSS_SCALE, BoolArray, IntArray, Rule, Timelines, Use

KM_A_DEGREE = EARTH_RADIUS_KM * np.pi / 180


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
            where = f"“{limit.name}”" + (f" for {', '.join(filter(None, group))}" if group else "")
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
    for options in members:
        closed = options.closed
        if closed is not None:
            block, closed_from, closed_to = closed
            begin = np.maximum(closed_from, first) - first + timeline.offset
            end = np.minimum(closed_to, last) - first + timeline.offset
            block.uses.append(_use(begin, end, constant(1, begin), timeline.offset))


def _use(begin: IntArray, end: IntArray, amount: IntArray, offset: int) -> Use:
    """A use; ranges that are empty are moved to the timeline's beginning, so that no index is out of bounds."""
    empty = end < begin
    return Use(np.where(empty, offset, begin), np.where(empty, offset - 1, end), amount)


def _limit_starts(
    axis: DayAxis, limit: Limit, most: int, members: list[ShopOptions], where: str, timelines: Timelines
) -> None:
    weeks = int(axis.week[-1]) + 1
    first_days = np.arange(weeks) * 7 - axis.today.weekday()
    timeline = timelines.add(Rule.LIMIT, where, np.full(weeks, most), np.maximum(first_days, 0), days_a_slot=7)
    for options in members:
        start = options.start
        week = axis.week_of_days(start)
        counts = week >= 0
        if limit.first is not None:
            counts &= start >= axis.number(limit.first)
        if limit.last is not None:
            counts &= start <= axis.number(limit.last)
        begin = np.where(counts, week, 0) + timeline.offset
        end = np.where(counts, week, -1) + timeline.offset
        options.blocks[0].uses.append(Use(begin, end, constant(1, begin)))


def neighbour_pairs(shops: Sequence[Shop], within_km: float) -> list[tuple[int, int]]:
    """Positions of any two shops at most `within_km` apart, by a sweep over latitude."""
    placed = sorted((shop.lat, number) for number, shop in enumerate(shops) if shop.lat is not None)
    reach = within_km / KM_A_DEGREE + 1e-9
    pairs = []
    for place, (lat, number) in enumerate(placed):
        for other_lat, other in placed[place + 1 :]:
            if other_lat - lat > reach:
                break
            if is_within(shops[number], shops[other], within_km):
                pairs.append((min(number, other), max(number, other)))
    return sorted(pairs)


def _attach_neighbours(rollout: Rollout, axis: DayAxis, shops: Sequence[ShopOptions], timelines: Timelines) -> None:
    if rollout.neighbours_km is None:
        return
    closing = [options for options in shops if options.closed is not None and not options.is_impossible()]
    binding = binding_days(axis)
    for a, b in neighbour_pairs([options.shop for options in closing], rollout.neighbours_km):
        spans = [(closing[number].closed, closing[number]) for number in (a, b)]
        froms = [span[1].min() for span, _ in spans if span]
        tos = [span[2].max() for span, _ in spans if span]
        first, last = max(0, *map(int, froms)), min(map(int, tos))
        if last < first:
            continue
        days = np.arange(first, last + 1)
        binds = binding[first : last + 1].copy()
        binds[0] = True
        subject = f"{closing[a].shop.id} and {closing[b].shop.id}"
        timeline = timelines.add(Rule.NEIGHBOURS, subject, constant(1, days), days, binding=binds)
        for span, _ in spans:
            if span:
                block, closed_from, closed_to = span
                begin = np.maximum(closed_from, first) - first + timeline.offset
                end = np.minimum(closed_to, last) - first + timeline.offset
                block.uses.append(_use(begin, end, constant(1, begin), timeline.offset))


def _attach_supply(axis: DayAxis, supply: Supply, shops: Sequence[ShopOptions], timelines: Timelines) -> None:
    days = np.arange(axis.count)
    stock = np.array([available(supply, axis.today, axis.day(day)) for day in range(axis.count)], np.int64)
    binding = np.append(np.diff(stock) > 0, True)
    timeline = timelines.add(Rule.SUPPLY, f"“{supply.name}”", stock, days, binding=binding)
    for options in shops:
        units = supply.needs.get(options.shop_format.name, 0)
        for number, phase in enumerate(options.shop_format.phases):
            if units and phase.name == supply.phase:
                block = options.block_of(number)
                drawn = block.first[number - block.phases.start]
                begin = np.maximum(drawn, 0) + timeline.offset
                end = np.where(drawn >= 0, timeline.end - 1, timeline.offset - 1)
                block.uses.append(_use(begin, end, constant(units, begin), timeline.offset))


def _attach_partner_targets(
    rollout: Rollout, axis: DayAxis, shops: Sequence[ShopOptions], timelines: Timelines
) -> None:
    target = rollout.partner_target
    if target is None:
        return
    slots = {}
    for partner, limit in partner_loss_limits(rollout).items():
        capacity = np.array([round(limit * LOSS_SCALE)])
        slots[partner] = timelines.add(
            Rule.PARTNER_TARGET,
            partner,
            capacity,
            np.array([axis.clip(target.first, 0)]),
            days_a_slot=max(1, (target.last - max(target.first, axis.today)).days + 1),
        ).offset
    for options in shops:
        closed = options.closed
        slot = slots.get(options.shop.partner)
        if slot is None or closed is None:
            continue
        block, closed_from, closed_to = closed
        begin = np.maximum(closed_from, axis.number(target.first))
        end = np.minimum(closed_to, axis.number(target.last))
        share = options.shop.weekly_revenue * partner_loss_share(rollout.costs)
        loss = share * range_sum(axis.days_of(options.shop).sales, begin, end)
        amount = np.rint(loss * LOSS_SCALE).astype(np.int64)
        block.uses.append(Use(constant(slot, begin), constant(slot, begin), amount))


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
            begin = options.start + timeline.offset
            end = constant(timeline.end - 1, begin)
            options.blocks[0].uses.append(Use(begin, end, constant(1, begin)))
            done = np.minimum(before.finish + 1, axis.count) + timeline.offset
            end = constant(timeline.end - 1, done)
            before.blocks[-1].uses.append(_use(done, end, constant(-1, done), timeline.offset))
