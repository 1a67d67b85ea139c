"""The crews of generated rollouts: pools, single crews with homes, and when they are away."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import ceil

from planner.domain.crew import Absence, Crew
from planner.domain.geography import distance_km
from planner.domain.shop import Shop
from planner.domain.shop_format import ShopFormat
from tests.benchmarks.dice import Dice
from tests.benchmarks.made_rules import Horizon
from tests.benchmarks.shapes import Crewing, Shape

WORKING_DAYS_A_DAY = 0.61
"""Days a crew can work on a calendar day: without weekends, public holidays, the Christmas break and absences, nor
the weeks before the first permits and surveys and after the last builds."""
LOCAL_TRADES = ("builder", "electrician")
SHARED_TRADES = ("surveyor", "it", "merchandiser")
REGIONS_AN_AREA = 3
SHARED_SLACK = 0.8
"""Trades that are not scarce are used less than builders and electricians."""
LARGEST_POOL = 3
SINGLE_CREWS = 300
SINGLE_CREWS_KM = 250.0
SHOPS_A_SUPPORT_UNIT = 400


def units_needed(formats: Sequence[ShopFormat], trade: str, shops: Iterable[Shop], days: float) -> float:
    """How many units of `trade` the open ones of `shops` keep busy on all working days of `days` calendar days."""
    of_format = {item.name: sum(phase.crews.get(trade, 0) * phase.days for phase in item.phases) for item in formats}
    return sum(of_format[shop.format] for shop in shops if shop.is_in_plan) / (WORKING_DAYS_A_DAY * days)


def most_units_of(formats: Sequence[ShopFormat], trade: str, shops: Iterable[Shop]) -> int:
    """The most units of `trade` that one phase of one of the shops needs, at least 1."""
    of_format = {item.name: max(phase.crews.get(trade, 0) for phase in item.phases) for item in formats}
    return max((1, *(of_format[shop.format] for shop in shops)))


class CrewMaker:
    """Makes crews for `regions` (name to its shops, neighbouring regions next to each other)."""

    def __init__(
        self,
        dice: Dice,
        shape: Shape,
        horizon: Horizon,
        formats: Sequence[ShopFormat],
        regions: Mapping[str, Sequence[Shop]],
    ) -> None:
        self._dice = dice
        self._shape = shape
        self._horizon = horizon
        self._formats = formats
        self._regions = regions
        self._crews: list[Crew] = []
        self._counts: Counter[str] = Counter()

    def crews(self) -> tuple[Crew, ...]:
        """All crews."""
        if any(self._regions.values()):
            match self._shape.crewing:
                case Crewing.POOLS:
                    self._add_pools()
                case Crewing.SINGLES:
                    self._add_singles()
                case Crewing.ONE:
                    self._add_team()
        return tuple(self._crews)

    def _units_needed(self, trade: str, shops: Iterable[Shop], slack: float = 1.0) -> float:
        days = self._shape.utilisation * slack * self._horizon.days
        return units_needed(self._formats, trade, shops, days)

    def _most_at_once(self, trade: str, shops: Iterable[Shop]) -> int:
        return most_units_of(self._formats, trade, shops)

    def _add_pools(self) -> None:
        names = list(self._regions)
        for number, name in enumerate(names):
            beyond = names[(number + 1) % len(names)]
            is_early = self._dice.chance(0.5)
            for trade in LOCAL_TRADES:
                self._add_local(trade, name, beyond, is_early)
        for begin in range(0, len(names), REGIONS_AN_AREA):
            area = tuple(names[begin : begin + REGIONS_AN_AREA])
            shops = [shop for name in area for shop in self._regions[name]]
            for trade in SHARED_TRADES:
                need = self._units_needed(trade, shops, SHARED_SLACK)
                units = max(ceil(need), self._most_at_once(trade, shops))
                self._add_split(trade, units, shops, area)
        units = max(1, sum(map(len, self._regions.values())) // SHOPS_A_SUPPORT_UNIT)
        first, last = self._horizon.at(0.3), self._horizon.at(0.9)
        self._add("it", units, None, (), first=first, last=last)

    def _add_local(self, trade: str, region: str, beyond: str, is_early: bool) -> None:
        """Pools of the region, and a single crew that leaves early or joins late and also serves the region beyond."""
        shops = self._regions[region]
        need = self._units_needed(trade, shops)
        units = max(int(need), self._most_at_once(trade, shops))
        self._add_split(trade, units, shops, (region,))
        part = need - units
        if part > 0.05:
            home = self._dice.one_of(shops)
            regions = tuple(dict.fromkeys((region, beyond)))
            first = None if is_early else self._horizon.at(1 - part)
            last = self._horizon.at(part) if is_early else None
            self._add(trade, 1, home, regions, max_km=self._reach_km(home, shops), first=first, last=last)

    def _add_split(self, trade: str, units: int, shops: Sequence[Shop], regions: tuple[str, ...]) -> None:
        while units > 0:
            pool = min(units, LARGEST_POOL)
            self._add(trade, pool, self._dice.one_of(shops), regions)
            units -= pool

    def _add_singles(self) -> None:
        shops = [shop for shops in self._regions.values() for shop in shops]
        needs = {trade: self._units_needed(trade, shops) for trade in (*LOCAL_TRADES, *SHARED_TRADES)}
        total = max(SINGLE_CREWS, ceil(sum(needs.values())))
        weight = sum(needs.values()) or 1.0
        for trade, need in needs.items():
            for _ in range(max(2, round(total * need / weight))):
                self._add(trade, 1, self._dice.one_of(shops), (), max_km=SINGLE_CREWS_KM)

    def _add_team(self) -> None:
        shops = [shop for shops in self._regions.values() for shop in shops]
        units = max(ceil(self._units_needed("team", shops)), self._most_at_once("team", shops))
        self._add("team", units, self._dice.one_of(shops), ())

    def _reach_km(self, home: Shop, shops: Sequence[Shop]) -> float:
        """A distance that leaves the shops farthest from `home` out of reach."""
        distances = [distance_km(home, shop) or 0.0 for shop in shops]
        return round(max(20.0, 0.85 * max(distances, default=0.0)), 1)

    def _add(
        self,
        trade: str,
        units: int,
        home: Shop | None,
        regions: tuple[str, ...],
        *,
        max_km: float | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> None:
        self._counts[trade] += 1
        number = self._counts[trade]
        self._crews.append(
            Crew(
                id=f"{trade[0].upper()}{number:04d}",
                trade=trade,
                name=f"{trade.capitalize()} {number}, {home.city if home else 'everywhere'}",
                units=units,
                lat=home.lat if home else None,
                lon=home.lon if home else None,
                regions=regions,
                max_km=max_km,
                first=first,
                last=last,
            )
        )


def make_absences(dice: Dice, horizon: Horizon, crews: Iterable[Crew]) -> tuple[Absence, ...]:
    """Holidays in each summer, one unit of a pool at a time, and some illness."""
    absences = []
    for crew in crews:
        units = 1 if crew.units > 1 else None
        for year in horizon.years:
            first = date(year, 7, 6) + timedelta(days=7 * dice.whole(0, 7))
            last = first + timedelta(days=7 * dice.whole(1, 3) - 3)
            if dice.chance(0.7) and first >= horizon.today and last <= horizon.last:
                absences.append(Absence(crew=crew.id, first=first, last=last, units=units, reason="Summer holiday"))
        if dice.chance(0.2):
            first = horizon.at(dice.between(0.1, 0.8))
            last = first + timedelta(days=dice.whole(2, 9))
            absences.append(Absence(crew=crew.id, first=first, last=last, units=units, reason="Illness"))
    return tuple(absences)
