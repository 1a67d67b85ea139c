"""Crews as the resources of an MSPDI project."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from xml.etree.ElementTree import Element, SubElement

from planner.domain.crew import Crew
from planner.domain.rollout import Rollout
from planner.exchange.mspdi.calendars import ProjectCalendars
from planner.exchange.mspdi.elements import LAST_MINUTE, MIDNIGHT, add_all

WORK = 1
# MS Project keeps these out of the names of resources, because it lists them as `Name[units],Name`.
RESERVED = re.compile(r"[\[\],;]+")
# What MS Project writes for an open end.
EARLIEST = date(1984, 1, 1)
LATEST = date(2049, 12, 31)
ONE_DAY = timedelta(days=1)


def add_resources(project: Element, rollout: Rollout, calendars: ProjectCalendars) -> dict[str, int]:
    """Adds the crews to the project and returns their UIDs by id."""
    resources = SubElement(project, "Resources")
    uids: dict[str, int] = {}
    for uid, crew in enumerate(rollout.crews, 1):
        uids[crew.id] = uid
        resource = SubElement(resources, "Resource")
        add_all(
            resource,
            {
                "UID": uid,
                "ID": uid,
                "Name": _name(crew),
                "Type": WORK,
                "IsNull": 0,
                "Code": crew.id,
                "Group": crew.trade,
                "MaxUnits": crew.units,
                "CanLevel": 1,
                "CalendarUID": calendars.of_crew(crew.id),
            },
        )
        _add_availability(resource, rollout, crew)
    return uids


def _name(crew: Crew) -> str:
    """The id first: names may be equal, or not given."""
    return RESERVED.sub(" ", f"{crew.id} {crew.name}").strip()


def _add_availability(resource: Element, rollout: Rollout, crew: Crew) -> None:
    periods = list(_periods(rollout, crew))
    if len(periods) == 1 and periods[0] == (EARLIEST, LATEST, crew.units):
        return
    element = SubElement(resource, "AvailabilityPeriods")
    for first, last, units in periods:
        add_all(
            SubElement(element, "AvailabilityPeriod"),
            {"AvailableFrom": f"{first}T{MIDNIGHT}", "AvailableTo": f"{last}T{LAST_MINUTE}", "AvailableUnits": units},
        )


def _periods(rollout: Rollout, crew: Crew) -> Iterator[tuple[date, date, int]]:
    """The times in which a crew has the same number of units, with that number."""
    start, end = max(EARLIEST, crew.first or EARLIEST), min(LATEST, crew.last or LATEST)
    absences = [absence for absence in rollout.absences if absence.crew == crew.id]
    changes = {start, *(absence.first for absence in absences), *(absence.last + ONE_DAY for absence in absences)}
    firsts = sorted(day for day in changes if start <= day <= end)
    for first, following in zip(firsts, [*firsts[1:], end + ONE_DAY], strict=True):
        away = sum(
            crew.units if absence.units is None else absence.units
            for absence in absences
            if absence.first <= first <= absence.last
        )
        yield first, following - ONE_DAY, max(0, crew.units - away)
