"""All about a shop: what is told of it, laid out for any width, and the pane that follows the cursor."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from rich.cells import cell_len

from planner.domain.plan import Cost, PlannedPhase, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.store.records import (
    Action,
    CellChange,
    Edit,
    Entry,
    EntryState,
    PlanInfo,
    PlanState,
    RecordKind,
    StoredShop,
)
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.ui.backlog.detail.dossier import ENTRIES_READ, Dossier, Ground, read_dossier, read_on
from planner.ui.backlog.detail.facts import plain_text
from planner.ui.backlog.detail.layout import LEAST_WIDTH, laid_out, sections_of
from planner.ui.backlog.plan_figures import PlanFigures
from planner.ui.messages import GoTo
from planner.wording.kept import Kept
from planner.wording.language import Language
from tests.ui.backlog.backlogs import change_elsewhere, current_id, open_backlog, pane, shown_text
from tests.ui.running import LARGE, SMALL, main_screen, press, running, settled, until

SHOP = Shop(
    id="S1",
    format="M",
    name="[@click=app.quit]x[/foo] 書店",
    street="=1+1",
    postcode="01454",
    city="Radeberg",
    state="SN",
    weekly_revenue=1234.5,
    due_by=date(2021, 9, 20),
    published_start=date(2021, 9, 1),
    extra=(("Note", "\x1b[31mred\u202e"),),
)
REMODEL = Remodel(
    shop="S1",
    status=RemodelStatus.PLANNED,
    start=date(2021, 9, 6),
    finish=date(2021, 9, 25),
    closed_from=date(2021, 9, 7),
    closed_to=date(2021, 9, 25),
    phases=(
        PlannedPhase(name="Survey", first=date(2021, 9, 6), last=date(2021, 9, 6), crews={"V1": 1}),
        PlannedPhase(name="Build [b]", first=date(2021, 9, 7), last=date(2021, 9, 25), crews={"B1": 2}),
    ),
    cost=Cost(closure=123_456, travel=44),
)
FORMAT = ShopFormat(
    name="M",
    phases=(
        Phase(name="Survey", days=1, crews={"surveyor": 1}, closed=False),
        Phase(name="Build [b]", days=14, crews={"builder": 2}, wait_min=2, wait_max=5),
    ),
)
ROLLOUT = Rollout(
    name="R", today=date(2021, 7, 13), last=date(2021, 12, 31), formats=(FORMAT,), shops=(SHOP,), crews=()
)
INFO = PlanInfo(
    number=3,
    state=PlanState.DRAFT,
    made_at=datetime(2021, 7, 13, tzinfo=UTC),
    made_by="erika",
    note="",
    based_on=5,
    changes_since=0,
    status="feasible",
    remodels=1,
    unplanned=0,
    shortfall=0,
    total=1,
    gap=None,
)
FIGURES = PlanFigures({"S1": REMODEL}, {"S2": "no crew serves [/b]"}, {"S1": date(2021, 9, 27)})
ENTRY = Entry(
    revision=5,
    when=datetime(2021, 7, 13, 8, 30, tzinfo=UTC),
    who="[b]jens",
    action=Action.CHANGE,
    kept=Kept("S1: Prio 9"),
    why="landlord moves in",
    state=EntryState.UNDONE,
    records=1,
    changes=(CellChange(RecordKind.SHOP, "S1", "due_by", "", "2021-09-20"),),
)


def dossier(shop: Shop = SHOP, version: int = 4, ground: Ground | None = None, **more: object) -> Dossier:
    ground = ground or Ground(ROLLOUT, INFO, FIGURES)
    remodel = ground.figures.remodels.get(shop.id)
    made = Dossier(StoredShop(shop, version), ground, (ENTRY,), has_more=False, cost=remodel.cost if remodel else None)
    return replace(made, **more)  # type: ignore[arg-type]


def told(item: Dossier) -> str:
    return plain_text("title", sections_of(item))


def test_everything_is_told(language: Language) -> None:
    text = told(dossier())
    is_german = language is Language.GERMAN
    for part in (
        "=1+1, 01454 Radeberg",
        "SN, Sachsen",
        "1.234,50" if is_german else "1,234.50",
        "27. Sept. 2021" if is_german else "27 Sep 2021",
        "Build [b]",
        "2 × B1",
        "1.234,56" if is_german else "1,234.56",
        "1.235,00" if is_german else "1,235.00",
        "[b]jens",
        "landlord moves in",
        "20. Sept. 2021" if is_german else "20 Sep 2021",
    ):
        assert part in text, part
    assert all(line.isprintable() for line in text.splitlines())


def test_late_published_and_changed_since_are_told() -> None:
    text = told(dossier())
    assert "5 days after the wished one" in text
    assert "1 Sep 2021; the plan starts 5 days later" in text
    assert "Changed since" not in text
    assert "Changed since plan 3" in told(dossier(version=6))
    frozen = replace(ROLLOUT, freeze_days=60)
    kept = replace(SHOP, published_start=REMODEL.start)
    assert "within 60 days" in told(dossier(kept, ground=Ground(frozen, INFO, FIGURES)))
    assert "chosen by the planner" in told(dossier(kept))


def test_why_there_is_no_date_is_told() -> None:
    other = replace(SHOP, id="S2")
    assert "no crew serves [/b]" in told(dossier(other))
    assert "after a wait of 2–5 working days" in told(dossier(other))
    assert "does not know this shop" in told(dossier(replace(SHOP, id="S3")))
    assert "no plan yet" in told(dossier(other, ground=Ground(ROLLOUT)))
    assert "leave it out" in told(dossier(replace(SHOP, status=Status.DEFERRED)))
    assert "Finished on" in told(dossier(replace(SHOP, status=Status.DONE, finish=date(2021, 7, 1))))
    assert "Nothing was changed" in told(dossier(history=()))
    assert "fixed dates clash" in told(
        dossier(other, ground=Ground(ROLLOUT, replace(INFO, status="infeasible"), PlanFigures()))
    )


@pytest.mark.parametrize("width", [12, 30, 56, 150])
def test_lines_keep_to_their_width(width: int, language: Language) -> None:
    shop = replace(SHOP, partner="漢字かな店舗" * 12, tags=("a" * 70, "b c"))
    layout = laid_out(sections_of(dossier(shop)), width)
    for line in layout.lines:
        assert sum(cell_len(text) for text, _ in line) <= max(width, LEAST_WIDTH)
    assert [layout.lines[start][0][1] for start in layout.starts] == ["heading"] * 5


def test_a_long_history_is_read_in_windows(shipped: StoreSettings) -> None:
    with open_store(shipped) as store:
        backlog = store.backlog()
        for number in range(ENTRIES_READ + 20):
            backlog.edit([Edit(RecordKind.SHOP, "S001", {"city": f"Town {number}"})], f"S001: town {number}")
        begun = read_dossier(backlog, "S001", Ground())
        assert len(begun.history) == ENTRIES_READ
        assert begun.has_more
        whole = read_on(backlog, begun)
        assert whole.history[: ENTRIES_READ + 20] == tuple(backlog.history("S001", limit=ENTRIES_READ + 20))
        assert not whole.has_more
        after = [entry.changes[0].after for entry in whole.history[: ENTRIES_READ + 20]]
        assert after == [f"Town {number}" for number in reversed(range(ENTRIES_READ + 20))]


@pytest.mark.anyio
async def test_details_follow_the_cursor_and_make_room(shipped: StoreSettings) -> None:
    async with running(shipped, LARGE) as pilot:
        table = await open_backlog(pilot)
        detail = pane(pilot).detail
        await until(pilot, lambda: detail.shop_id == "S001")
        assert detail.region.x > table.region.x + 60
        await press(pilot, "down")
        assert table.has_focus
        await until(pilot, lambda: detail.shop_id == "S002")
        assert "S002" in shown_text(pilot, "#detail-title")
        # What somebody else does to the shop is told.
        change_elsewhere(shipped, "S002", {"partner": "Elbe & Söhne"})
        await until(pilot, lambda: any("Elbe & Söhne" in text for line in detail.text.told.lines for text, _ in line))
        # Another pane leads to a shop; its details follow.
        pilot.app.screen.post_message(GoTo("backlog", "S200"))
        await until(pilot, lambda: detail.shop_id == "S200")
        # With the keys on it: parts, other shops, the table with all the room.
        await press(pilot, "o")
        assert detail.text.has_focus
        await press(pilot, "right", "right")
        assert detail.text.section == 2
        await pilot.click("#part-names .part-name")
        assert detail.text.section == 0
        await press(pilot, "j")
        await until(pilot, lambda: detail.shop_id == "S201")
        await press(pilot, "ctrl+c")
        assert "S201" in pilot.app.clipboard
        await press(pilot, "o")
        assert table.has_focus
        assert not detail.display
        await press(pilot, "down")
        assert detail.shop_id == "S201"  # nothing is read that nobody sees
        # Where there is little room, they take the table's place.
        await pilot.resize_terminal(*SMALL)
        await settled(pilot)
        await press(pilot, "home", "enter")
        await until(pilot, lambda: detail.shop_id == current_id(table) == "S202")
        assert detail.region.width == SMALL[0]
        await press(pilot, "escape")
        assert table.has_focus
        assert not detail.display
        # It makes way for whatever takes the keys, but stays under a dialog.
        await press(pilot, "o", "slash")
        assert not detail.display
        await press(pilot, "escape", "o", "question_mark", "escape")
        assert detail.display
        await press(pilot, "g")
        assert main_screen(pilot).pane.id == "schedule"
        await press(pilot, "2")
        assert table.has_focus
        assert not detail.display
