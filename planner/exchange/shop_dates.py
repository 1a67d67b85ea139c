"""What a shop's dates must be: in order, on the right side of today, and on days on which it can be worked in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from planner.domain.calendar import CATHOLIC, Calendars, ShopCalendar
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.domain.standing import days_from, standing_days
from planner.exchange.csv_row import CsvRow
from planner.exchange.settings import Settings
from planner.exchange.shops import ShopRow
from planner.exchange.text import quoted
from planner.wording.translation import gettext, later

WEEKDAYS = (
    later("Monday"),
    later("Tuesday"),
    later("Wednesday"),
    later("Thursday"),
    later("Friday"),
    later("Saturday"),
    later("Sunday"),
)
# What the days of a remodel depend on: where one of these is wrong, they cannot be worked out.
DAY_COLUMNS = ("format", "state", "catholic", "status", "start", "finish")


def check_dates(rows: Sequence[ShopRow], settings: Settings | None) -> None:
    """Report every date of a shop that cannot be, or is not used."""
    for row in rows:
        _check_given(row)
        _check_order(row)
        _warn_of_unused(row)
    if settings is None or not settings.knows_horizon:
        return
    for row in rows:
        _check_against_today(row, settings.rollout.today)
    if settings.knows_days:
        _check_standing(rows, settings.rollout)


def _check_given(row: ShopRow) -> None:
    shop, source = row.shop, row.source
    if shop.is_standing and shop.start is None and source.is_good("start"):
        source.error("start", gettext("is not given, but a shop that is {status} needs it").format(status=shop.status))
    if shop.status is Status.DONE and shop.finish is None and source.is_good("finish"):
        source.error("finish", gettext("is not given, but a shop that is {status} needs it").format(status=shop.status))


def _check_order(row: ShopRow) -> None:
    shop, source = row.shop, row.source
    if shop.status in (Status.IN_PROGRESS, Status.DONE):
        source.check_order(shop.start, shop.finish, ("start", "finish"))
    if shop.ready_from and shop.due_by and shop.due_by < shop.ready_from:
        odd = gettext("{due_by} is before 'ready_from' ({ready_from}), so it cannot be kept")
        source.warn("due_by", odd.format(due_by=shop.due_by, ready_from=shop.ready_from))


def _warn_of_unused(row: ShopRow) -> None:
    shop, source = row.shop, row.source
    if not source.is_good("status"):
        return
    unused: dict[str, object] = {}
    if shop.status is Status.BACKLOG:
        unused = {"start": shop.start, "finish": shop.finish, "crews": shop.crews}
    elif shop.status is Status.FIXED:
        unused = {"finish": shop.finish}
    elif shop.status is Status.DONE:
        unused = {"crews": shop.crews}
    for column, value in unused.items():
        if value:
            source.warn(column, gettext("is not used, as the shop's status is {status}").format(status=shop.status))


def _check_against_today(row: ShopRow, today: date) -> None:
    shop, source = row.shop, row.source
    if shop.start and source.is_good("start"):
        if shop.status is Status.FIXED and shop.start < today:
            text = gettext(
                "a fixed start must be today ({today}) or later, but is {start}; make the shop in_progress or done, or"
                " give a later start"
            )
            source.error("start", text.format(today=today, start=shop.start))
        if shop.status is Status.IN_PROGRESS and shop.start > today:
            text = gettext(
                "work in progress began by today ({today}), but this is {start}; make the shop fixed, or give an"
                " earlier start"
            )
            source.error("start", text.format(today=today, start=shop.start))
    if shop.status is Status.DONE and shop.finish and shop.finish > today and source.is_good("finish"):
        text = gettext(
            "a shop that is done finished by today ({today}), but this is {finish}; make the shop in_progress, or give"
            " an earlier finish"
        )
        source.error("finish", text.format(today=today, finish=shop.finish))


def _check_standing(rows: Sequence[ShopRow], settings: Rollout) -> None:
    """Check the days of fixed and in-progress remodels as far as they can be worked out."""
    standing = [row for row in rows if row.shop.is_standing and row.shop.start and row.source.is_good(*DAY_COLUMNS)]
    if not standing:
        return
    rollout = replace(settings, shops=tuple(row.shop for row in standing))
    calendars = Calendars(rollout)
    for row in standing:
        if row.shop.status is Status.FIXED:
            _check_fixed(row.shop, row.source, rollout, calendars)
        else:
            _check_in_progress(row.shop, row.source, rollout, calendars)


def _check_fixed(shop: Shop, source: CsvRow, rollout: Rollout, calendars: Calendars) -> None:
    start, calendar = shop.start, calendars.of(shop)
    if start is None:
        return
    if not calendar.is_working(start):
        reason = _why_not_working(rollout, shop, start)
        text = gettext("nobody can work on {day}: {reason}{next}")
        source.error("start", text.format(day=start, reason=reason, next=_next_working_day(calendar, start)))
        return
    days = standing_days(rollout, calendars, shop)
    if days is None:
        source.error("start", _never_finishes(start, calendar))
    elif days.finish > rollout.last:
        source.error(
            "start",
            gettext(
                "a remodel from {start} finishes on {finish}, after the horizon's last day ({last}); give an "
                "earlier start or a later horizon"
            ).format(start=start, finish=days.finish, last=rollout.last),
        )


def _check_in_progress(shop: Shop, source: CsvRow, rollout: Rollout, calendars: Calendars) -> None:
    if shop.start is None:
        return
    calendar = calendars.of(shop)
    days = days_from(rollout.format_of(shop), calendar, shop.start)
    if days is None:
        source.error("start", _never_finishes(shop.start, calendar))
        return
    finish = max(days.finish, shop.finish or days.finish)
    if finish < rollout.today:
        source.warn(
            "finish",
            gettext(
                "the work was over on {finish}, before today ({today}); it is taken to finish today: make "
                "the shop done, or give the expected finish"
            ).format(finish=finish, today=rollout.today),
        )


def _never_finishes(start: date, calendar: ShopCalendar) -> str:
    return gettext(
        "a remodel from {start} has too few working days to finish by {last}; check its format's days and waits, the"
        " workdays and the shutdowns"
    ).format(start=start, last=calendar.last)


def _why_not_working(rollout: Rollout, shop: Shop, day: date) -> str:
    for shutdown in rollout.shutdowns:
        if shutdown.first <= day <= shutdown.last:
            return gettext("it is in the shutdown {name}").format(name=quoted(shutdown.name))
    holiday = _holiday_name(rollout.country, shop.state, shop.catholic, day)
    if not holiday:
        return gettext("it is a {weekday}").format(weekday=gettext(WEEKDAYS[day.weekday()]))
    text = gettext("it is the public holiday {holiday}")
    if shop.state:
        text = gettext("it is the public holiday {holiday} in {state}")
    return text.format(holiday=quoted(holiday), state=shop.state)


@lru_cache(maxsize=1024)
def _holiday_name(country: str, state: str, catholic: bool, day: date) -> str | None:
    """What the holiday on `day` is called in its country; None where there is none, or no holidays are kept."""
    if not country:
        return None
    import holidays  # noqa: PLC0415 - loads every country there is: only where a day is judged

    supported = holidays.country_holidays(country)
    categories = {"public", CATHOLIC} if catholic and CATHOLIC in supported.supported_categories else {"public"}
    kept = holidays.country_holidays(
        country,
        subdiv=state or None,
        years=day.year,
        categories=tuple(sorted(categories)),
        language=supported.default_language,
    )
    name: str | None = kept.get(day)
    return name


def _next_working_day(calendar: ShopCalendar, day: date) -> str:
    position = calendar.position_from(day)
    if position == len(calendar.working_days):
        return ""
    day = date.fromordinal(calendar.working_days[position])
    return gettext("; the next working day is {day}").format(day=day)
