"""Calendars to read: from a file, from an address on the web, or from a CalDAV server."""

from dataclasses import dataclass
from pathlib import Path

from icalendar import Calendar

from planner.exchange.caldav_server import CalendarServer, NotSignedInError, find_calendar
from planner.exchange.calendar_address import is_address, read_address
from planner.exchange.credentials import CredentialsSource
from planner.exchange.files import MEGABYTE
from planner.exchange.ical_reader import NotACalendarError, parse_calendars
from planner.exchange.problems import InputError, Problem
from planner.exchange.text import printable
from planner.wording.translation import gettext

MAX_BYTES = 50 * MEGABYTE
OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarSource:
    """A file or an address, perhaps of a server on which the calendar is called `name`.

    `known` and `ask` give credentials where an address wants some: the second is for a person to answer.
    """

    place: str
    name: str | None = None
    known: CredentialsSource
    ask: CredentialsSource

    def read(self) -> list[Calendar]:
        """The calendars there; raises InputError, or ServerError where a server cannot be used."""
        if not is_address(self.place):
            return _parsed(_read_file(Path(self.place)), self.place)
        address = read_address(self.place)
        credentials = self.known(address.host)
        server = CalendarServer(address, credentials)
        try:
            return self._read_from(server)
        except NotSignedInError:
            asked = None if credentials else self.ask(address.host)
            if asked is None:
                raise
        finally:
            server.close()
        with CalendarServer(address, asked) as server:
            return self._read_from(server)

    def _read_from(self, server: CalendarServer) -> list[Calendar]:
        """What the address gives to a plain reader, or else the objects of the CalDAV calendar there."""
        if self.name is None:
            reply = server.get(server.address.url)
            if reply.status == OK and b"BEGIN:VCALENDAR" in reply.body[:MAX_BYTES]:
                return _parsed(reply.body, server.address.url)
        calendar = find_calendar(server, self.name)
        objects = server.objects(calendar)
        return [item for data in objects for item in _parsed(data, calendar)]


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise _wrong(path.name, gettext("there is no such file; give a calendar file (.ics) or an address")) from None
    except OSError as error:
        text = gettext("cannot be read ({reason}); check the file and its permissions")
        raise _wrong(path.name, text.format(reason=error.strerror)) from None


def _parsed(data: bytes, place: str) -> list[Calendar]:
    if len(data) > MAX_BYTES:
        text = gettext("is larger than {number} MB; is this the right calendar?")
        raise _wrong(place, text.format(number=MAX_BYTES // MEGABYTE))
    try:
        return parse_calendars(data)
    except NotACalendarError as error:
        raise _wrong(place, str(error)) from None


def _wrong(place: str, text: str) -> InputError:
    return InputError([Problem(printable(place), None, None, text)])
