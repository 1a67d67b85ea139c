"""What was done to a shop: when, by whom, what, from what to what, and why."""

from collections.abc import Iterable, Iterator
from datetime import date

from planner.exchange.text import printable
from planner.store.records import CellChange, Entry, EntryState
from planner.ui.backlog.cells import typed_form
from planner.ui.backlog.columns import Content, all_columns
from planner.ui.backlog.detail.facts import Fact, Tone
from planner.wording.amounts import day_text, moment_text
from planner.wording.translation import gettext, ngettext

MOST_CHANGES = 8


def history_facts(entries: Iterable[Entry]) -> Iterator[Fact]:
    """Entries as lines, in their order."""
    for entry in entries:
        head = f"{moment_text(entry.when)} · {printable(entry.who) or gettext('somebody')}"
        undone = f" · {gettext('undone')}" if entry.state is EntryState.UNDONE else ""
        yield Fact(head + undone, tone=Tone.STRONG)
        yield Fact(printable(entry.what), indent=2)
        for change in entry.changes[:MOST_CHANGES]:
            yield Fact(_change_text(change), indent=2)
        more = len(entry.changes) - MOST_CHANGES
        if more > 0:
            text = ngettext("… and {number} more column", "… and {number} more columns", more)
            yield Fact(text.format(number=more), tone=Tone.QUIET, indent=2)
        if entry.why:
            yield Fact(gettext("why: {reason}").format(reason=printable(entry.why)), indent=2)


def nothing_done() -> Fact:
    """What is told where there is no entry."""
    return Fact(gettext("Nothing was changed since the rollout was taken in."), tone=Tone.QUIET)


def _change_text(change: CellChange) -> str:
    column = all_columns().get(change.column)
    title = column.title if column else printable(change.column)
    return f"{title}: {_said(change.column, change.before)} → {_said(change.column, change.after)}"


def _said(key: str, text: str) -> str:
    column = all_columns().get(key)
    if not text:
        return gettext("empty")
    if column is not None and column.content is Content.DAY:
        return day_text(date.fromisoformat(text))
    return printable(typed_form(column, text) if column else text)
