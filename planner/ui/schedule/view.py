"""What of a chart is shown, and how it is laid out: groups, rows, columns. Knows nothing of the screen."""

from planner.ui.schedule.bars import Bar
from planner.ui.schedule.chart import Chart
from planner.ui.schedule.counts import Closures, lines_for
from planner.ui.schedule.groups import GROUPINGS, Group, Grouping, make_groups
from planner.ui.schedule.rows import Row, make_rows, row_of
from planner.ui.schedule.shading import Shading
from planner.ui.schedule.timescale import ZOOMS, Timescale, Zoom, make_timescale

ALL = None
"""In the place of a group's key: all shops together."""


class View:
    """A chart as it is grouped, folded and zoomed, in `room` columns; and a remodel that is held elsewhere, if any."""

    def __init__(self, chart: Chart, room: int) -> None:
        self.chart = chart
        self.grouping = Grouping.REGION
        self.zoom = Zoom.WEEK
        self.with_done = False
        self.carried: tuple[Bar, Bar] | None = None
        self._folded: dict[Grouping, set[str]] = {grouping: set() for grouping in Grouping}
        self._room = room
        self._known: dict[tuple[Grouping, bool], list[Group]] = {}
        self._closures: dict[str | None, Closures] = {}
        self.groups: list[Group] = []
        self.rows: list[Row] = []
        self.scale: Timescale = self._make_scale()
        self.shading = Shading(chart.rollout, chart.calendars, self.scale)
        self._regroup()

    def take(self, chart: Chart) -> None:
        """Shows another chart in the same way; what is carried goes on being so where the shop is still there."""
        self.chart = chart
        self._known.clear()
        if self.carried is not None:
            bar = chart.bars.get(self.carried[1].shop.id)
            self.carried = None if bar is None else (bar, self.carried[1])
        self._scale()
        self.shading = Shading(chart.rollout, chart.calendars, self.scale)
        self._regroup()

    def hold(self, bar: Bar | None) -> None:
        """Shows a remodel in another place than it has; None again where it is."""
        self.carried = None if bar is None else (self.chart.bars[bar.shop.id], bar)
        self._closures.clear()

    def set_room(self, room: int) -> None:
        """Lays the columns out in so many."""
        self._room = room
        self._scale()

    def zoom_by(self, step: int) -> None:
        """Shows fewer or more days."""
        self.zoom = ZOOMS[max(0, min(len(ZOOMS) - 1, ZOOMS.index(self.zoom) + step))]
        self._scale()

    def group_by_next(self) -> None:
        """Groups by the next thing."""
        self.grouping = GROUPINGS[(GROUPINGS.index(self.grouping) + 1) % len(GROUPINGS)]
        self._regroup()

    def toggle_done(self) -> None:
        """Shows or hides the shops done before."""
        self.with_done = not self.with_done
        self._scale()
        self._regroup()

    def toggle(self, key: str) -> None:
        """Folds or unfolds a group."""
        self._folded[self.grouping] ^= {key}
        self.rows = make_rows(self.groups, self._folded[self.grouping])

    def toggle_all(self) -> None:
        """Folds all groups, or unfolds them where all are folded."""
        every = {group.key for group in self.groups}
        self._folded[self.grouping] = set() if self._folded[self.grouping] >= every else every
        self.rows = make_rows(self.groups, self._folded[self.grouping])

    def row_showing(self, shop_id: str) -> int | None:
        """The row of a shop, whose group is unfolded for it; None where the chart has none."""
        bar = self.chart.bars.get(shop_id)
        if bar is None:
            return None
        if bar not in self.chart.shown(with_done=self.with_done):
            self.toggle_done()
        found = row_of(self.rows, shop_id)
        if found is None:
            self.toggle(next(group.key for group in self.groups if bar in group.bars))
            found = row_of(self.rows, shop_id)
        return found

    def closures(self, key: str | None) -> Closures:
        """The closures of a group, or of all shops; with what is carried where it is shown."""
        if key not in self._closures:
            bars = list(self.chart.bars.values())
            if key is not ALL:
                bars = next((list(group.bars) for group in self.groups if group.key == key), [])
            if self.carried is not None:
                present, moved = self.carried
                bars = [moved if bar.shop.id == present.shop.id else bar for bar in bars]
            self._closures[key] = Closures(bars, self.scale.first, self.chart.last + 7)
        return self._closures[key]

    @property
    def foot_height(self) -> int:
        """How many lines the figures at the foot take."""
        return lines_for(self.scale, self.closures(ALL).most)

    def _make_scale(self) -> Timescale:
        first = self.chart.first_done if self.with_done else self.chart.first
        return make_timescale(self.zoom, first, self.chart.last, self._room)

    def _scale(self) -> None:
        scale = self._make_scale()
        if scale != self.scale:
            self.scale = scale
            self.shading = Shading(self.chart.rollout, self.chart.calendars, scale)
            self._closures.clear()

    def _regroup(self) -> None:
        key = (self.grouping, self.with_done)
        if key not in self._known:
            shown = self.chart.shown(with_done=self.with_done)
            self._known[key] = make_groups(self.chart.rollout, shown, self.grouping)
        self.groups = self._known[key]
        self.rows = make_rows(self.groups, self._folded[self.grouping])
        self._closures.clear()
