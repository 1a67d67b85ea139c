"""What draws each of its lines as it is to look, colours and all, or nothing but its background."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    _Base = Widget
else:
    # Were these widgets themselves, Textual would look for the default styles of a class here alone.
    _Base = object


class Plain(_Base):
    """A container without a border: one blank line serves for all rows, where Textual would draw each of them."""

    def render_lines(self, crop: Region) -> list[Strip]:
        """The blank line, as often as it is asked for."""
        style = Style(background=self.background_colors[1]).rich_style
        return _filtered(self, [Strip.blank(crop.width, style)]) * crop.height


class OwnLines(_Base):
    """Its lines fill its `room`, by `render_line`: there is no border, padding or shade of CSS around or over them.

    Textual would draw all that for every line, whether there is any or not. No style of CSS may depend on the focus.
    """

    _made: tuple[Region, list[Strip]] | None = None

    @property
    def room(self) -> int:
        """How many cells of a line are in sight."""
        return self.size.width

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Looks no styles up, where Textual looks up all of them, those of scroll bars too."""

    def _set_dirty(self, *regions: Region) -> None:
        self._made = None
        super()._set_dirty(*regions)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines in sight; the same as before where only what lies above or beside them has changed."""
        if self._made is None or self._made[0] != crop:
            self._made = crop, self._lines(crop)
        return self._made[1]

    def _lines(self, crop: Region) -> list[Strip]:
        strips = _filtered(self, [self.render_line(y) for y in crop.line_range])
        first, last = crop.column_span
        return strips if first == 0 and last >= self.room else [strip.crop(first, last) for strip in strips]


class KeptLines(OwnLines):
    """Looks the same with the focus as without: lines stay as `line_at` made them until `draw_anew` forgets them."""

    _kept: tuple[object, dict[int, Strip]] = (None, {})

    def line_at(self, y: int) -> Strip:
        """Makes a line of the widget."""
        raise NotImplementedError

    def draw_anew(self, *regions: Region) -> None:
        """Draws what has changed: some regions, or everything."""
        kept = self._kept[1]
        for y in {y for region in regions for y in region.line_range} if regions else list(kept):
            kept.pop(y, None)
        self.refresh(*regions)

    def render_line(self, y: int) -> Strip:
        """A line, as it is kept for this place and size."""
        sight = self.scrollable_content_region.size, self.scroll_offset
        if self._kept[0] != sight:
            self._kept = sight, {}
        kept = self._kept[1]
        if y not in kept:
            kept[y] = self.line_at(y)
        return kept[y]

    def notify_style_update(self) -> None:
        """Other colours: the lines are made anew."""
        super().notify_style_update()
        self._kept = None, {}


def _filtered(widget: Widget, strips: Sequence[Strip]) -> list[Strip]:
    """Strips without colours where the user wants none, and so on."""
    background = widget.background_colors[1]
    filtered = list(strips)
    for line_filter in widget.get_line_filters():
        filtered = [strip.apply_filter(line_filter, background) for strip in filtered]
    return filtered


async def draw_ahead(top: Widget, is_wanted: Callable[[], bool]) -> None:
    """Draws a widget and all in it, one after another with room for keys between them, for as long as `is_wanted`.

    Widgets keep their lines, so that they need not be made when they come into sight.
    """
    for widget in list(top.walk_children(Widget, with_self=True)):
        for part in (widget, *_scroll_bars(widget)):
            if not is_wanted():
                return
            if size := part.region.size:
                part.render_lines(size.region)
                await asyncio.sleep(0)


def _scroll_bars(widget: Widget) -> Iterator[Widget]:
    if widget.show_vertical_scrollbar:
        yield widget.vertical_scrollbar
    if widget.show_horizontal_scrollbar:
        yield widget.horizontal_scrollbar
