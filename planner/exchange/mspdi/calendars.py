"""Calendars of an MSPDI project: one for each kind of shop, and one for each crew."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement

from planner.domain.calendar import Calendars, public_holidays
from planner.domain.costs import days_between
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.exchange.mspdi.elements import EVENING, LAST_MINUTE, MIDNIGHT, MORNING, add, add_all
from planner.wording.translation import gettext, later

STANDARD_UID = 1
NO_BASE = -1
HOLIDAY = later("Public holiday")
WORKING_TIMES = ((MORNING, "12:00:00"), ("13:00:00", EVENING))
NON_WORKING_DAY = 1
"""The type of an exception that falls on single days or runs of them."""

Key = tuple[str, bool]
"""A state, and whether its Catholic holidays are kept."""


class ProjectCalendars:
    """The UIDs of a project's calendars: the first is the project's own, with national holidays only."""

    def __init__(self, rollout: Rollout) -> None:
        kinds = sorted({self._key(shop) for shop in rollout.shops if shop.is_in_plan} - {("", False)})
        self._uids = {key: uid for uid, key in enumerate([("", False), *kinds], STANDARD_UID)}
        first = STANDARD_UID + len(self._uids)
        self._crew_uids = {crew.id: uid for uid, crew in enumerate(rollout.crews, first)}
        self._rollout = rollout
        self._days = Calendars(rollout)

    def of_shop(self, shop: Shop) -> int:
        """The UID of a shop's calendar."""
        return self._uids[self._key(shop)]

    def of_crew(self, crew: str) -> int:
        """The UID of a crew's calendar."""
        return self._crew_uids[crew]

    def working_days(self, shop: Shop, first: date, last: date) -> int:
        """How many working days a shop has from `first` to `last`."""
        calendar = self._days.of(shop)
        return sum(calendar.is_working(day) for day in days_between(first, last))

    def add_to(self, project: Element) -> None:
        """Adds all calendars to the project."""
        calendars = SubElement(project, "Calendars")
        for (state, catholic), uid in self._uids.items():
            calendar = SubElement(calendars, "Calendar")
            name = _calendar_name(state, catholic=catholic)
            _add_head(calendar, uid, "Standard" if uid == STANDARD_UID else name, NO_BASE)
            self._add_week(calendar)
            _add_exceptions(calendar, self._days_off(state, catholic))
        for crew, uid in self._crew_uids.items():
            calendar = SubElement(calendars, "Calendar")
            _add_head(calendar, uid, crew, STANDARD_UID)
            _add_exceptions(calendar, self._away(crew))

    @staticmethod
    def _key(shop: Shop) -> Key:
        return shop.state, shop.catholic

    def _add_week(self, calendar: Element) -> None:
        week = SubElement(calendar, "WeekDays")
        # MSPDI counts from Sunday, which is 1.
        for day_type, weekday in enumerate((6, 0, 1, 2, 3, 4, 5), 1):
            day = SubElement(week, "WeekDay")
            works = weekday in self._rollout.workdays
            add_all(day, {"DayType": day_type, "DayWorking": int(works)})
            if works:
                times = SubElement(day, "WorkingTimes")
                for start, end in WORKING_TIMES:
                    add_all(SubElement(times, "WorkingTime"), {"FromTime": start, "ToTime": end})

    def _days_off(self, state: str, catholic: bool) -> dict[date, str]:
        """The days on which nobody works, weekends apart, each once and with its reason."""
        first, last = self._days.first, self._days.last
        years = tuple(range(first.year, last.year + 1))
        days = dict.fromkeys(public_holidays(self._rollout.country, state, catholic, years), gettext(HOLIDAY))
        for shutdown in self._rollout.shutdowns:
            days |= dict.fromkeys(days_between(max(first, shutdown.first), min(last, shutdown.last)), shutdown.name)
        return days

    def _away(self, crew: str) -> dict[date, str]:
        """The days on which the whole of a crew is away."""
        units = self._rollout.crew_by_id[crew].units
        days: dict[date, str] = {}
        for absence in self._rollout.absences:
            if absence.crew == crew and (absence.units is None or absence.units >= units):
                days |= dict.fromkeys(days_between(absence.first, absence.last), absence.reason or gettext("Absent"))
        return days


def _calendar_name(state: str, *, catholic: bool) -> str:
    if not state:
        return gettext("Shops in no state")
    text = gettext("Shops in {state} (Catholic)") if catholic else gettext("Shops in {state}")
    return text.format(state=state)


def _add_head(calendar: Element, uid: int, name: str, base: int) -> None:
    add_all(calendar, {"UID": uid, "Name": name, "IsBaseCalendar": int(base == NO_BASE), "BaseCalendarUID": base})


def _add_exceptions(calendar: Element, days: dict[date, str]) -> None:
    if not days:
        return
    exceptions = SubElement(calendar, "Exceptions")
    for first, last, name in _runs(days):
        exception = SubElement(exceptions, "Exception")
        add(exception, "EnteredByOccurrences", 0)
        period = SubElement(exception, "TimePeriod")
        add_all(period, {"FromDate": f"{first}T{MIDNIGHT}", "ToDate": f"{last}T{LAST_MINUTE}"})
        occurrences = (last - first).days + 1
        add_all(exception, {"Occurrences": occurrences, "Name": name, "Type": NON_WORKING_DAY, "DayWorking": 0})


def _runs(days: dict[date, str]) -> Iterator[tuple[date, date, str]]:
    """Consecutive days of the same name as one; no two overlap, which MS Project would not take."""
    numbered = enumerate(sorted(days.items()))
    for _, group in groupby(numbered, key=lambda item: (item[1][0] - timedelta(days=item[0]), item[1][1])):
        run = [day for _, (day, _) in group]
        yield run[0], run[-1], days[run[0]]
