"""A rollout in the database as the home of calendars."""

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.cli.checked_plan import CheckedPlan, checked_plan
from planner.cli.endings import ExitCode
from planner.cli.messages import say
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.exchange.absences_csv import COLUMNS, AbsencesChange, absence_cells
from planner.exchange.calendar_files import MakeCalendars
from planner.exchange.feed_addresses import AddressBook
from planner.exchange.feeds import AddressSource, NotReadyError
from planner.exchange.ical_identity import CalendarRecord, SavedStates
from planner.store.backlog import Backlog
from planner.store.calendar_files import write_calendars
from planner.store.calendars import CalendarPlace
from planner.store.errors import StoreError
from planner.store.records import Edit, RecordKind
from planner.wording.kept import kept_several
from planner.wording.translation import gettext, later

NUMBER = "number"
STORE = later("the database")


@dataclass(frozen=True, slots=True)
class StorePlace:
    """A rollout in the database and the number of its plan (None: the one published last, or else the newest).

    What calendars last held is kept in the database too, so that it makes no difference which coordinator, on which
    machine, exports, publishes or serves next. Files are known by their names, whatever folder they are in.
    """

    backlog: Backlog
    number: int | None = None

    @property
    def out(self) -> Path:
        """The folder one is in."""
        return Path()

    def write_calendars(self, folder: Path, make: MakeCalendars) -> None:
        """Files and memory change together, and after what another one may have written meanwhile."""
        write_calendars(self.backlog, folder, make)

    def server_states(self) -> SavedStates:
        """What calendars on servers last held."""
        return self.backlog.calendars(CalendarPlace.SERVER)

    def feed_states(self) -> SavedStates:
        """What feeds last held."""
        return _Served(self.backlog)

    def feed_addresses(self) -> AddressSource:
        """The addresses of feeds."""
        return _Addresses(self.backlog)

    def rollout(self) -> Rollout:
        """The rollout as it is now."""
        return self.backlog.load()[0]

    def source(self, *, quiet: bool = False) -> CheckedPlan | ExitCode:
        """The rollout as it is now and its plan."""
        del quiet  # the database takes in nothing odd without saying so.
        number = self._plan_number()
        if number is None:
            say(gettext("There is no plan in the database yet; make one with `planner plan`."))
            return ExitCode.BAD_INPUT
        kept = self.backlog.plans.to_use(number)
        return checked_plan(
            kept.rollout,
            kept.plan,
            gettext("Plan {number}").format(number=number),
            "`planner plan`",
            against=kept.against,
        )

    def _plan_number(self) -> int | None:
        if self.number is not None:
            return self.number
        published = self.backlog.plans.baseline()
        if published is not None:
            return published
        newest = self.backlog.plans.newest()
        return newest.number if newest else None

    def mark(self) -> object:
        """The revision of the last change, and which plan it is."""
        with _reached():
            return self.backlog.revision(), self._plan_number()

    def absences(self) -> str:
        """The absences as a table, each with its number."""
        table = io.StringIO(newline="")
        writer = csv.DictWriter(table, (*COLUMNS, NUMBER))
        writer.writeheader()
        for item in self.backlog.absences():
            writer.writerow({**absence_cells(item.absence), NUMBER: str(item.number)})
        return table.getvalue()

    def take_absences(self, change: AbsencesChange) -> str:
        """Adds and removes absences, as one step of undo."""
        edits = [Edit(RecordKind.ABSENCE, "", absence_cells(item), is_new=True) for item in change.added]
        edits += [Edit(RecordKind.ABSENCE, row[NUMBER], None) for row in change.dropped]
        what = kept_several(
            "{number} absence taken from a calendar", "{number} absences taken from a calendar", len(edits)
        )
        self.backlog.edit(edits, what)
        return gettext(STORE)

    def fix_starts(self, starts: Mapping[str, date]) -> str:
        """Changes the shops, as one step of undo."""
        edits = [
            Edit(RecordKind.SHOP, shop, {"status": Status.FIXED.value, "start": start.isoformat()})
            for shop, start in starts.items()
        ]
        what = kept_several(
            "{number} shop fixed as moved in a calendar", "{number} shops fixed as moved in a calendar", len(edits)
        )
        self.backlog.edit(edits, what)
        return gettext(STORE)


class _Served:
    """What feeds last held, for a server that goes on where the database cannot be reached for a while."""

    def __init__(self, backlog: Backlog) -> None:
        self._states = backlog.calendars(CalendarPlace.FEED)

    def recall(self, calendar: str) -> CalendarRecord:
        with _reached():
            return self._states.recall(calendar)

    def remember(self, calendar: str, record: CalendarRecord) -> None:
        self._states.remember(calendar, record)

    def save(self) -> None:
        with _reached():
            self._states.save()


@dataclass(frozen=True, slots=True)
class _Addresses:
    """The addresses of feeds, asked for anew at every request: one that is revoked opens nothing from then on."""

    backlog: Backlog

    def mark(self) -> object:
        with _reached():
            return tuple(self.backlog.feeds().feeds)

    def read(self) -> AddressBook:
        return self.backlog.feeds()


@contextmanager
def _reached() -> Iterator[None]:
    """Says why the database cannot be used now; whoever asks for a feed is told to come again."""
    try:
        yield
    except StoreError as error:
        say(str(error))
        raise NotReadyError from None
