"""Edits: checked as a folder is, all or nothing, and refused where somebody else was quicker."""

import pytest

from planner.exchange.problems import InputError
from planner.store.backlog import Backlog
from planner.store.errors import EditConflictError, NotFoundError
from planner.store.records import Edit, RecordKind

SHOP, CREW, ABSENCE = RecordKind.SHOP, RecordKind.CREW, RecordKind.ABSENCE


def problems_of(backlog: Backlog, *edits: Edit) -> list[str]:
    before = backlog.revision()
    with pytest.raises(InputError) as error:
        backlog.edit(edits, "wrong")
    assert backlog.revision() == before, "nothing is changed"
    return [str(problem) for problem in error.value.problems]


def test_cells_change_and_the_rest_stays(ana: Backlog) -> None:
    before = ana.shop("S1").shop
    edited = ana.edit([Edit(SHOP, "S1", {"priority": " 9 ", "tags": "b| a ||b", "city": ""})], "changed")
    assert edited.entry is not None
    shop = ana.shop("S1")
    assert (shop.shop.priority, shop.shop.tags, shop.shop.city) == (9, ("b", "a"), "")
    assert shop.shop.partner == before.partner
    assert shop.shop.extra == (("colour", "red"),)
    assert shop.version == edited.entry.revision == ana.revision()


def test_an_edit_that_changes_nothing_is_no_entry(ana: Backlog) -> None:
    before = ana.revision()
    assert ana.edit([Edit(SHOP, "S1", {"priority": "5", "name": "Laden Ulm"})], "same").entry is None
    assert ana.revision() == before


def test_a_region_follows_the_state_until_it_is_given(ana: Backlog) -> None:
    ana.edit([Edit(SHOP, "S1", {"state": "BE"})], "moved")
    assert ana.shop("S1").shop.region == "BE"
    ana.edit([Edit(SHOP, "S1", {"region": "East"})], "region")
    ana.edit([Edit(SHOP, "S1", {"state": "SN"})], "moved")
    assert ana.shop("S1").shop.region == "East"


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ({"priority": "10"}, "shop S1, priority: must be 9 or less, but is 10"),
        ({"format": "Q"}, "shop S1, format: unknown format 'Q'"),
        ({"state": "Bayern"}, "shop S1, state: unknown state 'Bayern'; did you mean 'BY'?"),
        ({"after": "S9"}, "shop S1, after: unknown shop 'S9'"),
        ({"after": "S1"}, "shop S1, after: goes in a circle"),
        ({"after": "S2"}, "shop S1, after: goes in a circle, "),
        ({"crews": "B9"}, "shop S1, crews: unknown crew 'B9'"),
        ({"status": "fixed"}, "shop S1, start: is not given, but a shop that is fixed needs it"),
        ({"status": "fixed", "start": "2021-09-05"}, "it is a Sunday"),
        ({"status": "done", "finish": "2021-08-01"}, "finished by today"),
        ({"lat": "48.1"}, "shop S1, lon: is missing although 'lat' is given"),
        ({"due_by": "1.9.2021"}, "write 2021-09-01"),
        ({"colours": "red"}, "shop: unknown column 'colours'; did you mean 'colour'?"),
        ({"id": "S7"}, "the id stays as it is"),
        ({"name": "x" * 501}, "has 501 characters; the database takes at most 500 here"),
        ({"name": "\udcff"}, "holds characters that are no text"),
    ],
)
def test_the_rules_of_a_folder_hold(ana: Backlog, cells: dict[str, str], problem: str) -> None:
    assert any(problem in text for text in problems_of(ana, Edit(SHOP, "S1", cells)))


def test_all_mistakes_of_all_edits_at_once(ana: Backlog) -> None:
    texts = problems_of(
        ana, Edit(SHOP, "S1", {"priority": "x", "due_by": "y"}), Edit(SHOP, "S2", {"weekly_revenue": "1,5"})
    )
    assert len(texts) == 3


def test_all_edits_or_none(ana: Backlog) -> None:
    problems_of(ana, Edit(SHOP, "S1", {"priority": "1"}), Edit(SHOP, "S2", {"priority": "0"}))
    assert ana.shop("S1").shop.priority == 5


def test_records_are_added_once(ana: Backlog) -> None:
    ana.edit([Edit(SHOP, "N1", {"format": "M", "after": "S1"}, is_new=True)], "added")
    assert ana.load()[0].shops[-1].after == ("S1",)
    assert "already a shop 'N1'" in problems_of(ana, Edit(SHOP, "N1", {"format": "M"}, is_new=True))[0]
    twice = [Edit(SHOP, "N2", {"format": "M"}, is_new=True)] * 2
    assert "already a shop 'N2'" in problems_of(ana, *twice)[0]
    assert "format" in problems_of(ana, Edit(SHOP, "N3", {}, is_new=True))[0]


