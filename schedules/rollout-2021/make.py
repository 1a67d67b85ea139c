"""Writes shops.csv of this rollout: made-up shops, one in each real town of towns.csv.

Run as `python schedules/rollout-2021/make.py`. The same bytes come out every time.
"""

import csv
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import TypeVar

import holidays

HERE = Path(__file__).parent
SEED = 2033
CHRISTMAS_BREAK = (date(2021, 12, 24), date(2022, 1, 2))
NEIGHBOURS_KM = 12.0

Row = dict[str, str]
Item = TypeVar("Item")

REGION_STATES = {
    "North": ("SH", "HH", "HB", "NI", "MV"),
    "East": ("BE", "BB", "SN", "ST", "TH"),
    "West": ("NW",),
    "Centre": ("HE", "RP", "SL"),
    "South": ("BW", "BY"),
}
REGION_OF = {state: region for region, states in REGION_STATES.items() for state in states}

# A town's people decide how likely each format is: (people up to, S, M); the rest is L.
FORMAT_CHANCES = ((25_000, 0.45, 0.52), (100_000, 0.32, 0.60), (10_000_000, 0.18, 0.64))
WEEKLY_REVENUE = {"S": (7_000, 12_000), "M": (11_000, 20_000), "L": (20_000, 34_000)}
PRIORITIES = {"S": (2, 6), "M": (3, 7), "L": (5, 9)}
PARTNER_SIZES = (1, 1, 2, 2, 3, 3, 4, 5, 6)
PARTNER_WORDS = ("Rufkontor", "Fernladen", "Sprechwerk")
# fmt: off
PARTNER_BIRDS = (
    "Amsel", "Bachstelze", "Buntspecht", "Dohle", "Eisvogel", "Feldlerche", "Girlitz", "Goldammer",
    "Grasmücke", "Haubenmeise", "Heckenbraunelle", "Kiebitz", "Kleiber", "Kornweihe", "Kranich",
    "Mauersegler", "Nachtigall", "Neuntöter", "Pirol", "Rohrdommel", "Rotkehlchen", "Schwalbe", "Seeadler",
    "Singdrossel", "Steinkauz", "Stieglitz", "Wendehals", "Wiedehopf", "Zaunkönig", "Zeisig",
)
STREETS = (
    "Ahornweg", "Am Markt", "Bahnhofstraße", "Bergstraße", "Breite Straße", "Gartenstraße", "Goethestraße",
    "Hauptstraße", "Kirchstraße", "Königstraße", "Lange Straße", "Lindenstraße", "Marktplatz",
    "Mühlenstraße", "Neue Straße", "Poststraße", "Rathausplatz", "Ringstraße", "Schillerstraße",
    "Schlossstraße", "Steinstraße", "Wallstraße",
)
# fmt: on

EARLIEST_DUE, LATEST_DUE = date(2021, 11, 15), date(2022, 6, 30)
DONE_COUNT, DEFERRED_COUNT, CANCELLED_COUNT = 34, 4, 2
PILOT_COUNTS = {"partner": 32, "agency": 15, "own": 13}
IN_PROGRESS = (  # region, format, start, expected finish, crews
    ("North", "M", "2021-06-14", "2021-07-20", ""),
    ("East", "S", "2021-06-24", "", ""),
    ("West", "M", "2021-06-17", "2021-07-23", "B-W1|E-W1"),
    ("South", "M", "2021-06-21", "", "B-S1"),
)
FIXED = (  # region, format, start, crews
    ("South", "S", "2022-01-04", ""),
    ("North", "M", "2022-01-05", "B-N1|E-N1"),
    ("East", "M", "2022-01-11", ""),
    ("West", "S", "2022-01-13", "B-W1|E-W1"),
    ("Centre", "M", "2022-01-18", ""),
    ("South", "M", "2022-01-25", "B-S2"),
    ("North", "L", "2022-02-01", ""),
    ("West", "M", "2022-02-08", ""),
    ("East", "S", "2022-02-15", "B-O2|E-O1"),
    ("South", "L", "2022-02-22", ""),
    ("Centre", "S", "2022-03-03", "B-C1|E-C1"),
    ("West", "M", "2022-03-15", ""),
)
FROZEN = (  # region, format, published start within the frozen fortnight
    ("North", "S", "2021-07-14"),
    ("East", "M", "2021-07-15"),
    ("West", "S", "2021-07-16"),
    ("Centre", "M", "2021-07-20"),
    ("South", "M", "2021-07-22"),
    ("West", "M", "2021-07-27"),
)


