"""What the closing summary tells of a plan, counted from its remodels."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.crew import Crew
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout

Finishes = Mapping[str, Mapping[date, int]]


@dataclass(frozen=True, slots=True)
class CrewLoad:
    """How busy a crew is: unit-days it is `held` for and has `available`, counted on workdays."""

    crew: str
    trade: str
    held: int
    available: int

    @property
    def share(self) -> float:
        """The part of the available days that is held."""
        return self.held / self.available


def finishes_by_region(rollout: Rollout, plan: Plan) -> Finishes:
    """How many remodels of the plan finish in each region and month; a month is given by its first day."""
    counts: dict[str, Counter[date]] = defaultdict(Counter)
    for remodel in plan.remodels:
        counts[rollout.shop_by_id[remodel.shop].region][remodel.finish.replace(day=1)] += 1
    return {region: dict(sorted(counts[region].items())) for region in sorted(counts)}


def shops_by_reason(plan: Plan) -> dict[str, list[str]]:
    """The shops left without a date by the reason given, the most frequent reason first."""
    groups: dict[str, list[str]] = defaultdict(list)
    for unplanned in plan.unplanned:
        groups[unplanned.reason].append(unplanned.shop)
    return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


def tightest_crews(rollout: Rollout, plan: Plan, most: int) -> list[CrewLoad]:
    """The `most` crews with the least time to spare from today to the plan's last finish, tightest first."""
    if not plan.remodels:
        return []
    last = max(remodel.finish for remodel in plan.remodels)
    workdays = [day.toordinal() for day in _workdays(rollout, last)]
    held = _held_unit_days(rollout, plan, workdays)
    loads = [
        CrewLoad(crew.id, crew.trade, held[crew.id], _available_unit_days(rollout, crew, workdays))
        for crew in rollout.crews
        if held[crew.id]
    ]
    possible = [load for load in loads if load.available]
    return sorted(possible, key=lambda load: (-load.share, load.crew))[:most]


def _workdays(rollout: Rollout, last: date) -> Iterator[date]:
    """The days from today to `last` in the rollout's calendar, public holidays included: states differ in them."""
    for offset in range((last - rollout.today).days + 1):
        day = rollout.today + timedelta(days=offset)
        shut = any(shutdown.first <= day <= shutdown.last for shutdown in rollout.shutdowns)
        if day.weekday() in rollout.workdays and not shut:
            yield day


def _held_unit_days(rollout: Rollout, plan: Plan, workdays: list[int]) -> Counter[str]:
    held: Counter[str] = Counter()
    for remodel in plan.remodels:
        for visit in rollout.format_of(rollout.shop_by_id[remodel.shop]).visits:
            first, last = remodel.phases[visit.first], remodel.phases[visit.last]
            days = _count_between(workdays, first.first, last.last)
            for crew, units in first.crews.items():
                if rollout.crew_by_id[crew].trade == visit.trade:
                    held[crew] += units * days
    return held


def _available_unit_days(rollout: Rollout, crew: Crew, workdays: list[int]) -> int:
    absences = [absence for absence in rollout.absences if absence.crew == crew.id]
    first = (crew.first or date.min).toordinal()
    last = (crew.last or date.max).toordinal()
    if not absences:
        return crew.units * max(0, bisect_right(workdays, last) - bisect_left(workdays, first))
    available = 0
    for workday in workdays:
        if first <= workday <= last:
            day = date.fromordinal(workday)
            away = sum(
                crew.units if absence.units is None else absence.units
                for absence in absences
                if absence.first <= day <= absence.last
            )
            available += max(0, crew.units - away)
    return available


def _count_between(ordinals: list[int], first: date, last: date) -> int:
    return bisect_right(ordinals, last.toordinal()) - bisect_left(ordinals, first.toordinal())
