"""A rollout of one format and no rules, for tests that are worked out by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat

TUESDAY = date(2021, 7, 13)
BUILD = ShopFormat(name="M", phases=(Phase(name="Build", days=3, crews={"builder": 2}),))


def small_rollout(*shops: Shop, **changes: Any) -> Rollout:
    """A rollout that is planned on Tuesday 13 July 2021, with `changes`."""
    rollout = Rollout(name="Small", today=TUESDAY, last=date(2021, 12, 31), formats=(BUILD,), shops=shops, crews=())
    return replace(rollout, **changes)


def small_shop(name: str = "S1", **fields: Any) -> Shop:
    """A shop of the format, in the backlog unless `fields` say otherwise."""
    return Shop(id=name, format="M", **fields)
