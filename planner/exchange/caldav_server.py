"""A CalDAV server: which calendars it has, what is in one, and conditional reads and writes."""

from dataclasses import dataclass
from time import sleep
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urljoin, urlsplit

from planner.exchange.calendar_address import CalendarAddress
from planner.exchange.credentials import Credentials, CredentialsSource
from planner.exchange.text import quoted
from planner.wording.translation import gettext, pgettext

TIMEOUT_SECONDS = 30
CALENDAR_TYPE = "{urn:ietf:params:xml:ns:caldav}calendar"
RESOURCE_TYPE = "{DAV:}resourcetype"
DISPLAY_NAME = "{DAV:}displayname"
ETAG = "{DAV:}getetag"
ICS = {"Content-Type": "text/calendar; charset=utf-8"}
UNAUTHORIZED, FORBIDDEN = 401, 403
BUSY = (429, 502, 503, 504)
PAUSES_SECONDS = (1, 2, 4, 0)


class ServerError(Exception):
    """A server cannot be used; the text is a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered; `etag` names the version it now has, where it says so."""

    status: int
    etag: str | None
    body: bytes = b""


class CalendarServer:
    """A connection to a server; TLS certificates are always verified, and an https address never becomes http.

    Not for several threads: each takes one of its own with `another`. `auth` is how a connection signed in before.
    """

    def __init__(self, address: CalendarAddress, credentials: Credentials | None, auth: object = None) -> None:
        from caldav.davclient import DAVClient  # noqa: PLC0415 - heavy, and only needed here

        self.address = address
        self._credentials = credentials
        self._client = DAVClient(
            address.url,
            username=credentials.user if credentials else None,
            password=credentials.password if credentials else None,
            auth=auth,  # type: ignore[arg-type] # what another client has in the same place
            timeout=TIMEOUT_SECONDS,
            ssl_verify_cert=True,
            enable_rfc6764=False,
        )
        if address.is_secure:
            # A redirect must not lead out of the encrypted connection.
            self._client.session.adapters.pop("http://", None)

    def another(self) -> "CalendarServer":
        """A second connection, signed in as this one is."""
        return CalendarServer(self.address, self._credentials, self._client.auth)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection."""
        self._client.close()

    def properties(self, url: str) -> dict[str, object]:
        """What a resource says of itself; raises ServerError, or NotSignedInError where it asks who we are."""
        results = self._propfind(url, depth=0)
        return next(iter(results.values()), {})

    def etags(self, calendar: str) -> dict[str, str]:
        """The paths of all objects in a calendar, with the names of their versions."""
        found = {}
        for path, properties in self._propfind(calendar, depth=1).items():
            etag = properties.get(ETAG)
            if isinstance(etag, str):
                found[path] = etag
        return found

    def get(self, url: str) -> Reply:
        """Reads an object or a file."""
        return self._request(url, "GET", None, {"Accept": "text/calendar"})

    def put(self, url: str, content: bytes, condition: dict[str, str]) -> Reply:
        """Writes an object if `condition` (If-Match or If-None-Match) holds; 412 says that it does not."""
        return self._request(url, "PUT", content, {**ICS, **condition})

    def objects(self, calendar: str) -> list[bytes]:
        """All events in a calendar, each as iCalendar data."""
        from caldav.lib.error import DAVError  # noqa: PLC0415 - see above

        try:
            found = self._client.calendar(url=calendar).get_events()  # type: ignore[no-untyped-call] # caldav leaves it
            return [str(item.data).encode() for item in found if item.data]
        except (DAVError, OSError, ValueError, KeyError, AttributeError) as error:
            raise _explained(self.address, error) from error

    def calendars(self) -> dict[str, str]:
        """The names of the user's calendars by their addresses."""
        from caldav.lib.error import DAVError  # noqa: PLC0415 - see above

        try:
            found = self._client.principal().calendars()  # type: ignore[no-untyped-call] # caldav leaves it open
            return {str(item.url): item.get_display_name() or "" for item in found}
        except (DAVError, OSError, ValueError, KeyError, AttributeError) as error:
            raise _explained(self.address, error) from error

    def make_calendar(self, name: str) -> str:
        """Makes a calendar and returns its address."""
        from caldav.lib.error import DAVError  # noqa: PLC0415 - see above

        try:
            home = self._client.principal()  # type: ignore[no-untyped-call] # caldav leaves it open
            return str(home.make_calendar(name=name).url)
        except (DAVError, OSError, ValueError, KeyError, AttributeError) as error:
            raise _explained(self.address, error) from error

    def _request(self, url: str, method: str, content: bytes | None, headers: dict[str, str]) -> Reply:
        for pause in PAUSES_SECONDS:
            reply = self._request_once(url, method, content, headers)
            if reply.status not in BUSY:
                break
            sleep(pause)
        return reply

    def _request_once(self, url: str, method: str, content: bytes | None, headers: dict[str, str]) -> Reply:
        try:
            answer = self._client.session.request(
                method,
                url,
                data=content,
                headers=headers,
                auth=self._client.auth,
                timeout=TIMEOUT_SECONDS,
                verify=True,
            )
            status, body = answer.status_code or 0, answer.content or b""
        except OSError as error:
            raise _explained(self.address, error) from error
        if status == UNAUTHORIZED and self._can_sign_in(answer.headers.get("WWW-Authenticate")):
            return self._request_once(url, method, content, headers)
        if status == UNAUTHORIZED:
            raise _refused(self.address)
        etag = str(answer.headers.get("ETag") or "")
        # A weak name (RFC 9110, 8.8.1) never holds in If-Match: the calendar's list may have a strong one.
        return Reply(status, etag if etag and not etag.startswith("W/") else None, body)

    def _can_sign_in(self, offered: object) -> bool:
        """Whether there are credentials that the server has not seen yet, in one of the ways it offers."""
        if self._credentials is None or self._client.auth is not None or not offered:
            return False
        try:
            self._client.build_auth_object(sorted(self._client.extract_auth_types(str(offered))))
        except NotImplementedError:
            return False
        return self._client.auth is not None

    def _propfind(self, url: str, depth: int) -> dict[str, dict[str, object]]:
        from caldav.lib.error import DAVError  # noqa: PLC0415 - see above
        from caldav.response import PropfindResult  # noqa: PLC0415 - see above

        try:
            response = self._client.propfind(url, ["getetag", "resourcetype", "displayname"], depth=depth)
        except (DAVError, OSError) as error:
            raise _explained(self.address, error) from error
        if response.results is None:
            text = gettext("{url} does not answer as a CalDAV server (status {status}).")
            raise NotCalDavError(text.format(url=self.address.url, status=response.status))
        found = (item for item in response.results if isinstance(item, PropfindResult))
        return {path_of(item.href): dict(item.properties) for item in found}


