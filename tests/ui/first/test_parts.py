"""What the steps of an import say of a sheet, without the screen."""

from datetime import date
from pathlib import Path

import pytest

from planner.exchange.problems import InputError
from planner.exchange.shipped import name_of, shipped_rollouts
from planner.exchange.spreadsheet.beginning import ONE_FORMAT, Beginning
from planner.store.errors import NotAllowedError
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.ui.first.basics import _field_of
from planner.ui.first.files import PathSuggester, is_folder_or_sheet
from planner.ui.first.preview import Fate, Sign, summary
from planner.ui.first.sheet_columns import SheetColumns, faults, outcome, sheet_columns, table_lines, with_meaning
from planner.ui.first.sheet_source import import_ready, open_file, preview_new, preview_update
from planner.wording.language import Language
from planner.wording.translation import speaking
from tests.ui.first.sheets import SHOPS, workbook

PROTECTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
"""As a workbook with a password begins, and what its directory names."""
BEGINNING = Beginning(name="Süd", today=date(2026, 3, 2), last=date(2027, 12, 31))


def csv_columns(tmp_path: Path, text: str, mapping: dict[str, str] | None = None) -> SheetColumns:
    path = tmp_path / "shops.csv"
    path.write_text(text, encoding="utf-8")
    return sheet_columns(open_file(path, {}, {}).grids[0], mapping or {})


def read_as(columns: SheetColumns) -> list[tuple[str, str]]:
    return [(line.texts[1], line.texts[3]) for line in table_lines(columns).values()]


def test_columns_are_read_by_name_synonym_and_likeness(tmp_path: Path, language: Language) -> None:
    columns = csv_columns(tmp_path, "Nr.;format;Prioritt;Fixtermin;;Notiz\n1;M;5;;zu;a\n2;M;;;;\n")
    lines = list(table_lines(columns).values())
    kept, unread = ("as it is", "not read") if language is Language.ENGLISH else ("wie sie ist", "nicht gelesen")
    first, fixed = ("Shop", "Fixed date") if language is Language.ENGLISH else ("Filiale", "Fixtermin")
    assert [line.texts[3] for line in lines] == [first, "Format", kept, fixed, unread, kept]
    assert [line.texts[0] for line in lines] == ["A", "B", "C", "D", "E", "F"]
    assert lines[0].texts[2] == "1 · 2"
    assert columns.heading(2).meant == "priority"
    assert faults(columns, {}) == []


def test_a_header_that_nobody_knows_is_still_offered(tmp_path: Path) -> None:
    columns = csv_columns(tmp_path, "Liste;;\nAlpha;Beta;Gamma\n1;M;x\n")
    assert columns.row == 2
    assert [heading.text for heading in columns.headings] == ["Alpha", "Beta", "Gamma"]
    assert len(faults(columns, {})) == 2
    mapping = with_meaning(columns, {}, columns.headings[0], "id")
    mapping = with_meaning(columns, mapping, columns.headings[1], "format")
    columns = sheet_columns(columns.grid, mapping, columns)
    assert (columns.row, faults(columns, {})) == (2, [])
    assert read_as(columns)[:2] == [("Alpha", "Shop"), ("Beta", "Format")]


def test_what_is_said_of_one_heading_is_taken_from_another(tmp_path: Path) -> None:
    columns = csv_columns(tmp_path, "id;A;B\n1;x;y\n")
    mapping = with_meaning(columns, {"gone": "format"}, columns.headings[1], "format")
    mapping = with_meaning(columns, mapping, columns.headings[2], "format")
    assert mapping == {"gone": "format", "B": "format"}  # what is not in this sheet is remembered for the next
    assert with_meaning(columns, mapping, columns.headings[2], None) == {"gone": "format"}
    start = with_meaning(columns, {"A": "start"}, columns.headings[2], "fixed_start")
    assert start == {"B": "fixed_start"}


