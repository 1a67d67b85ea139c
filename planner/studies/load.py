"""How busy crews are, week by week: the days on which they are at work, of those on which they could be."""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.calendar import Calendars
from planner.domain.crew import Crew
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout

Week = tuple[str, date]
"""A trade, and the Monday of a week."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The busiest week of a trade: `held` unit-days of `available` ones in the week from Monday `week`."""

    trade: str
    week: date
    held: int
    available: int

    @property
    def share(self) -> float:
        """The part of the available days that is held."""
        return self.held / self.available


def load_peaks(rollout: Rollout, plan: Plan) -> tuple[Peak, ...]:
    """The busiest week of each trade that works in the plan, in the order of the crews; the first of equal ones.

    Counted on working days from today on: of the shop for what is held, of the rollout for what is available. None
    where the plan has shops, crews or phases that the rollout does not have any more.
    """
    held = _held(rollout, plan) if is_known(rollout, plan) else None
    if not held:
        return ()
    available = _available(rollout, max(monday for _, monday in held) + timedelta(days=6))
    peaks: dict[str, Peak] = {}
    for trade, monday in sorted(held, key=lambda week: week[1]):
        if not available[trade, monday]:
            continue
        peak = Peak(trade, monday, held[trade, monday], available[trade, monday])
        if trade not in peaks or peak.share > peaks[trade].share:
            peaks[trade] = peak
    trades = dict.fromkeys(crew.trade for crew in rollout.crews)
    return tuple(peaks[trade] for trade in trades if trade in peaks)


def is_known(rollout: Rollout, plan: Plan) -> bool:
    """Whether the rollout has all shops, crews and phases of the plan, which it may have lost since it was made."""
    for remodel in plan.remodels:
        shop = rollout.shop_by_id.get(remodel.shop)
        if shop is None or len(rollout.format_of(shop).phases) != len(remodel.phases):
            return False
        if any(crew not in rollout.crew_by_id for phase in remodel.phases for crew in phase.crews):
            return False
    return True


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _held(rollout: Rollout, plan: Plan) -> Counter[Week]:
    held: Counter[Week] = Counter()
    calendars = Calendars(rollout)
    today = rollout.today.toordinal()
    for remodel in plan.remodels:
        shop = rollout.shop_by_id[remodel.shop]
        working = calendars.of(shop).working_days
        for visit in rollout.format_of(shop).visits:
            first, last = remodel.phases[visit.first], remodel.phases[visit.last]
            units = sum(number for crew, number in first.crews.items() if rollout.crew_by_id[crew].trade == visit.trade)
            begin = bisect_left(working, max(today, first.first.toordinal()))
            for ordinal in working[begin : bisect_right(working, last.last.toordinal())]:
                held[visit.trade, _monday(date.fromordinal(ordinal))] += units
    return held


def _available(rollout: Rollout, last: date) -> Counter[Week]:
    available: Counter[Week] = Counter()
    days = [rollout.today + timedelta(days=number) for number in range((last - rollout.today).days + 1)]
    workdays = [day for day in days if day.weekday() in rollout.workdays and not _is_shut(rollout, day)]
    for crew in rollout.crews:
        absences = [absence for absence in rollout.absences if absence.crew == crew.id]
        for day in workdays:
            if (crew.first or day) <= day <= (crew.last or day):
                away = sum(_away(crew, absence.units) for absence in absences if absence.first <= day <= absence.last)
                available[crew.trade, _monday(day)] += max(0, crew.units - away)
    return available


def _is_shut(rollout: Rollout, day: date) -> bool:
    return any(shutdown.first <= day <= shutdown.last for shutdown in rollout.shutdowns)


def _away(crew: Crew, units: int | None) -> int:
    return crew.units if units is None else units
