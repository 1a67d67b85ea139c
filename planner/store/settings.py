"""The one place where the store's settings are: what they are called, what they mean, what they are if not given.

Each may be given in the environment as `PLANNER_` and its name in capitals; the command line's options come first.
"""

import getpass
from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

FILE_NAME = "planner.db"


def default_database() -> str:
    """The file in the user's data directory, such as ~/.local/share/planner/planner.db on Linux."""
    return str(user_data_path("planner", appauthor=False) / FILE_NAME)


def current_user() -> str:
    """The name this user is logged in by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


class StoreSettings(BaseSettings):
    """Where the store is, whose changes these are, and how patient to be."""

    model_config = SettingsConfigDict(env_prefix="PLANNER_", extra="ignore")

    db: str = Field(default_factory=default_database, repr=False)
    """PLANNER_DB, --db: the database: a path, or a URL such as `postgresql+psycopg://user@host/name`. Not shown as it
    is, since a URL may hold a password."""

    rollout: str = ""
    """PLANNER_ROLLOUT, --rollout: the rollout to work on; need not be given while the database has only one."""

    user: str = Field(default_factory=current_user)
    """PLANNER_USER: the name that the journal notes for changes; the login name if not given."""

    busy_seconds: float = Field(default=5.0, ge=0, le=600)
    """PLANNER_BUSY_SECONDS: how long a change waits for another program to finish its own."""

    @field_validator("db")
    @classmethod
    def _path_of_the_user(cls, text: str) -> str:
        return text if "://" in text else str(Path(text).expanduser()) if text.strip() else default_database()

    @field_validator("user")
    @classmethod
    def _somebody(cls, text: str) -> str:
        return text.strip() or current_user()
