"""Readers of calendars that nobody here wrote, each giving what it understood of a file in the same form."""

import ctypes
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Understood:
    """An all-day event as a reader understood it, both days included."""

    first: date
    last: date
    summary: str
    status: str
    location: str


Reader = Callable[[bytes, Path], dict[str, Understood]]
"""What a reader makes of a calendar by UID; it may keep something in the folder from one time to the next."""


def with_ical(data: bytes, folder: Path) -> dict[str, Understood]:
    """The pip package `ical`, which Home Assistant uses."""
    from ical.calendar_stream import IcsCalendarStream  # noqa: PLC0415 - slow to load

    return {
        event.uid: Understood(
            event.dtstart,
            event.dtend - ONE_DAY,
            event.summary or "",
            event.status or "",
            event.location or "",
        )
        for event in IcsCalendarStream.calendar_from_ics(data.decode()).events
    }


def with_ics(data: bytes, folder: Path) -> dict[str, Understood]:
    """The pip package `ics`."""
    pytest.importorskip("ics", reason="needs pip install ics")
    from ics import Calendar  # noqa: PLC0415 - perhaps not installed

    found = {}
    for event in Calendar(data.decode()).events:
        assert event.all_day
        found[event.uid] = Understood(
            event.begin.date(), event.end.date() - ONE_DAY, event.name, event.status, event.location
        )
    return found


KHAL_CONFIG = """\
[calendars]
[[plan]]
path = {folder}/calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = Europe/Berlin
default_timezone = Europe/Berlin
[sqlite]
path = {folder}/khal.db
[default]
default_calendar = plan
"""


def with_khal(data: bytes, folder: Path) -> dict[str, Understood]:
    """The calendar program `khal`, which keeps a calendar of its own that files are imported into."""
    if importlib.util.find_spec("khal") is None:
        pytest.skip("needs pip install khal")
    (folder / "calendar").mkdir(exist_ok=True)
    (folder / "khal.conf").write_text(KHAL_CONFIG.format(folder=folder), encoding="utf-8")
    (folder / "plan.ics").write_bytes(data)
    environment = {**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8", "XDG_CONFIG_HOME": str(folder)}

    def khal(*arguments: str) -> str:
        # The module, not the command: both are in the environment that runs the tests.
        run = "from khal.cli import main_khal; main_khal()"
        command = [sys.executable, "-c", run, "--config", str(folder / "khal.conf"), *arguments]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stderr
        return done.stdout

    khal("import", "--batch", str(folder / "plan.ics"))
    fields = ("uid", "title", "start-date", "end-date", "status", "location")
    listed = khal("list", "--once", "--notstarted", *(f"--json={name}" for name in fields), "2023-01-01", "1200d")
    events = [event for line in listed.splitlines() if line.startswith("[") for event in json.loads(line)]
    return {
        event["uid"]: Understood(
            date.fromisoformat(event["start-date"]),
            date.fromisoformat(event["end-date"]),
            event["title"],
            event["status"].strip(),
            event["location"],
        )
        for event in events
    }


ICAL_JS = """
const found = require('ical.js');
const ICAL = found.default || found;
const calendar = new ICAL.Component(ICAL.parse(require('fs').readFileSync(0, 'utf8')));
const events = calendar.getAllSubcomponents('vevent').map((part) => {
  const event = new ICAL.Event(part);
  if (!event.startDate.isDate) throw new Error('not an all-day event');
  return [event.uid, event.startDate.toString(), event.endDate.toString(), event.summary,
          part.getFirstPropertyValue('status'), event.location];
});
console.log(JSON.stringify(events));
"""

NODE_ICAL = """
const found = require('node-ical').sync.parseICS(require('fs').readFileSync(0, 'utf8'));
const day = (moment) => [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()]
  .map((part) => String(part).padStart(2, '0')).join('-');
const events = Object.values(found).filter((part) => part.type === 'VEVENT').map((event) => {
  if (event.datetype !== 'date') throw new Error('not an all-day event');
  return [event.uid, day(event.start), day(event.end), event.summary, event.status, event.location];
});
console.log(JSON.stringify(events));
"""


@cache
def _missing_in_node(package: str) -> str:
    """Why a package of node cannot be used, or nothing."""
    if shutil.which("node") is None:
        return "needs node"
    command = ["node", "-e", f"require('{package}')"]
    if subprocess.run(command, capture_output=True, check=False, timeout=60).returncode:
        return f"needs npm install {package}, and NODE_PATH set to its node_modules"
    return ""


def _with_node(package: str, script: str, data: bytes, timezone: str) -> dict[str, Understood]:
    missing = _missing_in_node(package)
    if missing:
        pytest.skip(missing)
    environment = {**os.environ, "TZ": timezone}
    done = subprocess.run(
        ["node", "-e", script], input=data, env=environment, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()
    return {
        uid: Understood(date.fromisoformat(first), date.fromisoformat(end) - ONE_DAY, summary, status, location)
        for uid, first, end, summary, status, location in json.loads(done.stdout)
    }


def with_ical_js(data: bytes, folder: Path) -> dict[str, Understood]:
    """The npm package `ical.js`, which Thunderbird and Nextcloud use."""
    return _with_node("ical.js", ICAL_JS, data, "Europe/Berlin")


def with_node_ical(data: bytes, folder: Path) -> dict[str, Understood]:
    """The npm package `node-ical`, on a computer in another zone: whole days must not slip."""
    return _with_node("node-ical", NODE_ICAL, data, "America/New_York")


def misread(reader: str, text: str) -> str:
    """What a reader makes of a text: two of them take a backslash before an n for a line break, however escaped."""
    return text.replace("\\n", "\\\n") if reader in ("ics", "node-ical") else text


READERS: dict[str, Reader] = {
    "ical": with_ical,
    "ics": with_ics,
    "khal": with_khal,
    "ical.js": with_ical_js,
    "node-ical": with_node_ical,
}


@cache
def libical() -> ctypes.CDLL:
    """The C library `libical`, with its check of what RFC 5545 and 5546 allow."""
    try:
        library = ctypes.CDLL("libical.so.3")
    except OSError:
        pytest.skip("needs libical.so.3 (Debian: libical3)")
    library.icalparser_parse_string.restype = ctypes.c_void_p
    library.icalparser_parse_string.argtypes = [ctypes.c_char_p]
    for function in (library.icalrestriction_check, library.icalcomponent_count_errors, library.icalcomponent_free):
        function.argtypes = [ctypes.c_void_p]
    return library


def passes_libical(data: bytes) -> bool:
    """Whether libical reads a calendar without an error and finds it within its restrictions."""
    library = libical()
    calendar = library.icalparser_parse_string(data)
    assert calendar
    try:
        is_allowed = bool(library.icalrestriction_check(calendar))
        return is_allowed and library.icalcomponent_count_errors(calendar) == 0
    finally:
        library.icalcomponent_free(calendar)
