"""What a database driver reports, as sentences: what it means and what to do."""

import errno
from sqlite3 import Error as SqliteError

from sqlalchemy.exc import DBAPIError

from planner.store.errors import BusyError, CannotOpenError, CannotSaveError, LostConnectionError, StoreError
from planner.store.location import Location
from planner.wording.translation import gettext, later

NOTHING_DONE = later("nothing was changed")
# The server may have saved a change and been unable to say so.
UNSURE = later("a change is there whole or not at all: look in the history before you repeat it")
SAME_MOMENT = later("was changed by somebody else at the same moment; try again")
# What SQLite calls its errors (https://sqlite.org/rescode.html), and what they are to people.
SQLITE = {
    "SQLITE_BUSY": (
        BusyError,
        later("is in use by another program, which did not finish in time; try again in a moment"),
    ),
    "SQLITE_LOCKED": (
        BusyError,
        later("is in use by another program, which did not finish in time; try again in a moment"),
    ),
    "SQLITE_FULL": (CannotSaveError, later("cannot grow: the disk is full; free some space and try again")),
    "SQLITE_READONLY": (
        CannotSaveError,
        later("can only be read; give yourself the right to write the file and its folder"),
    ),
    "SQLITE_IOERR": (CannotSaveError, later("cannot be read or written: the disk reports an error, or is full")),
    "SQLITE_CORRUPT": (
        CannotOpenError,
        later("is damaged or cut off; put a copy in its place, and keep the damaged file"),
    ),
    "SQLITE_NOTADB": (
        CannotOpenError,
        later("is not a database of the planner; give another path by --db or PLANNER_DB"),
    ),
    "SQLITE_CANTOPEN": (
        CannotOpenError,
        later("cannot be opened; check that the path is right and that you may write there"),
    ),
    "SQLITE_PERM": (CannotOpenError, later("may not be opened; check the rights of the file and its folder")),
    "SQLITE_AUTH": (CannotOpenError, later("may not be opened; check the rights of the file and its folder")),
    "SQLITE_CONSTRAINT": (BusyError, SAME_MOMENT),
    "SQLITE_TOOBIG": (CannotSaveError, later("takes no text that long; shorten it")),
}
# Classes of SQLSTATE (https://www.postgresql.org/docs/current/errcodes-appendix.html).
POSTGRES = {
    "08": (LostConnectionError, later("lost the connection")),
    "23": (BusyError, SAME_MOMENT),
    "25": (CannotSaveError, later("takes no changes: it can only be read, or a transaction was cut off")),
    "28": (CannotOpenError, later("refuses this user; check the name and the password")),
    "3D": (CannotOpenError, later("is not on that server; check the name at the end of the address")),
    "40": (BusyError, SAME_MOMENT),
    "42501": (
        CannotSaveError,
        later("does not let this user do that; ask for the right to create and change its tables"),
    ),
    "53": (CannotSaveError, later("has no room left: its disk is full, or it has too many connections")),
    "55P03": (BusyError, later("is held by another program, which did not finish in time; try again in a moment")),
    "57": (LostConnectionError, later("ended the connection")),
    "58": (CannotSaveError, later("cannot be read or written: the server's disk reports an error")),
}


def sentence(location: Location, error: BaseException) -> StoreError | None:
    """The error as the store tells it; None where it is no failure of the database but of the program."""
    original = error.orig if isinstance(error, DBAPIError) else error
    found = _sqlite(original) if isinstance(original, SqliteError) else _postgres(error, original)
    if found is None and isinstance(original, OSError):
        found = (
            CannotSaveError,
            gettext("cannot be used: {error}").format(
                error=original.strerror or errno.errorcode.get(original.errno or 0, "")
            ),
        )
    if found is None:
        return None
    kind, text = found
    done = UNSURE if kind is LostConnectionError else NOTHING_DONE
    told = gettext("The database {database} {failure}; {done}.")
    return kind(told.format(database=location.shown, failure=gettext(text), done=gettext(done)))


def _sqlite(error: SqliteError) -> tuple[type[StoreError], str] | None:
    # An extended code such as SQLITE_READONLY_DIRECTORY begins with the plain one.
    name = getattr(error, "sqlite_errorname", "") or ""
    if "Expression tree is too large" in str(error) or "too many SQL variables" in str(error):
        return StoreError, later("cannot answer a query that long; ask in several parts")
    return next((found for code, found in SQLITE.items() if name.startswith(code)), None)


def _postgres(error: BaseException, original: BaseException | None) -> tuple[type[StoreError], str] | None:
    state = getattr(original, "sqlstate", None) or ""
    for code, found in POSTGRES.items():
        if state.startswith(code):
            return found
    if state or not isinstance(error, DBAPIError):
        return None
    # Without a state the server did not answer at all.
    if error.connection_invalidated or "OperationalError" in type(original).__name__:
        return _unreachable(original)
    return None


def _unreachable(original: BaseException | None) -> tuple[type[StoreError], str]:
    text = str(original)
    if "password authentication failed" in text or "no password supplied" in text:
        return POSTGRES["28"]
    if "does not exist" in text and "database" in text:
        return POSTGRES["3D"]
    if "connection failed" in text or "could not" in text or "timeout expired" in text or "resolve" in text:
        return CannotOpenError, later("cannot be reached; check the address, the network and that the server runs")
    return POSTGRES["08"]