class NotCalDavError(ServerError):
    """What is at the address does not speak CalDAV."""


class NotSignedInError(ServerError):
    """The server wants to know who we are, or does not know the user and password given."""


def path_of(url: str) -> str:
    """The path of an address, as it is compared: servers differ in what they escape."""
    return unquote(urlsplit(url).path)


def _explained(address: CalendarAddress, error: Exception) -> ServerError:
    from caldav.lib.error import DAVError  # noqa: PLC0415 - see above
    from niquests.exceptions import InvalidSchema, SSLError, Timeout  # noqa: PLC0415 - see above

    host = quoted(address.host)
    status = error.status if isinstance(error, DAVError) else None
    if status == UNAUTHORIZED:
        return _refused(address)
    if status == FORBIDDEN:
        text = gettext("{host} does not allow this; ask who runs it for the right to write there.")
    elif isinstance(error, SSLError):
        text = gettext("The certificate of {host} cannot be verified, so nothing was sent; check the address.")
    elif isinstance(error, InvalidSchema):
        text = gettext("{host} redirects to an unencrypted address, so nothing was sent there.")
    elif isinstance(error, Timeout):
        text = gettext("{host} did not answer within {seconds} s; try again later.")
    elif isinstance(error, OSError):
        text = gettext("{host} cannot be reached; check the address and the network.")
    else:
        return _no_caldav(address, status)
    return ServerError(text.format(host=host, seconds=TIMEOUT_SECONDS))


def _no_caldav(address: CalendarAddress, status: int | None) -> NotCalDavError:
    text = gettext("{url} does not answer as a CalDAV server; check the address.")
    if status:
        text = gettext("{url} does not answer as a CalDAV server (status {status}); check the address.")
    return NotCalDavError(text.format(url=address.url, status=status))


def _refused(address: CalendarAddress) -> NotSignedInError:
    text = gettext("{host} wants a user name and a password, or refuses those it was given.")
    return NotSignedInError(text.format(host=quoted(address.host)))


def sign_in(address: CalendarAddress, known: CredentialsSource, ask: CredentialsSource) -> CalendarServer:
    """A connection that the server has accepted.

    The credentials are the `known` ones; where there are none and the server wants some, a person is asked.
    Raises ServerError.
    """
    credentials = known(address.host)
    server = CalendarServer(address, credentials)
    try:
        server.properties(address.url)
    except NotSignedInError:
        server.close()
        asked = None if credentials else ask(address.host)
        if asked is None:
            raise
        server = CalendarServer(address, asked)
        server.properties(address.url)
    return server


def find_calendar(server: CalendarServer, name: str | None, *, create: bool = False) -> str:
    """The address of the calendar called `name`, or of the one the server's address itself stands for.

    Raises ServerError where there is none, or several; `create` makes a missing one.
    """
    url = server.address.url
    properties = server.properties(url)
    kinds = properties.get(RESOURCE_TYPE)
    if isinstance(kinds, list) and CALENDAR_TYPE in kinds and name in (None, properties.get(DISPLAY_NAME)):
        return _with_slash(url)
    calendars = server.calendars()
    names = ", ".join(sorted(quoted(item) for item in calendars.values())) or pgettext("calendars", "none")
    if name is None:
        raise ServerError(gettext("Which calendar? Name one with --calendar. There: {names}.").format(names=names))
    found = [place for place, label in calendars.items() if label == name]
    if len(found) > 1:
        text = gettext("{number} calendars are called {name}; give the address of the right one.")
        raise ServerError(text.format(number=len(found), name=quoted(name)))
    if found:
        return _with_slash(urljoin(url, found[0]))
    if not create:
        text = gettext("There is no calendar {name}; --create makes it. There: {names}.")
        raise ServerError(text.format(name=quoted(name), names=names))
    return _with_slash(urljoin(url, server.make_calendar(name)))


def _with_slash(url: str) -> str:
    return url if url.endswith("/") else f"{url}/"
