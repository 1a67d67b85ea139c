"""`planner export xlsx` and `planner export csv`: the shops of a rollout, and the dates of a plan of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.cli.checked_plan import CheckedPlan, checked_plan, read_checked_plan
from planner.cli.endings import ExitCode, say_problems
from planner.cli.messages import show, show_json
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.exchange.folder import read_folder
from planner.exchange.problems import InputError, Problem
from planner.exchange.spreadsheet.csv_export import GERMAN, PLAIN, export_csv
from planner.exchange.spreadsheet.workbook import Sheet, shops_sheet, workbook_bytes
from planner.exchange.whole_files import write_whole
from planner.exchange.xlsx_gantt import gantt_sheet, milestone_sheet
from planner.store.backlog import Backlog
from planner.wording.amounts import number_text
from planner.wording.translation import gettext, ngettext

Content = Callable[[Rollout, Plan | None], bytes]
Reader = Callable[[], tuple[Rollout, Plan | None] | ExitCode]
"""Reads a rollout and perhaps a plan of it; or why there is none to use, which has then been said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadsheetExport:
    """What was asked for: `read` gives the rollout and, if its dates are added, the plan; `out` is the file."""

    read: Reader
    out: Path
    as_json: bool = False


def from_folder(folder: Path, plan: Path | None) -> Reader:
    """Reads a rollout folder, and the plan at `plan` if there is one. It raises InputError."""

    def read() -> tuple[Rollout, Plan | None] | ExitCode:
        if plan is None:
            rollout, warnings = read_folder(folder)
            say_problems(warnings)
            return rollout, None
        source = read_checked_plan(folder, plan)
        return (source.rollout, source.plan) if isinstance(source, CheckedPlan) else source

    return read


def from_database(backlog: Backlog, number: int | None) -> Reader:
    """Reads a rollout of the database, and the plan of this number if one is given. It raises StoreError."""

    def read() -> tuple[Rollout, Plan | None] | ExitCode:
        if number is None:
            return backlog.load()[0], None
        kept = backlog.plans.to_use(number)
        name = gettext("Plan {number}").format(number=number)
        source = checked_plan(kept.rollout, kept.plan, name, "`planner plan`", against=kept.against)
        return (source.rollout, source.plan) if isinstance(source, CheckedPlan) else source

    return read


def export_xlsx(request: SpreadsheetExport) -> ExitCode:
    """Writes a workbook. Raises InputError and CannotWriteError."""
    return _export(request, lambda rollout, plan: workbook_bytes(rollout, _sheets(rollout, plan)))


def _sheets(rollout: Rollout, plan: Plan | None) -> list[Sheet]:
    """The shops, and where there is a plan its Gantt chart and milestones."""
    shops = shops_sheet(rollout, plan)
    return [shops] if plan is None else [shops, gantt_sheet(rollout, plan), milestone_sheet(rollout, plan)]


def export_csv_file(request: SpreadsheetExport, *, german: bool) -> ExitCode:
    """Writes a CSV file. Raises InputError and CannotWriteError."""
    return _export(request, lambda rollout, plan: export_csv(rollout, plan, GERMAN if german else PLAIN))


def _export(request: SpreadsheetExport, content: Content) -> ExitCode:
    if request.out.is_dir():
        text = gettext("is a folder; give the name of a file, such as {name}").format(name="shops.xlsx")
        raise InputError([Problem("--out", None, None, text)])
    found = request.read()
    if isinstance(found, ExitCode):
        return found
    rollout, plan = found
    write_whole(request.out.parent, {request.out.name: content(rollout, plan)})
    if request.as_json:
        show_json({"shops": len(rollout.shops), "written": str(request.out)})
    else:
        text = ngettext("{number} shop written to {file}.", "{number} shops written to {file}.", len(rollout.shops))
        show(text.format(number=number_text(len(rollout.shops)), file=request.out))
    return ExitCode.OK
