"""Mistakes and oddities in the rows of shops.csv: the exact sentences."""

from pathlib import Path

import pytest

from planner.exchange.folder import read_folder
from tests.exchange.rollout_folders import ROLLOUT, errors_in, errors_with, warnings_in, warnings_with, write_folder

TODAY = "2021-07-13"
STATES = "BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH"
POINT = "write digits with a point for decimals, such as 1234.5"


def shops_with(columns: str, *rows: str) -> str:
    """Correct shops S1, S2 and so on, with further columns."""
    lines = [f"S{number},M,BY,South,{row}\n" for number, row in enumerate(rows, start=1)]
    return "".join([f"id,format,state,region,{columns}\n", *lines])


@pytest.mark.parametrize(
    ("row", "sentences"),
    [
        (",M,BY,South", ["id: is empty, but required; fill it in"]),
        ('"\x1b",M,BY,South', ["id: is empty, but required; fill it in"]),
        ("S1,M,NW,West", ["id: 'S1' is already the id of row 2; give each row its own"]),
        ("S|2,M,BY,South", ["id: 'S|2' must not contain '|', which separates the items of a list"]),
        ("S2,M,BY,A|B", ["region: 'A|B' must not contain '|', which separates the items of a list"]),
        ("S2,,BY,South", ["format: is empty, but required; fill it in"]),
        ("S2,Ms,BY,South", ["format: unknown format 'Ms'; did you mean 'M'? Allowed: M, L."]),
        ("S2,m,BY,South", ["format: unknown format 'm'; did you mean 'M'? Allowed: M, L."]),
        ("S2,XXX,BY,South", ["format: unknown format 'XXX'. Allowed: M, L."]),
        ("S2,M,by,South", [f"state: unknown state 'by'; did you mean 'BY'? Allowed: {STATES}."]),
        ("S2,M,Thüringen,South", [f"state: unknown state 'Thüringen'; did you mean 'TH'? Allowed: {STATES}."]),
        ("S2,M,Augsburg,South", [f"state: unknown state 'Augsburg'; did you mean 'BY'? Allowed: {STATES}."]),
    ],
)
def test_who_and_where(tmp_path: Path, row: str, sentences: list[str]) -> None:
    found = errors_with(tmp_path, "shops.csv", f"id,format,state,region\nS1,M,BY,South\n{row}\n")
    assert found == [f"shops.csv, row 3, column {sentence}" for sentence in sentences]


@pytest.mark.parametrize(
    ("column", "cell", "sentence"),
    [
        ("partner", "A|B", "'A|B' must not contain '|', which separates the items of a list"),
        ("kind", "Partner", "unknown kind 'Partner'; did you mean 'partner'? Allowed: partner, agency, own."),
        (
            "status",
            "in-progress",
            "unknown status 'in-progress'; did you mean 'in_progress'? "
            "Allowed: backlog, fixed, in_progress, done, deferred, cancelled.",
        ),
        ("catholic", "ja", "unknown answer 'ja'. Allowed: yes, no."),
        ("catholic", "Yes", "unknown answer 'Yes'; did you mean 'yes'? Allowed: yes, no."),
        ("priority", "0", "must be 1 or more, but is 0"),
        ("priority", "10", "must be 9 or less, but is 10"),
        ("priority", "1.5", "'1.5' is not a whole number; write digits only, such as 5"),
        ("weekly_revenue", "-1", "must be 0 or more, but is -1"),
        ("weekly_revenue", "1e13", "must be 1000000000000 or less, but is 10000000000000"),
        ("weekly_revenue", "nan", f"'nan' is not a number; {POINT}"),
        ("weekly_revenue", "inf", f"'inf' is not a number; {POINT}"),
        ("weekly_revenue", "1_000", f"'1_000' is not a number; {POINT}"),
        ("weekly_revenue", "1200 €", f"'1200 €' is not a number; {POINT}"),
        (
            "annual_target",
            '"1.234,56"',
            "'1.234,56' is not a number; write 1234.56 (a point for decimals, nothing for thousands)",
        ),
        (
            "annual_target",
            '"12,5"',
            "'12,5' is not a number; write 12.5 (a point for decimals, nothing for thousands)",
        ),
        (
            "annual_target",
            '"1,234.50"',
            "'1,234.50' is not a number; write 1234.50 (a point for decimals, nothing for thousands)",
        ),
        ("ready_from", "13.7.2021", "'13.7.2021' is not an ISO date; write 2021-07-13"),
        ("ready_from", "13.07.21", "'13.07.21' is not an ISO date; write 2021-07-13"),
        ("due_by", "2021-07-13 00:00:00", "'2021-07-13 00:00:00' is not an ISO date; write 2021-07-13"),
        ("due_by", "7/13/2021", "'7/13/2021' is not a date; write year-month-day, such as 2021-07-13"),
        ("due_by", "31.2.2021", "there is no such day as 31.2.2021"),
        ("due_by", "2021-02-30", "there is no such day as 2021-02-30"),
        ("published_start", "1921-07-13", "the year of 1921-07-13 must be from 1970 to 2200"),
        ("after", "S3", "unknown shop 'S3'. Allowed: S1, S2."),
        ("after", "S02", "unknown shop 'S02'; did you mean 'S2'? Allowed: S1, S2."),
        ("after", "S1", "goes in a circle, S1 → S1: each waits for the next; drop one"),
        ("crews", "B11", "unknown crew 'B11'; did you mean 'B1'? Allowed: V1, B1."),
    ],
)
def test_cells(tmp_path: Path, column: str, cell: str, sentence: str) -> None:
    found = errors_with(tmp_path, "shops.csv", shops_with(column, cell, ""))
    assert found == [f"shops.csv, row 2, column {column}: {sentence}"]


