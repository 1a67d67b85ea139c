"""Queries mean the same in the database as in memory, and windows are cut from the same list."""

import string
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from planner.domain.query import FIELDS, Field, FieldKind, QueryError, fold, parse, written
from planner.domain.shop import Kind, Shop, Status
from planner.store.backlog import Backlog
from planner.store.errors import StoreError
from planner.store.folders import with_shops
from planner.store.listing import SORTABLE, SortBy, parse_sort
from planner.store.store import read_folder_content
from tests.store.conftest import OpenStore
from tests.store.folders import write_folder

WORDS = (
    "Ulm",
    "ulm",
    "ÜLM",
    "Straße",
    "STRASSE",
    "a%b",
    "a_b",
    "'; DROP TABLE shop; --",
    "x\\y",
    "İ",
    "u\u0308lm",
    "10",
)
DAYS = (date(2021, 8, 31), date(2021, 9, 1), date(2021, 9, 30), date(2021, 12, 24))


def some_shop(number: int) -> Shop:
    """One of many shops that between them have every word in every field, and nothing in some."""

    def word(shift: int) -> str:
        return ("", *WORDS)[(number * shift) % (len(WORDS) + 1)]

    def day(shift: int) -> date | None:
        return (None, *DAYS)[(number * shift) % (len(DAYS) + 1)]

    lists = tuple(dict.fromkeys(word(shift) for shift in (3, 5) if word(shift)))
    return Shop(
        id=f"S{number}" if number % 7 else f"ÜlM{number}",
        format="M",
        name=word(1),
        street=word(2),
        postcode=("", "01067", "10115", "1")[number % 4],
        city=word(3),
        partner=word(7),
        kind=(None, *Kind)[number % 4],
        state=("", "BY", "NW")[number % 3],
        catholic=number % 2 == 0,
        region=word(5),
        lat=None if number % 3 else number / 7,
        lon=None if number % 3 else -number / 9,
        weekly_revenue=(0.0, 10.0, 12.5)[number % 3],
        annual_target=(None, 0.0, 10.0)[number % 3],
        priority=1 + number % 9,
        tags=lists,
        ready_from=day(1),
        due_by=day(2),
        status=(Status.BACKLOG, Status.DEFERRED, Status.CANCELLED)[number % 3],
        published_start=day(3),
    )


SHOPS = tuple(some_shop(number) for number in range(60))


@pytest.fixture
def backlog(open_as: OpenStore, tmp_path: Path) -> Backlog:
    """A rollout with many kinds of shops."""
    content = read_folder_content(write_folder(tmp_path / "folder"))
    rollout = replace(content.rollout, shops=SHOPS)
    return open_as().add(with_shops(content, rollout))


def some_value(field: Field) -> st.SearchStrategy[str]:
    match field.kind:
        case FieldKind.DAY:
            return st.sampled_from(("2021-09", "2021", "01.09.2021", *map(str, DAYS)))
        case FieldKind.NUMBER:
            return st.sampled_from(("1", "5", "9", "10", "12,5", "2.5", "0", "-1", "3"))
        case FieldKind.YES_NO:
            return st.sampled_from(("yes", "no"))
        case FieldKind.CHOICE:
            choices = [name for name, _ in field.choices if name not in ("fixed", "in_progress", "done")]
            return st.sampled_from(choices)
        case _:
            texts = (*WORDS, "S1", "üLM7", "01", "1", "m", "l", "\x00", "\ud800", "\n", "")
            return st.sampled_from(texts) | st.text(string.printable, min_size=1, max_size=3)


@st.composite
def terms(draw: st.DrawFn) -> str:
    minus = draw(st.sampled_from(("", "-")))
    if draw(st.integers(0, 4)) == 0:
        return minus + written(draw(st.sampled_from((*WORDS, "l", "s1", "ulm s"))))
    field = draw(st.sampled_from(FIELDS))
    if field.may_be_missing and draw(st.integers(0, 4)) == 0:
        return f"{minus}has:{field.name}"
    ordered = field.kind in (FieldKind.DAY, FieldKind.NUMBER)
    operator = draw(st.sampled_from((":", "=", "!=", "<", "<=", ">", ">=") if ordered else (":", "=", "!=")))
    many = 2 if operator in (":", "=", "!=") else 1
    values = draw(st.lists(some_value(field), min_size=1, max_size=many))
    return f"{minus}{field.name}{operator}{'|'.join(map(written, values))}"


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.lists(terms(), max_size=4).map(" ".join))
def test_the_database_finds_what_the_query_matches(backlog: Backlog, text: str) -> None:
    try:
        query = parse(text)
    except QueryError:
        reject()
    expected = [shop.id for shop in SHOPS if query.matches(shop)]
    assert list(backlog.versions(query)) == expected
    assert backlog.count(query) == len(expected)


