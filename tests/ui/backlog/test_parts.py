"""The parts of the backlog that know no terminal: cells, columns, order, windows, and cells from a spreadsheet."""

from dataclasses import replace
from datetime import date

import pytest
from rich.cells import cell_len

from planner.domain.plan import Cost, PlannedPhase, Remodel, RemodelStatus
from planner.domain.query import parse
from planner.domain.shop import Kind, Shop, Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.store.cells import shop_cells
from planner.store.errors import Disagreement, EditConflict
from planner.store.listing import SortBy
from planner.store.records import Edit, Page, RecordKind, StoredShop
from planner.ui.backlog.bulk import plain_action
from planner.ui.backlog.cells import WORDS, as_typed, meant, shown, word
from planner.ui.backlog.clipboard import cells_of_text, paste_into, text_of_cells
from planner.ui.backlog.columns import all_columns, shown_columns
from planner.ui.backlog.conflicts import decided
from planner.ui.backlog.look import Look, only
from planner.ui.backlog.plan_figures import PlanFigures, plan_figures
from planner.ui.backlog.windows import PAGE_ROWS, PAGES_KEPT, Windows
from planner.ui.widgets.line_cells import Wish, fitted, widths_of
from planner.ui.workspace import Loaded
from planner.wording.language import Language
from tests.cli import tiny

COLUMNS = all_columns(["Note"])
SHOP = Shop(
    id="S1",
    format="M",
    name="[@click=app.quit]x[/foo]",
    kind=Kind.OWN,
    weekly_revenue=1234.5,
    due_by=date(2021, 12, 31),
    tags=("a", "b c"),
    status=Status.IN_PROGRESS,
    start=date(2021, 7, 1),
    lat=48.1351,
    lon=11.5,
    extra=(("Note", "\x1b[31mred\u202e"),),
)
REMODEL = Remodel(
    shop="S1",
    status=RemodelStatus.PLANNED,
    start=date(2021, 9, 6),
    finish=date(2021, 9, 30),
    closed_from=date(2021, 9, 7),
    closed_to=date(2021, 9, 29),
    phases=(
        PlannedPhase(name="Survey", first=date(2021, 9, 6), last=date(2021, 9, 6), crews={"V1": 1}),
        PlannedPhase(name="Build", first=date(2021, 9, 7), last=date(2021, 9, 30), crews={"B1": 1, "V1": 1}),
    ),
    cost=Cost(closure=123_456, travel=44),
)
FIGURES = PlanFigures({"S1": REMODEL}, {"S2": "no crew"}, {"S1": date(2021, 9, 30)})


def stored(shop_id: str, version: int = 1, **fields: object) -> StoredShop:
    return StoredShop(Shop(id=shop_id, format="M", **fields), version)  # type: ignore[arg-type]


def test_cells_are_read_in_the_language_in_use(language: Language) -> None:
    is_german = language is Language.GERMAN
    texts = {key: shown(SHOP, COLUMNS[key], FIGURES) for key in COLUMNS}
    assert texts["due_by"] == ("31. Dez. 2021" if is_german else "31 Dec 2021")
    assert texts["weekly_revenue"] == ("1.234,50" if is_german else "1,234.50")
    assert texts["plan.cost"] == ("1.235" if is_german else "1,235")
    assert texts["plan.reopening"] == ("30. Sept. 2021" if is_german else "30 Sep 2021")
    assert texts["plan.crews"] == "V1, B1"
    assert texts["tags"] == "a, b c"
    assert texts["annual_target"] == texts["finish"] == texts["state"] == texts["catholic"] == ""
    assert shown(stored("S2").shop, COLUMNS["plan.start"], FIGURES) != ""
    assert shown(stored("S3").shop, COLUMNS["plan.start"], FIGURES) == ""


def test_text_from_data_shows_as_plain_text() -> None:
    assert shown(SHOP, COLUMNS["name"], FIGURES) == "[@click=app.quit]x[/foo]"
    note = shown(SHOP, COLUMNS["Note"], FIGURES)
    assert note.isprintable()
    assert "red" in note


def test_what_is_typed_means_the_same_again(language: Language) -> None:
    for key, column in COLUMNS.items():
        if column.is_editable and key != "Note":
            text = as_typed(SHOP, column, FIGURES)
            typed = meant("S1", "DE", [(column, text)])
            assert not typed.problems, (key, text)
            again = meant("S1", "DE", [(column, typed.cells[key])])
            assert again.cells == typed.cells, key


def test_words_are_understood_as_they_are_shown(language: Language) -> None:
    for key, codes in WORDS.items():
        for code in codes:
            assert meant("S1", "DE", [(COLUMNS[key], word(key, code))]).cells == {key: code}


