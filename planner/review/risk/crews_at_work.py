"""When a plan's crews can work: their pools of units, the days they are away, and the absences among their jobs."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from planner.domain.crew import Absence, Crew
from planner.domain.rollout import Rollout
from planner.review.crews import away_units
from planner.review.entries import Entry
from planner.review.risk.axis import Axis, Mask
from planner.review.risk.model import Away, Pool


class CrewsAtWork:
    """The crews that a plan sends, each a pool, at the positions in `pool_of`."""

    def __init__(self, rollout: Rollout, axis: Axis, entries: Sequence[Entry]) -> None:
        self._axis = axis
        self._crews = rollout.crew_by_id
        self._absences: dict[str, list[Absence]] = defaultdict(list)
        for absence in rollout.absences:
            self._absences[absence.crew].append(absence)
        sent = {crew for entry in entries for visit in entry.visits for crew in visit.crews}
        names = [crew.id for crew in rollout.crews if crew.id in sent]
        self.pools = [Pool(name, self._crews[name].units, is_crew=True) for name in names]
        self.pool_of = {name: place for place, name in enumerate(names)}
        self._held = self._held_units(entries)
        self._blocked: dict[tuple[str, int], Mask] = {}

    def _held_units(self, entries: Sequence[Entry]) -> Mapping[str, np.ndarray]:
        held: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(self._axis.never + 1, dtype=np.int64))
        for entry in entries:
            for visit in entry.visits:
                if visit.last >= self._axis.today:
                    days = slice(max(0, self._axis.number(visit.first)), self._axis.number(visit.last) + 1)
                    for crew, units in visit.crews.items():
                        held[crew][days] += units
        return held

    def away(self) -> list[Away]:
        """The absences, each as far as the plan leaves the crew room for it.

        Days on which a crew is held but its shop does not work may fall into an absence: such units cannot be away
        from other shops as well.
        """
        return [
            step
            for crew, place in self.pool_of.items()
            for absence in self._absences[crew]
            if (step := self._step(self._crews[crew], place, absence)) is not None
        ]

    def _step(self, crew: Crew, place: int, absence: Absence) -> Away | None:
        first, last = max(0, self._axis.number(absence.first)), self._axis.number(absence.last)
        if last < first or first >= self._axis.never:
            return None
        last = min(last, self._axis.never - 1)
        room = crew.units - int(self._held[crew.id][first : last + 1].max())
        units = min(crew.units if absence.units is None else absence.units, room)
        return Away(pool=place, units=units, first=first, back=last + 1) if units > 0 else None

    def blocked(self, sent: Mapping[str, int]) -> Mask | None:
        """The days on which so many units of a crew are away that one of these visits cannot go on; None for none."""
        masks = [mask for crew, units in sent.items() if (mask := self._too_few(crew, units)) is not None]
        return np.logical_or.reduce(masks) if masks else None

    def _too_few(self, name: str, units: int) -> Mask | None:
        absences = self._absences[name]
        if not absences:
            return None
        if (name, units) not in self._blocked:
            crew = self._crews[name]

            def lacks(day: date) -> bool:
                return away_units(crew, absences, day) > crew.units - units

            self._blocked[name, units] = self._axis.mask(lacks)
        return self._blocked[name, units]

    def window(self, crew: str) -> tuple[int, int]:
        """The first and the last day a crew is available, as numbers."""
        first, last = self._crews[crew].first, self._crews[crew].last
        return (self._axis.number(first) if first else 0, self._axis.number(last) if last else self._axis.never)
