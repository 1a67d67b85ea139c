"""The forms of shops: opened over the backlog, for a new shop or for one that is there."""

from collections.abc import Callable

from textual.dom import DOMNode

from planner.domain.rollout import Rollout
from planner.store.backlog import Backlog
from planner.store.records import Changed, StoredShop
from planner.ui.background import in_background
from planner.ui.backlog.commits import Commits
from planner.ui.backlog.form.ground import FormGround, read_ground
from planner.ui.backlog.form.screen import ShopForm
from planner.ui.tell import tell
from planner.wording.translation import gettext


class ShopForms:
    """Opens forms for `node`; `then` is told the number of a shop that was stored.

    `rollout` is None until it has been read.
    """

    def __init__(self, node: DOMNode, backlog: Backlog, commits: Commits, then: Callable[[str], object]) -> None:
        self._node = node
        self._backlog = backlog
        self._commits = commits
        self._then = then
        self._form: ShopForm | None = None
        self.rollout: Rollout | None = None

    def open(self, shop_id: str = "") -> None:
        """Opens the form of a shop; of a new one without an id."""
        rollout, backlog = self.rollout, self._backlog
        if rollout is None:
            tell(self._node, gettext("The rollout is still being read; try again in a moment."), severity="warning")
            return

        def work() -> tuple[FormGround, StoredShop | None]:
            return read_ground(backlog, rollout), backlog.shop(shop_id) if shop_id else None

        in_background(self._node, work, lambda read: self._show(*read), group="form")

    def _show(self, ground: FormGround, item: StoredShop | None) -> None:
        if self._node.app.screen is not self._node.screen:
            return  # another key was quicker
        self._form = ShopForm(self._backlog, ground, item, self._commits.add)
        self._node.app.push_screen(self._form, self._left)

    def _left(self, shop_id: str | None) -> None:
        self._form = None
        if shop_id is not None:
            self._then(shop_id)

    def take_changes(self, changed: Changed) -> None:
        """Tells the form that is open what others have changed."""
        if self._form is not None:
            self._form.take_changes(changed)
