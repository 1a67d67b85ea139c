"""`planner publish caldav`: a plan's events, pushed to a calendar on a server."""

from dataclasses import dataclass
from datetime import UTC, datetime

from planner.cli.calendar_choice import CalendarChoice
from planner.cli.calendar_place import Place
from planner.cli.calendar_server import ask_person, no_server
from planner.cli.checked_plan import CheckedPlan
from planner.cli.endings import ExitCode
from planner.cli.messages import say, show, show_json
from planner.domain.rollout import Rollout
from planner.exchange.caldav_publish import Outcome, Publication
from planner.exchange.caldav_server import CalendarServer, ServerError, find_calendar, sign_in
from planner.exchange.calendar_address import read_address
from planner.exchange.credentials import known_credentials
from planner.exchange.ical_events import CalendarEvent
from planner.exchange.ical_identity import SavedStates, next_versions, over_in
from planner.exchange.ical_texts import TEXTS
from planner.wording.amounts import number_text
from planner.wording.translation import gettext, ngettext

SHOPS_SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishRequest:
    """What `planner publish caldav` was asked for."""

    url: str
    choice: CalendarChoice
    calendar: str | None = None
    create: bool = False
    overwrite: bool = False
    as_json: bool = False


def publish_calendar(place: Place, request: PublishRequest) -> ExitCode:
    """Brings a calendar on a server up to date with a plan, and says what that took.

    Raises InputError and CannotWriteError.
    """
    address = read_address(request.url)
    source = place.source()
    if not isinstance(source, CheckedPlan):
        return source
    events = request.choice.events(source)
    states = place.server_states()
    try:
        with sign_in(address, known_credentials, ask_person) as server:
            url = find_calendar(server, request.calendar, create=request.create)
            outcome, problem = push(server, url, request, source.rollout, events, states)
    except ServerError as error:
        return no_server(address.url, error)
    except KeyboardInterrupt:
        say(gettext("Run this again to send the rest."))
        raise
    _report(url, outcome, as_json=request.as_json)
    if problem is not None:
        say(gettext("{problem} Run this again to send the rest.").format(problem=problem))
    return ExitCode.FAILED if problem or outcome.failed or outcome.taken else ExitCode.OK


def push(
    server: CalendarServer,
    url: str,
    request: PublishRequest,
    rollout: Rollout,
    events: list[CalendarEvent],
    states: SavedStates,
) -> tuple[Outcome, ServerError | None]:
    """Sends what has changed and remembers what arrived, however it ends; the error is what broke it off."""
    language = request.choice.language
    before = states.recall(url)
    versions = next_versions(
        before.versions, events, datetime.now(UTC), is_over=over_in(rollout), cancelled=TEXTS[language].cancelled
    )
    publication = Publication(
        server,
        url,
        before,
        versions,
        language=language,
        timezone=rollout.timezone,
        today=rollout.today,
        overwrite=request.overwrite,
    )
    problem = None
    try:
        publication.run()
    except ServerError as error:
        problem = error
    finally:
        if publication.outcome.record != before:
            states.remember(url, publication.outcome.record)
            states.save()
    return publication.outcome, problem


def _report(url: str, outcome: Outcome, *, as_json: bool) -> None:
    if as_json:
        show_json(_data(url, outcome))
        return
    text = gettext("{calendar}: {new} new, {changed} changed, {cancelled} cancelled, {unchanged} unchanged.")
    show(
        text.format(
            calendar=url,
            new=outcome.created,
            changed=outcome.updated,
            cancelled=outcome.cancelled,
            unchanged=outcome.unchanged,
        )
    )
    refused = [uid for uid, _ in outcome.failed]
    held = ngettext(
        "{number} event moved by somebody in the calendar and left there ({shops}): `planner calendar changes` says"
        " what that would mean; --overwrite puts back the plan's days.",
        "{number} events moved by somebody in the calendar and left there ({shops}): `planner calendar changes` says"
        " what that would mean; --overwrite puts back the plan's days.",
        len(outcome.held),
    )
    taken = ngettext(
        "{number} event already in the calendar by another way, such as an import ({shops}): remove these there, or"
        " choose a calendar of its own.",
        "{number} events already in the calendar by another way, such as an import ({shops}): remove these there, or"
        " choose a calendar of its own.",
        len(outcome.taken),
    )
    failed = ngettext(
        "{number} event refused by the server ({shops}): status {statuses}; run this again, or ask who runs the"
        " server.",
        "{number} events refused by the server ({shops}): status {statuses}; run this again, or ask who runs the"
        " server.",
        len(refused),
    )
    statuses = ", ".join(str(status) for status in sorted({status for _, status in outcome.failed}))
    for text, uids in ((held, outcome.held), (taken, outcome.taken), (failed, refused)):
        if uids:
            say(text.format(number=number_text(len(uids)), shops=_named(outcome, uids), statuses=statuses))


def _named(outcome: Outcome, uids: list[str]) -> str:
    """The shops that events are about, the first few of many."""
    shops = sorted({outcome.versions[uid].event.shop for uid in uids if uid in outcome.versions})
    names, rest = ", ".join(shops[:SHOPS_SHOWN]), len(shops) - SHOPS_SHOWN
    return gettext("{names} and {number} more").format(names=names, number=rest) if rest > 0 else names


def _data(url: str, outcome: Outcome) -> dict[str, object]:
    return {
        "calendar": url,
        "new": outcome.created,
        "changed": outcome.updated,
        "cancelled": outcome.cancelled,
        "unchanged": outcome.unchanged,
        "moved_in_calendar": sorted(outcome.held),
        "already_there": sorted(outcome.taken),
        "failed": [{"uid": uid, "status": status} for uid, status in sorted(outcome.failed)],
    }
