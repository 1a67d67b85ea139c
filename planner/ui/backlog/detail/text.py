"""Lines to read, by the line API: however many there are, only those in sight are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.containers import Horizontal
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Static

from planner.ui.backlog.detail.layout import Told
from planner.ui.keys import hidden
from planner.ui.widgets.line_view import LineView
from planner.wording.translation import later

MARGIN = 1


class DetailText(LineView, can_focus=True):
    """Shows what is told of a shop; left and right go from section to section."""

    COMPONENT_CLASSES = {
        "detail-text--plain",
        "detail-text--strong",
        "detail-text--quiet",
        "detail-text--warning",
        "detail-text--heading",
        "detail-text--label",
    }

    BINDINGS = [
        hidden("right", "section(1)", later("Next part"), later("Go to the next part."), "shop.next-part"),
        hidden("left", "section(-1)", later("Part before"), later("Go to the part before."), "shop.part-before"),
    ]

    class Scrolled(Message):
        """Other lines are in sight."""

    class WidthChanged(Message):
        """The lines have to be laid out for another width."""

    def __init__(self) -> None:
        self._inks: dict[str, Style] = {}
        super().__init__(id="detail-text")
        self.told = Told(0, [], [])
        """What is shown."""

    @property
    def text_width(self) -> int:
        """How wide lines may be; the last column is the scroll bar's."""
        return max(1, self.size.width - 2 * MARGIN)

    @property
    def section(self) -> int:
        """The section that the first line in sight is of."""
        top = self.scroll_offset.y
        return max((place for place, start in enumerate(self.told.starts) if start <= top), default=0)

    @property
    def is_near_end(self) -> bool:
        """Whether the last lines are in sight, or a page away."""
        return self.scroll_offset.y + 2 * self.size.height >= len(self.told.lines)

    def show(self, told: Told, *, from_top: bool) -> None:
        """Shows other lines; `from_top`, or where one was."""
        self.told = told
        self._fit()
        if from_top:
            self.scroll_to(0, 0, animate=False, force=True)
        self.refresh()
        self.post_message(self.Scrolled())

    def _fit(self) -> None:
        """As many whole pages as bring every title to the top: a new size has the whole screen laid out anew."""
        lines, height = len(self.told.lines), max(1, self.size.height)
        if lines > height and self.told.starts:
            lines = max(lines, self.told.starts[-1] + height)
        self.fit_content(Size(self.size.width - MARGIN, -(-lines // height) * height))

    def action_section(self, step: int) -> None:
        """Brings the title of another section to the top."""
        self.go_to_section(self.section + step)

    def go_to_section(self, place: int) -> None:
        """Brings a section's title to the top."""
        if 0 <= place < len(self.told.starts):
            self.scroll_to(0, self.told.starts[place], animate=False, force=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Other lines come into sight."""
        super().watch_scroll_y(old_value, new_value)
        self.post_message(self.Scrolled())

    def on_resize(self) -> None:
        """Has the lines laid out anew where they would no longer fit."""
        self._fit()
        if self.text_width != self.told.width:
            self.post_message(self.WidthChanged())

    def render_line(self, y: int) -> Strip:
        """A line in sight."""
        row, base = y + self.scroll_offset.y, self._ink("plain")
        pieces = self.told.lines[row] if row < len(self.told.lines) else ()
        segments = [Segment(" " * MARGIN, base), *(Segment(text, self._ink(part)) for text, part in pieces)]
        rest = self.room - sum(segment.cell_length for segment in segments)
        if rest > 0:
            segments.append(Segment(" " * rest, base))
        strip = Strip(segments, self.room - min(rest, 0))
        return strip if rest >= 0 else strip.crop(0, self.room)

    def _ink(self, part: str) -> Style:
        if part not in self._inks:
            self._inks[part] = self.get_component_rich_style(f"detail-text--{part}")
        return self._inks[part]

    def notify_style_update(self) -> None:
        """Another theme: the styles are looked up anew."""
        self._inks = {}
        super().notify_style_update()


class PartName(Static):
    """The name of a section; a click goes there."""

    @dataclass
    class Chosen(Message):
        """A name was clicked."""

        place: int

    def __init__(self, place: int, title: str) -> None:
        super().__init__(title, classes="part-name", markup=False)
        self._place = place

    def on_click(self, event: events.Click) -> None:
        """Asks for the section."""
        event.stop()
        self.post_message(self.Chosen(self._place))


class PartNames(Horizontal):
    """The names of the sections, the present one marked."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(*(PartName(place, title) for place, title in enumerate(titles)), id="part-names")

    def mark(self, present: int) -> None:
        """Marks the section in sight, by more than a colour."""
        for place, name in enumerate(self.query(PartName)):
            name.set_class(place == present, "-active")
