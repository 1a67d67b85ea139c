"""What arrives of each supply, delivery by delivery."""

from collections.abc import Iterator

import numpy as np

from planner.domain.rollout import Rollout
from planner.domain.rules import Delivery, Supply
from planner.review.risk.axis import Axis
from planner.review.risk.model import Stock


def stocks_of(rollout: Rollout, axis: Axis) -> list[Stock]:
    """The stock of today and all deliveries from today on, for each supply."""
    return [_stock(supply, axis) for supply in rollout.supplies]


def _stock(supply: Supply, axis: Axis) -> Stock:
    arrivals = [(day, delivery.quantity) for delivery in supply.deliveries for day in _days(delivery, axis)]
    arrivals.sort()
    return Stock(
        name=supply.name,
        days=np.array([0, *(day for day, _ in arrivals)], dtype=np.intp),
        quantities=np.array([supply.initial, *(quantity for _, quantity in arrivals)], dtype=np.intp),
    )


def _days(delivery: Delivery, axis: Axis) -> Iterator[int]:
    first = axis.number(delivery.first)
    last = axis.never - 1 if delivery.last is None else min(axis.never - 1, axis.number(delivery.last))
    if delivery.every_days is None:
        return iter([first] if 0 <= first <= last else [])
    return (day for day in range(first, last + 1, delivery.every_days) if day >= 0)
