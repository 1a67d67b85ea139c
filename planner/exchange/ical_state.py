"""What calendars last held, kept in a file beside them: the memory that makes UID, SEQUENCE and LAST-MODIFIED last."""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

from planner.exchange.ical_events import CalendarEvent, EventKind, EventStatus
from planner.exchange.ical_identity import CalendarRecord, Version
from planner.exchange.json_node import MISSING, JsonNode, JsonObject, load_json
from planner.exchange.problems import InputError, Problem
from planner.exchange.whole_files import write_whole
from planner.wording.quotation import in_quotes
from planner.wording.translation import gettext

SCHEMA = "remodel-calendars/1"
STATE_FILE = "calendars.state.json"
STAMP = "%Y-%m-%dT%H:%M:%SZ"
MINUTE = timedelta(minutes=1)


class FolderStates:
    """The calendars of one state file; nothing is written until `save`, or by whoever writes `content`.

    Raises InputError where the file is there and cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        # A link to nowhere is there, and says so when it is read.
        self._records = _read(path) if os.path.lexists(path) else {}

    @property
    def calendars(self) -> tuple[str, ...]:
        """The names of the calendars that are remembered."""
        return tuple(self._records)

    def recall(self, calendar: str) -> CalendarRecord:
        """What a calendar last held; nothing if it is new."""
        return self._records.get(calendar, CalendarRecord())

    def remember(self, calendar: str, record: CalendarRecord) -> None:
        """Keeps what a calendar now holds."""
        self._records[calendar] = record

    def content(self) -> bytes:
        """The state file's bytes: the same for the same calendars."""
        calendars = {name: _record_object(record) for name, record in sorted(self._records.items())}
        return (json.dumps({"schema": SCHEMA, "calendars": calendars}, indent=1) + "\n").encode()

    def save(self) -> None:
        """Writes the state file, whole or not at all; raises CannotWriteError."""
        write_whole(self.path.parent, {self.path.name: self.content()})


def _record_object(record: CalendarRecord) -> dict[str, object]:
    return {
        "events": {uid: _version_object(version) for uid, version in sorted(record.versions.items())},
        "etags": dict(sorted(record.etags.items())),
    }


def version_to_text(version: Version) -> str:
    """A version of an event, but for its UID, as JSON."""
    return json.dumps(_version_object(version), ensure_ascii=False)


def version_of_text(uid: str, text: str) -> Version:
    """The version that `version_to_text` wrote; raises ValueError for another text."""
    node = JsonNode(json.loads(text, object_pairs_hook=JsonObject), "", {})
    version = _version(uid, node)
    if node.problems:
        raise ValueError(f"{uid} is no event: {next(iter(node.problems))}")
    return version


def _version_object(version: Version) -> dict[str, object]:
    event = version.event
    return {
        "kind": event.kind.value,
        "shop": event.shop,
        "first": event.first.isoformat(),
        "last": event.last.isoformat(),
        "status": event.status.value,
        "summary": event.summary,
        "description": event.description,
        "location": event.location,
        "position": None if event.position is None else list(event.position),
        "categories": list(event.categories),
        "alarm_minutes": [before // MINUTE for before in event.alarms],
        "sequence": version.sequence,
        "modified": version.modified.astimezone(UTC).strftime(STAMP),
    }


def _read(path: Path) -> dict[str, CalendarRecord]:
    root = JsonNode(load_json(path), "", {})
    schema = root["schema"]
    if schema.value != SCHEMA:
        schema.wrong(in_quotes(SCHEMA))
    records = {}
    if schema.value in (SCHEMA, MISSING):
        records = {name: _record(node) for name, node in root["calendars"].members()}
    if root.problems:
        problems = [Problem(path.name, None, place or None, text) for place, text in root.problems]
        text = gettext("is not the planner's; put back the file as the planner wrote it, or remove it to begin anew")
        raise InputError([*problems, Problem(path.name, None, None, text)])
    return records


def _record(node: JsonNode) -> CalendarRecord:
    return CalendarRecord(
        versions={uid: _version(uid, item) for uid, item in node["events"].members()},
        etags={uid: item.text() for uid, item in node["etags"].members()},
    )


def _version(uid: str, node: JsonNode) -> Version:
    event = CalendarEvent(
        uid=uid,
        kind=node["kind"].one_of(EventKind),
        shop=node["shop"].text(),
        first=node["first"].day(),
        last=node["last"].day(),
        status=node["status"].one_of(EventStatus),
        summary=node["summary"].text(),
        description=node["description"].text(),
        location=node["location"].text(),
        position=node["position"].or_null(_position),
        categories=node["categories"].texts(),
        alarms=tuple(item.whole() * MINUTE for item in node["alarm_minutes"].items()),
    )
    return Version(event, node["sequence"].whole(), _moment(node["modified"]))


def _position(node: JsonNode) -> tuple[float, float]:
    degrees = [item.number() for item in node.items()]
    if len(degrees) != 2:
        node.wrong(gettext("latitude and longitude"))
        return 0.0, 0.0
    return degrees[0], degrees[1]


def _moment(node: JsonNode) -> datetime:
    try:
        return datetime.strptime(node.text(), STAMP).replace(tzinfo=UTC)
    except ValueError:
        node.wrong(gettext("a moment such as 2021-07-13T10:30:00Z"))
        return datetime.min.replace(tzinfo=UTC)
