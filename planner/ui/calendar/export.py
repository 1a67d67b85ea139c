"""A plan's calendars written to files, as `planner export ics` does it: with the same memory in the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from planner.exchange.calendar_files import CALENDARS_FOLDER, WHOLE_CALENDAR, CalendarFiles, CalendarMaker
from planner.exchange.ical_plan import plan_events
from planner.exchange.ical_selection import Audience, Selection, default_kinds, file_names
from planner.review.check import check
from planner.store.backlog import Backlog
from planner.store.calendar_files import write_calendars
from planner.store.calendars import CalendarPlace
from planner.store.errors import NotAllowedError
from planner.studies.almanac import Part
from planner.ui.workspace import Loaded
from planner.wording.amounts import number_text
from planner.wording.translation import gettext, ngettext, spoken

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Export:
    """What is wanted: one calendar, of all or `only` of some, or one for each of `per`."""

    per: Audience | None = None
    only: Mapping[Audience, frozenset[str]] = field(default_factory=dict)

    def place(self, loaded: Loaded) -> str:
        """The file, or the folder, that is offered: each selection has a file of its own, which remembers it."""
        if self.per is not None:
            return CALENDARS_FOLDER
        for audience, names in self.only.items():
            return file_names(audience, audience.all_names(loaded.rollout))[next(iter(names))]
        return WHOLE_CALENDAR


def exports(part: Part) -> list[tuple[str, Export]]:
    """What can be exported, with what it is called; a region where one is shown."""
    found = [(gettext("One calendar with everything"), Export())]
    if part.region:
        only = {Audience.REGION: frozenset({part.region})}
        found.append((gettext("One calendar of region {region}").format(region=part.region), Export(only=only)))
    return [
        *found,
        (gettext("A calendar for each crew"), Export(Audience.CREW)),
        (gettext("A calendar for each partner"), Export(Audience.PARTNER)),
        (gettext("A calendar for each region"), Export(Audience.REGION)),
        (gettext("A calendar for each shop"), Export(Audience.SHOP)),
    ]


def is_foreign(backlog: Backlog, export: Export, place: Path) -> bool:
    """Whether the file to be written is there already, and not one that the planner wrote."""
    if export.per is not None or not place.is_file():
        return False
    return place.name not in backlog.calendars(CalendarPlace.FILE).calendars


def write(backlog: Backlog, loaded: Loaded, export: Export, place: Path) -> str:
    """Writes the calendars to a file, or to a folder where there are several, and returns the line that says so.

    Raises NotAllowedError where there is nothing to write, other StoreErrors, and CannotWriteError.
    """
    plan, rollout = loaded.plan, loaded.rollout
    if plan is None:
        raise NotAllowedError(gettext("There is no plan yet; press p to make one."))
    violations = check(loaded.against or rollout, plan)
    if violations:
        head = gettext("The plan no longer fits the rollout, so nothing was written. Plan again first.")
        raise NotAllowedError("\n".join((head, *(item.text for item in violations[:MOST_SHOWN]))))
    if export.per is None and place.is_dir():
        raise NotAllowedError(gettext("That is a folder; give the name of a file, such as plan.ics."))
    audiences = {*export.only, *([export.per] if export.per else [])}
    selection = Selection(only=export.only)
    events = plan_events(rollout, plan, default_kinds(audiences), spoken())
    wanted = CalendarFiles(
        per=export.per,
        single=place.name,
        only=export.only,
        is_everything=not export.only,
        language=spoken(),
    )
    make = CalendarMaker(rollout, [event for event in events if selection.takes(rollout, event)], wanted)
    write_calendars(backlog, place if export.per else place.parent, make)
    if not make.changes:
        raise NotAllowedError(gettext("There is no event to write."))
    holds = sum(changes.holds for changes in make.changes.values())
    return ngettext(
        "{number} calendar with {events} events written to {place}.",
        "{number} calendars with {events} events written to {place}.",
        len(make.changes),
    ).format(number=number_text(len(make.changes)), events=number_text(holds), place=place)
