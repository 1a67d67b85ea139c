"""Days and slots renumbered so that those on which nothing can begin are left out: weekends vanish.

Where all shops keep the same holidays, every remodel then has one length wherever it begins, and what it holds moves
with it one for one: what CP-SAT's scheduling constraints are made for.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from planner.scheduling.finish.project import Hold, Part, Project
from planner.scheduling.timelines import IntArray


@dataclass(frozen=True, slots=True, eq=False)
class RankedHold:
    """A hold in ranks, by position: what it begins on, stops before, how many these are, and what it uses in all.

    `amount` is the most it takes of one slot.
    """

    begins: list[int]
    stops: list[int]
    sizes: list[int]
    used: list[int]
    amount: int


@dataclass(frozen=True, slots=True)
class Line:
    """A list that goes by position as `slope` (0 or 1) times the step of the position, plus `shift`."""

    slope: int
    shift: int


class Ranks:
    """The ranks of a project's slots and days."""

    def __init__(self, project: Project) -> None:
        problem = project.problem
        self.room: list[IntArray] = []
        self._slots: list[IntArray] = []
        for line in problem.timelines.items:
            binding = problem.binding[line.offset : line.end]
            self._slots.append(_counts(binding))
            self.room.append(problem.capacity[line.offset : line.end][binding])
        works = np.zeros(problem.axis.count, bool)
        for calendar in problem.axis.calendars_in_use:
            works |= calendar.is_working
        self._days = _counts(works)
        self._work_days = np.flatnonzero(works)
        self._holds: dict[int, RankedHold] = {}
        self._parts: dict[int, tuple[list[int], list[int]]] = {}
        self._lines: dict[tuple[int, int], Line | None] = {}

    @property
    def count(self) -> int:
        """How many days there are on which anybody works."""
        return len(self._work_days)

    def of_hold(self, hold: Hold) -> RankedHold:
        """A hold in ranks."""
        if id(hold) not in self._holds:
            ranks = self._slots[hold.timeline]
            begins, stops, amount = ranks[hold.begin], ranks[hold.stop], np.array(hold.amount, np.int64)
            used = np.where(begins < stops, amount, 0)
            lists = (begins.tolist(), stops.tolist(), (stops - begins).tolist(), used.tolist())
            self._holds[id(hold)] = RankedHold(*lists, int(used.max(initial=0)))
        return self._holds[id(hold)]

    def of_part(self, part: Part) -> tuple[list[int], list[int]]:
        """The ranks of the first and the last day of a part, by position."""
        if id(part) not in self._parts:
            self._parts[id(part)] = self.of_days(part.first), self.of_days(part.last)
        return self._parts[id(part)]

    def line(self, part: Part, by_position: list[int]) -> Line | None:
        """A list that is kept for good as a line over the part's steps; None where it is none."""
        key = (id(part), id(by_position))
        if key not in self._lines:
            wanted = [by_position[position] for position in part.order]
            shifts = {want - step for want, step in zip(wanted, part.steps, strict=True)}
            if len(shifts) == 1:
                self._lines[key] = Line(1, shifts.pop())
            else:
                self._lines[key] = Line(0, wanted[0]) if len(set(wanted)) == 1 else None
        return self._lines[key]

    def is_even(self, project: Project) -> bool:
        """Whether all that positions decide moves with them one for one, or does not move: no tables needed."""
        for task in project.tasks:
            for part in task.parts:
                lists = [part.begin, part.end, *self.of_part(part)]
                for hold in (
                    *part.holds,
                    *(hold for visit in part.visits for team in visit.teams for hold in team.holds),
                ):
                    ranked = self.of_hold(hold)
                    lists += [ranked.begins, ranked.stops]
                if any(self.line(part, by_position) is None for by_position in lists):
                    return False
        return True

    def of_span(self, timeline: int, begin: int, stop: int) -> tuple[int, int]:
        """The ranks of the slots from `begin` up to, not with, `stop`."""
        ranks = self._slots[timeline]
        return int(ranks[begin]), int(ranks[stop])

    def of_days(self, days: Sequence[int]) -> list[int]:
        """The ranks of days, or of the next day on which anybody works."""
        ranks: list[int] = self._days[np.maximum(np.asarray(days, np.int64), 0)].tolist()
        return ranks

    def day(self, rank: int) -> int:
        """The day of a rank."""
        return int(self._work_days[min(rank, len(self._work_days) - 1)])


def _counts(chosen: "np.typing.NDArray[np.bool_]") -> IntArray:
    """How many are chosen before each place, and in all."""
    counts: IntArray = np.concatenate([[0], np.cumsum(chosen)]).astype(np.int64)
    return counts
