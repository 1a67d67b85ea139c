"""Many rows at once arrive as they are, on each kind of database, whatever is written in them."""

from pathlib import Path

from planner.domain.query import parse
from planner.store.records import Edit, RecordKind
from planner.store.store import read_folder_content
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
