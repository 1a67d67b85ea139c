"""The rollout that ships: it reads cleanly, says what its page says, comes out of its script, and can be planned."""

import shutil
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from planner.domain.plan import PlanStatus, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Kind, Shop, Status
from planner.exchange.folder import read_folder
from planner.review.check import check
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve

FOLDER = Path(__file__).parents[1] / "schedules" / "rollout-2021"


@pytest.fixture(scope="module")
def rollout() -> Rollout:
    return read_folder(FOLDER)[0]


def shops_that_are(rollout: Rollout, status: Status) -> list[Shop]:
    return [shop for shop in rollout.shops if shop.status is status]


def test_it_reads_without_a_warning() -> None:
    assert read_folder(FOLDER)[1] == ()


def test_its_script_writes_the_same_shops_again(tmp_path: Path) -> None:
    for name in ("make.py", "towns.csv"):
        shutil.copy(FOLDER / name, tmp_path)
    subprocess.run([sys.executable, str(tmp_path / "make.py")], cwd=tmp_path, check=True, timeout=60)
    assert (tmp_path / "shops.csv").read_bytes() == (FOLDER / "shops.csv").read_bytes()


def test_it_is_planned_on_the_day_of_the_news(rollout: Rollout) -> None:
    assert (rollout.today, rollout.last) == (date(2021, 7, 13), date(2022, 6, 30))


def test_it_has_240_shops_of_every_status(rollout: Rollout) -> None:
    assert len(rollout.shops) == 240
    assert {shop.status for shop in rollout.shops} == set(Status)


def test_every_shop_stands_somewhere_in_a_state_and_a_region(rollout: Rollout) -> None:
    assert all(shop.lat and shop.lon and shop.state and shop.postcode and shop.city for shop in rollout.shops)
    assert len({shop.state for shop in rollout.shops}) == 16
    assert {shop.region for shop in rollout.shops} == {"North", "East", "West", "Centre", "South"}


def test_ludwigslust_waits_for_a_date(rollout: Rollout) -> None:
    (shop,) = (shop for shop in rollout.shops if shop.city == "Ludwigslust")
    assert (shop.state, shop.postcode, shop.status) == ("MV", "19288", Status.BACKLOG)


def test_34_shops_were_done_in_the_first_half_of_2021(rollout: Rollout) -> None:
    finishes = [shop.finish for shop in shops_that_are(rollout, Status.DONE)]
    assert len(finishes) == 34
    assert all(finish and date(2021, 1, 1) <= finish <= date(2021, 6, 30) for finish in finishes)


def test_90_are_to_be_done_by_the_end_of_the_year(rollout: Rollout) -> None:
    assert [(item.by, item.target) for item in rollout.milestones] == [(date(2021, 12, 31), 90)]


def test_the_first_12_dates_of_2022_are_fixed(rollout: Rollout) -> None:
    starts = [shop.start for shop in shops_that_are(rollout, Status.FIXED)]
    assert len(starts) == 12
    assert all(start and start.year == 2022 for start in starts)


def test_the_pilot_runs_in_60_shops_of_all_kinds(rollout: Rollout) -> None:
    (campaign,) = rollout.campaigns
    pilot = [shop for shop in rollout.shops if campaign.scope.matches(shop)]
    assert len(pilot) == 60
    assert {shop.kind for shop in pilot} == set(Kind)
    assert not any(shop.is_dropped for shop in pilot)
    assert (campaign.appointment_rate, campaign.purchase_rate) == (0.5, 0.68)


def test_sales_are_lower_than_in_a_normal_year_and_higher_in_its_second_half(rollout: Rollout) -> None:
    factors = [rollout.costs.season.get(month, 1.0) for month in range(1, 13)]
    assert rollout.costs.footfall == 0.8
    assert sum(factors[6:]) > sum(factors[:6])


def test_partners_must_make_half_of_their_annual_target(rollout: Rollout) -> None:
    target = rollout.partner_target
    assert target is not None
    assert (target.first, target.last, target.share) == (date(2021, 7, 1), date(2021, 12, 31), 0.5)


def test_a_partner_is_one_kind_in_one_region(rollout: Rollout) -> None:
    places = {(shop.partner, shop.kind, shop.region) for shop in rollout.shops if shop.partner}
    assert Counter(partner for partner, _, _ in places).most_common(1)[0][1] == 1
    assert all((shop.kind is Kind.OWN) == (not shop.partner) for shop in rollout.shops)


def test_a_short_run_plans_it_and_the_plan_passes_the_check(rollout: Rollout) -> None:
    plan = solve(rollout, Limits(seconds=1.0, workers=1, deterministic=True))
    assert check(rollout, plan) == ()
    assert plan.status is not PlanStatus.INFEASIBLE
    assert plan.conflicts == ()
    fixed = {remodel.shop: remodel.start for remodel in plan.remodels if remodel.status is RemodelStatus.FIXED}
    assert fixed == {shop.id: shop.start for shop in shops_that_are(rollout, Status.FIXED)}
