"""What a form offers to change, what people type for it, and where mistakes in the text are."""

from datetime import date
from pathlib import Path

import pytest

from planner.domain.scenario import Scenario, SetValue
from planner.exchange.problems import InputError
from planner.exchange.scenario_choices import Choice, choices, value_of
from planner.exchange.scenario_file import read_kept_scenarios
from planner.exchange.scenario_lines import with_lines
from planner.exchange.scenarios import ReadRollout, apply_scenarios, read_rollout
from planner.exchange.values import BadValue

SHIPPED = Path(__file__).parents[2] / "schedules" / "rollout-2021"
DAY = Choice(("blackout", "Fair", "first"), "blackout", "Fair", "first", date(2021, 8, 2))
COUNT = Choice(("milestone", "Summer", "target"), "milestone", "Summer", "target", 90)
SHARE = Choice(("costs", "footfall"), "costs", "", "footfall", 0.8)


@pytest.fixture(scope="module")
def base() -> ReadRollout:
    return read_rollout(SHIPPED)


def test_every_place_can_be_set_and_is_what_the_rollout_says(base: ReadRollout) -> None:
    offered = choices(base.files.settings or {}, base.rollout)
    groups = {choice.group for choice in offered}
    assert {"crews", "milestone", "blackout", "horizon", "supply", "limit", "costs"} <= groups
    south = next(choice for choice in offered if choice.path == ("crews", "South", "builder"))
    units = [crew.units for crew in base.rollout.crews if crew.trade == "builder" and crew.regions[:1] == ("South",)]
    assert south.present == sum(units)
    for choice in offered:
        same = Scenario("same", (SetValue(choice.path, choice.present),))
        assert apply_scenarios(base, [same]).rollout == base.rollout


@pytest.mark.parametrize(
    ("choice", "text", "value"),
    [
        (DAY, "2021-07-26", date(2021, 7, 26)),
        (DAY, " 26.07.2021 ", date(2021, 7, 26)),
        (DAY, "-7 days", "-7 days"),
        (COUNT, "100", 100),
        (COUNT, "+10", "+10"),
        (SHARE, "0,95", 0.95),
        (SHARE, "1", 1.0),
        (SHARE, "-10 %", "-10 %"),
        (SHARE, "", None),
    ],
)
def test_values_are_read_as_people_type_them(choice: Choice, text: str, value: object) -> None:
    read = value_of(choice, text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("choice", "text"),
    [(DAY, "+1"), (DAY, "soon"), (DAY, "31.02.2021"), (COUNT, "1.5"), (COUNT, "+7 days"), (SHARE, "x")],
)
def test_what_makes_no_sense_is_said(choice: Choice, text: str) -> None:
    with pytest.raises(BadValue):
        value_of(choice, text)


TEXT = """\
name = "Wrong"
drop = ['limit."none such"']

[set]
costs.footfall = 1.0
milestone."Yaer end".target = 100
supply."Furniture kits".deliveries = [
  { first = 2021-07-19, quantity = "many" },
]

[[shops]]
where = 'region:Mars'
set.priority = 1

[[add.absences]]
crew = "nobody"
first = 2021-09-06
last = 2021-09-17
"""


def test_mistakes_have_their_line(base: ReadRollout) -> None:
    (scenario,) = read_kept_scenarios({"wrong": TEXT}, ["wrong"])
    with pytest.raises(InputError) as caught:
        apply_scenarios(base, [scenario])
    problems = with_lines(TEXT, "wrong.toml", scenario, caught.value.problems)
    lines = {problem.row for problem in problems}
    assert {2, 6, 12} <= lines


def test_mistakes_of_form_have_their_line_too() -> None:
    text = 'name = "X"\nwhy = 3\n'
    with pytest.raises(InputError) as caught:
        read_kept_scenarios({"x": text}, ["x"])
    assert 2 in {problem.row for problem in with_lines(text, "x.toml", None, caught.value.problems)}