@pytest.mark.parametrize(
    ("lat", "lon", "sentence"),
    [
        ("91", "8", "lat: must be 90 or less, but is 91"),
        ("48", "-181", "lon: must be -180 or more, but is -181"),
        ("48", "", "lon: is missing although 'lat' is given; give both or neither"),
        ("", "8", "lat: is missing although 'lon' is given; give both or neither"),
    ],
)
def test_positions(tmp_path: Path, lat: str, lon: str, sentence: str) -> None:
    found = errors_with(tmp_path, "shops.csv", shops_with("lat,lon", f"{lat},{lon}"))
    assert found == [f"shops.csv, row 2, column {sentence}"]


@pytest.mark.parametrize(
    ("status", "start", "finish", "sentence"),
    [
        ("fixed", "", "", "start: is not given, but a shop that is fixed needs it"),
        ("in_progress", "", "", "start: is not given, but a shop that is in_progress needs it"),
        ("done", "", "", "finish: is not given, but a shop that is done needs it"),
        (
            "fixed",
            "2021-07-12",
            "",
            f"start: a fixed start must be today ({TODAY}) or later, but is 2021-07-12; "
            "make the shop in_progress or done, or give a later start",
        ),
        (
            "in_progress",
            "2021-07-14",
            "",
            f"start: work in progress began by today ({TODAY}), but this is 2021-07-14; "
            "make the shop fixed, or give an earlier start",
        ),
        (
            "done",
            "",
            "2021-07-14",
            f"finish: a shop that is done finished by today ({TODAY}), but this is 2021-07-14; "
            "make the shop in_progress, or give an earlier finish",
        ),
        (
            "done",
            "2021-06-01",
            "2021-05-01",
            "finish: 2021-05-01 is before 'start' (2021-06-01); put the dates in order",
        ),
        (
            "in_progress",
            "2021-07-05",
            "2021-07-01",
            "finish: 2021-07-01 is before 'start' (2021-07-05); put the dates in order",
        ),
        (
            "fixed",
            "2021-08-01",
            "",
            "start: nobody can work on 2021-08-01: it is a Sunday; the next working day is 2021-08-02",
        ),
        (
            "fixed",
            "2021-11-01",
            "",
            "start: nobody can work on 2021-11-01: it is the public holiday 'Allerheiligen' in BY; "
            "the next working day is 2021-11-02",
        ),
        (
            "fixed",
            "2021-12-27",
            "",
            "start: nobody can work on 2021-12-27: it is in the shutdown 'Builders\\' break'; "
            "the next working day is 2022-01-03",
        ),
        (
            "fixed",
            "2022-06-24",
            "",
            "start: a remodel from 2022-06-24 finishes on 2022-07-06, after the horizon's last day (2022-06-30); "
            "give an earlier start or a later horizon",
        ),
    ],
)
def test_status_and_dates(tmp_path: Path, status: str, start: str, finish: str, sentence: str) -> None:
    files = {
        "shops.csv": shops_with("status,start,finish", f"{status},{start},{finish}"),
        "rollout.toml": f'{ROLLOUT}[[shutdown]]\nname = "Builders\' break"\nfirst = 2021-12-24\nlast = 2022-01-02\n',
    }
    assert errors_in(write_folder(tmp_path, files)) == [f"shops.csv, row 2, column {sentence}".replace("\\'", "'")]


@pytest.mark.parametrize(
    ("state", "catholic", "start", "holiday"),
    [
        ("BY", "yes", "2022-08-15", "Mariä Himmelfahrt' in BY"),
        ("TH", "", "2021-09-20", "Weltkindertag' in TH"),
        ("", "", "2022-06-06", "Pfingstmontag'"),
    ],
)
def test_a_fixed_start_on_a_holiday_of_the_shop(
    tmp_path: Path, state: str, catholic: str, start: str, holiday: str
) -> None:
    files = {
        "shops.csv": f"id,format,state,catholic,region,status,start\nS1,M,{state},{catholic},South,fixed,{start}\n",
        "rollout.toml": ROLLOUT.replace("2022-06-30", "2022-12-31"),
    }
    (error,) = errors_in(write_folder(tmp_path, files))
    assert f"it is the public holiday '{holiday};" in error


