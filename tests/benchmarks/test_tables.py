"""What the tables say of given outcomes."""

import io
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from planner.domain.plan import Plan
from tests.benchmarks.contest import Figures, Found, Sighting, Task, Watch, figures_at
from tests.benchmarks.engine import Race, Rules, engine_table, ratios
from tests.benchmarks.folders import write_folder
from tests.benchmarks.pools import Pools
from tests.benchmarks.projects import make_project
from tests.benchmarks.psplib import (
    Instance,
    gap_to_best_known,
    gap_to_bound,
    instance_folders,
    psplib_table,
    read_best_known,
)
from tests.benchmarks.race import Outcome
from tests.benchmarks.robust import Trial, shapes_table

ROLLOUT = make_project(6, seed=1)
POOLS = Pools(ROLLOUT)
STARTS = dict.fromkeys((shop.id for shop in ROLLOUT.shops), 0)


def plan(starts: dict[str, int] | None = None) -> Plan:
    return POOLS.plan(STARTS if starts is None else starts)


def sighting(seconds: float, value: int, undated: int = 0) -> Sighting:
    return Sighting(seconds=seconds, figures=Figures(shortfall=0, undated=undated, value=value))


def outcome(contender: str, *sightings: Sighting, bound: int | None = None, seconds: float = 9.0) -> Outcome:
    found = Found(plan=plan() if sightings else None, sightings=sightings, bound=bound)
    return Outcome(contender=contender, found=found, seconds=seconds, peak_mb=200.0)


def text_of(table: Table) -> str:
    text = io.StringIO()
    Console(width=300, file=text).print(table)
    return text.getvalue()


def test_figures_at_a_mark_are_those_of_the_latest_plan_before_it() -> None:
    seen = [sighting(1.0, 300), sighting(5.0, 200), sighting(70.0, 100)]
    values = {
        mark: figures and figures.value for mark in (0.5, 1.0, 60.0, 300.0) if (figures := figures_at(seen, mark))
    }
    assert figures_at(seen, 0.5) is None
    assert values == {1.0: 300, 60.0: 200, 300.0: 100}


def test_a_watch_makes_plans_of_the_first_and_the_last_solution() -> None:
    watch = Watch(Task(marks=(1.0, 60.0)))
    for last in (15, 13, 12):
        watch.note(STARTS | {"A006": last})
    found = watch.found(ROLLOUT, POOLS.plan, bound=None)
    assert found.plan == plan(STARTS | {"A006": 12})
    assert found.sightings[0].figures.value > found.sightings[-1].figures.value


def test_all_contenders_are_measured_against_the_best_bound() -> None:
    ours = outcome("planner", sighting(1.0, 100_000), sighting(20.0, 90_000), bound=81_000)
    peer = outcome("pyjobshop", sighting(2.0, 135_000), bound=45_000)
    race = Race(rollout="50 shops", rules=Rules.COMMON, outcomes=(ours, peer))
    assert race.bound == 81_000
    text = text_of(engine_table([race], [10.0, 60.0]))
    assert "19.00 %" in text
    assert "10.00 %" in text
    assert "40.00 %" in text
    last = list(ratios([race], [10.0, 60.0]))[-1]
    assert "1.500 times" in last
    assert "6.0 times as far above the bound" in last


def test_a_bound_of_plans_with_undated_shops_bounds_no_others() -> None:
    ours = outcome("planner", sighting(1.0, 90_000, undated=2), bound=80_000)
    peer = outcome("cpsat", sighting(2.0, 95_000), bound=70_000)
    race = Race(rollout="50 shops", rules=Rules.COMMON, outcomes=(ours, peer))
    assert race.bound == 70_000
    assert "2 undated" in text_of(engine_table([race], [10.0]))
    assert list(ratios([race], [10.0])) == []


def test_a_contender_without_a_plan_has_dashes_and_a_reason() -> None:
    ours = outcome("planner", sighting(1.0, 90_000), bound=80_000)
    failed = Outcome(contender="cpsat", found=None, seconds=1.0, problem="its process ended with code -9")
    race = Race(rollout="50 shops", rules=Rules.COMMON, outcomes=(ours, failed))
    assert "ended with code -9" in text_of(engine_table([race], [10.0]))
    assert list(ratios([race], [10.0])) == []
    assert race.is_sound
    assert not Race(
        rollout="50 shops", rules=Rules.FULL, outcomes=(Outcome(contender="planner", found=None, seconds=1.0),)
    ).is_sound


@pytest.mark.parametrize(("seconds", "is_late"), [(21.9, False), (22.1, True)])
def test_a_plan_later_than_the_limit_and_two_seconds_is_late(seconds: float, is_late: bool) -> None:
    trial = Trial(shape="plain", shops=5, limit=20.0, outcome=outcome("planner", sighting(1.0, 5), seconds=seconds))
    assert trial.is_late is is_late
    assert trial.is_sound is not is_late
    assert ("(late)" in text_of(shapes_table([trial]))) is is_late


def test_makespans_count_both_ends_and_gaps_are_parts_of_what_they_are_measured_by() -> None:
    last = plan().last_finish_day
    assert last is not None
    ours = outcome("planner", sighting(1.0, last), bound=last - 1)
    instance = Instance(name="j30_1", best_known=last, outcomes=(ours,))
    assert gap_to_best_known(instance, ours) == pytest.approx(1 / last)
    assert gap_to_bound(ours) == pytest.approx(1 / (last + 1))
    text = text_of(psplib_table([instance]))
    assert str(last + 1) in text
    assert "j30, mean of 1" in text


def test_a_set_with_a_plan_missing_has_no_mean() -> None:
    last = plan().last_finish_day
    assert last is not None
    solved = Instance(
        name="j30_1", best_known=last + 1, outcomes=(outcome("planner", sighting(1.0, last), bound=last),)
    )
    unsolved = Instance(name="j30_2", best_known=last + 1, outcomes=(outcome("planner"),))
    means = text_of(psplib_table([solved, unsolved])).split("mean of 2")[1]
    assert "%" not in means


def test_instances_are_found_by_set_and_in_order_of_size(tmp_path: Path) -> None:
    for name in ("j120_1", "j30_2", "j30_10", "j60_1"):
        write_folder(ROLLOUT, tmp_path / name)
    (tmp_path / "best-known.csv").write_text("instance,best_known_makespan\nj30_2,47\n", encoding="utf-8")
    assert [path.name for path in instance_folders(tmp_path, [])] == ["j30_2", "j30_10", "j60_1", "j120_1"]
    assert [path.name for path in instance_folders(tmp_path, ["j30"])] == ["j30_2", "j30_10"]
    assert read_best_known(tmp_path) == {"j30_2": 47}
    assert read_best_known(tmp_path / "j30_2") == {}
