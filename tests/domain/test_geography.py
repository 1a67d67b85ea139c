"""Distances over the ground."""

from math import pi

import pytest

from planner.domain.crew import Crew
from planner.domain.geography import distance_km, is_within
from tests.domain.small import small_shop

BERLIN = small_shop("S1", lat=52.52, lon=13.405)
MUNICH = Crew(id="B1", trade="builder", lat=48.1351, lon=11.582)
NOWHERE = small_shop("S3")


def test_berlin_and_munich_are_504_km_apart() -> None:
    assert distance_km(BERLIN, MUNICH) == pytest.approx(504.4, abs=0.2)
    assert distance_km(MUNICH, BERLIN) == pytest.approx(distance_km(BERLIN, MUNICH))


def test_a_quarter_of_the_equator() -> None:
    quarter = distance_km(small_shop(lat=0.0, lon=0.0), small_shop(lat=0.0, lon=90.0))
    assert quarter == pytest.approx(6371.0088 * pi / 2)


def test_opposite_points_and_equal_ones() -> None:
    assert distance_km(small_shop(lat=0.0, lon=0.0), small_shop(lat=0.0, lon=180.0)) == pytest.approx(6371.0088 * pi)
    assert distance_km(BERLIN, BERLIN) == 0


def test_no_distance_without_a_position() -> None:
    assert distance_km(BERLIN, NOWHERE) is None
    assert not is_within(BERLIN, NOWHERE, 20_000.0)


def test_the_edge_is_within() -> None:
    distance = distance_km(BERLIN, MUNICH)
    assert distance is not None
    assert is_within(BERLIN, MUNICH, distance)
    assert is_within(BERLIN, MUNICH, distance + 0.001)
    assert not is_within(BERLIN, MUNICH, distance - 0.001)
