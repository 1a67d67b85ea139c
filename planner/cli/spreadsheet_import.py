"""Shops from a spreadsheet, on the command line.

`planner import shops.xlsx --into FOLDER` is `import_into_folder`. A command that keeps rollouts elsewhere reads with
`planner.exchange.spreadsheet.importing.import_spreadsheet`, shows `preview_lines`, and takes the shops from there:

    mapping = parse_mapping(options)                                  # of --map
    imported = import_spreadsheet(path, files, log, sheet=sheet, mapping=mapping, remembered=remembered)
    for line in preview_lines(imported): show(line)                   # with --dry-run
    rollout = imported.checked()                                      # InputError: run_to_its_end says all of it
    remember(imported.mapping)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.cli.endings import ExitCode, say_problems
from planner.cli.messages import clip, say, show, show_json
from planner.domain.shop import Shop
from planner.exchange.folder import check_is_folder
from planner.exchange.problems import ProblemLog
from planner.exchange.rollout_files import RolloutFiles, load_files
from planner.exchange.shops import SHOPS_CSV, read_shops
from planner.exchange.spreadsheet.csv_export import shops_csv
from planner.exchange.spreadsheet.headings import Heading
from planner.exchange.spreadsheet.importing import ImportedSheet, import_spreadsheet, parse_mapping
from planner.exchange.whole_files import write_whole
from planner.wording.amounts import number_text
from planner.wording.translation import gettext, ngettext

HEADING_WIDTH = 30
NAMES_SHOWN = 6


@dataclass(frozen=True, slots=True)
class ShopChanges:
    """What becomes of a rollout's shops when a spreadsheet takes their place, by id."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    gone: tuple[str, ...]
    same: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderImport:
    """What `planner import PATH --into FOLDER` was asked for; `maps` are the --map options as they were written."""

    path: Path
    folder: Path
    sheet: str | None = None
    maps: tuple[str, ...] = ()
    dry_run: bool = False
    as_json: bool = False


def import_into_folder(request: FolderImport) -> ExitCode:
    """Puts the shops of a spreadsheet in the place of a folder's shops.csv; all of them or, on any mistake, none.

    Raises InputError and CannotWriteError.
    """
    mapping = parse_mapping(list(request.maps))
    check_is_folder(request.folder)
    log = ProblemLog()
    files = load_files(request.folder, log)
    before = _shops_before(files, log)
    imported = import_spreadsheet(request.path, files, log, sheet=request.sheet, mapping=mapping)
    if request.dry_run and not request.as_json:
        for line in preview_lines(imported):
            show(line)
    say_problems(imported.warnings)
    shops = imported.checked().shops
    changes = compare_shops(before, shops)
    if not request.dry_run:
        write_whole(request.folder, {SHOPS_CSV: shops_csv(shops)})
    _report(request, imported, changes)
    return ExitCode.OK


def _shops_before(files: RolloutFiles, log: ProblemLog) -> dict[str, Shop]:
    """The shops that are there now, as far as they can be read: what is wrong with them is about to be replaced."""
    before = {row.shop.id: row.shop for row in read_shops(files.shops, None, log).rows}
    log.errors[:] = [problem for problem in log.errors if problem.file != SHOPS_CSV]
    log.warnings[:] = [problem for problem in log.warnings if problem.file != SHOPS_CSV]
    return before


def compare_shops(before: Mapping[str, Shop], shops: Iterable[Shop]) -> ShopChanges:
    """What is new, changed, gone and the same in `shops`."""
    after = {shop.id: shop for shop in shops}
    both = [shop for shop in after if shop in before]
    changed = tuple(shop for shop in both if after[shop] != before[shop])
    return ShopChanges(
        new=tuple(shop for shop in after if shop not in before),
        changed=changed,
        gone=tuple(shop for shop in before if shop not in after),
        same=len(both) - len(changed),
    )


def preview_lines(imported: ImportedSheet) -> list[str]:
    """What each column of the sheet is read as, a line each, under the name of the sheet."""
    if imported.header_row is None:
        return [gettext("{file}: no headings were found").format(file=imported.file)]
    columns = [
        f"  {heading.letters:>3}  {clip(heading.text, HEADING_WIDTH):{HEADING_WIDTH}}  {_reading(heading)}"
        for heading in imported.headings
    ]
    text = gettext("{file}, headings in row {row}:")
    if imported.sheet:
        text = gettext("{file}, sheet {sheet}, headings in row {row}:")
    title = text.format(file=imported.file, sheet=clip(imported.sheet, HEADING_WIDTH), row=imported.header_row)
    return [title, *columns]


def _reading(heading: Heading) -> str:
    """What a column is read as, in words."""
    if heading.column is None:
        return gettext("is not read")
    if heading.is_extra and heading.meant:
        return gettext("is kept, but unknown; perhaps {column}?").format(column=heading.meant)
    if heading.is_extra:
        return gettext("is kept, but unknown")
    if heading.is_fixed_start:
        return gettext("is {column}; shops with a date are fixed").format(column=heading.column)
    return gettext("is {column}").format(column=heading.column)


def _report(request: FolderImport, imported: ImportedSheet, changes: ShopChanges) -> None:
    shops = len(changes.new) + len(changes.changed) + changes.same
    target = request.folder / SHOPS_CSV
    if request.as_json:
        show_json(import_data(imported, changes, None if request.dry_run else target))
        return
    new, changed, gone = len(changes.new), len(changes.changed), len(changes.gone)
    for text, names in (
        (ngettext("{number} shop new: {names}", "{number} shops new: {names}", new), changes.new),
        (ngettext("{number} shop changed: {names}", "{number} shops changed: {names}", changed), changes.changed),
        (
            ngettext("{number} shop no longer there: {names}", "{number} shops no longer there: {names}", gone),
            changes.gone,
        ),
    ):
        if names:
            show(text.format(number=number_text(len(names)), names=_some(names)))
    if request.dry_run:
        text = ngettext(
            "{number} shop could be imported; nothing was written (--dry-run).",
            "{number} shops could be imported; nothing was written (--dry-run).",
            shops,
        )
        say(text.format(number=number_text(shops)))
    else:
        text = ngettext("{number} shop written to {file}.", "{number} shops written to {file}.", shops)
        show(text.format(number=number_text(shops), file=target))


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(clip(name, HEADING_WIDTH) for name in names[:NAMES_SHOWN])
    if len(names) <= NAMES_SHOWN:
        return shown
    return gettext("{names} and {number} more").format(names=shown, number=len(names) - NAMES_SHOWN)


def import_data(imported: ImportedSheet, changes: ShopChanges, written: Path | None) -> dict[str, object]:
    """What an import did, or would do, for --json."""
    columns = [
        {"column": heading.letters, "heading": heading.text, "read_as": heading.column, "known": heading.is_known}
        for heading in imported.headings
    ]
    return {
        "sheet": imported.sheet or None,
        "header_row": imported.header_row,
        "columns": columns,
        "new": list(changes.new),
        "changed": list(changes.changed),
        "gone": list(changes.gone),
        "same": changes.same,
        "written": written and str(written),
    }