def test_typed_days_numbers_and_words_are_understood(language: Language) -> None:
    usual = "1234.5" if language is Language.ENGLISH else "1234,5"
    typed = meant(
        "S1",
        "DE",
        [
            (COLUMNS["due_by"], "6.9.2021"),
            (COLUMNS["weekly_revenue"], usual),
            (COLUMNS["status"], "zurückgestellt"),
            (COLUMNS["state"], "Bayern"),
            (COLUMNS["tags"], "one, two"),
            (COLUMNS["catholic"], "ja"),
        ],
    )
    assert typed.problems == ()
    assert typed.cells["due_by"] == "2021-09-06"
    assert typed.cells["weekly_revenue"] == "1234.5"
    assert typed.cells["status"] == "deferred"
    assert typed.cells["state"] == "BY"
    assert typed.cells["tags"] == "one|two"
    assert typed.cells["catholic"] == "yes"


def test_what_the_plan_says_cannot_be_typed() -> None:
    typed = meant("S1", "DE", [(COLUMNS["plan.start"], "2021-09-06"), (COLUMNS["id"], "S9")])
    assert len(typed.problems) == 2
    assert typed.cells == {}


def test_sorting_turns_round_and_ends() -> None:
    look = Look().sorted_by("name")
    assert look.sort == (SortBy("name"),)
    assert look.mark("name") == "▲"
    look = look.sorted_by("name")
    assert look.sort == (SortBy("name", descending=True),)
    assert look.mark("name") == "▼"
    both = look.sorted_by("city", also=True)
    assert both.sort == (SortBy("name", descending=True), SortBy("city"))
    assert (both.mark("name"), both.mark("city"), both.mark("state")) == ("▼1", "▲2", "")
    assert both.sorted_by("city", also=True).sort == (SortBy("name", descending=True), SortBy("city", descending=True))
    assert both.sorted_by("city").sort == (SortBy("city"),)
    assert look.sorted_by("name").sort == ()


def test_a_query_can_be_narrowed_to_shops() -> None:
    query = only(parse("city:a"), ["S2", "S1"])
    assert [query.matches(stored(name, city="Aa").shop) for name in ("S1", "S2", "S3")] == [True, True, False]
    assert not query.matches(stored("S1", city="b").shop)


def page(number: int, total: int, version: int = 1) -> Page:
    first = number * PAGE_ROWS
    rows = range(first, min(total, first + PAGE_ROWS))
    return Page(total, first, tuple(stored(f"S{row}", version) for row in rows), version)


def test_windows_keep_the_pages_used_last() -> None:
    windows = Windows()
    total = (PAGES_KEPT + 10) * PAGE_ROWS
    windows.take([page(0, total)])
    assert windows.missing(0, 20) == [1]  # the next one, before it is asked for
    assert windows.missing(PAGE_ROWS - 5, PAGE_ROWS + 5) == [1]
    for number in range(1, PAGES_KEPT + 5):
        windows.take([page(number, total)])
        windows.missing(0, 0)  # page 0 stays in use
    assert windows.shop(3) is not None
    assert windows.shop(PAGE_ROWS + 3) is None
    assert sum(1 for _ in windows.at_hand()) == PAGES_KEPT * PAGE_ROWS
    assert windows.shop(total) is None


def test_an_old_page_is_shown_until_it_is_read_anew() -> None:
    windows = Windows()
    windows.take([page(0, 150), page(1, 150)])
    windows.age()
    assert windows.shop(7) == stored("S7", 1)
    assert windows.missing(0, 20) == [0]
    windows.take([page(0, 150, version=2)])
    assert windows.shop(7) == stored("S7", 2)
    assert windows.missing(0, 20) == [1]
    windows.put(stored("S7", 3))
    assert windows.shop(7) == stored("S7", 3)
    windows.take([page(0, 149, version=4)])
    assert windows.missing(100, 120) == [1]  # fewer shops: all behind it have moved


@pytest.mark.parametrize("text", ["plain", "漢字かな", "e\u0301e\u0301", "[/foo]", "עברית", "x" * 40, ""])
@pytest.mark.parametrize("width", [1, 2, 5, 12])
def test_cells_have_their_width(text: str, width: int) -> None:
    for is_right in (False, True):
        assert cell_len(fitted(text, width, is_right)) == width


def test_room_to_spare_goes_to_what_is_cut() -> None:
    wishes = [Wish(4, 4, 20), Wish(4, 50, 20), Wish(4, 30, 20)]
    assert widths_of(wishes, 10) == [4, 20, 20]
    assert widths_of(wishes, 4 + 50 + 25 + 3) == [4, 50, 25]
    assert widths_of(wishes, 200) == [4, 50, 30]


def test_frozen_columns_come_first_and_unknown_ones_are_left_out() -> None:
    keys = [column.key for column in shown_columns(["city", "gone", "name"], COLUMNS)]
    assert keys == ["id", "name", "city"]


