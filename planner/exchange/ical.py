"""plan.ics: a plan as a calendar that people subscribe to or import."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from planner.domain.crew import Crew
from planner.domain.plan import Plan, PlannedPhase, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.exchange.text import clean

PRODID = "-//remodel-planner//plan//EN"
REFRESH = "P1D"
FIRST_SEQUENCE = 0
# Never to change: every event ever published takes its UID from it.
UID_NAMESPACE = UUID("1d32ac87-be77-48a9-b7a6-659485c69cec")
ONE_DAY = timedelta(days=1)
# Degrees below this (12 m) are written as 0: icalendar would give them an exponent, which RFC 5545 lacks.
LEAST_DEGREES = 1e-4
# icalendar escapes none of these in a calendar's name, and readers differ on them in a category.
SEPARATORS = re.compile(r"[\\;,]")


def plan_to_ical(rollout: Rollout, plan: Plan, stamp: datetime) -> bytes:
    """`plan.ics`: all-day events for each remodel of a plan of `rollout`, by day and shop.

    One for the days the shop is closed, and one for each phase that leaves it open (a survey). The same plan and
    `stamp` (with its time zone) give the same bytes.

    - There is no METHOD: it makes a file a message of iTIP (RFC 5546), whose events need an ORGANIZER, so that
      Outlook takes them for somebody's meetings, and CalDAV servers must refuse it (RFC 4791, 4.1).
    - The UID comes from the shop's id and the kind of event alone: a new plan, a renamed rollout or another
      scenario moves the event that is already in a calendar. Shops of different rollouts are the same shop where
      their ids are equal.
    - All-day events are dates without a time zone, and take up nobody's time (TRANSP).
    - A plan without remodels gives a calendar without events. RFC 5545 asks for at least one component, but
      readers accept it, and any stand-in would be seen as an appointment.
    """
    calendar = Calendar()
    name = _without_separators(rollout.name)
    for key, value in (
        ("PRODID", PRODID),
        ("VERSION", "2.0"),
        ("CALSCALE", "GREGORIAN"),
        ("NAME", name),
        ("X-WR-CALNAME", name),
        ("X-WR-TIMEZONE", clean(rollout.timezone)),
        ("X-PUBLISHED-TTL", REFRESH),
    ):
        calendar.add(key, value)
    calendar.add("REFRESH-INTERVAL", ONE_DAY, parameters={"VALUE": "DURATION"})
    for remodel in sorted(plan.remodels, key=lambda remodel: (remodel.start, remodel.shop)):
        for event in remodel_events(rollout, remodel, stamp):
            calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def remodel_events(rollout: Rollout, remodel: Remodel, stamp: datetime) -> list[Event]:
    """The events of a remodel, by their first day."""
    shop_format = rollout.format_of(rollout.shop_by_id[remodel.shop])
    events = [
        open_phase_event(rollout, remodel, planned, stamp, FIRST_SEQUENCE)
        for phase, planned in zip(shop_format.phases, remodel.phases, strict=True)
        if not phase.closed
    ]
    closed = closed_event(rollout, remodel, stamp, FIRST_SEQUENCE)
    if closed is not None:
        events.append(closed)
    return sorted(events, key=lambda event: event.start)


def closed_event(rollout: Rollout, remodel: Remodel, stamp: datetime, sequence: int) -> Event | None:
    """The days a remodel closes its shop, as its `sequence`th version; None where nothing closes."""
    if remodel.closed_from is None or remodel.closed_to is None:
        return None
    shop = rollout.shop_by_id[remodel.shop]
    event = _all_day_event(remodel.closed_from, remodel.closed_to, stamp, sequence)
    event.add("UID", event_uid(shop.id, "closed"))
    event.add("SUMMARY", f"Closed for remodel: {_label(shop)}")
    during = [
        phase for phase in remodel.phases if phase.first <= remodel.closed_to and phase.last >= remodel.closed_from
    ]
    _describe(event, rollout, remodel, during)
    return event


def open_phase_event(rollout: Rollout, remodel: Remodel, phase: PlannedPhase, stamp: datetime, sequence: int) -> Event:
    """The days of a phase that leaves the shop open, as its `sequence`th version."""
    shop = rollout.shop_by_id[remodel.shop]
    event = _all_day_event(phase.first, phase.last, stamp, sequence)
    event.add("UID", event_uid(shop.id, "open", phase.name))
    event.add("SUMMARY", f"{clean(phase.name)}: {_label(shop)}")
    _describe(event, rollout, remodel, [phase])
    return event


def event_uid(shop: str, *kind: str) -> str:
    """The UID, for ever, of a shop's event of a kind (`closed`, or `open` and the phase's name)."""
    return str(uuid5(UID_NAMESPACE, "\n".join((shop, *kind))))


def _all_day_event(first: date, last: date, stamp: datetime, sequence: int) -> Event:
    event = Event()
    event.add("DTSTART", first)
    event.add("DTEND", last + ONE_DAY)
    event.add("DTSTAMP", stamp.astimezone(UTC))
    event.add("LAST-MODIFIED", stamp.astimezone(UTC))
    event.add("SEQUENCE", sequence)
    event.add("TRANSP", "TRANSPARENT")
    return event


def _describe(event: Event, rollout: Rollout, remodel: Remodel, phases: list[PlannedPhase]) -> None:
    """Adds what an event says of its shop and of the `phases` it covers."""
    shop = rollout.shop_by_id[remodel.shop]
    event.add("STATUS", "TENTATIVE" if remodel.status is RemodelStatus.PLANNED else "CONFIRMED")
    event.add("DESCRIPTION", _description(rollout, shop, remodel))
    categories = (shop.format, shop.region, *(phase.name for phase in phases))
    event.add("CATEGORIES", _given(dict.fromkeys(_without_separators(category) for category in categories)))
    location = _location(shop)
    if location:
        event.add("LOCATION", location)
    if shop.lat is not None and shop.lon is not None:
        event.add("GEO", (_degrees(shop.lat), _degrees(shop.lon)))


def _label(shop: Shop) -> str:
    name = clean(shop.name)
    return f"{name} ({clean(shop.id)})" if name else clean(shop.id)


def _location(shop: Shop) -> str:
    town = " ".join(_given((clean(shop.postcode), clean(shop.city))))
    return ", ".join(_given((clean(shop.name), clean(shop.street), town)))


def _description(rollout: Rollout, shop: Shop, remodel: Remodel) -> str:
    lines = [_phase_line(rollout, phase) for phase in remodel.phases]
    if shop.partner:
        lines.append(f"Partner: {clean(shop.partner)}")
    lines.append(f"Format: {clean(shop.format)}")
    return "\n".join(lines)


def _phase_line(rollout: Rollout, phase: PlannedPhase) -> str:
    days = f"{phase.first}" if phase.first == phase.last else f"{phase.first} to {phase.last}"
    crews = [_crew_label(rollout.crew_by_id[crew], units) for crew, units in phase.crews.items()]
    return f"{clean(phase.name)}: {', '.join([days, *crews])}"


def _crew_label(crew: Crew, units: int) -> str:
    name = clean(crew.name) or clean(crew.id)
    return name if units == 1 else f"{name} ×{units}"


def _without_separators(text: str) -> str:
    return SEPARATORS.sub(" ", clean(text))


def _given(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text]


def _degrees(value: float) -> float:
    return 0.0 if abs(value) < LEAST_DEGREES else round(value, 6)
