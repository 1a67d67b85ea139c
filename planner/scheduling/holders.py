"""Who holds what in a plan: for each timeline, the shops that use it and when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from planner.domain.plan import Remodel
from planner.scheduling.choice import Choice, slot_uses
from planner.scheduling.crew_classes import ClassVisit
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.options import ShopOptions
from planner.scheduling.pricing import Room


@dataclass(frozen=True, slots=True)
class Hold:
    """What a shop uses of a timeline: `amount` on the slots `begin` to `end`, both included."""

    shop: str
    begin: int
    end: int
    amount: int


class Holders:
    """The holds of a plan by the number of the timeline, and its visits by class of crews."""

    def __init__(self, plan: Incumbent, remodels: Mapping[str, Remodel]) -> None:
        timelines = plan.problem.timelines
        self._holds: dict[int, list[Hold]] = defaultdict(list)
        self._lacking: list[tuple[int, int, int]] = []
        self.visits: list[list[ClassVisit]] = [[] for _ in plan.problem.classes]
        pairs = zip(plan.problem.options, plan.choices, strict=True)
        planned = [(options, choice) for options, choice in pairs if choice is not None]
        for options, choice in [*plan.problem.settled, *planned]:
            for begin, end, amount in slot_uses(options, choice):
                self._holds[timelines.number_of(begin)].append(Hold(options.shop.id, begin, end, amount))
            for crew_class, visit in class_visits(options, choice, remodels.get(options.shop.id)):
                self.visits[crew_class].append(visit)
        for number, (options, chosen) in enumerate(zip(plan.problem.options, plan.choices, strict=True)):
            if chosen is not None:
                self._lacking += [(number, *slots) for slots in _lacking(options, chosen)]

    def of(self, timeline: int, begin: int, end: int) -> Iterable[Hold]:
        """What holds slots from `begin` to `end` of a timeline."""
        return (hold for hold in self._holds[timeline] if hold.begin <= end and hold.end >= begin and hold.amount > 0)

    def leave_nothing(self, room: Room, asking: int) -> None:
        """Where a given remodel lacks crews, nothing more is left of those it could have; but for itself."""
        for number, begin, end in self._lacking:
            if number != asking:
                left = room.at(np.arange(begin, end + 1))
                room.take(
                    [
                        (slot, slot, int(free))
                        for slot, free in zip(range(begin, end + 1), left, strict=True)
                        if free > 0
                    ]
                )


def class_visits(
    options: ShopOptions, choice: Choice, remodel: Remodel | None = None
) -> Iterable[tuple[int, ClassVisit]]:
    """The visits of a choice that are not over, with the class that makes each and its crews in `remodel`."""
    for block, position in zip(options.blocks, choice.positions, strict=True):
        for visit in block.visits:
            first, last = int(visit.first[position]), int(visit.last[position])
            for crew_class, units in choice.crews[visit.number].items():
                if last >= 0:
                    before = {} if remodel is None else remodel.phases[visit.need.first].crews
                    yield crew_class, ClassVisit((options.shop.id, visit.number), max(first, 0), last, units, before)


def _lacking(options: ShopOptions, choice: Choice) -> Iterable[tuple[int, int]]:
    """The slots of all crews that a visit with too few units could have."""
    for block, position in zip(options.blocks, choice.positions, strict=True):
        for visit in block.visits:
            if sum(choice.crews[visit.number].values()) < visit.need.units:
                for able in visit.choices:
                    for use in able.uses:
                        begin, end, _ = use.at(position)
                        if begin <= end:
                            yield begin, end
