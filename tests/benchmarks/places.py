"""Where generated shops stand: the real towns of rollout-2021, and made-up places around them."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import cos, radians, sqrt
from pathlib import Path

from tests.benchmarks.dice import Dice

TOWNS_CSV = Path(__file__).parents[2] / "schedules" / "rollout-2021" / "towns.csv"
KM_A_DEGREE = 111.2
MOST_SHOPS_A_CITY = 8
AROUND_TOWN_KM = 40.0
WITHIN_PLACE_KM = 3.0
CITY_RADIUS_KM = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A spot for one shop; `people` of its town decide how large the shop is."""

    town: str
    city: str
    state: str
    postcode: str
    catholic: bool
    people: int
    lat: float
    lon: float


def read_towns() -> list[Place]:
    """The 240 towns of rollout-2021 (GeoNames, CC BY 4.0)."""
    with TOWNS_CSV.open(encoding="utf-8", newline="") as file:
        return [
            Place(
                town=row["town"],
                city=row["city"],
                state=row["state"],
                postcode=row["postcode"],
                catholic=row["catholic"] == "yes",
                people=int(row["population"]),
                lat=float(row["lat"]),
                lon=float(row["lon"]),
            )
            for row in csv.DictReader(file)
        ]


def spread_places(dice: Dice, shops: int) -> list[Place]:
    """One place for each of `shops`: the towns first, then further spots in them and in made-up places nearby.

    A made-up place keeps the state of the town it lies near, wherever the real border runs.
    """
    towns = dice.shuffled(read_towns())
    places = towns[:shops]
    sizes = Counter(place.city for place in places)
    while len(places) < shops:
        near = dice.one_of(places)
        if dice.chance(0.5) and sizes[near.city] < MOST_SHOPS_A_CITY:
            place = _moved(dice, near, WITHIN_PLACE_KM)
        else:
            name = f"{near.city.split(' · ')[0]} · {len(places) + 1}"
            place = _moved(dice, replace(near, town=name, city=name, people=15_000), AROUND_TOWN_KM)
        sizes[place.city] += 1
        places.append(place)
    return places


def crowded_places(dice: Dice, shops: int, shops_a_city: int) -> list[Place]:
    """One place for each of `shops`, all of them in cities of `shops_a_city` shops, 8 km around."""
    towns = dice.shuffled(read_towns())
    places = []
    for number in range(shops):
        city = number // shops_a_city
        town = towns[city % len(towns)]
        if city >= len(towns):
            town = replace(town, town=f"{town.town} · {city}", city=f"{town.town} · {city}", lat=town.lat + 0.3)
        places.append(_moved(dice, town, CITY_RADIUS_KM))
    return places


def _moved(dice: Dice, place: Place, most_km: float) -> Place:
    """`place` moved to anywhere within a square `most_km` around it."""
    north_km, east_km = dice.between(-most_km, most_km), dice.between(-most_km, most_km)
    lat = place.lat + north_km / KM_A_DEGREE
    lon = place.lon + east_km / (KM_A_DEGREE * cos(radians(place.lat)))
    return replace(place, lat=round(lat, 5), lon=round(lon, 5))


def neighbours_km(places: Sequence[Place]) -> float:
    """A distance within which most shops have a few others: 12 km for 240 shops, less where they stand closer."""
    return round(12.0 * min(1.0, sqrt(240 / max(1, len(places)))), 1)


def split_by_position(places: Sequence[Place], numbers: list[int], parts: int) -> list[list[int]]:
    """`numbers` of places in `parts` groups of nearly equal size, each close together, neighbours one after another.

    Halves again and again across the longer side.
    """
    if parts <= 1 or not numbers:
        return [numbers]
    lats = [places[number].lat for number in numbers]
    lons = [places[number].lon for number in numbers]
    is_tall = max(lats) - min(lats) > (max(lons) - min(lons)) * cos(radians(lats[0]))
    ordered = sorted(numbers, key=lambda number: places[number].lat if is_tall else places[number].lon)
    left = parts // 2
    cut = len(ordered) * left // parts
    return split_by_position(places, ordered[:cut], left) + split_by_position(places, ordered[cut:], parts - left)
