"""Texts with labels, each text in a block of its own beside its label."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from planner.exchange.text import printable


def labelled(lines: Sequence[tuple[str, str]]) -> Table:
    """Labels and texts as a grid; nothing in them is markup."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    has_labels = any(label for label, _ in lines)
    if has_labels:
        grid.add_column(no_wrap=True)
    grid.add_column(ratio=1)
    for label, text in lines:
        labels = [Text(printable(label), style="bold")] if has_labels else []
        grid.add_row(*labels, Text(printable(text)))
    return grid
