"""TOML changed in place: the values are those wanted, and what nobody touched is spelled as before."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.exchange.toml_edit import with_value, with_values

SHIPPED = Path(__file__).parents[2] / "schedules" / "rollout-2021" / "rollout.toml"
TEXT = """\
name = "A" # the name
[[limit]]
name = "one" # first
max_closed = 1
[[limit]]
name = "two"
max_closed = 2
[costs]
km = 0.9 # per kilometre
"""


def changed(text: str, wanted: dict[str, Any]) -> str:
    """The text with other values, which it must then have."""
    result = with_values(text, wanted)
    assert tomllib.loads(result) == wanted
    return result


def test_what_stays_keeps_its_comments() -> None:
    values = tomllib.loads(TEXT)
    assert with_values(TEXT, values) == TEXT
    values["costs"]["km"] = 1.5
    assert changed(TEXT, values) == TEXT.replace("0.9", "1.5")
    del values["limit"][1]
    assert "# first" in changed(TEXT, values)
    values["limit"].append({"name": "three", "max_closed": 3})
    values["blackout"] = [{"name": "Fair", "first": date(2021, 8, 2)}]
    assert "# per kilometre" in changed(TEXT, values)
    values["limit"].reverse()
    changed(TEXT, values)


@pytest.mark.parametrize("path", [("milestone", "target"), ("blackout", "first"), ("supply", "deliveries")])
def test_the_shipped_settings_change_in_one_place(path: tuple[str, str]) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    values = tomllib.loads(text)
    item = values[path[0]][0]
    item[path[1]] = {"target": 100, "first": date(2021, 11, 19), "deliveries": []}[path[1]]
    result = changed(text, values)
    assert result.count("#") == text.count("#")


LEAVES = st.integers() | st.booleans() | st.text(max_size=5) | st.dates()
NAMED = st.builds(lambda name, leaf: {"name": name, "value": leaf}, st.sampled_from("abcd"), LEAVES)
VALUES = st.dictionaries(
    st.sampled_from(["x", "y z", "list", "table"]),
    LEAVES | st.lists(NAMED, max_size=3) | st.dictionaries(st.sampled_from("pq"), LEAVES, max_size=2),
    max_size=4,
)


@given(VALUES, VALUES)
def test_any_values_become_any_others(before: dict[str, Any], after: dict[str, Any]) -> None:
    changed(with_values("", before), after)


def test_a_value_comes_and_goes_with_the_tables_around_it() -> None:
    text = 'name = "X" # mine\n'
    path = ("set", "milestone", "Year end", "target")
    with_target = with_value(text, path, 100)
    assert tomllib.loads(with_target)["set"] == {"milestone": {"Year end": {"target": 100}}}
    both = with_value(with_target, ("set", "crews", "South", "builder"), "+1")
    assert tomllib.loads(with_value(both, path, None))["set"] == {"crews": {"South": {"builder": "+1"}}}
    assert with_value(text, path, None) == text
    assert tomllib.loads(with_value(with_target, path, None)) == {"name": "X"}
    assert "# mine" in with_value(both, ("name",), "Y")


@given(VALUES, st.lists(st.sampled_from(["x", "y z", "p"]), min_size=1, max_size=3), LEAVES)
def test_a_value_can_be_put_anywhere_and_taken_away(values: dict[str, Any], path: list[str], value: object) -> None:
    text = with_values("", values)
    put = tomllib.loads(with_value(text, path, value))
    for part in path:
        put = put[part]
    assert put == value
    gone = tomllib.loads(with_value(with_value(text, path, value), path, None))
    for part in path[:-1]:
        gone = gone.get(part, {})
    assert path[-1] not in gone


def test_values_come_below_dotted_keys() -> None:
    text = '[set]\nblackout."Fair".first = "-7 days"\n'
    result = with_value(text, ("set", "blackout", "Fair", "last"), "+7 days")
    assert tomllib.loads(result)["set"]["blackout"]["Fair"] == {"first": "-7 days", "last": "+7 days"}
    crews = with_value('[set] # mine\ncrews.North.builder = "+1"\n', ("set", "crews", "South", "builder"), "+1")
    assert tomllib.loads(crews)["set"] == {"crews": {"North": {"builder": "+1"}, "South": {"builder": "+1"}}}
