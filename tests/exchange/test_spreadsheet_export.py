import csv
import io
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.plan import Cost, Plan, PlannedPhase, PlanStatus, Remodel, RemodelStatus, Unplanned
from planner.domain.shop import Kind, Shop, Status
from planner.exchange.folder import read_folder
from planner.exchange.problems import InputError
from planner.exchange.shops import COLUMNS
from planner.exchange.spreadsheet import workbook_grid
from planner.exchange.spreadsheet.columns import SHOP_COLUMNS, shop_columns
from planner.exchange.spreadsheet.csv_export import GERMAN, PLAIN, export_csv, shops_csv
from planner.exchange.spreadsheet.protection import protected, unprotected
from planner.exchange.spreadsheet.workbook import shops_sheet, workbook_bytes
from planner.exchange.spreadsheet.workbook_process import take_apart
from planner.exchange.text import clean
from tests.exchange.rollout_folders import write_folder
from tests.exchange.sheets import read, shops_of, warnings_of

WORST = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "＝1+1",
    " =1+1",
    "'=1+1",
    "''=1",
    "'",
    "'t Hooft",
    "' quoted'",
    "1e5",
    "0001",
    "1067",
    "'1067",
    "12.03.2021",
    "TRUE",
    "https://example.org",
    "mailto:a@b.c",
    "{=1+1}",
    "[/foo]",
    "_x0041_",
    "<b>&amp;</b>",
    'say "hi", ok; | no',
    "Ümläut ß ẞ",
    "名前 🏪",
    "a  b",
    "#N/A",
    "\ufeffx",
    "x" * 3000,
)
FOLDER = "shops.csv"


def with_shops(folder, *shops):
    return replace(read_folder(write_folder(folder))[0], shops=shops)


