"""What `--vary` may say."""

from datetime import date
from pathlib import Path

import pytest

from planner.domain.scenario import Scenario, SetValue
from planner.exchange.scenarios import read_rollout
from planner.exchange.values import BadValue
from planner.exchange.vary import ScenarioRollouts, parse_vary

from .scenario_folders import folder_with


@pytest.mark.parametrize(
    ("text", "path", "values"),
    [
        ("crews.South.builder=2..6", ("crews", "South", "builder"), (2, 3, 4, 5, 6)),
        ('milestone."Year end".target=80..110:5', ("milestone", "Year end", "target"), (80, 85, 90, 95, 100, 105, 110)),
        ("milestone.Year end.target=80,90", ("milestone", "Year end", "target"), (80, 90)),
        ("milestone.'Year = end'.target=80", ("milestone", "Year = end", "target"), (80,)),
        ("costs.footfall=0.7,0.8,0.9", ("costs", "footfall"), (0.7, 0.8, 0.9)),
        ("costs.footfall=0.7..0.9:0.1", ("costs", "footfall"), (0.7, 0.8, 0.9)),
        ("costs.footfall = 1 , 1.5", ("costs", "footfall"), (1, 1.5)),
        ("limit.1.max_closed=3..3", ("limit", "1", "max_closed"), (3,)),
        (
            'blackout."Christmas".first=2021-11-12..2021-11-26:7',
            ("blackout", "Christmas", "first"),
            (date(2021, 11, 12), date(2021, 11, 19), date(2021, 11, 26)),
        ),
        ("crews.B1.units=+1,-1,+10 %", ("crews", "B1", "units"), ("+1", "-1", "+10 %")),
        ("objective=cost,earliest-finish", ("objective",), ("cost", "earliest-finish")),
        ('calendar.country="AT",DE', ("calendar", "country"), ("AT", "DE")),
        ("format.M.phase.Survey.closed=true,false", ("format", "M", "phase", "Survey", "closed"), (True, False)),
        ("Süd.x=1", ("Süd", "x"), (1,)),
    ],
)
def test_a_path_and_its_values(text: str, path: tuple[str, ...], values: tuple[object, ...]) -> None:
    varied = parse_vary(text)
    assert (varied.path, varied.values) == (path, values)
    assert [type(value) for value in varied.values] == [type(value) for value in values]


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ("costs.footfall", "has no values; write PATH=2..6"),
        ("=1", "has no name at character 1"),
        ("costs.=1", "has no name at character 7"),
        ("costs..x=1", "has no name at character 7"),
        ("x=", "'' is no list of values"),
        ("x=1,,2", "is no list of values"),
        ("x=1,1", "has a value twice"),
        ("x=6..2", "the range ends before it begins"),
        ("x=2..6:0", "the step must be above 0"),
        ("x=2..6:-1", "the step must be above 0"),
        ("x=2..6:y", "'y' is no step"),
        ("x=1..1000000", "the range has more than 1000 values"),
        ("x=1..1e18:1e-9", "the range has more than 1000 values"),
        ("x=a..b", "'a..b' is no range"),
        ("x=2021-01-01..5", "is no range"),
        ("x=2021-01-01..2021-02-01:y", "'y' is no number of days"),
        ("x=2021-13-01", "there is no such day as 2021-13-01"),
    ],
)
def test_what_cannot_be_varied_is_said(text: str, mistake: str) -> None:
    with pytest.raises(BadValue) as error:
        parse_vary(text)
    assert mistake in str(error.value)


def test_a_rollout_is_made_for_each_value(tmp_path: Path) -> None:
    folder_with(tmp_path)
    rollouts = ScenarioRollouts(read_rollout(tmp_path))
    rollout, names = rollouts.rollout(Scenario("target 3", (SetValue(("milestone", "Year end", "target"), 3),)))
    assert (rollout.milestones[0].target, names) == (3, ("target 3",))
    assert rollouts.base.rollout.milestones[0].target == 2
