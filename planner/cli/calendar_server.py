"""Calendar servers from the command line: signing in, and saying why one cannot be used."""

import sys
from getpass import getpass
from urllib.parse import urlsplit

from planner.cli.endings import ExitCode
from planner.cli.messages import say
from planner.exchange.caldav_server import NotSignedInError, ServerError
from planner.exchange.credentials import Credentials
from planner.exchange.text import printable
from planner.wording.translation import gettext, later

HOW_TO_SIGN_IN = later(
    "Set PLANNER_CALDAV_USER and PLANNER_CALDAV_PASSWORD, or keep the password in the system's keyring with"
    " `keyring set 'remodel-planner {host}' USER`."
)


def ask_person(host: str) -> Credentials | None:
    """Asks for a user name and a password on the terminal; None where there is nobody to ask."""
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    say(gettext("{host} wants to know who you are.").format(host=printable(host)))
    user = input(gettext("User name: ")).strip()
    return Credentials(user, getpass(gettext("Password: "))) if user else None


def no_server(url: str, error: ServerError) -> ExitCode:
    """Says why a server cannot be used, and how to sign in where that was the reason."""
    say(str(error))
    if isinstance(error, NotSignedInError):
        say(gettext(HOW_TO_SIGN_IN).format(host=urlsplit(url).hostname))
    say(gettext("Nothing was done."))
    return ExitCode.BAD_INPUT
