"""What is wrong with folders, spreadsheets and scenarios, said in German."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from planner.exchange.whole_files import CannotWriteError, write_whole
from planner.wording.language import Language
from planner.wording.translation import speaking

from .rollout_folders import ROLLOUT, errors_in, warnings_in, write_folder
from .scenario_folders import changed, mistakes
from .sheets import errors_of, write_workbook


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    with speaking(Language.GERMAN):
        yield


def test_mistakes_of_a_folder_name_file_row_and_column(tmp_path: Path) -> None:
    write_folder(
        tmp_path,
        {
            "rollout.toml": ROLLOUT.replace("2022-06-30", '"30.06.2022"').replace('"Test"', "5"),
            "shops.csv": (
                'id,format,status,start,weekly_revenue\nS1,M,fixed,,"1.234,5"\nS1,XL,backlok,31.02.2021,x\nS3\n'
            ),
            "crews.csv": "id,trade,first,last\nB1,builder,2021-08-02,2021-08-01\n",
        },
    )
    assert errors_in(tmp_path) == [
        "rollout.toml, horizon, last: muss ein Datum sein, ist aber der Text „30.06.2022“; schreiben Sie "
        "2022-06-30 ohne "
        "Anführungszeichen",
        "rollout.toml, name: muss Text in Anführungszeichen sein, ist aber die Zahl 5",
        "shops.csv, Zeile 2, Spalte weekly_revenue: „1.234,5“ ist keine Zahl; schreiben Sie 1234.5 (Punkt vor den "
        "Nachkommastellen, kein Zeichen für Tausender)",
        "shops.csv, Zeile 2, Spalte start: ist nicht angegeben, aber eine Filiale mit Status fixed braucht es",
        "shops.csv, Zeile 3, Spalte status: Status „backlok“ ist unbekannt; meinten Sie „backlog“? Erlaubt: backlog, "
        "fixed, in_progress, done, deferred, cancelled.",
        "shops.csv, Zeile 3, Spalte format: Format „XL“ ist unbekannt; meinten Sie „L“? Erlaubt: M, L.",
        "shops.csv, Zeile 3, Spalte weekly_revenue: „x“ ist keine Zahl; schreiben Sie Ziffern mit einem Dezimalpunkt, "
        "etwa 1234.5",
        "shops.csv, Zeile 3, Spalte start: den Tag 31.02.2021 gibt es nicht",
        "shops.csv, Zeile 3, Spalte id: „S1“ ist schon die id von Zeile 2; geben Sie jeder Zeile eine eigene",
        "shops.csv, Zeile 4: hat 1 Zelle, die Kopfzeile nennt aber 5 Spalten; schreiben Sie für jede nicht angegebene "
        "Zelle ein Komma",
        "crews.csv, Zeile 2, Spalte last: 2021-08-01 liegt vor „first“ (2021-08-02); bringen Sie die Tage in die "
        "richtige Reihenfolge",
    ]


def test_a_fixed_date_on_a_day_without_work(tmp_path: Path) -> None:
    shops = "id,format,state,status,start\nS1,M,BY,fixed,2021-11-01\nS2,M,BY,fixed,2021-10-03\n"
    write_folder(tmp_path, {"shops.csv": shops})
    assert errors_in(tmp_path) == [
        "shops.csv, Zeile 2, Spalte start: am 2021-11-01 kann niemand arbeiten: in BY ist der Feiertag "
        "„Allerheiligen“; "
        "der nächste Arbeitstag ist der 2021-11-02",
        "shops.csv, Zeile 3, Spalte start: am 2021-10-03 kann niemand arbeiten: in BY ist der Feiertag „Tag der "
        "Deutschen Einheit“; der nächste Arbeitstag ist der 2021-10-04",
    ]


def test_oddities_are_counted(tmp_path: Path) -> None:
    write_folder(tmp_path, {"crews.csv": "id,trade,regions\nV1,surveyor,South\nB1,builder,\n"})
    assert warnings_in(tmp_path) == []
    shops = "id,format,region\nS1,M,South\nS2,M,West\nS3,M,West\nS4,M,\n"
    write_folder(tmp_path, {"shops.csv": shops, "crews.csv": "id,trade,regions\nV1,surveyor,South\n"})
    assert warnings_in(tmp_path) == [
        "shops.csv, Zeile 3, Spalte region: kein Team für surveyor bedient die Region „West“, deshalb können 2 "
        "Filialen "
        "nicht umgebaut werden",
        "shops.csv, Zeile 5, Spalte region: kein Team für surveyor bedient Filialen ohne Region, deshalb kann 1 "
        "Filiale "
        "nicht umgebaut werden",
        "crews.csv, trade: kein Team hat das Gewerk „builder“, deshalb können 4 Filialen nicht umgebaut werden",
    ]


def test_mistakes_of_a_spreadsheet_name_the_cell(tmp_path: Path) -> None:
    rows = [["id", "format", "Umbau ab", "Umsatz/Woche"], ["S1", "M", 44440, "12.000"], ["S2", "XL", "soon", True]]
    path = write_workbook(tmp_path / "a.xlsx", {"A": rows})
    assert sorted(errors_of(tmp_path, path)) == [
        "a.xlsx, A!B3 (format): Format „XL“ ist unbekannt; meinten Sie „L“? Erlaubt: M, L.",
        "a.xlsx, A!C2 (ready_from): enthält 44440, das ist kein Datum; formatieren Sie die Zelle als Datum, "
        "falls es der "
        "2021-09-01 ist",
        "a.xlsx, A!C3 (ready_from): „soon“ ist kein Datum; schreiben Sie Jahr-Monat-Tag, etwa 2021-07-13",
        "a.xlsx, A!D2 (weekly_revenue): „12.000“ kann 12000 oder 12.0000 heißen; schreiben Sie eines davon",
        "a.xlsx, A!D3 (weekly_revenue): enthält yes, das ist keine Zahl; machen Sie eine daraus",
    ]


def test_the_process_that_takes_workbooks_apart_speaks_the_same_language(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook = openpyxl.Workbook()
    for row in (["id", "format", "Umbau ab"], ["S1", "M", "=TODAY()"]):
        workbook.active.append(row)
    workbook.save(path)
    (found,) = errors_of(tmp_path, path)
    assert found.endswith(
        "(ready_from): enthält eine Formel, die ohne ihr Ergebnis gespeichert wurde; setzen Sie einen Wert an diese "
        "Stelle, oder leeren Sie die Zelle"
    )
    path.write_bytes(b"PK\x03\x04 no workbook")
    (found,) = errors_of(tmp_path, path)
    assert "lässt sich nicht als Arbeitsmappe lesen (" in found


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ("[set]\ncosts.footfal = 1", "costs, footfal: Schlüssel „footfal“ ist unbekannt; meinten Sie „footfall“?"),
        ("[set]\ncrews.South.builder = 1.5", "muss eine ganze Zahl von Einheiten sein, ist aber die Zahl 1.5"),
        ("[set]\nhorizon.last = '+1'", "2022-06-30 ist ein Datum, das sich um Tage oder Wochen verschiebt"),
        ("drop = ['crews.B3']", "Team nicht gefunden: id „B3“ ist unbekannt. Erlaubt: B1, B2, V1, W1."),
        ("[[shops]]\nwhere = 'regio:South'\nset.priority = 1", "Stelle 1: das Feld „regio“ ist unbekannt; meinten Sie"),
        ("[[shops]]\nwhere = 'nowhere'\nset.priority = 1", "keine Filiale passt; keine Filiale hat den gesuchten Text"),
        ("why = 'Only so'", "set: es ändert sich nichts; schreiben Sie unter [set] Werte mit ihrem Pfad"),
    ],
)
def test_mistakes_of_a_scenario(tmp_path: Path, changes: str, said: str) -> None:
    found = mistakes(tmp_path, changes)
    assert any(said in text for text in found), found


def test_what_a_scenario_does_is_told(tmp_path: Path) -> None:
    effects = changed(
        tmp_path,
        "drop = ['crews.B2']\n[set]\ncosts.footfall = '-10 %'\ncrews.South.builder = 3\n"
        "[[shops]]\nwhere = 'region:South'\nset.ready_from = '+14 days'\nset.priority = 9\n",
    ).effects
    assert effects == (
        "Kosten, Kundenfrequenz: 0,72 statt 0,8",
        "Teams für builder der Region „South“: 3 Einheiten statt 5 (B1 2, B2 1)",
        "1 Team (B2): gestrichen",
        "1 Abwesenheit (von B2): gestrichen",
        "1 Filiale (S1), bereit ab: 14 Tage später; bei 2 weiteren fehlt die Angabe, sie bleiben, wie sie sind",
        "3 Filialen (S1, S3, S4), Priorität: 9 statt 2 anderer Werte",
    )


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("in the way", encoding="utf-8")
    with pytest.raises(
        CannotWriteError, match="lässt sich nicht schreiben: wo ein Ordner stehen muss, steht eine Datei"
    ):
        write_whole(tmp_path / "out", {"plan.json": b"{}"})
