from datetime import date, datetime

import openpyxl
import pytest

from planner.domain.shop import Kind, Status
from planner.exchange.problems import InputError
from planner.exchange.spreadsheet.importing import parse_mapping
from tests.exchange.rollout_folders import ROLLOUT, write_folder
from tests.exchange.sheets import errors_of, read, shops_of, warnings_of, write_csv, write_workbook

GERMAN = [
    ["Filialnummer", "Bezeichnung", "Straße", "PLZ", "Ort", "Betreiber", "Vertriebsform", "Bundesland", "kath."],
    ["F1", "Shop Dresden", "Am Markt 1", 1067, "Dresden", "Elbe Mobil", "Agentur", "Sachsen", "nein"],
    ["F2", "Shop Köln", "Domstraße 2", 50667, "Köln", "", "eigene Filiale", "nw", "ja"],
]
MORE = [
    ["Shopformat", "Umsatz/Woche", "Jahresziel", "Prio", "Merkmale", "Umbau ab", "Fällig bis", "Fixtermin", "Gebiet"],
    [
        "M",
        12000.5,
        600000,
        7,
        "pilot; mall",
        date(2021, 9, 1),
        datetime(2022, 5, 4, 0, 0),  # noqa: DTZ001 - cells have no time zone
        None,
        "Ost",
    ],
    ["L", "12.000,50 €", "612.345", 5, "", "01.09.2021", "4.5.22", "2.8.2021", "West"],
]
ROWS = [[*left, *right] for left, right in zip(GERMAN, MORE, strict=True)]


def check(shops):
    dresden, cologne = shops
    assert (dresden.id, dresden.name, dresden.street, dresden.postcode) == (
        "F1",
        "Shop Dresden",
        "Am Markt 1",
        "01067",
    )
    assert (dresden.city, dresden.partner, dresden.kind, dresden.state) == ("Dresden", "Elbe Mobil", Kind.AGENCY, "SN")
    assert (dresden.weekly_revenue, dresden.annual_target, dresden.priority) == (12000.5, 600_000.0, 7)
    assert dresden.tags == ("pilot", "mall")
    assert (dresden.ready_from, dresden.due_by) == (date(2021, 9, 1), date(2022, 5, 4))
    assert (dresden.status, dresden.start, dresden.region) == (Status.BACKLOG, None, "Ost")
    assert (cologne.kind, cologne.state, cologne.catholic, cologne.postcode) == (Kind.OWN, "NW", True, "50667")
    assert (cologne.weekly_revenue, cologne.annual_target) == (12000.5, 612_345.0)
    assert (cologne.ready_from, cologne.due_by) == (date(2021, 9, 1), date(2022, 5, 4))
    assert (cologne.status, cologne.start) == (Status.FIXED, date(2021, 8, 2))


def as_text(cell):
    if isinstance(cell, date):
        return f"{cell:%d.%m.%Y}"
    if isinstance(cell, float):
        return f"{cell:.2f}".replace(".", ",")
    return "" if cell is None else str(cell)


def test_a_german_workbook(tmp_path):
    check(shops_of(tmp_path, write_workbook(tmp_path / "liste.xlsx", {"Tabelle1": ROWS})))


@pytest.mark.parametrize(
    ("separator", "encoding"),
    [(";", "cp1252"), (";", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), (",", "utf-8-sig"), ("\t", "utf-8")],
)
def test_a_german_csv(tmp_path, separator, encoding):
    rows = [[as_text(cell) for cell in row] for row in ROWS]
    rows[2][10] = "12.000,50" if encoding == "cp1252" else rows[2][10]
    rows[1][11] = "600.000,00"
    check(shops_of(tmp_path, write_csv(tmp_path / "liste.csv", rows, separator, encoding)))


