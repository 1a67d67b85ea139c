"""The journal of the database on the command line: history, undo and redo."""

from planner.cli.endings import ExitCode
from planner.cli.messages import clip, say, show, show_json
from planner.cli.nouns import noun
from planner.exchange.toml_difference import toml_difference
from planner.store.backlog import Backlog
from planner.store.errors import CannotUndoError, StoreError
from planner.store.records import Action, CellChange, Entry, EntryState, RecordKind
from planner.wording.amounts import counted, number_text, plain_day_text
from planner.wording.translation import gettext, ngettext

CHANGES_SHOWN = 6
TEXT_WIDTH = 40
LINE_WIDTH = 110
TOML_FILE = "rollout.toml"


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
        say(gettext("Nothing has been changed so far."))
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
    state = gettext(" (undone)") if entry.state is EntryState.UNDONE else ""
    moment = entry.when.astimezone()
    when = f"{plain_day_text(moment.date())} {moment:%H:%M}"
    show(f"{entry.revision}  {when}  {clip(entry.who, TEXT_WIDTH)}  {entry.what}{state}")
    if entry.why:
        show(f"    {gettext('why: {reason}').format(reason=entry.why)}")
    for change in entry.changes[:shown]:
        show_change(change, shown)
    touched = len({(change.kind, change.key) for change in entry.changes[:shown]})
    if entry.records > touched and entry.action is not Action.NEW:
        more = counted(entry.records - touched, "more record")
        text = gettext("… and {records}: planner history --entry {revision}")
        show(f"    {text.format(records=more, revision=entry.revision)}")


def show_change(change: CellChange, shown: int) -> None:
    """Shows a change as a line; below that of a rollout.toml, as many as are `shown` of the values that differ."""
    show(f"    {change_text(change)}")
    if change.kind is not RecordKind.SETTINGS or change.column != TOML_FILE or not (change.before and change.after):
        return
    values = toml_difference(change.before, change.after)
    shown = max(shown, CHANGES_SHOWN)
    for value in values[:shown]:
        before, after = (clip(text, TEXT_WIDTH) or gettext("empty") for text in (value.before, value.after))
        show(f"        {clip(f'{value.path}: {before} → {after}', LINE_WIDTH)}")
    if len(values) > shown:
        show(f"        {gettext('… and {number} more').format(number=len(values) - shown)}")


def change_text(change: CellChange) -> str:
    """A change as a line: `shop S001, priority: 5 → 9`."""
    if change.kind is RecordKind.SETTINGS:
        return gettext("{what} changed").format(what=change.column)
    if change.kind is RecordKind.SCENARIO:
        text = gettext("scenario {name} removed")
        if change.after:
            text = gettext("scenario {name} changed") if change.before else gettext("scenario {name} added")
        return clip(text.format(name=change.key), LINE_WIDTH)
    before, after = (clip(text, TEXT_WIDTH) or gettext("empty") for text in (change.before, change.after))
    return clip(f"{noun(change.kind)} {change.key}, {change.column}: {before} → {after}", LINE_WIDTH)


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
        raise StoreError(gettext("Name an entry or a number of steps, but not both."))
    undone: list[Entry] = []
    try:
        for _ in range(steps):
            undone.append(backlog.undo(revision))
            if not as_json:
                text = gettext("Undone: entry {revision}, {what}. `planner redo` does it again.")
                show(text.format(revision=undone[-1].revision, what=undone[-1].what))
    except CannotUndoError as error:
        if not undone:
            raise
        say(_stopped_text(len(undone), error))
    if as_json:
        show_json([entry_data(entry) for entry in undone])
    return ExitCode.OK


def _stopped_text(steps: int, error: CannotUndoError) -> str:
    text = ngettext("Stopped after {number} step: {error}", "Stopped after {number} steps: {error}", steps)
    return text.format(number=number_text(steps), error=error)


def redo(backlog: Backlog, steps: int, *, as_json: bool) -> ExitCode:
    """Does again what the user undid last, one after another."""
    redone: list[Entry] = []
    try:
        for _ in range(steps):
            redone.append(backlog.redo())
            if not as_json:
                text = gettext("Done again: entry {revision}, {what}.")
                show(text.format(revision=redone[-1].revision, what=redone[-1].what))
    except CannotUndoError as error:
        if not redone:
            raise
        say(_stopped_text(len(redone), error))
    if as_json:
        show_json([entry_data(entry) for entry in redone])
    return ExitCode.OK
