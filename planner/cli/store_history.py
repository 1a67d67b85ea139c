"""The journal of the database on the command line: history, undo and redo."""

from planner.cli.endings import ExitCode
from planner.cli.messages import clip, say, show, show_json
from planner.store.backlog import Backlog
from planner.store.errors import CannotUndoError, StoreError
from planner.store.records import Action, CellChange, Entry, EntryState, RecordKind
from planner.wording.amounts import counted

CHANGES_SHOWN = 6
TEXT_WIDTH = 40
LINE_WIDTH = 110


def show_history(backlog: Backlog, shop: str | None, *, limit: int, as_json: bool) -> ExitCode:
    """Shows the entries of a shop or of all, the newest first."""
    if shop is not None:
        entries = backlog.history(shop, limit=limit or None)
        if not entries:
            backlog.shop(shop)  # says so where there is no such shop
    else:
        entries = backlog.history(limit=limit or None)
    if as_json:
        show_json([entry_data(entry) for entry in entries])
        return ExitCode.OK
    for entry in entries:
        _show_entry(entry)
    if not entries:
        say("Nothing has been changed so far.")
    return ExitCode.OK


def show_entry(backlog: Backlog, revision: int, *, as_json: bool) -> ExitCode:
    """Shows one entry with all it changed."""
    entry = backlog.entry(revision)
    if as_json:
        show_json(entry_data(entry))
    else:
        _show_entry(entry, shown=len(entry.changes))
    return ExitCode.OK


def _show_entry(entry: Entry, shown: int = CHANGES_SHOWN) -> None:
    state = " (undone)" if entry.state is EntryState.UNDONE else ""
    when = f"{entry.when.astimezone():%Y-%m-%d %H:%M}"
    show(f"{entry.revision}  {when}  {clip(entry.who, TEXT_WIDTH)}  {entry.what}{state}")
    if entry.why:
        show(f"    why: {entry.why}")
    for change in entry.changes[:shown]:
        show(f"    {change_text(change)}")
    touched = len({(change.kind, change.key) for change in entry.changes[:shown]})
    if entry.records > touched and entry.action is not Action.NEW:
        show(f"    … and {counted(entry.records - touched, 'more record')}: planner history --entry {entry.revision}")


def change_text(change: CellChange) -> str:
    """A change as a line: `shop S001, priority: 5 → 9`."""
    if change.kind is RecordKind.SETTINGS:
        return f"{change.column} changed"
    if change.kind is RecordKind.SCENARIO:
        verb = "changed" if change.before and change.after else "added" if change.after else "removed"
        return clip(f"scenario {change.key} {verb}", LINE_WIDTH)
    before, after = (clip(text, TEXT_WIDTH) or "empty" for text in (change.before, change.after))
    return clip(f"{change.kind} {change.key}, {change.column}: {before} → {after}", LINE_WIDTH)


def entry_data(entry: Entry) -> dict[str, object]:
    """An entry for --json."""
    return {
        "revision": entry.revision,
        "when": entry.when.isoformat(),
        "who": entry.who,
        "action": entry.action.value,
        "what": entry.what,
        "why": entry.why,
        "state": entry.state.value,
        "target": entry.target,
        "records": entry.records,
        "changes": [
            {
                "kind": change.kind.value,
                "key": change.key,
                "column": change.column,
                "before": change.before,
                "after": change.after,
            }
            for change in entry.changes
        ],
    }


def undo(backlog: Backlog, revision: int | None, steps: int, *, as_json: bool) -> ExitCode:
    """Undoes the user's last changes, one after another, or one entry by its number."""
    if revision is not None and steps != 1:
        raise StoreError("Name an entry or a number of steps, but not both.")
    undone: list[Entry] = []
    try:
        for _ in range(steps):
            undone.append(backlog.undo(revision))
            if not as_json:
                show(f"Undone: entry {undone[-1].revision}, {undone[-1].what}. `planner redo` does it again.")
    except CannotUndoError as error:
        if not undone:
            raise
        say(f"Stopped after {counted(len(undone), 'step')}: {error}")
    if as_json:
        show_json([entry_data(entry) for entry in undone])
    return ExitCode.OK


def redo(backlog: Backlog, steps: int, *, as_json: bool) -> ExitCode:
    """Does again what the user undid last, one after another."""
    redone: list[Entry] = []
    try:
        for _ in range(steps):
            redone.append(backlog.redo())
            if not as_json:
                show(f"Done again: entry {redone[-1].revision}, {redone[-1].what}.")
    except CannotUndoError as error:
        if not redone:
            raise
        say(f"Stopped after {counted(len(redone), 'step')}: {error}")
    if as_json:
        show_json([entry_data(entry) for entry in redone])
    return ExitCode.OK
