import base64
import random
import zipfile
import zlib
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.exchange.problems import ProblemLog
from planner.exchange.spreadsheet.csv_grid import csv_grid
from planner.exchange.spreadsheet.grid import Grid, column_letters
from planner.exchange.spreadsheet.headings import count_known
from planner.exchange.spreadsheet.workbook_grid import workbook_grids
from tests.exchange.sheets import errors_of, shops_of, write_workbook

# An .xls with a title, the headings Filialnummer, Shopformat, PLZ, Bundesland and Umbau ab, and one shop.
XLS = zlib.decompress(
    base64.b85decode(
        "c-rk)O=uHA6#izjY0{83Nlk@TD4}50S_;LBmo{2zdoiV2MJ<AEnw5qoo06Y{9<*9}6a-I-mqI;wsd}l39`xoxsOUiugjSE91O*Rm);Di=Yf}{("
        "&|+o3W!}ttGxOfeyqUMN`)VPwIP;)+3G2`U56WgOYSzdErCNsxgX&FF7M<Kr$#k)$Q0pg0)_C!x?xj!qQ2Kib3ht}Vi2@%eoyG(PbA}$<MD+3)"
        "G$F^(O;q4EN$SzWqiSF}%5)pkd))FV(*rEI#<ZK-E{YK>#0T5=+q?Lr(#m!9ka{0-pLZ<jLL*+tU3}@fu-bZYFrU^kTdbl*4PqAL&;i}h^O6tY"
        "4gx@5UuPoGd5W-zC^>r;U(Fcs#W~f_Vy=91<pL!CRw?)WM(!sku9x3XRA3V3Sw1Aw6qggK6^xH*Nj;O%yOxpUuq{&%=uc;8hZv=7R?pLp7#_<_"
        "oXh32TG0ax9UdW3Z^=mMg^XsTD54+FCbd#bO9t#>CS54%bXNMiXv-yNiw$d|V+Gv^NDCZH!WF@!jt^OoXbK@NNBF3PX@tvnKfg{ShvH{gGRZFx"
        ">ov1e&I%?j%O2FZo@+czy_DLy$6lsaSnCchH#3b=8_L^;8tp>=6t}s`wQXc)ALC7Y*P8NfDo=kp@~CC{V|)*l=LVK8MCabdXV6M(m!kginL>x?"
        "5VvkhJdQiLutU;&rcFPEC%+Qrd3j;l@6r%f=s-$YgasBSS4XUJioI4A=ONCs%BjSuwq|S9Dm8;Od+ip=FKjE^qQ=%}c}BYJq9QqIdoJwMN!$L_"
        "I+bRdoLA7JG+<t;p^*Cn0l0AC!i5VLE?l_yXCW_}ihZ?K?aQ^i68h}_IxCdQ?r)O+7Dthzr$`@_hhR{i$N8%E&vtl)qf2bCkMqA!;sjaGW1K!w"
        "<v7Nx-oNzOCDzVo!yUta?g&+Dzg*2Y|FZq>Ol#}N"
    )
)

ODS_TABLE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Tabelle1">
<table:table-row>
<table:table-cell office:value-type="string"><text:p>Umbauliste</text:p></table:table-cell>
</table:table-row>
<table:table-row>{headings}</table:table-row>
<table:table-row>
<table:table-cell office:value-type="string"><text:p>F1</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>M</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="1067"><text:p>1067</text:p></table:table-cell>
<table:table-cell office:value-type="string"><text:p>Sachsen</text:p></table:table-cell>
<table:table-cell office:value-type="date" office:date-value="2021-09-01"><text:p>01.09.2021</text:p></table:table-cell>
<table:table-cell table:number-columns-repeated="16379"/>
</table:table-row>
<table:table-row table:number-rows-repeated="1048573">
<table:table-cell table:number-columns-repeated="16384"/>
</table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""
HEADINGS = ("Filialnummer", "Shopformat", "PLZ", "Bundesland", "Umbau ab")


def ods():
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in HEADINGS
    )
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
        # As office programs write it: on one line.
        archive.writestr("content.xml", ODS_TABLE.format(headings=cells).replace(">\n", ">"))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content"), [("a.xls", XLS), ("a.ods", ods()), ("misnamed.csv", ods())], ids=["xls", "ods", "misnamed"]
)
def test_other_kinds_of_workbooks(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    [shop] = shops_of(tmp_path, tmp_path / name)
    assert (shop.id, shop.format, shop.postcode, shop.state) == ("F1", "M", "01067", "SN")
    assert shop.ready_from == date(2021, 9, 1)


def damaged(content, seed):
    """`content` with a few bytes changed, sometimes cut short."""
    dice = random.Random(seed)
    data = bytearray(content)
    for _ in range(dice.randint(1, 8)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data[: dice.randrange(len(data))] if dice.random() < 0.3 else data)


def test_damaged_workbooks_are_read_or_refused_with_a_sentence(tmp_path):
    xlsx = write_workbook(tmp_path / "a.xlsx", {"A": [["id", "format"], ["S1", "M"]]}).read_bytes()
    refused = 0
    for content in (xlsx, ods(), XLS):
        for seed in range(12):
            log = ProblemLog()
            grids = workbook_grids(damaged(content, seed), "a.xlsx", None, log)
            assert not (grids and log.errors)
            refused += len(log.errors)
    assert 0 < refused < 36


@pytest.mark.parametrize("seed", range(6))
def test_a_damaged_file_is_refused_as_a_whole(tmp_path, seed):
    path = write_workbook(tmp_path / "a.xlsx", {"A": [["id", "format"], ["S1", "M"], ["S2", "X"]]})
    path.write_bytes(damaged(path.read_bytes(), seed)[:-30])
    assert errors_of(tmp_path, path)


def test_a_process_that_dies_is_a_sentence(tmp_path, monkeypatch):
    path = write_workbook(tmp_path / "a.xlsx", {"A": [["id", "format"], ["S1", "M"]]})
    monkeypatch.setattr("sys.executable", "/bin/false")
    assert "damaged, or too large when unpacked" in errors_of(tmp_path, path)[0]


@given(st.binary(max_size=60) | st.text(alphabet="id;format,S1M\n\r\t\"'=", max_size=60).map(str.encode))
def test_any_bytes_are_a_table_or_a_mistake(data):
    log = ProblemLog()
    grid = csv_grid(data, "a.csv", lambda cells: count_known(cells, {}), log)
    assert (grid is None) is bool(log.errors)


@pytest.mark.parametrize(("position", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_spreadsheets_call_them(position, letters):
    assert column_letters(position) == letters


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        ("", "D17"),
        ("Tabelle1", "Tabelle1!D17"),
        ("Süd", "Süd!D17"),
        ("My list", "'My list'!D17"),
        ("Tom's", "'Tom''s'!D17"),
        ("2021", "'2021'!D17"),
        ("a\x1b[31m", "'a\\x1b[31m'!D17"),
    ],
)
def test_cells_are_called_as_spreadsheets_call_them(sheet, name):
    assert Grid(sheet, []).cell_name(17, 3) == name
