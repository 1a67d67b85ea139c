"""`planner import shops.xlsx` where there is no rollout yet, or --new: a rollout of its own out of a spreadsheet."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from planner.cli.asking import is_agreed
from planner.cli.endings import ExitCode, say_problems
from planner.cli.messages import say, show, show_json
from planner.cli.spreadsheet_import import preview_lines
from planner.exchange.problems import InputError, Problem, ProblemLog
from planner.exchange.spreadsheet.beginning import (
    DAYS_CLOSED,
    ONE_FORMAT,
    Beginning,
    Begun,
    begin_rollout,
    next_year_end,
)
from planner.exchange.spreadsheet.beginning_words import assumptions
from planner.exchange.spreadsheet.importing import ImportedSheet, parse_mapping
from planner.exchange.spreadsheet.reading import read_spreadsheet
from planner.exchange.text import printable
from planner.exchange.values import BadValue, iso_form, parse_day
from planner.store.folders import FolderContent
from planner.store.spreadsheets import add_from_sheet, new_content
from planner.store.store import Store
from planner.wording.amounts import counted
from planner.wording.translation import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRollout:
    """What options say of a new rollout: `name` (--new), days as they were written; None where nothing is said."""

    name: str | None = None
    today: str | None = None
    last: str | None = None
    days: int | None = None
    crews: int | None = None
    target: int | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether any of the options was given."""
        return self != NewRollout()

    def beginning(self, path: Path) -> Beginning:
        """The beginning of the rollout, with what nobody said filled in; raises InputError."""
        today = _day("--today", self.today) or date.today()  # noqa: DTZ011 - the day it is for the user
        beginning = Beginning(
            name=path.stem if self.name is None else self.name,
            today=today,
            last=_day("--last", self.last) or next_year_end(today),
            days=DAYS_CLOSED if self.days is None else self.days,
            crews=self.crews,
            target=self.target,
        )
        problems = beginning.problems()
        if problems:
            raise InputError(problems)
        return beginning


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRequest:
    """What `planner import PATH` was asked for; `maps` are the --map options as they were written."""

    path: Path
    new: NewRollout
    sheet: str | None
    maps: tuple[str, ...]
    dry_run: bool
    yes: bool
    as_json: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A new rollout that was shown and agreed to, to be added to the database."""

    content: FolderContent
    sheet: ImportedSheet


def prepare_new(request: SheetRequest, store: Store | None) -> Prepared | ExitCode:
    """Reads a spreadsheet as a new rollout, shows what that would be, and asks; or says how the command ends.

    `store` is the database it is for, None where that is not made yet. Raises InputError and StoreError.
    """
    beginning = request.new.beginning(request.path)
    if store is not None:
        store.check_new(beginning.name.strip())
    begun = _begin(beginning, request)
    content = new_content(begun)
    if not request.as_json:
        show(gettext("The spreadsheet has the shops; the rest of the new rollout is assumed:"))
        for line in assumptions(beginning, begun):
            show(f"  {line}")
    if request.dry_run:
        if request.as_json:
            show_json(_data(content, None))
        say(gettext("Nothing was done (--dry-run)."))
        return ExitCode.OK
    name = printable(content.rollout.name)
    if not is_agreed(gettext("Make the new rollout '{name}' so?").format(name=name), yes=request.yes):
        return ExitCode.BAD_INPUT
    return Prepared(content, begun.sheet)


def add_prepared(store: Store, prepared: Prepared, *, as_json: bool) -> ExitCode:
    """Adds the rollout to the database, and says what comes next. Raises StoreError."""
    backlog = add_from_sheet(store, prepared.content, prepared.sheet)
    if as_json:
        show_json(_data(prepared.content, backlog.revision()))
        return ExitCode.OK
    shops = counted(len(prepared.content.rollout.shops), "shop")
    name = printable(backlog.name)
    show(gettext("New rollout '{name}' in {database}: {shops}.").format(name=name, database=store.shown, shops=shops))
    for line in _next_steps():
        say(line)
    return ExitCode.OK


def _begin(beginning: Beginning, request: SheetRequest) -> Begun:
    log = ProblemLog()
    mapping = parse_mapping(list(request.maps))
    read = read_spreadsheet(request.path, log, sheet=request.sheet, mapping=mapping, given=ONE_FORMAT)
    begun = begin_rollout(read, beginning, log)
    if request.dry_run and not request.as_json:
        for line in preview_lines(begun.sheet):
            show(line)
    say_problems(begun.sheet.warnings)
    return begun


def _next_steps() -> list[str]:
    """What is left to do once a rollout was made from a spreadsheet alone."""
    return [
        gettext("Next, replace what was assumed: `planner crews list`, `add` and `edit` for your crews, and"),
        gettext("`planner export folder now`, edit now/rollout.toml, `planner rollouts settings now/rollout.toml`"),
        gettext("for the phases of each format, blackouts, milestones and costs. `planner plan` plans."),
    ]


def _day(option: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return parse_day(iso_form(text.strip()) or text)
    except BadValue as error:
        raise InputError([Problem(option, None, None, str(error))]) from None


def _data(content: FolderContent, revision: int | None) -> dict[str, object]:
    counts = {f"{kind}s": len(rows) for kind, rows in content.records.items()}
    return {"rollout": content.rollout.name, "revision": revision, **counts}
