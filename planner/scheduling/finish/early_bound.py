"""How early the last remodel can finish at best, from arguments that hold for every plan.

A day is ruled out where one of these shows that not all can be over by then:
- chains: each shop at its earliest after those it comes after;
- energy: the visits that only some classes of crews can make need more days of them than these have between the
  earliest that such a visit begins and the latest that it ends, for any such set of visits (heads, tails and energies:
  Carlier and Pinson, Management Science 35, 1989; Baptiste, Le Pape and Nuijten, Annals of OR 92, 1999);
- compulsory parts: what a remodel holds wherever it goes, if it is over by then, is more than there is (Lahrichi,
  RAIRO Operations Research 16, 1982). This is the one that counts for supply.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.scheduling.options import ShopOptions
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import BoolArray, IntArray, Rule

Masks = list[BoolArray]


@dataclass(frozen=True, slots=True)
class _Visit:
    """The least a visit asks: its first day at the earliest, the days after it to the end of all, its crew-days."""

    head: int
    tail: int
    energy: int
    classes: frozenset[int]


def early_bound(problem: Problem, *, all_planned: bool) -> int:
    """The least last finish, in days after today, of plans that date all shops, or else only mandatory ones."""
    return EarlyBound(problem, [item for item in problem.options if all_planned or item.mandatory]).day()


class EarlyBound:
    """The bound for plans that date all of `members`."""

    def __init__(self, problem: Problem, members: Sequence[ShopOptions]) -> None:
        self._problem = problem
        self._order = _predecessors_first(members)
        self._by_id = {options.shop.id: options for options in members}
        self._before = {
            options.shop.id: [] if options.mandatory else [name for name in options.shop.after if name in self._by_id]
            for options in members
        }
        self._masks = self._reachable()
        self._tails = self._least_tails()

    def day(self) -> int:
        """The largest day that any of the arguments yields."""
        settled = [int(options.finish[choice.positions[-1]]) for options, choice in self._problem.settled]
        finishes = [_least_last(options, self._masks[options.shop.id]) for options in self._order]
        least = max([0, *settled, *finishes, *self._energies()])
        most = self._problem.axis.count
        while least < most:
            middle = (least + most) // 2
            if self._is_ruled_out(middle):
                least = middle + 1
            else:
                most = middle
        return least

    def _reachable(self) -> dict[str, Masks]:
        """The positions each shop can take after those before it at their earliest."""
        masks: dict[str, Masks] = {}
        for options in self._order:
            before = self._before[options.shop.id]
            finishes = [_least_last(self._by_id[name], masks[name]) for name in before]
            masks[options.shop.id] = _linked(options, not_before=max(finishes, default=-1) + 1)
        return masks

    def _least_tails(self) -> dict[str, int]:
        """The least days from a shop's finish to that of the last shop that comes after it."""
        tails = dict.fromkeys(self._by_id, 0)
        for options in reversed(self._order):
            masks = self._masks[options.shop.id]
            length = _least_length(options, masks)
            for name in self._before[options.shop.id]:
                tails[name] = max(tails[name], tails[options.shop.id] + length)
        return tails

    def _energies(self) -> list[int]:
        visits = self._visits()
        room: dict[int, IntArray] = {}
        lines = [line for line in self._problem.timelines.items if line.rule is Rule.CREW]
        for number, line in enumerate(lines):
            room[number] = np.maximum(self._problem.capacity[line.offset : line.end], 0)
        bounds = [0]
        for classes in {visit.classes for visit in visits if visit.classes}:
            within = [visit for visit in visits if visit.classes <= classes]
            bounds.append(_energy_bound(within, np.sum([room[number] for number in classes], axis=0)))
        return bounds

    def _visits(self) -> list[_Visit]:
        found = []
        for options in self._order:
            masks = self._masks[options.shop.id]
            for block, mask in zip(options.blocks, masks, strict=True):
                is_last = block is options.blocks[-1]
                for visit in block.visits:
                    first, last = visit.first[mask], visit.last[mask]
                    held = np.maximum(last + 1 - np.maximum(first, 0), 0)
                    after = int((options.finish[mask] - last).min()) if is_last else 0
                    tail = max(0, after) + self._tails[options.shop.id]
                    classes = frozenset(choice.crew_class for choice in visit.choices)
                    found.append(_Visit(max(0, int(first.min())), tail, int(held.min()) * visit.need.units, classes))
        return found

    def _is_ruled_out(self, day: int) -> bool:
        """Whether what all members hold wherever they go, if over by `day`, is more than there is."""
        used: dict[int, IntArray] = {}
        for options in self._order:
            tail = self._tails[options.shop.id]
            open_last = self._masks[options.shop.id][-1] & (options.finish <= day - tail)
            masks = _linked(options, self._masks[options.shop.id], open_last)
            if not all(mask.any() for mask in masks):
                return True
            for block, mask in zip(options.blocks, masks, strict=True):
                uses = [(use, 1) for use in block.uses]
                for visit in block.visits:
                    if len(visit.choices) == 1:
                        uses += [(use, visit.need.units) for use in visit.choices[0].uses]
                for use, units in uses:
                    begin, end = int(use.begin[mask].max()), int(use.end[mask].min())
                    amount = int(use.amount[mask].min()) * units
                    if begin <= end and amount > 0:
                        line = use.timeline
                        if line.number not in used:
                            used[line.number] = np.zeros(line.slots + 1, np.int64)
                        used[line.number][begin] += amount
                        used[line.number][end + 1] -= amount
        for number, steps in used.items():
            line = self._problem.timelines.items[number]
            room = np.maximum(self._problem.capacity[line.offset : line.end], 0)
            if line.rule is not Rule.AFTER and (np.cumsum(steps[:-1]) > room).any():
                return True
        return False