class Dice:
    """Made-up choices. Only `Random.random` is promised to give the same numbers in every Python version."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def chance(self, probability: float) -> bool:
        """True with `probability`."""
        return self._random.random() < probability

    def between(self, low: float, high: float) -> float:
        """A number from `low` to `high`."""
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def one_of(self, items: Sequence[Item]) -> Item:
        """One of `items`."""
        return items[self.whole(0, len(items) - 1)]

    def shuffled(self, items: Iterable[Item]) -> list[Item]:
        """All `items` in another order."""
        drawn = [(self._random.random(), item) for item in items]
        return [item for _, item in sorted(drawn, key=lambda pair: pair[0])]


@lru_cache
def public_holidays(state: str, catholic: bool) -> frozenset[date]:
    """The public holidays of a state from 2021 to 2022."""
    categories = ("catholic", "public") if catholic else ("public",)
    return frozenset(holidays.country_holidays("DE", subdiv=state, years=(2021, 2022), categories=categories))


def working_day(shop: Row, day: date) -> date:
    """The first day from `day` on when crews can work in `shop`."""
    closed = public_holidays(shop["state"], bool(shop["catholic"]))
    while day.weekday() > 4 or day in closed or CHRISTMAS_BREAK[0] <= day <= CHRISTMAS_BREAK[1]:
        day += timedelta(days=1)
    return day


def distance_km(a: Row, b: Row) -> float:
    """The great-circle distance between two shops."""
    lat_a, lat_b = math.radians(float(a["lat"])), math.radians(float(b["lat"]))
    half_lon = math.sin(math.radians(float(b["lon"]) - float(a["lon"])) / 2)
    chord = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * half_lon**2
    return 2 * 6371.0088 * math.asin(math.sqrt(chord))


def make_shop(dice: Dice, number: int, town: Row) -> Row:
    """A shop in `town`, in the backlog, not yet run by anybody."""
    people = int(town["population"])
    chances = next((small, medium) for upto, small, medium in FORMAT_CHANCES if people <= upto)
    draw = dice.between(0, 1)
    size = "S" if draw < chances[0] else "M" if draw < sum(chances) else "L"
    revenue = round(dice.between(*WEEKLY_REVENUE[size]), -2)
    place = town["city"] if town["town"] == town["city"] else f"{town['city']}-{town['town']}"
    own_chance = 0.35 if people > 100_000 else 0.15
    draw = dice.between(0, 1)
    kind = "own" if draw < own_chance else "agency" if draw < own_chance + 0.25 else "partner"
    return {
        "id": f"S{number:03d}",
        "name": f"Shop {place}",
        "street": f"{dice.one_of(STREETS)} {dice.whole(1, 90)}",
        "postcode": town["postcode"],
        "city": town["city"],
        "partner": "",
        "kind": kind,
        "state": town["state"],
        "catholic": town["catholic"],
        "region": REGION_OF[town["state"]],
        "lat": town["lat"],
        "lon": town["lon"],
        "format": size,
        "weekly_revenue": f"{revenue:.0f}",
        "annual_target": f"{round(52 * revenue * dice.between(0.85, 1.1), -3):.0f}",
        "priority": str(dice.whole(*PRIORITIES[size])),
        "tags": "flagship" if size == "L" else "mall" if dice.chance(0.15) else "",
        **dict.fromkeys(("ready_from", "due_by", "after"), ""),
        "status": "backlog",
        **dict.fromkeys(("start", "finish", "crews", "published_start"), ""),
    }


def assign_partners(dice: Dice, shops: list[Row]) -> None:
    """Has partners of one to six shops run all shops that are not the company's own, each within a region and kind."""
    names = dice.shuffled(f"{word} {bird}" for word in PARTNER_WORDS for bird in PARTNER_BIRDS)
    for region in REGION_STATES:
        for kind in ("partner", "agency"):
            # In order of postcode, so that a partner's shops lie near each other.
            waiting = [shop for shop in shops if shop["region"] == region and shop["kind"] == kind]
            while waiting:
                size = dice.one_of(PARTNER_SIZES)
                name = names.pop()
                for shop in waiting[:size]:
                    shop["partner"] = name
                waiting = waiting[size:]


def add_tag(shop: Row, tag: str) -> None:
    """Adds a tag to a shop's list."""
    shop["tags"] = f"{shop['tags']}|{tag}".strip("|")


