"""The schedule pane: the chart, and remodels in it picked up, moved, fixed and given free."""

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from planner.domain.fixed_days import fixed_as_now
from planner.domain.shop import Status
from planner.store.records import StoredShop
from planner.ui.background import in_background
from planner.ui.dialogs import MessageDialog, QuestionDialog
from planner.ui.keys import key
from planner.ui.schedule.bars import Standing
from planner.ui.schedule.carry import Carry, carried_bar, held_over, pick_up, stepped
from planner.ui.schedule.chart import Chart
from planner.ui.schedule.chart_pane import ChartPane
from planner.ui.schedule.desk_room import Refused
from planner.ui.schedule.details import carry_text
from planner.ui.schedule.fixing import Fixing
from planner.ui.schedule.gantt import Gantt
from planner.ui.schedule.places import headings, move_places, slot_places, ways_lines
from planner.ui.schedule.places_dialog import Place, PlacesDialog
from planner.ui.tell import tell
from planner.ui.workspace import Workspace
from planner.wording.amounts import day_text
from planner.wording.translation import gettext, later

if TYPE_CHECKING:  # they come with the solver, which takes a second to load
    from planner.scheduling.moves import Move
    from planner.scheduling.slots import Slots

MOST_SLOTS = 20
WHILE_CARRYING = ("step", "put_down", "put_back")
MOVABLE = (Status.BACKLOG, Status.FIXED)
OTHERWISE = ("pick_up", "fix", "unfix", "slots")


