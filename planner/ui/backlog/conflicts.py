"""Somebody else was quicker: both values, column by column, to decide whose stands."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Button, Label, OptionList, Static
from textual.widgets.option_list import Option

from planner.exchange.text import printable
from planner.store.errors import EditConflict
from planner.store.records import Edit
from planner.ui.backlog.cells import typed_form
from planner.ui.backlog.columns import all_columns
from planner.ui.keys import PlannerDialog, key
from planner.wording.translation import gettext, later, ngettext

Place = tuple[str, str]
"""A record's key and a column."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """A value that somebody else changed; `yours` is None where you would not change it, so that theirs stands."""

    shop: str
    column: str
    before: str
    theirs: str
    yours: str | None


def disputes_of(conflicts: Iterable[EditConflict]) -> list[Dispute]:
    """What was changed by others, value by value, first where you differ; of removed records nothing is to decide."""
    disputes = [
        Dispute(conflict.key, item.column, item.before, item.theirs, item.yours)
        for conflict in conflicts
        if conflict.actual is not None
        for item in conflict.columns
    ]
    return sorted(disputes, key=lambda item: item.yours is None)


def decided(edits: Sequence[Edit], conflicts: Iterable[EditConflict], theirs: Collection[Place]) -> list[Edit]:
    """The edits once more, meant for the records as they now are; values of `theirs` are left alone."""
    found = {conflict.key: conflict for conflict in conflicts}
    again = []
    for edit in edits:
        conflict = found.get(edit.key)
        if conflict is None:
            again.append(edit)
        elif conflict.actual is not None:
            cells = {column: text for column, text in (edit.cells or {}).items() if (edit.key, column) not in theirs}
            if cells:
                again.append(replace(edit, cells=cells, expected=conflict.actual))
    return again


class ConflictDialog(PlannerDialog[frozenset[Place]]):
    """Asks whose values stand; the result is the places where theirs do. Escape leaves everything as others made it."""

    HELP = later(
        "Somebody else changed these shops after you read them. Space decides line by line whose value stands; nothing"
        " of yours is stored before you agree."
    )

    BINDINGS = [
        key("space", "turn", later("Mine or theirs"), later("Decide the other way."), "conflict.turn"),
        key("m", "all_mine", later("All mine"), later("Let all of your values stand."), "conflict.mine"),
        key("t", "all_theirs", later("All theirs"), later("Let all of their values stand."), "conflict.theirs"),
    ]

    def __init__(self, conflicts: Sequence[EditConflict]) -> None:
        super().__init__()
        self._conflicts = conflicts
        self._disputes = disputes_of(conflicts)
        self._theirs: set[Place] = {(item.shop, item.column) for item in self._disputes if item.yours is None}

    def compose(self) -> ComposeResult:
        """Who it was, the values, and what to do."""
        with Vertical(classes="dialog"):
            yield Label(gettext("Somebody else was quicker"), classes="dialog-title")
            yield Static(Text("\n".join(_said(self._conflicts))), classes="dialog-lines")
            yield OptionList(*(Option(self._line(item)) for item in self._disputes), id="disputes", compact=True)
            hint = gettext("Space: mine or theirs · m: all mine · t: all theirs")
            yield Label(hint, classes="dialog-hint")
            with Horizontal(classes="dialog-buttons"):
                yield Button(gettext("Store as decided"), variant="primary", id="agree", compact=True)
                yield Button(gettext("Store nothing"), id="cancel", compact=True)

    def on_mount(self) -> None:
        """The lines take the keys."""
        offers = self.query_one(OptionList)
        offers.display = bool(self._disputes)
        (offers if self._disputes else self.query_one("#cancel")).focus()

    def _line(self, item: Dispute) -> Text:
        column = all_columns().get(item.column)
        title = column.title if column else printable(item.column)
        theirs, yours = (
            printable(typed_form(column, text or "") if column else text or "") or gettext("empty")
            for text in (item.theirs, item.yours)
        )
        text = Text(f"{printable(item.shop)}  {title}: ")
        if item.yours is None:
            return text.append(gettext("now {theirs}; you did not change it").format(theirs=theirs))
        is_theirs = (item.shop, item.column) in self._theirs
        marks = ("( )", "(●)") if is_theirs else ("(●)", "( )")
        text.append(gettext("{mark} mine {value}").format(mark=marks[0], value=yours))
        return text.append("   ").append(gettext("{mark} theirs {value}").format(mark=marks[1], value=theirs))

    def action_turn(self) -> None:
        """Decides the line the other way."""
        place = self.query_one(OptionList).highlighted
        if place is not None and self._disputes[place].yours is not None:
            item = self._disputes[place]
            self._theirs ^= {(item.shop, item.column)}
            self._show()

    def on_option_list_option_selected(self) -> None:
        """A line was clicked, or Enter pressed on it."""
        self.action_turn()

    def action_all_mine(self) -> None:
        """All of one's own values stand."""
        self._theirs = {(item.shop, item.column) for item in self._disputes if item.yours is None}
        self._show()

    def action_all_theirs(self) -> None:
        """All of their values stand."""
        self._theirs = {(item.shop, item.column) for item in self._disputes}
        self._show()

    def _show(self) -> None:
        offers = self.query_one(OptionList)
        for place, item in enumerate(self._disputes):
            offers.replace_option_prompt_at_index(place, self._line(item))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Goes on as decided, or leaves everything."""
        self.dismiss(frozenset(self._theirs) if event.button.id == "agree" else None)


def _said(conflicts: Sequence[EditConflict]) -> list[str]:
    gone = [conflict for conflict in conflicts if conflict.actual is None]
    who = sorted({conflict.who for conflict in conflicts if conflict.who})
    lines = [
        ngettext(
            "{who} changed {number} shop since you read it.",
            "{who} changed {number} shops since you read them.",
            len(conflicts),
        ).format(who=printable(", ".join(who)) or gettext("Somebody"), number=len(conflicts))
    ]
    lines += [gettext("{shop} was removed.").format(shop=printable(conflict.key)) for conflict in gone[:10]]
    return lines
