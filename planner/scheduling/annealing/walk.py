"""Ruin and recreate with simulated annealing, compiled.

A few shops that want the same crews at about the same time lose their dates and get new ones, one after the other, the
cheapest that fit; the new plan is kept if it is better, or not much worse (Schrimpf et al., Record breaking
optimization results using the ruin and recreate principle, 2000; Christiaens and Vanden Berghe, Slack induction by
string removals, 2020). Some of those shops are drawn by how far they are from what the prices would have them do: a
few that are far off hold most of what a plan loses. Levels 1 and 2 never get worse.
"""

from typing import NamedTuple

import numpy as np

from planner.scheduling.annealing.compiled import inner, outer
from planner.scheduling.annealing.insertion import NO_OPTION, Guide, Scratch, cheapest
from planner.scheduling.annealing.layout import Layout
from planner.scheduling.annealing.seating import copy_shop, count_short, keeps_room, put, remove, worth
from planner.scheduling.annealing.state import MONEY, SHORT, UNPLANNED, State
from planner.scheduling.flat import NEVER
from planner.scheduling.timelines import FloatArray, IntArray

MOST_REMOVED = 10
MOST_RIVALS = 1500
"""Of more shops that share a class, a part is looked at."""
SHARE_TIME, SHARE_WISH = 0.15, 0.4
"""How often shops are near in time whoever their crews are, and how often the first goes where it would like to."""
DATED_LATER = 0.1
NEAR_DAYS = 8.0
HOPELESS = 12.0
"""A change that is already worse by so many times the heat is given up."""
FIRST = 1e12


class Wishes(NamedTuple):
    """For each shop, shape (shops,): the day its last block would begin at the prices, and what it would be worth."""

    starts: IntArray
    values: FloatArray


class Bench(NamedTuple):
    """Where shops wait during a change, in what order; which others could; running sums of what shops lose.

    `movable` begins with the shops that may change.
    """

    movable: IntArray
    shops: IntArray
    keys: FloatArray
    rivals: IntArray
    distances: FloatArray
    losses: FloatArray


def bench_for(layout: Layout) -> Bench:
    """Arrays for changes of a plan with the shops of the layout."""
    shops = len(layout.shops) - 1
    return Bench(
        movable=np.zeros(shops, np.int64),
        shops=np.zeros(MOST_REMOVED, np.int64),
        keys=np.zeros(MOST_REMOVED),
        rivals=np.zeros(MOST_RIVALS, np.int64),
        distances=np.zeros(MOST_RIVALS),
        losses=np.zeros(shops),
    )


@outer
def walk(
    layout: Layout,
    now: State,
    before: State,
    wishes: Wishes,
    prefix: FloatArray,
    heat: float,
    changes: int,
    seed: int,
    scratch: Scratch,
    bench: Bench,
) -> int:
    """Try `changes` changes of `now`; how many positions were valued.

    `before` holds what `now` holds, and does so again at the end; `heat` is in cents.
    """
    np.random.seed(seed)
    _sum_losses(layout, now, wishes, prefix, bench.losses)
    movable = _list_movable(layout, bench.movable)
    work = 0
    if movable == 0:
        return work
    for _ in range(changes):
        count = _ruin(layout, now, wishes, movable, bench)
        for place in range(count):
            remove(layout, now, bench.shops[place])
        _order(now, wishes, count, bench)
        weight = 0.5 * np.random.randint(3)
        noise = heat if np.random.random() < 0.5 else 0.0
        inserted = 0
        while inserted < count and not _is_hopeless(layout, now, before, inserted, heat, bench):
            shop = bench.shops[inserted]
            guide = Guide(prefix, weight, noise, _due(layout, now))
            value = cheapest(layout, shop, now.left, guide, scratch, now.positions, now.units)
            put(layout, now, shop, value < NO_OPTION)
            work += layout.blocks[layout.shops[shop].blocks].size
            inserted += 1
        if inserted == count and _is_kept(layout, now, before, count, heat, bench):
            _note(layout, now, before, count, bench)
        else:
            _put_back(layout, now, before, count, inserted, bench)
    return work


@inner
def _sum_losses(layout: Layout, now: State, wishes: Wishes, prefix: FloatArray, losses: FloatArray) -> None:
    """Running sums of what the movable shops lose against their wishes."""
    total = 0.0
    for shop in range(len(losses)):
        if layout.shops[shop].is_movable and now.shops[shop].is_dated:
            total += max(0.0, worth(layout, now, shop, prefix) - wishes.values[shop])
        losses[shop] = total


@inner
def _list_movable(layout: Layout, movable: IntArray) -> int:
    """Write the numbers of the shops that may change into `movable`; how many."""
    count = 0
    for shop in range(len(movable)):
        if layout.shops[shop].is_movable:
            movable[count] = shop
            count += 1
    return count


