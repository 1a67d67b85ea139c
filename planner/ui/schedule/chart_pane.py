"""The part of the schedule pane that shows: the chart, what is told of the row, shops found, dates explained."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from planner.store.records import StoredShop
from planner.ui.background import in_background
from planner.ui.dialogs import TextDialog
from planner.ui.messages import GoTo, PlanWanted
from planner.ui.pane import Pane
from planner.ui.schedule.bars import Bar, Standing
from planner.ui.schedule.chart import Chart, make_chart
from planner.ui.schedule.desk_room import DeskRoom, Refused
from planner.ui.schedule.details import legend_text, row_text
from planner.ui.schedule.gantt import Gantt
from planner.ui.schedule.places import clashes_of
from planner.ui.schedule.reasons_dialog import ReasonsDialog
from planner.ui.schedule.search import found_shops
from planner.ui.tell import tell
from planner.ui.workspace import Loaded, Workspace
from planner.wording.translation import gettext

if TYPE_CHECKING:  # they come with the solver, which takes a second to load
    from planner.scheduling.desk import Desk
    from planner.scheduling.moves import Move

WIDE_FROM = 140
ACTIONS = ("replan", "explain", "find", "find_next", "open")

Answer = TypeVar("Answer")


class ChartPane(Pane):
    """The chart, and below it or beside it what is told of the row under the cursor."""

    def __init__(self, workspace: Workspace, pane_id: str) -> None:
        super().__init__(workspace, pane_id)
        self.chart: Chart | None = None
        self.room: DeskRoom | None = None
        self._wanted = ""
        self._searched = ""

    def compose(self) -> ComposeResult:
        """The chart, what is told of the row, and what stands in their place without a plan."""
        yield Static("", id="schedule-empty")
        yield Gantt("gantt")
        yield Static("", id="schedule-details")

    def on_mount(self) -> None:
        """Shows nothing until the plan was read."""
        for part in ("#schedule-empty", "#gantt", "#schedule-details"):
            self.query_one(part).display = False

    @property
    def gantt(self) -> Gantt:
        """The chart on the screen."""
        return self.query_one("#gantt", Gantt)

    @property
    def bar(self) -> Bar | None:
        """The bar under the cursor."""
        row = self.gantt.row
        return self.chart.bars.get(row.bar.shop.id) if self.chart and row and row.bar else None

    @property
    def is_busy(self) -> bool:
        """Whether keys mean something else for now."""
        return False

    def on_resize(self) -> None:
        """Tells of the row beside the chart where there is room."""
        self.set_class(self.size.width >= WIDE_FROM, "-wide")
        self.tell_row()

    # What is shown

    def take_loaded(self, loaded: Loaded) -> None:
        """Draws the plan that was read."""
        in_background(self, lambda: make_chart(loaded), self.take_chart, group="chart")

    def take_chart(self, chart: Chart | None) -> None:
        """Shows a chart, or that there is no plan."""
        self.chart = chart
        self.room = None if chart is None else DeskRoom(chart.rollout, chart.plan)
        self.query_one("#schedule-empty").display = chart is None
        self.gantt.display = self.query_one("#schedule-details").display = chart is not None
        if chart is None:
            text = gettext("There is no plan yet. Press p to plan: the schedule is here when the plan is made.")
            self.query_one("#schedule-empty", Static).update(Text(text))
        else:
            self.gantt.show(chart)
            self._take_focus()
            if self._wanted:
                self.go_to(self._wanted)
            self._look_for_clashes(chart)
        self.tell_row()
        self.refresh_bindings()

    def _take_focus(self) -> None:
        focused = self.screen.focused
        if self.is_in_sight and (focused is None or self not in focused.ancestors):
            self.focus_first()

    def _look_for_clashes(self, chart: Chart) -> None:
        """Asks which rules the starts break that were fixed after the plan was made."""
        room = self.room
        starts = {
            bar.shop.id: bar.remodel.start
            for bar in chart.bars.values()
            if bar.is_stale and bar.standing is Standing.FIXED and bar.remodel
        }
        if room is None or not starts:
            return

        def ask(desk: "Desk") -> "list[Move]":
            return [desk.moved(shop, start) for shop, start in starts.items() if desk.is_movable(shop)]

        def then(moves: "list[Move] | Refused") -> None:
            if isinstance(moves, Refused) or self.chart is not chart:
                return
            for move in moves:
                chart.bars[move.shop] = replace(chart.bars[move.shop], clashes=clashes_of(chart.rollout, move))
            self.gantt.show(chart)
            self.tell_row()

        in_background(self, lambda: room.ask(ask), then, group="clashes")

    def go_to(self, target: str) -> None:
        """Brings a shop, or a day such as 2021-11-26, into sight."""
        self._wanted = target if self.chart is None else ""
        if self.chart is None:
            return
        if target in self.chart.bars:
            self.gantt.go_to_shop(target)
            return
        try:
            self.gantt.go_to_day(date.fromisoformat(target))
        except ValueError:
            tell(self, gettext("{shop} is not in the schedule.").format(shop=target), severity="warning")

    def focus_first(self) -> None:
        """The chart takes the keys."""
        if self.chart is not None:
            self.gantt.focus()

    def on_gantt_pointed(self) -> None:
        """Tells of the row under the cursor."""
        self.tell_row()
        self.refresh_bindings()

    def told(self, chart: Chart, *, is_wide: bool) -> Text:
        """What is told now."""
        row = self.gantt.row
        return Text() if row is None else row_text(chart, row, is_wide=is_wide)

    def tell_row(self) -> None:
        """Tells of the row under the cursor, and where there is room, what the signs mean."""
        if self.chart is None:
            return
        is_wide = self.has_class("-wide")
        text = self.told(self.chart, is_wide=is_wide)
        if is_wide:
            text = Text("\n\n").join([text, legend_text(self.chart)])
        self.query_one("#schedule-details", Static).update(text, layout=False)

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done with the row."""
        if action not in ACTIONS:
            return super().check_action(action, parameters)
        is_shown = self.chart is not None and not self.is_busy
        return is_shown and (action != "explain" or self.bar is not None)

    def action_open(self) -> None:
        """Shows the shop in the backlog; folds or unfolds a group."""
        if self.bar is None:
            self.gantt.action_fold()
        else:
            self.post_message(GoTo("backlog", self.bar.shop.id))

    def action_replan(self) -> None:
        """Has the rollout planned from the plan that is shown."""
        self.post_message(PlanWanted())

    def action_find(self) -> None:
        """Asks for a shop and goes to it."""
        chart = self.chart
        if chart is None:
            return

        def check(text: str) -> str | None:
            return None if found_shops(chart, text) else gettext("No shop has that in its id, name or town.")

        def then(text: str | None) -> None:
            if text:
                self._searched = text
                self.gantt.go_to_shop(found_shops(chart, text)[0])

        self.app.push_screen(TextDialog(gettext("Find a shop"), gettext("Id, name or town"), check=check), then)

    def action_find_next(self) -> None:
        """Goes to the next shop that was found."""
        found = found_shops(self.chart, self._searched) if self.chart else []
        here = self.bar.shop.id if self.bar else ""
        if found:
            self.gantt.go_to_shop(found[(found.index(here) + 1) % len(found) if here in found else 0])

    def action_explain(self) -> None:
        """Explains why the remodel stands where it does."""
        chart, bar = self.chart, self.bar
        if chart is None or bar is None:
            return
        shop = bar.shop

        def lines(desk: "Desk") -> list[tuple[str, str]]:
            from planner.studies.explanation_words import explanation_lines  # noqa: PLC0415 - see above

            return list(explanation_lines(chart.rollout, shop, desk.explained(shop.id)))

        def then(_: StoredShop, reasons: list[tuple[str, str]]) -> None:
            title = gettext("Why {shop} stands where it does").format(shop=shop.id)
            self.app.push_screen(ReasonsDialog(title, reasons))

        self.with_desk(shop.id, lines, then)

    def with_desk(
        self, shop_id: str, question: "Callable[[Desk], Answer]", then: Callable[[StoredShop, Answer], object]
    ) -> None:
        """Reads a shop, asks the desk, and goes on with both; says why where there is no answer.

        Asks again where another plan, or the same one read anew, has taken the place of the one that was asked about.
        """
        room = self.room
        if room is None:
            return

        def work() -> tuple[StoredShop, Answer | Refused]:
            return self.workspace.backlog.shop(shop_id), room.ask(question)

        def taken(found: tuple[StoredShop, Answer | Refused]) -> None:
            stored, answer = found
            if self.room is not room:
                self.with_desk(shop_id, question, then)
            elif isinstance(answer, Refused):
                tell(self, answer.why, severity="warning")
            else:
                then(stored, answer)

        in_background(self, work, taken, group="desk")
