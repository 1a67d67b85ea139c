"""Calendar feeds over HTTP: read-only, each at a secret address, up to date with the plan."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Protocol

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.exchange.feed_addresses import AddressBook, Feed, FeedAddresses
from planner.exchange.ical import CalendarHeader
from planner.exchange.ical_identity import SavedStates
from planner.exchange.ical_plan import plan_events
from planner.exchange.ical_selection import Audience, Selection, default_kinds
from planner.exchange.ical_update import update_calendar
from planner.exchange.problems import InputError
from planner.exchange.whole_files import CannotWriteError

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

MAX_AGE_SECONDS = 900
NOTHING_YET = datetime(1970, 1, 1, tzinfo=UTC)

Loader = Callable[[], tuple[Rollout, Plan] | None]
"""Reads and checks the rollout and its plan; None, having said why, where they cannot be used now."""


@dataclass(frozen=True, slots=True)
class Document:
    """A feed as it is sent; `modified` is when the last of its events changed."""

    content: bytes
    modified: datetime

    @property
    def etag(self) -> str:
        """A name for exactly these bytes."""
        return f'"{sha256(self.content).hexdigest()[:32]}"'


class AddressSource(Protocol):
    """Where the addresses of feeds are kept."""

    def mark(self) -> object:
        """Changes when the addresses do: cheap enough to ask at every request."""

    def read(self) -> AddressBook:
        """The addresses as they are now; raises InputError."""


@dataclass(frozen=True, slots=True)
class AddressFile:
    """The addresses in a rollout folder's file."""

    path: Path

    def mark(self) -> object:
        """When the file was written."""
        try:
            found = self.path.stat()
        except OSError:
            return 0, 0, 0
        return found.st_mtime_ns, found.st_size, found.st_ino

    def read(self) -> AddressBook:
        """Reads the file; raises InputError."""
        return FeedAddresses(self.path)


class Feeds:
    """The feeds of a rollout: its plan is read again by `load` whenever `mark` gives something else.

    Whose addresses hold is asked of `addresses` at every request; `states` remembers what each feed last held. While
    the plan cannot be used (a file half edited, or a change not planned yet), the last one that could be goes on being
    served.
    """

    def __init__(self, addresses: AddressSource, mark: Callable[[], object], states: SavedStates, load: Loader) -> None:
        self._addresses_source = addresses
        self._addresses = addresses.read()
        self._addresses_seen = addresses.mark()
        self._mark = mark
        self._states = states
        self._load = load
        self._lock = Lock()
        self._source: tuple[Rollout, Plan] | None = None
        self._source_seen: object = None
        self._documents: dict[Feed, Document] = {}

    def document(self, token: str) -> Document | None:
        """The calendar behind an address; None where there is no such address.

        Raises NotReadyError where no plan could be read so far.
        """
        with self._lock:
            self._refresh_addresses()
            feed = self._addresses.with_token(token)
            if feed is None:
                return None
            self._refresh_source()
            if self._source is None:
                raise NotReadyError
            if feed not in self._documents:
                self._documents[feed] = self._document(feed, *self._source)
            return self._documents[feed]

    def _refresh_addresses(self) -> None:
        seen = self._addresses_source.mark()
        if seen == self._addresses_seen:
            return
        try:
            self._addresses = self._addresses_source.read()
        except InputError:
            # Whose addresses still hold is not known now, so nobody's do.
            self._addresses.feeds = []
        self._addresses_seen = seen

    def _refresh_source(self) -> None:
        seen = self._mark()
        if seen == self._source_seen:
            return
        source = self._load()
        self._source_seen = seen
        if source is not None:
            self._source = source
            self._documents.clear()

    def _document(self, feed: Feed, rollout: Rollout, plan: Plan) -> Document:
        selection = Selection(only={feed.audience: frozenset({feed.name})})
        kinds = default_kinds([feed.audience])
        events = [
            event for event in plan_events(rollout, plan, kinds, feed.language) if selection.takes(rollout, event)
        ]
        header = CalendarHeader(
            name=f"{rollout.name}: {_label(rollout, feed)}", timezone=rollout.timezone, language=feed.language
        )
        key = f"{feed.audience} {feed.name}"
        before = self._states.recall(key)
        update = update_calendar(self._states, key, header, rollout, events, datetime.now(UTC))
        after = self._states.recall(key)
        if after != before:
            try:
                self._states.save()
            except (CannotWriteError, NotReadyError):
                # What cannot be remembered must not be promised to readers: the next request tries again.
                self._states.remember(key, before)
                raise
        moments = [version.modified for version in after.versions.values()]
        return Document(update.content, max(moments, default=NOTHING_YET))


class NotReadyError(Exception):
    """There is no plan yet that could be served, or what is needed for it cannot be reached now."""


def _label(rollout: Rollout, feed: Feed) -> str:
    crew = rollout.crew_by_id.get(feed.name) if feed.audience is Audience.CREW else None
    shop = rollout.shop_by_id.get(feed.name) if feed.audience is Audience.SHOP else None
    return (crew.name if crew else shop.name if shop else "") or feed.name


def make_app(feeds: Feeds) -> "Starlette":
    """The web application: one kind of address, `/TOKEN.ics`; everything else is not found."""
    from starlette.applications import Starlette  # noqa: PLC0415 - only a server needs it
    from starlette.responses import PlainTextResponse, Response  # noqa: PLC0415 - see above
    from starlette.routing import Route  # noqa: PLC0415 - see above

    def calendar(request: "Request") -> "Response":
        try:
            document = feeds.document(request.path_params["token"])
        except (NotReadyError, CannotWriteError):
            return PlainTextResponse("Not available now.\n", 503, {"Retry-After": "300"})
        if document is None:
            return PlainTextResponse("Not found.\n", 404)
        headers = _headers(document)
        if is_unchanged(document, request.headers.get("If-None-Match"), request.headers.get("If-Modified-Since")):
            return Response(status_code=304, headers=headers)
        return Response(document.content, media_type="text/calendar", headers=headers)

    return Starlette(routes=[Route("/{token}.ics", calendar, methods=["GET"])])


def _headers(document: Document) -> dict[str, str]:
    return {
        "ETag": document.etag,
        "Last-Modified": format_datetime(document.modified, usegmt=True),
        "Cache-Control": f"private, max-age={MAX_AGE_SECONDS}",
        "Content-Disposition": 'inline; filename="calendar.ics"',
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
        "Referrer-Policy": "no-referrer",
    }


def is_unchanged(document: Document, if_none_match: str | None, if_modified_since: str | None) -> bool:
    """Whether the reader has this document already (RFC 9110, 13.2.2: the ETag decides where it is given)."""
    if if_none_match is not None:
        known = [item.strip().removeprefix("W/") for item in if_none_match.split(",")]
        return document.etag in known or "*" in known
    if if_modified_since is None:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except ValueError:
        return False
    return document.modified <= (since if since.tzinfo else since.replace(tzinfo=UTC))
