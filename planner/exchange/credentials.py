"""Credentials for calendar servers: from the environment, the system's keyring, or a prompt; kept nowhere."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field

USER_VARIABLE = "PLANNER_CALDAV_USER"
PASSWORD_VARIABLE = "PLANNER_CALDAV_PASSWORD"
KEYRING_SERVICE = "remodel-planner {host}"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name and a password; the password is never shown."""

    user: str
    password: str = field(repr=False)


CredentialsSource = Callable[[str], Credentials | None]
"""Gives the credentials for a host, or None where it has none."""


def known_credentials(host: str) -> Credentials | None:
    """The credentials for `host` from the environment or else the keyring, where both parts are known."""
    user = os.environ.get(USER_VARIABLE, "")
    password = os.environ.get(PASSWORD_VARIABLE)
    if user and password is not None:
        return Credentials(user, password)
    return _from_keyring(host, user)


def _from_keyring(host: str, user: str) -> Credentials | None:
    import keyring  # noqa: PLC0415 - takes a while to look for the system's keyring
    from keyring.errors import KeyringError  # noqa: PLC0415 - see above

    try:
        found = keyring.get_credential(KEYRING_SERVICE.format(host=host), user or None)
    except KeyringError:
        # No keyring, or a locked one: the next way is to ask.
        return None
    return Credentials(found.username, found.password) if found else None
