"""Pairs of shops that are neighbours, found in cubes of space: only what lies in adjoining ones is compared."""

from collections.abc import Iterator, Sequence
from itertools import product

import numpy as np

from planner.domain.geography import EARTH_RADIUS_KM, is_within
from planner.domain.shop import Shop
from planner.scheduling.timelines import FloatArray, IntArray

HAIR_KM = 1e-6
"""Straight lines are told apart as exactly as this; pairs so near the edge are measured by the haversine."""
FAR_KM = 1000.0
"""Neighbours farther apart than this are all measured so: towards the antipode, straight lines tell less and less."""
BITS = 21


def neighbour_pairs(shops: Sequence[Shop], within_km: float) -> IntArray:
    """Positions of any two shops at most `within_km` apart, shape (pairs, 2), sorted, the lower position first."""
    placed = np.array([number for number, shop in enumerate(shops) if shop.lat is not None], np.int64)
    if len(placed) < 2:
        return np.zeros((0, 2), np.int64)
    points = _points([shops[number] for number in placed.tolist()])
    found = [_near(shops, placed, points, within_km, *part) for part in _in_adjoining_cubes(points, within_km)]
    pairs = np.concatenate(found)
    pairs.sort(axis=1)
    return pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]


def _points(shops: Sequence[Shop]) -> FloatArray:
    """Where the shops lie in space, in km from the middle of the earth, shape (shops, 3)."""
    lat = np.radians([shop.lat or 0.0 for shop in shops])
    lon = np.radians([shop.lon or 0.0 for shop in shops])
    east = np.cos(lat)
    return EARTH_RADIUS_KM * np.stack([east * np.cos(lon), east * np.sin(lon), np.sin(lat)], axis=1)


def _in_adjoining_cubes(points: FloatArray, within_km: float) -> Iterator[tuple[IntArray, IntArray]]:
    """Pairs of points that may be near one another, each once: places in `points`, direction by direction."""
    # A straight line is no longer than the arc; the hair's breadth keeps pairs on the edge in adjoining cubes. As few
    # as a million cubes a side fit into a key.
    size = max(within_km + HAIR_KM, 2 * EARTH_RADIUS_KM / 2 ** (BITS - 1))
    cubes = np.floor(points / size).astype(np.int64) + 2 ** (BITS - 1)
    keys = (cubes[:, 0] << 2 * BITS) + (cubes[:, 1] << BITS) + cubes[:, 2]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    places = np.arange(len(keys))
    for x, y, z in product((-1, 0, 1), repeat=3):
        step = (x << 2 * BITS) + (y << BITS) + z
        if step < 0:
            continue
        first = np.searchsorted(keys, keys + step, side="left")
        last = np.searchsorted(keys, keys + step, side="right")
        if step == 0:  # within one cube, each with those after it
            first = places + 1
        count = last - first
        one = np.repeat(places, count)
        other = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
        yield order[one], order[other]


def _near(
    shops: Sequence[Shop], placed: IntArray, points: FloatArray, within_km: float, one: IntArray, other: IntArray
) -> IntArray:
    """Those of the pairs that are near, as positions of shops."""
    apart = np.sqrt(((points[one] - points[other]) ** 2).sum(axis=1))
    limit = 2 * EARTH_RADIUS_KM * np.sin(min(within_km / (2 * EARTH_RADIUS_KM), np.pi / 2))
    hair = HAIR_KM if within_km <= FAR_KM else np.inf
    pairs = np.stack([placed[one], placed[other]], axis=1)
    is_near = apart < limit - hair
    for place in np.flatnonzero(~is_near & (apart <= limit + hair)).tolist():
        first, second = pairs[place].tolist()
        is_near[place] = is_within(shops[first], shops[second], within_km)
    near: IntArray = pairs[is_near]
    return near
