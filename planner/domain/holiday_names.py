"""Public and school holidays by name, and in which states they are kept: what calendars for people show."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import holidays

from planner.domain.calendar import CATHOLIC
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.wording.language import Language

LANGUAGE_NAMES = {Language.ENGLISH: "en_US", Language.GERMAN: "de"}


class HolidayKind(StrEnum):
    """Who has a holiday: everybody, or schools."""

    PUBLIC = "public"
    SCHOOL = "school"


@dataclass(frozen=True, slots=True)
class NamedHoliday:
    """A holiday as it is called, and the states asked about that keep it.

    `is_everywhere` is whether all of them do; `is_partial` whether one does only where its shops are in Catholic
    places. Without a state, a holiday is one of the whole country.
    """

    name: str
    states: tuple[str, ...]
    is_everywhere: bool
    is_partial: bool = False


def holidays_by_day(
    rollout: Rollout, shops: Iterable[Shop], kind: HolidayKind, years: tuple[int, ...], language: Language
) -> dict[date, tuple[NamedHoliday, ...]]:
    """The holidays of some shops' states in `years`, by day: first those that most of the states keep.

    School holidays are given where the `holidays` package knows them (Germany: 2019 to 2028).
    """
    places = {(shop.state, shop.catholic) for shop in shops}
    states = sorted({state for state, _ in places})
    kept: dict[tuple[date, str], dict[str, bool]] = defaultdict(dict)
    for state, is_catholic in sorted(places):
        for day, name in _names(rollout.country, state, is_catholic, kind, years, language).items():
            kept[day, name][state] = True
    by_day: dict[date, list[NamedHoliday]] = defaultdict(list)
    for (day, name), where in kept.items():
        partial = any(not _keeps(rollout, place, day, kind, years, language) for place in places if place[0] in where)
        is_everywhere = len(where) == len(states) and not partial
        by_day[day].append(NamedHoliday(name, tuple(sorted(where)), is_everywhere, partial))
    return {day: tuple(sorted(found, key=lambda item: (-len(item.states), item.name))) for day, found in by_day.items()}


def _keeps(
    rollout: Rollout,
    place: tuple[str, bool],
    day: date,
    kind: HolidayKind,
    years: tuple[int, ...],
    language: Language,
) -> bool:
    return day in _names(rollout.country, *place, kind, years, language)


@lru_cache(maxsize=512)
def _names(
    country: str, state: str, is_catholic: bool, kind: HolidayKind, years: tuple[int, ...], language: Language
) -> Mapping[date, str]:
    """The names of the holidays of a place by day. Source: the `holidays` package."""
    if not country:
        return {}
    country_wide = holidays.country_holidays(country)
    categories = {kind.value}
    if kind is HolidayKind.PUBLIC and is_catholic:
        categories.add(CATHOLIC)
    categories &= set(country_wide.supported_categories)
    if not categories:
        return {}
    spoken = LANGUAGE_NAMES[language]
    named = holidays.country_holidays(
        country,
        subdiv=state or None,
        years=years,
        categories=tuple(sorted(categories)),
        language=spoken if spoken in country_wide.supported_languages else None,
    )
    return dict(named.items())