def written(folder, rollout, plan=None):
    """Each form of the export, as a file to import."""
    contents = {
        "shops.xlsx": workbook_bytes(rollout, [shops_sheet(rollout, plan)]),
        "plain.csv": export_csv(rollout, plan, PLAIN),
        "german.csv": export_csv(rollout, plan, GERMAN),
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


@contextmanager
def in_this_process():
    """Workbooks are taken apart here: a process for each of many examples would cost more than what is tested."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook_grid, "_in_a_process", take_apart)
        yield


FULL = Shop(
    id="S1",
    format="M",
    name="=cmd|' /C calc'!A0",
    street="Am Markt 1",
    postcode="01067",
    city="Dresden",
    partner="Elbe Mobil",
    kind=Kind.AGENCY,
    state="SN",
    catholic=True,
    region="South",
    lat=51.0509,
    lon=-0.125,
    weekly_revenue=12000.125,
    annual_target=0.1 + 0.2,
    priority=9,
    tags=("pilot", "=mall", "a, b; c"),
    ready_from=date(2021, 9, 1),
    due_by=date(2200, 12, 31),
    after=("S2",),
    status=Status.FIXED,
    start=date(2021, 8, 2),
    crews=("B1",),
    published_start=date(1970, 1, 1),
    extra=(("=note", "+x"), ("Ort", "elsewhere"), ("Weekly Revenue", "7")),
)
BARE = Shop(id="S2", format="L", state="BY")


def test_every_form_reads_back_the_same(tmp_path):
    rollout = with_shops(tmp_path, FULL, BARE)
    for path in written(tmp_path, rollout):
        assert shops_of(tmp_path, path) == (FULL, BARE), path.name


def test_the_folder_form_is_what_folders_have(tmp_path):
    write_folder(tmp_path, {FOLDER: shops_csv((FULL, BARE))})
    assert read_folder(tmp_path)[0].shops == (FULL, BARE)


def test_every_column_of_shops_csv_is_written():
    assert {column.heading for column in SHOP_COLUMNS} == set(COLUMNS.known)


@pytest.mark.parametrize("text", WORST)
def test_worst_names(tmp_path, text):
    text = clean(text)
    shop = Shop(id="S1", format="M", name=text, city=text, postcode=text, extra=((f"{text}!", text),))
    rollout = with_shops(tmp_path, shop)
    for path in written(tmp_path, rollout):
        with in_this_process():
            imported = read(tmp_path, path)
        assert imported.checked().shops[0] == replace(shop, extra=((f"{text}!".strip(), text),)), path.name


def test_nothing_in_a_workbook_is_a_formula_a_link_or_a_number(tmp_path):
    shops = [Shop(id=f"={place}", format="M", name=text, extra=((text, text),)) for place, text in enumerate(WORST)]
    rollout = with_shops(tmp_path, *shops)
    path = written(tmp_path, rollout)[0]
    sheet = openpyxl.load_workbook(path)["Shops"]
    text_columns = [cell.column for cell in sheet[1] if cell.value != "priority"]
    for row in sheet.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert cell.hyperlink is None
            if cell.row > 1 and cell.column in text_columns:
                assert isinstance(cell.value, str | None)


def test_nothing_in_a_csv_is_a_formula(tmp_path):
    shops = [Shop(id=f"={place}", format="M", name=text, extra=((text, text),)) for place, text in enumerate(WORST)]
    rollout = with_shops(tmp_path, *shops)
    for style, path in zip((PLAIN, GERMAN), written(tmp_path, rollout)[1:], strict=True):
        rows = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""), delimiter=style.separator)
        assert not [cell for row in rows for cell in row if cell[:1] in tuple("=+-@＝＋－＠\t\r ")]


def test_cells_are_typed_and_the_sheet_is_ready_for_work(tmp_path):
    rollout = with_shops(tmp_path, FULL, BARE)
    sheet = openpyxl.load_workbook(written(tmp_path, rollout)[0])["Shops"]
    cells = dict(zip([cell.value for cell in sheet[1]], sheet[2], strict=True))
    assert cells["ready_from"].is_date
    assert cells["ready_from"].value.date() == FULL.ready_from
    assert cells["weekly_revenue"].value == 12000.125
    assert cells["priority"].value == 9
    assert cells["postcode"].value == "01067"
    assert cells["lat"].data_type == "n"
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(3, len(cells)).coordinate}"


def test_the_same_rollout_gives_the_same_bytes(tmp_path):
    rollout = with_shops(tmp_path, FULL, BARE)
    assert workbook_bytes(rollout, [shops_sheet(rollout)]) == workbook_bytes(rollout, [shops_sheet(rollout)])


def test_a_rollout_without_shops(tmp_path):
    rollout = with_shops(tmp_path)
    for path in written(tmp_path, rollout):
        assert "no shops below" in str(read(tmp_path, path).errors[0])


def test_text_that_no_cell_holds_is_said(tmp_path):
    rollout = with_shops(tmp_path, Shop(id="S1", format="M", name="x" * 40_000))
    with pytest.raises(InputError, match=r"shops\.csv, name: .* longer than the 32,767 characters"):
        workbook_bytes(rollout, [shops_sheet(rollout)])


def plan_of(rollout):
    remodel = Remodel(
        shop="S1",
        status=RemodelStatus.PLANNED,
        start=date(2021, 8, 2),
        finish=date(2021, 8, 10),
        closed_from=date(2021, 8, 3),
        closed_to=date(2021, 8, 10),
        phases=(PlannedPhase(name="Build", first=date(2021, 8, 2), last=date(2021, 8, 10), crews={"B1": 2}),),
        cost=Cost(closure=12345, travel=5),
    )
    return Plan(
        rollout=rollout.name,
        scenario=None,
        today=rollout.today,
        status=PlanStatus.OPTIMAL,
        shortfall=0,
        unplanned_priority=0,
        cost=None,
        total=None,
        bound=None,
        gap=None,
        solve=None,
        remodels=(remodel,),
        unplanned=(Unplanned(shop="S2", reason="=no crew"),),
    )


def test_a_plan_adds_its_dates_and_they_are_not_read_back(tmp_path):
    first = replace(BARE, id="S1", published_start=date(2021, 8, 1), extra=(("plan: start", "stale"), ("note", "x")))
    rollout = with_shops(tmp_path, first, BARE)
    paths = written(tmp_path, rollout, plan_of(rollout))
    sheet = openpyxl.load_workbook(paths[0])["Shops"]
    headings = [cell.value for cell in sheet[1]]
    assert headings.count("plan: start") == 1
    cells = dict(zip(headings, [cell.value for cell in sheet[2]], strict=True))
    assert cells["plan: start"].date() == date(2021, 8, 2)
    assert (cells["plan: status"], cells["plan: moved days"], cells["plan: crews"]) == ("planned", 1, "B1")
    assert cells["plan: cost"] == 123.5
    other = dict(zip(headings, [cell.value for cell in sheet[3]], strict=True))
    assert (other["plan: status"], other["plan: reason"], other["plan: start"]) == ("unplanned", "=no crew", None)
    for path in paths:
        assert shops_of(tmp_path, path) == (replace(first, extra=(("note", "x"),)), BARE)
        assert not [text for text in warnings_of(tmp_path, path) if "plan:" in text]


@given(st.text(alphabet="'= 1234x", max_size=6) | st.text(max_size=6), st.booleans())
def test_protection_is_taken_away_again(text, is_postcode):
    assert unprotected(protected(text, is_postcode=is_postcode)) == text


NAMES = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"), max_size=8)
    .map(clean)
    .filter(lambda text: text == text.strip())
)
ITEMS = st.lists(NAMES.map(lambda text: text.replace("|", "").strip()).filter(bool), max_size=3, unique=True).map(tuple)
DAYS = st.none() | st.dates(date(1970, 1, 1), date(2200, 12, 31))
# shops.csv has no exponents of three digits.
NUMBERS = st.floats(-180, 180).filter(lambda number: number == 0 or abs(number) > 1e-90)
AMOUNTS = st.floats(0, 1e12).filter(lambda number: number == 0 or number > 1e-90) | st.integers(0, 10**7).map(
    lambda number: number / 1000
)
ONE_NAME = NAMES.map(lambda text: text.replace("|", "").strip())


@st.composite
def shops(draw, number):
    lat, lon = draw(st.none() | NUMBERS.map(lambda number: number / 2)), draw(NUMBERS)
    extras = draw(st.lists(st.sampled_from(["a", "=b", "Ort", "start date", "Länge", "ID"]), unique=True, max_size=4))
    texts = {column: draw(NAMES) for column in ("name", "street", "postcode", "city")}
    days = {column: draw(DAYS) for column in ("ready_from", "due_by", "start", "finish", "published_start")}
    return Shop(
        id=f"{number}{draw(ONE_NAME)}",
        format=draw(st.sampled_from(["M", "L"])),
        partner=draw(ONE_NAME),
        region=draw(ONE_NAME),
        state=draw(st.sampled_from(["", "BY", "SN"])),
        kind=draw(st.none() | st.sampled_from(Kind)),
        catholic=draw(st.booleans()),
        status=draw(st.sampled_from([Status.BACKLOG, Status.DEFERRED, Status.CANCELLED])),
        lat=lat,
        lon=None if lat is None else lon,
        weekly_revenue=draw(AMOUNTS),
        annual_target=draw(st.none() | AMOUNTS),
        priority=draw(st.integers(1, 9)),
        tags=draw(ITEMS),
        extra=tuple((column, text) for column in sorted(extras) if (text := draw(NAMES))),
        **texts,
        **days,
    )


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_any_shops_read_back_the_same(data):
    number = data.draw(st.integers(1, 4))
    made = tuple(data.draw(shops(place)) for place in range(number))
    with TemporaryDirectory() as name, in_this_process():
        folder = Path(name)
        rollout = with_shops(folder, *made)
        for path in written(folder, rollout):
            assert shops_of(folder, path) == made, path.name
        write_folder(folder, {FOLDER: shops_csv(made)})
        assert read_folder(folder)[0].shops == made


def test_unknown_columns_keep_their_order():
    first = Shop(id="1", format="M", extra=(("b", "x"),))
    second = Shop(id="2", format="M", extra=(("a", "x"), ("b", "x")))
    headings = [column.heading for column in shop_columns([first, second])]
    assert headings[-2:] == ["a", "b"]
    third = Shop(id="3", format="M", extra=(("b", "x"), ("a", "x")))
    assert {column.heading for column in shop_columns([second, third])} >= {"a", "b"}
