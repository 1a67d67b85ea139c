"""rollout.toml: the horizon, the calendar, the formats, the rules and the prices of a rollout."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from planner.domain.rollout import Objective, Rollout
from planner.domain.rules import Costs, Scope
from planner.exchange.actuals import fit_actuals
from planner.exchange.csv_table import Table
from planner.exchange.problems import ProblemLog
from planner.exchange.settings_formats import read_formats
from planner.exchange.settings_risk import read_risk
from planner.exchange.settings_rules import read_rules, read_shutdowns
from planner.exchange.text import Names, quoted
from planner.exchange.toml_reader import Toml
from planner.exchange.toml_table import STAND_IN_DAY, TomlTable
from planner.exchange.values import EUR, FACTOR, RATE, WAIT_DAYS
from planner.wording.translation import gettext, pgettext

ROLLOUT_TOML = "rollout.toml"
MAX_HORIZON_DAYS = 3653
CURRENCY = re.compile("[A-Z]{3}")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GERMANY = "DE"
# The `holidays` package counts a city with a holiday of its own among the states; the planner does not keep that.
CITIES = {"Augsburg": "BY"}


@dataclass(frozen=True, slots=True)
class Settings:
    """What rollout.toml says.

    `rollout` has no shops and no crews yet. What is known for sure, however wrong the rest of the file may be, is
    said by the flags: the names of the formats, `today` and `last`, the country, and all that decides on which days
    a shop is worked in (horizon, calendar, shutdowns, formats).
    """

    rollout: Rollout
    scopes: tuple[tuple[TomlTable, Scope], ...]
    knows_formats: bool
    knows_horizon: bool
    knows_country: bool
    knows_days: bool


def states_of(country: str) -> Names:
    """The codes a shop's `state` may have: Bundesländer, or what `holidays` has for another country."""
    import holidays  # noqa: PLC0415 - takes a while, and a rollout's settings can be read without it

    calendar = holidays.country_holidays(country or GERMANY)
    codes = [code for code in calendar.subdivisions if code not in CITIES]
    spellings = calendar.get_subdivision_aliases()
    aliases = {spelling: code for code in codes for spelling in spellings.get(code, ())}
    aliases |= {city: code for city, code in CITIES.items() if code in codes}
    return Names(pgettext("noun", "state"), codes, aliases)


def countries() -> Names:
    """The country codes that `holidays` has, and the empty one for no public holidays."""
    return Names(pgettext("noun", "country"), ("", *_supported_countries()))


@cache
def _supported_countries() -> list[str]:
    # Its `list_supported_countries` has the same codes, but loads each country for them.
    from holidays.registry import EntityLoader  # noqa: PLC0415 - as above

    return sorted(EntityLoader.get_country_codes(include_aliases=True))


def read_settings(values: Toml | None, log: ProblemLog, actuals: Table | None = None) -> Settings | None:
    """Read the values of rollout.toml, and past jobs where it names some; None where there are none."""
    if values is None:
        return None
    top = TomlTable(log, ROLLOUT_TOML, "", values)
    errors_before = len(log.errors)
    horizon = top.table("horizon", required=True)
    today, last = _read_horizon(horizon)
    calendar = top.table("calendar")
    country, workdays = _read_calendar(calendar)
    shutdowns = read_shutdowns(top)
    formats, knows_formats = read_formats(top)
    knows_days = len(log.errors) == errors_before
    rules = read_rules(top, formats if knows_formats else None)
    objectives = Names(pgettext("noun", "objective"), list(Objective))
    rollout = Rollout(
        name=top.text("name"),
        timezone=_read_timezone(top),
        currency=_read_currency(top),
        objective=Objective(top.choice("objective", objectives, Objective.COST)),
        today=today,
        last=last,
        country=country,
        workdays=workdays,
        shutdowns=shutdowns,
        formats=formats,
        blackouts=rules.blackouts,
        milestones=rules.milestones,
        limits=rules.limits,
        neighbours_km=rules.neighbours_km,
        supplies=rules.supplies,
        campaigns=rules.campaigns,
        partner_target=rules.partner_target,
        costs=_read_costs(top.table("costs")),
        freeze_days=_read_freeze_days(top.table("replan")),
        risk=read_risk(top.table("risk"), formats if knows_formats else None, fit_actuals(actuals)),
        shops=(),
        crews=(),
    )
    top.finish()
    return Settings(
        rollout=rollout,
        scopes=rules.scopes,
        knows_formats=knows_formats,
        knows_horizon=horizon is not None and horizon.is_good("today", "last"),
        knows_country=top.is_good("calendar") and (calendar is None or calendar.is_good("country")),
        knows_days=knows_days,
    )


