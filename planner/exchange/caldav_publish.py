"""A plan's events on a CalDAV server: only what changed travels, and what others wrote or moved is left alone."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from datetime import date
from threading import local

from icalendar import Calendar

from planner.exchange.caldav_server import CalendarServer, Reply, path_of
from planner.exchange.ical import event_to_ical
from planner.exchange.ical_events import EventStatus
from planner.exchange.ical_identity import CalendarRecord, Version
from planner.exchange.ical_reader import NotACalendarError, SeenEvent, content_of, parse_calendars, single_events
from planner.wording.language import Language

CONNECTIONS = 8
CREATED_OR_CHANGED = (200, 201, 204)
NOT_FOUND, CONFLICT, FORBIDDEN, CONDITION_FAILED = (404, 410), 409, 403, 412


@dataclass(slots=True)
class Outcome:
    """What became of the events; grows while they travel, so that a break loses nothing.

    `versions` and `etags` are what the calendar holds as far as is known. `held` were moved by somebody in the
    calendar and stand there as they are; `taken` are there already under another address, put there by an import.
    """

    versions: dict[str, Version]
    etags: dict[str, str]
    created: int = 0
    updated: int = 0
    cancelled: int = 0
    unchanged: int = 0
    held: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    failed: list[tuple[str, int]] = field(default_factory=list)

    @property
    def record(self) -> CalendarRecord:
        """What to remember of the calendar."""
        return CalendarRecord(self.versions, self.etags)

    @property
    def sent(self) -> int:
        """How many events were written."""
        return self.created + self.updated + self.cancelled


@dataclass(frozen=True, slots=True)
class Write:
    """A version to be written if the server still has the version `etag`, or nothing where it is None."""

    version: Version
    etag: str | None

    @property
    def condition(self) -> dict[str, str]:
        """The request's condition."""
        return {"If-None-Match": "*"} if self.etag is None else {"If-Match": self.etag}


