"""Rollouts taken into the database and written out, on the command line."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from planner.cli.asking import is_agreed
from planner.cli.endings import ExitCode, run_to_its_end, say_problems
from planner.cli.messages import say, show, show_json
from planner.cli.nouns import counted_records, noun
from planner.cli.sheet_rollout import NewRollout, SheetRequest, add_prepared, prepare_new
from planner.cli.spreadsheet_import import FolderImport, import_into_folder, preview_lines
from planner.cli.store_history import show_change
from planner.cli.store_options import StoreChoice
from planner.cli.store_session import is_there, on_store
from planner.cli.store_shops import report
from planner.cli.text_table import show_table
from planner.domain.query import parse
from planner.domain.shop import Status
from planner.exchange.actuals import actuals_name
from planner.exchange.csv_table import MAX_CSV_BYTES
from planner.exchange.files import read_text
from planner.exchange.problems import InputError, ProblemLog
from planner.exchange.scenario_file import FOLDER as SCENARIOS_FOLDER
from planner.exchange.scenario_file import find_scenarios
from planner.exchange.settings import ROLLOUT_TOML
from planner.exchange.spreadsheet.importing import import_spreadsheet, parse_mapping
from planner.exchange.text import printable
from planner.exchange.toml_reader import MAX_TOML_BYTES, load_toml
from planner.exchange.whole_files import CannotWriteError, prepare_folder, write_whole
from planner.store.backlog import Backlog
from planner.store.errors import StoreError
from planner.store.folders import FolderContent, read_folder_content
from planner.store.importing import Update
from planner.store.records import Edit, RecordKind
from planner.store.settings import StoreSettings
from planner.store.spreadsheets import compare_sheet, remember_headings, remembered_headings
from planner.store.state import PAST_JOBS, SETTINGS_KEY, TOML
from planner.store.store import Store
from planner.wording.amounts import counted
from planner.wording.kept import kept
from planner.wording.translation import gettext, later, pgettext

CHANGES_SHOWN = 20
VERBS = {"added": later("added"), "changed": later("changed"), "removed": later("removed")}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRequest:
    """What `planner import PATH` was asked for."""

    path: Path
    update: bool = False
    into: Path | None = None
    sheet: str | None = None
    maps: tuple[str, ...] = ()
    dry_run: bool = False
    yes: bool = False
    why: str = ""
    as_json: bool = False
    new: NewRollout = field(default_factory=NewRollout)


def import_anything(choice: StoreChoice, request: ImportRequest) -> ExitCode:
    """Takes in a folder or a spreadsheet, as what `path` is."""
    if request.into is not None:
        into_folder = FolderImport(
            path=request.path,
            folder=request.into,
            sheet=request.sheet,
            maps=request.maps,
            dry_run=request.dry_run,
            as_json=request.as_json,
        )
        return run_to_its_end(lambda: import_into_folder(into_folder))
    if request.path.is_file():
        return _import_file(choice, request)
    return run_to_its_end(lambda: import_folder(choice, request))


def _import_file(choice: StoreChoice, request: ImportRequest) -> ExitCode:
    """Takes in a spreadsheet: as a new rollout where there is none yet, or it is asked for."""
    new = SheetRequest(
        path=request.path,
        new=request.new,
        sheet=request.sheet,
        maps=request.maps,
        dry_run=request.dry_run,
        yes=request.yes,
        as_json=request.as_json,
    )

    def work(store: Store, settings: StoreSettings) -> ExitCode:
        if request.new.is_wanted or not (settings.rollout or store.rollouts()):
            prepared = prepare_new(new, store)
            return prepared if isinstance(prepared, ExitCode) else add_prepared(store, prepared, as_json=new.as_json)
        return import_sheet(store.backlog(settings.rollout), request)

    if is_there(choice):
        return on_store(choice, work)
    return run_to_its_end(lambda: _import_first(choice, new))


def _import_first(choice: StoreChoice, new: SheetRequest) -> ExitCode:
    """Makes a rollout and the database it is in. A spreadsheet with mistakes is no reason to make one."""
    prepared = prepare_new(new, None)
    if isinstance(prepared, ExitCode):
        return prepared
    return on_store(choice, lambda store, _: add_prepared(store, prepared, as_json=new.as_json), create=True)


def import_folder(choice: StoreChoice, request: ImportRequest) -> ExitCode:
    """Takes in a rollout folder: a new rollout, or changes to one that is there. Raises InputError."""
    content = read_folder_content(request.path)
    say_problems(content.warnings)
    source = kept("folder {name}", name=request.path.resolve().name)

    def work(store: Store, settings: StoreSettings) -> ExitCode:
        if request.update:
            backlog = store.backlog(settings.rollout or _updated_name(store, content.rollout.name))
            return _update(backlog, backlog.compare(content), source, request)
        return _add(store, content, source, request)

    # To look what would be done is no reason to make a database.
    if request.dry_run and not request.update and not is_there(choice):
        return _show_new(content, request)
    return on_store(choice, work, create=not request.update and not request.dry_run)


def _add(store: Store, content: FolderContent, source: str, request: ImportRequest) -> ExitCode:
    if request.dry_run:
        store.check_new(content.rollout.name)
        return _show_new(content, request)
    backlog = store.add(content, source)
    if request.as_json:
        show_json({"rollout": backlog.name, "revision": 1, **_counts(content)})
    else:
        text = gettext("New rollout '{name}' in {database}: {records}.")
        show(text.format(name=backlog.name, database=store.shown, records=_counted(content)))
    return ExitCode.OK


def _show_new(content: FolderContent, request: ImportRequest) -> ExitCode:
    if request.as_json:
        show_json({"rollout": content.rollout.name, "revision": None, **_counts(content)})
    text = gettext("This would be the new rollout '{name}': {records}. Nothing was done (--dry-run).")
    say(text.format(name=content.rollout.name, records=_counted(content)))
    return ExitCode.OK


def _counts(content: FolderContent) -> dict[str, int]:
    return {f"{kind}s": len(rows) for kind, rows in content.records.items()}


def _counted(content: FolderContent) -> str:
    counts = {kind: len(rows) for kind, rows in content.records.items()}
    return ", ".join(
        counted_records(count, kind) for kind, count in counts.items() if count or kind is not RecordKind.SCENARIO
    )


def _updated_name(store: Store, name: str) -> str:
    """The rollout that a folder updates: the one of its name, or the only one, whose name then changes."""
    names = [info.name for info in store.rollouts()]
    return "" if name not in names and len(names) == 1 else name


def import_sheet(backlog: Backlog, request: ImportRequest) -> ExitCode:
    """Puts the shops of a spreadsheet in the place of the rollout's shops."""
    if request.update:
        raise StoreError(gettext("--update is for folders; a spreadsheet always changes the rollout that is there."))
    log = ProblemLog()
    imported = import_spreadsheet(
        request.path,
        backlog.rollout_files(log),
        log,
        sheet=request.sheet,
        mapping=parse_mapping(list(request.maps)),
        remembered=remembered_headings(backlog),
    )
    if request.dry_run and not request.as_json:
        for line in preview_lines(imported):
            show(line)
    say_problems(imported.warnings)
    update = compare_sheet(backlog, imported)
    ending = _update(backlog, update, kept("spreadsheet {name}", name=request.path.name), request)
    if ending is ExitCode.OK and not request.dry_run:
        remember_headings(backlog, imported.mapping)
    return ending


