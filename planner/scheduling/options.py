"""Each start a shop could take: its days, what it uses, what it costs.

Calendars live here and nowhere later: for every position the day each phase falls on is known, so that the solvers
see numbers only. Where the wait between two phases is a range, the phases before and after it form blocks of their
own, chosen separately and linked by the wait; a wait that a visit or the closed period spans stays inside one
block, with a position for each of its lengths.
"""

from dataclasses import dataclass, field
from itertools import pairwise, product

import numpy as np

from planner.domain.costs import (
    ROUNDING_NOISE_CENTS,
    campaign_rate,
    closure_share,
    unplanned_cost,
    waiting_share,
)
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import ShopFormat, VisitNeed
from planner.domain.standing import RemodelDays, remodel_days
from planner.scheduling.days import CalendarDays, DayAxis, range_sum
from planner.scheduling.timelines import BoolArray, FloatArray, IntArray, Use


@dataclass(slots=True)
class ClassChoice:
    """A class of crews that can make a visit: the slots one unit holds, what it drives (cents a unit), and where.

    `travel` and `allowed` have one entry a position; `units` is the most that the class can send.
    """

    crew_class: int
    units: int
    uses: tuple[Use, ...]
    travel: FloatArray
    allowed: BoolArray


@dataclass(slots=True)
class VisitChoice:
    """A visit of a block: its days at each position, and the classes that can make it."""

    number: int
    need: VisitNeed
    first: IntArray
    last: IntArray
    choices: list[ClassChoice] = field(default_factory=list)

    def keep(self, mask: BoolArray) -> None:
        """Drop the positions where `mask` is false."""
        self.first, self.last = self.first[mask], self.last[mask]
        for choice in self.choices:
            choice.uses = tuple(use.kept(mask) for use in choice.uses)
            choice.travel, choice.allowed = choice.travel[mask], choice.allowed[mask]


@dataclass(slots=True)
class Block:
    """Phases that move together.

    `first` and `last` are days, shape (phases, positions). `begin` and `end` count working days: the first of the
    block and one past its last. `cost` is cents, crews' travel apart.
    """

    phases: range
    first: IntArray
    last: IntArray
    begin: IntArray
    end: IntArray
    cost: IntArray
    uses: list[Use] = field(default_factory=list)
    visits: list[VisitChoice] = field(default_factory=list)

    @property
    def positions(self) -> int:
        """How many positions the block has."""
        return int(self.first.shape[1])

    def keep(self, mask: BoolArray) -> None:
        """Drop the positions where `mask` is false."""
        self.first, self.last = self.first[:, mask], self.last[:, mask]
        self.begin, self.end, self.cost = self.begin[mask], self.end[mask], self.cost[mask]
        self.uses = [use.kept(mask) for use in self.uses]
        for visit in self.visits:
            visit.keep(mask)


@dataclass(slots=True)
class ShopOptions:
    """A shop that is to be planned, and all it could do.

    `waits` are the working days between each two blocks, least and most. `unplanned_cents` is what having no date
    costs; a shop that is `mandatory` must have one.
    """

    shop: Shop
    shop_format: ShopFormat
    blocks: list[Block]
    waits: list[tuple[int, int]]
    unplanned_cents: int
    mandatory: bool = False

    @property
    def start(self) -> IntArray:
        """The start day at each position of the first block."""
        start: IntArray = self.blocks[0].first[0]
        return start

    @property
    def finish(self) -> IntArray:
        """The last day at each position of the last block."""
        finish: IntArray = self.blocks[-1].last[-1]
        return finish

    def block_of(self, phase: int) -> Block:
        """The block that holds the phase at position `phase` of the format."""
        return next(block for block in self.blocks if phase in block.phases)

    @property
    def closed(self) -> tuple[Block, IntArray, IntArray] | None:
        """The block that holds the closed period, and from when to when it is closed at each position."""
        span = self.shop_format.closed_phases
        if span is None:
            return None
        block = self.block_of(span[0])
        begin = block.phases.start
        return block, block.first[span[0] - begin], block.last[span[1] - begin]

    def is_impossible(self) -> bool:
        """Whether no position is left in some block."""
        return any(block.positions == 0 for block in self.blocks)

    def prune_unlinked(self) -> None:
        """Drop positions that no position of a neighbouring block can be reached from."""
        for before, after, (least, most) in zip(self.blocks, self.blocks[1:], self.waits, strict=False):
            after.keep(_reached(after.begin, before.end + least, before.end + most))
        for before, after, (least, most) in reversed(list(zip(self.blocks, self.blocks[1:], self.waits, strict=False))):
            before.keep(_reached(before.end, after.begin - most, after.begin - least))


