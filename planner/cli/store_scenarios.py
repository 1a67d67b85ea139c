"""Scenarios in the database on the command line: saved, written out and dropped."""

from dataclasses import dataclass
from pathlib import Path

from planner.cli.asking import is_agreed
from planner.cli.endings import ExitCode, say_problems
from planner.cli.messages import say, show, show_json
from planner.cli.scenario_show import LABEL_WIDTH
from planner.cli.store_shops import report
from planner.exchange.files import read_text
from planner.exchange.problems import InputError, ProblemLog
from planner.exchange.toml_reader import MAX_TOML_BYTES
from planner.exchange.whole_files import write_whole
from planner.store.backlog import Backlog
from planner.wording.translation import gettext, pgettext


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveRequest:
    """What `planner scenario save` was asked for; without `name` it is the file's."""

    file: Path
    name: str | None = None
    why: str = ""
    expect: int | None = None
    as_json: bool = False


def save_scenario(backlog: Backlog, request: SaveRequest) -> ExitCode:
    """Keeps a scenario file in the database, in the place of one of its name. Raises InputError."""
    log = ProblemLog()
    text = read_text(request.file.parent, request.file.name, MAX_TOML_BYTES, log)
    if text is None or log.errors:
        raise InputError(log.errors)
    name = request.name if request.name is not None else request.file.stem
    edited = backlog.save_scenario(name, text, request.why, expected=request.expect)
    return report(edited, 1, request.as_json)


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptRequest:
    """What `planner scenario adopt` was asked for; `dry_run` only shows what would change."""

    name: str
    why: str = ""
    yes: bool = False
    dry_run: bool = False
    as_json: bool = False


def adopt_scenario(backlog: Backlog, request: AdoptRequest) -> ExitCode:
    """Makes a scenario's changes in the rollout, after showing them and asking. Raises InputError."""
    adoption = backlog.adoption(request.name)
    say_problems(adoption.warnings)
    told = {"scenario": request.name, "changes": list(adoption.effects), "dropped": list(adoption.dropped)}
    if not request.as_json:
        for number, effect in enumerate(adoption.effects):
            show(effect, label=("" if number else pgettext("label", "Changes")).ljust(LABEL_WIDTH))
        if adoption.dropped:
            text = gettext("{names}: part of the rollout then").format(names=", ".join(adoption.dropped))
            show(text, label=gettext("Goes").ljust(LABEL_WIDTH))
    if request.dry_run:
        if request.as_json:
            show_json({"revision": None, **told})
        return ExitCode.OK
    if not is_agreed(gettext("This changes the rollout; undo takes it back."), yes=request.yes):
        return ExitCode.BAD_INPUT
    entry = backlog.adopt(adoption, request.why)
    if request.as_json:
        show_json({"revision": entry.revision, **told})
    else:
        text = gettext("Entry {revision}: {what}. `planner undo` takes it back.")
        show(text.format(revision=entry.revision, what=entry.what))
    return ExitCode.OK


def write_scenario(backlog: Backlog, name: str, out: Path) -> ExitCode:
    """Writes a scenario's TOML to a file, as it was saved. Raises CannotWriteError."""
    stored = backlog.scenario(name)
    write_whole(out.parent, {out.name: stored.toml.encode()})
    text = gettext("Scenario {name} written to {file}; `planner scenario save {file} --name {name}` takes it back in.")
    say(text.format(name=name, file=out))
    return ExitCode.OK


def drop_scenario(backlog: Backlog, name: str, why: str, expect: int | None, *, as_json: bool) -> ExitCode:
    """Drops a scenario, which undo brings back."""
    entry = backlog.drop_scenario(name, why, expected=expect)
    if as_json:
        show_json({"revision": entry.revision, "changed": 1})
    else:
        text = gettext("Entry {revision}: {what}. `planner undo` brings it back.")
        show(text.format(revision=entry.revision, what=entry.what))
    return ExitCode.OK
