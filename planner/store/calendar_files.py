"""Calendar files written on the memory of the database: files and memory change together."""

from pathlib import Path

from planner.exchange.calendar_files import MakeCalendars
from planner.exchange.whole_files import write_whole
from planner.store.backlog import Backlog
from planner.store.calendars import CalendarPlace, WrittenMeanwhileError

ATTEMPTS = 3


def write_calendars(backlog: Backlog, folder: Path, make: MakeCalendars) -> None:
    """Writes the files that `make` makes, after what another one may have written meanwhile.

    Files are known by their names, whatever folder they are in. Raises StoreError and CannotWriteError.
    """
    for attempt in range(1, ATTEMPTS + 1):
        states = backlog.calendars(CalendarPlace.FILE)
        contents = make(states)
        if not contents:
            return
        try:
            with states.saving():
                write_whole(folder, contents)
            return
        except WrittenMeanwhileError:
            if attempt == ATTEMPTS:
                raise
