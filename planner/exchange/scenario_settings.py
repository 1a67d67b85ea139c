"""Changes to the values of rollout.toml, by path: set, added, dropped."""

from collections.abc import Sequence
from typing import Any, NoReturn

from planner.domain.scenario import Path, Value
from planner.exchange.key_words import place_in_words, word_for
from planner.exchange.scenario_values import Shift, plainly, read_shift
from planner.exchange.text import Names, quoted, shortened
from planner.exchange.toml_table import is_table
from planner.exchange.values import BadValue
from planner.wording.translation import gettext, pgettext

Tables = dict[str, Any]
LISTS = ("shutdown", "blackout", "milestone", "format", "limit", "neighbours", "supply", "campaign")


def set_value(settings: Tables, path: Path, value: Value) -> str:
    """Set what is at `path`; keys that may be there but are not are made. Returns what changed. Raises BadValue."""
    holder, key = _holder_of(settings, path, may_make=True)
    present: object = holder[key] if isinstance(key, int) else holder.get(key)
    new: object = value
    shift = read_shift(value)
    if shift and (present is None or not isinstance(present, str)):
        new = _shifted(present, shift, path)
    holder[key] = new
    place = place_in_words(path, LISTS)
    if present is None:
        return f"{place}: {plainly(new)}"
    text = gettext("{place}: {new} instead of {before}")
    return text.format(place=place, new=plainly(new), before=plainly(present))


def drop_value(settings: Tables, path: Path) -> str:
    """Take away what is at `path`. Returns what changed. Raises BadValue."""
    holder, key = _holder_of(settings, path, may_make=False)
    if isinstance(key, str) and key not in holder:
        _not_there(Names(pgettext("noun", "key"), holder), key, path)
    del holder[key]
    return gettext("{what}: dropped").format(what=place_in_words(path, LISTS))


def add_item(settings: Tables, what: str, values: Tables) -> str:
    """Add an item to the list `what`. Returns what changed. Raises BadValue."""
    items = settings.setdefault(what, [])
    if not isinstance(items, list):
        raise BadValue(gettext("{what} is no list, so nothing can be added to it").format(what=quoted(what)))
    items.append(values)
    rest = {key: value for key, value in values.items() if key != "name"}
    name = f" {plainly(values['name'])}" if "name" in values else ""
    return gettext("{what}: new, with {values}").format(what=f"{word_for(what)}{name}", values=plainly(rest))


def place_of(path: Path) -> str:
    """Plain words for a path: `milestone 'Year end', target`."""
    if len(path) > 1 and path[0] in LISTS:
        return ", ".join([f"{path[0]} {quoted(path[1])}", *map(shortened, path[2:])])
    return ", ".join(map(shortened, path))


def _holder_of(settings: Tables, path: Path, *, may_make: bool) -> tuple[Any, str | int]:
    """The table or list that the last part of `path` is in, and where in it."""
    holder: Any = settings
    for number, part in enumerate(path[:-1]):
        if isinstance(holder, list):
            holder = holder[_position(holder, part, path[:number])]
        elif part in holder:
            holder = holder[part]
        elif may_make and part not in LISTS:
            # Whether such a table may be there is said by those who read it.
            holder = holder.setdefault(part, {})
        else:
            _not_there(Names(pgettext("noun", "key"), holder), part, path[: number + 1])
        if not isinstance(holder, list) and not is_table(holder):
            text = gettext("{place} is {value}, so it has no {name}")
            place = place_of(path[: number + 1])
            raise BadValue(text.format(place=place, value=plainly(holder), name=quoted(path[number + 1])))
    last = path[-1]
    return (holder, _position(holder, last, path[:-1])) if isinstance(holder, list) else (holder, last)


def _position(items: Sequence[object], part: str, path: Path) -> int:
    """Where in a list the item called `part` is: by its name, else by its number."""
    names = [str(item.get("name", "")) if is_table(item) else "" for item in items]
    if names.count(part) == 1:
        return names.index(part)
    if names.count(part) > 1:
        text = gettext("{place} has several items called {name}; give the number of one, from 1")
        raise BadValue(text.format(place=place_of(path), name=quoted(part)))
    if part.isdecimal() and 1 <= int(part) <= len(items):
        return int(part) - 1
    named = [name for name in names if name]
    raise BadValue(Names(place_of(path), named or map(str, range(1, len(items) + 1))).unknown(part))


def _shifted(present: object, shift: Shift, path: Path) -> object:
    if present is None:
        text = gettext("{place} is not given in rollout.toml, so it cannot change by so much; give the value itself")
        raise BadValue(text.format(place=place_of(path)))
    return shift.of(present)


def _not_there(names: Names, part: str, path: Path) -> NoReturn:
    text = gettext("{place} is not there: {unknown}")
    raise BadValue(text.format(place=place_of(path), unknown=names.unknown(part)))