def _predecessors_first(members: Sequence[ShopOptions]) -> list[ShopOptions]:
    by_id = {options.shop.id: options for options in members}
    ordered: dict[str, ShopOptions] = {}
    for options in members:
        stack = [options]
        while stack:
            waiting = [by_id[name] for name in stack[-1].shop.after if name in by_id and name not in ordered]
            if waiting:
                stack += waiting
            else:
                done = stack.pop()
                ordered[done.shop.id] = done
    return list(ordered.values())


def _linked(
    options: ShopOptions, masks: Masks | None = None, last: BoolArray | None = None, not_before: int = 0
) -> Masks:
    """The positions of each block that some option passes: those of `masks`, `last` ones, that start so late."""
    kept = [block.open.copy() for block in options.blocks] if masks is None else list(masks)
    if last is not None:
        kept[-1] = kept[-1] & last
    if not options.mandatory:
        kept[0] = kept[0] & (options.start >= not_before)
    for number, (least, most) in enumerate(options.waits):
        before, after = options.blocks[number], options.blocks[number + 1]
        kept[number + 1] = kept[number + 1] & _within(after.begin, before.end[kept[number]], least, most)
    for number, (least, most) in reversed(list(enumerate(options.waits))):
        before, after = options.blocks[number], options.blocks[number + 1]
        kept[number] = kept[number] & _within(-before.end, -after.begin[kept[number + 1]], least, most)
    return kept


def _within(values: IntArray, bases: IntArray, least: int, most: int) -> BoolArray:
    """Whether each value is between `least` and `most` above one of `bases`."""
    ordered = np.sort(bases)
    first = np.searchsorted(ordered, values - most, side="left")
    stop = np.searchsorted(ordered, values - least, side="right")
    within: BoolArray = stop > first
    return within


def _least_last(options: ShopOptions, masks: Masks) -> int:
    return int(options.finish[masks[-1]].min()) if masks[-1].any() else 0


def _least_length(options: ShopOptions, masks: Masks) -> int:
    """The least calendar days a remodel lasts, waits between its blocks left out."""
    return sum(
        int((block.last[-1][mask] - block.first[0][mask]).min()) + 1 if mask.any() else 0
        for block, mask in zip(options.blocks, masks, strict=True)
    )


def _energy_bound(visits: Sequence[_Visit], room: IntArray) -> int:
    """The largest finish that some of the visits prove, those with heads and tails from some day on."""
    had = np.concatenate([[0], np.cumsum(room)])
    heads = np.array([visit.head for visit in visits])
    by_tail = np.argsort([-visit.tail for visit in visits], kind="stable")
    energy = np.array([visit.energy for visit in visits])[by_tail]
    tails = np.array([visit.tail for visit in visits])[by_tail]
    best = 0
    for head in np.unique(heads).tolist():
        needed = np.cumsum(np.where(heads[by_tail] >= head, energy, 0))
        day = np.searchsorted(had, had[min(head, len(room))] + needed, side="left") - 1
        ends = np.where(needed > 0, day + tails, 0)
        best = max(best, int(ends.max(initial=0)))
    return best
