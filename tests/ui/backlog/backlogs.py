"""The backlog pane as tests look at it."""

from textual.pilot import Pilot
from textual.widgets import Static

from planner.store.backlog import Backlog
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.ui.backlog.form.screen import ShopForm
from planner.ui.backlog.pane import BacklogPane
from planner.ui.backlog.shop_table import ShopTable
from tests.ui.running import main_screen, press, settled, until


async def open_backlog(pilot: Pilot[None]) -> ShopTable:
    """Shows the backlog and returns its table."""
    await press(pilot, "2")
    return pilot.app.screen.query_one(ShopTable)


def pane(pilot: Pilot[None]) -> BacklogPane:
    """The pane."""
    return pilot.app.screen_stack[1].query_one(BacklogPane)


async def details_told(pilot: Pilot[None], shop: str) -> None:
    """Waits until all about the shop under the cursor is told, where there is room for it."""
    detail = pane(pilot).detail

    def is_told() -> bool:
        dossier, text = detail._shown, detail.text
        if dossier is None or dossier.item.shop.id != shop or dossier.ground is not detail._ground:
            return not detail.display
        return text.told.width == text.text_width

    await until(pilot, is_told)


def form(pilot: Pilot[None]) -> ShopForm:
    """The form of a shop, which must be in sight."""
    screen = pilot.app.screen
    assert isinstance(screen, ShopForm), screen
    return screen


def store_of(pilot: Pilot[None]) -> Backlog:
    """The store that the program works on."""
    return main_screen(pilot).workspace.backlog


def shown_text(pilot: Pilot[None], selector: str) -> str:
    """What a line of the pane says."""
    return str(pane(pilot).query_one(selector, Static).render())


def ids_in_sight(table: ShopTable) -> list[str]:
    """The shops in sight, from the top."""
    first, last = table.rows_in_sight
    return [item.shop.id if item else "" for item in (table.rows.shop(row) for row in range(first, last + 1))]


def current_id(table: ShopTable) -> str:
    """The shop under the cursor."""
    return table.current.shop.id if table.current else ""


async def go_to_column(pilot: Pilot[None], table: ShopTable, key: str) -> None:
    """Puts the cursor on a column."""
    keys = [column.key for column in table.rows.columns]
    table.move_cursor(table.cursor_row, keys.index(key))
    await settled(pilot)


async def type_text(pilot: Pilot[None], text: str) -> None:
    """Types a text."""
    names = {" ": "space", ":": "colon", "-": "minus", "/": "slash"}
    await press(pilot, *(names.get(letter, letter) for letter in text))


def change_elsewhere(settings: StoreSettings, shop: str, cells: dict[str, str], who: str = "jens") -> None:
    """Somebody else changes a shop."""
    with open_store(settings.model_copy(update={"user": who})) as store:
        store.backlog().edit([Edit(RecordKind.SHOP, shop, cells)], f"{shop} changed")
