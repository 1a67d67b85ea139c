"""The form of a shop: what is typed is judged by the rules of the files, and stored as one change."""

import pytest
from textual.pilot import Pilot

from planner.domain.shop import Kind, Status
from planner.store.errors import NotFoundError
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.ui.backlog.columns import all_columns
from planner.ui.backlog.conflicts import ConflictDialog
from planner.ui.backlog.form.draft import begun, judged
from planner.ui.backlog.form.fields import GROUPS, MEANINGS, WHY, groups
from planner.ui.backlog.form.ground import Offer, found_shops
from planner.ui.backlog.form.offers import fitting, last_item
from planner.ui.dialogs import QuestionDialog
from planner.ui.main_screen import MainScreen
from tests.ui.backlog.backlogs import change_elsewhere, current_id, form, open_backlog, store_of
from tests.ui.running import LARGE, press, running, until

COLUMNS = all_columns()


async def fill(pilot: Pilot[None], column: str, text: str) -> None:
    """Writes a text over what a field holds, but for the last letter, which is typed."""
    line = form(pilot).field(column).line
    line.focus()
    line.value = text[:-1]
    line.cursor_position = len(text)
    await pilot.pause()
    await press(pilot, *text[-1:])


def test_every_column_has_a_field_with_a_meaning() -> None:
    asked = [key for _, keys in GROUPS for key in keys]
    assert sorted(asked) == sorted(key for key, column in COLUMNS.items() if not column.is_from_plan)
    assert sorted(MEANINGS) == sorted([*asked, WHY.key])
    assert [column.key for column in groups(["Note"])[-2].columns] == ["Note"]


def test_what_is_offered_fits_what_was_typed() -> None:
    offers = [Offer("BY", "Bayern"), Offer("BE", "Berlin"), Offer("NW", "Nordrhein-Westfalen")]
    assert fitting(offers, "b") == offers[:2]
    assert fitting(offers, "rhein") == offers[2:]
    assert fitting(offers, "") == offers
    assert last_item(COLUMNS["tags"], "pilot, fla") == ("pilot, ", "fla")
    assert last_item(COLUMNS["city"], "Bad A, B") == ("", "Bad A, B")


def test_drafts_are_judged_by_the_rules_of_the_files(shipped: StoreSettings) -> None:
    with open_store(shipped) as store:
        backlog = store.backlog()
        columns = [*(column for column in COLUMNS.values() if not column.is_from_plan), WHY]
        new = begun(columns, None, "DE")
        empty = judged(backlog, new, {})
        assert set(empty.errors) == {"id", "format"}
        assert empty.told(["format"]).keys() == {"format"}
        known = {"partner": backlog.values("partner"), "region": backlog.values("region")}
        draft = new
        for key, text in {
            "id": "S001",
            "format": "Ss",
            "state": "Bayer",
            "status": "fixed",
            "due_by": "31.2.2022",
            "lat": "48.1",
            "crews": "B-S9",
            "after": "S9999",
            "priority": "12",
            "region": "Sooth",
            "partner": backlog.shop("S003").shop.partner,
        }.items():
            draft = draft.with_text(key, text)
        found = judged(backlog, draft, known)
        assert {"id", "format", "state", "due_by", "start", "lon", "crews", "priority"} <= set(found.errors)
        assert "did you mean" in found.errors["state"][0]
        assert "South" in found.remarks["region"][0]
        assert "partner" not in found.remarks
        # The very sentences of an edit that is made.
        edit, _ = draft.with_text("id", "S900").written()
        with pytest.raises(Exception, match="unknown format") as raised:
            backlog.edit([edit], "not made")
        told = {problem.text for problem in raised.value.problems}  # type: ignore[attr-defined]
        assert told >= set(found.errors["format"]) | set(found.errors["priority"]) | set(found.errors["start"])
        item = backlog.shop("S002")
        same = begun(columns, item, "DE")
        assert same.changed == []
        edit, _ = same.with_text("priority", "9").written()
        assert edit == Edit(RecordKind.SHOP, "S002", {"priority": "9"}, item.version)
        assert [offer.text for offer in found_shops(backlog, "S012")] == ["S012"]
        assert found_shops(backlog, 'state:"') == []