def test_an_english_csv(tmp_path):
    path = write_csv(
        tmp_path / "list.csv",
        [
            ["Store no.", "Store format", "Weekly sales", "Zip code", "Federal state", "Earliest start", "Catholic"],
            ["1", "M", "12,000.50", "01067", "Bavaria", "2021-09-01", "TRUE"],
        ],
        ",",
    )
    [shop] = shops_of(tmp_path, path)
    assert (shop.id, shop.weekly_revenue, shop.postcode, shop.state) == ("1", 12000.5, "01067", "BY")
    assert (shop.ready_from, shop.catholic) == (date(2021, 9, 1), True)


def test_titles_above_the_header_and_empty_rows(tmp_path):
    path = write_workbook(
        tmp_path / "liste.xlsx",
        {"Liste": [["Umbauten Süd, Stand 1.7.2021"], [], ["", "Ort"], *ROWS[:2], [], ["  "], [], ROWS[2], []]},
    )
    workbook = openpyxl.load_workbook(path)
    workbook["Liste"].merge_cells("A1:H1")
    workbook.save(path)
    imported = read(tmp_path, path)
    assert imported.header_row == 4
    check(imported.checked().shops)


def test_cells_merged_downwards_are_said_to_be_empty(tmp_path):
    rows = [["id", "format", "Partner"], ["S1", "M", "Elbe"], ["S2", "M", None], ["S3", "M", "Ems"]]
    path = write_workbook(tmp_path / "a.xlsx", {"A": rows})
    workbook = openpyxl.load_workbook(path)
    workbook["A"].merge_cells("C2:C3")
    workbook.save(path)
    assert [shop.partner for shop in shops_of(tmp_path, path)] == ["Elbe", "", "Ems"]
    [said] = [text for text in warnings_of(tmp_path, path) if "merged" in text]
    assert said.startswith("a.xlsx, A!C2 (partner): is merged with the cells down to row 3")


