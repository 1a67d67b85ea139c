"""The shops of generated rollouts before any of them has a date: where, how large, run by whom, how far."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from planner.domain.shop import Kind, Shop, Status
from tests.benchmarks.dice import Dice
from tests.benchmarks.places import Place, split_by_position
from tests.benchmarks.shapes import Shape, Work

# A town's people decide how likely each format is: (people up to, S, M, L); the rest is XL.
FORMAT_CHANCES = ((25_000, 0.45, 0.45, 0.09), (100_000, 0.32, 0.52, 0.13), (10_000_000, 0.18, 0.54, 0.22))
WEEKLY_REVENUE = {"S": (7_000, 12_000), "M": (11_000, 20_000), "L": (20_000, 34_000), "XL": (30_000, 50_000)}
PRIORITIES = {"S": (2, 6), "M": (3, 7), "L": (5, 9), "XL": (7, 9)}
PARTNER_SIZES = (1, 1, 2, 2, 3, 3, 4, 5, 6)
SHOPS_FOR_XL = 60
"""A region with fewer shops has too few builders for the largest format."""
PARTS = {Status.DONE: 0.14, Status.DEFERRED: 0.02, Status.CANCELLED: 0.01}
PILOT, MALL, NO_POSITION, NO_TARGET = 0.25, 0.15, 0.01, 0.03


def make_shops(dice: Dice, shape: Shape, places: Sequence[Place]) -> list[Shop]:
    """A shop at each place, region by region, partners assigned, the past and the dropped ones marked."""
    parts = 1 if shape.shops_a_region is None else max(1, round(len(places) / shape.shops_a_region))
    groups = split_by_position(places, list(range(len(places))), parts)
    shops = [
        _make_shop(dice, places[number], number + 1, f"R{region:03d}", has_xl=len(group) >= SHOPS_FOR_XL)
        for region, group in enumerate(groups, start=1)
        for number in group
    ]
    return _give_status(dice, shape, _assign_partners(dice, shape, shops))


def _make_shop(dice: Dice, place: Place, number: int, region: str, has_xl: bool) -> Shop:
    size = _draw_format(dice, place, has_xl)
    revenue = round(dice.between(*WEEKLY_REVENUE[size]), -2)
    own_chance = 0.35 if place.people > 100_000 else 0.15
    draw = dice.between(0, 1)
    kind = Kind.OWN if draw < own_chance else Kind.AGENCY if draw < own_chance + 0.25 else Kind.PARTNER
    tags = ["flagship"] if size == "XL" else ["mall"] if dice.chance(MALL) else []
    if dice.chance(PILOT):
        tags.append("pilot")
    is_placed = not dice.chance(NO_POSITION)
    return Shop(
        id=f"S{number:05d}",
        name=f"Shop {place.city}" if place.city == place.town else f"Shop {place.city}-{place.town}",
        postcode=place.postcode,
        city=place.city,
        kind=kind,
        state=place.state,
        catholic=place.catholic,
        region=region,
        lat=place.lat if is_placed else None,
        lon=place.lon if is_placed else None,
        format=size,
        weekly_revenue=revenue,
        annual_target=None if dice.chance(NO_TARGET) else round(52 * revenue * dice.between(0.85, 1.1), -3),
        priority=dice.whole(*PRIORITIES[size]),
        tags=tuple(tags),
    )


def _draw_format(dice: Dice, place: Place, has_xl: bool) -> str:
    _, small, medium, large = next(chances for chances in FORMAT_CHANCES if place.people <= chances[0])
    draw = dice.between(0, 1)
    if draw < small:
        return "S"
    if draw < small + medium:
        return "M"
    return "L" if draw < small + medium + large or not has_xl else "XL"


def _assign_partners(dice: Dice, shape: Shape, shops: list[Shop]) -> list[Shop]:
    """Partners of one to six shops next to each other run all that are not the company's own; or one runs them all."""
    if shape.one_partner:
        return [replace(shop, partner="Partner 1", kind=Kind.PARTNER) for shop in shops]
    partners = 0
    left: Counter[tuple[str, Kind]] = Counter()
    current: dict[tuple[str, Kind], str] = {}
    assigned = []
    for shop in shops:
        if shop.kind is None or shop.kind is Kind.OWN:
            assigned.append(shop)
            continue
        key = (shop.region, shop.kind)
        if not left[key]:
            partners += 1
            current[key] = f"Partner {partners}"
            left[key] = dice.one_of(PARTNER_SIZES)
        left[key] -= 1
        assigned.append(replace(shop, partner=current[key]))
    return assigned


def _give_status(dice: Dice, shape: Shape, shops: list[Shop]) -> list[Shop]:
    """Some shops are over or left out; where nothing is to be planned, all others are done."""
    order = dice.shuffled(range(len(shops)))
    counts = {status: round(part * len(shops)) for status, part in PARTS.items()}
    for status, count in counts.items():
        for number in order[:count]:
            shops[number] = replace(shops[number], status=status)
        order = order[count:]
    if shape.work is Work.DONE:
        for number in order:
            shops[number] = replace(shops[number], status=Status.DONE)
    return shops
