"""A spreadsheet on its way into the database: opened, read and imported, in the manner of `planner import`.

All of it takes longer than a key may, so it is for threads.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.exchange.many_records import without_collector
from planner.exchange.problems import InputError, ProblemLog
from planner.exchange.spreadsheet.beginning import ONE_FORMAT, Beginning, begin_rollout
from planner.exchange.spreadsheet.beginning_words import assumptions
from planner.exchange.spreadsheet.grid import Grid
from planner.exchange.spreadsheet.importing import checked_sheet
from planner.exchange.spreadsheet.opening import likeliest_grid, open_grids
from planner.exchange.spreadsheet.reading import country_of, meanings, read_grid
from planner.exchange.text import quoted
from planner.store.backlog import Backlog
from planner.store.errors import NotAllowedError
from planner.store.folders import FolderContent
from planner.store.spreadsheets import add_from_sheet, compare_sheet, new_content, take_sheet
from planner.store.store import Store
from planner.ui.first.preview import Preview, preview_of
from planner.wording.translation import gettext


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """The sheets of a file that hold anything, and the one that most likely has the shops."""

    path: Path
    grids: Sequence[Grid]
    likely: int


@dataclass(frozen=True, slots=True)
class Ready:
    """A sheet that was read and judged: its preview, and for a new rollout what it assumes and what is to be kept."""

    preview: Preview
    assumed: Sequence[str] = ()
    content: FolderContent | None = None


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to: the rollout that has the shops now, and a line for the user."""

    rollout: str
    told: str
    is_new: bool


@without_collector()
def open_file(path: Path, mapping: Mapping[str, str], given: Mapping[str, str]) -> OpenedFile:
    """Opens a spreadsheet; raises InputError. What is read from it later is what it held now."""
    log = ProblemLog()
    by_key, _ = meanings(None, mapping)
    grids = [grid for grid in open_grids(path, by_key, log) if grid.rows]
    if log.errors or not grids:
        if not log.errors:
            log.error(path.name, None, None, gettext("is empty; choose a spreadsheet that has shops"))
        raise InputError(log.errors)
    return OpenedFile(path, grids, grids.index(likeliest_grid(grids, by_key, given)))


@without_collector()
def preview_update(backlog: Backlog, file: str, grid: Grid, mapping: Mapping[str, str]) -> Ready:
    """The sheet in the place of a rollout's shops. Raises StoreError."""
    log = ProblemLog()
    files = backlog.rollout_files(log)
    read = read_grid(file, grid, log, remembered=mapping, country=country_of(files.settings))
    imported = checked_sheet(read, files, log)
    if imported.rollout is None:
        return Ready(preview_of(imported, grid, None, None))
    try:
        update = compare_sheet(backlog, imported)
    except InputError as error:
        return Ready(preview_of(imported, grid, None, error))
    return Ready(preview_of(imported, grid, update, None))


@without_collector()
def preview_new(store: Store, file: str, grid: Grid, mapping: Mapping[str, str], beginning: Beginning) -> Ready:
    """The sheet as a new rollout. Raises StoreError, also where there is one of its name."""
    if any(info.name == beginning.name for info in store.rollouts()):
        text = gettext("There is a rollout called {name} already; choose another name.")
        raise NotAllowedError(text.format(name=quoted(beginning.name)))
    store.check_new(beginning.name)
    log = ProblemLog()
    read = read_grid(file, grid, log, remembered=mapping, given=ONE_FORMAT)
    begun = begin_rollout(read, beginning, log)
    assumed = assumptions(beginning, begun)
    if begun.sheet.rollout is None:
        return Ready(preview_of(begun.sheet, grid, None, None), assumed)
    try:
        content = new_content(begun)
    except InputError as error:
        return Ready(preview_of(begun.sheet, grid, None, error), assumed)
    return Ready(preview_of(begun.sheet, grid, None, None), assumed, content)


@without_collector()
def import_ready(store: Store, backlog: Backlog | None, ready: Ready) -> Imported:
    """Writes what was previewed: all of it or, with a StoreError, nothing."""
    imported = ready.preview.imported
    if backlog is not None and ready.preview.update is not None:
        entry = take_sheet(backlog, ready.preview.update, imported)
        return Imported(
            backlog.name,
            gettext("Entry {number}: {what}.").format(number=entry.revision, what=entry.what),
            is_new=False,
        )
    if ready.content is None:
        raise InputError(imported.errors)
    added = add_from_sheet(store, ready.content, imported)
    return Imported(added.name, "", is_new=True)
