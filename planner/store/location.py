"""Where a database is: a file, or a PostgreSQL server; never shown with its password."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from planner.exchange.text import printable
from planner.store.errors import CannotOpenError
from planner.wording.translation import gettext

DRIVER = "postgresql+psycopg"
EXAMPLE = f"{DRIVER}://user@host/name"


@dataclass(frozen=True, slots=True)
class Location:
    """The URL of a database, and its `path` where it is a file."""

    url: URL = field(repr=False)
    path: Path | None = None

    @property
    def shown(self) -> str:
        """How messages name the database: without password, and without parameters, which may hold one."""
        if self.path is not None:
            return printable(str(self.path))
        return printable(self.url.set(query={}).render_as_string(hide_password=True))

    def without_secrets(self, text: str) -> str:
        """`text` with the password taken out, wherever a driver has put it."""
        secrets = {self.url.password, *(str(value) for value in self.url.query.values())} - {None, ""}
        for secret in sorted(filter(None, secrets), key=len, reverse=True):
            text = text.replace(secret, "***")
        return text


def locate(database: str) -> Location:
    """The place that a path or a `postgresql+psycopg://` URL names; raises CannotOpenError."""
    if "://" not in database:
        path = Path(database).absolute()
        return Location(URL.create("sqlite", database=str(path)), path)
    scheme = database.partition("://")[0]
    try:
        url = make_url(database)
    except (ArgumentError, ValueError):
        text = gettext("The database's address is not one that can be read; write a path or {example}.")
        raise CannotOpenError(text.format(example=EXAMPLE)) from None
    if scheme in ("postgres", "postgresql"):
        url = url.set(drivername=DRIVER)
    elif scheme != DRIVER:
        text = gettext("A database by '{scheme}' is not known; write a path or {example}.")
        raise CannotOpenError(text.format(scheme=printable(scheme), example=EXAMPLE))
    return Location(url)


def check_is_there(location: Location) -> None:
    """Raises CannotOpenError where a file is not there; what a server has is known when it is asked."""
    if location.path is not None and not os.path.lexists(location.path):
        text = gettext(
            "There is no database {database}; check the path in --db or PLANNER_DB, or make one by: planner import"
            " FOLDER"
        )
        raise CannotOpenError(text.format(database=location.shown))