def _update(backlog: Backlog, update: Update, source: str, request: ImportRequest) -> ExitCode:
    """Shows what an update changes, asks, and does it."""
    if not update.changes:
        if request.as_json:
            show_json(_update_data(update, None))
        else:
            say(gettext("Nothing would change: the rollout is what it says."))
        return ExitCode.OK
    if not request.as_json:
        _show_changes(update)
    if request.dry_run:
        if request.as_json:
            show_json(_update_data(update, None))
        say(gettext("Nothing was done (--dry-run)."))
        return ExitCode.OK
    question = gettext("Change rollout '{name}' so?").format(name=printable(backlog.name))
    if not is_agreed(question, yes=request.yes):
        return ExitCode.BAD_INPUT
    entry = backlog.update(update, source, request.why)
    if request.as_json:
        show_json(_update_data(update, entry.revision))
    else:
        text = gettext("Entry {revision}: {what}. `planner undo` takes it back.")
        show(text.format(revision=entry.revision, what=entry.what))
    return ExitCode.OK


def _show_changes(update: Update) -> None:
    for (kind, verb), count in sorted(update.counts.items()):
        show(f"{gettext(VERBS[verb])}: {counted_records(count, kind)}")
    edited = [change for change in update.cell_changes if _is_edit(update, change.kind, change.key)]
    for change in edited[:CHANGES_SHOWN]:
        show_change(change, CHANGES_SHOWN)
    if len(edited) > CHANGES_SHOWN:
        show(f"    {gettext('… and {number} more').format(number=len(edited) - CHANGES_SHOWN)}")
    for verb, records in (("added", update.added), ("removed", update.removed)):
        names = ", ".join(f"{noun(kind)} {key}" for kind, key in records[:CHANGES_SHOWN])
        more = len(records) - CHANGES_SHOWN
        if more > 0:
            names = gettext("{names} and {number} more").format(names=names, number=more)
        if records:
            show(f"    {gettext(VERBS[verb])}: {names}")


