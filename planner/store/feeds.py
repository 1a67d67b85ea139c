"""The secret addresses of calendar feeds, in the database.

They are kept as `planner.exchange.feed_addresses` keeps them, and only there: neither the journal nor an export of the
rollout has them.
"""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select

from planner.exchange.feed_addresses import AddressBook, Feed
from planner.exchange.ical_selection import Audience
from planner.store.database import Database
from planner.store.tables import FEED
from planner.wording.language import Language


class StoredAddresses(AddressBook):
    """The feeds of a rollout in the database; `path` is the database where that is a file."""

    def __init__(self, database: Database, rollout: int) -> None:
        self._database = database
        self._rollout = rollout
        path: Path | None = database.location.path
        super().__init__(stored_feeds(database, rollout), path)
        self._saved = list(self.feeds)

    def save(self) -> None:
        """Takes out what was revoked and adds what is new, and nothing else; raises StoreError."""
        revoked = [feed.token for feed in self._saved if feed not in self.feeds]
        added = [feed for feed in self.feeds if feed not in self._saved]
        with self._database.writing() as connection:
            self._revoke(connection, revoked)
            if added:
                connection.execute(insert(FEED), [_row(self._rollout, feed) for feed in added])
        self._saved = list(self.feeds)

    def _revoke(self, connection: Connection, tokens: Sequence[str]) -> None:
        for token in tokens:
            connection.execute(delete(FEED).where(FEED.c.rollout == self._rollout, FEED.c.token == token))


def stored_feeds(database: Database, rollout: int) -> tuple[Feed, ...]:
    """The feeds of a rollout as they are now, in the order of their names."""
    query = select(FEED).where(FEED.c.rollout == rollout).order_by(FEED.c.audience, FEED.c.name)
    with database.reading() as connection:
        rows = connection.execute(query).all()
    return tuple(
        Feed(audience=Audience(row.audience), name=row.name, language=Language(row.language), token=row.token)
        for row in rows
    )


def _row(rollout: int, feed: Feed) -> dict[str, object]:
    return {
        "rollout": rollout,
        "audience": feed.audience.value,
        "name": feed.name,
        "language": feed.language.value,
        "token": feed.token,
    }
