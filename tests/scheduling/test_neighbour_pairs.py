"""Pairs of neighbours are those that the haversine calls near, wherever on earth, each once and in order."""

import random
from itertools import combinations

import pytest

from planner.domain.geography import distance_km, is_within
from planner.domain.shop import Shop
from planner.scheduling.neighbour_pairs import neighbour_pairs


def shop_at(number: int, place: tuple[float, float] | None) -> Shop:
    lat, lon = place or (None, None)
    return Shop(id=f"S{number}", format="M", lat=lat, lon=lon)


def near_by_haversine(shops: list[Shop], within_km: float) -> list[list[int]]:
    pairs = combinations(range(len(shops)), 2)
    return [[one, other] for one, other in pairs if is_within(shops[one], shops[other], within_km)]


@pytest.mark.parametrize("within_km", [0.0, 0.5, 12.0, 300.0, 2500.0, 21_000.0])
@pytest.mark.parametrize(
    ("middle", "spread"), [((51.0, 10.0), 3.0), ((90.0, 0.0), 4.0), ((-16.5, 180.0), 2.0), ((0.0, 0.0), 90.0)]
)
def test_the_pairs_are_those_that_are_near(within_km: float, middle: tuple[float, float], spread: float) -> None:
    chance = random.Random(7)
    shops = []
    for number in range(120):
        lat = max(-90.0, min(90.0, middle[0] + chance.uniform(-spread, spread)))
        lon = (middle[1] + chance.uniform(-spread, spread) * (40 if abs(middle[0]) == 90 else 1) + 180) % 360 - 180
        shops.append(shop_at(number, None if number % 17 == 0 else (lat, lon)))
    shops.append(shop_at(len(shops), (shops[1].lat or 0.0, shops[1].lon or 0.0)))
    assert neighbour_pairs(shops, within_km).tolist() == near_by_haversine(shops, within_km)


def test_the_edge_is_near() -> None:
    shops = [shop_at(number, (48.0 + number * 0.0371, 9.0)) for number in range(40)]
    for other in (1, 7, 39):
        edge = distance_km(shops[0], shops[other]) or 0.0
        assert [0, other] in neighbour_pairs(shops, edge).tolist()
        assert [0, other] not in neighbour_pairs(shops, edge - 1e-7).tolist()


@pytest.mark.parametrize("places", [[], [None, None], [(48.0, 9.0)], [(48.0, 9.0), None]])
def test_fewer_than_two_places_have_no_neighbours(places: list[tuple[float, float] | None]) -> None:
    shops = [shop_at(number, place) for number, place in enumerate(places)]
    assert neighbour_pairs(shops, 12.0).shape == (0, 2)
