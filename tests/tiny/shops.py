"""Made-up shops in every status, their dates such as a rollout folder may give them."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from planner.domain.calendar import Calendars
from planner.domain.rollout import Rollout
from planner.domain.shop import Kind, Shop, Status
from planner.domain.standing import standing_days
from tests.tiny.setting import PLACES, REGIONS, STATES, Size, chance, some_day

CITIES = ("Ulm", "Hof", "")
PARTNERS = ("P1", "P2", "")
TAGS = ("pilot", "corner")


def make_shops(random: Random, rollout: Rollout, size: Size) -> tuple[Shop, ...]:
    """Shops of which as many as `size` says may have a date, in any order; at least one is in the backlog."""
    count = max(random.randint(*size.active), random.randint(*size.active))
    given = min(random.choice((0, 0, 1, 1, 2)), count - 1)
    statuses = [random.choice((Status.FIXED, Status.IN_PROGRESS)) for _ in range(given)]
    statuses += [Status.BACKLOG] * (count - given)
    others = (Status.DONE, Status.DEFERRED, Status.CANCELLED)
    statuses += [random.choice(others) for _ in range(random.choice((0, 0, 1, 2)))]
    random.shuffle(statuses)
    shops: list[Shop] = []
    for number, status in enumerate(statuses, start=1):
        after = tuple(shop.id for shop in shops if chance(random, 0.5 / number))
        shops.append(_make_shop(random, rollout, f"S{number}", status, after))
    random.shuffle(shops)
    return tuple(shops)


def _make_shop(random: Random, rollout: Rollout, name: str, status: Status, after: tuple[str, ...]) -> Shop:
    lat, lon = random.choice((*PLACES, PLACES[0], (None, None)))
    shop = Shop(
        id=name,
        format=random.choice(rollout.formats).name,
        city=random.choice(CITIES),
        partner=random.choice(PARTNERS),
        kind=random.choice((*Kind, None)),
        state=random.choice(STATES),
        catholic=chance(random, 0.5),
        region=random.choice(REGIONS),
        lat=lat,
        lon=lon,
        weekly_revenue=random.choice((0.0, 600.0, 1234.56)),
        annual_target=random.choice((None, 5_000.0, 10_000.0, 20_000.0)),
        priority=random.choice((1, 3, 5, 5, 9)),
        tags=tuple(tag for tag in TAGS if chance(random, 0.4)),
        ready_from=some_day(random, rollout, before=3) if chance(random, 0.2) else None,
        due_by=some_day(random, rollout) if chance(random, 0.4) else None,
        after=after,
        published_start=some_day(random, rollout, before=2) if chance(random, 0.2) else None,
    )
    return _with_status(random, rollout, shop, status)


def _with_status(random: Random, rollout: Rollout, shop: Shop, status: Status) -> Shop:
    match status:
        case Status.FIXED:
            return _fixed(random, rollout, shop)
        case Status.IN_PROGRESS:
            return _in_progress(random, rollout, shop)
        case Status.DONE:
            return replace(shop, status=status, finish=rollout.today - timedelta(days=random.randint(0, 10)))
        case _:
            return replace(shop, status=status)


def _fixed(random: Random, rollout: Rollout, shop: Shop) -> Shop:
    """The shop with a fixed start that a folder may give; it stays in the backlog where there is none."""
    fixed = replace(shop, status=Status.FIXED, crews=_named_crews(random, rollout))
    calendars = Calendars(replace(rollout, shops=(shop,)))
    starts = []
    for number in range((rollout.last - rollout.today).days + 1):
        start = rollout.today + timedelta(days=number)
        days = standing_days(rollout, calendars, replace(fixed, start=start))
        if calendars.of(shop).is_working(start) and days is not None and days.finish <= rollout.last:
            starts.append(start)
    return replace(fixed, start=random.choice(starts)) if starts else shop


def _in_progress(random: Random, rollout: Rollout, shop: Shop) -> Shop:
    start = rollout.today - timedelta(days=random.randint(0, 9))
    dates: dict[str, Any] = {"start": start}
    if chance(random, 0.5):
        dates["finish"] = _expected_finish(random, rollout, start)
    return replace(shop, status=Status.IN_PROGRESS, crews=_named_crews(random, rollout), **dates)


def _expected_finish(random: Random, rollout: Rollout, start: date) -> date:
    return max(start, some_day(random, rollout, before=3, after=3))


def _named_crews(random: Random, rollout: Rollout) -> tuple[str, ...]:
    if not rollout.crews or not chance(random, 0.6):
        return ()
    return tuple(crew.id for crew in random.sample(rollout.crews, min(len(rollout.crews), random.randint(1, 3))))
