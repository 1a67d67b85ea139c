"""Holds the five panes, of which one is in sight. The others are made when they are wanted, or when there is time."""

import asyncio
import gc

from textual.widgets import ContentSwitcher

from planner.ui.pane import Pane
from planner.ui.panes import PANES
from planner.ui.workspace import Workspace

REST_SECONDS = 0.25
"""The rest before each step that nobody has asked for yet: keys come first."""
BESIDE = "-beside"
"""The class of a pane that is laid out beside the screen."""


class PaneSwitcher(ContentSwitcher):
    """The panes. What is made before it is wanted is laid out too, so that it has only to be drawn when it is shown."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(id="panes")
        self._workspace = workspace
        self._making = asyncio.Lock()
        self._begun: set[Pane] = set()
        self.has_all = False
        """Whether every pane is there, as it is once there was time to make them."""

    @property
    def shown(self) -> Pane | None:
        """The pane in sight; None before the first one is."""
        current = self.visible_content
        return current if isinstance(current, Pane) else None

    async def show(self, name: str) -> Pane:
        """Shows the pane of that name, and returns it; makes it where it is not there yet."""
        pane = await self._make(name)
        self._take_in(pane)
        self.current = name
        self._begin(pane)
        return pane

    def make_all_later(self) -> None:
        """Makes every pane that is not there yet, in small steps with rests between them."""
        self.run_worker(self._make_all(), name="panes", exclusive=True)

    async def _make_all(self) -> None:
        for name in PANES:
            await asyncio.sleep(REST_SECONDS)
            pane = await self._make(name, beside=True)
            if pane.has_class(BESIDE):
                self._begin(pane)
                await asyncio.sleep(REST_SECONDS)
                self._put_away(pane)
        # They stay: were they looked through for garbage, no key would be answered for a tenth of a second.
        gc.freeze()
        self.has_all = True

    async def _make(self, name: str, *, beside: bool = False) -> Pane:
        # Were it shown while it is half made, it could not take what it is told.
        async with self._making:
            there = next((pane for pane in self.query_children(Pane) if pane.id == name), None)
            if there is not None:
                return there
            pane = PANES[name].load()(self._workspace, name)
            pane.set_class(beside, BESIDE)
            pane.display = beside
            pane.can_focus_children = not beside
            await self.mount(pane)
            return pane

    def _put_away(self, pane: Pane) -> None:
        if pane is not self.shown:
            pane.display = False
            self._take_in(pane)

    def _take_in(self, pane: Pane) -> None:
        pane.can_focus_children = True
        pane.remove_class(BESIDE)

    def _begin(self, pane: Pane) -> None:
        if pane not in self._begun:
            self._begun.add(pane)
            pane.begin()
