"""The detail pane: all about the shop under the cursor, beside the table, or in its place where there is no room."""

from dataclasses import dataclass

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from planner.store.backlog import Backlog
from planner.store.errors import NotFoundError
from planner.store.records import Changed, RecordKind
from planner.ui.background import in_background
from planner.ui.backlog.detail.data_facts import title_of
from planner.ui.backlog.detail.dossier import ENTRIES_READ, Dossier, Ground, read_dossier, read_on
from planner.ui.backlog.detail.facts import plain_text
from planner.ui.backlog.detail.history_facts import history_facts
from planner.ui.backlog.detail.layout import SECTIONS, Told, laid_on, laid_out, sections_of
from planner.ui.backlog.detail.text import DetailText, PartName, PartNames
from planner.ui.backlog.messages import ListStepped, ShopEditWanted
from planner.ui.keys import hidden, key
from planner.ui.messages import GoTo
from planner.ui.tell import tell
from planner.wording.translation import gettext, later

REST_SECONDS = 0.08
"""How long the cursor rests on a shop before it is read: keys held down read nothing."""


@dataclass(frozen=True, slots=True)
class _Read:
    dossier: Dossier
    told: Told


class ShopDetail(Vertical):
    """All about one shop. It reads in the background, and only while it is in sight."""

    HELP = later(
        "All about the shop: its data, what the plan says, its phases and crews, its money, and what was done to it."
        " Left and right go from part to part, e edits all of it, Escape goes back to the table."
    )

    BINDINGS = [
        key("escape", "leave", later("Table"), later("Go back to the table."), "shop.table"),
        key("o", "close", later("Close"), later("Close the details."), "shop.close"),
        key("e", "edit", later("Edit"), later("Edit all that is known of the shop in a form."), "shop.edit"),
        key("g", "schedule", later("Schedule"), later("Show the shop in the schedule."), "shop.schedule"),
        key("j,ctrl+down", "step(1)", later("Next shop"), later("Show the next shop of the list."), "shop.next"),
        hidden("k,ctrl+up", "step(-1)", later("Shop before"), later("Show the shop before."), "shop.before"),
        hidden("ctrl+c", "copy", later("Copy"), later("Copy all that is told of the shop."), "shop.copy"),
    ]

    class Left(Message):
        """The table is next."""

    def __init__(self, backlog: Backlog) -> None:
        super().__init__(id="backlog-detail")
        self.display = False
        self._backlog = backlog
        self._ground = Ground()
        self._wanted = ""
        self._shown: Dossier | None = None
        self._clock: Timer | None = None
        self._is_wide = False
        self._is_closed = False
        self._is_open = False
        self._is_reading_on = False

    def compose(self) -> ComposeResult:
        """The shop's name, the names of the parts, and the lines."""
        yield Static("", id="detail-title")
        yield PartNames([gettext(title) for title in SECTIONS])
        yield DetailText()

    @property
    def text(self) -> DetailText:
        """The lines."""
        return self.query_one(DetailText)

    @property
    def shop_id(self) -> str:
        """The shop that is shown; empty for none."""
        return self._shown.item.shop.id if self._shown else ""

    # Whether it is in sight

    def set_room(self, *, is_wide: bool) -> None:
        """Says whether there is room beside the table."""
        self._is_wide = is_wide
        self._is_open = self.text.has_focus
        self._show_or_hide()

    def _show_or_hide(self) -> None:
        is_shown = self._is_open or (self._is_wide and not self._is_closed)
        if is_shown and not self.display:
            self.display = True
            self.follow(self._wanted)
        self.display = is_shown

    def open(self, shop_id: str) -> None:
        """Shows a shop at once, and takes the keys."""
        self._is_open, self._is_closed = True, False
        self._wanted = shop_id
        self._show_or_hide()
        self.text.focus()
        self.call_after_refresh(self._read)

    def action_leave(self) -> None:
        """Goes back to the table; beside it, the details stay."""
        self._is_open = False
        self.post_message(self.Left())
        self._show_or_hide()

    def action_close(self) -> None:
        """Goes back to the table, which gets all the room."""
        self._is_closed = True
        self.action_leave()

    def on_descendant_focus(self) -> None:
        """Shows that it has the keys."""
        self.add_class("-has-keys")

    def on_descendant_blur(self) -> None:
        """Shows that the keys are elsewhere."""
        self.remove_class("-has-keys")
        self.call_after_refresh(self._make_way)

    def _make_way(self) -> None:
        """Where it takes the table's place, it goes as soon as the keys are for something else of the screen."""
        if self._is_open and not self.text.has_focus:
            self._is_open = False
            self._show_or_hide()

    # What is shown

    def follow(self, shop_id: str) -> None:
        """Shows a shop as soon as the cursor rests on it."""
        self._wanted = shop_id
        if not self.display or not shop_id:
            return
        if self._clock is not None:
            self._clock.stop()
        self._clock = self.set_timer(REST_SECONDS, self._read)

    def take_ground(self, ground: Ground) -> None:
        """Tells shops before another plan."""
        self._ground = ground
        self.follow(self._wanted)

    def take_changes(self, changed: Changed) -> None:
        """Reads the shop anew where it was changed."""
        if self._wanted in changed.keys.get(RecordKind.SHOP, ()):
            self.follow(self._wanted)

    def _read(self) -> None:
        shop_id, backlog, ground, width = self._wanted, self._backlog, self._ground, self.text.text_width
        if not self.display or not shop_id:
            return
        entries = len(self._shown.history) if self._shown and shop_id == self.shop_id else 0

        def work() -> _Read | None:
            try:
                dossier = read_dossier(backlog, shop_id, ground, max(entries, ENTRIES_READ))
            except NotFoundError:
                return None
            return _Read(dossier, laid_out(sections_of(dossier), width))

        in_background(self, work, self._take, group="detail")

    def _take(self, read: _Read | None) -> None:
        self._is_reading_on = False
        before = self.shop_id
        self._shown = read.dossier if read else None
        title = title_of(read.dossier.item.shop) if read else gettext("There is no such shop any more.")
        self.query_one("#detail-title", Static).update(Text(title, no_wrap=True, overflow="ellipsis"), layout=False)
        self.text.show(read.told if read else Told(self.text.text_width, [], []), from_top=before != self.shop_id)
        if read is not None and read.told.width != self.text.text_width:
            self._lay_out(read.dossier)

    def _lay_out(self, dossier: Dossier) -> None:
        width = self.text.text_width
        in_background(self, lambda: _Read(dossier, laid_out(sections_of(dossier), width)), self._take, group="detail")

    def on_detail_text_width_changed(self, event: DetailText.WidthChanged) -> None:
        """Lays the lines out for another width."""
        event.stop()
        if self._shown is not None and self.display:
            self._lay_out(self._shown)

    def on_detail_text_scrolled(self, event: DetailText.Scrolled) -> None:
        """Marks the part in sight, and reads more of a long history before one comes to its end."""
        event.stop()
        self.query_one(PartNames).mark(self.text.section)
        dossier = self._shown
        if dossier is None or not dossier.has_more or self._is_reading_on or not self.text.is_near_end:
            return
        self._is_reading_on = True
        backlog, told = self._backlog, self.text.told

        def work() -> _Read:
            longer = read_on(backlog, dossier)
            return _Read(longer, laid_on(told, history_facts(longer.history[len(dossier.history) :])))

        in_background(self, work, self._take, group="detail")

    def on_part_name_chosen(self, event: PartName.Chosen) -> None:
        """Goes to the part whose name was clicked."""
        event.stop()
        self.text.go_to_section(event.place)

    # What can be done

    def action_edit(self) -> None:
        """Edits the shop in a form."""
        if self._shown is not None:
            self.post_message(ShopEditWanted(self.shop_id))

    def action_schedule(self) -> None:
        """Shows the shop in the schedule."""
        if self._shown is not None:
            self.post_message(GoTo("schedule", self.shop_id))

    def action_step(self, step: int) -> None:
        """Has the cursor go to another shop of the list."""
        self.post_message(ListStepped(step))

    def action_copy(self) -> None:
        """Copies all that is told, with the history as far as it was read."""
        if self._shown is not None:
            text = plain_text(title_of(self._shown.item.shop), sections_of(self._shown))
            self.app.copy_to_clipboard(text)
            tell(self, gettext("All that is told of {shop} is copied.").format(shop=self.shop_id))
