"""The shop formats of generated rollouts."""

from planner.domain.shop_format import Phase, ShopFormat
from tests.benchmarks.shapes import Crewing, Shape

CALENDAR_DAYS_A_WORKING_DAY = 1.45


def make_formats(shape: Shape) -> tuple[ShopFormat, ...]:
    """Four formats; electricians of the larger ones stay from build to IT, builders of the largest for two phases."""
    formats = (
        _format(_survey(1), _build(4, 10, 40), _it(1), _merchandising(2, 1), name="S"),
        _format(_survey(1), _build(8, 10, 50), _it(2), _merchandising(2, 1), name="M"),
        _format(_survey(2), _build(12, 15, 60), _it(2, electricians=1, wait_max=2), _merchandising(3, 2), name="L"),
        _format(
            _survey(2),
            Phase(name="Strip-out", days=3, crews={"builder": 2}, wait_min=15, wait_max=60),
            _build(12, 0, 0, builders=2),
            _it(3, electricians=1),
            _merchandising(4, 2),
            Phase(name="Snagging", days=1, crews={"builder": 1}, closed=False, wait_min=5, wait_max=25),
            name="XL",
        ),
    )
    return tuple(map(_by_one_team, formats)) if shape.crewing is Crewing.ONE else formats


def _format(*phases: Phase, name: str) -> ShopFormat:
    return ShopFormat(name=name, phases=phases)


def _survey(days: int) -> Phase:
    return Phase(name="Survey", days=days, crews={"surveyor": 1}, closed=False)


def _build(days: int, wait_min: int, wait_max: int, builders: int = 1) -> Phase:
    crews = {"builder": builders, "electrician": 1}
    return Phase(name="Build", days=days, crews=crews, wait_min=wait_min, wait_max=wait_max)


def _it(days: int, electricians: int = 0, wait_max: int = 0) -> Phase:
    crews = {"it": 1} | ({"electrician": electricians} if electricians else {})
    return Phase(name="IT", days=days, crews=crews, wait_max=wait_max)


def _merchandising(days: int, units: int) -> Phase:
    return Phase(name="Merchandising", days=days, crews={"merchandiser": units})


def _by_one_team(shop_format: ShopFormat) -> ShopFormat:
    """The format with all work done by one trade: two units build, one does the rest."""
    phases = tuple(
        Phase(
            name=phase.name,
            days=phase.days,
            crews={"team": 2 if "builder" in phase.crews else 1},
            closed=phase.closed,
            wait_min=phase.wait_min,
            wait_max=phase.wait_max,
        )
        for phase in shop_format.phases
    )
    return ShopFormat(name=shop_format.name, phases=phases)


def closed_days(shop_format: ShopFormat) -> float:
    """About how many calendar days a shop of the format is closed."""
    return CALENDAR_DAYS_A_WORKING_DAY * sum(phase.days for phase in shop_format.phases if phase.closed)
