import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.plan import (
    Conflict,
    Cost,
    MilestoneResult,
    Plan,
    PlannedPhase,
    PlanStatus,
    Remodel,
    RemodelStatus,
    SolveInfo,
    TracePoint,
    Unplanned,
)
from planner.exchange.plan_json import plan_to_json, read_plan
from planner.exchange.problems import InputError

PLAN = Plan(
    rollout="Shop format 2021/22",
    scenario=None,
    today=date(2021, 7, 13),
    status=PlanStatus.OPTIMAL,
    shortfall=0,
    unplanned_priority=5,
    cost=Cost(closure=81234567, waiting=10, lateness=0, travel=0, change=30000),
    total=81264577,
    bound=81190001,
    gap=0.000918,
    solve=SolveInfo(seconds=12.3, workers=2, seed=1),
    proved_shortfall=True,
    milestones=(MilestoneResult(name="Year end", by=date(2021, 12, 31), target=90, planned=90),),
    remodels=(
        Remodel(
            shop="S001",
            status=RemodelStatus.PLANNED,
            start=date(2021, 8, 2),
            finish=date(2021, 8, 19),
            closed_from=date(2021, 8, 3),
            closed_to=None,
            phases=(
                PlannedPhase(name="Survey", first=date(2021, 8, 2), last=date(2021, 8, 2), crews={"V2": 1, "V1": 2}),
            ),
            cost=Cost(closure=81234567, waiting=10, change=30000),
        ),
    ),
    unplanned=(Unplanned(shop="S009", reason="no builder crew serves region Süd"),),
    conflicts=(
        Conflict(rule="crew", first=date(2022, 1, 10), last=date(2022, 1, 14), shops=("S1", "S2"), crew="B1", text="…"),
        Conflict(rule="limit", first=date(2022, 1, 10), last=date(2022, 1, 14), shops=("S1",), text="full"),
    ),
)

COST = {"closure": 812345.67, "waiting": 0.1, "lateness": 0.0, "travel": 0.0, "change": 300.0}
DAYS = {"first": "2022-01-10", "last": "2022-01-14"}
SURVEY = {"name": "Survey", "first": "2021-08-02", "last": "2021-08-02", "crews": {"V2": 1, "V1": 2}}
DOCUMENT = {
    "schema": "remodel-plan/1",
    "rollout": "Shop format 2021/22",
    "scenario": None,
    "today": "2021-07-13",
    "status": "optimal",
    "shortfall": 0,
    "unplanned_priority": 5,
    "proved": {"shortfall": True, "unplanned_priority": False},
    "cost": {"total": 812645.77, **COST},
    "bound": 811900.01,
    "gap": 0.000918,
    "solve": {"seconds": 12.3, "workers": 2, "seed": 1},
    "milestones": [{"name": "Year end", "by": "2021-12-31", "target": 90, "planned": 90}],
    "remodels": [
        {
            "shop": "S001",
            "status": "planned",
            "start": "2021-08-02",
            "finish": "2021-08-19",
            "closed_from": "2021-08-03",
            "closed_to": None,
            "phases": [SURVEY],
            "cost": COST,
        }
    ],
    "unplanned": [{"shop": "S009", "reason": "no builder crew serves region Süd"}],
    "conflicts": [
        {"rule": "crew", **DAYS, "shops": ["S1", "S2"], "crew": "B1", "text": "…"},
        {"rule": "limit", **DAYS, "shops": ["S1"], "text": "full"},
    ],
}
PLAN_TEXT = json.dumps(DOCUMENT, ensure_ascii=False, indent=2) + "\n"

INFEASIBLE = Plan(
    rollout="R",
    scenario=("late permits",),
    today=date(2021, 7, 13),
    status=PlanStatus.INFEASIBLE,
    shortfall=None,
    unplanned_priority=None,
    cost=None,
    total=None,
    bound=None,
    gap=None,
    solve=None,
    conflicts=PLAN.conflicts,
)

