"""What differs between two TOML texts, value by value, as people read it."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.domain.scenario import Path
from planner.exchange.scenario_paths import path_text
from planner.exchange.toml_reader import Toml
from planner.exchange.toml_table import is_table

NAME = "name"


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value by its path, such as `milestone."Year end".target`, before and after; empty where it is not there."""

    path: str
    before: str
    after: str


def toml_difference(before: str, after: str) -> list[ValueChange]:
    """The values that differ between two well-formed texts, those that are there afterwards in their order first.

    Tables in a list go by their names, or where they have none of their own by their numbers from 1.
    """
    old, new = (dict(_values(tomllib.loads(text), ())) for text in (before, after))
    paths = [path for path in (*new, *(path for path in old if path not in new)) if old.get(path) != new.get(path)]
    return [ValueChange(path_text(path), old.get(path, ""), new.get(path, "")) for path in paths]


def _values(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if is_table(value):
        for key, item in value.items():
            yield from _values(item, (*path, key))
    elif isinstance(value, list) and value and all(map(is_table, value)):
        for name, item in zip(_names(value), value, strict=True):
            yield from _values(item, (*path, name))
    else:
        yield path, _text(value)


def _names(tables: Sequence[Toml]) -> list[str]:
    names = [table.get(NAME) for table in tables]
    texts = [name for name in names if isinstance(name, str)]
    return texts if len(set(texts)) == len(tables) else [str(number) for number in range(1, len(tables) + 1)]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(map(_text, value))}]"
    return str(value)