class SchedulePane(ChartPane):
    """The schedule of the plan that is shown."""

    HELP = later(
        "The plan as a chart: a row a remodel, a column a day or a part of a week. Pick a remodel up with m, move it"
        " with the arrow keys, and see at each step what that costs and which rules it breaks."
    )
    BINDINGS = [
        key("m", "pick_up", later("Move"), later("Pick the remodel up, to move it by the arrow keys."), "remodel.move"),
        key("f", "fix", later("Fix"), later("Fix the remodel where it stands: plans keep it there."), "remodel.fix"),
        key("x", "unfix", later("Unfix"), later("Give the remodel free again, to be planned."), "remodel.unfix"),
        key("s", "slots", later("Slots"), later("List the best other dates; Enter fixes one."), "remodel.slots"),
        key("e", "explain", later("Why"), later("Explain why the remodel stands where it does."), "remodel.explain"),
        key("r", "replan", later("Replan"), later("Plan again around what is fixed."), "remodel.replan"),
        key("slash", "find", later("Find"), later("Find a shop by its id, name or town."), "schedule.find"),
        key("n", "find_next", later("Next"), later("Go to the next shop found."), "schedule.find-next", show=False),
        replace(
            key("left", "step(-1, 0)", later("Day"), later("Move it a working day earlier."), "move.day-earlier"),
            key_display="←→",
        ),
        key("right", "step(1, 0)", later("Day"), later("Move it a working day later."), "move.day-later", show=False),
        replace(
            key("up,shift+left", "step(0, -1)", later("Week"), later("Move it a week earlier."), "move.week-earlier"),
            key_display="↑↓",
        ),
        key("down,shift+right", "step(0, 1)", later("Week"), later("A week later."), "move.week-later", show=False),
        key("enter", "open", later("Open"), later("Show the shop in the backlog."), "remodel.open", show=False),
        key("enter", "put_down", later("Fix here"), later("Fix the remodel where it is held."), "move.fix"),
        key("escape", "put_back", later("Put back"), later("Leave the remodel where it was."), "move.back"),
    ]

    def __init__(self, workspace: Workspace, pane_id: str) -> None:
        super().__init__(workspace, pane_id)
        self._carry: Carry | None = None
        self._fixing = Fixing(self, workspace.backlog, self._let_go)

    @property
    def is_busy(self) -> bool:
        """Whether a remodel is carried."""
        return self._carry is not None

    def take_chart(self, chart: Chart | None) -> None:
        """Shows a chart; a remodel that nobody has changed meanwhile is carried on."""
        carry, self._carry = self._carry, None
        self.set_class(False, "-carrying")
        self.gantt.hold(None)
        super().take_chart(chart)
        if carry is None or chart is None:
            return
        bar = chart.bars.get(carry.bar.shop.id)
        if bar is not None and (bar.shop, bar.remodel) == (carry.bar.shop, carry.bar.remodel):
            self._hold(Carry(bar, carry.stored, carry.start, carry.days))
        else:
            tell(self, gettext("{shop} was changed, so it was put back.").format(shop=carry.bar.shop.id))

    def told(self, chart: Chart, *, is_wide: bool) -> Text:
        """What is told of the remodel that is carried, or else of the row."""
        return carry_text(chart, self._carry) if self._carry else super().told(chart, is_wide=is_wide)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What can be done now: other things while a remodel is carried."""
        if action in WHILE_CARRYING:
            return self.is_busy
        if action not in OTHERWISE:
            return super().check_action(action, parameters)
        if self.bar is None or self.is_busy:
            return False
        wanted = {"fix": Standing.PLANNED, "unfix": Standing.FIXED}.get(action)
        return wanted is None or self.bar.standing is wanted

    # Moving

    def action_pick_up(self) -> None:
        """Picks the remodel up: at once, since the keys that follow are meant for it; what it would do comes later."""
        if self.bar is None:
            return
        shop = self.bar.shop
        if shop.status in MOVABLE:
            in_background(self, lambda: self.workspace.backlog.shop(shop.id), self._pick_up, group="desk")
        else:
            self.with_desk(shop.id, lambda desk: desk.seat(shop.id), lambda stored, _: self._pick_up(stored))

    def on_gantt_opened(self, event: Gantt.Opened) -> None:
        """Picks a remodel up that is clicked twice; shows the shop where its name is."""
        if event.on_chart:
            self.action_pick_up()
        else:
            self.action_open()

    def _pick_up(self, stored: StoredShop) -> None:
        chart = self.chart
        if chart is None or stored.shop.id not in chart.bars:
            return
        carry = pick_up(chart, stored)
        if carry is None:
            tell(self, gettext("{shop} has no days to go to.").format(shop=stored.shop.id), severity="warning")
            return
        self.gantt.go_to_shop(stored.shop.id)
        self._hold(carry)

    def _hold(self, carry: Carry) -> None:
        """Shows the remodel where it is held, and asks what that would do."""
        chart, room = self.chart, self.room
        if chart is None or room is None:
            return
        self._carry = carry
        self.set_class(True, "-carrying")
        bar = carried_bar(chart, carry)
        self.gantt.hold(bar)
        if bar.days:
            self.gantt.show_days(*bar.days)
        self.tell_row()
        self.refresh_bindings()
        shop, start = carry.bar.shop.id, carry.start

        def ask() -> "Move | Refused":
            return room.ask(lambda desk: desk.moved(shop, start, as_fixed=True), lambda: self._carry is carry)

        in_background(self, ask, lambda answer: self._take_answer(carry, answer), group="move")

    def _take_answer(self, carry: Carry, answer: "Move | Refused") -> None:
        if self._carry is not carry:
            return
        if isinstance(answer, Refused):
            self._let_go()
            tell(self, answer.why, severity="warning")
        else:
            self._carry = carry.told(answer)
            self.tell_row()

    def _let_go(self) -> None:
        """Shows the remodel where it is again."""
        self._carry = None
        self.set_class(False, "-carrying")
        self.gantt.hold(None)
        self.tell_row()
        self.refresh_bindings()

    def action_step(self, days: int, weeks: int) -> None:
        """Moves the remodel that is carried by working days or weeks."""
        if self.chart is not None and self._carry is not None:
            self._hold_or_ring(stepped(self.chart, self._carry, days=days, weeks=weeks))

    def on_gantt_day_clicked(self, event: Gantt.DayClicked) -> None:
        """Goes to the day that was clicked, with the remodel that is carried."""
        if self._carry is None:
            self.gantt.go_to_day(event.day)
        elif self.chart is not None:
            self._hold_or_ring(held_over(self.chart, self._carry, event.day))

    def _hold_or_ring(self, carry: Carry | None) -> None:
        if carry is None:
            self.app.bell()
        else:
            self._hold(carry)

    def action_put_back(self) -> None:
        """Leaves the remodel where it was."""
        self._let_go()

    def action_put_down(self) -> None:
        """Fixes the remodel where it is held; asks first where that breaks rules."""
        carry, chart = self._carry, self.chart
        if carry is None or chart is None:
            return
        if carry.answer is None:
            tell(self, gettext("One moment: what this would do is still being worked out."))
        elif carry.answer.slot is None:
            self.app.bell()
        else:
            self._fix_at(carry.stored, move_places(chart.rollout, carry.bar.shop, [carry.answer])[0])

    # Fixing

    def _fix_at(self, stored: StoredShop, place: Place) -> None:
        """Fixes a shop at a place and brings that into sight; asks first where that breaks rules."""

        def decided(agreed: bool | None) -> None:
            if agreed:
                self._carry = None
                self._fixing.fix(stored, place.start)
                self.gantt.show_days(place.start.toordinal(), place.finish.toordinal())

        if not place.breaks:
            decided(True)
            return
        title = gettext("Fix {shop} on {day} all the same?").format(shop=stored.shop.id, day=day_text(place.start))
        lines = [gettext("That breaks:"), *(f"! {text}" for text in place.breaks), ""]
        lines.append(gettext("Planning then reports it as a conflict, until one of the dates is changed."))
        self.app.push_screen(QuestionDialog(title, lines, gettext("Fix it anyway")), decided)

    def action_unfix(self) -> None:
        """Gives the remodel free again."""
        if self.bar is not None:
            self._fixing.read(self.bar.shop.id, self._fixing.unfix)

    def action_fix(self) -> None:
        """Fixes the remodel where it stands, or where longer waits do not let it, offers what comes near."""
        chart, bar = self.chart, self.bar
        if chart is None or bar is None or bar.remodel is None:
            return
        shop = bar.shop
        near = fixed_as_now(chart.rollout.format_of(shop), chart.calendars.of(shop), bar.remodel)

        def then(stored: StoredShop, moves: "list[Move]") -> None:
            places = move_places(chart.rollout, shop, moves)
            if len(places) == 1:
                self._fix_at(stored, places[0])
            elif places:
                note = gettext("A fixed remodel waits no longer than it must, so it begins later or closes earlier:")
                self._choose(stored, note, places, closes=bar.closed is not None)

        self.with_desk(shop.id, lambda desk: [desk.moved(shop.id, days.start, as_fixed=True) for days in near], then)

    def action_slots(self) -> None:
        """Lists the best places there are; Enter fixes one."""
        chart, bar = self.chart, self.bar
        if chart is None or bar is None:
            return
        shop = bar.shop

        def then(stored: StoredShop, found: "Slots") -> None:
            places = slot_places(chart.rollout, found)
            if places:
                note = gettext("The best other dates, all other remodels standing:")
                self._choose(stored, note, places, closes=found.closes)
            else:
                title = gettext("No other date is free for {shop}").format(shop=shop.id)
                self.app.push_screen(MessageDialog(title, ways_lines(chart.rollout, shop, found)))

        self.with_desk(shop.id, lambda desk: desk.slots(shop.id, n=MOST_SLOTS, as_fixed=True), then)

    def _choose(self, stored: StoredShop, note: str, places: list[Place], *, closes: bool) -> None:
        """Has one of several places chosen, and fixes the shop there."""
        is_dated = self.bar is not None and self.bar.remodel is not None
        title = gettext("Fix {shop}").format(shop=f"{stored.shop.id} {stored.shop.name}".strip())
        dialog = PlacesDialog(title, note, headings(closes=closes, is_dated=is_dated), places)
        self.app.push_screen(dialog, lambda place: None if place is None else self._fix_at(stored, place))
