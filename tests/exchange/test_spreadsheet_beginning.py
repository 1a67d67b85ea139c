"""A new rollout out of a spreadsheet alone: what is assumed, and what is still judged by the rules for folders."""

import tomllib
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.exchange.folder import read_folder
from planner.exchange.problems import ProblemLog
from planner.exchange.spreadsheet.beginning import ONE_FORMAT, Beginning, Begun, begin_rollout
from planner.exchange.spreadsheet.beginning_words import assumptions
from planner.exchange.spreadsheet.csv_export import shops_csv
from planner.exchange.spreadsheet.reading import read_spreadsheet
from planner.wording.language import Language
from planner.wording.translation import speak

BEGINNING = Beginning(name='Süd "neu" [b]', today=date(2026, 3, 2), last=date(2026, 12, 31), days=4, crews=3, target=2)


def begun(folder: Path, text: str, beginning: Beginning = BEGINNING) -> Begun:
    path = folder / "shops.csv"
    path.write_text(text, encoding="utf-8")
    log = ProblemLog()
    return begin_rollout(read_spreadsheet(path, log, given=ONE_FORMAT), beginning, log)


def test_formats_of_the_sheet_are_formats_of_the_rollout(tmp_path: Path) -> None:
    made = begun(tmp_path, 'Nr.;Konzept;Umsatz/Woche\n1;M;1.000,50\n2;"L ""groß""";\n3;M;0\n')
    rollout = made.sheet.checked()
    assert (made.formats, made.has_sales) == (Counter({"M": 2, 'L "groß"': 1}), True)
    assert {item.name: [(phase.days, phase.closed) for phase in item.phases] for item in rollout.formats} == {
        "M": [(4, True)],
        'L "groß"': [(4, True)],
    }
    assert (rollout.name, rollout.objective, rollout.country) == (BEGINNING.name, "cost", "DE")
    assert [(crew.units, crew.regions) for crew in rollout.crews] == [(3, ())]
    assert [(item.by, item.target) for item in rollout.milestones] == [(date(2026, 12, 31), 2)]


def test_its_files_are_a_rollout_folder(tmp_path: Path) -> None:
    made = begun(tmp_path, "Nr.;Konzept\n1;M\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "rollout.toml").write_text(made.toml, encoding="utf-8")
    (folder / "crews.csv").write_text(BEGINNING.crews_csv(), encoding="utf-8")
    (folder / "shops.csv").write_bytes(shops_csv(made.sheet.checked().shops))
    rollout, warnings = read_folder(folder)
    assert (rollout, warnings) == (made.sheet.checked(), ())


def test_without_formats_and_sales(tmp_path: Path) -> None:
    made = begun(tmp_path, "Nr.;Ort\n1;Ulm\n2;Kiel\n")
    rollout = made.sheet.checked()
    assert [shop.format for shop in rollout.shops] == ["Standard", "Standard"]
    assert rollout.objective == "earliest-finish"
    assert "costs" not in tomllib.loads(made.toml)


def test_what_is_wrong_with_shops_is_named_by_cell(tmp_path: Path) -> None:
    made = begun(tmp_path, "Nr.;Konzept;Fixtermin\n1;M;01.03.2026\n1;;31.12.2026\n")
    assert made.sheet.rollout is None
    assert {problem.cell for problem in made.sheet.errors} == {"A3", "B3", "C2"}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"name": " "}, "name"),
        ({"last": date(2026, 3, 1)}, "horizon, last"),
        ({"last": date(2046, 3, 1)}, "horizon, last"),
        ({"days": 0}, "format 'Standard', phase 1, days"),
    ],
)
def test_a_beginning_that_cannot_be(changes: dict[str, object], place: str) -> None:
    values = {"name": "x", "today": date(2026, 3, 2), "last": date(2026, 12, 31)}
    assert [problem.column for problem in Beginning(**{**values, **changes}).problems()] == [place]


def test_there_are_crews_for_the_dates_that_stand(tmp_path: Path) -> None:
    """Ten working days from each of four starts: three of them overlap, the last begins the day after they end."""
    text = "Nr.;Konzept;Fixtermin\n1;M;01.06.2026\n2;M;08.06.2026\n3;M;12.06.2026\n4;M;24.06.2026\n5;M;\n"
    beginning = Beginning(name="x", today=date(2026, 3, 2), last=date(2026, 12, 31))
    made = begun(tmp_path, text, beginning)
    assert (made.crews, [crew.units for crew in made.sheet.checked().crews]) == (3, [3])
    assert made.sheet.warnings == ()
    few = begun(tmp_path, text, replace(beginning, crews=2))
    assert (few.crews, [crew.units for crew in few.sheet.checked().crews]) == (2, [2])
    assert [problem.file for problem in few.sheet.warnings] == ["crews.csv"]


def test_no_crew_is_a_rollout_too(tmp_path: Path) -> None:
    beginning = Beginning(name="x", today=date(2026, 3, 2), last=date(2026, 12, 31), crews=0)
    assert begun(tmp_path, "Nr.;Konzept\n1;M\n", beginning).sheet.checked().crews == ()


def test_assumptions_are_said_in_both_languages(tmp_path: Path) -> None:
    made = begun(tmp_path, "Nr.;Konzept;Umsatz/Woche\n1;M;1\n")
    english = assumptions(BEGINNING, made)
    speak(Language.GERMAN)
    try:
        german = assumptions(BEGINNING, made)
    finally:
        speak(Language.ENGLISH)
    assert len(english) == len(german) == 6
    assert not set(english[1:]) & set(german[1:])
    assert all("4" in lines[1] and "3" in lines[2] for lines in (english, german))