@pytest.mark.anyio
async def test_a_shop_is_added_by_a_form(shipped: StoreSettings) -> None:
    async with running(shipped) as pilot:
        table = await open_backlog(pilot)
        backlog = store_of(pilot)
        revision = backlog.revision()
        # Nothing typed, nothing asked; something typed is not lost without a word.
        await press(pilot, "n", "escape")
        assert isinstance(pilot.app.screen, MainScreen)
        await press(pilot, "n", "S", "3", "escape")
        assert isinstance(pilot.app.screen, QuestionDialog)
        await press(pilot, "escape")
        assert form(pilot).field("id").line.value == "S3"
        # What is wrong is told at the field, and saving goes there.
        await fill(pilot, "id", "S001")
        await until(pilot, lambda: bool(form(pilot).field("id").errors))
        assert not form(pilot).field("format").errors  # not yet: nobody has been there
        await fill(pilot, "partner", "Nordsternn")
        await press(pilot, "ctrl+s")
        assert form(pilot).field("format").errors
        assert form(pilot).focused is form(pilot).field("id").line
        assert backlog.revision() == revision
        # Values are chosen from what there is, with the keys.
        await fill(pilot, "id", "S300")
        await fill(pilot, "kind", "ag")
        await press(pilot, "down", "enter")
        assert form(pilot).field("kind").line.value == "agency"
        await fill(pilot, "status", "")
        await press(pilot, "down", "down", "tab")
        assert form(pilot).field("status").line.value == "fixed"
        await fill(pilot, "start", "7.9.2021")
        await fill(pilot, "format", "M")
        await fill(pilot, "state", "bayern")
        await fill(pilot, "after", "S01")
        await until(pilot, lambda: form(pilot).offers.display)
        await press(pilot, "escape")
        assert not form(pilot).offers.display
        await fill(pilot, "after", "")
        await fill(pilot, "tags", "pilot, new one")
        await fill(pilot, "why", "mall opens")
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, MainScreen)
        shop = backlog.shop("S300").shop
        assert (shop.kind, shop.status, str(shop.start)) == (Kind.AGENCY, Status.FIXED, "2021-09-07")
        assert (shop.format, shop.state, shop.tags) == ("M", "BY", ("pilot", "new one"))
        assert backlog.revision() == revision + 1
        assert backlog.history(limit=1)[0].why == "mall opens"
        assert current_id(table) == "S300"
        await press(pilot, "u")
        with pytest.raises(NotFoundError):
            backlog.shop("S300")


@pytest.mark.anyio
async def test_a_shop_is_edited_by_a_form(shipped: StoreSettings) -> None:
    async with running(shipped, LARGE) as pilot:
        table = await open_backlog(pilot)
        backlog = store_of(pilot)
        await press(pilot, "down", "e")
        assert form(pilot).field("id").line.disabled
        await press(pilot, "ctrl+s")  # nothing was changed
        assert isinstance(pilot.app.screen, MainScreen)
        before = backlog.shop("S002").shop
        await press(pilot, "o", "e")
        await fill(pilot, "priority", "9")
        await fill(pilot, "due_by", "6.12.2021")
        # Somebody else is quicker: it is told, and saving shows both values.
        change_elsewhere(shipped, "S002", {"priority": "6", "city": "Ulm"})
        await until(pilot, lambda: form(pilot).query_one("#shop-form-notice").display)
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, ConflictDialog)
        await press(pilot, "escape")
        assert form(pilot).field("due_by").line.value == "6.12.2021"
        await press(pilot, "ctrl+s", "t", "tab", "enter")
        assert isinstance(pilot.app.screen, MainScreen)
        shop = backlog.shop("S002").shop
        assert (shop.priority, shop.city, str(shop.due_by)) == (6, "Ulm", "2021-12-06")
        assert current_id(table) == "S002"
        await press(pilot, "u")
        assert backlog.shop("S002").shop.due_by == before.due_by
        assert backlog.shop("S002").shop.city == "Ulm"
