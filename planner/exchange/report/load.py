"""How busy the crews of each trade are, week by week, and where that is too much."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, groupby

from planner.domain.crew import Crew
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout

FULL = 0.9
"""From this part of its days on, a trade has no room to take up a delay: the week counts as full."""
WEEK = timedelta(days=7)

Area = tuple[str, ...]
"""The regions that crews serve, in order; none means everywhere."""


@dataclass(frozen=True, slots=True)
class TradeLoad:
    """The unit-days that crews of a trade and area are `held` for and have `available`, one figure a week.

    `area` is None for all crews of the trade together.
    """

    trade: str
    area: Area | None
    held: Sequence[int]
    available: Sequence[int]

    @property
    def share(self) -> float:
        """The part of all available days that is held; 0 where there are none."""
        return sum(self.held) / sum(self.available) if sum(self.available) else 0.0

    def is_full(self, week: int) -> bool:
        """Whether there is no room left in a week (a position in `held`)."""
        return self.held[week] > 0 and self.held[week] >= FULL * self.available[week]


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A trade and area with full weeks: how many, and the positions of the first and last of the longest run."""

    load: TradeLoad
    full_weeks: int
    run: tuple[int, int]


def weeks_of(plan: Plan) -> list[date]:
    """The Mondays of the weeks from today's to the last finish's; none without remodels."""
    if not plan.remodels:
        return []
    last = max(remodel.finish for remodel in plan.remodels)
    monday = plan.today - timedelta(days=plan.today.weekday())
    return [monday + WEEK * number for number in range((last - monday).days // 7 + 1)]


def trade_loads(rollout: Rollout, plan: Plan) -> list[TradeLoad]:
    """The load of each trade that the plan uses, then of its crews by the area they serve.

    Counted on workdays from today on, public holidays included, since states differ in them.
    """
    counting = _Counting(rollout, plan)
    held = counting.held()
    available = {crew.id: counting.available(crew) for crew in rollout.crews}
    loads: list[TradeLoad] = []
    for trade in sorted({crew.trade for crew in rollout.crews if crew.id in held}):
        crews = [crew for crew in rollout.crews if crew.trade == trade]
        for area, members in _groups(crews):
            loads.append(
                TradeLoad(
                    trade,
                    area,
                    _summed([held[crew.id] for crew in members if crew.id in held], len(counting.weeks)),
                    _summed([available[crew.id] for crew in members], len(counting.weeks)),
                )
            )
    return loads


def bottlenecks(loads: Sequence[TradeLoad]) -> list[Bottleneck]:
    """Those with full weeks, the most of them first; a trade as a whole only where it has no areas of its own."""
    with_areas = {load.trade for load in loads if load.area is not None}
    found = []
    for load in loads:
        if load.area is None and load.trade in with_areas:
            continue
        full = [week for week in range(len(load.held)) if load.is_full(week)]
        if full:
            found.append(Bottleneck(load, len(full), _longest_run(full)))
    return sorted(found, key=lambda item: (-item.full_weeks, -item.load.share, item.load.trade))


class _Counting:
    """Counts the workdays of a rollout, in each week of a plan."""

    def __init__(self, rollout: Rollout, plan: Plan) -> None:
        self.weeks = weeks_of(plan)
        self._rollout = rollout
        self._plan = plan
        self._first = plan.today.toordinal()
        end = self.weeks[-1] + WEEK if self.weeks else plan.today
        days = [date.fromordinal(day) for day in range(self._first, end.toordinal())]
        self._workdays = [(day, (day - self.weeks[0]).days // 7) for day in days if self._works(day)]
        self._before = [0, *accumulate(int(self._works(day)) for day in days)]
        self._days_a_week = [0] * len(self.weeks)
        for _, week in self._workdays:
            self._days_a_week[week] += 1

    def held(self) -> dict[str, list[int]]:
        """The unit-days a week that each crew with a visit is held for."""
        held: dict[str, list[int]] = defaultdict(lambda: [0] * len(self.weeks))
        for remodel in self._plan.remodels:
            for visit in self._rollout.format_of(self._rollout.shop_by_id[remodel.shop]).visits:
                first, last = remodel.phases[visit.first], remodel.phases[visit.last]
                days = list(self._workdays_a_week(first.first, last.last))
                for crew, units in first.crews.items():
                    if self._rollout.crew_by_id[crew].trade == visit.trade:
                        for week, count in days:
                            held[crew][week] += units * count
        return held

    def available(self, crew: Crew) -> list[int]:
        """The unit-days a week that a crew has, its absences left out."""
        absences = [absence for absence in self._rollout.absences if absence.crew == crew.id]
        if not absences and crew.first is None and crew.last is None:
            return [crew.units * days for days in self._days_a_week]
        units = [0] * len(self.weeks)
        for day, week in self._workdays:
            if (crew.first or day) <= day <= (crew.last or day):
                away = 0
                for absence in absences:
                    if absence.first <= day <= absence.last:
                        away += crew.units if absence.units is None else absence.units
                units[week] += max(0, crew.units - away)
        return units

    def _works(self, day: date) -> bool:
        shut = any(shutdown.first <= day <= shutdown.last for shutdown in self._rollout.shutdowns)
        return day.weekday() in self._rollout.workdays and not shut

    def _workdays_a_week(self, first: date, last: date) -> Iterator[tuple[int, int]]:
        """Each week touched from `first` to `last`, with its workdays in between."""
        start = max(first.toordinal(), self._first)
        end = last.toordinal()
        while start <= end:
            week = (start - self.weeks[0].toordinal()) // 7
            next_monday = self.weeks[0].toordinal() + 7 * (week + 1)
            until = min(end + 1, next_monday)
            yield week, self._before[until - self._first] - self._before[start - self._first]
            start = until


def _groups(crews: Sequence[Crew]) -> list[tuple[Area | None, list[Crew]]]:
    """All crews of a trade, then those of each area where there are several."""
    areas: dict[Area, list[Crew]] = defaultdict(list)
    for crew in crews:
        areas[tuple(sorted(crew.regions))].append(crew)
    return [(None, list(crews)), *(sorted(areas.items()) if len(areas) > 1 else [])]


def _longest_run(weeks: Sequence[int]) -> tuple[int, int]:
    """The first and last of the longest run of consecutive numbers; the earliest of equal ones."""
    runs = []
    for _, group in groupby(enumerate(weeks), key=lambda pair: pair[1] - pair[0]):
        members = [week for _, week in group]
        runs.append((members[0], members[-1]))
    return max(runs, key=lambda run: run[1] - run[0])


def _summed(rows: Sequence[Sequence[int]], weeks: int) -> list[int]:
    return [sum(row[week] for row in rows) for week in range(weeks)]
