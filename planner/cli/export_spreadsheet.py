"""`planner export xlsx` and `planner export csv`: the shops of a folder, and the dates of a plan of it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.cli.amounts import counted
from planner.cli.checked_plan import CheckedPlan, read_checked_plan
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

Content = Callable[[Rollout, Plan | None], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadsheetExport:
    """What was asked for; `out` is the file, `plan` the plan whose dates are added."""

    folder: Path
    plan: Path | None
    out: Path
    as_json: bool = False


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
        raise InputError([Problem("--out", None, None, "is a folder; give the name of a file, such as shops.xlsx")])
    if request.plan is None:
        rollout, warnings = read_folder(request.folder)
        say_problems(warnings)
        plan = None
    else:
        source = read_checked_plan(request.folder, request.plan)
        if not isinstance(source, CheckedPlan):
            return source
        rollout, plan = source.rollout, source.plan
    write_whole(request.out.parent, {request.out.name: content(rollout, plan)})
    if request.as_json:
        show_json({"shops": len(rollout.shops), "written": str(request.out)})
    else:
        show(f"{counted(len(rollout.shops), 'shop')} written to {request.out}.")
    return ExitCode.OK
