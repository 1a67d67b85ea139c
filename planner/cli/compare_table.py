"""Plans side by side as tables: for the terminal, and as a page."""

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from planner.cli.html_page import heading, page, paragraph, table
from planner.cli.messages import clip, output_console, show
from planner.domain.rollout import Rollout
from planner.studies.comparison import Compared
from planner.studies.comparison_rows import NONE, Row, legend_of
from planner.wording.amounts import counted, day_text
from planner.wording.translation import gettext, pgettext

LABEL_WIDTH = 23
CELL_WIDTH = 17
NAME_WIDTH = 60


def show_comparison(names: Sequence[str], rows: Sequence[Row]) -> None:
    """Shows the table on standard output, in blocks that fit its width, each with the base."""
    console = output_console()
    room = max(1, (console.width - LABEL_WIDTH - CELL_WIDTH) // CELL_WIDTH)
    for first in range(1, max(2, len(names)), room):
        shown = [0, *range(first, min(first + room, len(names)))]
        console.print(_block(names, rows, shown))
    for text in legend_of(rows):
        show(text)


def _block(names: Sequence[str], rows: Sequence[Row], shown: Sequence[int]) -> Table:
    grid = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    grid.add_column("", width=LABEL_WIDTH - 1)
    for number in shown:
        grid.add_column(Text(clip(names[number], NAME_WIDTH)), width=CELL_WIDTH - 1, justify="right")
    for row in rows:
        cells = [row.cells[number] for number in shown]
        texts = [f"{cell.text}\n{cell.difference_text}".rstrip() for cell in cells]
        grid.add_row(Text(clip(row.label, LABEL_WIDTH - 1)), *map(Text, texts))
    return grid


def comparison_page(
    rollout: Rollout, names: Sequence[str], whys: Sequence[str], compared: Sequence[Compared], rows: Sequence[Row]
) -> bytes:
    """The comparison as a page: the table, why each scenario is asked, and the dates that move in each.

    `names` are those of all that is compared; `whys` are those of the scenarios.
    """
    parts = [
        paragraph(gettext("Planned on {day}.").format(day=day_text(rollout.today))),
        table(["", *names], ([row.label, *((cell.text, cell.difference_text) for cell in row.cells)] for row in rows)),
        *(paragraph(text, "legend") for text in legend_of(rows)),
    ]
    for item, name, why in zip(compared[1:], names[1:], whys, strict=True):
        parts.append(heading(name))
        if why:
            parts.append(paragraph(why))
        parts.append(_moves(item))
    return page(gettext("{rollout}: scenarios").format(rollout=rollout.name), parts)


def _moves(item: Compared) -> str:
    if not item.moves:
        return paragraph(gettext("No date moves."))
    moves = [
        (
            move.shop,
            day_text(move.before) if move.before else NONE,
            day_text(move.after) if move.after else NONE,
            "" if move.days is None else counted(move.days, "day"),
        )
        for move in item.moves
    ]
    header = (gettext("Shop"), pgettext("heading", "Starts"), gettext("Would start"), gettext("Later by"))
    return table(header, moves)