@inner
def _ruin(layout: Layout, now: State, wishes: Wishes, movable: int, bench: Bench) -> int:
    """Choose shops to take out, of the first `movable` of `bench.movable`, into `bench.shops`; how many."""
    shops = len(bench.losses)
    by_wish = np.random.random() < SHARE_WISH and bench.losses[shops - 1] > 0.0
    if by_wish:
        first = min(shops - 1, np.searchsorted(bench.losses, (1.0 - np.random.random()) * bench.losses[shops - 1]))
    else:
        first = bench.movable[np.random.randint(movable)]
    day = now.shops[first].starts
    if (by_wish or day < 0) and wishes.starts[first] < NEVER:
        day = wishes.starts[first]
    found = _find_rivals(layout, now, first, day, bench)
    bench.shops[0] = first
    count = 1
    wanted = 1 + np.random.randint(MOST_REMOVED)
    while count < wanted and found > 0:
        nearest = 0
        for place in range(1, found):
            if bench.distances[place] < bench.distances[nearest]:
                nearest = place
        bench.shops[count] = bench.rivals[nearest]
        count += 1
        found -= 1
        bench.rivals[nearest], bench.distances[nearest] = bench.rivals[found], bench.distances[found]
    return count


@inner
def _find_rivals(layout: Layout, now: State, first: int, day: int, bench: Bench) -> int:
    """Shops that share a class of crews with `first`, or any, and how far from `day` they are; how many."""
    begin, stop = layout.shops[first].classes, layout.shops[first + 1].classes
    is_any = stop == begin or np.random.random() < SHARE_TIME
    low, high = 0, len(bench.losses)
    if not is_any:
        crew_class = layout.classes_of_shops[begin + np.random.randint(stop - begin)]
        low, high = layout.classes[crew_class].shops, layout.classes[crew_class + 1].shops
    count = min(high - low, MOST_RIVALS)
    offset = np.random.randint(high - low)
    found = 0
    for step in range(count):
        place = low + (offset + step) % (high - low)
        shop = place if is_any else layout.shops_of_classes[place]
        if shop != first and layout.shops[shop].is_movable:
            if now.shops[shop].is_dated:
                distance = abs(now.shops[shop].starts - day) + NEAR_DAYS * np.random.random()
            elif np.random.random() < DATED_LATER:
                distance = 0.0
            else:
                continue
            bench.rivals[found] = shop
            bench.distances[found] = distance
            found += 1
    return found


@inner
def _order(now: State, wishes: Wishes, count: int, bench: Bench) -> None:
    """Sort the shops that are out: those without a date first; else at random, or by a rule drawn at random."""
    rule = np.random.randint(4)
    for place in range(count):
        shop, chance = bench.shops[place], np.random.random()
        if rule == 0:
            key = chance
        elif rule == 1:
            key = -now.shops[shop].cents * (0.7 + 0.6 * chance)
        elif rule == 2:
            key = wishes.starts[shop] + 15.0 * chance
        else:
            key = chance if place else -1.0
        bench.keys[place] = key if now.shops[shop].is_dated else key - FIRST
    for place in range(1, count):
        key, shop, at = bench.keys[place], bench.shops[place], place
        while at > 0 and bench.keys[at - 1] > key:
            bench.keys[at], bench.shops[at] = bench.keys[at - 1], bench.shops[at - 1]
            at -= 1
        bench.keys[at], bench.shops[at] = key, shop


@inner
def _due(layout: Layout, now: State) -> int:
    """The first day by which too few shops are done; -1 if there is none."""
    due = -1
    for number in range(len(layout.deadlines)):
        day = layout.deadlines[number].day
        if now.done[number] < layout.deadlines[number].need and (due < 0 or day < due):
            due = day
    return due


@inner
def _is_hopeless(layout: Layout, now: State, before: State, inserted: int, heat: float, bench: Bench) -> bool:
    """Whether the shops inserted so far rule out that the change is kept."""
    for place in range(inserted):
        shop = bench.shops[place]
        if layout.shops[shop].is_mandatory and not now.shops[shop].is_dated:
            return True
    if now.totals[UNPLANNED] != before.totals[UNPLANNED]:
        return bool(now.totals[UNPLANNED] > before.totals[UNPLANNED])
    return bool(now.totals[MONEY] > before.totals[MONEY] + HOPELESS * heat)


@inner
def _is_kept(layout: Layout, now: State, before: State, count: int, heat: float, bench: Bench) -> bool:
    """Whether a change breaks nothing and is better, or at this heat not too much worse."""
    if _is_hopeless(layout, now, before, count, NO_OPTION, bench):
        return False
    for place in range(count):
        if not keeps_room(layout, now, bench.shops[place]):
            return False
    count_short(layout, now)
    for level in (SHORT, UNPLANNED):
        if now.totals[level] != before.totals[level]:
            return bool(now.totals[level] < before.totals[level])
    allowed = -heat * np.log(1.0 - np.random.random())
    return bool(now.totals[MONEY] < before.totals[MONEY] + allowed)


@inner
def _note(layout: Layout, now: State, before: State, count: int, bench: Bench) -> None:
    """Let `before` hold what `now` holds, its slots apart."""
    for place in range(count):
        copy_shop(layout, now, before, bench.shops[place])
    before.totals[:] = now.totals


@inner
def _put_back(layout: Layout, now: State, before: State, count: int, inserted: int, bench: Bench) -> None:
    for place in range(inserted):
        remove(layout, now, bench.shops[place])
    for place in range(count):
        shop = bench.shops[place]
        copy_shop(layout, before, now, shop)
        put(layout, now, shop, before.shops[shop].is_dated)
    now.totals[:] = before.totals
