"""The calendar pane: a month as people know it, with what happens on each day."""

from datetime import date

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Static

from planner.exchange.text import printable
from planner.studies.almanac import Almanac, Part
from planner.studies.almanac_words import day_parts
from planner.ui.background import in_background
from planner.ui.calendar.day_dialog import DayDialog
from planner.ui.calendar.month_grid import MonthGrid
from planner.ui.calendar.part_dialog import PartDialog, part_text
from planner.ui.keys import key
from planner.ui.messages import GoTo
from planner.ui.pane import Pane
from planner.ui.tell import tell
from planner.ui.workspace import Loaded
from planner.wording.amounts import month_text, short_day_text
from planner.wording.translation import gettext, later

WIDE = 120


class CalendarPane(Pane):
    """The calendar."""

    HELP = later(
        "A month as people know it, with closures, reopenings and holidays."
        " Arrows go by day and week, page up and page down by month; Enter lists a day."
    )

    BINDINGS = [
        key("s", "part", later("Filter"), later("Show the days of one state or region only."), "calendar.part"),
        key(
            "e",
            "export",
            later("Export"),
            later("Write calendar files for Outlook, Google and others."),
            "calendar.export",
        ),
    ]

    loaded: Loaded | None = None
    almanac: Almanac | None = None
    part = Part()
    _legend = ""

    def compose(self) -> ComposeResult:
        """The month's name, its days, and more on the day under the cursor."""
        with Horizontal(id="month-line"):
            yield Static("", id="month-title")
            yield Static("", id="month-legend")
        yield MonthGrid("month")
        yield Static("", id="day-line")

    @property
    def grid(self) -> MonthGrid:
        """The month."""
        return self.query_one(MonthGrid)

    def focus_first(self) -> None:
        """The month takes the keys."""
        self.grid.focus()

    def take_loaded(self, loaded: Loaded) -> None:
        """Looks all days up anew."""
        self.loaded = loaded
        part = self.part
        in_background(self, lambda: Almanac(loaded.rollout, loaded.plan, part), self._show, group="almanac")

    def _show(self, almanac: Almanac) -> None:
        self.almanac = almanac
        self.grid.show(almanac)
        self._tell()

    def go_to(self, target: str) -> None:
        """Goes to a day, or to the day a shop closes or starts on."""
        day = _day(target)
        if day is None and self.almanac is not None:
            spans = (span for span in self.almanac.agenda.spans if span.shop == target)
            day = next((span.closed_from or span.start for span in spans), None)
        if day is not None:
            self.grid.go_to(day)

    def on_resize(self) -> None:
        """The legend says as much as there is room for."""
        self._tell()

    def on_month_grid_moved(self) -> None:
        """Tells more of the day."""
        self._tell()

    def on_month_grid_opened(self) -> None:
        """Lists the day."""
        if self.almanac is not None:
            self.app.push_screen(DayDialog(self.almanac, self.grid.day), self._go)

    def _go(self, way: GoTo | None) -> None:
        if way is not None:
            self.post_message(way)

    def action_part(self) -> None:
        """Asks whose days are shown."""
        if self.loaded is not None:
            self.app.push_screen(PartDialog(self.loaded.rollout, self.part), self._take_part)

    def _take_part(self, part: Part | None) -> None:
        if part is not None and self.loaded is not None:
            self.part = part
            self.take_loaded(self.loaded)

    def action_export(self) -> None:
        """Asks what is exported, and where to."""
        if self.loaded is None or self.loaded.plan is None:
            tell(self, gettext("There is no plan to export yet; press p to make one."), severity="warning")
        else:
            from planner.ui.calendar.export_dialog import ExportDialog  # noqa: PLC0415 - loads icalendar

            dialog = ExportDialog(self.workspace.backlog, self.loaded, self.part)
            self.app.push_screen(dialog, self._tell_exported)

    def _tell_exported(self, told: str | None) -> None:
        if told is not None:
            tell(self, told)

    def _tell(self) -> None:
        if self.almanac is None:
            return
        day = self.grid.day
        title = f"{month_text(day)} · {part_text(self.part)}"
        self.query_one("#month-title", Static).update(Text(title), layout=False)
        legend = gettext("● holiday  ≈ school  ■ no closing  × no work")
        if self.size.width >= WIDE:
            legend = gettext("▶ start  ▼ closing  ▲ reopening  ● holiday  ○ in some states") + "  "
            legend += gettext("≈ school holiday  ~ in some states  ■ no closing  × no work")
        if legend != self._legend:
            self._legend = legend
            self.query_one("#month-legend", Static).update(Text(legend))
        parts = [printable(part) for part in day_parts(self.almanac.notes(day))]
        about = Text.assemble((short_day_text(day), "bold"), "  ", " · ".join(parts))
        self.query_one("#day-line", Static).update(about, layout=False)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
