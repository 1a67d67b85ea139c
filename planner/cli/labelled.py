"""Lines with labels: text that is too long for a line goes on below, beside the label."""

import textwrap

from planner.cli.messages import show
from planner.cli.summary import LABEL_WIDTH, WIDTH
from planner.exchange.text import printable


def show_labelled(label: str, text: str) -> None:
    """Shows a text after its label, on as many lines of 79 characters as it takes; names are not broken."""
    for number, line in enumerate(folded(text, WIDTH - LABEL_WIDTH)):
        show(line, ("" if number else label).ljust(LABEL_WIDTH))


def show_hanging(text: str, indent: int) -> None:
    """Shows a text on as many lines of 79 characters as it takes, all but the first indented."""
    for number, line in enumerate(folded(text, WIDTH - indent)):
        show(line if not number else " " * indent + line)


def folded(text: str, width: int) -> list[str]:
    """The lines of a text; a word that is longer than `width` has a line of its own."""
    lines = textwrap.wrap(printable(text), width, break_long_words=False, break_on_hyphens=False)
    return lines or [""]
