"""`planner import absences`: crews' holidays from a calendar into absences.csv, after a look at them."""

from dataclasses import dataclass

from planner.cli.asking import is_agreed
from planner.cli.calendar_place import Place
from planner.cli.calendar_server import ask_person, no_server
from planner.cli.endings import ExitCode
from planner.cli.messages import say, show, show_json
from planner.cli.nouns import noun
from planner.domain.crew import Absence
from planner.domain.rollout import Rollout
from planner.exchange.absences_csv import AbsencesChange, add_absences
from planner.exchange.absences_ical import FoundAbsences, find_absences
from planner.exchange.caldav_server import ServerError
from planner.exchange.calendar_source import CalendarSource
from planner.exchange.credentials import known_credentials
from planner.exchange.problems import InputError, Problem
from planner.exchange.text import Names
from planner.wording.amounts import number_text, plain_day_text
from planner.wording.translation import gettext, ngettext

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
        say(gettext("All of it is there already; nothing was changed."))
        return ExitCode.OK
    if not is_agreed(gettext("Change the absences so?"), yes=request.is_agreed):
        return ExitCode.BAD_INPUT
    text = gettext("Changed in {place}. Plan again: the plan knows nothing of it yet.")
    say(text.format(place=place.take_absences(change)))
    return ExitCode.OK


def _check_crew(rollout: Rollout, request: AbsencesRequest) -> None:
    crews = Names(noun("crew"), rollout.crew_by_id)
    if request.crew is not None and request.crew not in crews:
        raise InputError([Problem("--crew", None, None, crews.unknown(request.crew))])


def _preview(found: FoundAbsences, change: AbsencesChange, *, as_json: bool) -> None:
    for sentence in found.unclear[:UNCLEAR_SHOWN]:
        say(gettext("Left out: {what}.").format(what=sentence))
    if len(found.unclear) > UNCLEAR_SHOWN:
        say(gettext("… and {number} more.").format(number=len(found.unclear) - UNCLEAR_SHOWN))
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
        days = gettext("{first} to {last}").format(first=row["first"], last=row["last"])
        show(f"- {row['crew']}  {days}  {row['reason']}".rstrip())
    text = ngettext(
        "{number} absence in the calendar: {new} new, {known} there already, {dropped} dropped.",
        "{number} absences in the calendar: {new} new, {known} there already, {dropped} dropped.",
        len(found.absences),
    )
    show(
        text.format(
            number=number_text(len(found.absences)),
            new=len(change.added),
            known=len(change.known),
            dropped=len(change.dropped),
        )
    )


def _line(absence: Absence) -> str:
    days = gettext("{first} to {last}").format(first=plain_day_text(absence.first), last=plain_day_text(absence.last))
    if absence.units is not None:
        days += gettext("  ({number} away)").format(number=absence.units)
    return f"{absence.crew}  {days}  {absence.reason}".rstrip()


def _data(absence: Absence) -> dict[str, object]:
    return {
        "crew": absence.crew,
        "first": absence.first.isoformat(),
        "last": absence.last.isoformat(),
        "units": absence.units,
        "reason": absence.reason,
    }
