"""Generated rollouts: the same each time, read back as written, every rule in use, no conflict among given dates."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from planner.domain.plan import PlanStatus
from planner.domain.rollout import Rollout
from planner.domain.rules import Grouping
from planner.domain.shop import Shop, Status
from planner.exchange.folder import read_folder
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve
from tests.benchmarks.folders import write_folder
from tests.benchmarks.rollouts import make_rollout
from tests.benchmarks.shapes import SHAPES

SIZES = (0, 1, 2, 13, 240, 700)


def test_the_same_arguments_give_the_same_rollout_and_another_seed_another() -> None:
    assert make_rollout(60, 1) == make_rollout(60, 1)
    assert make_rollout(60, 1).shops != make_rollout(60, 2).shops


@pytest.mark.parametrize("shops", SIZES)
def test_it_has_as_many_shops_as_asked_for(shops: int) -> None:
    assert len(make_rollout(shops, 3).shops) == shops


@pytest.mark.parametrize("shape", SHAPES)
def test_a_written_folder_is_read_back_equal(shape: str, tmp_path: Path) -> None:
    for shops in (0, 1, 90):
        rollout = make_rollout(shops, 5, SHAPES[shape])
        write_folder(rollout, tmp_path / str(shops))
        assert read_folder(tmp_path / str(shops))[0] == rollout


def test_a_large_folder_is_read_back_equal_and_without_a_warning(tmp_path: Path) -> None:
    rollout = make_rollout(700, 1)
    write_folder(rollout, tmp_path)
    assert read_folder(tmp_path) == (rollout, ())


def is_frozen(rollout: Rollout, shop: Shop) -> bool:
    """Whether it is a backlog shop published to start within the frozen days."""
    start = shop.published_start
    return shop.status is Status.BACKLOG and start is not None and (start - rollout.today).days <= rollout.freeze_days


def test_every_rule_is_in_use() -> None:
    rollout = make_rollout(700, 1)
    shops = rollout.shops
    assert {shop.status for shop in shops} == set(Status)
    assert {limit.per for limit in rollout.limits} == set(Grouping)
    assert all((rollout.shutdowns, rollout.blackouts, rollout.milestones, rollout.supplies, rollout.absences))
    assert len(rollout.campaigns) == 2
    assert rollout.neighbours_km
    assert rollout.partner_target
    assert any(is_frozen(rollout, shop) for shop in shops)
    for field in ("ready_from", "due_by", "after", "published_start", "crews", "catholic", "tags", "partner"):
        assert any(getattr(shop, field) for shop in shops), field
    for field in ("max_km", "first", "last", "regions", "lat"):
        assert any(getattr(crew, field) for crew in rollout.crews), field
    assert any(crew.units == 1 for crew in rollout.crews)
    assert any(crew.units > 1 for crew in rollout.crews)
    assert {item.name for item in rollout.formats} == {shop.format for shop in shops}
    assert any(need.first < need.last for item in rollout.formats for need in item.visits)


def test_regions_grow_in_number_and_not_in_size() -> None:
    for shops in (240, 700, 3000):
        sizes = Counter(shop.region for shop in make_rollout(shops, 1).shops).values()
        assert min(sizes) >= 60
        assert max(sizes) <= 120


@pytest.mark.parametrize(
    ("shops", "shape"),
    [(15, "plain"), (700, "plain"), (60, "all-fixed"), (60, "single-crews"), (60, "one-crew"), (60, "one-partner")],
)
def test_given_dates_do_not_conflict(shops: int, shape: str) -> None:
    rollout = given_only(make_rollout(shops, 4, SHAPES[shape]))
    plan = solve(rollout, Limits(seconds=20.0, workers=1))
    assert plan.status is not PlanStatus.INFEASIBLE, plan.conflicts
    assert plan.conflicts == ()
    assert any(shop.status is Status.FIXED for shop in rollout.shops)


def given_only(rollout: Rollout) -> Rollout:
    """The rollout with the backlog shops done that have no frozen start: these still count for partners' targets."""
    shops = []
    for shop in rollout.shops:
        if shop.status is Status.BACKLOG and not is_frozen(rollout, shop):
            shops.append(replace(shop, status=Status.DONE, finish=rollout.today))
        else:
            shops.append(replace(shop, after=()))
    return replace(rollout, shops=tuple(shops))
