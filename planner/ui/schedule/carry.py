"""A remodel that was picked up, and where it is held."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from planner.domain.fixed_days import fixed_as_now, next_start, working_day_near
from planner.domain.standing import RemodelDays, days_from
from planner.store.records import StoredShop
from planner.ui.schedule.bars import Bar, moved_bar
from planner.ui.schedule.chart import Chart

if TYPE_CHECKING:  # it comes with the solver, which takes a second to load
    from planner.scheduling.moves import Move

WEEK = 7


@dataclass(frozen=True, slots=True)
class Carry:
    """A remodel held over `start`, where it would take `days` if it were fixed there.

    `stored` is the shop as it was when it was picked up. `answer` is what being there would do, None until it is known.
    """

    bar: Bar
    stored: StoredShop
    start: date
    days: RemodelDays
    answer: "Move | None" = None

    def told(self, answer: "Move") -> "Carry":
        """The same with the answer."""
        return replace(self, answer=answer)


def pick_up(chart: Chart, stored: StoredShop) -> Carry | None:
    """The remodel held where it stands: of one that is not fixed yet, where its closure stays as it is.

    One without a date is held over today. None where the calendar has no days for it.
    """
    bar = chart.bars[stored.shop.id]
    shop = bar.shop
    calendar, shop_format = chart.calendars.of(shop), chart.rollout.format_of(shop)
    if bar.remodel is not None:
        places = fixed_as_now(shop_format, calendar, bar.remodel)
        return Carry(bar, stored, places[0].start, places[0]) if places else None
    start = working_day_near(calendar, chart.rollout.today)
    days = None if start is None else days_from(shop_format, calendar, start)
    return None if start is None or days is None else Carry(bar, stored, start, days)


def stepped(chart: Chart, carry: Carry, *, days: int = 0, weeks: int = 0) -> Carry | None:
    """Held so many working days or weeks later (earlier, where negative); None beyond today and the horizon.

    Weeks go to the next day on which the shop is worked in, in the same direction.
    """
    calendar = chart.calendars.of(carry.bar.shop)
    day = date.fromordinal(carry.start.toordinal() + WEEK * weeks)
    if weeks < 0 and not calendar.is_working(day):
        days = -1
    start = next_start(calendar, day, days)
    return None if start is None else held_over(chart, carry, start)


def held_over(chart: Chart, carry: Carry, day: date) -> Carry | None:
    """Held over the first working day from `day` on, today at the earliest; None beyond the horizon."""
    shop = carry.bar.shop
    calendar = chart.calendars.of(shop)
    start = working_day_near(calendar, max(day, chart.rollout.today))
    days = None if start is None else days_from(chart.rollout.format_of(shop), calendar, start)
    if start is None or days is None or days.finish > chart.rollout.last or start == carry.start:
        return None
    return replace(carry, start=start, days=days, answer=None)


def carried_bar(chart: Chart, carry: Carry) -> Bar:
    """How it is drawn where it is held."""
    return moved_bar(chart.rollout, carry.bar, carry.days, chart.marks)
