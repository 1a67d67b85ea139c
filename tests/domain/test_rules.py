"""Which shops a rule is for, and how a limit groups them."""

import pytest

from planner.domain.rules import Grouping, Limit, Scope
from planner.domain.shop import Kind
from tests.domain.small import small_shop

SHOP = small_shop(
    "S1", city="Ulm", partner="P1", kind=Kind.AGENCY, state="BW", region="South", tags=("pilot", "corner")
)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, True),
        ({"shop": ("S1",)}, True),
        ({"shop": ("S2",)}, False),
        ({"partner": ("P1", "P2")}, True),
        ({"kind": ("partner", "agency")}, True),
        ({"kind": ("own",)}, False),
        ({"state": ("BW",)}, True),
        ({"state": ("bw",)}, False),
        ({"region": ("South",)}, True),
        ({"city": ("Hof",)}, False),
        ({"format": ("M",)}, True),
        ({"tag": ("corner", "mall")}, True),
        ({"tag": ("mall",)}, False),
        ({"tag": ()}, False),
        ({"shop": ()}, False),
        ({"state": ("BW",), "tag": ("pilot",)}, True),
        ({"state": ("BW",), "tag": ("mall",)}, False),
    ],
)
def test_all_keys_must_match_and_one_value_is_enough(values: dict[str, tuple[str, ...]], expected: bool) -> None:
    assert Scope(values).matches(SHOP) is expected


def test_a_shop_without_a_kind_is_of_no_kind() -> None:
    assert not Scope({"kind": ("partner", "agency", "own")}).matches(small_shop())


@pytest.mark.parametrize(
    ("per", "group", "group_of_bare_shop"),
    [
        (Grouping.ALL, (), ()),
        (Grouping.REGION, ("South",), None),
        (Grouping.STATE, ("BW",), None),
        (Grouping.CITY, ("Ulm", "BW"), None),
        (Grouping.PARTNER, ("P1",), None),
    ],
)
def test_a_limit_groups_shops_by_what_they_have(
    per: Grouping, group: tuple[str, ...], group_of_bare_shop: tuple[str, ...] | None
) -> None:
    limit = Limit(name="Few", per=per, max_closed=1)
    assert limit.group_of(SHOP) == group
    assert limit.group_of(small_shop()) == group_of_bare_shop


def test_cities_of_one_name_in_two_states_are_two_groups() -> None:
    limit = Limit(name="Few", per=Grouping.CITY, max_closed=1)
    assert limit.group_of(small_shop(city="Hof", state="BY")) != limit.group_of(small_shop(city="Hof", state="SN"))


def test_a_limit_asks_only_shops_in_scope() -> None:
    limit = Limit(name="Few", max_closed=1, scope=Scope({"state": ("BY",)}))
    assert limit.group_of(SHOP) is None
