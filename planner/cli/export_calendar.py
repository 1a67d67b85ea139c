"""`planner export ics`: a plan as one calendar, or as one for each crew, partner, region or shop."""

from dataclasses import asdict, dataclass
from pathlib import Path

from planner.cli.calendar_choice import CalendarChoice
from planner.cli.calendar_place import Place
from planner.cli.checked_plan import CheckedPlan
from planner.cli.endings import ExitCode
from planner.cli.messages import clip, say, show, show_json
from planner.domain.rollout import Rollout
from planner.exchange.calendar_files import CALENDARS_FOLDER, WHOLE_CALENDAR, CalendarFiles, CalendarMaker
from planner.exchange.ical_selection import Audience, file_names
from planner.exchange.ical_update import Changes
from planner.exchange.problems import InputError, Problem
from planner.wording.amounts import counted
from planner.wording.translation import gettext

FILES_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """What `planner export ics` was asked for; `out` is a file, or a folder where each of `per` has a file."""

    choice: CalendarChoice
    per: Audience | None = None
    out: Path | None = None
    as_json: bool = False


def export_calendars(place: Place, request: ExportRequest) -> ExitCode:
    """Writes the calendars asked for, and says what became of their events since the last time.

    Raises InputError and CannotWriteError.
    """
    source = place.source()
    if not isinstance(source, CheckedPlan):
        return source
    events = request.choice.events(source, request.per)
    folder, single = _target(place.out, request, source.rollout)
    wanted = CalendarFiles(
        per=request.per,
        single=single,
        only=request.choice.only,
        is_everything=request.choice.is_everything,
        language=request.choice.language,
    )
    make = CalendarMaker(source.rollout, events, wanted)
    place.write_calendars(folder, make)
    if not make.changes:
        say(_nothing_text(request))
        return ExitCode.BAD_INPUT
    _report(folder, make.changes, as_json=request.as_json)
    return ExitCode.OK


def _nothing_text(request: ExportRequest) -> str:
    if not request.choice.is_everything:
        return gettext("Nothing that the selection leaves has an event of the kinds chosen, so nothing was written.")
    match request.per:
        case Audience.CREW:
            return gettext("No crew has an event of the kinds chosen, so nothing was written.")
        case Audience.PARTNER:
            return gettext("No partner has an event of the kinds chosen, so nothing was written.")
        case Audience.REGION:
            return gettext("No region has an event of the kinds chosen, so nothing was written.")
        case Audience.SHOP:
            return gettext("No shop has an event of the kinds chosen, so nothing was written.")
        case None:
            return gettext("No shop of the plan has an event of the kinds chosen, so nothing was written.")


def _target(out: Path, request: ExportRequest, rollout: Rollout) -> tuple[Path, str]:
    """The folder to write to, and the name of the file where there is one only.

    A file remembers what it held, so that another selection written to it cancels the rest: each has its own file.
    """
    if request.per is not None:
        return request.out or out / CALENDARS_FOLDER, ""
    if request.out is not None:
        if request.out.is_dir():
            text = gettext("is a folder; give the name of a file, such as {name}").format(name="plan.ics")
            raise InputError([Problem("--out", None, None, text)])
        return request.out.parent, request.out.name
    choice = request.choice
    if choice.is_everything:
        return out, WHOLE_CALENDAR
    names = [(audience, name) for audience, given in choice.only.items() for name in given]
    if choice.where or len(names) != 1:
        what = gettext("is needed for a selection: say which file it goes to, such as --out south.ics")
        raise InputError([Problem("--out", None, None, what)])
    audience, name = names[0]
    return out, file_names(audience, audience.all_names(rollout))[name]


def _report(folder: Path, changes: dict[str, Changes], *, as_json: bool) -> None:
    if as_json:
        files = [{"file": str(folder / name), **asdict(item)} for name, item in changes.items()]
        show_json({"files": files})
        return
    for name, item in list(changes.items())[:FILES_SHOWN]:
        show(f"{clip(name, 80)}: {changes_text(item)}")
    if len(changes) > FILES_SHOWN:
        show(gettext("… and {number} more").format(number=len(changes) - FILES_SHOWN))
    text = gettext("Written to {folder}: {calendars}.")
    show(text.format(folder=folder, calendars=counted(len(changes), "calendar")))


def changes_text(changes: Changes) -> str:
    """What became of a calendar's events, in words."""
    numbers = {
        gettext("{number} new"): changes.new,
        gettext("{number} changed"): changes.changed,
        gettext("{number} cancelled"): changes.cancelled,
    }
    parts = [text.format(number=number) for text, number in numbers.items() if number]
    return f"{counted(changes.holds, 'event')} ({', '.join(parts) or gettext('unchanged')})"
