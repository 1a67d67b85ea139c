"""Many rows at once arrive as they are, on each kind of database, whatever is written in them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import MetaData, Table, text, update

from planner.domain.query import parse
from planner.store.importing import MANY_SHOPS
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store, read_folder_content
from planner.store.tables import SHOP
from tests.store.conftest import OpenStore
from tests.store.folders import write_folder

ODD = ('a "b"', "back\\slash \\u0041", "{1,2}", "NULL", "ä|ß", "'; DROP TABLE shop; --", "%s :x $1", "😀 é")
MANY = 60


def test_odd_texts_in_many_rows_arrive_as_they_are(open_as: OpenStore, tmp_path: Path) -> None:
    names = {f"S{number}": ODD[number % len(ODD)] for number in range(MANY)}
    rows = ['"{}","{}",M'.format(shop, name.replace('"', '""')) for shop, name in names.items()]
    folder = write_folder(tmp_path / "folder", {"shops.csv": "id,name,format\n" + "\n".join(rows) + "\n"})
    backlog = open_as().add(read_folder_content(folder))
    assert {shop.id: shop.name for shop in backlog.load()[0].shops} == names
    tags = {shop: name.replace("|", "") for shop, name in names.items()}
    backlog.edit([Edit(RecordKind.SHOP, shop, {"tags": tag}) for shop, tag in tags.items()], "tags")
    assert {shop.id: shop.tags for shop in backlog.load()[0].shops} == {shop: (tag,) for shop, tag in tags.items()}
    assert len(backlog.versions(parse('tag:"{1,2}"'))) == sum(tag == "{1,2}" for tag in tags.values())
    changes = backlog.entry(backlog.revision()).changes
    assert {change.key: change.after for change in changes} == tags
    backlog.undo()
    assert not any(shop.tags for shop in backlog.load()[0].shops)


def many_shops(ids: Sequence[str]) -> dict[str, str]:
    rows = ['"{}",M'.format(shop.replace('"', '""')) for shop in ids]
    return {"shops.csv": "id,format\n" + "\n".join(rows) + "\n"}


def test_many_records_are_found_whatever_they_are_called(open_as: OpenStore, tmp_path: Path) -> None:
    ids = [f"{ODD[number % len(ODD)]} {number}".replace("|", "/") for number in range(MANY)]
    backlog = open_as().add(read_folder_content(write_folder(tmp_path / "folder", many_shops(ids))))
    assert [stored.shop.id for stored in backlog.shops(ids[::-1])] == ids[::-1]
    assert set(backlog.cells(RecordKind.SHOP, [*ids, "nobody"])) == set(ids)


def test_many_rows_with_a_value_each_and_without_one(open_as: OpenStore, tmp_path: Path) -> None:
    ids = [f"S{number}" for number in range(MANY)]
    backlog = open_as().add(read_folder_content(write_folder(tmp_path / "folder", many_shops(ids))))
    cells = [
        {"weekly_revenue": f"{number}.25", "state": ("BY", "NW", "")[number % 3], "name": ODD[number % len(ODD)]}
        | ({"ready_from": f"2021-08-{1 + number % 28:02}", "catholic": "yes"} if number % 2 else {"priority": "9"})
        for number in range(MANY)
    ]
    before = backlog.load()[0]
    backlog.edit([Edit(RecordKind.SHOP, shop, new) for shop, new in zip(ids, cells, strict=True)], "many")
    after = backlog.load()[0]
    for shop, new in zip(after.shops, cells, strict=True):
        ready = date.fromisoformat(new["ready_from"]) if "ready_from" in new else None
        assert (shop.weekly_revenue, shop.state, shop.name) == (float(new["weekly_revenue"]), new["state"], new["name"])
        assert (shop.ready_from, shop.catholic) == (ready, ready is not None)
    assert backlog.count(parse("state:BY")) == backlog.count(parse("region:BY")) == MANY // 3
    assert backlog.undo().records == MANY
    assert backlog.load()[0] == before
    backlog.redo()
    assert backlog.load()[0] == after


def test_a_server_knows_its_tables_as_soon_as_many_shops_are_in(postgres_url: str, tmp_path: Path) -> None:
    ids = [f"S{number}" for number in range(MANY_SHOPS)]
    count = text("SELECT reltuples FROM pg_class WHERE relname = 'shop'")
    with open_store(StoreSettings(db=postgres_url)) as store:
        store.add(read_folder_content(write_folder(tmp_path / "folder", many_shops(ids))))
        with store.database.reading() as connection:
            assert connection.execute(count).scalar_one() == MANY_SHOPS


def test_a_server_that_will_not_look_at_its_tables_does_no_harm(postgres_url: str) -> None:
    with open_store(StoreSettings(db=postgres_url)) as store:
        store.database.look_at(Table("not_there", MetaData()))
        assert store.rollouts() == ()


def test_a_server_keeps_edited_rows_where_its_indexes_find_them(postgres_url: str, tmp_path: Path) -> None:
    ids = [f"S{number}" for number in range(MANY_SHOPS)]
    in_place = text("SELECT pg_stat_get_xact_tuples_hot_updated('shop'::regclass)")
    work = {"priority": 9, "status": "done", "tags": "east", "ready_from": date(2021, 8, 2), "version": 7}
    with open_store(StoreSettings(db=postgres_url)) as store:
        store.add(read_folder_content(write_folder(tmp_path / "folder", many_shops(ids))))
        with store.database.writing() as connection:
            connection.execute(update(SHOP).values(work))
            # Of a page that was filled to the brim of its half, the last rows may go to another.
            assert connection.execute(in_place).scalar_one() > 0.9 * MANY_SHOPS
