"""Rollout folders into records of the store, and back."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from planner.domain.rollout import Rollout
from planner.exchange.actuals import actuals_name
from planner.exchange.csv_table import MAX_CSV_BYTES, Columns, Table
from planner.exchange.files import read_text
from planner.exchange.folder import check_is_folder, in_order, read_files
from planner.exchange.problems import InputError, Problem, ProblemLog
from planner.exchange.rollout_files import RolloutFiles, load_files
from planner.exchange.scenario_file import FOLDER as SCENARIOS_FOLDER
from planner.exchange.scenario_file import SUFFIX, find_scenarios
from planner.exchange.settings import ROLLOUT_TOML
from planner.exchange.shops import SHOPS_CSV
from planner.exchange.text import clean
from planner.exchange.toml_reader import MAX_TOML_BYTES
from planner.store.cells import Cells, absence_cells, crew_cells, shop_cells
from planner.store.checking import Checked
from planner.store.records import RecordKind
from planner.store.scenario_texts import TEXT, check_texts
from planner.store.state import FILE_OF, toml_values
from planner.store.stored_rows import COLUMNS, too_long


@dataclass(frozen=True, slots=True)
class FolderContent:
    """A rollout folder as records: the text of rollout.toml, and rows and scenarios as cells, each kind in its order.

    `past_jobs` is the text of the file of past jobs that rollout.toml names, if it does.

    Absences carry no id and are numbered from 0.
    """

    rollout: Rollout
    toml: str
    unknown: dict[str, tuple[str, ...]]
    records: dict[RecordKind, dict[str, Cells]]
    warnings: tuple[Problem, ...] = field(default=())
    past_jobs: str = ""

    @property
    def checked(self) -> Checked:
        """The records as the folder's readers understood them."""
        absences = {str(number): absence for number, absence in enumerate(self.rollout.absences)}
        return Checked(dict(self.rollout.shop_by_id), dict(self.rollout.crew_by_id), absences)


def read_folder_content(folder: Path) -> FolderContent:
    """Reads and checks a folder; raises InputError with all its mistakes."""
    check_is_folder(folder)
    log = ProblemLog()
    files = load_files(folder, log)
    rollout = read_files(files, log)
    # What is wrong with a file is already told where it made the rollout unreadable.
    toml = read_text(folder, ROLLOUT_TOML, MAX_TOML_BYTES, log) if rollout else None
    if rollout is None or toml is None:
        raise InputError(in_order(log.errors))
    warnings = in_order(log.warnings)
    records = row_records(rollout, files)
    records[RecordKind.SCENARIO] = _scenarios(folder)
    _check_lengths(records)
    unknown = {table.file: table.unknown_columns for table in (files.shops, files.crews, files.absences)}
    past_jobs = read_text(folder, files.actuals.file, MAX_CSV_BYTES, log) if files.actuals else None
    return FolderContent(rollout, toml, unknown, records, warnings, past_jobs or "")


def row_records(rollout: Rollout, files: RolloutFiles) -> dict[RecordKind, dict[str, Cells]]:
    """The shops, crews and absences of a rollout as cells; `files` is what it was read from."""
    return {
        RecordKind.SHOP: {shop.id: shop_cells(shop) for shop in rollout.shops},
        RecordKind.CREW: {
            crew.id: crew_cells(crew, extra) for crew, extra in zip(rollout.crews, _extras(files.crews), strict=True)
        },
        RecordKind.ABSENCE: {
            str(number): absence_cells(absence, extra)
            for number, (absence, extra) in enumerate(zip(rollout.absences, _extras(files.absences), strict=True))
        },
    }


def _scenarios(folder: Path) -> dict[str, Cells]:
    """The texts of the scenarios that a folder comes with; raises InputError with all mistakes of all of them."""
    log = ProblemLog()
    texts = {path.stem: read_text(path.parent, path.name, MAX_TOML_BYTES, log) or "" for path in find_scenarios(folder)}
    if not log.errors:
        check_texts(texts, log)
    if log.errors:
        raise InputError(log.errors)
    return {name: {TEXT: text} for name, text in texts.items()}


def _extras(table: Table) -> list[dict[str, str]]:
    """The unknown cells of each row, which the planner's own records of crews and absences do not have."""
    return [
        {column: text for column, text in row.extra(table.unknown_columns) if clean(text).strip()} for row in table.rows
    ]


def _check_lengths(records: dict[RecordKind, dict[str, Cells]]) -> None:
    problems = [
        Problem(FILE_OF[kind], None, column, f"{key}: {sentence}")
        for kind, rows in records.items()
        for key, cells in rows.items()
        for column, text in cells.items()
        if (sentence := too_long(column, text))
    ]
    if problems:
        raise InputError(problems)


def with_shops(content: FolderContent, rollout: Rollout) -> FolderContent:
    """The content with the shops of `rollout`, which is otherwise the same, in the place of its own."""
    columns = dict.fromkeys(
        (*content.unknown.get(SHOPS_CSV, ()), *(name for shop in rollout.shops for name, _ in shop.extra))
    )
    shops: dict[str, Cells] = {shop.id: shop_cells(shop) for shop in rollout.shops}
    records = {**content.records, RecordKind.SHOP: shops}
    _check_lengths(records)
    return replace(
        content, rollout=rollout, unknown={**content.unknown, SHOPS_CSV: tuple(columns)}, records=records, warnings=()
    )


def folder_files(
    toml: str,
    unknown: dict[str, tuple[str, ...]],
    records: Mapping[RecordKind, Iterable[Cells]],
    scenarios: Mapping[str, str],
    past_jobs: str,
) -> dict[str, bytes]:
    """The files of a rollout folder, by name; absences.csv even where it is empty, to replace an older one."""
    files = {ROLLOUT_TOML: toml.encode()}
    for kind, rows in records.items():
        file = FILE_OF[kind]
        files[file] = _csv(rows, COLUMNS[kind], unknown.get(file, ()))
    actuals = actuals_name(toml_values(toml), ROLLOUT_TOML, ProblemLog())
    if actuals:
        files[actuals] = past_jobs.encode()
    return files | {f"{SCENARIOS_FOLDER}/{name}{SUFFIX}": text.encode() for name, text in scenarios.items()}


def _csv(rows: Iterable[Cells], columns: Columns, unknown: Sequence[str]) -> bytes:
    table = io.StringIO()
    writer = csv.DictWriter(table, [*columns.known, *unknown], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return table.getvalue().encode()
