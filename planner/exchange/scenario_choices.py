"""What a scenario can change by single values: the places a form offers, and the values as people type them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from planner.domain.rollout import Rollout
from planner.domain.scenario import Path
from planner.exchange.scenario_values import read_shift
from planner.exchange.toml_reader import Toml
from planner.exchange.toml_table import is_table
from planner.exchange.values import COMMA_NUMBER, GERMAN_DATE, BadValue, Bounds, parse_day, parse_number
from planner.wording.translation import gettext

CREWS = "crews"
LIST_KEYS = {
    "milestone": ("target", "by"),
    "blackout": ("first", "last"),
    "shutdown": ("first", "last"),
    "limit": ("max_closed", "max_starts_per_week", "first", "last"),
    "supply": ("initial",),
    "campaign": ("first", "last", "customers_per_week"),
}
TABLE_KEYS = {
    "horizon": ("today", "last"),
    "costs": ("footfall", "margin", "recapture", "uplift", "km", "late_day", "change"),
    "replan": ("freeze_days",),
}
DELIVERIES = "deliveries"
ANY_NUMBER = Bounds(-1e15, 1e15)

Figure = int | float | date


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of the rollout: where it is, what it is now, and what it belongs to.

    `group` is `crews` or a table of rollout.toml, `subject` the name of the item in it, `key` what is said of it (for
    crews, the trade; empty for the units of one crew).
    """

    path: Path
    group: str
    subject: str
    key: str
    present: Figure


def choices(settings: Toml, rollout: Rollout) -> list[Choice]:
    """All places, in the order people ask about them; items of a list that share a name are left out."""
    return [*_pools(rollout), *_lists(settings), *_tables(settings)]


def _pools(rollout: Rollout) -> Iterator[Choice]:
    """The crews of each region and trade together; crews without a region one by one."""
    pools: dict[tuple[str, str], int] = {}
    for crew in rollout.crews:
        if crew.regions:
            pool = (crew.regions[0], crew.trade)
            pools[pool] = pools.get(pool, 0) + crew.units
    for (region, trade), units in pools.items():
        yield Choice((CREWS, region, trade), CREWS, region, trade, units)
    for crew in rollout.crews:
        if not crew.regions:
            yield Choice((CREWS, crew.id, "units"), CREWS, crew.id, "", crew.units)


def _lists(settings: Toml) -> Iterator[Choice]:
    for group, keys in LIST_KEYS.items():
        items = [item for item in settings.get(group, ()) if is_table(item)]
        names = [str(item.get("name", "")) for item in items]
        for name, item in zip(names, items, strict=True):
            if name and names.count(name) == 1:
                yield from (Choice((group, name, key), group, name, key, item[key]) for key in keys if key in item)
                yield from _deliveries(group, name, item)


def _deliveries(group: str, name: str, item: Mapping[str, Any]) -> Iterator[Choice]:
    for number, delivery in enumerate(item.get(DELIVERIES, ()), start=1):
        path = (group, name, DELIVERIES, str(number), "quantity")
        yield Choice(path, group, name, f"{DELIVERIES} {number}", delivery["quantity"])


def _tables(settings: Toml) -> Iterator[Choice]:
    for group, keys in TABLE_KEYS.items():
        table = settings.get(group, {})
        yield from (Choice((group, key), group, "", key, table[key]) for key in keys if key in table)


def value_of(choice: Choice, text: str) -> str | Figure | None:
    """What was typed for a place: a new value, or a change such as `+1` or `-7 days`; None for nothing.

    Days may be written as `2021-11-19` or `19.11.2021`, decimals with a comma. Raises BadValue.
    """
    text = text.strip()
    if not text:
        return None
    shift = read_shift(text)
    if shift:
        shift.of(choice.present)
        return text
    if isinstance(choice.present, date):
        german = GERMAN_DATE.fullmatch(text)
        if german and len(german[3]) == 4:
            text = f"{german[3]}-{int(german[2]):02}-{int(german[1]):02}"
        return parse_day(text)
    if COMMA_NUMBER.fullmatch(text):
        text = text.replace(".", "").replace(" ", "").replace(",", ".")
    number = parse_number(text, ANY_NUMBER)
    if number != int(number) and isinstance(choice.present, int):
        raise BadValue(gettext("must be a whole number, but is {text}").format(text=text))
    return int(number) if number == int(number) and isinstance(choice.present, int) else number
