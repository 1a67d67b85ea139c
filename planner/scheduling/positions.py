"""Every position a shop's blocks could take by its calendar and the horizon, and what each costs."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise, product

import numpy as np

from planner.domain.costs import (
    ROUNDING_NOISE_CENTS,
    campaign_rate,
    closure_share,
    waiting_share,
)
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import ShopFormat
from planner.domain.standing import RemodelDays
from planner.scheduling.days import CalendarDays, DayAxis, range_sum
from planner.scheduling.options import Block, BlockDays, ShopOptions
from planner.scheduling.timelines import FloatArray, IntArray


def block_ranges(shop_format: ShopFormat) -> list[range]:
    """The phases of each block: cut where a wait is a range that neither a visit nor the closed period spans."""
    spans = [(need.first, need.last) for need in shop_format.visits]
    if shop_format.closed_phases:
        spans.append(shop_format.closed_phases)
    cuts = [
        number
        for number, phase in enumerate(shop_format.phases)
        if number and phase.wait_max > phase.wait_min and not any(first < number <= last for first, last in spans)
    ]
    return [range(begin, end) for begin, end in pairwise([0, *cuts, len(shop_format.phases)])]


def _block_days(shop_format: ShopFormat, phases: range, calendar: CalendarDays, horizon: int) -> BlockDays:
    """All positions of a block that end within the horizon."""
    working = calendar.working[calendar.working <= horizon]
    inner = [shop_format.phases[number] for number in phases]
    waits = product(*(range(phase.wait_min, phase.wait_max + 1) for phase in inner[1:]))
    firsts, lasts, begins, ends = [], [], [], []
    for wait in waits:
        length = sum(phase.days for phase in inner) + sum(wait)
        begin = np.arange(max(0, len(working) - length + 1), dtype=np.int64)
        first, last, offset = [], [], 0
        for phase, before in zip(inner, (0, *wait), strict=True):
            offset += before
            first.append(working[begin + offset])
            offset += phase.days
            last.append(working[begin + offset - 1])
        firsts.append(np.stack(first))
        lasts.append(np.stack(last))
        begins.append(begin)
        ends.append(begin + length)
    return BlockDays(
        phases,
        np.concatenate(firsts, axis=1),
        np.concatenate(lasts, axis=1),
        np.concatenate(begins),
        np.concatenate(ends),
    )


@dataclass(frozen=True, slots=True)
class _Sold:
    """The parts of a week's sales that fall into the closed period and before the finish, at each position."""

    closed: FloatArray | None
    waiting: FloatArray


