"""What a user likes, kept in a small file of their own: the theme, and other keys for commands.

The file is `ui.json` in the user's configuration directory, for instance `~/.config/planner/ui.json` on Linux:

    {"theme": "planner-light", "keys": {"plan.start": "f9", "backlog.add": "n,insert"}}

A command's name for `keys` stands in the help. What cannot be read in the file is left as it is, and not followed.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from planner.exchange.whole_files import write_whole

FILE_NAME = "ui.json"


@dataclass(frozen=True, slots=True)
class Preferences:
    """A user's choices; an empty `theme` is the default one, `keys` are keys by a command's name."""

    theme: str = ""
    keys: Mapping[str, str] = field(default_factory=dict)

    def with_theme(self, theme: str) -> "Preferences":
        """The same with another theme."""
        return replace(self, theme=theme)


def preferences_path() -> Path:
    """Where the user's choices are."""
    from platformdirs import user_config_path  # noqa: PLC0415 - only where preferences are read

    return user_config_path("planner", appauthor=False) / FILE_NAME


def read_preferences(path: Path) -> Preferences:
    """The user's choices; none where there is no file, or where it is none of ours."""
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return Preferences()
    if not isinstance(data, dict):
        return Preferences()
    theme, keys = data.get("theme"), data.get("keys")
    return Preferences(
        theme=theme if isinstance(theme, str) else "",
        keys={name: key for name, key in keys.items() if isinstance(key, str)} if isinstance(keys, dict) else {},
    )


def write_preferences(path: Path, preferences: Preferences) -> None:
    """Keeps the user's choices; raises CannotWriteError."""
    data = {"theme": preferences.theme, "keys": dict(preferences.keys)}
    write_whole(path.parent, {path.name: (json.dumps(data, indent=2) + "\n").encode()})
