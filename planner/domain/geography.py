"""Distances over the ground."""

from math import asin, cos, radians, sin, sqrt

from planner.domain.crew import Crew
from planner.domain.shop import Shop

EARTH_RADIUS_KM = 6371.0088
EDGE_KM = 1e-9
"""A distance this much over a limit is on its edge: less than floating point can tell."""


def distance_km(a: Shop | Crew, b: Shop | Crew) -> float | None:
    """The great-circle distance by the haversine, in km; None where either has no position."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    lat_a, lat_b = radians(a.lat), radians(b.lat)
    half_lat = sin((lat_b - lat_a) / 2)
    half_lon = sin(radians(b.lon - a.lon) / 2)
    chord = half_lat * half_lat + cos(lat_a) * cos(lat_b) * half_lon * half_lon
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, chord)))


def is_within(a: Shop | Crew, b: Shop | Crew, most_km: float) -> bool:
    """Whether both have positions and are at most `most_km` apart, edge included."""
    distance = distance_km(a, b)
    return distance is not None and distance <= most_km + EDGE_KM
