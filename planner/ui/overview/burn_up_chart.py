"""The burn-up chart on the screen."""

from itertools import groupby
from operator import itemgetter

from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from planner.ui.overview.burn_up import BurnUp, Ink, chart_lines
from planner.wording.translation import gettext

ROOM_FOR_NAME = 60


class BurnUpChart(Widget):
    """Shops finished by the end of each week: done, as planned, and as likely where the plan was played."""

    COMPONENT_CLASSES = {f"burn-up--{ink}" for ink in Ink}

    def __init__(self, widget_id: str) -> None:
        super().__init__(id=widget_id)
        self._chart: BurnUp | None = None
        self._is_playing = False
        self._drawn_for = Size()

    def on_mount(self) -> None:
        """Follows the colours, which its title has too."""
        self.app.theme_changed_signal.subscribe(self, lambda _: self._draw_anew())

    def show(self, chart: BurnUp, *, is_playing: bool) -> None:
        """Shows a chart; `is_playing` says that a forecast is on its way."""
        self._chart, self._is_playing = chart, is_playing
        self._draw_anew()

    def on_resize(self) -> None:
        """The chart takes the room there is, and so do the signs it is explained by."""
        # Coming into sight again, it is told its size again too.
        if self.size != self._drawn_for:
            self._draw_anew()

    def _draw_anew(self) -> None:
        self._drawn_for = self.size
        if self._chart is not None:
            self.border_title = self._title(self._chart)
        self.refresh()

    def _title(self, chart: BurnUp) -> Text:
        parts = [
            ("█", Ink.DONE, gettext("done")),
            ("⠒", Ink.PLANNED, gettext("planned")),
            ("╌", Ink.TARGET, gettext("target")),
        ]
        if chart.band:
            parts.append(("░", Ink.FORECAST, gettext("8/10")))
        title = Text(gettext("Burn-up") + " " if self.size.width >= ROOM_FOR_NAME else "")
        for sign, ink, word in parts:
            title.append(sign, self.get_component_rich_style(f"burn-up--{ink}"))
            title.append(f" {word} ")
        if self._is_playing:
            title.append(gettext("reckoning the risk …"))
        title.rstrip()
        return title

    def render(self) -> Text:
        """The chart in the room there is."""
        text = Text(no_wrap=True)
        if self._chart is None:
            return text
        styles = {ink: self.get_component_rich_style(f"burn-up--{ink}") for ink in Ink}
        lines = chart_lines(self._chart, self.size.width, self.size.height)
        for number, line in enumerate(lines):
            if number:
                text.append("\n")
            # A style a run, not a character: the fewer there are, the sooner the chart is drawn.
            for ink, run in groupby(line, key=itemgetter(1)):
                text.append("".join(character for character, _ in run), styles[ink])
        return text