def test_a_table_that_does_not_begin_in_the_first_column(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", {"A": [[], ["", "", "id", "format"], ["", "", "S1", "X"]]})
    assert errors_of(tmp_path, path) == [
        "a.xlsx, A!D3 (format): unknown format 'X'. Allowed: M, L.",
    ]


def test_a_sheet_is_chosen_by_name_or_by_its_headings(tmp_path):
    other = [["id", "format"], ["S9", "M"]]
    path = write_workbook(tmp_path / "a.xlsx", {"Notes": [["hello"]], "Nord": ROWS, "Empty": []})
    assert read(tmp_path, path).sheet == "Nord"
    path = write_workbook(tmp_path / "b.xlsx", {"Nord": ROWS, "Süd": other})
    assert errors_of(tmp_path, path) == [
        "b.xlsx: it may be any of the sheets 'Nord', 'Süd'; say which one with --sheet"
    ]
    assert [shop.id for shop in shops_of(tmp_path, path, sheet="Süd")] == ["S9"]
    assert [shop.id for shop in shops_of(tmp_path, path, sheet="süd")] == ["S9"]
    assert errors_of(tmp_path, path, sheet="Südd") == [
        "b.xlsx: unknown sheet 'Südd'; did you mean 'Süd'? Allowed: Nord, Süd."
    ]
    path = write_csv(tmp_path / "c.csv", other)
    assert "has no sheets" in errors_of(tmp_path, path, sheet="Süd")[0]


def test_all_mistakes_at_once_by_cell(tmp_path):
    path = write_workbook(
        tmp_path / "a.xlsx",
        {
            "My sheet": [
                ["Umbauliste"],
                ["id", "format", "state", "Umbau ab", "Umsatz/Woche", "Prio", "Nach", "status", "start"],
                ["S1", "M", "Bayren", "31.02.2021", "much", 11, "S9", "dine", None],
                ["S1", None, "BY", 44440, True, 5.5, None, "fixed", None],
                [None, "M", "BY", "soon", "12.000", date(2021, 1, 1), "S1", "done", "x"],
            ]
        },
    )
    problems = errors_of(tmp_path, path)
    for cell, says in {
        "C3": "did you mean 'BY'?",
        "D3": "no such day as 31.02.2021",
        "E3": "not a number",
        "F3": "must be 9 or less",
        "G3": "unknown shop 'S9'",
        "H3": "did you mean 'done'?",
        "A4": "already the id of row 3",
        "B4": "is empty, but required",
        "D4": "format the cell as a date if it is 2021-09-01",
        "E4": "which is no number",
        "F4": "not a whole number",
        "I4": "a shop that is fixed needs it",
        "A5": "is empty, but required",
        "D5": "not a date",
        "E5": "may be 12000 or 12.0000",
        "F5": "which is no number",
        "I5": "not a date",
    }.items():
        assert any(f"'My sheet'!{cell} " in problem and says in problem for problem in problems), (cell, problems)
    rows = [problem.row for problem in read(tmp_path, path).errors]
    assert rows == sorted(rows)


def test_mistakes_in_the_rest_of_the_folder_are_said_too(tmp_path):
    write_folder(tmp_path, {"crews.csv": "id,trade\nB1,\n", "rollout.toml": ROLLOUT.replace("days = 8", "days = 0")})
    path = write_workbook(tmp_path / "a.xlsx", {"A": [["id", "format"], ["", "M"]]})
    files = [problem.file for problem in read(tmp_path, path).errors]
    assert files == ["rollout.toml", "a.xlsx", "crews.csv"]


def test_mapping(tmp_path):
    rows = [["Nr", "Typ X", "€ p. W.", "Ort", "Egal"], ["S1", "M", 5000, "Ulm", "x"]]
    path = write_workbook(tmp_path / "a.xlsx", {"A": rows})
    problems = errors_of(tmp_path, path)
    assert problems == [
        "a.xlsx, row 1, column format: no column is headed format, or otherwise so that it is known to be that "
        "(Shopformat …); add one, or say which it is with --map 'Heading=format'"
    ]
    mapping = {"Typ X": "format", "€ p. W.": "weekly_revenue", "Egal": ""}
    imported = read(tmp_path, path, mapping=mapping)
    [shop] = imported.checked().shops
    assert (shop.format, shop.weekly_revenue, shop.city, shop.extra) == ("M", 5000.0, "Ulm", ())
    assert imported.mapping == mapping
    again = read(tmp_path, path, remembered=imported.mapping)
    assert again.rollout == imported.rollout


def test_what_is_said_now_counts_more_than_what_is_remembered(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", {"A": [["id", "format", "Notiz"], ["S1", "M", "x"]]})
    remembered = {"Notiz": "name", "Not here": "city"}
    assert shops_of(tmp_path, path, remembered=remembered)[0].name == "x"
    [shop] = shops_of(tmp_path, path, mapping={"notiz": "street"}, remembered=remembered)
    assert (shop.name, shop.street) == ("", "x")


def test_a_mapping_must_make_sense(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", {"A": [["id", "format", "Umsatz p.W."], ["S1", "M", "x"]]})
    assert errors_of(tmp_path, path, mapping={"Umsatz p.W.": "weekly_revenu"})[0].startswith(
        "a.xlsx: --map names an unknown column 'weekly_revenu'; did you mean 'weekly_revenue'?"
    )
    [problem] = errors_of(tmp_path, path, mapping={"Umsatz pW": "weekly_revenue", "Umsaz": "annual_target"})[:1]
    assert "unknown heading 'Umsaz'" in problem
    assert errors_of(tmp_path, path, mapping={"Umsatz p.W.": "id", "format": "id"})


def test_map_options_are_parted_at_the_last_sign():
    assert parse_mapping(["a=b=city", " Ort = city", "X="]) == {"a=b": "city", "Ort": "city", "X": ""}
    with pytest.raises(InputError) as caught:
        parse_mapping(["city", "=city", "Ort=city", "Ort=name"])
    assert len(caught.value.problems) == 3


def test_unknown_columns_are_kept_and_near_misses_suggested(tmp_path):
    rows = [["id", "format", "Partnr", "Bemerkung", "", "Bemerkung"], ["S1", "M", "Elbe", " =1+1", "stray", "y"]]
    path = write_workbook(tmp_path / "a.xlsx", {"A": rows})
    imported = read(tmp_path, path)
    assert imported.checked().shops[0].extra == (("Partnr", "Elbe"), ("Bemerkung", " =1+1"))
    said = warnings_of(tmp_path, path)
    assert any("A!C1: 'Partnr' is unknown" in text and "--map 'Partnr=partner'" in text for text in said)
    assert "a.xlsx, A!D1: 'Bemerkung' is unknown and kept as it is" in said
    assert any("A!E1: the column has no heading" in text for text in said)
    assert any("A!F1: 'Bemerkung' is not read" in text for text in said)


def test_two_headings_for_one_column(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", {"A": [["id", "format", "Ort", "Stadt"], ["S1", "M", "Ulm", "Bonn"]]})
    [problem] = errors_of(tmp_path, path)
    assert "A!D1 (city): 'Stadt' may be city, but so may 'Ort' in column C" in problem
    assert shops_of(tmp_path, path, mapping={"Stadt": "city"})[0].city == "Bonn"
    assert shops_of(tmp_path, path, mapping={"Stadt": ""})[0].city == "Ulm"
    path = write_workbook(tmp_path / "b.xlsx", {"A": [["id", "format", "city", "Ort"], ["S1", "M", "Ulm", "Bonn"]]})
    [shop] = shops_of(tmp_path, path)
    assert (shop.city, shop.extra) == ("Ulm", (("Ort", "Bonn"),))


def test_a_start_is_a_fixed_date_only_where_the_heading_says_so(tmp_path):
    rows = [["S1", "M", "2021-08-02", ""], ["S2", "M", "", ""], ["S3", "M", "2021-08-02", "zurückgestellt"]]
    fixed = write_csv(tmp_path / "a.csv", [["id", "format", "Fixtermin", "Status"], *rows])
    assert [shop.status for shop in shops_of(tmp_path, fixed)] == [Status.FIXED, Status.BACKLOG, Status.DEFERRED]
    plain = write_csv(tmp_path / "b.csv", [["id", "format", "Umbaustart", "Status"], *rows])
    assert [shop.status for shop in shops_of(tmp_path, plain)] == [Status.BACKLOG, Status.BACKLOG, Status.DEFERRED]


def test_cells_that_the_program_could_not_work_out(tmp_path):
    path = tmp_path / "a.xlsx"
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "A"
    for row in (["id", "format", "Umbau ab", "Notiz"], ["S1", "M", "#N/A", "x"], ["S2", "M", "=TODAY()", "=1+1"]):
        sheet.append(row)
    sheet["C2"].data_type = "e"
    workbook.save(path)
    problems = errors_of(tmp_path, path)
    assert len(problems) == 2
    assert problems[0].startswith("a.xlsx, A!C2 (ready_from): holds the error #N/A")
    assert problems[1].startswith("a.xlsx, A!C3 (ready_from): holds a formula that was saved without its result")
    assert any("A!D3 (Notiz): holds a formula" in text for text in warnings_of(tmp_path, path))


def test_postcodes(tmp_path):
    rows = [["id", "format", "PLZ"], ["S1", "M", 1067], ["S2", "M", "01067"], ["S3", "M", "1067"], ["S4", "M", 99.5]]
    path = write_workbook(tmp_path / "a.xlsx", {"A": rows})
    assert [shop.postcode for shop in shops_of(tmp_path, path)] == ["01067", "01067", "1067", "99.5"]
    assert any("A!C4 (postcode): '1067' is text of four digits" in text for text in warnings_of(tmp_path, path))
    assert shops_of(tmp_path, write_csv(tmp_path / "a.csv", rows))[2].postcode == "01067"
    other = tmp_path / "other"
    other.mkdir()
    write_folder(other, {"rollout.toml": ROLLOUT + '[calendar]\ncountry = "AT"\n'})
    assert shops_of(other, path)[0].postcode == "1067"


@pytest.mark.parametrize(
    ("separator", "others", "text", "number"),
    [
        (";", [], "12.000", 12000.0),
        (";", [], "12,5", 12.5),
        (";", ["0.5"], "12.000", 12.0),
        (",", [], "12.000", 12.0),
        (",", [], "12,000", 12000.0),
        (",", ["1.000,5"], "12.000", 12000.0),
        ("\t", ["1.000.000"], "12.000", 12000.0),
        ("\t", [], "12000", 12000.0),
        (";", [], "EUR 12 000,50", 12000.5),
        (";", [], "12.000,- €", 12000.0),
        (";", [], "-", 0.0),
        (";", [], "1,5e3", 1500.0),
    ],
)
def test_numbers_as_text(tmp_path, separator, others, text, number):
    rows = [["id", "format", "Umsatz/Woche"], ["S1", "M", text]]
    rows += [[f"X{place}", "M", other] for place, other in enumerate(others)]
    assert shops_of(tmp_path, write_csv(tmp_path / "a.csv", rows, separator))[0].weekly_revenue == number


def test_degrees_have_no_thousands(tmp_path):
    for separator, lat, lon in (("\t", "48,137", "11.575"), (";", "48.137", "11,575")):
        rows = [["id", "format", "Breite", "Länge"], ["S1", "M", lat, lon]]
        [shop] = shops_of(tmp_path, write_csv(tmp_path / "a.csv", rows, separator))
        assert (shop.lat, shop.lon) == (48.137, 11.575)


def test_a_line_for_excel_that_names_the_separator(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"sep=;\r\nid;format\r\nS1;X\r\n")
    assert errors_of(tmp_path, path) == ["a.csv, B3 (format): unknown format 'X'. Allowed: M, L."]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsx", b"", "no row of headings"),
        ("a.csv", b"\n\n", "no row of headings"),
        ("a.csv", b"hello;world\n1;2\n", "no row of headings"),
        ("a.csv", b"id;format\n", "no shops below"),
        ("a.csv", b'id;format\nS1;"M\n', "cannot be split"),
        ("a.csv", b"id;format\nS1;M\x00\n", "neither a workbook nor text"),
        ("a.csv", b"id;format\nS1;\x81\n", "neither a workbook nor text"),
        ("a.csv", b"%PDF-1.7\x01\xe4", "neither a workbook nor text"),
        ("a.xls", b"<html><table><tr><td>id</td></tr></table></html>", "web page"),
        ("a.xlsx", b"PK\x03\x04 no zip", "cannot be read as a workbook"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 no workbook", "cannot be read"),
    ],
)
def test_files_that_are_no_spreadsheets(tmp_path, name, content, says):
    path = tmp_path / name
    path.write_bytes(content)
    [problem] = errors_of(tmp_path, path)
    assert says in problem


def test_files_that_are_not_there(tmp_path):
    assert "no such file" in errors_of(tmp_path, tmp_path / "a.xlsx")[0]
    assert "is a folder" in errors_of(tmp_path, tmp_path)[0]


def test_a_sheet_of_monstrous_size_is_refused(tmp_path):
    path = write_workbook(tmp_path / "a.xlsx", {"A": [["id", "format"], ["S1", "M"]]})
    workbook = openpyxl.load_workbook(path)
    workbook["A"]["XFD1048576"] = "far out"
    workbook.save(path)
    assert "too large when unpacked" in errors_of(tmp_path, path)[0]
    workbook["A"]["XFD1048576"] = None
    workbook["A"]["D250000"] = "far down"
    workbook.save(path)
    assert "reaches to row 250,000" in errors_of(tmp_path, path)[0]
