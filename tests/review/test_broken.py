"""The plan worked out by hand, broken in every way the rollout format has a rule for: each break is named."""

from dataclasses import replace

import pytest

from planner.domain.plan import PlanStatus, RemodelStatus, Unplanned
from planner.review.check import check
from tests.review.builders import (
    PLAN,
    ROLLOUT,
    assert_sentences,
    day,
    with_phase,
    with_remodel,
    without_remodel,
)

A = PLAN.remodels[0]


def cost_of(shop, **items):
    stated = next(item.cost for item in PLAN.remodels if item.shop == shop)
    return with_remodel(PLAN, shop, cost=replace(stated, **items))


# What is broken: the plan, the rule's word, the shops named, and words of the sentence. Other rules may be broken too.
BROKEN_PLANS = {
    "a phase begins on a Sunday": (
        with_phase(PLAN, "B", 0, first=day("03-21"), last=day("03-21")),
        ("calendar", ("B",), "2021-03-21", "no working day"),
    ),
    "a phase ends on a Saturday": (
        with_phase(PLAN, "B", 1, last=day("03-27")),
        ("calendar", ("B",), "'Build'", "2021-03-27"),
    ),
    "a phase is a day short": (
        with_phase(PLAN, "B", 1, last=day("03-25")),
        ("phase", ("B",), "'Build' take 2 working days", "takes 3"),
    ),
    "a phase is a day long": (
        with_phase(PLAN, "B", 2, last=day("03-31")),
        ("phase", ("B",), "'Fit' take 3 working days", "takes 2"),
    ),
    "a phase is missing": (with_remodel(PLAN, "A", phases=A.phases[:2]), ("phase", ("A",), "['Survey', 'Build']")),
    "the phases are out of order": (
        with_remodel(PLAN, "A", phases=(A.phases[1], A.phases[0], A.phases[2])),
        ("phase", ("A",), "['Build', 'Survey', 'Fit']"),
    ),
    "a phase ends before it begins": (
        with_phase(PLAN, "A", 1, last=day("03-02")),
        ("phase", ("A",), "end on 2021-03-02, before"),
    ),
    "a phase ends at the end of time": (
        with_phase(PLAN, "A", 2, last=day("03-09").replace(year=9999)),
        ("phase", ("A",), "9999-03-09, years away"),
    ),
    "no wait where one is due": (
        with_phase(PLAN, "B", 1, first=day("03-23"), last=day("03-25")),
        ("wait", ("B",), "waits 0 working days before 'Build'", "1 to 3"),
    ),
    "a wait past the longest": (
        with_phase(PLAN, "B", 0, first=day("03-17"), last=day("03-17")),
        ("wait", ("B",), "waits 4 working days before 'Build'"),
    ),
    "a phase begins before the one before it ends": (
        with_phase(PLAN, "A", 2, first=day("03-05"), last=day("03-08")),
        ("wait", ("A",), "'Fit' begin on 2021-03-05", "before the phase before it has ended"),
    ),
    "a finish past the horizon": (
        with_phase(PLAN, "B", 2, first=day("04-30"), last=day("05-03")),
        ("horizon", ("B",), "finishes on 2021-05-03", "2021-04-30"),
    ),
    "a start before today": (
        with_phase(PLAN, "A", 0, first=day("02-26"), last=day("02-26")),
        ("start", ("A",), "starts on 2021-02-26, before today"),
    ),
    "a start that is not the first phase's": (
        with_remodel(PLAN, "A", start=day("03-02")),
        ("start", ("A",), "starts on 2021-03-02 in the plan", "2021-03-01"),
    ),
    "a finish that is not the last phase's": (
        with_remodel(PLAN, "A", finish=day("03-08")),
        ("start", ("A",), "finishes on 2021-03-08 in the plan", "2021-03-09"),
    ),
    "closed from the survey on": (
        with_remodel(PLAN, "A", closed_from=day("03-01")),
        ("closed", ("A",), "from 2021-03-01", "from 2021-03-03 to 2021-03-09"),
    ),
    "closed a day less": (with_remodel(PLAN, "A", closed_to=day("03-08")), ("closed", ("A",), "to 2021-03-08")),
    "not closed": (with_remodel(PLAN, "A", closed_from=None, closed_to=None), ("closed", ("A",), "None")),
    "closed though nothing closes": (
        with_remodel(PLAN, "O", closed_from=day("03-01"), closed_to=day("03-01")),
        ("closed", ("O",), "None"),
    ),
    "a crew is missing": (
        with_phase(PLAN, "A", 0, crews={}),
        ("visit", ("A",), "0 units of surveyor (nobody)", "needs 1"),
    ),
    "a crew too many": (
        with_phase(PLAN, "A", 0, crews={"V1": 2}),
        ("visit", ("A",), "2 units of surveyor", "needs 1"),
    ),
    "crews change within a visit": (
        with_phase(PLAN, "A", 2, crews={"B2": 1, "E1": 1}),
        ("visit", ("A",), "1 of B1 in 'Build' but 1 of B2 in 'Fit'", "one builder visit"),
    ),
    "a crew leaves within a visit": (
        with_phase(PLAN, "A", 2, crews={"E1": 1}),
        ("visit", ("A",), "1 of B1 in 'Build' but nobody in 'Fit'"),
    ),
    "a crew nobody needs": (
        with_phase(PLAN, "A", 0, crews={"V1": 1, "B2": 1}),
        ("visit", ("A",), "builder crew B2 for 'Survey'", "needs no builder"),
    ),
    "a crew that does not exist": (
        with_phase(PLAN, "A", 0, crews={"V7": 1}),
        ("visit", ("A",), "the crew V7", "does not have"),
    ),
    "no units of a crew": (
        with_phase(PLAN, "A", 0, crews={"V1": 1, "V2": 0}),
        ("visit", ("A",), "0 units of the crew V2"),
    ),
    "less than nobody": (
        with_phase(PLAN, "A", 0, crews={"V1": 2, "V2": -1}),
        ("visit", ("A",), "-1 units of the crew V2"),
    ),
    "not the crew the shop names": (
        with_phase(with_phase(PLAN, "F", 1, crews={"B2": 1}), "F", 2, crews={"B2": 1, "E1": 1}),
        ("visit", ("F",), "builder crew B2", "names B1"),
    ),
    "a crew out of its region": (
        with_phase(PLAN, "A", 0, crews={"V2": 1}),
        ("region", ("A",), "V2 serves NW", "'BY'"),
    ),
    "a crew of the wrong region on a fixed shop": (
        with_phase(PLAN, "F", 2, crews={"B1": 1, "E2": 1}),
        ("conflict", ("F",), "E2 serves NW", "no conflict 'region' is listed"),
    ),
    "a fixed date is moved": (
        with_phase(PLAN, "F", 0, first=day("03-12"), last=day("03-12")),
        ("fixed", ("F",), "'Survey' from 2021-03-12", "stands from 2021-03-15"),
    ),
    "a fixed remodel's later phase waits": (
        with_phase(PLAN, "F", 2, first=day("03-23"), last=day("03-24")),
        ("fixed", ("F",), "'Fit' from 2021-03-23", "2021-03-22 to 2021-03-23"),
    ),
    "the expected finish is left out": (
        with_phase(PLAN, "I", 2, last=day("03-04")),
        ("fixed", ("I",), "'Fit'", "2021-03-03 to 2021-03-06"),
    ),
    "a fixed remodel is missing": (without_remodel(PLAN, "F"), ("fixed", ("F",), "does not hold it")),
    "a remodel in progress is missing": (without_remodel(PLAN, "I"), ("fixed", ("I",), "in_progress from 2021-02-24")),
    "an unknown shop": (with_remodel(PLAN, "A", shop="Z"), ("list", ("Z",), "not in the rollout")),
    "an unknown unplanned shop": (
        replace(PLAN, unplanned=(*PLAN.unplanned, Unplanned(shop="Z", reason="why"))),
        ("list", ("Z",), "not in the rollout"),
    ),
    "a shop twice": (replace(PLAN, remodels=(*PLAN.remodels, A)), ("list", ("A",), "listed 2 times")),
    "a shop planned and unplanned": (
        replace(PLAN, unplanned=(*PLAN.unplanned, Unplanned(shop="A", reason="why"))),
        ("list", ("A",), "listed 2 times"),
    ),
    "a backlog shop forgotten": (replace(PLAN, unplanned=()), ("list", ("U",), "neither dates it nor lists it")),
    "a deferred shop planned": (with_remodel(PLAN, "B", shop="X"), ("list", ("X",), "is deferred")),
    "a cancelled shop planned": (with_remodel(PLAN, "B", shop="C"), ("list", ("C",), "is cancelled")),
    "a done shop planned": (with_remodel(PLAN, "B", shop="D"), ("list", ("D",), "is done")),
    "a done shop unplanned": (
        replace(PLAN, unplanned=(*PLAN.unplanned, Unplanned(shop="D", reason="why"))),
        ("list", ("D",), "cannot be listed as unplanned"),
    ),
    "no reason": (
        replace(PLAN, unplanned=(Unplanned(shop="U", reason=" "),)),
        ("list", ("U",), "without a reason"),
    ),
    "a fixed shop called planned": (
        with_remodel(PLAN, "F", status=RemodelStatus.PLANNED),
        ("list", ("F",), "status planned", "must be fixed"),
    ),
    "another rollout's plan": (replace(PLAN, rollout="Autumn"), ("list", (), "'Autumn'", "'Spring'")),
    "yesterday's plan": (replace(PLAN, today=day("02-28")), ("list", (), "2021-02-28", "2021-03-01")),
    "closure a cent less": (cost_of("A", closure=299_99), ("cost", ("A",), "300.00 EUR in closure", "299.99")),
    "closure of days before today": (cost_of("I", closure=350_00), ("cost", ("I",), "300.00 EUR in closure")),
    "a campaign forgotten": (cost_of("B", closure=300_00), ("cost", ("B",), "320.00 EUR in closure")),
    "waiting a day less": (cost_of("A", waiting=70_00), ("cost", ("A",), "80.00 EUR in waiting")),
    "lateness forgotten": (cost_of("A", lateness=0), ("cost", ("A",), "100.00 EUR in lateness")),
    "travel for one week": (cost_of("A", travel=111_20), ("cost", ("A",), "222.39 EUR in travel")),
    "travel rounded up": (cost_of("A", travel=222_40), ("cost", ("A",), "222.39 EUR in travel")),
    "change forgotten": (cost_of("A", change=0), ("cost", ("A",), "50.00 EUR in change")),
    "a sum that is none": (
        replace(PLAN, cost=replace(PLAN.cost, closure=1220_01)),
        ("cost", (), "closure is 1220.01 EUR", "1220.00"),
    ),
    "waiting of the unplanned forgotten": (
        replace(PLAN, cost=replace(PLAN.cost, waiting=610_00)),
        ("cost", (), "waiting is 610.00 EUR", "1120.00"),
    ),
    "a total that is none": (replace(PLAN, total=2712_38), ("cost", (), "total is 2712.38 EUR", "2712.39")),
    "no cost": (replace(PLAN, cost=None), ("cost", (), "states no cost")),
    "a wrong shortfall": (replace(PLAN, shortfall=0), ("levels", (), "shortfall is 0", "lack 1")),
    "a wrong unplanned priority": (
        replace(PLAN, unplanned_priority=5),
        ("levels", (), "unplanned_priority is 5", "sum to 3"),
    ),
    "a wrong count for a milestone": (
        replace(PLAN, milestones=(replace(PLAN.milestones[0], planned=7),)),
        ("levels", (), "'Quarter' has 7 planned, but 6"),
    ),
    "a wrong target of a milestone": (
        replace(PLAN, milestones=(replace(PLAN.milestones[0], target=6),)),
        ("levels", (), "not the rollout's"),
    ),
    "a milestone forgotten": (replace(PLAN, milestones=()), ("levels", (), "0 milestones", "1")),
    "a wrong last finish": (replace(PLAN, last_finish_day=30), ("levels", (), "last_finish_day is 30", "day 29")),
    "a bound above the total": (
        replace(PLAN, bound=2712_40, gap=0.0),
        ("bound", (), "bound is 271240 cents", "271239"),
    ),
    "a wrong gap": (replace(PLAN, gap=0.004567), ("bound", (), "0.004568")),
    "a gap that is no number": (replace(PLAN, gap=float("nan")), ("bound", (), "nan")),
    "a bound without a gap": (replace(PLAN, gap=None), ("bound", (), "both or neither")),
    "a gap without a bound": (replace(PLAN, bound=None), ("bound", (), "both or neither")),
    "optimal without a bound": (
        replace(PLAN, status=PlanStatus.OPTIMAL, bound=None, gap=None),
        ("bound", (), "status is optimal", "no bound"),
    ),
    "infeasible with remodels": (
        replace(PLAN, status=PlanStatus.INFEASIBLE),
        ("list", (), "infeasible", "remodels"),
    ),
}


@pytest.mark.parametrize("name", BROKEN_PLANS)
def test_a_broken_plan_is_named(name):
    plan, (rule, shops, *words) = BROKEN_PLANS[name]
    found = check(ROLLOUT, plan)
    assert any(
        item.rule == rule and item.shops == shops and all(word in item.text for word in words) for item in found
    ), found


def test_each_violation_is_one_sentence():
    for plan, _ in BROKEN_PLANS.values():
        assert_sentences(check(ROLLOUT, plan))


def test_a_phase_of_another_name_is_named():
    phases = (replace(A.phases[0], name="Visit"), *A.phases[1:])
    found = check(ROLLOUT, with_remodel(PLAN, "A", phases=phases))
    assert any(item.rule == "phase" and "'Visit'" in item.text for item in found)


def test_phases_of_no_remodel_at_all_are_named():
    found = check(ROLLOUT, with_remodel(PLAN, "A", phases=()))
    assert any(item.rule == "phase" and "[]" in item.text for item in found)
