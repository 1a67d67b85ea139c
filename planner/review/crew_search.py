"""Whether crews can be found for a few remodels standing alone: a small search with backtracking."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from planner.domain.crew import Absence, Crew
from planner.review.crews import away_units, eligible_crews
from planner.review.days import each_day
from planner.review.entries import Context, Entry, Visit

STEPS_TRIED = 5_000


class _TooManyStepsError(Exception):
    """The search has not ended within its steps."""


class CrewSearch:
    """Tries all ways to send crews of a trade to all visits that have a day from today on.

    `taken` holds the units that others are sent: (crew, day) to all units, and to those on working days.
    """

    def __init__(self, context: Context, entries: Sequence[Entry], trade: str) -> None:
        self._context = context
        self._steps = 0
        self._held: dict[tuple[str, date], int] = defaultdict(int)
        self._working: dict[tuple[str, date], int] = defaultdict(int)
        self._days: dict[tuple[str, date, date], tuple[list[date], list[date]]] = {}
        self._present: dict[tuple[str, date], int] = {}
        self._absences: dict[str, list[Absence]] = defaultdict(list)
        for absence in context.rollout.absences:
            self._absences[absence.crew].append(absence)
        needs = [
            (entry, visit, eligible_crews(context, entry, visit))
            for entry in entries
            for visit in entry.visits
            if visit.trade == trade and visit.last >= context.rollout.today
        ]
        self._needs = sorted(needs, key=lambda need: len(need[2]))

    def hold(self, entry: Entry, visit: Visit, crew: str, units: int) -> None:
        """Takes `units` of a crew for a visit (negative: gives them back)."""
        days, working_days = self._days_of(entry, visit)
        for day in days:
            self._held[crew, day] += units
        for day in working_days:
            self._working[crew, day] += units

    def can_all_be_crewed(self) -> bool | None:
        """Whether every visit can have its units; None where the search is too long to tell."""
        try:
            return self._crew_from(0)
        except _TooManyStepsError:
            return None

    def _crew_from(self, number: int) -> bool:
        if number == len(self._needs):
            return True
        entry, visit, crews = self._needs[number]
        free = [(crew, self._free_units(entry, visit, crew)) for crew in crews]
        for split in _splits(visit.units, free):
            self._steps += 1
            if self._steps > STEPS_TRIED:
                raise _TooManyStepsError
            for crew, units in split.items():
                self.hold(entry, visit, crew, units)
            found = self._crew_from(number + 1)
            for crew, units in split.items():
                self.hold(entry, visit, crew, -units)
            if found:
                return True
        return False

    def _free_units(self, entry: Entry, visit: Visit, crew: Crew) -> int:
        days, working_days = self._days_of(entry, visit)
        free = [crew.units - self._held[crew.id, day] for day in days]
        free += [self._present_units(crew, day) - self._working[crew.id, day] for day in working_days]
        return max(0, min(free, default=crew.units))

    def _days_of(self, entry: Entry, visit: Visit) -> tuple[list[date], list[date]]:
        """The days of a visit from today on, and those of them on which its shop is worked in."""
        key = entry.shop.id, visit.first, visit.last
        if key not in self._days:
            of_shop = self._context.days.of(entry.shop)
            days = list(each_day(max(visit.first, self._context.rollout.today), visit.last))
            self._days[key] = days, [day for day in days if of_shop.is_working(day)]
        return self._days[key]

    def _present_units(self, crew: Crew, day: date) -> int:
        key = crew.id, day
        if key not in self._present:
            self._present[key] = crew.units - away_units(crew, self._absences[crew.id], day)
        return self._present[key]


def _splits(units: int, free: Sequence[tuple[Crew, int]]) -> Iterator[dict[str, int]]:
    """All ways to make up `units` from what each crew has free."""
    if not units:
        yield {}
        return
    if sum(available for _, available in free) < units:
        return
    (crew, available), others = free[0], free[1:]
    for sent in range(min(units, available), -1, -1):
        for rest in _splits(units - sent, others):
            yield ({crew.id: sent} | rest) if sent else rest
