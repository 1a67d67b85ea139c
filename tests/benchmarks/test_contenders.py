"""The contenders plan the same rollout by the same rules, as the checker sees it, and cost it alike."""

from importlib.util import find_spec

import pytest

from planner.domain.rollout import Rollout
from planner.review.check import check
from tests.benchmarks.common_rules import common_rules, tardiness_rules
from tests.benchmarks.contest import Contender, Task
from tests.benchmarks.plain_cpsat import run_cpsat
from tests.benchmarks.pools import CannotExpressError, Pools
from tests.benchmarks.projects import make_project
from tests.benchmarks.pyjobshop_peer import run_pyjobshop
from tests.benchmarks.race import run_alone
from tests.benchmarks.rollouts import make_rollout
from tests.benchmarks.this_planner import run_planner

TASK = Task(marks=(1.0, 15.0), workers=2)
FEW, SOME = 5, 25
needs_pyjobshop = pytest.mark.skipif(
    find_spec("pyjobshop") is None, reason="PyJobShop is not installed; it comes with the extra 'bench'"
)
PYJOBSHOP = pytest.param(run_pyjobshop, marks=needs_pyjobshop, id="pyjobshop")
CONTENDERS = [
    pytest.param(run_planner, id="planner"),
    pytest.param(run_cpsat, id="cpsat"),
    PYJOBSHOP,
]


def common(shops: int) -> Rollout:
    return common_rules(make_rollout(shops, 1))


@pytest.mark.parametrize("contender", CONTENDERS)
@pytest.mark.parametrize("rules", ["common", "tardiness"])
def test_its_plan_passes_the_checker_and_dates_every_shop(contender: Contender, rules: str) -> None:
    rollout = common(FEW) if rules == "common" else tardiness_rules(make_rollout(FEW, 1), 1)
    found = contender(rollout, TASK)
    assert found.plan is not None
    assert check(rollout, found.plan) == ()
    assert found.plan.unplanned == ()
    assert found.sightings[-1].figures.value == found.plan.total


def test_plain_cpsat_and_the_planner_agree_on_the_best_cost() -> None:
    rollout = common(FEW)
    ours, peers = run_planner(rollout, TASK), run_cpsat(rollout, TASK)
    assert ours.plan is not None
    assert peers.plan is not None
    assert peers.bound is not None
    assert peers.plan.total == peers.bound
    assert ours.plan.total == peers.plan.total


@needs_pyjobshop
def test_pyjobshop_finds_no_cheaper_plan_than_the_best() -> None:
    rollout = common(FEW)
    best, peers = run_cpsat(rollout, TASK), run_pyjobshop(rollout, TASK)
    assert best.plan is not None
    assert peers.plan is not None
    assert best.plan.total is not None
    assert peers.plan.total is not None
    assert best.plan.total <= peers.plan.total <= 1.05 * best.plan.total


def test_a_start_costs_the_same_in_the_model_as_in_the_plan() -> None:
    rollout = common(SOME)
    pools = Pools(rollout)
    starts = {shop.id: pools.starts(shop)[number % 50] for number, shop in enumerate(pools.shops)}
    plan = pools.plan(starts)
    for shop, remodel in zip(pools.shops, plan.remodels, strict=True):
        assert pools.cost_cents(shop, starts[shop.id]) == remodel.cost.total


def test_each_start_alone_passes_the_checker_and_the_one_before_the_first_does_not() -> None:
    rollout = common(SOME)
    pools = Pools(rollout)
    for shop in pools.shops:
        if shop.after:
            continue
        starts = pools.starts(shop)
        for start in (starts[0], starts[-1]):
            assert check(rollout, pools.plan({shop.id: start})) == ()
        if starts[0]:
            assert check(rollout, pools.plan({shop.id: starts[0] - 1})) != ()


def test_the_full_rules_are_more_than_general_models_express() -> None:
    with pytest.raises(CannotExpressError, match="limits"):
        Pools(make_rollout(FEW, 1))


@pytest.mark.parametrize("contender", [pytest.param(run_planner, id="planner"), PYJOBSHOP])
def test_a_project_is_finished_as_early_as_its_longest_chain_and_scarcest_pool_allow(contender: Contender) -> None:
    rollout = make_project(8, seed=3)
    found = contender(rollout, TASK)
    assert found.plan is not None
    assert check(rollout, found.plan) == ()
    days = {item.name: item.phases[0].days for item in rollout.formats}
    chains: dict[str, int] = {}
    for shop in rollout.shops:
        chains[shop.id] = days[shop.format] + max((chains[before] for before in shop.after), default=0)
    assert found.plan.last_finish_day is not None
    assert max(chains.values()) <= found.plan.last_finish_day + 1 < sum(days.values())


@needs_pyjobshop
def test_pyjobshop_and_the_planner_find_the_same_makespan() -> None:
    rollout = make_project(8, seed=2)
    ours, peers = run_planner(rollout, TASK), run_pyjobshop(rollout, TASK)
    assert ours.plan is not None
    assert peers.plan is not None
    assert ours.plan.last_finish_day == peers.plan.last_finish_day == peers.bound


def test_a_contender_runs_in_a_process_of_its_own_and_is_measured() -> None:
    outcome = run_alone("cpsat", common(FEW), TASK)
    assert outcome.problem is None
    assert outcome.violations == ()
    assert outcome.first_seconds is not None
    assert outcome.peak_mb is not None
    assert outcome.peak_mb > 20


def test_what_a_contender_cannot_express_is_said() -> None:
    outcome = run_alone("cpsat", make_rollout(FEW, 1), TASK)
    assert outcome.found is None
    assert outcome.problem is not None
    assert "limits" in outcome.problem