def _read_horizon(table: TomlTable | None) -> tuple[date, date]:
    if table is None:
        return STAND_IN_DAY, STAND_IN_DAY
    today, last = table.day("today"), table.day("last")
    table.check_order(today, last, ("today", "last"))
    if table.is_good("today", "last") and (last - today).days > MAX_HORIZON_DAYS:
        text = gettext("{last} is more than ten years after 'today' ({today}); plan a shorter horizon")
        table.error("last", text.format(last=last, today=today))
    table.finish()
    return today, last


def _read_calendar(table: TomlTable | None) -> tuple[str, frozenset[int]]:
    default = Rollout.workdays
    if table is None:
        return Rollout.country, default
    country = _read_country(table)
    names = table.texts("workdays", tuple(WEEKDAYS[day] for day in sorted(default)))
    allowed = Names(pgettext("noun", "day"), WEEKDAYS)
    for name in names:
        if name not in allowed:
            table.error("workdays", allowed.unknown(name))
    if not names and table.is_good("workdays"):
        table.error("workdays", gettext("is an empty list, so nobody ever works; name the days, such as 'mon'"))
    table.finish()
    return country, frozenset(WEEKDAYS.index(name) for name in names if name in allowed)


def _read_country(table: TomlTable) -> str:
    # The usual one is not looked up, nor is its time zone: loading `holidays`, and looking through all time zones that
    # the machine has, takes longer than to read all the rest.
    if table.raw("country") in (None, Rollout.country):
        return Rollout.country
    return table.choice("country", countries(), Rollout.country)


def _read_timezone(top: TomlTable) -> str:
    if top.raw("timezone") in (None, Rollout.timezone):
        return Rollout.timezone
    from zoneinfo import available_timezones  # noqa: PLC0415 - as above

    known = available_timezones()
    # Where the machine has no time zone data, any name is taken at its word.
    return (
        top.choice("timezone", Names(pgettext("noun", "time zone"), known), Rollout.timezone)
        if known
        else top.text("timezone", Rollout.timezone)
    )


def _read_currency(top: TomlTable) -> str:
    currency = top.text("currency", Rollout.currency)
    if top.is_good("currency") and not CURRENCY.fullmatch(currency):
        text = gettext("must be three capital letters, such as EUR, but is {text}")
        top.error("currency", text.format(text=quoted(currency)))
    return currency


def _read_costs(table: TomlTable | None) -> Costs:
    default = Costs()
    if table is None:
        return default
    costs = Costs(
        margin=table.number("margin", FACTOR, default.margin),
        footfall=table.number("footfall", FACTOR, default.footfall),
        season=_read_season(table.table("season")),
        recapture=table.number("recapture", RATE, default.recapture),
        uplift=table.number("uplift", FACTOR, default.uplift),
        km=table.number("km", EUR, default.km),
        road_factor=table.number("road_factor", FACTOR, default.road_factor),
        late_day=table.number("late_day", EUR, default.late_day),
        change=table.number("change", EUR, default.change),
    )
    table.finish()
    return costs


def _read_season(table: TomlTable | None) -> dict[int, float]:
    if table is None:
        return {}
    months = Names(pgettext("noun", "month"), MONTHS)
    for name in table:
        if name not in months:
            table.error(name, months.unknown(name))
    return {number: table.number(name, FACTOR) for number, name in enumerate(MONTHS, start=1) if name in table}


def _read_freeze_days(table: TomlTable | None) -> int:
    if table is None:
        return Rollout.freeze_days
    freeze_days = table.whole("freeze_days", WAIT_DAYS, Rollout.freeze_days)
    table.finish()
    return freeze_days
