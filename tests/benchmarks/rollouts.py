"""Made-up rollouts of any size and shape, from a seed: for benchmarks, and for tests of what planners stumble over."""

from dataclasses import replace

from planner.domain.rollout import Rollout
from planner.domain.rules import Risk
from planner.domain.shop import Shop
from tests.benchmarks.dice import Dice
from tests.benchmarks.made_crews import CrewMaker, make_absences
from tests.benchmarks.made_dates import DateMaker
from tests.benchmarks.made_formats import make_formats
from tests.benchmarks.made_rules import (
    NO_PRICES,
    PRICES,
    make_blackouts,
    make_campaigns,
    make_horizon,
    make_limits,
    make_milestones,
    make_partner_target,
    make_shutdowns,
    make_supply,
)
from tests.benchmarks.made_shops import make_shops
from tests.benchmarks.places import CITY_RADIUS_KM, crowded_places, neighbours_km, spread_places
from tests.benchmarks.shapes import PLAIN, Shape

FREEZE_DAYS = 14


def make_rollout(shops: int, seed: int, shape: Shape = PLAIN) -> Rollout:
    """A rollout of `shops` shops with every rule of the rollout format in use; the same one for the same arguments.

    Crews are so many that builders and electricians are busy for `shape.utilisation` of the horizon. There is a
    region for every 90 shops or so, with crews of its own; limits, kits and milestones are the whole company's.
    Given dates do not conflict. 20,000 shops take a few seconds.
    """
    dice = Dice(seed)
    horizon = make_horizon(shape)
    formats = make_formats(shape)
    if shape.shops_a_city is None:
        places = spread_places(dice, shops)
    else:
        places = crowded_places(dice, shops, shape.shops_a_city)
    undated = make_shops(dice, shape, places)
    crews = CrewMaker(dice, shape, horizon, formats, _by_region(undated)).crews()
    rollout = Rollout(
        name=f"{shops} shops, seed {seed}",
        today=horizon.today,
        last=horizon.last,
        formats=formats,
        shops=tuple(sorted(undated, key=lambda shop: shop.id)),
        crews=crews,
        absences=make_absences(dice, horizon, crews),
        shutdowns=make_shutdowns(horizon),
        blackouts=make_blackouts(horizon),
        milestones=make_milestones(horizon, shape, undated),
        limits=make_limits(horizon, formats, undated),
        neighbours_km=neighbours_km(places) if shape.shops_a_city is None else CITY_RADIUS_KM,
        supplies=(make_supply(horizon, shape, undated),),
        campaigns=make_campaigns(horizon, shape),
        partner_target=make_partner_target(horizon),
        costs=PRICES if shape.has_prices else NO_PRICES,
        freeze_days=FREEZE_DAYS,
        risk=Risk(duration_sigma=0.15, permit_slip_probability=0.1, permit_slip_days=15),
    )
    return replace(rollout, shops=DateMaker(dice, shape, horizon, rollout).shops())


def _by_region(shops: list[Shop]) -> dict[str, list[Shop]]:
    regions: dict[str, list[Shop]] = {}
    for shop in shops:
        regions.setdefault(shop.region, []).append(shop)
    return regions