def _is_edit(update: Update, kind: RecordKind, key: str) -> bool:
    return (kind, key) in update.edited


def _update_data(update: Update, revision: int | None) -> dict[str, object]:
    return {
        "revision": revision,
        "counts": {f"{kind}s {verb}": count for (kind, verb), count in update.counts.items()},
        "changes": [
            {
                "kind": item.kind.value,
                "key": item.key,
                "column": item.column,
                "before": item.before,
                "after": item.after,
            }
            for item in update.cell_changes
        ],
    }


def export_folder(backlog: Backlog, folder: Path, *, overwrite: bool, as_json: bool) -> ExitCode:
    """Writes the rollout as a folder; one that holds a rollout already only if told to. Raises CannotWriteError."""
    if (folder / ROLLOUT_TOML).exists() and not overwrite:
        raise CannotWriteError(
            folder, gettext("it holds a rollout already; add --overwrite to replace it, or name another")
        )
    files = backlog.folder_files()
    others = [path.name for path in find_scenarios(folder) if f"{SCENARIOS_FOLDER}/{path.name}" not in files]
    if any(name.startswith(f"{SCENARIOS_FOLDER}/") for name in files):
        prepare_folder(folder / SCENARIOS_FOLDER)
    write_whole(folder, files)
    if others:
        text = gettext(
            "{folder} also has {names}, not in the database: left as it is. The next import of the folder would take"
            " it in."
        )
        say(text.format(folder=folder / SCENARIOS_FOLDER, names=", ".join(others)))
    if as_json:
        show_json({"folder": str(folder), "files": list(files)})
    else:
        text = gettext("Rollout '{name}' written to {folder}: {files}.")
        show(text.format(name=backlog.name, folder=folder, files=", ".join(files)))
    return ExitCode.OK


def replace_settings(backlog: Backlog, file: Path, why: str, *, begun: bool, as_json: bool) -> ExitCode:
    """Replaces the rollout.toml of a rollout; raises InputError with all that is then wrong, in shops and crews too.

    `begun` says that fixed shops whose start is before the new planning date are in progress.
    """
    log = ProblemLog()
    text = read_text(file.parent, file.name, MAX_TOML_BYTES, log)
    if text is None or log.errors:
        raise InputError(log.errors)
    values = load_toml(file.parent, file.name, log)
    actuals = actuals_name(values, file.name, log)
    past_jobs = read_text(file.parent, actuals, MAX_CSV_BYTES, log) if actuals else ""
    if log.errors:
        raise InputError(log.errors)
    edits = [Edit(RecordKind.SETTINGS, SETTINGS_KEY, {TOML: text, PAST_JOBS: past_jobs or ""})]
    horizon = (values or {}).get("horizon")
    today = horizon.get("today") if isinstance(horizon, dict) else None
    if begun and isinstance(today, date):
        passed = backlog.versions(parse(f"status:{Status.FIXED} start<{today:%Y-%m-%d}"))
        edits += [
            Edit(RecordKind.SHOP, shop, {"status": Status.IN_PROGRESS.value}, version)
            for shop, version in passed.items()
        ]
    return report(backlog.edit(edits, kept("{file} replaced", file=ROLLOUT_TOML), why), len(edits), as_json)


def list_rollouts(store: Store, *, as_json: bool) -> ExitCode:
    """Shows the rollouts of the database."""
    infos = store.rollouts()
    if as_json:
        show_json(
            [
                {"name": item.name, "shops": item.shops, "today": item.today.isoformat(), "revision": item.revision}
                for item in infos
            ]
        )
        return ExitCode.OK
    rows: Sequence[Sequence[str]] = [
        [item.name, str(item.shops), item.today.isoformat(), str(item.revision)] for item in infos
    ]
    if rows:
        headings = (
            pgettext("heading", "rollout"),
            pgettext("heading", "shops"),
            pgettext("heading", "today"),
            pgettext("heading", "revision"),
        )
        show_table(headings, rows)
    rollouts = counted(len(rows), "rollout")
    text = gettext("{rollouts} in {database}")
    if not rows:
        text = gettext("{rollouts} in {database}; take one in by: planner import FOLDER")
    say(text.format(rollouts=rollouts, database=store.shown))
    return ExitCode.OK