def test_cells_from_a_spreadsheet_are_split() -> None:
    assert cells_of_text("a\tb\r\nc\td\r\n") == [["a", "b"], ["c", "d"]]
    assert cells_of_text("a\rb\r") == [["a"], ["b"]]
    assert cells_of_text('"two\nlines"\t"say ""x"""') == [["two\nlines", 'say "x"']]
    assert cells_of_text("a\t\n\tb") == [["a", ""], ["", "b"]]
    assert cells_of_text("") == []


def test_what_is_copied_can_be_pasted_and_is_no_formula(language: Language) -> None:
    item = stored("S1", name="=1+1", weekly_revenue=1234.5, due_by=date(2021, 9, 6), postcode="0123", tags=("a", "b"))
    columns = [COLUMNS[key] for key in ("name", "postcode", "weekly_revenue", "due_by", "tags")]
    text = text_of_cells([item], columns, FIGURES)
    assert text.startswith("'=1+1\t'0123\t")
    grid = cells_of_text(text)
    assert paste_into([item], columns, grid, "DE").edits == []
    other = stored("S2", 7)
    pasted = paste_into([other], columns, grid, "DE")
    assert pasted.problems == []
    assert pasted.edits == [
        Edit(
            RecordKind.SHOP,
            "S2",
            {
                "name": "=1+1",
                "postcode": "0123",
                "weekly_revenue": "1234.5",
                "due_by": "2021-09-06",
                "tags": "a|b",
            },
            7,
        )
    ]


def test_what_does_not_fit_is_told_by_cell() -> None:
    shops = [stored("S1"), stored("S2")]
    columns = [COLUMNS["priority"], COLUMNS["plan.start"]]
    paste = paste_into(shops, columns, [["1", "x"], ["2"], ["3"]], "DE")
    texts = [str(problem) for problem in paste.problems]
    assert any("S1" in text and "Plan start" in text for text in texts)
    assert any("3 rows" in text and "2 shops" in text for text in texts)
    assert any(
        "2 columns" in text for text in [str(p) for p in paste_into(shops, columns[:1], [["1", "2"]], "DE").problems]
    )


def test_a_conflict_is_decided_column_by_column() -> None:
    edits = [Edit(RecordKind.SHOP, name, {"priority": "9", "city": "Ulm"}, 1) for name in ("S1", "S2", "S3")]
    columns = (Disagreement("priority", "5", "6", "9"), Disagreement("name", "a", "b", None))
    conflicts = (
        EditConflict("shop", "S1", 1, 4, "jens", None, columns),
        EditConflict("shop", "S3", 1, None, "jens", None, ()),
    )
    assert decided(edits, conflicts, {("S1", "priority")}) == [
        Edit(RecordKind.SHOP, "S1", {"city": "Ulm"}, 4),
        edits[1],
    ]
    assert decided(edits, conflicts, set())[0] == Edit(RecordKind.SHOP, "S1", {"priority": "9", "city": "Ulm"}, 4)
    assert decided(edits[:1], conflicts, {("S1", "priority"), ("S1", "city")}) == []


def test_shops_are_fixed_so_that_they_close_as_planned() -> None:
    """A shop that the plan has wait three weeks for its builders begins later once it is fixed, and closes the same."""
    survey = Phase(name="Survey", days=1, crews={}, closed=False)
    build = Phase(name="Build", days=3, crews={"builder": 1}, wait_min=1, wait_max=30)
    rollout = replace(tiny.ROLLOUT, formats=(ShopFormat(name="M", phases=(survey, build)),))
    shop = next(shop for shop in rollout.shops if shop.status is Status.BACKLOG)
    monday, closed, last = date(2021, 8, 2), date(2021, 8, 25), date(2021, 8, 27)
    remodel = replace(
        REMODEL,
        shop=shop.id,
        start=monday,
        finish=last,
        closed_from=closed,
        closed_to=last,
        phases=(
            PlannedPhase(name="Survey", first=monday, last=monday, crews={}),
            PlannedPhase(name="Build", first=closed, last=last, crews={"B1": 1}),
        ),
    )
    figures = plan_figures(Loaded(rollout, 1, replace(tiny.PLAN, remodels=(remodel,), unplanned=())))
    action = plain_action("fix-planned", figures)
    assert action.cells_of(shop_cells(shop))["start"] == date(2021, 8, 23).isoformat()
    assert action.cells_of({**shop_cells(shop), "status": "deferred"}) == {}
    assert action.cells_of({**shop_cells(shop), "id": "without a date"}) == {}


def test_a_wrong_cell_names_its_shop_in_the_language(language: Language) -> None:
    shop = {Language.ENGLISH: "shop S1, ", Language.GERMAN: "Filiale S1, "}[language]
    paste = paste_into([stored("S1")], [COLUMNS["plan.start"]], [["2021-09-06"]], "DE")
    assert [str(problem).startswith(shop) for problem in paste.problems] == [True]
