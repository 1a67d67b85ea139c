"""What differs between two texts is named by its path, and nothing else is."""

from planner.exchange.toml_difference import ValueChange, toml_difference

BEFORE = """\
name = "A"   # a comment
[horizon]
today = 2021-07-13
[calendar]
workdays = ["mon", "tue"]
[[milestone]]
name = "Year end"
target = 90
[[milestone]]
name = "Spring"
target = 10
[[supply]]
deliveries = [{ first = 2021-07-19, quantity = 4 }]
[[format]]
name = "M"
[[format.phase]]
name = "Build"
closed = true
"""


def test_each_value_that_differs_is_named_by_its_path() -> None:
    after = BEFORE.replace("07-13", "07-20").replace('"tue"]', '"tue", "wed"]').replace("target = 90", "target = 91")
    after = after.replace("quantity = 4", "quantity = 5").replace("closed = true", "closed = false")
    assert toml_difference(BEFORE, after) == [
        ValueChange("horizon.today", "2021-07-13", "2021-07-20"),
        ValueChange("calendar.workdays", "[mon, tue]", "[mon, tue, wed]"),
        ValueChange('milestone."Year end".target', "90", "91"),
        ValueChange("supply.1.deliveries.1.quantity", "4", "5"),
        ValueChange("format.M.phase.Build.closed", "true", "false"),
    ]


def test_what_comes_and_goes_is_empty_before_or_after() -> None:
    after = BEFORE.replace('[[milestone]]\nname = "Spring"\ntarget = 10\n', "") + "[costs]\nkm = 0.9\n"
    assert toml_difference(BEFORE, after) == [
        ValueChange("costs.km", "", "0.9"),
        ValueChange("milestone.Spring.name", "Spring", ""),
        ValueChange("milestone.Spring.target", "10", ""),
    ]


def test_tables_of_one_name_go_by_their_numbers() -> None:
    text = '[[limit]]\nname = "L"\nmax_closed = 1\n[[limit]]\nname = "L"\nmax_closed = 2\n'
    assert toml_difference(text, text.replace("= 2", "= 3")) == [ValueChange("limit.2.max_closed", "2", "3")]


def test_comments_and_spaces_make_no_difference() -> None:
    assert toml_difference(BEFORE, BEFORE.replace("# a comment", "").replace("target = 90", "target   = 90")) == []