def test_faults_and_what_all_shops_get(tmp_path: Path) -> None:
    twice = csv_columns(tmp_path, "id;Ort;Stadt;Ort\n1;a;b;c\n")
    assert len(faults(twice, ONE_FORMAT)) == 2
    columns = csv_columns(tmp_path, "id;Ort\n1;a\n")
    assert faults(columns, {}) != []
    assert faults(columns, ONE_FORMAT) == []
    assert "Standard" in outcome(columns, ONE_FORMAT)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "is empty"), (b"PK\x03\x04nothing", "cannot be read"), (PROTECTED, "protected by a password")],
)
def test_files_that_hold_no_sheet(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "shops.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError, match=sentence):
        open_file(path, {}, {})


def test_the_sheet_with_the_shops_is_the_likely_one(tmp_path: Path) -> None:
    opened = open_file(workbook(tmp_path / "a.xlsx"), {}, {})
    assert [grid.name for grid in opened.grids] == ["Info", "Filialen"]
    assert opened.likely == 1


def test_of_sheets_without_a_number_the_one_with_the_most_known_headings_is_likely(tmp_path: Path) -> None:
    row = ("F1", "Alexa", 10178, "Berlin", "BE", "M", 9000, date(2027, 9, 6), "")
    opened = open_file(workbook(tmp_path / "b.xlsx", [row], {"Filialnummer": "Objekt"}), {}, {})
    assert opened.grids[opened.likely].name == "Filialen"
    columns = sheet_columns(opened.grids[opened.likely], {})
    assert columns.samples[7] == "2027-09-06"
    with speaking(Language.GERMAN):
        assert sheet_columns(opened.grids[opened.likely], {}).samples[7] == "06.09.2027"


def test_the_preview_names_cells_and_writes_nothing(empty: StoreSettings, tmp_path: Path) -> None:
    rows = [*SHOPS, ("F4", "x" * 600, "01067", "", "", "M", "1.234", "", "")]
    opened = open_file(workbook(tmp_path / "a.xlsx", rows), {}, ONE_FORMAT)
    with open_store(empty) as store:
        ready = preview_new(store, "a.xlsx", opened.grids[1], {}, BEGINNING)
        assert not ready.preview.is_ready
        assert [(note.sign, note.column) for note in ready.preview.notes] == [(Sign.MISTAKE, "Name")]
        with pytest.raises(InputError):
            import_ready(store, None, ready)
        assert store.rollouts() == ()


def test_the_preview_of_an_update_says_what_becomes_of_each_shop(empty: StoreSettings, tmp_path: Path) -> None:
    with open_store(empty) as store:
        opened = open_file(workbook(tmp_path / "a.xlsx"), {}, ONE_FORMAT)
        import_ready(store, None, preview_new(store, "a.xlsx", opened.grids[1], {}, BEGINNING))
        with pytest.raises(NotAllowedError, match="already"):
            preview_new(store, "a.xlsx", opened.grids[1], {}, BEGINNING)
        backlog = store.backlog("Süd")
        rows = [("F1", "Alexa", *SHOPS[0][2:]), SHOPS[1], ("F9", "Neu", 1067, "Ulm", "BW", "L", None, None, "")]
        grid = open_file(workbook(tmp_path / "b.xlsx", rows), {}, {}).grids[1]
        ready = preview_update(backlog, "b.xlsx", grid, {})
        assert [row.fate for row in ready.preview.rows] == [Fate.CHANGED, Fate.SAME, Fate.NEW]
        assert [(note.sign, note.place, note.row) for note in ready.preview.notes] == [
            (Sign.GONE, "F3", None),
            (Sign.CHANGE, "Filialen!B4", 0),
        ]
        assert summary(ready.preview) == "3 shops · 1 new · 1 changed · 1 as before · 1 not in the sheet: they go"
        backlog.edit([Edit(RecordKind.SHOP, "F1", {"priority": "9"})], "somebody was quicker")
        with pytest.raises(NotAllowedError, match="Look again"):
            import_ready(store, backlog, ready)
        assert backlog.shop("F3").shop.name == SHOPS[2][1]


def test_what_is_wrong_with_a_beginning_is_told_beside_its_field() -> None:
    wrong = Beginning(name=" ", today=date(2026, 3, 2), last=date(2026, 1, 1))
    assert sorted(map(_field_of, wrong.problems())) == ["last", "name"]


def test_the_shipped_rollout_is_known_by_its_name() -> None:
    assert [name_of(folder) for folder in shipped_rollouts().values()] == ["Shop format 2021/22"]


def test_paths_are_completed(tmp_path: Path) -> None:
    (tmp_path / "shops.csv").touch()
    (tmp_path / "shops.doc").touch()
    complete = PathSuggester(is_folder_or_sheet)._complete
    assert complete(f"{tmp_path}/sh") == f"{tmp_path}/shops.csv"
    assert complete(f"{tmp_path}/x") is None
    assert complete(f"{tmp_path}/nowhere/x") is None
