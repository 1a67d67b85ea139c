"""Scenario files: TOML that names what differs from a rollout.

name = "Christmas blackout a week earlier"       # required
why = "One sentence for those who read the result."
builds_on = ["more-crews.toml"]                  # scenarios whose changes are made first
drop = ['limit."No more than three starts a week"']

[set]                                            # values by path
milestone."Year end".target = 100
blackout."Christmas trading".first = "-7 days"

[[shops]]                                        # also crews and absences, with a table of columns in `where`
where = 'region:South status:backlog'
set.ready_from = "+14 days"                      # or: drop = true

[[add.absences]]                                 # or a list of rollout.toml: [[add.blackout]]
crew = "B-S1"
first = 2021-09-06
last = 2021-09-17
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from pathlib import Path as FilePath
from typing import Protocol, TypeVar

from planner.domain.scenario import Add, Change, ChangeRows, Drop, Path, RowKind, Scenario, SetValue, Value
from planner.exchange.problems import InputError, Problem, ProblemLog
from planner.exchange.scenario_paths import parse_path
from planner.exchange.scenario_settings import LISTS
from planner.exchange.text import Names, printable, quoted
from planner.exchange.toml_reader import Toml, described, load_toml, parse_toml
from planner.exchange.toml_table import TomlTable, is_table
from planner.exchange.values import BadValue
from planner.wording.translation import gettext, later, pgettext

FOLDER = "scenarios"
SUFFIX = ".toml"
MUST = later("it must have a name and what it changes")
ADDABLE = (*LISTS, *RowKind)


def find_scenarios(folder: FilePath) -> list[FilePath]:
    """The scenario files that a rollout folder comes with, by name."""
    return sorted(path for path in (folder / FOLDER).glob(f"*{SUFFIX}") if path.is_file())


def scenario_path(folder: FilePath, text: str) -> FilePath:
    """The file that `text` means: a path, or the name of a scenario that the rollout folder comes with."""
    path = FilePath(text)
    if path.exists() or len(path.parts) > 1:
        return path
    own = folder / FOLDER / (text if text.endswith(SUFFIX) else text + SUFFIX)
    if own.exists():
        return own
    names = Names(pgettext("noun", "scenario"), [item.stem for item in find_scenarios(folder)])
    wrong = gettext("there is no such file, and {unknown}").format(unknown=names.unknown(text))
    raise InputError([Problem(printable(text), None, None, wrong)])


def read_scenarios(paths: Sequence[FilePath]) -> tuple[Scenario, ...]:
    """The scenarios of some files, each after those it builds on, and none twice.

    Raises InputError with all mistakes of all files.
    """
    return _read_all(_Files(), paths)


def read_kept_scenarios(texts: Mapping[str, str], names: Sequence[str]) -> tuple[Scenario, ...]:
    """The same of scenarios whose TOML is in `texts`, by the name each has as a file, without its suffix.

    Raises InputError with all mistakes of all of them, one of which may be that there is no such scenario.
    """
    return _read_all(_Texts(texts), names)


Key = TypeVar("Key", bound=Hashable)


class _Shelf(Protocol[Key]):
    """Where scenarios are, each known by a key."""

    def file(self, key: Key) -> str:
        """What messages call a scenario."""

    def same(self, key: Key) -> Key:
        """The one key of all that mean the same scenario."""

    def base(self, key: Key, name: str) -> Key:
        """The scenario that another one names to build on."""

    def lacks(self, key: Key) -> str | None:
        """Why there is no such base; None where there is one, or `load` will say."""

    def load(self, key: Key, log: ProblemLog) -> Toml | None:
        """The values of a scenario."""


class _Files:
    """Scenarios in files; a base is named by its path from the file that builds on it."""

    def file(self, key: FilePath) -> str:
        return key.name

    def same(self, key: FilePath) -> FilePath:
        return key.resolve()

    def base(self, key: FilePath, name: str) -> FilePath:
        return key.parent / name

    def lacks(self, key: FilePath) -> str | None:
        del key  # what keeps a file from being read is known when it is
        return None

    def load(self, key: FilePath, log: ProblemLog) -> Toml | None:
        return load_toml(key.parent, key.name, log, MUST)


class _Texts:
    """Scenarios that are kept as texts, all side by side."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def file(self, key: str) -> str:
        return key + SUFFIX

    def same(self, key: str) -> str:
        return key

    def base(self, key: str, name: str) -> str:
        del key  # they lie side by side
        return name.removesuffix(SUFFIX)

    def lacks(self, key: str) -> str | None:
        return None if key in self._texts else Names(pgettext("noun", "scenario"), self._texts).unknown(key)

    def load(self, key: str, log: ProblemLog) -> Toml | None:
        lacks = self.lacks(key)
        if lacks:
            log.error(printable(key), None, None, lacks)
            return None
        return parse_toml(self._texts[key], self.file(key), log, MUST)


