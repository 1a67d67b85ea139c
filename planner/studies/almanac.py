"""What there is to know of each day: holidays, blackouts, shutdowns, and what happens to which shops."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from planner.domain.holiday_names import HolidayKind, NamedHoliday, holidays_by_day
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.studies.agenda import Event, make_agenda
from planner.studies.known_part import known_part
from planner.wording.translation import spoken


@dataclass(frozen=True, slots=True)
class Part:
    """The shops of a state, of a region, of both, or all of them."""

    state: str = ""
    region: str = ""

    def takes(self, shop: Shop) -> bool:
        """Whether a shop is one of them."""
        return (not self.state or shop.state == self.state) and (not self.region or shop.region == self.region)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayNotes:
    """What there is to know of a day; `closed` is the number of shops that are."""

    day: date
    public: tuple[NamedHoliday, ...]
    school: tuple[NamedHoliday, ...]
    blackouts: tuple[str, ...]
    shutdowns: tuple[str, ...]
    events: tuple[Event, ...]
    closed: int


class Almanac:
    """A rollout with its plan, or without one the given dates, looked up by day; of a part of the shops.

    Holidays bear the names of the language in use when it is made.
    """

    def __init__(self, rollout: Rollout, plan: Plan | None, part: Part = Part()) -> None:
        self.rollout = rollout
        self.part = part
        self.shops = [shop for shop in rollout.shops if part.takes(shop)]
        self.states = sorted({shop.state for shop in self.shops} - {""})
        self.agenda = make_agenda(rollout, None if plan is None else known_part(rollout, plan), part.takes)
        self._language = spoken()
        self._blackouts = [
            blackout for blackout in rollout.blackouts if any(blackout.scope.matches(shop) for shop in self.shops)
        ]
        self._holidays: dict[tuple[HolidayKind, int], Mapping[date, tuple[NamedHoliday, ...]]] = {}
        for year in range(rollout.today.year, rollout.last.year + 1):
            for kind in HolidayKind:
                self._year(kind, year)

    def notes(self, day: date) -> DayNotes:
        """What there is to know of a day."""
        return DayNotes(
            day=day,
            public=self._year(HolidayKind.PUBLIC, day.year).get(day, ()),
            school=self._year(HolidayKind.SCHOOL, day.year).get(day, ()),
            blackouts=tuple(item.name for item in self._blackouts if item.first <= day <= item.last),
            shutdowns=tuple(item.name for item in self.rollout.shutdowns if item.first <= day <= item.last),
            events=self.agenda.on(day),
            closed=self.agenda.closed.get(day, 0),
        )

    def closed_on(self, day: date) -> list[Shop]:
        """The shops that are closed on a day."""
        return [self.rollout.shop_by_id[shop] for shop in self.agenda.closed_on(day)]

    def _year(self, kind: HolidayKind, year: int) -> Mapping[date, tuple[NamedHoliday, ...]]:
        if (kind, year) not in self._holidays:
            self._holidays[kind, year] = holidays_by_day(self.rollout, self.shops, kind, (year,), self._language)
        return self._holidays[kind, year]
