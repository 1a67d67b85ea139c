"""Rules that ask one shop at a time: they drop positions, so that nothing later needs to know them."""

from collections.abc import Mapping

import numpy as np

from planner.domain.rollout import Rollout
from planner.domain.rules import Blackout
from planner.domain.shop import Shop, Status
from planner.domain.standing import RemodelDays
from planner.scheduling.days import DayAxis
from planner.scheduling.options import ShopOptions
from planner.scheduling.pricing import INFINITE, Pricer
from planner.scheduling.timelines import BoolArray, IntArray


def frozen_start(rollout: Rollout, shop: Shop) -> int | None:
    """The day after today on which a backlog shop must start because its published date is near (rule 7, freeze)."""
    published = shop.published_start
    if shop.status is not Status.BACKLOG or published is None or rollout.freeze_days == 0:
        return None
    ahead = (published - rollout.today).days
    return ahead if 0 <= ahead <= rollout.freeze_days else None


def keep_frozen_start(options: ShopOptions, start: int) -> None:
    """Keep only positions that start on day `start`."""
    options.blocks[0].keep(options.start == start)
    options.prune_unlinked()


def keep_one(options: ShopOptions) -> None:
    """Keep a single option, one that finishes first."""
    values = [np.where(block.open, 0.0, INFINITE) for block in options.blocks]
    values[-1] = values[-1] + options.finish
    _, positions = Pricer(options).best(values)
    for block, position in zip(options.blocks, positions, strict=True):
        block.keep(np.arange(block.size) == position)


def keep_ready(axis: DayAxis, options: ShopOptions) -> None:
    """Drop positions with a closed phase before `ready_from`."""
    closed = options.closed
    if options.shop.ready_from is None or closed is None:
        return
    block, closed_from, _ = closed
    block.keep(closed_from >= axis.number(options.shop.ready_from))
    options.prune_unlinked()


def keep_open_in_blackouts(rollout: Rollout, axis: DayAxis, options: ShopOptions) -> None:
    """Drop positions that are closed on a day of a blackout."""
    closed = options.closed
    if closed is None:
        return
    block, closed_from, closed_to = closed
    clear = np.ones(len(closed_from), bool)
    for blackout in rollout.blackouts:
        if blackout.scope.matches(options.shop):
            clear &= _apart(closed_from, closed_to, axis.number(blackout.first), axis.number(blackout.last))
    block.keep(clear)
    options.prune_unlinked()


def inevitable_blackouts(
    rollout: Rollout, axis: DayAxis, options: ShopOptions
) -> list[tuple[Blackout, tuple[int, int]]]:
    """The blackouts that all open positions are closed in, and the first and the last day of it that one is closed."""
    if options.closed is None:
        return []
    block, closed_from, closed_to = options.closed
    found = []
    for blackout in rollout.blackouts:
        first = np.maximum(closed_from[block.open], max(0, axis.number(blackout.first)))
        last = np.minimum(closed_to[block.open], axis.number(blackout.last))
        if blackout.scope.matches(options.shop) and (first <= last).all():
            found.append((blackout, (int(first.min()), int(last.max()))))
    return found


def _apart(begin: IntArray, end: IntArray, first: int, last: int) -> BoolArray:
    """Whether each range `begin` to `end` misses the range `first` to `last`."""
    apart: BoolArray = (end < first) | (begin > last)
    return apart


def keep_after_given_dates(
    axis: DayAxis, options: ShopOptions, shops: Mapping[str, Shop], standing: Mapping[str, RemodelDays]
) -> None:
    """Keep positions that start after the given finish of each predecessor: done, fixed or in progress."""
    for name in options.shop.after:
        before = shops[name]
        finish = before.finish if before.status is Status.DONE else None
        if name in standing:
            finish = standing[name].finish
        if finish is not None:
            options.blocks[0].keep(options.start > axis.number(finish))
            options.prune_unlinked()


def keep_before_given_start(options: ShopOptions, start: int) -> None:
    """Keep positions that finish before day `start`, when a shop with a given start comes after this one."""
    options.blocks[-1].keep(options.finish < start)
    options.prune_unlinked()