class Publication:
    """One publishing of `versions` to the calendar at `url`, which last held `before`."""

    def __init__(
        self,
        server: CalendarServer,
        url: str,
        before: CalendarRecord,
        versions: Mapping[str, Version],
        *,
        language: Language,
        timezone: str,
        today: date,
        overwrite: bool = False,
    ) -> None:
        self.outcome = Outcome(dict(before.versions), dict(before.etags))
        self._server = server
        self._url = url
        self._before = before
        self._versions = versions
        self._language = language
        self._timezone = timezone
        self._today = today
        self._overwrite = overwrite
        self._connections = _Connections(server)

    def run(self) -> Outcome:
        """Brings the calendar up to date.

        Raises ServerError or KeyboardInterrupt; `outcome` then has what was done, and the next run does the rest.
        """
        with self._connections, ThreadPoolExecutor(CONNECTIONS, "calendar") as pool:
            try:
                etags = self._server.etags(self._url)
                writes = self._compare(etags, pool)
                self._write(writes, pool)
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
            self._learn_missing_etags()
        return self.outcome

    def _compare(self, etags: Mapping[str, str], pool: ThreadPoolExecutor) -> dict[str, Write]:
        """What has to be written; what stands already is noted as unchanged."""
        writes: dict[str, Write] = {}
        unknown: dict[str, Write] = {}
        for uid, version in self._versions.items():
            there = etags.get(self._path(uid))
            if there is None:
                if self._is_wanted(uid, version):
                    writes[uid] = Write(version, None)
                else:
                    self._forget(uid)
            elif there != self._before.etags.get(uid):
                unknown[uid] = Write(version, there)
            elif version != self._before.versions.get(uid):
                writes[uid] = Write(version, there)
            else:
                self._note(uid, version, there)
        writes |= self._compare_contents(unknown, pool)
        return writes

    def _is_wanted(self, uid: str, version: Version) -> bool:
        """Whether an event the server does not have should be there.

        Nobody needs to hear that something was called off that never was there; and what somebody removed there
        comes back, unless its days are past.
        """
        if version.event.status is EventStatus.CANCELLED:
            return False
        if uid in self._before.etags:
            return version.event.last >= self._today
        return version != self._before.versions.get(uid)

    def _compare_contents(self, unknown: Mapping[str, Write], pool: ThreadPoolExecutor) -> dict[str, Write]:
        """What has to be written of what would overwrite versions that are not known here."""
        jobs = {pool.submit(self._connections.get, self._url_of(uid)): uid for uid in unknown}
        writes = {}
        for uid, reply in _results(jobs):
            if reply.status in NOT_FOUND:
                writes[uid] = Write(unknown[uid].version, None)
                continue
            if reply.status not in CREATED_OR_CHANGED:
                self.outcome.failed.append((uid, reply.status))
                continue
            write = self._judge(uid, unknown[uid].version, reply.body, reply.etag or unknown[uid].etag or "")
            if write is not None:
                writes[uid] = write
        return writes

    def _judge(self, uid: str, version: Version, body: bytes, etag: str) -> Write | None:
        """Whether an event of the server's is to be overwritten: not where it says the same, or was moved there."""
        seen, content = self._read(uid, body)
        if seen is None:
            return Write(version, etag)
        if content == _content(version, self._language):
            self._note(uid, replace(version, sequence=max(version.sequence, seen.sequence)), etag)
            return None
        if not self._overwrite and self._was_moved(version, seen):
            self.outcome.held.append(uid)
            return None
        if version == self._before.versions.get(uid) and not self._overwrite:
            # Somebody wrote something to it, such as a note, which there is no reason to destroy.
            self._note(uid, version, etag)
            return None
        return Write(replace(version, sequence=max(version.sequence, seen.sequence + 1)), etag)

    def _was_moved(self, version: Version, seen: SeenEvent) -> bool:
        """Whether somebody moved an event to days on which the plan does not have it."""
        if seen.days == (version.event.first, version.event.last):
            return False
        before = self._before.versions.get(version.event.uid)
        if before is None or seen.published is not None:
            return seen.was_moved
        return seen.days != (before.event.first, before.event.last)

    def _read(self, uid: str, body: bytes) -> tuple[SeenEvent | None, tuple[object, ...]]:
        try:
            events = single_events(parse_calendars(body), self._timezone)
            return next(((seen, content_of(event)) for seen, event in events if seen.uid == uid), (None, ()))
        except NotACalendarError:
            return None, ()

    def _write(self, writes: Mapping[str, Write], pool: ThreadPoolExecutor) -> None:
        jobs = {
            pool.submit(
                self._connections.put,
                self._url_of(uid),
                event_to_ical(write.version, self._language),
                write.condition,
            ): uid
            for uid, write in writes.items()
        }
        for uid, reply in _results(jobs):
            if reply.status in CREATED_OR_CHANGED:
                self._count(writes[uid])
                self._note(uid, writes[uid].version, reply.etag or "", is_new=True)
            elif reply.status == CONDITION_FAILED:
                self.outcome.held.append(uid)
            elif reply.status in (CONFLICT, FORBIDDEN) and writes[uid].etag is None:
                self.outcome.taken.append(uid)
            else:
                self.outcome.failed.append((uid, reply.status))

    def _count(self, write: Write) -> None:
        if write.version.event.status is EventStatus.CANCELLED:
            self.outcome.cancelled += 1
        elif write.etag is None:
            self.outcome.created += 1
        else:
            self.outcome.updated += 1

    def _note(self, uid: str, version: Version, etag: str, *, is_new: bool = False) -> None:
        """Remembers that the calendar holds a version."""
        self.outcome.unchanged += not is_new
        self.outcome.versions[uid] = version
        self.outcome.etags[uid] = etag

    def _forget(self, uid: str) -> None:
        """Remembers that an event is over or called off, and not in the calendar."""
        self.outcome.versions[uid] = self._versions[uid]
        self.outcome.etags.pop(uid, None)

    def _learn_missing_etags(self) -> None:
        """Asks for the names of versions that the server did not tell when they were written."""
        if "" in self.outcome.etags.values():
            there = self._server.etags(self._url)
            self.outcome.etags = {
                uid: etag or there.get(self._path(uid), "") for uid, etag in self.outcome.etags.items()
            }

    def _url_of(self, uid: str) -> str:
        return f"{self._url}{uid}.ics"

    def _path(self, uid: str) -> str:
        return path_of(self._url_of(uid))


def _results(jobs: Mapping[Future[Reply], str]) -> Iterator[tuple[str, Reply]]:
    """The replies as they come; where one fails, those under way are still waited for before that is raised."""
    problem: BaseException | None = None
    for job in as_completed(jobs):
        if job.cancelled():
            continue
        error = job.exception()
        if error is None:
            yield jobs[job], job.result()
        elif problem is None:
            problem = error
            for other in jobs:
                other.cancel()
    if problem is not None:
        raise problem


def _content(version: Version, language: Language) -> tuple[object, ...]:
    calendar = Calendar.from_ical(event_to_ical(version, language))
    return content_of(calendar.events[0])


class _Connections:
    """A connection to the server for each thread."""

    def __init__(self, server: CalendarServer) -> None:
        self._server = server
        self._local = local()
        self._all: list[CalendarServer] = []

    def __enter__(self) -> "_Connections":
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._all:
            server.close()

    def _mine(self) -> CalendarServer:
        server: CalendarServer | None = getattr(self._local, "server", None)
        if server is None:
            server = self._server.another()
            self._local.server = server
            self._all.append(server)
        return server

    def get(self, url: str) -> Reply:
        """Reads an object on this thread's connection."""
        return self._mine().get(url)

    def put(self, url: str, content: bytes, condition: dict[str, str]) -> Reply:
        """Writes an object on this thread's connection."""
        return self._mine().put(url, content, condition)
