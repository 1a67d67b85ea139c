"""`planner export ics`: a plan as one calendar, or as one for each crew, partner, region or shop."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from planner.cli.amounts import counted
from planner.cli.calendar_choice import CalendarChoice
from planner.cli.calendar_place import Place
from planner.cli.checked_plan import CheckedPlan
from planner.cli.endings import ExitCode
from planner.cli.messages import clip, say, show, show_json
from planner.domain.rollout import Rollout
from planner.exchange.ical import CalendarHeader
from planner.exchange.ical_events import CalendarEvent
from planner.exchange.ical_selection import Audience, file_names, split_by
from planner.exchange.ical_state import STATE_FILE, FolderStates
from planner.exchange.ical_update import Changes, update_calendar
from planner.exchange.problems import InputError, Problem
from planner.exchange.whole_files import write_whole

WHOLE_CALENDAR = "calendar.ics"
CALENDARS_FOLDER = "calendars"
FILES_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """What `planner export ics` was asked for; `out` is a file, or a folder where each of `per` has a file."""

    choice: CalendarChoice
    per: Audience | None = None
    out: Path | None = None
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar to be written: its file's name, its own name, and its events."""

    file: str
    name: str
    events: list[CalendarEvent]


def export_calendars(place: Place, request: ExportRequest) -> ExitCode:
    """Writes the calendars asked for, and says what became of their events since the last time.

    Raises InputError and CannotWriteError.
    """
    source = place.source()
    if not isinstance(source, CheckedPlan):
        return source
    events = request.choice.events(source, request.per)
    folder, single = _target(place.out, request, source.rollout)
    states = FolderStates(folder / STATE_FILE)
    files = (
        [CalendarFile(single, _calendar_name(source.rollout, request.choice), events)]
        if request.per is None
        else list(_one_for_each(request.per, request.choice, source.rollout, events, states))
    )
    now = datetime.now(UTC)
    contents: dict[str, bytes] = {}
    changes: dict[str, Changes] = {}
    for item in files:
        header = CalendarHeader(name=item.name, timezone=source.rollout.timezone, language=request.choice.language)
        update = update_calendar(states, item.file, header, source.rollout, item.events, now)
        contents[item.file], changes[item.file] = update.content, update.changes
    if not files:
        say(f"No {request.per} has an event of the kinds chosen, so nothing was written.")
        return ExitCode.OK
    write_whole(folder, {**contents, STATE_FILE: states.content()})
    _report(folder, changes, as_json=request.as_json)
    return ExitCode.OK


def _target(out: Path, request: ExportRequest, rollout: Rollout) -> tuple[Path, str]:
    """The folder to write to, and the name of the file where there is one only.

    A file remembers what it held, so that another selection written to it cancels the rest: each has its own file.
    """
    if request.per is not None:
        return request.out or out / CALENDARS_FOLDER, ""
    if request.out is not None:
        if request.out.is_dir():
            raise InputError([Problem("--out", None, None, "is a folder; give the name of a file, such as plan.ics")])
        return request.out.parent, request.out.name
    choice = request.choice
    if choice.is_everything:
        return out, WHOLE_CALENDAR
    names = [(audience, name) for audience, given in choice.only.items() for name in given]
    if choice.where or len(names) != 1:
        what = "is needed for a selection: say which file it goes to, such as --out south.ics"
        raise InputError([Problem("--out", None, None, what)])
    audience, name = names[0]
    return out, file_names(audience, audience.all_names(rollout))[name]


def _one_for_each(
    per: Audience, choice: CalendarChoice, rollout: Rollout, events: list[CalendarEvent], states: FolderStates
) -> Iterator[CalendarFile]:
    """A calendar for each name with events; also for one without that had a calendar before, where all are chosen."""
    calendars = split_by(per, rollout, events)
    names = file_names(per, dict.fromkeys((*per.all_names(rollout), *calendars)))
    wanted = choice.only.get(per)
    for name, file in names.items():
        if name in calendars and (wanted is None or name in wanted):
            yield CalendarFile(file, f"{rollout.name}: {audience_label(rollout, per, name)}", calendars[name])
    if choice.is_everything:
        for file in states.calendars:
            if file.startswith(f"{per}-") and file not in {names[name] for name in calendars}:
                yield CalendarFile(file, f"{rollout.name}: {Path(file).stem}", [])


def audience_label(rollout: Rollout, audience: Audience, name: str) -> str:
    """How people call a crew, a partner, a region or a shop."""
    if audience is Audience.CREW:
        return rollout.crew_by_id[name].name or name
    return rollout.shop_by_id[name].name or name if audience is Audience.SHOP else name


def _calendar_name(rollout: Rollout, choice: CalendarChoice) -> str:
    labels = [
        audience_label(rollout, audience, name) for audience, names in choice.only.items() for name in sorted(names)
    ]
    return f"{rollout.name}: {', '.join(labels)}" if labels else rollout.name


def _report(folder: Path, changes: dict[str, Changes], *, as_json: bool) -> None:
    if as_json:
        files = [{"file": str(folder / name), **asdict(item)} for name, item in changes.items()]
        show_json({"files": files})
        return
    for name, item in list(changes.items())[:FILES_SHOWN]:
        show(f"{clip(name, 80)}: {changes_text(item)}")
    if len(changes) > FILES_SHOWN:
        show(f"… and {len(changes) - FILES_SHOWN} more")
    show(f"Written to {folder}: {counted(len(changes), 'calendar')}.")


def changes_text(changes: Changes) -> str:
    """What became of a calendar's events, in words."""
    parts = [
        f"{number} {word}"
        for number, word in ((changes.new, "new"), (changes.changed, "changed"), (changes.cancelled, "cancelled"))
        if number
    ]
    return f"{counted(changes.holds, 'event')} ({', '.join(parts) or 'unchanged'})"
