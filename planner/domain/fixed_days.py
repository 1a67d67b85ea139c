"""The days that fixing a start leads to: its later phases follow at their least waits (rule 2)."""

from datetime import date

from planner.domain.calendar import ShopCalendar
from planner.domain.plan import Remodel
from planner.domain.shop_format import ShopFormat
from planner.domain.standing import RemodelDays, days_from


def next_start(calendar: ShopCalendar, day: date, steps: int) -> date | None:
    """The working day that is `steps` working days after `day` (before it, where negative).

    From a day on which nobody works, the first step goes to the nearest working day. None where the calendar ends.
    """
    working = calendar.working_days
    position = calendar.position_from(day)
    is_working = position < len(working) and working[position] == day.toordinal()
    if not is_working and steps > 0:
        position -= 1
    position += steps
    return date.fromordinal(working[position]) if 0 <= position < len(working) else None


def working_day_near(calendar: ShopCalendar, day: date) -> date | None:
    """The first working day from `day` on; None where the calendar ends."""
    working = calendar.working_days
    position = calendar.position_from(day)
    return date.fromordinal(working[position]) if position < len(working) else None


def fixed_as_now(shop_format: ShopFormat, calendar: ShopCalendar, remodel: Remodel) -> tuple[RemodelDays, ...]:
    """The days to fix a remodel at that keep most of what it has now.

    One where its phases follow at their least waits already. Where they wait longer, first the days that keep its
    closure, which begin later than it does now; then those that keep its start, which close it earlier.
    """
    same_start = days_from(shop_format, calendar, remodel.start)
    if same_start is None:
        return ()
    if same_start.phases == tuple((phase.first, phase.last) for phase in remodel.phases):
        return (same_start,)
    start = _start_closing_on(shop_format, calendar, remodel)
    same_closure = None if start is None else days_from(shop_format, calendar, start)
    if same_closure is None or same_closure.phases == same_start.phases:
        return (same_start,)
    return same_closure, same_start


def start_to_keep(shop_format: ShopFormat, calendar: ShopCalendar, remodel: Remodel) -> date | None:
    """The start to fix a remodel on so that it is closed on the days it has now; None where the calendar ends.

    What is fixed waits no longer than it must: where the remodel does, it then begins later, and closes when it did.
    """
    places = fixed_as_now(shop_format, calendar, remodel)
    return places[0].start if places else None


def _start_closing_on(shop_format: ShopFormat, calendar: ShopCalendar, remodel: Remodel) -> date | None:
    """The start from which least waits lead to the first closed day that a remodel has."""
    span = shop_format.closed_phases
    if span is None or remodel.closed_from is None:
        return None
    before = shop_format.phases[: span[0]]
    waits = shop_format.phases[1 : span[0] + 1]
    steps = sum(phase.days for phase in before) + sum(phase.wait_min for phase in waits)
    return next_start(calendar, remodel.closed_from, -steps)
