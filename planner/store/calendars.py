"""What calendars last held, in the database: so that whoever writes one next knows what it holds already.

It is no part of the rollout, so the journal does not note it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from planner.exchange.ical_identity import CalendarRecord, Version
from planner.exchange.ical_state import version_of_text, version_to_text
from planner.store.database import Database
from planner.store.errors import BusyError
from planner.store.held import in_statements
from planner.store.many_values import among
from planner.store.tables import CALENDAR, CALENDAR_EVENT
from planner.wording.translation import gettext

NEW = 0


class CalendarPlace(StrEnum):
    """Where calendars are: each place has names of its own."""

    FILE = "file"
    SERVER = "server"
    FEED = "feed"


class WrittenMeanwhileError(BusyError):
    """Somebody else wrote the same calendar since it was recalled; nothing was saved."""


class StoredCalendars:
    """The calendars of a rollout in one place, as `planner.exchange.ical_identity.SavedStates` asks for them.

    A file or feed is written by who recalled it last: `save` raises WrittenMeanwhileError where somebody else was
    quicker. Sending to a server takes long, and the server itself keeps two apart: there, what was changed by the one
    and the other is put together.
    """

    def __init__(self, database: Database, rollout: int, place: CalendarPlace) -> None:
        self._database = database
        self._rollout = rollout
        self._place = place
        self._recalled: dict[str, tuple[int, CalendarRecord]] = {}
        self._pending: dict[str, CalendarRecord] = {}

    @property
    def calendars(self) -> tuple[str, ...]:
        """The names of the calendars that are remembered."""
        query = select(CALENDAR.c.name).where(
            CALENDAR.c.rollout == self._rollout, CALENDAR.c.place == self._place.value
        )
        with self._database.reading() as connection:
            return tuple(connection.execute(query.order_by(CALENDAR.c.name)).scalars())

    def recall(self, calendar: str) -> CalendarRecord:
        """What a calendar last held; nothing if it is new."""
        if calendar in self._pending:
            return self._pending[calendar]
        with self._database.reading() as connection:
            self._recalled[calendar] = self._read(connection, calendar)
        return self._recalled[calendar][1]

    def remember(self, calendar: str, record: CalendarRecord) -> None:
        """Keeps what a calendar now holds, for good once it is saved.

        What was recalled, remembered again, is nothing to save: the next recall looks into the database.
        """
        if self._recalled.get(calendar, (NEW, CalendarRecord()))[1] == record:
            self._pending.pop(calendar, None)
            self._recalled.pop(calendar, None)
        else:
            self._pending[calendar] = record

    def save(self) -> None:
        """Makes what was remembered last; raises StoreError."""
        with self.saving():
            pass

    @contextmanager
    def saving(self) -> Iterator[None]:
        """The same, together with what is done inside the block: on an error there, nothing is saved."""
        with self._database.writing() as connection:
            for calendar, record in self._pending.items():
                self._write(connection, calendar, record)
            yield
        self._pending.clear()
        self._recalled.clear()

    def _read(self, connection: Connection, calendar: str) -> tuple[int, CalendarRecord]:
        head = connection.execute(
            select(CALENDAR.c.pk, CALENDAR.c.writes).where(
                CALENDAR.c.rollout == self._rollout,
                CALENDAR.c.place == self._place.value,
                CALENDAR.c.name == calendar,
            )
        ).first()
        if head is None:
            return NEW, CalendarRecord()
        rows = connection.execute(select(CALENDAR_EVENT).where(CALENDAR_EVENT.c.calendar == head.pk)).all()
        versions = {row.uid: version_of_text(row.uid, row.version) for row in rows}
        etags = {row.uid: row.etag for row in rows if row.etag is not None}
        return head.writes, CalendarRecord(versions, etags)

    def _write(self, connection: Connection, calendar: str, record: CalendarRecord) -> None:
        writes, before = self._recalled.get(calendar, (NEW, CalendarRecord()))
        pk, now = self._head(connection, calendar)
        if now != writes and self._place is not CalendarPlace.SERVER:
            text = gettext(
                "Somebody else wrote the calendar {calendar} at the same moment; nothing was changed. Try again."
            )
            raise WrittenMeanwhileError(text.format(calendar=calendar))
        old, new = _rows(before), _rows(record)
        gone = [uid for uid in old if old[uid] != new.get(uid)]
        for part in in_statements(connection, [*gone, *(uid for uid in new if uid not in old)]):
            here = among(connection, CALENDAR_EVENT.c.uid, part)
            connection.execute(delete(CALENDAR_EVENT).where(CALENDAR_EVENT.c.calendar == pk, here))
        rows = [
            {"calendar": pk, "uid": uid, "version": version_to_text(version), "etag": etag}
            for uid, (version, etag) in new.items()
            if old.get(uid) != (version, etag)
        ]
        if rows:
            connection.execute(insert(CALENDAR_EVENT), rows)

    def _head(self, connection: Connection, calendar: str) -> tuple[int, int]:
        """The calendar's row, which is made where there is none, and how often it was written before this."""
        own = (
            CALENDAR.c.rollout == bindparam("of_rollout"),
            CALENDAR.c.place == bindparam("at_place"),
            CALENDAR.c.name == bindparam("called"),
        )
        names = {"of_rollout": self._rollout, "at_place": self._place.value, "called": calendar}
        # The update locks the row on PostgreSQL, until the transaction ends.
        connection.execute(update(CALENDAR).where(*own).values(writes=CALENDAR.c.writes + 1), names)
        row = connection.execute(select(CALENDAR.c.pk, CALENDAR.c.writes).where(*own), names).first()
        if row is not None:
            return row.pk, row.writes - 1
        values = {"rollout": self._rollout, "place": self._place.value, "name": calendar, "writes": NEW + 1}
        connection.execute(insert(CALENDAR).values(values))
        return connection.execute(select(CALENDAR.c.pk).where(*own), names).scalar_one(), NEW


def _rows(record: CalendarRecord) -> dict[str, tuple[Version, str | None]]:
    return {uid: (version, record.etags.get(uid)) for uid, version in record.versions.items()}
