"""Every item of a remodel's cost, against euros worked out by hand."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.domain.calendar import Calendars
from planner.domain.costs import (
    cents,
    change_cost,
    closure_cost,
    lateness_cost,
    partner_loss_limits,
    partner_loss_share,
    remodel_cost,
    travel_cost,
    unplanned_cost,
    waiting_cost,
)
from planner.domain.crew import Crew
from planner.domain.plan import Cost
from planner.domain.rollout import Rollout
from planner.domain.rules import Campaign, Costs, PartnerTarget, Scope
from planner.domain.shop import Shop, Status
from planner.domain.standing import RemodelDays
from tests.domain.small import small_rollout, small_shop

# A shop that sells 600 a week sells 100 on a trading day, 120 in July (× 1.5 × 0.8). Of that
#   0.5 × (1 - 0.2) = 0.4 is lost while closed:     48 EUR a day;
#   0.5 × 0.1 = 0.05 is missed before the finish:    6 EUR a day.
COSTS = Costs(
    margin=0.5,
    footfall=0.8,
    season={7: 1.5},
    recapture=0.2,
    uplift=0.1,
    km=0.5,
    road_factor=1.25,
    late_day=25.5,
    change=30.0,
)
SHOP = small_shop(state="BY", partner="P1", weekly_revenue=600.0, lat=49.0, lon=11.0, tags=("pilot",))


def july(day: int) -> date:
    """A day of July 2021: the 12th and the 19th are Mondays, the 13th is today."""
    return date(2021, 7, day)


def rollout_of(*shops: Shop, **changes: Any) -> Rollout:
    crews = (
        Crew(id="B1", trade="builder", units=2, lat=48.0, lon=11.0),
        Crew(id="B2", trade="builder", units=2),
    )
    return small_rollout(*(shops or (SHOP,)), costs=COSTS, crews=crews, **changes)


def closed(first: date, last: date) -> RemodelDays:
    return RemodelDays(((first, last),), first, last)


def closure(rollout: Rollout, days: RemodelDays) -> int:
    return closure_cost(rollout, Calendars(rollout).of(SHOP), SHOP, days)


def campaign(first: date, last: date, tag: str = "pilot") -> Campaign:
    """Costs 60 / 6 × 0.5 × 0.4 × 30 = 60 EUR a trading day."""
    return Campaign(
        name="Call-in",
        first=first,
        last=last,
        customers_per_week=60,
        appointment_rate=0.5,
        purchase_rate=0.4,
        value=30.0,
        scope=Scope({"tag": (tag,)}),
    )


@pytest.mark.parametrize(
    ("eur", "expected"),
    [(0.125, 13), (0.145, 15), (1.005, 101), (0.1249, 12), (0.0, 0), (2.0, 200)],
)
def test_halves_of_a_cent_round_up(eur: float, expected: int) -> None:
    assert cents(eur) == expected


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        # Thursday, Friday, Saturday and Monday: 4 × 48.
        (july(15), july(19), 192_00),
        # Monday is over; Tuesday and Wednesday: 2 × 48.
        (july(12), july(14), 96_00),
        # Saturday in July at 48, Monday in August at 100 × 0.8 × 0.4 = 32.
        (july(31), date(2021, 8, 2), 80_00),
        (july(8), july(9), 0),
    ],
)
def test_closure(first: date, last: date, expected: int) -> None:
    assert closure(rollout_of(), closed(first, last)) == expected


def test_no_closure_without_a_closed_phase() -> None:
    assert closure(rollout_of(), RemodelDays(((july(15), july(19)),), None, None)) == 0


def test_campaigns_in_scope_add_up_on_trading_days_of_their_windows() -> None:
    campaigns = (
        campaign(july(17), july(30)),
        campaign(july(19), july(19)),
        campaign(july(1), july(30), tag="other"),
    )
    # 4 × 48 for the sales; the first campaign on Saturday and Monday, the second on Monday: 3 × 60.
    assert closure(rollout_of(campaigns=campaigns), closed(july(15), july(19))) == 372_00


def test_waiting_counts_trading_days_from_today_to_the_finish() -> None:
    rollout = rollout_of()
    # Tuesday to Saturday and Monday: 6 × 6.
    assert waiting_cost(rollout, Calendars(rollout).of(SHOP), SHOP, july(19)) == 36_00


def test_a_shop_without_a_date_waits_until_the_horizon_ends() -> None:
    rollout = rollout_of(last=july(24))
    # Tuesday to Saturday of one week, Monday to Saturday of the next: 11 × 6.
    assert unplanned_cost(rollout, Calendars(rollout), SHOP) == Cost(waiting=66_00)


@pytest.mark.parametrize(
    ("due_by", "expected"),
    # From Friday to Monday are 3 calendar days: 3 × 25.50.
    [(july(16), 76_50), (july(19), 0), (july(30), 0), (None, 0)],
)
def test_lateness(due_by: date | None, expected: int) -> None:
    assert lateness_cost(rollout_of(), replace(SHOP, due_by=due_by), july(19)) == expected


# A degree of latitude is 6371.0088 × π / 180 = 111.19508 km; there and back by road, 0.5 EUR a km:
# 0.5 × 1.25 × 2 × 111.19508 = 138.99385 EUR a unit and week.
@pytest.mark.parametrize(
    ("first", "last", "crews", "expected"),
    [
        (july(14), july(16), {"B1": 1}, 138_99),
        (july(14), july(16), {"B1": 2}, 277_99),
        # Friday to Monday touches two weeks.
        (july(16), july(19), {"B1": 2}, 555_98),
        # B2 has no home.
        (july(14), july(16), {"B1": 1, "B2": 1}, 138_99),
        # The week of 5 July is over; that of 12 July is not, even if the visit is.
        (july(9), july(13), {"B1": 1}, 138_99),
        (july(9), july(12), {"B1": 1}, 138_99),
        (july(7), july(9), {"B1": 1}, 0),
    ],
)
def test_travel(first: date, last: date, crews: dict[str, int], expected: int) -> None:
    assert travel_cost(rollout_of(), SHOP, closed(first, last), (crews,)) == expected


@pytest.mark.parametrize(("published", "expected"), [(july(14), 0), (july(15), 30_00), (None, 0)])
def test_change(published: date | None, expected: int) -> None:
    assert change_cost(rollout_of(), replace(SHOP, published_start=published), july(14)) == expected


def test_a_remodel_costs_all_items() -> None:
    shop = replace(SHOP, due_by=july(15), published_start=july(20))
    rollout = rollout_of(shop)
    # Closed on Wednesday, Thursday and Friday: 3 × 48; waiting also on Tuesday: 4 × 6; a day late; moved.
    cost = remodel_cost(rollout, Calendars(rollout), shop, closed(july(14), july(16)), ({"B1": 2},))
    assert cost == Cost(closure=144_00, waiting=24_00, lateness=25_50, travel=277_99, change=30_00)


def test_a_partner_loses_all_but_what_is_recaptured_whatever_the_margin() -> None:
    assert partner_loss_share(COSTS) == pytest.approx(0.8)


def test_a_partner_may_lose_a_part_of_the_targets_of_its_shops() -> None:
    shops = (
        small_shop("S1", partner="P1", annual_target=10_000.0),
        small_shop("S2", partner="P1", annual_target=20_000.0, status=Status.DONE, finish=july(1)),
        small_shop("S3", partner="P1", annual_target=40_000.0, status=Status.DEFERRED),
        small_shop("S4", partner="P1"),
        small_shop("S5", partner="P2"),
        small_shop("S6", partner="P3", annual_target=40_000.0, status=Status.CANCELLED),
        small_shop("S7", annual_target=40_000.0),
    )
    target = PartnerTarget(first=july(1), last=july(31), share=0.5, max_loss=0.05)
    # Half of 30,000 is 15,000, of which 5 % may be lost.
    assert partner_loss_limits(rollout_of(*shops, partner_target=target)) == pytest.approx({"P1": 750.0})
    assert partner_loss_limits(rollout_of(*shops)) == {}
