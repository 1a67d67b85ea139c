"""Sections laid out for a width: lines of pieces, each piece with the part of the style sheet it is drawn by."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import Console
from rich.text import Text

from planner.ui.backlog.detail.data_facts import data_facts
from planner.ui.backlog.detail.dossier import Dossier
from planner.ui.backlog.detail.facts import Fact, Section
from planner.ui.backlog.detail.history_facts import history_facts, nothing_done
from planner.ui.backlog.detail.plan_facts import money_facts, phase_facts, plan_facts
from planner.ui.widgets.line_cells import fitted
from planner.wording.translation import gettext, later

Piece = tuple[str, str]
"""Text, and the component class it is drawn by, without its prefix."""
MOST_LABEL = 16
LEAST_WIDTH = 38
"""Narrower lines would cut money; the screen cuts them instead."""
FIGURE_WIDTH = 18
HEADING, LABEL = "heading", "label"
SECTIONS = (later("Data"), later("Plan"), later("Phases"), later("Money"), later("History"))


@dataclass(frozen=True, slots=True)
class Told:
    """Lines for a width, and the line on which each section begins."""

    width: int
    lines: list[tuple[Piece, ...]]
    starts: list[int]


def sections_of(dossier: Dossier) -> list[Section]:
    """All that is told of a shop."""
    facts = (
        list(data_facts(dossier)),
        list(plan_facts(dossier)),
        list(phase_facts(dossier)),
        list(money_facts(dossier)),
        list(history_facts(dossier.history)) or [nothing_done()],
    )
    return [Section(gettext(title), told) for title, told in zip(SECTIONS, facts, strict=True)]


def laid_out(sections: Sequence[Section], width: int) -> Told:
    """The sections in lines of at most `width` cells; a while for long ones, so for a thread."""
    lines: list[tuple[Piece, ...]] = []
    starts: list[int] = []
    room = max(width, LEAST_WIDTH)
    for section in sections:
        if lines:
            lines.append(())
        starts.append(len(lines))
        lines.append(((f"{section.title} ", HEADING), ("─" * (room - cell_len(section.title) - 1), LABEL)))
        labels = [cell_len(fact.label) for fact in section.facts if fact.label]
        label_width = min(MOST_LABEL, max(labels, default=0)) + 1
        lines += _lines(section.facts, label_width, room)
    return Told(width, lines, starts)


def laid_on(told: Told, facts: Iterable[Fact]) -> Told:
    """What is told, with more lines at its end."""
    more = _lines(facts, 0, max(told.width, LEAST_WIDTH))
    return Told(told.width, [*told.lines, *more], told.starts)


def _lines(facts: Iterable[Fact], label_width: int, room: int) -> Iterator[tuple[Piece, ...]]:
    console = Console(width=room, color_system=None)
    for fact in facts:
        yield from _fact_lines(fact, label_width, room, console)


def _fact_lines(fact: Fact, label_width: int, room: int, console: Console) -> Iterator[tuple[Piece, ...]]:
    indent = label_width if fact.label else fact.indent
    label = fitted(fact.label, label_width - 1) + " " if fact.label else " " * indent
    if fact.is_figure:
        figure = fitted(fact.text, max(FIGURE_WIDTH, cell_len(fact.text)), is_right=True)
        yield (label, LABEL), (figure, fact.tone.value)
        return
    for text in Text(fact.text).wrap(console, room - indent):
        line = text.plain.rstrip()
        yield (label, LABEL), (set_cell_size(line, min(cell_len(line), room - indent)), fact.tone.value)
        label = " " * indent
