"""`planner calendar changes`: what people moved in their calendar, as proposals with their consequences."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from planner.cli.calendar_place import Place
from planner.cli.calendar_server import ask_person, no_server
from planner.cli.checked_plan import CheckedPlan
from planner.cli.endings import ExitCode
from planner.cli.messages import clip, say, show, show_json
from planner.domain.calendar import Calendars
from planner.domain.plan import Cost, PlannedPhase, Remodel
from planner.domain.rollout import Rollout
from planner.exchange.caldav_server import ServerError
from planner.exchange.calendar_source import CalendarSource
from planner.exchange.credentials import known_credentials
from planner.exchange.ical_events import CalendarEvent
from planner.exchange.ical_moves import CalendarMoves, find_moves, first_days
from planner.exchange.ical_reader import SeenEvent, single_events
from planner.exchange.problems import InputError, Problem
from planner.studies.calendar_changes import Consequences, Proposal, Wish, consequences, propose
from planner.studies.comparison_rows import kind_text
from planner.wording.amounts import money_text, number_text, plain_day_text
from planner.wording.translation import gettext, ngettext

RULES_SHOWN = 5
SUMMARY_WIDTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesRequest:
    """What `planner calendar changes` was asked for; `accept` names shops whose proposals are to be fixed."""

    source: str
    calendar: str | None
    accept: tuple[str, ...] = ()
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A shop's events as they were moved, with what that proposes and entails, or why it proposes nothing."""

    shop: str
    moved: tuple[tuple[CalendarEvent, SeenEvent], ...]
    proposal: Proposal | str
    consequences: Consequences | None


def show_changes(place: Place, request: ChangesRequest) -> ExitCode:
    """Shows what was moved in a calendar and what would follow; fixes only what is accepted by name.

    Raises InputError and CannotWriteError.
    """
    source = place.source()
    if not isinstance(source, CheckedPlan):
        return source
    rollout = source.rollout
    reader = CalendarSource(place=request.source, name=request.calendar, known=known_credentials, ask=ask_person)
    try:
        calendars = reader.read()
    except ServerError as error:
        return no_server(request.source, error)
    seen = [event for event, _ in single_events(calendars, rollout.timezone)]
    moves = find_moves(rollout, source.plan, seen)
    changes = find_changes(source, moves)
    proposals = {item.shop: item.proposal for item in changes if isinstance(item.proposal, Proposal)}
    together = (
        consequences(rollout, source.plan, [item.then for item in proposals.values()]) if len(proposals) > 1 else None
    )
    _check_accepted(request, proposals)
    if request.as_json:
        show_json(_data(changes, together, moves, request.accept))
    else:
        _show(rollout, changes, together, moves)
    if not request.accept:
        if proposals:
            say(
                gettext(
                    "Nothing was changed. To take one over, add --accept SHOP: the shop is then fixed to that start."
                )
            )
        return ExitCode.OK
    where = place.fix_starts({shop: proposals[shop].then.start for shop in request.accept})
    text = ngettext(
        "{number} shop fixed in {place}. Plan again: the others then go around that.",
        "{number} shops fixed in {place}. Plan again: the others then go around that.",
        len(request.accept),
    )
    say(text.format(number=number_text(len(request.accept)), place=where))
    return ExitCode.OK


def find_changes(source: CheckedPlan, moves: CalendarMoves) -> list[Change]:
    """The proposals that follow from what was moved, shop by shop."""
    calendars = Calendars(source.rollout)

    def days(remodel: Remodel) -> dict[str, date]:
        return dict(first_days(source.rollout, calendars, remodel))

    by_shop: dict[str, list[tuple[CalendarEvent, SeenEvent]]] = {}
    for pair in moves.moved:
        by_shop.setdefault(pair[0].shop, []).append(pair)
    changes = []
    for shop, moved in by_shop.items():
        wish = Wish(shop, {event.uid: seen.days[0] for event, seen in moved})
        proposal = propose(source.rollout, source.plan, wish, days)
        entailed = None
        if isinstance(proposal, Proposal):
            entailed = consequences(source.rollout, source.plan, [proposal.then])
        changes.append(Change(shop, tuple(moved), proposal, entailed))
    return changes


def _check_accepted(request: ChangesRequest, proposals: dict[str, Proposal]) -> None:
    missing = [shop for shop in request.accept if shop not in proposals]
    if missing:
        text = gettext("nothing is proposed for shop {shop}")
        raise InputError(Problem("--accept", None, None, text.format(shop=clip(shop, 40))) for shop in missing)


