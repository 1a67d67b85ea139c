"""The form of a shop: every column a field, judged by the rules of the rollout's files while one types."""

from collections.abc import Callable, Sequence

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.timer import Timer
from textual.widgets import Input, OptionList, Static

from planner.exchange.text import printable
from planner.store.backlog import Backlog
from planner.store.records import Changed, RecordKind, StoredShop
from planner.ui.background import in_background
from planner.ui.backlog.columns import Content
from planner.ui.backlog.commits import Commit
from planner.ui.backlog.detail.data_facts import title_of
from planner.ui.backlog.form.draft import Draft, Judged, begun, judged
from planner.ui.backlog.form.field import FormField, FormInput
from planner.ui.backlog.form.fields import groups, meaning_of
from planner.ui.backlog.form.ground import FormGround, Offer, found_shops
from planner.ui.backlog.form.offers import FieldOffers, fitting, last_item
from planner.ui.dialogs import QuestionDialog
from planner.ui.key_line import KeyLine
from planner.ui.keys import PlannerScreen, key
from planner.wording.kept import told
from planner.wording.translation import gettext, later, ngettext

REST_SECONDS = 0.2
"""How long nothing is typed before the rules are asked."""
WIDE = 110


class ShopForm(PlannerScreen[str]):
    """The form of a shop, a new one where `item` is None. It leaves with the shop's id, or with none."""

    HELP = later(
        "Every column of the shop. What you type is judged at once; ctrl+s stores all of it as one change, which one"
        " undo takes back, and Escape leaves."
    )
    BINDINGS = [
        key("ctrl+s,f2", "save", later("Save"), later("Store the shop."), "form.save"),
        key("escape", "leave", later("Back"), later("Leave without saving."), "form.leave"),
    ]

    def __init__(
        self, backlog: Backlog, ground: FormGround, item: StoredShop | None, commit: Callable[[Commit], object]
    ) -> None:
        super().__init__()
        self._backlog = backlog
        self._ground = ground
        self._commit = commit
        self._groups = groups(ground.extra)
        columns = [column for group in self._groups for column in group.columns]
        self.draft = begun(columns, item, ground.country, ground.only_format)
        self._fields: dict[str, FormField] = {}
        self._judged = Judged()
        self._judged_draft: Draft | None = None
        self._touched: set[str] = set()
        self._clock: Timer | None = None
        self._is_judging = False
        self._is_stale = False
        self._is_saving = False

    def compose(self) -> ComposeResult:
        """The title, the fields in their groups, why, and what is said about the field in focus."""
        self.set_class(self.app.size.width >= WIDE, "-wide")
        item = self.draft.item
        title = gettext("Edit {shop}").format(shop=title_of(item.shop)) if item else gettext("New shop")
        yield Static(Text(title, no_wrap=True, overflow="ellipsis"), id="shop-form-title")
        yield Static("", id="shop-form-notice")
        with VerticalScroll(id="shop-form-fields", can_focus=False):
            for group in self._groups:
                yield Static(group.title, classes="shop-form-group", markup=False)
                for column in group.columns:
                    is_given = item is not None and column.key == "id"
                    self._fields[column.key] = FormField(column, self.draft.texts[column.key], is_given=is_given)
                    yield self._fields[column.key]
        yield Static("", id="shop-form-state")
        yield FieldOffers()
        yield KeyLine()

    def on_mount(self) -> None:
        """The first field takes what is typed."""
        next(field.line for field in self._fields.values() if not field.line.disabled).focus()
        self._judge_soon()

    def on_resize(self, event: events.Resize) -> None:
        """Remarks stand beside the fields where there is room, else below them."""
        self.set_class(event.size.width >= WIDE, "-wide")
        self.offers.hide()

    @property
    def offers(self) -> FieldOffers:
        """What is offered under the field in focus."""
        return self.query_one(FieldOffers)

    def field(self, column: str) -> FormField:
        """The field of a column."""
        return self._fields[column]

    @property
    def is_judged(self) -> bool:
        """Whether what is told is what the rules say of the texts as they are."""
        return self._judged_draft == self.draft

    # What is typed

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another text: offers what it may become, and has it judged."""
        event.stop()
        line = event.input
        if not isinstance(line, FormInput) or self.draft.texts[line.column.key] == event.value:
            return
        self._touched.add(line.column.key)
        self.draft = self.draft.with_text(line.column.key, event.value)
        self._fields[line.column.key].mark(is_changed=line.column.key in self.draft.changed)
        if line.has_focus:
            self._offer(line)
        self._judge_soon()

    def on_descendant_focus(self) -> None:
        """Says what the field in focus is for."""
        self.offers.hide()
        self._tell_state()

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field that was left has been touched."""
        if isinstance(event.widget, FormInput):
            self._touched.add(event.widget.column.key)
            self._tell()

    def _offer(self, line: FormInput, *, is_asked: bool = False) -> None:
        """Offers what the text may become; where it `is_asked` for, everything if the text is one of them."""
        column, (_, item) = line.column, last_item(line.column, line.value)
        if column.key == "after":
            self._offer_shops(line, item)
            return
        present = self._ground.offers.get(column.key, ())
        is_one = any(offer.text == item for offer in present)
        found = present if is_asked and is_one else fitting(present, item) if item or is_asked else []
        self._show_offers(line, [] if is_one and not is_asked else found)

    def _offer_shops(self, line: FormInput, item: str) -> None:
        def then(found: list[Offer]) -> None:
            if line.has_focus and last_item(line.column, line.value)[1] == item:
                self._show_offers(line, [offer for offer in found if offer.text != item])

        if item.strip():
            in_background(self, lambda: found_shops(self._backlog, item.strip()), then, group="offers")
        else:
            self.offers.hide()

    def _show_offers(self, line: FormInput, offers: Sequence[Offer]) -> None:
        self.offers.show(offers, line.region, self.size)

    def on_form_input_asked(self, event: FormInput.Asked) -> None:
        """Arrows go through what is offered, or from field to field; Enter and Tab take it, or go on."""
        event.stop()
        line, offers = self._fields[event.column].line, self.offers
        if event.what in ("enter", "tab"):
            self._take(line, offers.chosen)
            if event.what == "tab" or offers.chosen is None:
                self.focus_next(FormInput)
            offers.hide()
        elif offers.display:
            offers.action_cursor_down() if event.what == "down" else offers.action_cursor_up()
        elif event.what == "down" and self._ground.offers.get(event.column):
            self._offer(line, is_asked=True)
            offers.action_cursor_down()
        elif event.what == "down":
            self.focus_next(FormInput)
        else:
            self.focus_previous(FormInput)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Takes what was clicked."""
        event.stop()
        if isinstance(self.focused, FormInput):
            self._take(self.focused, self.offers.offers[event.option_index])
            self.offers.hide()

    def _take(self, line: FormInput, offer: Offer | None) -> None:
        if offer is not None:
            before, _ = last_item(line.column, line.value)
            line.value = before + offer.text
            line.cursor_position = len(line.value)

    # What the rules say

    def _judge_soon(self) -> None:
        if self._clock is not None:
            self._clock.stop()
        self._clock = self.set_timer(REST_SECONDS, self._judge)

    def _judge(self) -> None:
        # One at a time: with many shops it may take longer than one types.
        if self._is_judging:
            self._is_stale = True
            return
        self._is_judging, self._is_stale = True, False
        draft, known = self.draft, self._ground.known
        in_background(
            self,
            lambda: judged(self._backlog, draft, known),
            lambda found: self._take_judged(draft, found),
            group="judge",
            on_error=lambda lines: self._take_judged(draft, Judged(others=tuple(lines))),
        )

    def _take_judged(self, draft: Draft, found: Judged) -> None:
        self._is_judging = False
        self._judged, self._judged_draft = found, draft
        self._tell()
        if self._is_stale:
            self._judge()

    def _tell(self) -> None:
        errors = self._judged.told(self._touched)
        for name, field in self._fields.items():
            field.tell(errors.get(name, ()), self._judged.remarks.get(name, ()))
        self._tell_state()

    def _tell_state(self, lines: Sequence[str] = ()) -> None:
        """Says what is wrong with no field alone, or else what the field in focus is for."""
        static = self.query_one("#shop-form-state", Static)
        told = [*lines, *self._judged.others]
        line = self.focused
        text = "\n".join(map(printable, told))
        if not told and isinstance(line, FormInput):
            text = meaning_of(line.column.key)
            if self._ground.offers.get(line.column.key) and line.column.content is not Content.LIST:
                text += " " + gettext("↓ shows what there is.")
        static.update(Text(text))
        static.set_class(bool(told), "mistake")

    # Saving and leaving

    def action_save(self) -> None:
        """Stores the shop, or says what is wrong with it."""
        if self._is_saving:
            return
        if not self.draft.changed:
            self.dismiss(None)
            return
        self._is_saving = True
        self._touched.update(self._fields)
        draft, known = self.draft, self._ground.known
        in_background(
            self,
            lambda: judged(self._backlog, draft, known),
            self._save_if_good,
            group="save",
            on_error=self._stay,
        )

    def _save_if_good(self, found: Judged) -> None:
        self._judged = found
        self._tell()
        if not found.errors and not found.others:
            edit, _ = self.draft.written()
            what = self.draft.summary()
            done = Commit([edit], what, lambda _: self.dismiss(edit.key), self._stay, told(what), self.draft.why)
            self._commit(done)
            return
        self._is_saving = False
        first = next((field for name, field in self._fields.items() if name in found.errors), None)
        if first is not None:
            first.line.focus()
            text = ngettext(
                "Not stored yet: {number} field needs another value.",
                "Not stored yet: {number} fields need another value.",
                len(found.errors),
            )
            self._tell_state([text.format(number=len(found.errors))])

    def _stay(self, lines: list[str]) -> None:
        """It was not stored: the form stays as it is."""
        self._is_saving = False
        self._tell_state(lines)

    def take_changes(self, changed: Changed) -> None:
        """Tells that somebody else changed the shop meanwhile; saving then shows both values."""
        item = self.draft.item
        if item is None or self._is_saving or item.shop.id not in changed.keys.get(RecordKind.SHOP, ()):
            return
        users = {entry.who for entry in changed.entries}
        who = users.pop() if len(users) == 1 else ""
        text = gettext("{who} has changed this shop since you opened it; saving shows both values.")
        notice = self.query_one("#shop-form-notice", Static)
        notice.update(Text(text.format(who=printable(who) or gettext("Somebody"))))
        notice.display = True

    def action_leave(self) -> None:
        """Hides what is offered, or goes back; asks first where what was written would be lost."""
        if self.offers.display:
            self.offers.hide()
        elif not self.draft.changed and not self.draft.why:
            self.dismiss(None)
        else:
            question = QuestionDialog(
                gettext("Leave without saving?"), [gettext("What was changed here is then lost.")], gettext("Leave")
            )
            self.app.push_screen(question, self._leave_if)

    def _leave_if(self, agreed: bool | None) -> None:
        if agreed:
            self.dismiss(None)
