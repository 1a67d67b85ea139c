"""Equal crews as one capacity, and who of them goes where.

Crews that differ in nothing a plan can feel (trade, home, regions, reach, dates, and no absence of their own)
form a class with one capacity. On a timeline, visits of equal crews are intervals: whenever the class is never held
for more units than it has, handing each visit the units that are free when it begins always works out (interval
graphs are perfect: Golumbic, Algorithmic Graph Theory and Perfect Graphs, 1980, ch. 8). A crew with absences, or one
that a remodel names, is a class of its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from planner.domain.crew import Crew
from planner.domain.geography import distance_km, is_within
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop


@dataclass(frozen=True, slots=True)
class CrewClass:
    """Crews that stand for one another; `units` is what they have together."""

    crews: tuple[Crew, ...]
    units: int

    @property
    def example(self) -> Crew:
        """One of the crews, for all that they share."""
        return self.crews[0]

    def serves(self, shop: Shop) -> bool:
        """Whether its regions and its reach include `shop` (rule 6, dates apart)."""
        crew = self.example
        if crew.regions and shop.region not in crew.regions:
            return False
        if crew.max_km is None or distance_km(crew, shop) is None:
            return True
        return is_within(crew, shop, crew.max_km)


def crew_classes(rollout: Rollout) -> list[CrewClass]:
    """The crews of a rollout by class, in the order of crews.csv."""
    away = {absence.crew for absence in rollout.absences}
    named = {crew for shop in rollout.shops if shop.is_standing for crew in shop.crews}
    groups: dict[tuple[object, ...], list[Crew]] = defaultdict(list)
    for crew in rollout.crews:
        alone = crew.id if crew.id in away or crew.id in named else ""
        regions = frozenset(crew.regions)
        groups[crew.trade, crew.lat, crew.lon, regions, crew.max_km, crew.first, crew.last, alone].append(crew)
    return [CrewClass(tuple(group), sum(crew.units for crew in group)) for group in groups.values()]


@dataclass(frozen=True, slots=True)
class ClassVisit:
    """A visit of `units` of a class from day `first` to day `last`; `key` tells the caller which.

    `before` are the crews that were to make it in an earlier plan.
    """

    key: tuple[str, int]
    first: int
    last: int
    units: int
    before: Mapping[str, int] = field(default_factory=dict)


def share_out(crew_class: CrewClass, visits: Iterable[ClassVisit]) -> dict[tuple[str, int], Mapping[str, int]]:
    """The crews of each visit, by key: units free when it begins, those it had before or from as few crews as it goes.

    Raises ValueError where the visits hold more units at once than the class has.
    """
    free = {crew.id: crew.units for crew in crew_class.crews}
    ending: list[tuple[int, Mapping[str, int]]] = []
    result: dict[tuple[str, int], Mapping[str, int]] = {}
    for visit in sorted(visits, key=lambda visit: (visit.first, visit.last, visit.key)):
        for end, crews in ending:
            if end < visit.first:
                for crew, units in crews.items():
                    free[crew] += units
        ending = [(end, crews) for end, crews in ending if end >= visit.first]
        crews = _take_again(free, visit)
        for crew, units in _take(free, visit.units - sum(crews.values())).items():
            crews[crew] = crews.get(crew, 0) + units
        ending.append((visit.last, crews))
        result[visit.key] = crews
    return result


def _take_again(free: dict[str, int], visit: ClassVisit) -> dict[str, int]:
    """Take the crews that a visit had before, as far as they have room."""
    taken: dict[str, int] = {}
    for crew, units in visit.before.items():
        part = min(units, free.get(crew, 0), visit.units - sum(taken.values()))
        if part > 0:
            taken[crew] = part
            free[crew] -= part
    return taken


def _take(free: dict[str, int], units: int) -> dict[str, int]:
    """Take `units` from the crews with room: one that fits the whole best, else the roomiest first."""
    taken: dict[str, int] = {}
    while units:
        fitting = [crew for crew, room in free.items() if room >= units]
        crew = min(fitting, key=lambda crew: free[crew]) if fitting else max(free, key=lambda crew: free[crew])
        part = min(units, free[crew])
        if not part:
            raise ValueError(f"a class of crews is held for {units} more units than it has")
        taken[crew] = part
        free[crew] -= part
        units -= part
    return taken
