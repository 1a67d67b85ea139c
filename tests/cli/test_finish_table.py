from datetime import date

from planner.cli.finish_table import finish_table


def test_months_without_a_finish_between_others_are_shown() -> None:
    table = finish_table({"North": {date(2021, 11, 1): 3, date(2022, 1, 1): 12}, "South": {date(2021, 12, 1): 1}})
    assert table == [
        ("Finishes", "  Nov  Dec  Jan  all"),
        ("North", "    3    ·   12   15"),
        ("South", "    ·    1    ·    1"),
        ("all", "    3    1   12   16"),
    ]


def test_one_region_needs_no_row_for_all() -> None:
    assert finish_table({"": {date(2021, 11, 1): 3}}) == [("Finishes", "  Nov  all"), ("no region", "    3    3")]


def test_more_than_twelve_months_become_quarters_and_many_quarters_years() -> None:
    quarters = finish_table({"North": {date(2021, 3, 1): 1, date(2021, 10, 1): 2, date(2022, 4, 1): 4}})
    assert quarters[0] == ("Finishes", " 1Q21 2Q21 3Q21 4Q21 1Q22 2Q22  all")
    assert quarters[1] == ("North", "    1    ·    ·    2    ·    4    7")
    years = finish_table({"North": {date(2021, 3, 1): 1, date(2025, 10, 1): 2}})
    assert years[0] == ("Finishes", " 2021 2022 2023 2024 2025  all")


def test_many_regions_leave_the_least_busy_together() -> None:
    finishes = {f"Region {number}": {date(2021, 7, 1): number} for number in range(1, 11)}
    table = finish_table(finishes)
    assert len(table) == 1 + 8 + 1
    assert table[-2] == ("3 others", "    6    6")
    assert table[-1] == ("all", "   55   55")


def test_long_and_odd_region_names_keep_their_column() -> None:
    table = finish_table({"A region of a long name": {date(2021, 7, 1): 1}, "\x1b[31m": {date(2021, 7, 1): 1}})
    assert [label for label, _ in table] == ["Finishes", "A region o…", r"\x1b[31m", "all"]


def test_nothing_finished_is_no_table() -> None:
    assert finish_table({}) == []
