from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.cli.summary import LABEL_WIDTH, conflict_text, summary_data, summary_lines
from planner.domain.crew import Crew
from planner.domain.plan import Cost, MilestoneResult, Plan, PlanStatus, Unplanned
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status

from .tiny import CONFLICT, NO_PLAN_POSSIBLE, PLAN, ROLLOUT, TODAY, remodel

WRITTEN = [Path("out/plan.json"), Path("out/plan.csv"), Path("out/plan.ics")]


def text_of(rollout: Rollout, plan: Plan, *, interrupted: bool = False) -> str:
    lines = summary_lines(rollout, plan, WRITTEN, interrupted=interrupted)
    return "\n".join(label.ljust(LABEL_WIDTH) + text for label, text in lines)


def test_the_summary_of_a_tiny_plan() -> None:
    assert text_of(ROLLOUT, PLAN).splitlines() == [
        "Plan        Tiny: a plan proved as good as asked for",
        "Milestones  Summer (31 Aug 2021): 1 of 1",
        "Remodels    1 planned; last on 16 Jul 2021",
        "Cost        0.00 EUR: closure 0.00, waiting 0.00, lateness 0.00, travel 0.00,",
        "            change 0.00",
        "Quality     cost proved the best possible",
        "Finishes      Jul  all",
        "North           1    1",
        "Tightest    builder B1 75 %",
        "Written     plan.json, plan.csv, plan.ics in out",
    ]


def large() -> tuple[Rollout, Plan]:
    """240 shops in five regions over a year, with crews, shops left over and conflicts."""
    shops = tuple(
        Shop(id=f"S{number:03}", format="M", region=f"Region {number % 5}", status=Status.BACKLOG)
        for number in range(200)
    )
    done = tuple(Shop(id=f"D{number:03}", format="M", region="Region 1", status=Status.DONE) for number in range(34))
    crews = tuple(Crew(id=f"North-{number}", trade="electrician") for number in range(20))
    remodels = tuple(
        remodel(
            shop.id,
            TODAY + timedelta(days=number * 348 // 200),
            TODAY + timedelta(days=number * 348 // 200 + 2),
            {f"North-{number % 20}": 1},
        )
        for number, shop in enumerate(shops)
    )
    phase = replace(ROLLOUT.formats[0].phases[0], crews={"electrician": 1})
    rollout = replace(
        ROLLOUT,
        name="Shop format 2021/22",
        formats=(replace(ROLLOUT.formats[0], phases=(phase,)),),
        shops=(*shops, *done),
        crews=crews,
    )
    unplanned = tuple(
        Unplanned(
            shop=f"U{number:03}", reason=f"no electrician crew serves region {number % 4} before the horizon ends"
        )
        for number in range(18)
    )
    plan = replace(
        PLAN,
        status=PlanStatus.FEASIBLE,
        shortfall=2,
        unplanned_priority=90,
        proved_unplanned_priority=False,
        cost=Cost(closure=60_000_000, waiting=15_000_000, lateness=250_000, travel=6_000_000, change=30_000),
        total=81_280_000,
        bound=80_940_000,
        gap=0.004183,
        milestones=(MilestoneResult(name="Year end", by=date(2021, 12, 31), target=90, planned=88),),
        remodels=remodels,
        unplanned=unplanned,
    )
    return rollout, plan


def test_a_large_rollout_fits_a_screen() -> None:
    lines = text_of(*large()).splitlines()
    assert len(lines) < 24  # the last of a terminal's 24 lines is the prompt's
    assert max(map(len, lines)) < 80


def test_a_large_rollout_tells_all_that_matters() -> None:
    text = " ".join(text_of(*large()).split())
    for told in (
        "Year end (31 Dec 2021): 88 of 90",
        "200 planned, 34 done before, 18 without a date",
        "812,800.00 EUR: closure 600,000.00, waiting 150,000.00, lateness 2,500.00, travel 60,000.00, change 300.00",
        "2 shops short of the milestones (proved the fewest possible)",
        "priority 90 without a date (not proved the least possible)",
        "cost within 0.42 % of the best possible (bound 809,400.00 EUR)",
        "U000, U004, U008, U012 and 1 more: no electrician crew serves region 0 before the horizon ends",
        "8 more shops for 2 other reasons",
    ):
        assert told in text


@pytest.mark.parametrize(
    ("changes", "quality"),
    [
        ({"bound": None, "gap": None}, "cost without a proved bound"),
        (
            {"last_finish_day": 20, "bound": 18, "gap": 0.1},
            "last finish within 10.00 % of the best possible (bound 31 Jul 2021)",
        ),
        ({"last_finish_day": 20, "bound": 20}, "last finish proved the best possible"),
    ],
)
def test_how_good_the_plan_is(changes: dict[str, Any], quality: str) -> None:
    assert quality in " ".join(text_of(ROLLOUT, replace(PLAN, **changes)).split())


def test_an_interrupted_plan_says_so() -> None:
    assert "the best plan found before the interrupt" in text_of(ROLLOUT, PLAN, interrupted=True)


def test_conflicts_are_listed_beside_a_plan_and_a_few_at_most() -> None:
    text = text_of(ROLLOUT, replace(PLAN, conflicts=(CONFLICT,) * 5))
    assert text.count("crew, 19 Jul 2021 to 20 Jul 2021: B1 is needed twice by S1") == 3
    assert "and 2 more in plan.json" in text


def test_conflicts_that_forbid_a_plan_are_all_named() -> None:
    text = text_of(ROLLOUT, replace(NO_PLAN_POSSIBLE, conflicts=(CONFLICT,) * 5))
    assert text.count("B1 is needed twice by S1") == 5
    assert "--allow-conflicts" in text
    assert "plan.json, plan.csv, plan.ics in out" in text


def test_a_conflict_of_one_day_names_it_once() -> None:
    assert conflict_text(replace(CONFLICT, last=CONFLICT.first)) == "crew, 19 Jul 2021: B1 is needed twice by S1"


def test_text_from_data_never_steers_the_terminal() -> None:
    evil = "\x1b]0;owned\x07[/bold]\u202e"
    rollout = replace(ROLLOUT, name=evil, currency=evil, shops=(Shop(id="S1", format="M", region=evil),))
    plan = replace(
        PLAN,
        milestones=(replace(PLAN.milestones[0], name=evil),),
        unplanned=(Unplanned(shop=evil, reason=evil),),
        conflicts=(replace(CONFLICT, text=evil),),
    )
    text = text_of(rollout, plan)
    assert text.replace("\n", "").isprintable()
    assert "[/bold]" in text


def test_the_same_as_data() -> None:
    plan = replace(PLAN, unplanned=(Unplanned(shop="S9", reason="no crew"),))
    data = summary_data(ROLLOUT, plan, WRITTEN, interrupted=False)
    assert data["status"] == "optimal"
    assert data["milestones"] == [{"name": "Summer", "by": "2021-08-31", "target": 1, "planned": 1}]
    assert data["solve"] == {"seconds": 0.5, "workers": 1, "seed": 1}
    assert data["remodels"] == {"planned": 1}
    assert data["unplanned"] == [{"shop": "S9", "reason": "no crew"}]
    assert data["finishes"] == {"North": {"2021-07": 1}}
    assert data["tightest_crews"] == [{"crew": "B1", "trade": "builder", "held_days": 3, "available_days": 4}]
    assert data["files"] == ["out/plan.json", "out/plan.csv", "out/plan.ics"]
    assert data["interrupted"] is False
