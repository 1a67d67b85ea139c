"""What is told of a shop, line by line, before it is laid out for a width."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

from planner.exchange.spreadsheet.protection import protected


class Tone(Enum):
    """How a line is told."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fact:
    """A line: printable text with its label, if any, or set in by `indent` cells; a figure stands at the right."""

    text: str
    label: str = ""
    tone: Tone = Tone.PLAIN
    indent: int = 0
    is_figure: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under a title."""

    title: str
    facts: Sequence[Fact]


def plain_text(title: str, sections: Iterable[Section]) -> str:
    """All of it as text for elsewhere; nothing in it is a formula to the program it is pasted into."""
    lines = [protected(title)]
    for section in sections:
        lines += ["", section.title]
        lines += [f"{fact.label}: {fact.text}" if fact.label else protected(fact.text) for fact in section.facts]
    return "\n".join(lines) + "\n"
