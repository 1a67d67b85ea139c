"""The commands for calendars load nothing heavy before they run, and say what they do."""

import pytest

from .test_help import ROOT, planner

HEAVY = ("caldav", "icalendar", "keyring", "niquests", "recurring_ical_events", "starlette", "uvicorn", "holidays")
COMMANDS = (
    ("export", "ics"),
    ("publish", "caldav"),
    ("import", "absences"),
    ("calendar", "changes"),
    ("serve", "calendars"),
    ("serve", "address"),
    ("serve", "revoke"),
    ("serve", "list"),
)
LIST_LOADED = f"""
import atexit, sys
atexit.register(lambda: print("loaded:", [name for name in {HEAVY} if name in sys.modules]))
from planner.cli.app import main
main()
"""


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_help_says_what_a_command_does_and_loads_nothing_heavy(command: tuple[str, str]) -> None:
    assert ROOT.is_dir()
    code, out, _ = planner(*command, "--help", code=LIST_LOADED)
    assert code == 0
    assert f"Usage: planner {' '.join(command)}" in out
    assert out.splitlines()[-1] == "loaded: []"
    if command != ("serve", "list"):
        assert "Exit codes: 0" in out


@pytest.mark.parametrize("group", ["publish", "serve", "calendar"])
def test_a_group_alone_shows_its_commands(group: str) -> None:
    code, out, err = planner(group)
    assert code == 2
    assert any(f" {name} " in out + err for first, name in COMMANDS if first == group)