class PositionMaker:
    """Makes the options of shops; those of a format that keep the same calendar share their days."""

    def __init__(self, rollout: Rollout, axis: DayAxis) -> None:
        self._rollout = rollout
        self._axis = axis
        self._days: dict[tuple[str, str, bool], list[BlockDays]] = {}
        self._standing: dict[tuple[str, str, bool, tuple[tuple[date, date], ...]], BlockDays] = {}
        self._sold: dict[tuple[BlockDays, ...], _Sold] = {}
        self._campaigns: dict[tuple[BlockDays, tuple[int, ...]], FloatArray] = {}

    def free(self, shop: Shop) -> ShopOptions:
        """All a backlog shop could do by its calendar and the horizon, rules and costs not yet asked."""
        shop_format = self._rollout.format_of(shop)
        key = (shop_format.name, shop.state, shop.catholic)
        ranges = block_ranges(shop_format)
        if key not in self._days:
            calendar = self._axis.days_of(shop)
            self._days[key] = [_block_days(shop_format, phases, calendar, self._axis.horizon) for phases in ranges]
        blocks = [
            Block(days, np.ones(len(days.begin), bool), np.zeros(len(days.begin), np.int64)) for days in self._days[key]
        ]
        inner = [shop_format.phases[phases.start] for phases in ranges[1:]]
        waits = [(phase.wait_min, phase.wait_max) for phase in inner]
        return ShopOptions(shop, shop_format, blocks, waits, self._unplanned_cents(shop))

    def standing(self, shop: Shop, days: RemodelDays) -> ShopOptions:
        """The one option of a shop whose dates are given."""
        shop_format, axis = self._rollout.format_of(shop), self._axis
        key = (shop_format.name, shop.state, shop.catholic, days.phases)
        if key not in self._standing:
            first = np.array([[axis.number(first)] for first, _ in days.phases], np.int64)
            last = np.array([[axis.number(last)] for _, last in days.phases], np.int64)
            one = np.zeros(1, np.int64)
            self._standing[key] = BlockDays(range(len(shop_format.phases)), first, last, one, one)
        block = Block(self._standing[key], np.ones(1, bool), np.zeros(1, np.int64))
        return ShopOptions(shop, shop_format, [block], [], 0, mandatory=True)

    def price(self, options: ShopOptions) -> None:
        """Set each block's `cost`: closure, waiting, lateness and change, each rounded to cents."""
        shop, costs = options.shop, self._rollout.costs
        sold = self._sales(options)
        first_block, last_block = options.blocks[0], options.blocks[-1]
        closed = options.closed
        if closed is not None and sold.closed is not None:
            block, closed_from, closed_to = closed
            lost = shop.weekly_revenue * closure_share(costs) * sold.closed
            block.cost = block.cost + cents_of(lost + self._campaign_losses(options, block, closed_from, closed_to))
        last_block.cost = last_block.cost + cents_of(shop.weekly_revenue * waiting_share(costs) * sold.waiting)
        if shop.due_by is not None:
            late = np.maximum(options.finish - self._axis.number(shop.due_by), 0)
            last_block.cost = last_block.cost + cents_of(costs.late_day * late.astype(np.float64))
        if shop.published_start is not None:
            moved = options.start != self._axis.number(shop.published_start)
            first_block.cost = first_block.cost + cents_of(costs.change * moved.astype(np.float64))

    def _unplanned_cents(self, shop: Shop) -> int:
        """What having no date costs: waiting to the end of the horizon."""
        sold = self._axis.days_of(shop).sales[self._axis.horizon + 1]
        return int(cents_of(np.array([shop.weekly_revenue * waiting_share(self._rollout.costs) * sold]))[0])

    def _sales(self, options: ShopOptions) -> _Sold:
        key = tuple(block.days for block in options.blocks)
        if key not in self._sold:
            calendar, closed = self._axis.days_of(options.shop), options.closed
            self._sold[key] = _Sold(
                None if closed is None else range_sum(calendar.sales, closed[1], closed[2]),
                range_sum(calendar.sales, np.zeros_like(options.finish), options.finish),
            )
        return self._sold[key]

    def _campaign_losses(
        self, options: ShopOptions, block: Block, closed_from: IntArray, closed_to: IntArray
    ) -> FloatArray:
        """EUR that the campaigns lose at each position."""
        shop = options.shop
        campaigns = self._rollout.campaigns
        here = tuple(number for number, item in enumerate(campaigns) if item.scope.matches(shop))
        key = (block.days, here)
        if key not in self._campaigns:
            trading = np.concatenate([[0.0], np.cumsum(self._axis.days_of(shop).is_trading)])
            lost = np.zeros(len(closed_from))
            for number in here:
                begin = np.maximum(closed_from, self._axis.number(campaigns[number].first))
                end = np.minimum(closed_to, self._axis.number(campaigns[number].last))
                lost += campaign_rate(campaigns[number]) * range_sum(trading, begin, end)
            self._campaigns[key] = lost
        return self._campaigns[key]


def cents_of(eur: FloatArray) -> IntArray:
    """EUR to whole cents, halves up, as `domain.costs.cents` does."""
    return np.floor(eur * 100 + 0.5 + ROUNDING_NOISE_CENTS).astype(np.int64)