def test_crews_and_absences(ana: Backlog) -> None:
    ana.edit([Edit(CREW, "B3", {"trade": "builder", "units": "2"}, is_new=True)], "crew")
    ana.edit([Edit(CREW, "B3", {"units": "3", "phone": "9"})], "crew")
    assert [(item.crew.id, item.crew.units, dict(item.extra)) for item in ana.crews()][-1] == ("B3", 3, {"phone": "9"})
    ana.edit([Edit(ABSENCE, "", {"crew": "B3", "first": "2021-08-02", "last": "2021-08-03"}, is_new=True)], "away")
    number = ana.absences()[-1].number
    assert number == 3
    ana.edit([Edit(ABSENCE, str(number), {"last": "2021-08-04"})], "longer")
    assert ana.absences()[-1].absence.last.day == 4
    assert "unknown crew 'B3'" in problems_of(ana, Edit(CREW, "B3", None))[0]
    assert "unknown crew 'B1'" in problems_of(ana, Edit(CREW, "B1", None))[0]
    ana.edit([Edit(ABSENCE, str(number), None)], "back")
    ana.edit([Edit(CREW, "B3", None)], "gone")
    assert [item.crew.id for item in ana.crews()] == ["V1", "B1", "B2"]
    ana.edit([Edit(ABSENCE, "", {"crew": "B1", "first": "2021-08-02", "last": "2021-08-03"}, is_new=True)], "away")
    assert ana.absences()[-1].number == 4, "a number is never used again"


def test_who_is_not_there_cannot_be_changed(ana: Backlog) -> None:
    with pytest.raises(NotFoundError, match="There is no shop 'S9'"):
        ana.edit([Edit(SHOP, "S9", {"priority": "1"})], "x")
    with pytest.raises(NotFoundError, match="did you mean 'S1'"):
        ana.shop("s1")


def test_different_shops_do_not_meet(ana: Backlog, ben: Backlog) -> None:
    seen_by_both = {shop: ana.shop(shop).version for shop in ("S1", "S2")}
    ana.edit([Edit(SHOP, "S1", {"priority": "1"}, seen_by_both["S1"])], "a")
    ben.edit([Edit(SHOP, "S2", {"priority": "2"}, seen_by_both["S2"])], "b")
    assert [ana.shop(shop).shop.priority for shop in ("S1", "S2")] == [1, 2]


def test_the_second_at_the_same_shop_is_told_both_values(ana: Backlog, ben: Backlog) -> None:
    seen = ben.shop("S1").version
    ana.edit([Edit(SHOP, "S1", {"priority": "1", "city": "Neu-Ulm"}, seen)], "a")
    with pytest.raises(EditConflictError) as error:
        ben.edit([Edit(SHOP, "S1", {"priority": "2"}, seen)], "b")
    (conflict,) = error.value.conflicts
    assert (conflict.kind, conflict.key, conflict.who) == ("shop", "S1", "ana")
    assert conflict.actual == ana.shop("S1").version
    columns = {item.column: (item.before, item.theirs, item.yours) for item in conflict.columns}
    assert columns == {"priority": ("5", "1", "2"), "city": ("Ulm", "Neu-Ulm", None)}
    assert "was changed by ana since you read it: " in str(error.value)
    assert ben.shop("S1").shop.priority == 1, "nothing is lost"
    ben.edit([Edit(SHOP, "S1", {"priority": "2"}, conflict.actual)], "decided")
    assert ben.shop("S1").shop.priority == 2


def test_a_bulk_edit_is_refused_whole(ana: Backlog, ben: Backlog) -> None:
    seen = ben.versions()
    ana.edit([Edit(SHOP, "S5", {"priority": "1"})], "a")
    with pytest.raises(EditConflictError) as error:
        ben.edit([Edit(SHOP, shop, {"due_by": "2022-01-31"}, version) for shop, version in seen.items()], "b")
    assert [conflict.key for conflict in error.value.conflicts] == ["S5"]
    assert all(shop.due_by is None for shop in ben.load()[0].shops)


def test_a_removed_crew_is_a_conflict_too(ana: Backlog, ben: Backlog) -> None:
    seen = next(item.version for item in ben.crews() if item.crew.id == "B2")
    ana.edit([Edit(CREW, "B2", None)], "gone")
    with pytest.raises(EditConflictError, match="crew B2 was removed by ana"):
        ben.edit([Edit(CREW, "B2", {"units": "2"}, seen)], "b")


def test_what_is_new_is_told_from_a_revision_on(ana: Backlog, ben: Backlog) -> None:
    seen = ben.revision()
    assert ben.changed_since(seen).entries == ()
    ana.edit([Edit(SHOP, "S1", {"priority": "1"}), Edit(SHOP, "S2", {"priority": "1"})], "both")
    ana.edit([Edit(CREW, "B2", {"units": "4"})], "more")
    changed = ben.changed_since(seen)
    assert changed.revision == seen + 2
    assert [(entry.who, entry.what) for entry in changed.entries] == [("ana", "both"), ("ana", "more")]
    assert changed.keys == {SHOP: frozenset({"S1", "S2"}), CREW: frozenset({"B2"})}


def test_the_values_of_a_column(ana: Backlog) -> None:
    assert ana.values("partner") == ["Elbe Mobil", "Rhein Funk"]
    assert ana.values("tags") == ["corner", "pilot"]
    assert ana.values("state", limit=2) == ["BW", "BY"]
    assert ana.values("ready_from") == []


def test_names_are_remembered_without_an_entry(ana: Backlog, ben: Backlog) -> None:
    ana.remember("headings", {"Umsatz/Woche": "weekly_revenue"})
    assert ben.recall("headings") == {"Umsatz/Woche": "weekly_revenue"}
    assert ben.recall("other") is None
    assert ana.revision() == 1
