"""Fixing a remodel's start, and giving it free again: edits of the store, made unless somebody else was quicker."""

from collections.abc import Callable, Mapping
from datetime import date

from textual.dom import DOMNode

from planner.store import shop_actions
from planner.store.backlog import Backlog
from planner.store.errors import EditConflictError
from planner.store.records import Edit, RecordKind, StoredShop
from planner.ui.background import in_background
from planner.ui.dialogs import QuestionDialog, show_error
from planner.ui.messages import Edited
from planner.wording.amounts import day_text
from planner.wording.kept import kept
from planner.wording.translation import gettext


class Fixing:
    """Makes the edits that the schedule asks for, on behalf of `node`; calls `failed` where one was not made."""

    def __init__(self, node: DOMNode, backlog: Backlog, failed: Callable[[], object]) -> None:
        self._node = node
        self._backlog = backlog
        self._failed = failed

    def fix(self, stored: StoredShop, start: date) -> None:
        """Fixes a shop on a day; crews that it names stay."""
        shop = stored.shop
        told = gettext("{shop} is fixed on {day}.").format(shop=shop.id, day=day_text(start))
        what = kept("shop {shop} fixed on {day}", shop=shop.id, day=start)
        self._edit(shop.id, shop_actions.fixed(start, shop.crews), stored.version, what, told)

    def unfix(self, stored: StoredShop) -> None:
        """Takes a shop back into the backlog."""
        shop = stored.shop
        told = gettext("{shop} is no longer fixed.").format(shop=shop.id)
        what = kept("shop {shop} back in the backlog", shop=shop.id)
        self._edit(shop.id, shop_actions.unfixed(), stored.version, what, told)

    def read(self, shop_id: str, then: Callable[[StoredShop], object]) -> None:
        """Reads a shop as it is now, with its version."""
        in_background(self._node, lambda: self._backlog.shop(shop_id), then, group="schedule-read")

    def _edit(self, shop_id: str, cells: Mapping[str, str], version: int | None, what: str, told: str) -> None:
        edit = Edit(RecordKind.SHOP, shop_id, cells, version)

        def work() -> EditConflictError | None:
            try:
                self._backlog.edit([edit], what)
            except EditConflictError as error:
                return error
            return None

        def then(conflict: EditConflictError | None) -> None:
            if conflict is None:
                self._node.post_message(Edited(told))
            else:
                self._ask(conflict, lambda actual: self._edit(shop_id, cells, actual, what, told))

        in_background(self._node, work, then, group="schedule-edit", on_error=self._tell_mistakes)

    def _tell_mistakes(self, lines: list[str]) -> None:
        self._failed()
        show_error(self._node.app, lines)

    def _ask(self, error: EditConflictError, again: Callable[[int | None], None]) -> None:
        """Shows what somebody else has done, and makes the edit on top of it where that is wanted."""
        actual = error.conflicts[0].actual if error.conflicts else None
        lines = str(error).splitlines()

        def decided(agreed: bool | None) -> None:
            if agreed and actual is not None:
                again(actual)
            else:
                self._failed()
                self._node.post_message(Edited())

        title = gettext("Somebody else was quicker")
        self._node.app.push_screen(QuestionDialog(title, lines, gettext("Change it anyway")), decided)