def test_a_remodel_that_never_finishes(tmp_path: Path) -> None:
    shutdown = '[[shutdown]]\nname = "For ever"\nfirst = 2021-07-20\nlast = 2030-01-01\n'
    files = {
        "rollout.toml": ROLLOUT + shutdown,
        "shops.csv": shops_with("status,start", "fixed,2021-07-19", "in_progress,2021-07-12"),
    }
    assert errors_in(write_folder(tmp_path, files)) == [
        f"shops.csv, row {row}, column start: a remodel from {start} has too few working days to finish by 2024-12-31; "
        "check its format's days and waits, the workdays and the shutdowns"
        for row, start in ((2, "2021-07-19"), (3, "2021-07-12"))
    ]


def test_circles_are_named(tmp_path: Path) -> None:
    long = [*(f"S{number}" for number in range(6, 17)), "S5"]
    found = errors_with(tmp_path, "shops.csv", shops_with("after", "S2", "S3|S4", "S1", "S3", *long))
    assert found == [
        "shops.csv, row 2, column after: goes in a circle, S1 → S2 → S3 → S1: each waits for the next; drop one",
        "shops.csv, row 6, column after: goes in a circle, "
        "S5 → S6 → S7 → S8 → S9 → S10 → S11 → S12 → … → S5: each waits for the next; drop one",
    ]


def test_long_chains_are_no_circle(tmp_path: Path) -> None:
    chain = ["", *(f"S{number}" for number in range(1, 3000))]
    assert errors_with(tmp_path, "shops.csv", shops_with("after", *chain)) == []


def test_rows_are_counted_as_an_editor_does(tmp_path: Path) -> None:
    shops = 'id,format,state,region,name\r\nS1,M,BY,South,"Two\r\nlines"\r\n\r\nS2,X,NW,West,"a\nb\nc"\nS3,Y,NW,West,\n'
    assert errors_with(tmp_path, "shops.csv", shops) == [
        "shops.csv, row 5, column format: unknown format 'X'. Allowed: M, L.",
        "shops.csv, row 8, column format: unknown format 'Y'. Allowed: M, L.",
    ]


def test_control_characters_never_get_in(tmp_path: Path) -> None:
    shops = shops_with("name,tags", '"\nEve\u202e\x1b[31m\r\nInc\n",a\x9bb|\x07')
    assert warnings_with(tmp_path, "shops.csv", shops) == [
        "shops.csv, row 2, column name: control characters were taken out of '\\nEve\\u202e\\x1b[31m\\r\\nInc\\n'",
        "shops.csv, row 2, column tags: control characters were taken out of 'a\\x9bb|\\x07'",
        "crews.csv, row 3, column regions: no shop is in the region 'West'",
    ]
    shop = read_folder(tmp_path)[0].shops[0]
    assert (shop.name, shop.tags) == ("Eve[31m Inc", ("ab",))


def test_spaces_count(tmp_path: Path) -> None:
    shops = "id,format,state,region,partner\nS1,M,BY,South, P1\nS2,M,NW,West,   \n"
    assert warnings_with(tmp_path, "shops.csv", shops) == [
        "shops.csv, row 2, column partner: ' P1' begins or ends with a space, which counts as part of the text"
    ]
    assert [shop.partner for shop in read_folder(tmp_path)[0].shops] == [" P1", ""]


def test_what_is_not_used(tmp_path: Path) -> None:
    columns = "status,start,finish,crews,ready_from,due_by"
    rows = [
        "backlog,2021-08-02,2021-09-01,B1,,",
        "fixed,2021-08-02,2021-09-01,B1,,",
        "done,2021-05-01,2021-06-01,B1,2021-06-01,2021-05-01",
        "in_progress,2021-05-03,,V1|B1,,",
        "in_progress,2021-05-03,2021-07-12,,,",
        "in_progress,2021-05-03,2021-07-14,,,",
        "deferred,2021-05-03,2021-07-14,B1,,",
    ]
    over = "finish: the work was over on {}, before today (2021-07-13); it is taken to finish today: "
    over += "make the shop done, or give the expected finish"
    files = {"shops.csv": shops_with(columns, *rows), "crews.csv": "id,trade\nV1,surveyor\nB1,builder\n"}
    assert warnings_in(write_folder(tmp_path, files)) == [
        f"shops.csv, row {sentence}"
        for sentence in (
            "2, column start: is not used, as the shop's status is backlog",
            "2, column finish: is not used, as the shop's status is backlog",
            "2, column crews: is not used, as the shop's status is backlog",
            "3, column finish: is not used, as the shop's status is fixed",
            "4, column due_by: 2021-05-01 is before 'ready_from' (2021-06-01), so it cannot be kept",
            "4, column crews: is not used, as the shop's status is done",
            f"5, column {over.format('2021-05-14')}",
            f"6, column {over.format('2021-07-12')}",
        )
    ]
