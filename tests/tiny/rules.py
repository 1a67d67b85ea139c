"""Made-up rules, each kind now and then, so that none of them always decides."""

from dataclasses import replace
from datetime import date
from random import Random

from planner.domain.rollout import Rollout
from planner.domain.rules import (
    Blackout,
    Campaign,
    Delivery,
    Grouping,
    Limit,
    Milestone,
    PartnerTarget,
    Scope,
    Supply,
)
from tests.tiny.setting import REGIONS, STATES, chance, some_day, some_window
from tests.tiny.shops import CITIES, PARTNERS, TAGS


def with_rules(random: Random, rollout: Rollout, shops_a_limit: int) -> Rollout:
    """The rollout with rules; limits allow up to `shops_a_limit` shops."""
    return replace(
        rollout,
        blackouts=tuple(_make_blackout(random, rollout) for _ in range(random.choice((0, 0, 1, 1)))),
        milestones=tuple(_make_milestone(random, rollout) for _ in range(random.choice((0, 1, 1, 2)))),
        limits=tuple(_make_limit(random, rollout, shops_a_limit) for _ in range(random.choice((0, 1, 1, 2)))),
        neighbours_km=random.choice((5.0, 6.0, 60.0)) if chance(random, 0.3) else None,
        supplies=tuple(_make_supply(random, rollout) for _ in range(random.choice((0, 0, 1)))),
        campaigns=tuple(_make_campaign(random, rollout) for _ in range(random.choice((0, 0, 1, 2)))),
        partner_target=_make_partner_target(random, rollout) if chance(random, 0.3) else None,
    )


def _make_scope(random: Random, rollout: Rollout) -> Scope:
    """No key, or one or two; now and then a key that allows nothing."""
    allowed = {
        "shop": tuple(shop.id for shop in rollout.shops),
        "partner": PARTNERS[:2],
        "kind": ("partner", "agency", "own"),
        "state": STATES[1:-1],
        "region": REGIONS[:-1],
        "city": CITIES[:-1],
        "format": tuple(item.name for item in rollout.formats),
        "tag": TAGS,
    }
    keys = random.sample(sorted(allowed), random.choice((0, 0, 0, 1, 1, 2)))
    return Scope({key: _some_values(random, allowed[key]) for key in keys})


def _some_values(random: Random, values: tuple[str, ...]) -> tuple[str, ...]:
    return () if chance(random, 0.05) else tuple(random.sample(values, random.randint(1, len(values))))


def _make_blackout(random: Random, rollout: Rollout) -> Blackout:
    first, last = some_window(random, rollout, longest=4)
    return Blackout(name="Fair", first=first, last=last, scope=_make_scope(random, rollout))


def _make_milestone(random: Random, rollout: Rollout) -> Milestone:
    by = some_day(random, rollout, before=1, after=2)
    return Milestone(name="Goal", by=by, target=random.randint(0, len(rollout.shops)))


def _make_limit(random: Random, rollout: Rollout, shops: int) -> Limit:
    kind = random.choice(("closed", "starts", "both"))
    return Limit(
        name="Few",
        per=random.choice((Grouping.ALL, Grouping.ALL, *Grouping)),
        max_closed=None if kind == "starts" else random.choice((0, 1, 1, 1, 1, shops)),
        max_starts_per_week=None if kind == "closed" else random.choice((1, 1, shops)),
        scope=_make_scope(random, rollout),
        **_open_window(random, rollout),
    )


def _open_window(random: Random, rollout: Rollout) -> dict[str, date | None]:
    """A window with neither end, one or both of them."""
    first, last = some_window(random, rollout, longest=14)
    return {"first": first if chance(random, 0.3) else None, "last": last if chance(random, 0.3) else None}


def _make_supply(random: Random, rollout: Rollout) -> Supply:
    phases = [phase.name for item in rollout.formats for phase in item.phases]
    return Supply(
        name="Kits",
        phase=random.choice(phases),
        needs={item.name: random.randint(0, 2) for item in rollout.formats},
        initial=random.randint(0, 2),
        deliveries=tuple(_make_delivery(random, rollout) for _ in range(random.choice((0, 1, 1, 2)))),
    )


def _make_delivery(random: Random, rollout: Rollout) -> Delivery:
    first = some_day(random, rollout, before=9)
    return Delivery(
        first=first,
        quantity=random.randint(1, 2),
        every_days=random.choice((None, 3, 7)),
        last=max(first, some_day(random, rollout)) if chance(random, 0.3) else None,
    )


def _make_campaign(random: Random, rollout: Rollout) -> Campaign:
    first, last = some_window(random, rollout, longest=9)
    return Campaign(
        name="Call-in",
        first=first,
        last=last,
        customers_per_week=40.0,
        appointment_rate=0.5,
        purchase_rate=random.choice((0.25, 0.68)),
        value=random.choice((10.0, 33.3)),
        scope=_make_scope(random, rollout),
    )


def _make_partner_target(random: Random, rollout: Rollout) -> PartnerTarget:
    first, last = some_window(random, rollout, longest=20)
    return PartnerTarget(first=first, last=last, share=0.5, max_loss=random.choice((0.02, 0.05, 0.1, 0.2)))
