"""Where and when a made-up rollout takes place: its horizon, its calendar, its formats and its crews."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from planner.domain.crew import Absence, Crew
from planner.domain.rollout import Objective, Rollout
from planner.domain.rules import Costs, Shutdown
from planner.domain.shop_format import Phase, ShopFormat

# Days shortly before holidays that only some states or parishes keep: Corpus Christi, Assumption, World Children's
# Day, Reformation Day and All Saints', Christmas and Epiphany, Easter.
EVES = (
    date(2021, 5, 27),
    date(2022, 8, 8),
    date(2021, 9, 15),
    date(2022, 10, 26),
    date(2021, 12, 20),
    date(2021, 3, 28),
)
STATES = ("BY", "BY", "SN", "NW", "TH", "BB", "")
REGIONS = ("South", "North", "")
TRADES = ("builder", "fitter")
# The first two are 5.6 km apart, the third 56 km from the first, the fourth 350 km.
PLACES = ((48.0, 11.0), (48.05, 11.0), (48.5, 11.0), (51.0, 13.0))
WORKDAYS = (frozenset(range(5)), frozenset(range(5)), frozenset(range(6)), frozenset({0, 1, 3, 4, 5}))


@dataclass(frozen=True, slots=True)
class Size:
    """How large a rollout is made: least and most shops that may have a date, most crews, days of the horizon."""

    active: tuple[int, int]
    crews: int
    days: tuple[int, int]
    crew_units: int
    shops_a_limit: int


TINY = Size(active=(1, 4), crews=4, days=(8, 25), crew_units=2, shops_a_limit=2)
LARGER = Size(active=(10, 40), crews=8, days=(40, 120), crew_units=4, shops_a_limit=6)


def chance(random: Random, probability: float) -> bool:
    """True as often as `probability` says."""
    return random.random() < probability


def some_day(random: Random, rollout: Rollout, before: int = 0, after: int = 0) -> date:
    """A day of the horizon, or up to `before` days ahead of it and `after` days past it."""
    span = (rollout.last - rollout.today).days
    return rollout.today + timedelta(days=random.randint(-before, span + after))


def some_window(random: Random, rollout: Rollout, longest: int) -> tuple[date, date]:
    """A first and a last day around the horizon, at most `longest` days long."""
    first = some_day(random, rollout, before=4)
    return first, first + timedelta(days=random.randint(0, longest - 1))


def make_setting(random: Random, size: Size) -> Rollout:
    """A rollout without shops and rules."""
    today = random.choice(EVES) + timedelta(days=random.randint(-4, 3))
    rollout = Rollout(
        name="Tiny",
        today=today,
        last=today + timedelta(days=random.randint(*size.days)),
        objective=Objective.EARLIEST_FINISH if chance(random, 0.25) else Objective.COST,
        country="" if chance(random, 0.1) else "DE",
        workdays=random.choice(WORKDAYS),
        formats=tuple(_make_format(random, name) for name in ("M", "L")[: random.randint(1, 2)]),
        shops=(),
        crews=(),
        costs=_make_costs(random),
        freeze_days=random.choice((0, 0, 3, 7)),
    )
    crews = _make_crews(random, rollout, size)
    absences = _make_absences(random, rollout, crews)
    return replace(rollout, crews=crews, absences=absences, shutdowns=_make_shutdowns(random, rollout))


def _make_costs(random: Random) -> Costs:
    return Costs(
        margin=random.choice((1.0, 0.4)),
        footfall=random.choice((1.0, 0.8)),
        season={month: random.choice((0.7, 1.2, 1.45)) for month in (1, 4, 6, 11, 12) if chance(random, 0.5)},
        recapture=random.choice((0.0, 0.3)),
        uplift=random.choice((0.0, 0.06, 0.5)),
        km=random.choice((0.0, 0.9)),
        road_factor=random.choice((1.0, 1.3)),
        late_day=random.choice((0.0, 25.5)),
        change=random.choice((0.0, 30.0)),
    )


def _make_format(random: Random, name: str) -> ShopFormat:
    count = random.choice((1, 2, 2, 3))
    phases = [_make_phase(random, phase) for phase in ("Survey", "Build", "Fit")[-count:]]
    return ShopFormat(name=name, phases=tuple(phases))


def _make_phase(random: Random, name: str) -> Phase:
    least = random.choice((0, 0, 0, 1, 2))
    return Phase(
        name=name,
        days=random.choice((1, 1, 1, 2, 2, 3)),
        crews=dict(random.choice(NEEDS)),
        closed=chance(random, 0.75),
        wait_min=least,
        wait_max=least + random.choice((0, 0, 1, 2, 3)),
    )


NEEDS: tuple[dict[str, int], ...] = (
    {},
    {"builder": 1},
    {"builder": 1},
    {"builder": 2},
    {"builder": 1, "fitter": 1},
    {"fitter": 1, "builder": 2},
    {"fitter": 1},
)


def _make_crews(random: Random, rollout: Rollout, size: Size) -> tuple[Crew, ...]:
    """One crew of each trade that is needed, as a rule, and some more."""
    needed = sorted({trade for item in rollout.formats for phase in item.phases for trade in phase.crews})
    trades = [trade for trade in needed if chance(random, 0.97)]
    spare = max(0, size.crews - len(trades))
    trades += [random.choice(TRADES) for _ in range(random.randint(min(1, spare), spare))]
    return tuple(_make_crew(random, rollout, f"K{number}", trade, size) for number, trade in enumerate(trades, 1))


def _make_crew(random: Random, rollout: Rollout, name: str, trade: str, size: Size) -> Crew:
    lat, lon = random.choice((*PLACES, (None, None)))
    return Crew(
        id=name,
        trade=trade,
        units=random.randint(1, size.crew_units),
        lat=lat,
        lon=lon,
        regions=tuple(random.sample((*REGIONS[:2], "BY", "NW"), 3)) if chance(random, 0.15) else (),
        max_km=random.choice((10.0, 60.0, 400.0)) if chance(random, 0.15) else None,
        first=some_day(random, rollout, before=20) if chance(random, 0.1) else None,
        last=some_day(random, rollout, after=20) if chance(random, 0.1) else None,
    )


def _make_absences(random: Random, rollout: Rollout, crews: tuple[Crew, ...]) -> tuple[Absence, ...]:
    absences = []
    for crew in crews:
        for _ in range(random.choice((0, 0, 1, 1, 2))):
            first, last = some_window(random, rollout, longest=4)
            units = random.randint(1, crew.units) if chance(random, 0.6) else None
            absences.append(Absence(crew=crew.id, first=first, last=last, units=units))
    return tuple(absences)


def _make_shutdowns(random: Random, rollout: Rollout) -> tuple[Shutdown, ...]:
    if not chance(random, 0.2):
        return ()
    first, last = some_window(random, rollout, longest=3)
    return (Shutdown(name="Break", first=first, last=last),)