def test_a_query_as_long_as_a_script_writes_it(backlog: Backlog) -> None:
    many = "|".join(f"X{number}" for number in range(5000))
    assert backlog.count(parse(f"id:{many}|S1")) == 1
    endless = parse(" ".join(f"-name:x{number}" for number in range(1200)))
    try:
        found = backlog.count(endless)
    except StoreError as error:
        found = len(SHOPS) if "ask in several parts" in str(error) else 0
    assert found == len(SHOPS)


def sort_key(shop: Shop, column: str) -> object:
    value = getattr(shop, column)
    if isinstance(value, str) and column not in ("kind", "state", "status"):
        value = fold(value)
    return None if value == "" else value


def in_order(sort: tuple[SortBy, ...]) -> list[str]:
    shops = list(SHOPS)
    if sort and sort[0].descending:
        shops.reverse()
    for item in reversed(sort):
        given = [shop for shop in shops if sort_key(shop, item.column) is not None]
        given.sort(key=lambda shop: sort_key(shop, item.column))  # type: ignore[arg-type]
        if item.descending:
            groups: dict[object, list[Shop]] = {}
            for shop in given:
                groups.setdefault(sort_key(shop, item.column), []).append(shop)
            given = [shop for group in reversed(groups.values()) for shop in group]
        shops = given + [shop for shop in shops if sort_key(shop, item.column) is None]
    return [shop.id for shop in shops]


@pytest.mark.parametrize("column", SORTABLE)
def test_every_order_and_every_window(backlog: Backlog, column: str) -> None:
    for sort in ((SortBy(column),), (SortBy(column, descending=True),), (SortBy("status"), SortBy(column, True))):
        windows = [backlog.page(sort=sort, offset=offset, limit=13) for offset in range(0, 78, 13)]
        found = [stored.shop.id for page in windows for stored in page.shops]
        assert found == in_order(sort)
        assert {page.total for page in windows} == {60}


def test_the_shops_of_a_window_are_whole(backlog: Backlog) -> None:
    page = backlog.page(parse("has:tag"), parse_sort("-priority"), limit=1000)
    assert {stored.shop for stored in page.shops} == {shop for shop in SHOPS if shop.tags}
    assert backlog.page(parse("id:nobody")).shops == ()
    assert backlog.page(offset=60).shops == ()


def test_an_order_by_a_column_that_is_not_there() -> None:
    with pytest.raises(StoreError, match="unknown column to sort by 'prioritty'; did you mean 'priority'"):
        parse_sort("-prioritty")
    assert parse_sort(" -revenue, city ,") == (SortBy("weekly_revenue", True), SortBy("city"))


def test_nothing_in_the_data_is_sql(backlog: Backlog) -> None:
    query = parse(written("'; DROP TABLE shop; --"))
    assert backlog.count(query) == sum(query.matches(shop) for shop in SHOPS) > 0
    assert backlog.count(parse("")) == 60


@pytest.mark.parametrize("text", ["l", "-l", "l state:BY", "status:backlog", "nobody"])
def test_every_window_of_what_matches(backlog: Backlog, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.store.sorted_anew._are_enough", lambda *_: True)
    query = parse(text)
    matching = {shop.id for shop in SHOPS if query.matches(shop)}
    for few, candidates in ((0, 40), (0, 5), (2000, 5)):
        monkeypatch.setattr("planner.store.listing.FEW", few)
        monkeypatch.setattr("planner.store.sorted_anew.CANDIDATES", candidates)
        for order in map(parse_sort, ("-priority,name", "due", "status,-ready", "-partner")):
            expected = [shop for shop in in_order(order) if shop in matching]
            counted = None
            for offset in (0, 4, max(0, len(expected) - 4), len(expected)):
                page = backlog.page(query, order, offset=offset, limit=4, counted=counted)
                assert [stored.shop.id for stored in page.shops] == expected[offset : offset + 4]
                assert page.total == len(expected)
                counted = page if offset else None
