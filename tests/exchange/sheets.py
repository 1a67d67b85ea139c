"""Spreadsheets made by programs other than the planner's own writer, and what importing them says."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl

from planner.exchange.problems import ProblemLog
from planner.exchange.rollout_files import load_files
from planner.exchange.spreadsheet.importing import ImportedSheet, import_spreadsheet
from tests.exchange.rollout_folders import write_folder

Rows = Sequence[Sequence[object]]


def write_workbook(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """An .xlsx file of the rows given, by sheet."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
    return path


def write_csv(path: Path, rows: Rows, separator: str = ";", encoding: str = "utf-8") -> Path:
    """A CSV file of the rows given."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def read(folder: Path, path: Path, **options) -> ImportedSheet:
    """The spreadsheet at `path` in the place of the shops of a small correct rollout in `folder`."""
    if not (folder / "rollout.toml").exists():
        write_folder(folder)
    log = ProblemLog()
    return import_spreadsheet(path, load_files(folder, log), log, **options)


def shops_of(folder: Path, path: Path, **options):
    """The shops of a spreadsheet without mistakes."""
    return read(folder, path, **options).checked().shops


def errors_of(folder: Path, path: Path, **options) -> list[str]:
    """What is wrong with a spreadsheet."""
    return [str(problem) for problem in read(folder, path, **options).errors]


def warnings_of(folder: Path, path: Path, **options) -> list[str]:
    """What is odd about a spreadsheet, but for what is odd about the rest of the rollout."""
    imported = read(folder, path, **options)
    return [str(problem) for problem in imported.warnings if problem.file == path.name]
