"""What can be done to many shops at once, and what it would change: worked out before anything is done."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from planner.domain.shop import Status
from planner.exchange.problems import InputError, Problem
from planner.store import shop_actions
from planner.store.backlog import Backlog
from planner.store.cells import Cells, shop_cells
from planner.store.held import chunks
from planner.store.records import Edit, RecordKind
from planner.ui.backlog.cells import meant, word
from planner.ui.backlog.clipboard import change_line
from planner.ui.backlog.columns import ShopColumn
from planner.ui.backlog.plan_figures import PlanFigures
from planner.wording.amounts import number_text
from planner.wording.kept import Kept, kept, kept_several
from planner.wording.translation import gettext, later, ngettext

SHOWN = 8
NAMED = 3


class Asks(Enum):
    """What an action has to be told besides."""

    NOTHING = "nothing"
    DAY = "a day"
    TAGS = "tags"
    VALUE = "a column's value"


@dataclass(frozen=True, slots=True)
class BulkKind:
    """An action: the letter that chooses it, its title, and what it asks for."""

    letter: str
    name: str
    title: str
    asks: Asks = Asks.NOTHING


KINDS = (
    BulkKind("d", "defer", later("Defer: plans leave them out until they are taken back")),
    BulkKind("c", "cancel", later("Cancel: plans leave them out for good")),
    BulkKind("f", "fix", later("Fix the start on a day: plans keep it"), Asks.DAY),
    BulkKind("p", "fix-planned", later("Fix them where the plan has them: closed on the same days")),
    BulkKind("u", "unfix", later("Take back into the backlog, without start, finish and crews")),
    BulkKind("t", "tag", later("Add tags"), Asks.TAGS),
    BulkKind("w", "untag", later("Take tags away"), Asks.TAGS),
    BulkKind("s", "set", later("Set a column to a value"), Asks.VALUE),
)


@dataclass(frozen=True, slots=True)
class BulkAction:
    """An action with all it has to know: the cells that a shop's cells become, and its line in the journal."""

    cells_of: Callable[[Cells], Cells]
    what: Kept


def plain_action(name: str, figures: PlanFigures) -> BulkAction:
    """An action that asks for nothing; `figures` are those of the plan that is shown."""
    match name:
        case "fix-planned":
            return BulkAction(lambda cells: _fixed_as_planned(cells, figures), kept("fixed as planned"))
        case "defer":
            return BulkAction(lambda _: shop_actions.deferred(), kept("deferred"))
        case "cancel":
            return BulkAction(lambda _: shop_actions.cancelled(), kept("cancelled"))
        case _:
            return BulkAction(lambda _: shop_actions.unfixed(), kept("back in the backlog"))


def _fixed_as_planned(cells: Cells, figures: PlanFigures) -> Cells:
    start = figures.start_to_fix(cells["id"]) if cells["status"] == Status.BACKLOG else None
    return {} if start is None else shop_actions.fixed(start)


def fix_action(day: date) -> BulkAction:
    """Fixes the start on a day."""
    return BulkAction(lambda _: shop_actions.fixed(day), kept("fixed on {day}", day=day))


def tag_action(text: str, *, remove: bool) -> BulkAction:
    """Adds or takes away the tags written with commas between them."""
    tags = [tag.strip() for tag in text.replace("|", ",").replace(";", ",").split(",") if tag.strip()]
    sign = "-" if remove else "+"
    what = kept("tagged {tags}", tags=", ".join(f"{sign}{tag}" for tag in tags))
    if remove:
        return BulkAction(lambda cells: shop_actions.with_tags(cells, remove=tags), what)
    return BulkAction(lambda cells: shop_actions.with_tags(cells, add=tags), what)


def set_action(column: ShopColumn, text: str, country: str) -> BulkAction:
    """Sets a column to a typed value; raises InputError where it cannot be one."""
    typed = meant("", country, [(column, text)])
    if typed.problems:
        raise InputError(typed.problems)
    cell = typed.cells[column.key]
    return BulkAction(lambda _: {column.key: cell}, kept_change(column, text))


def kept_change(column: ShopColumn, text: str) -> Kept:
    """A column and its new text, as the journal keeps them."""
    return kept("{column} {value}", column=column.kept_title, value=text.strip() or kept("empty"))


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an action would do: its edits, the line for the journal, lines that tell what it changes, its mistakes."""

    edits: list[Edit]
    what: Kept
    lines: list[str]
    problems: tuple[Problem, ...]


def prepare(
    backlog: Backlog,
    shops: Sequence[str],
    action: BulkAction,
    columns: Sequence[ShopColumn],
    on_progress: Callable[[int], object],
) -> Prepared:
    """Reads the shops and works out the edits, which the store judges; shops that would stay as they are get none."""
    edits: list[Edit] = []
    first: list[str] = []
    statuses: Counter[str] = Counter()
    read = 0
    for part in chunks(shops):
        for item in backlog.shops(part):
            before = shop_cells(item.shop)
            after = {key: text for key, text in action.cells_of(before).items() if text != before.get(key, "")}
            if not after:
                continue
            edits.append(Edit(RecordKind.SHOP, item.shop.id, after, item.version))
            statuses[item.shop.status.value] += 1
            if len(first) < SHOWN:
                first.append(change_line(item, columns, after))
        read += len(part)
        on_progress(read)
    what = kept("{shops}: {what}", shops=named([edit.key for edit in edits]), what=action.what)
    return Prepared(edits, what, _lines(shops, edits, first, statuses), backlog.mistakes(edits))


def _lines(shops: Sequence[str], edits: Sequence[Edit], first: list[str], statuses: Counter[str]) -> list[str]:
    counts = ", ".join(f"{number_text(count)} {word('status', status)}" for status, count in statuses.most_common())
    changed = ngettext("This changes {number} shop", "This changes {number} shops", len(edits))
    lines = [f"{changed.format(number=number_text(len(edits)))} ({counts}).", "", *first]
    more = len(edits) - len(first)
    if more:
        lines.append(gettext("… and {number} more").format(number=number_text(more)))
    same = len(shops) - len(edits)
    if same:
        text = ngettext("{number} shop is so already.", "{number} shops are so already.", same)
        lines += ["", text.format(number=number_text(same))]
    return [*lines, "", gettext("One undo takes it all back.")]


def named(shops: Sequence[str]) -> str:
    """Shops as the journal names them: a few by their ids, many by their number."""
    if len(shops) <= NAMED:
        return ", ".join(shops)
    return kept_several("{number} shop", "{number} shops", len(shops))