class Standing:
    """Picks shops for given dates so that no two are near each other or of one partner.

    A partner of a single shop is left out: its half-year target may not survive a closure before Christmas.
    """

    def __init__(self, dice: Dice, shops: list[Row]) -> None:
        sizes = Counter(shop["partner"] for shop in shops)
        self._shops = dice.shuffled(shop for shop in shops if shop["kind"] == "own" or sizes[shop["partner"]] > 1)
        self._picked: list[Row] = []

    def pick(self, region: str, size: str) -> Row:
        """A backlog shop of `region` and format `size`."""
        shop = next(
            shop for shop in self._shops if (shop["region"], shop["format"]) == (region, size) and self._is_free(shop)
        )
        self._picked.append(shop)
        return shop

    def _is_free(self, shop: Row) -> bool:
        return not any(
            (shop["partner"] and shop["partner"] == other["partner"]) or distance_km(shop, other) <= NEIGHBOURS_KM
            for other in self._picked
        )


def give_dates(dice: Dice, shops: list[Row]) -> list[Row]:
    """Says which shops are fixed, in progress, frozen or over; returns the backlog shops without a near date."""
    standing = Standing(dice, [shop for shop in shops if shop["city"] != "Ludwigslust"])
    given = []
    for region, size, start, finish, crews in IN_PROGRESS:
        given.append(standing.pick(region, size))
        given[-1].update(status="in_progress", start=start, finish=finish, crews=crews)
    for region, size, start, crews in FIXED:
        given.append(standing.pick(region, size))
        given[-1].update(status="fixed", start=start, published_start=start, crews=crews)
    for region, size, start in FROZEN:
        given.append(standing.pick(region, size))
        given[-1].update(published_start=start)
    rest = dice.shuffled(shop for shop in shops if shop not in given and shop["city"] != "Ludwigslust")
    done, rest = rest[:DONE_COUNT], rest[DONE_COUNT:]
    for shop in done:
        finish_day = working_day(shop, date(2021, 1, 11) + timedelta(days=dice.whole(0, 165)))
        shop.update(status="done", finish=finish_day.isoformat())
    for shop in rest[:DEFERRED_COUNT]:
        shop.update(status="deferred")
    for shop in rest[DEFERRED_COUNT : DEFERRED_COUNT + CANCELLED_COUNT]:
        shop.update(status="cancelled")
    return [shop for shop in shops if shop["status"] == "backlog" and shop not in given]


def add_wishes(dice: Dice, backlog: list[Row]) -> None:
    """Gives backlog shops permits, wished dates, published starts and predecessors."""
    for shop in backlog:
        if dice.chance(0.4):
            shop["ready_from"] = (date(2021, 8, 16) + timedelta(days=dice.whole(0, 210))).isoformat()
        elif dice.chance(0.55):
            start = working_day(shop, date(2021, 8, 2) + timedelta(days=dice.whole(0, 255)))
            shop["published_start"] = start.isoformat()
        if dice.chance(0.15):
            ready = date.fromisoformat(shop["ready_from"] or "2021-07-13")
            earliest = max(EARLIEST_DUE, ready + timedelta(days=45))
            shop["due_by"] = min(LATEST_DUE, earliest + timedelta(days=dice.whole(0, 180))).isoformat()
    sizes = Counter(shop["partner"] for shop in backlog if shop["partner"])
    chained = dice.shuffled(partner for partner, size in sizes.items() if size >= 3)[:7]
    for number, partner in enumerate(sorted(chained)):
        first, second, third, *_ = (shop for shop in backlog if shop["partner"] == partner)
        second.update(after=first["id"], published_start="")
        if number < 2:
            third.update(after=second["id"], published_start="")


def choose_pilot(dice: Dice, shops: list[Row]) -> None:
    """Tags the shops that existing customers are routed to."""
    for kind, count in PILOT_COUNTS.items():
        open_shops = [
            shop for shop in shops if shop["kind"] == kind and shop["status"] not in {"deferred", "cancelled"}
        ]
        for shop in dice.shuffled(open_shops)[:count]:
            add_tag(shop, "pilot")


def make_shops(dice: Dice, towns: list[Row]) -> list[Row]:
    """All shops, one in each row of towns.csv."""
    shops = [make_shop(dice, number, town) for number, town in enumerate(towns, start=1)]
    assign_partners(dice, shops)
    add_wishes(dice, give_dates(dice, shops))
    choose_pilot(dice, shops)
    return shops


def main() -> None:
    """Writes shops.csv, lines ending the same way on every system."""
    with (HERE / "towns.csv").open(encoding="utf-8", newline="") as file:
        towns = list(csv.DictReader(file))
    shops = make_shops(Dice(SEED), towns)
    with (HERE / "shops.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(shops[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(shops)


if __name__ == "__main__":
    main()
