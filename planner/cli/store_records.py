"""Crews and absences of the database on the command line: listed, added, changed and removed."""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.cli.asking import is_agreed
from planner.cli.endings import ExitCode
from planner.cli.messages import say, show_json
from planner.cli.nouns import counted_records, noun
from planner.cli.store_shops import assignments, chosen_columns, report
from planner.cli.text_table import show_table, write_csv
from planner.store.backlog import Backlog
from planner.store.cells import absence_cells, crew_cells
from planner.store.errors import StoreError
from planner.store.records import Edit, RecordKind
from planner.wording.kept import kept
from planner.wording.translation import gettext

NUMBER = "number"
MOST_WANTED = (NUMBER, "id", "trade", "units", "regions", "crew", "first", "last", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRequest:
    """A change of one crew or absence, and how it is noted."""

    kind: RecordKind
    key: str
    texts: tuple[str, ...] = ()
    why: str = ""
    expect: int | None = None
    yes: bool = False
    as_json: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRequest:
    """Which list of records, which columns of it, and in what form."""

    kind: RecordKind
    columns: str = ""
    wide: bool = False
    as_json: bool = False
    as_csv: bool = False


def list_records(backlog: Backlog, request: ListRequest) -> ExitCode:
    """Shows all crews or absences."""
    kind = request.kind
    rows = _rows(backlog, kind)
    present = [*([NUMBER] if kind is RecordKind.ABSENCE else []), *backlog.columns(kind)]
    chosen = chosen_columns(request.columns, present)
    columns = chosen or present
    as_json, as_csv = request.as_json, request.as_csv
    if as_json:
        show_json([{**cells, "version": version} for cells, version in rows])
    elif as_csv:
        write_csv(columns, ([cells.get(column, "") for column in columns] for cells, _ in rows))
    else:
        used = [column for column in columns if chosen or any(column in cells for cells, _ in rows)]
        if rows:
            cells = [[cells.get(column, "") for column in used] for cells, _ in rows]
            show_table(used, cells, first=MOST_WANTED, wide=request.wide or bool(chosen))
        text = counted_records(len(rows), kind)
        if not rows:
            text = gettext("{records}; add one by: {command}").format(records=text, command=f"planner {kind}s add")
        say(text)
    return ExitCode.OK


def _rows(backlog: Backlog, kind: RecordKind) -> list[tuple[Mapping[str, str], int]]:
    if kind is RecordKind.CREW:
        return [(crew_cells(item.crew, item.extra), item.version) for item in backlog.crews()]
    return [
        ({NUMBER: str(item.number), **absence_cells(item.absence, item.extra)}, item.version)
        for item in backlog.absences()
    ]


def add_record(backlog: Backlog, request: RecordRequest, cells: Mapping[str, str]) -> ExitCode:
    """Adds a crew or an absence."""
    edit = Edit(request.kind, request.key, {**cells, **assignments(request.texts)}, is_new=True)
    what = kept("absence of {crew} added", crew=cells.get("crew", ""))
    if request.kind is RecordKind.CREW:
        what = kept("crew {crew} added", crew=request.key)
    return report(backlog.edit([edit], what, request.why), 1, request.as_json)


def edit_record(backlog: Backlog, request: RecordRequest) -> ExitCode:
    """Changes columns of a crew or an absence."""
    cells = assignments(request.texts)
    if not cells:
        raise StoreError(gettext("Say what to change by --set COLUMN=TEXT."))
    edit = Edit(request.kind, request.key, cells, request.expect)
    what = kept("absence {number} changed", number=request.key)
    if request.kind is RecordKind.CREW:
        what = kept("crew {crew} changed", crew=request.key)
    return report(backlog.edit([edit], what, request.why), 1, request.as_json)


def remove_record(backlog: Backlog, request: RecordRequest) -> ExitCode:
    """Removes a crew or an absence, after asking; raises InputError where others still name it."""
    record = f"{noun(request.kind)} {request.key}"
    if not is_agreed(gettext("This removes {record}.").format(record=record), yes=request.yes):
        return ExitCode.BAD_INPUT
    edit = Edit(request.kind, request.key, None, request.expect)
    what = kept("absence {number} removed", number=request.key)
    if request.kind is RecordKind.CREW:
        what = kept("crew {crew} removed", crew=request.key)
    return report(backlog.edit([edit], what, request.why), 1, request.as_json)


def absence_of(crew: str, first: str, last: str, units: int | None, reason: str) -> dict[str, str]:
    """The cells of an absence."""
    return {"crew": crew, "first": first, "last": last, "units": str(units or ""), "reason": reason}