days = st.dates(date(1970, 1, 1), date(2200, 12, 31))
counts = st.integers(0, 10**9)
words = st.text(max_size=8)
amounts = st.integers(-(10**13), 10**13)
costs = st.builds(Cost, closure=amounts, waiting=amounts, lateness=amounts, travel=amounts, change=st.integers(0, 1000))
phases = st.builds(PlannedPhase, name=words, first=days, last=days, crews=st.dictionaries(words, counts, max_size=3))
remodels = st.builds(
    Remodel,
    shop=words,
    status=st.sampled_from(RemodelStatus),
    start=days,
    finish=days,
    closed_from=st.none() | days,
    closed_to=st.none() | days,
    phases=st.lists(phases, max_size=3).map(tuple),
    cost=costs,
)
conflicts = st.builds(
    Conflict,
    rule=words,
    first=days,
    last=days,
    shops=st.lists(words, max_size=3).map(tuple),
    text=words,
    crew=st.none() | words,
)
milestones = st.builds(MilestoneResult, name=words, by=days, target=counts, planned=counts)
unplanned = st.builds(Unplanned, shop=words, reason=words)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    cost = draw(st.none() | costs)
    return Plan(
        rollout=draw(words),
        scenario=draw(st.none() | st.lists(words, max_size=2).map(tuple)),
        today=draw(days),
        status=draw(st.sampled_from(PlanStatus)),
        shortfall=draw(st.none() | counts),
        unplanned_priority=draw(st.none() | counts),
        cost=cost,
        total=None if cost is None else draw(amounts),
        bound=draw(st.none() | counts),
        gap=draw(st.none() | st.floats(0, 1)),
        solve=draw(st.none() | st.builds(SolveInfo, seconds=st.floats(0, 1e6), workers=counts, seed=counts)),
        proved_shortfall=draw(st.booleans()),
        proved_unplanned_priority=draw(st.booleans()),
        last_finish_day=draw(st.none() | counts),
        milestones=tuple(draw(st.lists(milestones, max_size=2))),
        remodels=tuple(draw(st.lists(remodels, max_size=2))),
        unplanned=tuple(draw(st.lists(unplanned, max_size=2))),
        conflicts=tuple(draw(st.lists(conflicts, max_size=2))),
    )


@pytest.fixture
def document() -> dict:
    return json.loads(PLAN_TEXT)


@pytest.fixture
def read(tmp_path):
    """Reads what is given as bytes, text, or an object to be written as JSON."""

    def read_given(given) -> Plan:
        if not isinstance(given, str | bytes):
            given = json.dumps(given)
        path = tmp_path / "plan.json"
        path.write_bytes(given.encode() if isinstance(given, str) else given)
        return read_plan(path)

    return read_given


@pytest.fixture
def problems(read):
    """The problems found when reading what is given, as sentences."""

    def problems_of(given) -> list[str]:
        with pytest.raises(InputError) as caught:
            read(given)
        return [str(problem) for problem in caught.value.problems]

    return problems_of


def test_the_whole_file_to_the_byte():
    assert plan_to_json(PLAN).decode() == PLAN_TEXT


@given(plan=plans())
def test_a_plan_comes_back_as_it_was(tmp_path_factory, plan):
    path = tmp_path_factory.mktemp("plans") / "plan.json"
    path.write_bytes(plan_to_json(plan))
    assert read_plan(path) == plan


@given(plan=plans())
def test_no_amount_has_more_than_two_decimals(plan):
    amounts_written = []
    document = json.loads(plan_to_json(plan), parse_float=str)
    for cost in (document["cost"], *(remodel["cost"] for remodel in document["remodels"])):
        amounts_written += [amount for amount in cost.values() if amount is not None]
    for amount in amounts_written:
        assert len(amount.partition(".")[2]) in (1, 2), amount


def test_an_infeasible_plan_has_null_for_every_figure(read):
    written = plan_to_json(INFEASIBLE)
    document = json.loads(written)
    kinds = ("total", "closure", "waiting", "lateness", "travel", "change")
    assert document["cost"] == dict.fromkeys(kinds)
    for figure in ("shortfall", "unplanned_priority", "bound", "gap", "solve"):
        assert document[figure] is None
    assert (document["remodels"], document["unplanned"], document["milestones"]) == ([], [], [])
    assert document["scenario"] == ["late permits"]
    assert read(written) == INFEASIBLE


