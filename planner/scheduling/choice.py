"""A choice for a shop (a position in each block, crews for each visit), and the plan that choices make."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.domain.costs import cents
from planner.scheduling.options import ShopOptions
from planner.scheduling.timelines import IntArray

SlotUse = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """What one shop does: a position in each block, and for each visit of the format the units of each class."""

    positions: tuple[int, ...]
    crews: tuple[Mapping[int, int], ...]


def slot_uses(options: ShopOptions, choice: Choice) -> list[SlotUse]:
    """What a choice uses: (first slot, last slot, amount) each."""
    found = []
    for block, position in zip(options.blocks, choice.positions, strict=True):
        found += [use.at(position) for use in block.uses]
        for visit in block.visits:
            sent = choice.crews[visit.number]
            for class_choice in visit.choices:
                units = sent.get(class_choice.crew_class, 0)
                if units:
                    for use in class_choice.uses:
                        begin, end, amount = use.at(position)
                        found.append((begin, end, amount * units))
    return [(begin, end, amount) for begin, end, amount in found if begin <= end and amount]


def choice_cents(options: ShopOptions, choice: Choice) -> int:
    """What a choice costs, in cents: all items are whole cents, travel is rounded once for the shop."""
    total, travel = 0, 0.0
    for block, position in zip(options.blocks, choice.positions, strict=True):
        total += int(block.cost[position])
        for visit in block.visits:
            sent = choice.crews[visit.number]
            travel += sum(
                visit.travel_cents(choice, position) * sent.get(choice.crew_class, 0) for choice in visit.choices
            )
    return total + cents(travel / 100)


def add_uses(usage: IntArray, uses: list[SlotUse], sign: int = 1) -> None:
    """Add uses to the flat array `usage` in place; `sign` -1 takes them away."""
    for begin, end, amount in uses:
        usage[begin : end + 1] += sign * amount
