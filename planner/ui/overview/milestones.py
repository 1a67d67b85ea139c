"""How far each milestone is: done, planned and the target, in large digits where there is room."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.geometry import Size
from textual.widget import Widget
from textual.widgets import Digits, Static

from planner.exchange.milestone_figures import MilestoneFigures
from planner.exchange.text import printable
from planner.wording.amounts import chance_text, day_in_year_text, number_text
from planner.wording.translation import gettext

if TYPE_CHECKING:
    from planner.review.risk.figures import MilestoneOutlook

LARGE_LINES, SMALL_LINES = 5, 2
DIGIT_CELLS, GAPS = 3, 2


class Milestones(VerticalScroll, can_focus=False):
    """The milestones, the next one in large digits, and the others too as far as there is room."""

    def __init__(self, widget_id: str) -> None:
        super().__init__(id=widget_id)
        self.border_title = gettext("Milestones")
        self._figures: Sequence[MilestoneFigures] = ()
        self._outlooks: Mapping[str, MilestoneOutlook] = {}
        self._today: date | None = None
        self._composed_for = Size()

    async def show(
        self, figures: Sequence[MilestoneFigures], outlooks: Mapping[str, "MilestoneOutlook"], today: date
    ) -> None:
        """Shows these figures, and how likely each milestone is met where that is known."""
        self._figures, self._outlooks, self._today = figures, outlooks, today
        await self.recompose()

    def on_resize(self) -> None:
        """Large digits for as many as there is room for."""
        # Coming into sight again, it is told its size again too.
        if self._figures and self.size != self._composed_for:
            self.refresh(recompose=True)

    def compose(self) -> ComposeResult:
        """A block a milestone."""
        self._composed_for = self.size
        if not self._figures and self._today is not None:
            yield Static(gettext("No milestone is set."))
        large = self._large()
        lines = LARGE_LINES * len(large) + SMALL_LINES * (len(self._figures) - len(large))
        self.set_class(lines + len(self._figures) <= self.size.height, "-roomy")
        for number, figures in enumerate(self._figures):
            with Vertical(classes="milestone"):
                yield Static(self._title(figures), classes="milestone-title")
                yield from _large(figures) if number in large else _small(figures)

    def _large(self) -> set[int]:
        """The milestones in large digits: the next to come first, then the others from the top."""
        if self._today is None or not self._figures:
            return set()
        widest = max(sum(len(text) for _, text in _parts(figures)) for figures in self._figures)
        if widest * DIGIT_CELLS + 2 * GAPS > self.size.width:
            return set()
        coming = [number for number, figures in enumerate(self._figures) if figures.by >= self._today]
        order = sorted(range(len(self._figures)), key=lambda number: (number not in coming[:1], number))
        spare = self.size.height - SMALL_LINES * len(self._figures)
        return set(order[: max(1, spare // (LARGE_LINES - SMALL_LINES))])

    def _title(self, figures: MilestoneFigures) -> Text:
        """The milestone's name, how likely it is met where that is known, and how many are missing."""
        parts = [printable(figures.name)]
        outlook = self._outlooks.get(figures.name)
        if outlook is not None:
            parts.append(gettext("{share} sure").format(share=chance_text(outlook.met.probability)))
        if figures.short:
            parts.append(gettext("{number} short").format(number=number_text(figures.short)))
        return Text(" · ".join(parts), "bold")


def _parts(figures: MilestoneFigures) -> list[tuple[str, str]]:
    """Each number with its word, such as `34 done`, `56 planned`, `90 by 31 Dec`."""
    return [
        (gettext("done"), number_text(figures.done)),
        (gettext("planned"), number_text(figures.planned)),
        (gettext("by {day}").format(day=day_in_year_text(figures.by)), number_text(figures.target)),
    ]


def _large(figures: MilestoneFigures) -> Iterator[Widget]:
    with_labels = [
        Vertical(Digits(number), Static(label, classes="digits-label"), classes="digits")
        for label, number in _parts(figures)
    ]
    yield Horizontal(*with_labels, classes="digits-row")


def _small(figures: MilestoneFigures) -> Iterator[Widget]:
    parts = [Text.assemble((number, "bold"), f" {label}") for label, number in _parts(figures)]
    yield Static(Text(" · ").join(parts))
