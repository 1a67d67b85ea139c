"""Folders and files that cannot be read as what they should be: the exact sentences."""

import os
from pathlib import Path

import pytest

from planner.exchange import csv_table
from planner.exchange.folder import read_folder
from planner.exchange.problems import InputError
from tests.exchange.rollout_folders import FILES, SHOPS, errors_in, errors_with, warnings_with, write_folder

HEADER = "id,format,state,region\n"


def test_no_such_folder(tmp_path: Path) -> None:
    folder = tmp_path / "rollout\x1b"
    assert errors_in(folder) == [f"{tmp_path}/rollout\\x1b: there is no such folder; give the folder of a rollout"]


def test_a_file_for_a_folder(tmp_path: Path) -> None:
    path = write_folder(tmp_path) / "shops.csv"
    assert errors_in(path) == [f"{path}: is a file, not a folder; give the folder of a rollout"]


def test_missing_files_are_named_all_at_once(tmp_path: Path) -> None:
    (tmp_path / "Shops.csv").write_text(SHOPS)
    assert errors_in(tmp_path) == [
        f"rollout.toml: there is no such file in {tmp_path}; add it",
        f"shops.csv: there is no such file in {tmp_path}; did you mean 'Shops.csv'?",
        f"crews.csv: there is no such file in {tmp_path}; add it",
    ]


def test_what_is_no_plain_file(tmp_path: Path) -> None:
    (tmp_path / "rollout.toml").mkdir()
    (tmp_path / "shops.csv").symlink_to("shops.csv")
    os.mkfifo(tmp_path / "crews.csv")
    (tmp_path / "absences.csv").symlink_to("nowhere")
    assert errors_in(tmp_path) == [
        "rollout.toml: is a folder, not a file; put the file in its place",
        "shops.csv: cannot be read (Too many levels of symbolic links); check the file and its permissions",
        "crews.csv: is not a plain file; put the file in its place",
        "absences.csv: is a link to a file that is not there; put the file in its place",
    ]


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    write_folder(tmp_path)
    monkeypatch.setattr(Path, "open", refuse)
    assert errors_in(tmp_path) == [
        f"{name}: cannot be read (Permission denied); check the file and its permissions" for name in FILES
    ]