def _reached(values: IntArray, low: IntArray, high: IntArray) -> BoolArray:
    """Whether each value lies in one of the ranges `low` to `high`."""
    if not len(values) or not len(low):
        return np.zeros(len(values), bool)
    size = int(max(values.max(), high.max())) + 2
    floor = int(min(values.min(), low.min()))
    steps = np.zeros(size - floor + 1, np.int64)
    np.add.at(steps, low - floor, 1)
    np.add.at(steps, high + 1 - floor, -1)
    reached: BoolArray = np.cumsum(steps)[values - floor] > 0
    return reached


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


def _block(shop_format: ShopFormat, phases: range, calendar: CalendarDays, horizon: int) -> Block:
    """All positions of a block that end within the horizon, costs at zero."""
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
    count = sum(len(begin) for begin in begins)
    return Block(
        phases,
        np.concatenate(firsts, axis=1),
        np.concatenate(lasts, axis=1),
        np.concatenate(begins),
        np.concatenate(ends),
        np.zeros(count, np.int64),
    )


def free_options(rollout: Rollout, axis: DayAxis, shop: Shop) -> ShopOptions:
    """All a backlog shop could do by its calendar and the horizon, rules not yet asked."""
    shop_format = rollout.format_of(shop)
    calendar = axis.days_of(shop)
    ranges = block_ranges(shop_format)
    blocks = [_block(shop_format, phases, calendar, axis.horizon) for phases in ranges]
    waits = [
        (shop_format.phases[phases.start].wait_min, shop_format.phases[phases.start].wait_max) for phases in ranges[1:]
    ]
    cost = unplanned_cost(rollout, axis.calendars, shop).total
    return ShopOptions(shop, shop_format, blocks, waits, cost)


def standing_option(rollout: Rollout, axis: DayAxis, shop: Shop, days: RemodelDays) -> ShopOptions:
    """The one option of a shop whose dates are given."""
    shop_format = rollout.format_of(shop)
    first = np.array([[axis.number(first)] for first, _ in days.phases], np.int64)
    last = np.array([[axis.number(last)] for _, last in days.phases], np.int64)
    one = np.zeros(1, np.int64)
    block = Block(range(len(shop_format.phases)), first, last, one, one.copy(), one.copy())
    return ShopOptions(shop, shop_format, [block], [], 0, mandatory=True)


def days_at(axis: DayAxis, options: ShopOptions, positions: tuple[int, ...]) -> RemodelDays:
    """The days of an option as dates."""
    phases = [
        (axis.day(int(first)), axis.day(int(last)))
        for block, position in zip(options.blocks, positions, strict=True)
        for first, last in zip(block.first[:, position], block.last[:, position], strict=True)
    ]
    return remodel_days(options.shop_format, tuple(phases))


def cents_of(eur: FloatArray) -> IntArray:
    """EUR to whole cents, halves up, as `domain.costs.cents` does."""
    return np.floor(eur * 100 + 0.5 + ROUNDING_NOISE_CENTS).astype(np.int64)


def price_positions(rollout: Rollout, axis: DayAxis, options: ShopOptions) -> None:
    """Set each block's `cost`: closure, waiting, lateness and change, each rounded to cents."""
    shop, costs = options.shop, rollout.costs
    calendar = axis.days_of(shop)
    first_block, last_block = options.blocks[0], options.blocks[-1]
    closed = options.closed
    if closed is not None:
        block, closed_from, closed_to = closed
        lost = shop.weekly_revenue * closure_share(costs) * range_sum(calendar.sales, closed_from, closed_to)
        block.cost = block.cost + cents_of(lost + _campaigns(rollout, axis, options, closed_from, closed_to))
    today = np.zeros_like(options.finish)
    sold = range_sum(calendar.sales, today, options.finish)
    last_block.cost = last_block.cost + cents_of(shop.weekly_revenue * waiting_share(costs) * sold)
    if shop.due_by is not None:
        late = np.maximum(options.finish - axis.number(shop.due_by), 0)
        last_block.cost = last_block.cost + cents_of(costs.late_day * late.astype(np.float64))
    if shop.published_start is not None:
        moved = options.start != axis.number(shop.published_start)
        first_block.cost = first_block.cost + cents_of(costs.change * moved.astype(np.float64))


def _campaigns(
    rollout: Rollout, axis: DayAxis, options: ShopOptions, closed_from: IntArray, closed_to: IntArray
) -> FloatArray:
    """EUR that the campaigns lose at each position."""
    calendar = axis.days_of(options.shop)
    trading = np.concatenate([[0.0], np.cumsum(calendar.is_trading)])
    lost = np.zeros(len(closed_from))
    for campaign in rollout.campaigns:
        if campaign.scope.matches(options.shop):
            begin = np.maximum(closed_from, axis.number(campaign.first))
            end = np.minimum(closed_to, axis.number(campaign.last))
            lost += campaign_rate(campaign) * range_sum(trading, begin, end)
    return lost
