"""A file made of a plan."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from planner.cli.checked_plan import PLAN_IN_FOLDER, CheckedPlan, read_checked_plan
from planner.cli.endings import ExitCode
from planner.cli.messages import say, show
from planner.cli.summary import LABEL_WIDTH
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.exchange.problems import InputError, Problem
from planner.exchange.whole_files import write_whole
from planner.wording.translation import gettext


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanForm:
    """What is made of a plan: a file's usual `name`, its `content`, and a `note` to tell of it, if any.

    `with_dates` asks for a plan that is not infeasible.
    """

    name: str
    content: Callable[[Rollout, Plan], bytes]
    note: Callable[[Plan], str] = lambda _: ""
    with_dates: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderPlan:
    """The plan of a `folder`, at `path` or where `planner run` puts it, and the scenarios it was made with."""

    folder: Path
    path: Path | None
    scenarios: tuple[str, ...]


def write_folder_plan(source: FolderPlan, form: PlanForm, out: Path | None) -> ExitCode:
    """Writes a folder's plan in another form, to `out` or beside it.

    Raises InputError and CannotWriteError.
    """
    target = checked_target(out or (source.path or source.folder / PLAN_IN_FOLDER).with_name(form.name), form)
    read = read_checked_plan(source.folder, source.path, scenarios=source.scenarios, with_dates=form.with_dates)
    if not isinstance(read, CheckedPlan):
        return read
    return write_form(read, form, target)


def checked_target(path: Path, form: PlanForm) -> Path:
    """`path`, where a file can be; raises InputError where it is a folder."""
    if path.is_dir():
        text = gettext("is a folder; give the name of a file, such as {name}")
        raise InputError([Problem("--out", None, None, text.format(name=form.name))])
    return path


def write_form(checked: CheckedPlan, form: PlanForm, target: Path) -> ExitCode:
    """Writes a checked plan to `target`, whole or not at all, and says so. Raises CannotWriteError."""
    write_whole(target.parent, {target.name: form.content(checked.rollout, checked.plan)})
    text = gettext("{files} in {folder}").format(files=target.name, folder=target.parent)
    show(text, label=gettext("Written").ljust(LABEL_WIDTH))
    note = form.note(checked.plan)
    if note:
        say(note)
    return ExitCode.OK
