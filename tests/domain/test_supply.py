"""Stock that has come in by a day."""

from datetime import date

import pytest

from planner.domain.rules import Delivery, Supply
from planner.domain.supply import available

TODAY = date(2021, 7, 13)


def july(day: int) -> date:
    return date(2021, 7, day)


def stock(day: date, *deliveries: Delivery, initial: int = 0) -> int:
    supply = Supply(name="Kits", phase="Build", needs={"M": 1}, initial=initial, deliveries=deliveries)
    return available(supply, TODAY, day)


def test_the_initial_stock_is_there_from_today() -> None:
    assert stock(TODAY, initial=4) == 4


@pytest.mark.parametrize(("day", "units"), [(13, 0), (18, 0), (19, 3), (31, 3)])
def test_a_delivery_that_comes_once(day: int, units: int) -> None:
    assert stock(july(day), Delivery(first=july(19), quantity=3)) == units


@pytest.mark.parametrize(("day", "units"), [(14, 1), (15, 3), (21, 3), (22, 5), (29, 7)])
def test_deliveries_repeat_and_add_to_the_stock(day: int, units: int) -> None:
    assert stock(july(day), Delivery(first=july(15), quantity=2, every_days=7), initial=1) == units


@pytest.mark.parametrize(("last", "units"), [(21, 2), (22, 4), (28, 4), (29, 6)])
def test_deliveries_end_with_their_last_day(last: int, units: int) -> None:
    delivery = Delivery(first=july(15), quantity=2, every_days=7, last=july(last))
    assert stock(july(31), delivery) == units


def test_what_came_before_today_is_over() -> None:
    assert stock(july(31), Delivery(first=july(12), quantity=3)) == 0
    assert stock(july(31), Delivery(first=TODAY, quantity=3)) == 3
    # Of 6, 13, 20 and 27 July the first is over.
    assert stock(july(31), Delivery(first=july(6), quantity=2, every_days=7)) == 6
    assert stock(july(31), Delivery(first=july(6), quantity=2, every_days=7, last=july(12))) == 0


def test_deliveries_add_up() -> None:
    assert stock(july(20), Delivery(first=july(14), quantity=2), Delivery(first=july(20), quantity=3), initial=1) == 6
