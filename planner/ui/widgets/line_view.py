"""What scrolls over any number of lines, each drawn by `render_line` as it is to look."""

from textual.geometry import Size
from textual.scroll_view import ScrollView

from planner.ui.widgets.own_lines import OwnLines


class LineView(OwnLines, ScrollView):
    """Scrolls over lines that bring their own colours."""

    _fitted: tuple[Size, Size, Size] | None = None

    @property
    def room(self) -> int:
        """How many cells of a line are in sight."""
        return max(1, self.scrollable_content_region.width)

    def fit_content(self, size: Size) -> None:
        """Scrolls over so much from now on. Only where scroll bars come or go, the screen is laid out anew."""
        if size == self.virtual_size:
            return
        bars = self.show_horizontal_scrollbar, self.show_vertical_scrollbar
        if not self.container_size or bars != self._bars_for(size):
            self.virtual_size = size
            return
        self.set_reactive(ScrollView.virtual_size, size)
        if self._fitted is not None:
            self._fitted = self._fitted[0], size, self._fitted[2]
        if self.show_horizontal_scrollbar:
            self.horizontal_scrollbar.window_virtual_size = size.width
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = size.height
        if self.scroll_offset.x > self.max_scroll_x or self.scroll_offset.y > self.max_scroll_y:
            self.scroll_to(
                min(self.scroll_offset.x, self.max_scroll_x),
                min(self.scroll_offset.y, self.max_scroll_y),
                animate=False,
                force=True,
            )

    def _size_updated(
        self,
        size: Size,
        virtual_size: Size,
        container_size: Size,
        layout: bool = True,
    ) -> bool:
        """Textual draws the scroll bars anew whenever anything on the screen is laid out, and with them the lines."""
        fitted = size, self.virtual_size, container_size
        if fitted == self._fitted:
            return False
        self._fitted = fitted
        return super()._size_updated(size, virtual_size, container_size, layout)

    def _bars_for(self, size: Size) -> tuple[bool, bool]:
        """Whether so much needs a horizontal and a vertical scroll bar, each of which takes room from the other."""
        width, height = self.container_size
        across, down = size.width > width, size.height > height or self.styles.overflow_y == "scroll"
        across = across or (down and size.width > width - self.styles.scrollbar_size_vertical)
        down = down or (across and size.height > height - self.styles.scrollbar_size_horizontal)
        return across, down
