"""`planner import absences`: crews' holidays from a calendar into absences.csv, after a look at them."""

from dataclasses import dataclass

from planner.cli.asking import is_agreed
from planner.cli.calendar_place import Place
from planner.cli.calendar_server import ask_person, no_server
from planner.cli.endings import ExitCode
from planner.cli.messages import say, show, show_json
from planner.domain.crew import Absence
from planner.domain.rollout import Rollout
from planner.exchange.absences_csv import AbsencesChange, add_absences
from planner.exchange.absences_ical import FoundAbsences, find_absences
from planner.exchange.caldav_server import ServerError
from planner.exchange.calendar_source import CalendarSource
from planner.exchange.credentials import known_credentials
from planner.exchange.problems import InputError, Problem
from planner.exchange.text import Names
from planner.wording.amounts import counted

UNCLEAR_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsencesRequest:
    """What `planner import absences` was asked for; `is_agreed` writes without asking."""

    source: str
    calendar: str | None = None
    crew: str | None = None
    units: int | None = None
    replace: bool = False
    is_agreed: bool = False
    as_json: bool = False


def import_absences(place: Place, request: AbsencesRequest) -> ExitCode:
    """Shows what a calendar would change in the absences, and does it once somebody agrees.

    Raises InputError and CannotWriteError.
    """
    rollout = place.rollout()
    _check_crew(rollout, request)
    source = CalendarSource(place=request.source, name=request.calendar, known=known_credentials, ask=ask_person)
    try:
        calendars = source.read()
    except ServerError as error:
        return no_server(request.source, error)
    found = find_absences(rollout, calendars, request.crew, request.units)
    replaced = {absence.crew for absence in found.absences} | ({request.crew} if request.crew else set())
    change = add_absences(place.absences(), found.absences, replaced if request.replace else (), rollout.today)
    _preview(found, change, as_json=request.as_json)
    if not change.added and not change.dropped:
        say("All of it is there already; nothing was changed.")
        return ExitCode.OK
    if not is_agreed("Change the absences so?", yes=request.is_agreed):
        return ExitCode.OK
    say(f"Changed in {place.take_absences(change)}. Plan again: the plan knows nothing of it yet.")
    return ExitCode.OK


def _check_crew(rollout: Rollout, request: AbsencesRequest) -> None:
    crews = Names("crew", rollout.crew_by_id)
    if request.crew is not None and request.crew not in crews:
        raise InputError([Problem("--crew", None, None, crews.unknown(request.crew))])


def _preview(found: FoundAbsences, change: AbsencesChange, *, as_json: bool) -> None:
    for sentence in found.unclear[:UNCLEAR_SHOWN]:
        say(f"Left out: {sentence}.")
    if len(found.unclear) > UNCLEAR_SHOWN:
        say(f"… and {len(found.unclear) - UNCLEAR_SHOWN} more.")
    if as_json:
        show_json(
            {
                "added": [_data(absence) for absence in change.added],
                "known": [_data(absence) for absence in change.known],
                "dropped": [dict(row) for row in change.dropped],
                "left_out": list(found.unclear),
            }
        )
        return
    for absence in change.added:
        show(f"+ {_line(absence)}")
    for row in change.dropped:
        show(f"- {row['crew']}  {row['first']} to {row['last']}  {row['reason']}".rstrip())
    counts = f"{len(change.added)} new, {len(change.known)} there already, {len(change.dropped)} dropped"
    show(f"{counted(len(found.absences), 'absence')} in the calendar: {counts}.")


def _line(absence: Absence) -> str:
    units = "" if absence.units is None else f"  ({absence.units} away)"
    return f"{absence.crew}  {absence.first} to {absence.last}{units}  {absence.reason}".rstrip()


def _data(absence: Absence) -> dict[str, object]:
    return {
        "crew": absence.crew,
        "first": absence.first.isoformat(),
        "last": absence.last.isoformat(),
        "units": absence.units,
        "reason": absence.reason,
    }
