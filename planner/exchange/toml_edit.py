"""TOML texts changed in place, so that comments, order and spelling stay where nothing else is said."""

from collections.abc import Mapping, MutableMapping, MutableSequence, Sequence
from typing import Any

from planner.exchange.toml_reader import Toml

NAME = "name"


def with_values(text: str, values: Toml) -> str:
    """`text`, a well-formed TOML, changed to hold exactly `values`."""
    import tomllib  # noqa: PLC0415 - only where a text is changed

    import tomlkit  # noqa: PLC0415 - as above

    if tomllib.loads(text) == values:
        return text
    document = tomlkit.parse(text)
    _bring(document, values)
    if _read(document) == values:
        return tomlkit.dumps(document)
    # Where the library cannot express a change in place, tables are written anew, without the comments in them.
    document = tomlkit.parse(text)
    _renew(document, values)
    return tomlkit.dumps(document) if _read(document) == values else tomlkit.dumps(dict(values))


def _read(document: Toml) -> Toml | None:
    """What a document says once it is written; None where it would be no TOML."""
    import tomllib  # noqa: PLC0415 - as above

    import tomlkit  # noqa: PLC0415 - as above

    try:
        return tomllib.loads(tomlkit.dumps(document))
    except ValueError:
        return None


def _renew(present: MutableMapping[str, Any], wanted: Toml) -> None:
    """Makes the document hold what is wanted, with each table that differs written anew."""
    for key in [key for key in present if key not in wanted or present[key] != wanted[key]]:
        del present[key]
    for key in wanted:
        if key not in present:
            present[key] = wanted[key]


def with_value(text: str, path: Sequence[str], value: object | None) -> str:
    """`text` with the value at `path`, through tables that are made where they are not there; None takes it away."""
    import tomllib  # noqa: PLC0415 - only where a text is changed

    values = tomllib.loads(text)
    if value is None:
        _take_away(values, path)
    else:
        _put(values, path, value)
    return with_values(text, values)


def _put(values: dict[str, Any], path: Sequence[str], value: object) -> None:
    for part in path[:-1]:
        if not isinstance(values.get(part), dict):
            values[part] = {}
        values = values[part]
    values[path[-1]] = value


def _take_away(values: dict[str, Any], path: Sequence[str]) -> None:
    """Takes a value away, and the tables along its path that hold nothing any more."""
    first, *rest = path
    if not rest:
        values.pop(first, None)
    elif isinstance(values.get(first), dict):
        _take_away(values[first], rest)
        if not values[first]:
            del values[first]


def _bring(present: MutableMapping[str, Any], wanted: Toml) -> None:
    """Makes a table of the document hold what is wanted."""
    for key in [key for key in present if key not in wanted]:
        del present[key]
    for key, value in wanted.items():
        if key not in present:
            present[key] = value
        elif present[key] != value:
            if isinstance(present[key], MutableMapping) and isinstance(value, Mapping):
                _bring(present[key], value)
            elif not (_is_tables(present[key]) and _is_tables(value) and _bring_list(present[key], value)):
                present[key] = value


def _bring_list(present: MutableSequence[Any], wanted: Sequence[Any]) -> bool:
    """Makes a list of tables hold what is wanted, table by table; False where they cannot be told apart by name."""
    old, new = [item.get(NAME) for item in present], [item.get(NAME) for item in wanted]
    kept = [name for name in old if name in new]
    if len(set(old)) < len(old) or len(set(new)) < len(new) or new[: len(kept)] != kept:
        return False
    for place in reversed(range(len(old))):
        if old[place] not in kept:
            del present[place]
    for table, values in zip(present, wanted, strict=False):
        _bring(table, values)
    present.extend(wanted[len(kept) :])
    return True


def _is_tables(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and all(isinstance(it, Mapping) for it in value)
