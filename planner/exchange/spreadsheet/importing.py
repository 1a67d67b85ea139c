"""The shops of a spreadsheet in the place of a rollout's own, checked by the same rules as those of a folder.

    imported = import_spreadsheet(path, files, log, sheet=None, mapping={"Umsatz/Woche": "weekly_revenue"})
    imported.headings            # what was matched with what, also where something is wrong
    rollout = imported.checked() # raises InputError with every problem, each naming its cell

`files` is the rest of the rollout: `load_files(folder, log)`, or the same from a store. `mapping` holds what is said
now, `remembered` what was said for an earlier spreadsheet of the same rollout; `imported.mapping` is both, to remember.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from planner.domain.rollout import Rollout
from planner.exchange.crews import ABSENCES_CSV, CREWS_CSV
from planner.exchange.folder import read_files
from planner.exchange.problems import InputError, Problem, ProblemLog
from planner.exchange.rollout_files import RolloutFiles
from planner.exchange.settings import ROLLOUT_TOML
from planner.exchange.spreadsheet.headings import Heading
from planner.exchange.spreadsheet.reading import SheetTable, country_of, read_spreadsheet
from planner.exchange.text import quoted, shortened
from planner.wording.translation import gettext


@dataclass(frozen=True, slots=True)
class ImportedSheet:
    """A spreadsheet that has been read: `rollout` has its shops, and is None where there are `errors`.

    `sheet` is empty for a CSV file, `header_row` None where no header was found. `files` is the whole rollout, split
    into values and cells but not yet understood; the sheet's are its shops.
    """

    file: str
    sheet: str
    header_row: int | None
    headings: tuple[Heading, ...]
    mapping: Mapping[str, str]
    rollout: Rollout | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    files: RolloutFiles

    def checked(self) -> Rollout:
        """The rollout with the spreadsheet's shops; raises InputError with all that is wrong."""
        if self.rollout is None:
            raise InputError(self.errors)
        return self.rollout


def import_spreadsheet(
    path: Path,
    files: RolloutFiles,
    log: ProblemLog,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    remembered: Mapping[str, str] | None = None,
) -> ImportedSheet:
    """Read the shops of a spreadsheet (.xlsx, .xls, .xlsb, .ods, .csv) into the rollout that `files` are the rest of.

    `log` is the one that `files` were loaded with. Nothing is raised for what is wrong with the file: see `errors`.
    """
    read = read_spreadsheet(
        path, log, sheet=sheet, mapping=mapping, remembered=remembered, country=country_of(files.settings)
    )
    return checked_sheet(read, files, log)


def checked_sheet(read: SheetTable, files: RolloutFiles, log: ProblemLog) -> ImportedSheet:
    """A sheet's shops in the place of those of `files`, judged by the rules for folders; `log` is the one of both."""
    whole = replace(files, shops=read.table)
    rollout = read_files(whole, log)
    file = read.table.file
    return ImportedSheet(
        file=file,
        sheet=read.sheet,
        header_row=read.header_row,
        headings=read.headings,
        mapping=read.mapping,
        rollout=rollout,
        errors=_in_order(log.errors, file),
        warnings=_in_order(log.warnings, file),
        files=whole,
    )


def parse_mapping(options: list[str]) -> dict[str, str]:
    """What `--map` options say, heading to column; the last `=` parts them. Raises InputError."""
    problems = []
    mapping: dict[str, str] = {}
    for option in options:
        heading, sign, column = option.rpartition("=")
        heading, column = heading.strip(), column.strip()
        if not sign or not heading:
            text = gettext(
                "{option} names no heading; write --map 'Heading=column', such as --map 'Umsatz/Woche=weekly_revenue'"
            )
            problems.append(Problem("--map", None, None, text.format(option=quoted(option))))
        elif mapping.setdefault(heading, column) != column:
            text = gettext("says both {column} and {other} of {heading}; keep one")
            text = text.format(column=shortened(mapping[heading]), other=shortened(column), heading=quoted(heading))
            problems.append(Problem("--map", None, None, text))
    if problems:
        raise InputError(problems)
    return mapping


def _in_order(problems: list[Problem], file: str) -> tuple[Problem, ...]:
    """By file and row; within a row, in the order they were found."""
    files = {ROLLOUT_TOML: 0, CREWS_CSV: 2, ABSENCES_CSV: 3, file: 1}
    return tuple(sorted(problems, key=lambda problem: (files.get(problem.file, 1), problem.row or 0)))
