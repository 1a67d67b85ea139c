"""Breaches of the neighbours rule: two shops close together, both closed (rule 7), and distances."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from math import asin, cos, floor, radians, sin, sqrt

from planner.domain.crew import Crew
from planner.domain.shop import Shop
from planner.review.entries import Context, Entry
from planner.review.findings import Breach
from planner.wording.amounts import plain_number_text
from planner.wording.translation import gettext

EARTH_RADIUS_KM = 6371.0088
# A micrometre: what floating point may add to a distance that lies on the edge.
EDGE_KM = 1e-9

Closed = tuple[date, date]
Cell = tuple[int, int, int]


def distance_km(a: Shop | Crew, b: Shop | Crew) -> float | None:
    """The great-circle distance in km by the haversine; None where either has no position."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    north, east = radians(b.lat - a.lat), radians(b.lon - a.lon)
    haversine = sin(north / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(haversine)))


def neighbour_breaches(context: Context, entries: Sequence[Entry]) -> Iterator[Breach]:
    """Pairs of shops within the distance that are both closed on a day from today on."""
    within_km = context.rollout.neighbours_km
    if within_km is None:
        return
    for one, other, first, last in _close_pairs(context, entries, within_km):
        distance = distance_km(one.shop, other.shop)
        if distance is not None and distance <= within_km + EDGE_KM:
            pair = (one.shop.id, other.shop.id)
            text = gettext(
                "shops {one} and {other} are both closed, {distance} km apart; of neighbours within {within} km one "
                "must be open"
            ).format(
                one=pair[0],
                other=pair[1],
                distance=plain_number_text(distance, 1),
                within=plain_number_text(within_km),
            )
            yield Breach("neighbours", tuple(sorted(pair)), first, last, pair, text)


def near_pairs(shops: Sequence[Shop], within_km: float) -> Iterator[tuple[Shop, Shop]]:
    """Pairs of shops that are neighbours, closed or not."""
    cells: dict[Cell, list[Shop]] = defaultdict(list)
    for shop in shops:
        cell = _cell(shop, max(within_km, 1.0))
        if cell is None:
            continue
        for nearby in _around(cell):
            for other in cells.get(nearby, ()):
                distance = distance_km(shop, other)
                if distance is not None and distance <= within_km + EDGE_KM:
                    yield other, shop
        cells[cell].append(shop)


def _close_pairs(
    context: Context, entries: Sequence[Entry], within_km: float
) -> Iterator[tuple[Entry, Entry, date, date]]:
    """Pairs that may be neighbours and are closed at once, and when."""
    cells: dict[Cell, list[tuple[Entry, Closed]]] = defaultdict(list)
    for entry in entries:
        closed, cell = entry.closed_from(context.rollout.today), _cell(entry.shop, max(within_km, 1.0))
        if closed is None or cell is None:
            continue
        for nearby in _around(cell):
            for other, other_closed in cells.get(nearby, ()):
                first, last = max(closed[0], other_closed[0]), min(closed[1], other_closed[1])
                if first <= last:
                    yield other, entry, first, last
        cells[cell].append((entry, closed))


def _cell(shop: Shop, size_km: float) -> Cell | None:
    """The cube of space the shop lies in: a straight line is no longer than the great circle's arc."""
    if shop.lat is None or shop.lon is None:
        return None
    lat, lon = radians(shop.lat), radians(shop.lon)
    # The hair's breadth keeps pairs on the edge in adjoining cubes.
    scale = EARTH_RADIUS_KM / (size_km * (1 + 1e-6))
    x, y, z = cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)
    return floor(x * scale), floor(y * scale), floor(z * scale)


def _around(cell: Cell) -> Iterator[Cell]:
    x, y, z = cell
    return ((x + dx, y + dy, z + dz) for dx in (-1, 0, 1) for dy in (-1, 0, 1) for dz in (-1, 0, 1))