def _read_all(shelf: _Shelf[Key], keys: Sequence[Key]) -> tuple[Scenario, ...]:
    log = ProblemLog()
    found: dict[Key, Scenario | None] = {}
    for key in keys:
        _read_with_bases(shelf, key, found, (), log)
    if log.errors:
        raise InputError(log.errors)
    return tuple(scenario for scenario in found.values() if scenario)


def _read_with_bases(
    shelf: _Shelf[Key], key: Key, found: dict[Key, Scenario | None], above: tuple[Key, ...], log: ProblemLog
) -> None:
    real = shelf.same(key)
    if real in found:
        return
    values = shelf.load(key, log)
    if values is None:
        found[real] = None
        return
    top = TomlTable(log, shelf.file(key), "", values)
    for name in top.texts("builds_on"):
        base = shelf.base(key, name)
        if shelf.same(base) in (*above, real):
            wrong = gettext("{name} builds on this one in turn; drop one of the two")
            top.error("builds_on", wrong.format(name=quoted(name)))
        elif lacks := shelf.lacks(base):
            top.error("builds_on", lacks)
        else:
            _read_with_bases(shelf, base, found, (*above, real), log)
    found[real] = _read_scenario(top)


def _read_scenario(top: TomlTable) -> Scenario:
    name, why = top.text("name"), top.text("why", "")
    changes: list[Change] = [*_read_set(top), *_read_drop(top)]
    for kind in RowKind:
        changes += _read_rows(top, kind)
    changes += _read_add(top)
    if not changes and "builds_on" not in top:
        top.error("set", gettext("nothing is said to change; write values by path below [set]"))
    top.finish()
    return Scenario(name, tuple(changes), why, top.file)


def _read_set(top: TomlTable) -> Iterator[Change]:
    table = top.table("set")
    if table is None:
        return
    if not list(table):
        top.error(
            "set", gettext("is empty; write values by path below it, such as costs.footfall = 1.0, or leave it out")
        )
    for key in table:
        for path, value in _leaves((key,), table.raw(key)):
            if path in (("drop",), ("builds_on",)):
                table.error(key, gettext("is read as a path; write it above the first [table] of the file"))
            else:
                yield SetValue(path, value)


def values_set(text: str) -> dict[Path, Value]:
    """What a scenario's text says below [set], by path, whether or not the rest of it is right; raises nothing."""
    table = (parse_toml(text, "", ProblemLog()) or {}).get("set")
    return dict(_leaves((), table)) if is_table(table) and table else {}


def _leaves(path: Path, value: Value) -> Iterator[tuple[Path, Value]]:
    """The values in a table of tables, each with its path; a list is a value, whatever it holds."""
    if is_table(value) and value:
        for key, item in value.items():
            yield from _leaves((*path, key), item)
    else:
        yield path, value


def _read_drop(top: TomlTable) -> Iterator[Change]:
    for text in top.texts("drop"):
        try:
            yield Drop(parse_path(text))
        except BadValue as error:
            top.error("drop", str(error))


def _read_rows(top: TomlTable, kind: RowKind) -> Iterator[Change]:
    for table in top.tables(kind, by_name=False):
        where = _read_where(table, kind)
        values = table.table("set")
        is_drop = table.flag("drop", default=False)
        if (values is None or not list(values)) and not is_drop and table.is_good("set", "drop"):
            table.error("set", gettext("is missing; say what changes, such as set.units = 2, or write drop = true"))
        if values is not None and is_drop:
            table.error("drop", gettext("what is dropped cannot be set as well; leave one of them out"))
        table.finish()
        yield ChangeRows(kind, where, {key: values.raw(key) for key in values} if values else {}, is_drop)


def _read_where(table: TomlTable, kind: RowKind) -> str | Mapping[str, Value]:
    if kind is RowKind.SHOPS:
        return table.text("where")
    where = table.table("where", required=True)
    if where is not None and not list(where):
        wrong = gettext("is empty; name columns, such as {{ {column} = 'B1' }}")
        table.error("where", wrong.format(column="id" if kind is RowKind.CREWS else "crew"))
    return {key: where.raw(key) for key in where} if where else {}


def _read_add(top: TomlTable) -> Iterator[Change]:
    table = top.table("add")
    if table is None:
        return
    names = Names(pgettext("noun", "list"), ADDABLE)
    for what in table:
        if what not in names:
            table.knows(what)
            table.error(what, names.unknown(what))
            continue
        items = table.raw(what)
        for item in items if isinstance(items, list) else [items]:
            if is_table(item) and item:
                yield Add(what, item)
            else:
                wrong = gettext("must be a table of what is added, but is {found}; write [[add.{what}]]")
                table.error(what, wrong.format(found=described(item), what=what))
    table.finish()
