"""The screen one works on: the tabs, the pane in sight, the planning panel and the keys that are valid now."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.message import Message

from planner.scheduling.limits import Limits
from planner.store.records import Changed
from planner.ui.background import in_background
from planner.ui.key_line import KeyLine
from planner.ui.keys import PlannerScreen, key
from planner.ui.messages import AllShown, Edited, GoTo, PlanChosen, PlanWanted
from planner.ui.pane import Pane
from planner.ui.pane_switcher import PaneSwitcher
from planner.ui.panes import PANES, load_all
from planner.ui.planning.panel import PlanningPanel
from planner.ui.planning.queue import Kept, PlanningQueue
from planner.ui.tabs import Tab, TabLine
from planner.ui.tell import tell
from planner.ui.workspace import Loaded, Workspace
from planner.wording.translation import gettext, later, ngettext

POLL_SECONDS = 1.0


class MainScreen(PlannerScreen[None]):
    """Five panes, of which one is in sight. It keeps them up to date with the store, whoever changes it."""

    AUTO_FOCUS = ""

    BINDINGS = [
        *(
            key(str(number), f"show('{pane}')", entry.title, entry.title, f"go.{pane}", show=False)
            for number, (pane, entry) in enumerate(PANES.items(), start=1)
        ),
        key("p", "plan", later("Plan"), later("Plan the rollout in the background; again to stop."), "plan.start"),
        key("u,ctrl+z", "undo", later("Undo"), later("Take back your last change."), "edit.undo"),
        key("ctrl+y", "redo", later("Redo"), later("Do again what you took back."), "edit.redo", show=False),
    ]

    def __init__(self, workspace: Workspace, limits: Limits, first: str = "") -> None:
        super().__init__()
        self.workspace = workspace
        self._first = first or next(iter(PANES))
        self._queue = PlanningQueue(self, workspace, limits, self._take_kept)
        self._loaded: Loaded | None = None
        self._first_revision = self._seen_revision = -1
        self._stale = set(PANES)
        self._told: dict[str, int] = {}
        self._has_all_shown = False

    def compose(self) -> ComposeResult:
        """The parts, top to bottom."""
        yield TabLine({pane: gettext(entry.title) for pane, entry in PANES.items()})
        yield PaneSwitcher(self.workspace, self._tell_loaded)
        yield PlanningPanel("planning")
        yield KeyLine()

    async def on_mount(self) -> None:
        """Shows the first pane and begins to follow the store."""
        self._first_revision = self._seen_revision = self.workspace.backlog.revision()
        # What is shown first is read while the pane for it is made.
        self.reload()
        await self.action_show(self._first)
        self.set_interval(POLL_SECONDS, self._poll)

    @property
    def pane(self) -> Pane:
        """The pane in sight."""
        shown = self._switcher.shown
        if shown is None:
            raise LookupError("no pane is shown yet")
        return shown

    @property
    def _switcher(self) -> PaneSwitcher:
        return self.query_one(PaneSwitcher)

    @property
    def loaded(self) -> Loaded | None:
        """The rollout and plan as they were last read whole."""
        return self._loaded

    async def action_show(self, pane: str) -> None:
        """Shows a pane; makes it where it is not there yet."""
        shown = await self._switcher.show(pane)
        self.query_one(TabLine).mark(pane)
        self._tell_missed(pane, shown)
        self._tell_loaded(shown)
        shown.focus_first()

    def _tell_loaded(self, pane: Pane) -> None:
        """Tells a pane what was loaded, unless it knows."""
        if pane.id in self._stale and self._loaded is not None:
            self._stale.discard(pane.id)
            pane.take_loaded(self._loaded)

    def _tell_missed(self, name: str, pane: Pane) -> None:
        """Tells a pane what has changed while it was out of sight."""
        since = self._told.get(name, self._first_revision)
        self._told[name] = self._seen_revision
        if since != self._seen_revision:
            in_background(
                self,
                lambda: self.workspace.backlog.changed_since(since),
                pane.take_changes,
                group=f"missed by {name}",
            )

    async def on_tab_chosen(self, event: Tab.Chosen) -> None:
        """A tab was clicked."""
        await self.action_show(event.pane)

    async def on_go_to(self, event: GoTo) -> None:
        """Shows a pane and a thing in it."""
        await self.action_show(event.pane)
        if event.target:
            self.pane.go_to(event.target)

    def on_all_shown(self, _event: AllShown) -> None:
        """Loads the other panes and makes them ready, so that their keys are answered at once."""
        if not self._has_all_shown:
            self._has_all_shown = True
            in_background(self, load_all, lambda _: self._switcher.prepare_all_later(), group="panes")

    def reload(self) -> None:
        """Reads the rollout and plan whole, in the background."""
        in_background(self, self.workspace.load, self._take_loaded, group="load")

    def _take_loaded(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self._show_subject()
        self._stale = set(PANES)
        shown = self._switcher.shown
        if shown is not None:
            self._tell_loaded(shown)

    def _show_subject(self) -> None:
        info = self._loaded.info if self._loaded else None
        plan = gettext("no plan yet")
        if info is not None:
            plan = " · ".join([gettext("plan {number}").format(number=info.number), *info.scenario])
        self.query_one(TabLine).show_subject(self.workspace.backlog.name, plan)

    def _poll(self) -> None:
        seen = self._seen_revision
        in_background(self, lambda: self.workspace.backlog.changed_since(seen), self._take_changes, group="poll")

    def _take_changes(self, changed: Changed) -> None:
        if changed.revision == self._seen_revision:
            return
        self._seen_revision = changed.revision
        others = [entry for entry in changed.entries if entry.who != self.workspace.backlog.who]
        if others:
            tell(self, gettext("{who}: {what}").format(who=others[-1].who, what=others[-1].what))
        shown = self._switcher.shown
        if shown is not None and shown.id is not None:
            self._told[shown.id] = changed.revision
            shown.take_changes(changed)
        self.reload()

    def on_edited(self, event: Edited) -> None:
        """Something was changed from here: what is shown follows without waiting for the next look."""
        if event.told:
            tell(self, event.told)
        self._poll()

    def on_plan_chosen(self, event: PlanChosen) -> None:
        """Shows another plan."""
        self.workspace.plan_number = event.number
        self.reload()

    def action_undo(self) -> None:
        """Takes back the user's last change."""
        undo = self.workspace.backlog.undo
        in_background(
            self,
            undo,
            lambda entry: self.post_message(Edited(gettext("Undone: {what}").format(what=entry.what))),
            group="undo",
        )

    def action_redo(self) -> None:
        """Does again what was taken back last."""
        redo = self.workspace.backlog.redo
        in_background(
            self,
            redo,
            lambda entry: self.post_message(Edited(gettext("Redone: {what}").format(what=entry.what))),
            group="undo",
        )

    def action_plan(self) -> None:
        """Begins to plan in the background, or stops it with the best plan so far."""
        if not self._queue.stop():
            self.post_message(PlanWanted())

    def on_plan_wanted(self, event: PlanWanted) -> None:
        """Plans the rollout as it is now, beginning from the plan that is shown; scenarios wait for their turn."""
        self._queue.want(event)

    def on_planning_panel_finished(self, event: PlanningPanel.Finished) -> None:
        """Keeps the plan that was found as a draft, and shows it with what moved."""
        self._queue.take_finished(event)

    def _take_kept(self, kept: Kept) -> None:
        if kept.scenarios:
            # The plan of a question is kept beside; what is shown is the rollout that is worked on.
            told = gettext("Plan {number} under {names} is kept as a draft.")
            tell(self, told.format(number=kept.number, names=", ".join(kept.scenarios)))
            self._poll()
            return
        self.workspace.plan_number = kept.number
        tell(self, gettext("Plan {number} is kept as a draft.").format(number=kept.number))
        self.reload()
        if kept.moved:
            self._show_moved(kept)

    def _show_moved(self, kept: Kept) -> None:
        """Shows what moved, unless the user is in the middle of something."""
        if kept.before is None:
            return
        from textual.widgets import Input, TextArea  # noqa: PLC0415 - only when something moved, here and below

        if self.is_current and not isinstance(self.focused, Input | TextArea):
            from planner.ui.moved.screen import MovedScreen  # noqa: PLC0415

            self.app.push_screen(MovedScreen(self.workspace, kept.before, kept.number), self._take_decision)
        else:
            told = ngettext(
                "{number} shop moved: v among the plans says why.",
                "{number} shops moved: v among the plans says why.",
                kept.moved,
            )
            tell(self, told.format(number=kept.moved))

    def _take_decision(self, messages: Sequence[Message] | None) -> None:
        for message in messages or ():
            self.post_message(message)
