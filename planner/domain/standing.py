"""The days a remodel takes, from its start and its waits (rules 2 to 4)."""

from dataclasses import dataclass
from datetime import date

from planner.domain.calendar import Calendars, ShopCalendar
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.domain.shop_format import ShopFormat


@dataclass(frozen=True, slots=True)
class RemodelDays:
    """The first and last day of each phase of a remodel, and from when to when its shop is closed."""

    phases: tuple[tuple[date, date], ...]
    closed_from: date | None
    closed_to: date | None

    @property
    def start(self) -> date:
        """The first day of the first phase."""
        return self.phases[0][0]

    @property
    def finish(self) -> date:
        """The last day of the last phase."""
        return self.phases[-1][1]


def remodel_days(shop_format: ShopFormat, phases: tuple[tuple[date, date], ...]) -> RemodelDays:
    """The days of a remodel whose phases are given, with its closed period (rule 3)."""
    span = shop_format.closed_phases
    if span is None:
        return RemodelDays(phases, None, None)
    return RemodelDays(phases, phases[span[0]][0], phases[span[1]][1])


def days_from(
    shop_format: ShopFormat, calendar: ShopCalendar, start: date, waits: tuple[int, ...] | None = None
) -> RemodelDays | None:
    """The days of a remodel that begins on the first working day from `start` on.

    `waits` are the working days before each phase (the first is not used); None means each phase's `wait_min`.
    None where the calendar has not enough working days.
    """
    working = calendar.working_days
    position = calendar.position_from(start)
    phases: list[tuple[date, date]] = []
    for number, phase in enumerate(shop_format.phases):
        if number:
            position += phase.wait_min if waits is None else waits[number]
        if position + phase.days > len(working):
            return None
        last = position + phase.days - 1
        phases.append((date.fromordinal(working[position]), date.fromordinal(working[last])))
        position = last + 1
    return remodel_days(shop_format, tuple(phases))


def standing_days(rollout: Rollout, calendars: Calendars, shop: Shop) -> RemodelDays | None:
    """The days of a `fixed` or `in_progress` remodel (rules 2 and 4); None where no working days are left for it.

    An `in_progress` one ends no earlier than its expected `finish`, nor before today.
    """
    if shop.start is None:
        raise ValueError(f"shop {shop.id} has no start, so it does not stand anywhere")
    shop_format = rollout.format_of(shop)
    days = days_from(shop_format, calendars.of(shop), shop.start)
    if days is None or shop.status is not Status.IN_PROGRESS:
        return days
    finish = max(days.finish, shop.finish or days.finish, rollout.today)
    first, _ = days.phases[-1]
    return remodel_days(shop_format, (*days.phases[:-1], (first, finish)))
