"""Shops of a spreadsheet taken into the store: in the place of a rollout's shops, or as a rollout of their own.

spoken = remembered_headings(backlog)                          # what headings were said to mean before
update = compare_sheet(backlog, imported)                      # nothing is done yet
entry = take_sheet(backlog, update, imported, why)             # one entry, one step of undo

backlog = add_from_sheet(store, new_content(begun), begun.sheet)

Both keep what the headings were said to mean, which is no part of the rollout, so the journal does not note it.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from planner.exchange.spreadsheet.importing import ImportedSheet
from planner.store.backlog import Backlog
from planner.store.folders import FolderContent, row_records, with_shops
from planner.store.importing import Update
from planner.store.records import Entry, RecordKind
from planner.store.store import Store
from planner.wording.kept import Kept, kept

if TYPE_CHECKING:
    from planner.exchange.spreadsheet.beginning import Begun

HEADINGS = "headings of spreadsheets"


def remembered_headings(backlog: Backlog) -> dict[str, str]:
    """What headings of earlier spreadsheets of this rollout were said to mean: heading to column."""
    return dict(backlog.recall(HEADINGS) or {})


def compare_sheet(backlog: Backlog, imported: ImportedSheet) -> Update:
    """What would change if the sheet's shops were the rollout's; raises InputError with all that is wrong with them."""
    return backlog.compare(with_shops(backlog.content(), imported.checked()))


def take_sheet(backlog: Backlog, update: Update, imported: ImportedSheet, why: str = "") -> Entry:
    """Makes the changes, and keeps what the headings mean; raises NotAllowedError where the rollout has changed."""
    entry = backlog.update(update, _source(imported), why)
    remember_headings(backlog, imported.mapping)
    return entry


def new_content(begun: "Begun") -> FolderContent:
    """A new rollout as the content of a folder; raises InputError with all that is wrong with it."""
    rollout = begun.sheet.checked()
    records = {**row_records(rollout, begun.sheet.files), RecordKind.SCENARIO: {}}
    return with_shops(FolderContent(rollout, begun.toml, {}, records), rollout)


def add_from_sheet(store: Store, content: FolderContent, imported: ImportedSheet) -> Backlog:
    """Adds a new rollout, and keeps what the headings mean; raises NotAllowedError where there is one of its name."""
    backlog = store.add(content, _source(imported))
    remember_headings(backlog, imported.mapping)
    return backlog


def remember_headings(backlog: Backlog, mapping: Mapping[str, str]) -> None:
    """Keeps what headings were said to mean, for the next spreadsheet of this rollout."""
    backlog.remember(HEADINGS, dict(mapping))


def _source(imported: ImportedSheet) -> Kept:
    return kept("spreadsheet {name}", name=imported.file)