def test_under_earliest_finish_the_bound_is_in_days(read, document):
    document |= {"last_finish_day": 170, "bound": 150}
    plan = read(document)
    assert (plan.last_finish_day, plan.bound) == (170, 150)
    again = json.loads(plan_to_json(plan))
    assert (again["last_finish_day"], again["bound"]) == (170, 150)
    assert list(again)[list(again).index("last_finish_day") + 1] == "bound"


def test_the_total_is_the_one_stated(read, document):
    document["cost"]["total"] = 1
    assert read(document).total == 100


def test_floating_point_noise_is_not_a_third_decimal(read, document):
    document["cost"]["total"] = 0.1 + 0.2
    assert read(document).total == 30


def test_a_trace_reads_back_as_it_was(read):
    trace = (
        TracePoint(seconds=2.0, shortfall=1, unplanned_priority=5, value=90000000, bound=None),
        TracePoint(seconds=12.3, shortfall=0, unplanned_priority=0, value=81264577, bound=81190001),
    )
    plan = replace(PLAN, solve=SolveInfo(seconds=12.3, workers=2, seed=1, trace=trace))
    assert read(json.loads(plan_to_json(plan))) == plan
    in_days = (TracePoint(seconds=2.0, shortfall=0, unplanned_priority=0, value=90, bound=88),)
    plan = replace(plan, last_finish_day=90, bound=88, solve=SolveInfo(seconds=2.0, workers=2, seed=1, trace=in_days))
    assert read(json.loads(plan_to_json(plan))) == plan


def test_unknown_keys_are_passed_over(read, document):
    document["solve"]["log"] = [{"deep": [1, 2, {}]}]
    document["remodels"][0]["note"] = "x"
    document["made_by"] = "a tool"
    assert read(document) == PLAN


def test_what_is_said_only_where_it_applies_may_be_missing(read, document):
    del document["proved"]
    plan = read(document)
    assert (plan.proved_shortfall, plan.last_finish_day, plan.conflicts[1].crew) == (False, None, None)


def test_a_byte_order_mark_is_accepted(read):
    assert read(b"\xef\xbb\xbf" + PLAN_TEXT.encode()) == PLAN


def test_terminal_controls_are_escaped_and_kept(read):
    text = "\x9b31m \x1b[0m \u202e \u2028 👩‍👩‍👧 \x7f \n"
    plan = Plan(**{name: getattr(INFEASIBLE, name) for name in Plan.__slots__} | {"rollout": text})
    written = plan_to_json(plan)
    assert b'"rollout": "\\u009b31m \\u001b[0m \\u202e \\u2028 \xf0\x9f' in written
    assert read(written).rollout == text


def test_all_mistakes_are_named_at_once(problems, document):
    document["today"] = "13.07.2021"
    document["status"] = "perfect"
    document["shortfall"] = 1.5
    document["scenario"] = "late permits"
    document["milestones"] = {}
    document["cost"]["travel"] = None
    document["cost"]["total"] = 1.005
    document["bound"] = "811900"
    document["proved"]["shortfall"] = 1
    del document["gap"]
    remodel = document["remodels"][0]
    remodel["start"] = "2021-02-30"
    remodel["closed_to"] = 5
    remodel["status"] = None
    del remodel["cost"]
    remodel["phases"][0]["crews"] = {"B1": True}
    remodel["phases"].append([])
    document["unplanned"].append("S010")
    document["conflicts"][0]["shops"] = ["S1", 2]
    assert problems(document) == [
        "plan.json, cost.travel: must be a number, but is null",
        "plan.json, cost.total: must be an amount in EUR with at most two decimals, such as 812345.67, but is 1.005",
        "plan.json, scenario: must be a list, but is 'late permits'",
        "plan.json, today: '13.07.2021' is not an ISO date; write 2021-07-13",
        "plan.json, status: must be one of optimal, feasible, infeasible, but is 'perfect'",
        "plan.json, shortfall: must be a whole number, but is 1.5",
        "plan.json, bound: must be a number, but is '811900'",
        "plan.json, gap: is missing; it must be a number",
        "plan.json, proved.shortfall: must be true or false, but is 1",
        "plan.json, milestones: must be a list, but is an object",
        "plan.json, remodels[0].status: must be one of planned, fixed, in_progress, but is null",
        "plan.json, remodels[0].start: there is no such day as 2021-02-30",
        "plan.json, remodels[0].closed_to: must be a date such as 2021-08-02, but is 5",
        "plan.json, remodels[0].phases[0].crews['B1']: must be a whole number, but is true",
        "plan.json, remodels[0].phases[1]: must be an object, but is a list",
        "plan.json, remodels[0].cost: is missing; it must be an object",
        "plan.json, unplanned[1]: must be an object, but is 'S010'",
        "plan.json, conflicts[0].shops[1]: must be text, but is 2",
    ]