def test_a_file_that_is_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "MAX_CSV_BYTES", 3_000_000)
    content = HEADER + "S1,M,BY,South\n" * 300_000
    assert errors_with(tmp_path, "shops.csv", content) == ["shops.csv: is larger than 3 MB; is this the right file?"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", ": is empty; begin with a row that names the columns: id, format …"),
        (b"\xef\xbb\xbf\r\n \r\n", ": is empty; begin with a row that names the columns: id, format …"),
        (
            f"{HEADER}S1,M,BY,Süd\n".encode("cp1252"),
            ", row 2: is not UTF-8 but looks like cp1252 (Windows); save it as 'CSV UTF-8'",
        ),
        (HEADER.encode() + b"S1,M,BY,\x81\n", ", row 2: is not UTF-8 (byte 0x81); save it as 'CSV UTF-8'"),
        (
            HEADER.encode() + b"S1,M,BY,\x00\n",
            ", row 2: has a NUL byte, so it is damaged or no text; save it as 'CSV UTF-8'",
        ),
        (SHOPS.encode("utf-16"), ", row 1: is UTF-16, not UTF-8; save it as 'CSV UTF-8'"),
        (b"PK\x03\x04\x00", ": is a spreadsheet or an archive, not text; save it as 'CSV UTF-8'"),
        (
            SHOPS.replace(",", ";").encode(),
            ", row 1: the columns are separated by semicolons; save the file with commas between them",
        ),
        (
            b'"id";"format"\n"S1";"M"\n',
            ", row 1: the columns are separated by semicolons; save the file with commas between them",
        ),
        (
            SHOPS.replace(",", "\t").encode(),
            ", row 1: the columns are separated by tabs; save the file with commas between them",
        ),
        (
            f"{HEADER}S1,M,BY,{'x' * 50_000_000}\n".encode(),
            ", row 2: a cell of the row that begins here is longer than 131,072 characters; "
            "shorten it, or close the quote that was opened",
        ),
        (
            f'{HEADER}S1,M,BY,South\nS2,L,NW,"West\nS3,M,BY,South\n'.encode(),
            ", row 3: a quote that is opened in the row that begins here is never closed; close it",
        ),
        (
            f'{HEADER}S1,M,BY,"So"uth\n'.encode(),
            ", row 2: cannot be split into cells (',' expected after '\"'); "
            "inside a quoted cell, write each quote twice",
        ),
        (
            f"{HEADER}S1,M\n".encode(),
            ", row 2: has 2 cells, but the header names 4 columns; write a comma for each cell that is not given",
        ),
        (
            f"{HEADER}S1,M,BY,South,7\n".encode(),
            ", row 2: has 5 cells, but the header names 4 columns; put cells that contain a comma in quotes",
        ),
        (
            f"\ufeff{HEADER}".encode() + b"S1,M,BY,S\xfcd\n",
            ", row 2: is not UTF-8 but looks like cp1252 (Windows); save it as 'CSV UTF-8'",
        ),
        (b"id,format" + b",x" * 1000, ", row 1: names more than 1000 columns; is this the right file?"),
        (b"id,Format\nS1,M\n", ", row 1, column format: the required column is missing; rename 'Format'"),
        (b"id,state\nS1,BY\n", ", row 1, column format: the required column is missing; add it"),
        (b"id,format,id\nS1,M,S2\n", ", row 1, column id: the column is there 2 times; keep one of them"),
    ],
    ids=range(20),
)
def test_what_is_no_table(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert errors_with(tmp_path, "shops.csv", content) == [f"shops.csv{sentence}"]


def test_a_toml_file_in_another_encoding(tmp_path: Path) -> None:
    content = FILES["rollout.toml"].replace("Test", "Größe").encode("cp1252")
    assert errors_with(tmp_path, "rollout.toml", content) == [
        "rollout.toml, line 1: is not UTF-8 but looks like cp1252 (Windows); save it as UTF-8 text"
    ]


def test_unknown_columns_are_kept_and_warned_of(tmp_path: Path) -> None:
    shops = "id,format,region,prio,,notes\nS1,M,South,1,,\nS2,L,West,,,a\x1bb\n"
    warnings = warnings_with(tmp_path, "shops.csv", shops)
    assert warnings == [
        "shops.csv, row 1: column 5 has no name, so it is not read",
        "shops.csv, row 1: unknown column 'prio' is not used; did you mean 'priority'?",
        "shops.csv, row 1: unknown column 'notes' is not used",
        "shops.csv, row 3, column notes: control characters were taken out of 'a\\x1bb'",
    ]
    rollout, _ = read_folder(tmp_path)
    assert [shop.extra for shop in rollout.shops] == [(("prio", "1"),), (("notes", "ab"),)]


def test_mistakes_of_all_files_and_columns_come_at_once(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "rollout.toml": "name = ",
        "shops.csv": "id,format,priority,kind,after,lat\nS1,Ms,x,own,S2,\nS2,M,11,owned,S3,95\n".encode("cp1252")
        + b"\xfc",
        "crews.csv": "id,trade,units\nB1,builder,0\n",
        "absences.csv": "crew,first,last\nB2,2021-08-32,\n",
    }
    assert errors_in(write_folder(tmp_path, files)) == [
        "rollout.toml, line 1: is not valid TOML: Invalid value at the end of the file",
        "shops.csv, row 2, column priority: 'x' is not a whole number; write digits only, such as 5",
        "shops.csv, row 3, column lat: must be 90 or less, but is 95",
        "shops.csv, row 3, column priority: must be 9 or less, but is 11",
        "shops.csv, row 3, column kind: unknown kind 'owned'; did you mean 'own'? Allowed: partner, agency, own.",
        "shops.csv, row 4: is not UTF-8 but looks like cp1252 (Windows); save it as 'CSV UTF-8'",
        "shops.csv, row 4: has 1 cell, but the header names 6 columns; write a comma for each cell that is not given",
        "crews.csv, row 2, column units: must be 1 or more, but is 0",
        "absences.csv, row 2, column crew: unknown crew 'B2'. Allowed: B1.",
        "absences.csv, row 2, column first: there is no such day as 2021-08-32",
        "absences.csv, row 2, column last: is empty, but required; fill it in",
    ]


def test_one_broken_file_accuses_no_other(tmp_path: Path) -> None:
    shops = "id,format,state,region,after,status,start,crews\nS1,M,BY,South,S2,fixed,2021-08-02,B1\n"
    absences = "crew,first,last\nB1,2021-08-01,2021-08-02\n"
    files = {"rollout.toml": "", "shops.csv": shops + "S2\n", "crews.csv": "id\nV1\n", "absences.csv": absences}
    assert [line.split(":")[0] for line in errors_in(write_folder(tmp_path, files))] == [
        "rollout.toml",
        "shops.csv, row 3",
        "crews.csv, row 1, column trade",
    ]


def test_all_problems_are_on_the_error(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_folder(write_folder(tmp_path, {"shops.csv": "id,format\n,M\n", "crews.csv": ""}))
    assert [(problem.file, problem.row, problem.column) for problem in caught.value.problems] == [
        ("shops.csv", 2, "id"),
        ("crews.csv", None, None),
    ]
    assert str(caught.value).count("\n") == 1