def _show(rollout: Rollout, changes: list[Change], together: Consequences | None, moves: CalendarMoves) -> None:
    for change in changes:
        for event, seen in change.moved:
            text = gettext("{event}: moved to {day} (plan: {before})")
            show(
                text.format(
                    event=clip(event.summary, SUMMARY_WIDTH),
                    day=plain_day_text(seen.days[0]),
                    before=plain_day_text(event.first),
                )
            )
        if isinstance(change.proposal, str):
            show(f"  {change.proposal}")
        elif change.consequences is not None:
            _show_proposal(rollout, change.proposal, change.consequences)
    if together is not None:
        show(gettext("All of these together"))
        _show_consequences(rollout, together)
    for event, seen in moves.cut:
        text = gettext("{event}: now ends {day}; how long it takes is set by the format.")
        show(text.format(event=clip(event.summary, SUMMARY_WIDTH), day=plain_day_text(seen.days[1])))
    for event, _ in moves.called_off:
        text = gettext("{event}: cancelled in the calendar; to drop it, set the shop to deferred.")
        show(text.format(event=clip(event.summary, SUMMARY_WIDTH)))
    if moves.out_of_date:
        text = ngettext(
            "{number} event in the calendar is from an older plan; export or publish it anew.",
            "{number} events in the calendar are from an older plan; export or publish it anew.",
            moves.out_of_date,
        )
        say(text.format(number=number_text(moves.out_of_date)))
    if not changes and not moves.cut and not moves.called_off:
        show(gettext("Nothing was moved in the calendar."))


def _show_proposal(rollout: Rollout, proposal: Proposal, entailed: Consequences) -> None:
    now, then = proposal.now, proposal.then
    text = gettext("Shop {shop} would start on {day} instead of {before}")
    if not proposal.fits:
        text = gettext("Shop {shop} would start on {day} instead of {before} (the nearest possible)")
    show(f"  {text.format(shop=clip(then.shop, 40), day=plain_day_text(then.start), before=plain_day_text(now.start))}")
    for before, after in zip(now.phases, then.phases, strict=True):
        if (before.first, before.last) != (after.first, after.last):
            days, instead_of = (_days_text(phase) for phase in (after, before))
            text = gettext("{phase}: {days} instead of {before}")
            show(f"    {text.format(phase=clip(after.name, 40), days=days, before=instead_of)}")
    _show_consequences(rollout, entailed)


def _days_text(phase: PlannedPhase) -> str:
    return gettext("{first} to {last}").format(first=plain_day_text(phase.first), last=plain_day_text(phase.last))


def _show_consequences(rollout: Rollout, entailed: Consequences) -> None:
    for violation in entailed.broken[:RULES_SHOWN]:
        text = gettext("breaks {rule}: {text}").format(rule=violation.rule, text=violation.text)
        show(f"    {text}")
    if len(entailed.broken) > RULES_SHOWN:
        text = gettext("… and {number} more").format(number=len(entailed.broken) - RULES_SHOWN)
        show(f"    {text}")
    if not entailed.broken:
        show(f"    {gettext('breaks no rule')}")
    if entailed.shortfall:
        text = gettext("shops short of milestones: {change:+d}").format(change=entailed.shortfall)
        show(f"    {text}")
    text = gettext("money: {money}").format(money=_money(entailed.cost, rollout.currency))
    show(f"    {text}")


def _money(cost: Cost, currency: str) -> str:
    amounts = {item.name: getattr(cost, item.name) for item in fields(cost)}
    kinds = [f"{kind_text(kind)} {_signed(cents)}" for kind, cents in amounts.items() if cents]
    return f"{_signed(cost.total)} {clip(currency, 3)}" + (f" ({', '.join(kinds)})" if kinds else "")


def _signed(cents: int) -> str:
    return f"{'+' if cents > 0 else ''}{money_text(cents)}"


def _data(
    changes: list[Change], together: Consequences | None, moves: CalendarMoves, accepted: Sequence[str]
) -> dict[str, object]:
    return {
        "changes": [_change_data(change) for change in changes],
        "together": None if together is None else _consequences_data(together),
        "cut": [_event_data(pair) for pair in moves.cut],
        "cancelled": [_event_data(pair) for pair in moves.called_off],
        "out_of_date": moves.out_of_date,
        "foreign": moves.foreign,
        "accepted": list(accepted),
    }


def _change_data(change: Change) -> dict[str, object]:
    data: dict[str, object] = {"shop": change.shop, "moved": [_event_data(pair) for pair in change.moved]}
    if isinstance(change.proposal, str):
        return {**data, "proposal": None, "reason": change.proposal}
    then = change.proposal.then
    data["proposal"] = {
        "start": then.start.isoformat(),
        "finish": then.finish.isoformat(),
        "start_now": change.proposal.now.start.isoformat(),
        "fits": change.proposal.fits,
        "phases": [
            {"name": phase.name, "first": phase.first.isoformat(), "last": phase.last.isoformat()}
            for phase in then.phases
        ],
    }
    return data | (_consequences_data(change.consequences) if change.consequences else {})


def _consequences_data(entailed: Consequences) -> dict[str, object]:
    return {
        "breaks": [{"rule": item.rule, "text": item.text, "shops": list(item.shops)} for item in entailed.broken],
        "shortfall": entailed.shortfall,
        "cost": {"total": entailed.cost.total / 100}
        | {item.name: getattr(entailed.cost, item.name) / 100 for item in fields(entailed.cost)},
    }


def _event_data(pair: tuple[CalendarEvent, SeenEvent]) -> dict[str, object]:
    event, seen = pair
    return {
        "uid": event.uid,
        "kind": event.kind.value,
        "shop": event.shop,
        "plan": [event.first.isoformat(), event.last.isoformat()],
        "calendar": [seen.days[0].isoformat(), seen.days[1].isoformat()],
    }
