"""Holds the five panes, of which one is in sight. The others are made when they are wanted, or when there is time.

Those made when there is time are ready: told what was read, laid out beside the screen, and drawn.
"""

import asyncio
import gc
from collections.abc import Callable

from textual.widgets import ContentSwitcher

from planner.ui.background import IN_BACKGROUND
from planner.ui.pane import Pane
from planner.ui.panes import PANES
from planner.ui.widgets.own_lines import Plain, draw_ahead
from planner.ui.workspace import Workspace

REST_SECONDS = 0.25
"""The rest before each step that nobody has asked for yet: keys come first."""


class PaneSwitcher(Plain, ContentSwitcher):
    """The panes. `tell` tells a pane that may be wanted soon what was read, unless it knows."""

    def __init__(self, workspace: Workspace, tell: Callable[[Pane], None]) -> None:
        super().__init__(id="panes")
        self._workspace = workspace
        self._tell = tell
        self._making = asyncio.Lock()
        self._begun: set[Pane] = set()
        self._to_prepare: list[str] = []
        self._is_preparing = False
        self.has_all = False
        """Whether every pane is there and ready, as it is once there was time for it."""

    @property
    def shown(self) -> Pane | None:
        """The pane in sight; None before the first one is."""
        current = self.visible_content
        return current if isinstance(current, Pane) else None

    def on_mount(self) -> None:
        """Follows the colours."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._prepare_again())

    def on_resize(self) -> None:
        """Has all panes as large as this."""
        self._prepare_again()

    def _prepare_again(self) -> None:
        if self._is_preparing or self.has_all:
            self.prepare_all_later()

    @property
    def is_ready(self) -> bool:
        """Whether every pane is ready, as the screen now is."""
        return self.has_all and not self._is_preparing

    async def show(self, name: str) -> Pane:
        """Shows the pane of that name, and returns it; makes it where it is not there yet."""
        pane = await self._make(name)
        pane.take_in()
        self.current = name
        self._begin(pane)
        return pane

    def prepare_all_later(self) -> None:
        """Makes every pane ready to be shown as the screen now is, in small steps with rests between them."""
        self._to_prepare = list(PANES)
        if not self._is_preparing:
            self._is_preparing = True
            self.run_worker(self._prepare_all(), name="panes")

    async def _prepare_all(self) -> None:
        while self._to_prepare:
            await asyncio.sleep(REST_SECONDS)
            await self._prepare(await self._make(self._to_prepare.pop(0)))
        self._is_preparing = False
        if not self.has_all:
            # They stay: were they looked through for garbage, no key would be answered for a tenth of a second.
            gc.freeze()
        self.has_all = True

    async def _prepare(self, pane: Pane) -> None:
        if not self.has_all:
            # Else Textual looked up the styles of scroll bars at the first key, and laid out the screen for them.
            pane.update_node_styles()
        if pane is self.shown:
            return
        pane.lay_beside()
        self._begin(pane)
        self._tell(pane)
        await self._rest_while_reading(pane)
        await draw_ahead(pane, lambda: pane.is_beside)
        # Else it was asked for meanwhile, and perhaps left again.
        if pane.is_beside:
            pane.display = False
            pane.take_in()

    async def _rest_while_reading(self, pane: Pane) -> None:
        await asyncio.sleep(REST_SECONDS)
        while any(worker.name == IN_BACKGROUND and pane in worker.node.ancestors_with_self for worker in self.workers):
            await asyncio.sleep(REST_SECONDS)
        # What was read has to be laid out.
        await asyncio.sleep(REST_SECONDS)
        is_laid_out = asyncio.Event()
        self.call_after_refresh(is_laid_out.set)
        await is_laid_out.wait()

    async def _make(self, name: str) -> Pane:
        # Were it shown while it is half made, it could not take what it is told.
        async with self._making:
            there = next((pane for pane in self.query_children(Pane) if pane.id == name), None)
            if there is not None:
                return there
            pane = PANES[name].load()(self._workspace, name)
            pane.display = False
            await self.mount(pane)
            return pane

    def _begin(self, pane: Pane) -> None:
        if pane not in self._begun:
            self._begun.add(pane)
            pane.begin()