@pytest.mark.parametrize("key", [key for key in DOCUMENT if key != "proved"])
def test_every_key_of_the_contract_is_asked_for(problems, document, key):
    del document[key]
    (problem,) = problems(document)
    assert problem.startswith(f"plan.json, {key}: is missing; it must be ")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "plan.json: is empty"),
        ("{\n  nonsense", "plan.json, row 2: is not JSON at character 3 (Expecting property name enclosed in "),
        (PLAN_TEXT[:500], "is not JSON at character"),
        ("[]", "plan.json: must be an object, but is a list"),
        ("null", "plan.json: must be an object, but is null"),
        ('{"schema": "remodel-plan/2"}', "plan.json, schema: must be 'remodel-plan/1', but is 'remodel-plan/2'"),
        ("[" * 100_000, "plan.json: is nested too deeply to be a plan"),
        ('{"a":' * 100_000, "plan.json: is nested too deeply to be a plan"),
        (b"\xff\xfe{\x00}\x00", "UTF-16"),
        ('{\n"rollout": "M\xfcnchen"}'.encode("cp1252"), "plan.json, row 2: is not UTF-8 but looks like cp1252"),
        (b"{\n\x00}", "plan.json, row 2: has a NUL byte"),
    ],
)
def test_what_is_no_plan_at_all_is_one_sentence(problems, text, sentence):
    (problem,) = problems(text)
    assert sentence in problem


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"shortfall": 0', '"shortfall": NaN', "shortfall: must be a whole number, but is NaN"),
        ('"gap": 0.000918', '"gap": NaN', "gap: must be a number, but is NaN"),
        ('"gap": 0.000918', '"gap": 1e999', "gap: must be a number, but is Infinity"),
        ('"closure": 812345.67', '"closure": -Infinity', "cost.closure: must be a number, but is -Infinity"),
        ('"seed": 1', f'"seed": {"9" * 5000}', "solve.seed: must be a whole number, but is Infinity"),
        ('"total": 812645.77', '"total": 1e300', "cost.total: must be an amount in EUR"),
        ('"seed": 1', '"seed": 1, "seed": 2', "solve: has the key 'seed' more than once; keep one of them"),
        ('"V1": 2', '"V2": 2', "remodels[0].phases[0].crews: has the key 'V2' more than once; keep one of them"),
        ('"S009"', '"\\ud800"', "unplanned[0].shop: must be text of whole characters, but is '\\ud800'"),
        ('"V2": 1', '"\\udc00": 1', "crews['\\udc00']: must be text of whole characters, but is '\\udc00'"),
        ('"shop": "S009"', '"shop": "\\u001b[31m", "reason": 1', "unplanned[0]: has the key 'reason' more than once"),
        ('"status": "planned"', '"status": "\\u009b\\u202e"', "in_progress, but is '\\x9b\\u202e'"),
    ],
)
def test_what_json_allows_and_a_plan_does_not(problems, old, new, sentence):
    assert old in PLAN_TEXT
    assert sentence in problems(PLAN_TEXT.replace(old, new, 1))[0]


def test_a_missing_file_and_a_folder_are_named(tmp_path):
    (tmp_path / "plan.json").mkdir()
    for name, sentence in (("plan.json", "plan.json: is a folder"), ("plam.json", "there is no such file in ")):
        with pytest.raises(InputError, match=sentence):
            read_plan(tmp_path / name)
