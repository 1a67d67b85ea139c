"""Sentences that are kept, in a database, and told later in the language of whoever reads them.

    what = kept("{shops} fixed on {day}", shops=kept_several("{number} shop", "{number} shops", 3), day=day)
    told(what)                                          # "3 Filialen auf 06.09.2021 fixiert", to a German reader

What is kept is a text that the catalogues know and the values that go into it, as one string. A string that was kept in
any other way is told as it is.
"""

import json
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from planner.wording.amounts import number_text, plain_day_text
from planner.wording.translation import gettext, ngettext

FIELD = re.compile(r"\{(\w+)\}")
TEXT, VALUES, SEVERAL, NUMBER, DAY = "text", "values", "several", "number", "day"


class Kept(str):
    """A sentence as it is kept."""

    __slots__ = ()


Value = Kept | str | int | date | Sequence[Kept]
"""What goes into a sentence: another one, text from data, a count, a day, or sentences with commas between them."""


def kept(text: str, **values: Value) -> Kept:
    """`text`, a literal, with its values."""
    return _packed({TEXT: text, VALUES: {name: _plain(value) for name, value in values.items()}})


def kept_several(one: str, several: str, number: int, **values: Value) -> Kept:
    """`one` or `several`, both literals, as `number` asks for, with `{number}` and other values."""
    plain = {name: _plain(value) for name, value in values.items()}
    return _packed({TEXT: one, SEVERAL: several, NUMBER: number, VALUES: {NUMBER: number, **plain}})


def told(sentence: str) -> str:
    """A kept sentence in the language in use."""
    parts = _parts(sentence)
    return sentence if parts is None else _told(parts)


def _packed(parts: dict[str, Any]) -> Kept:
    return Kept(json.dumps(parts, ensure_ascii=False))


def _plain(value: Value) -> Any:
    if isinstance(value, Kept):
        return _parts(value) or str(value)
    if not isinstance(value, str | int | date):
        return [_plain(item) for item in value]
    return {DAY: value.isoformat()} if isinstance(value, date) else value


def _parts(sentence: str) -> dict[str, Any] | None:
    if not sentence.startswith("{"):
        return None
    try:
        parts = json.loads(sentence)
    except ValueError:
        return None
    is_kept = isinstance(parts, dict) and isinstance(parts.get(TEXT), str) and isinstance(parts.get(VALUES), dict)
    return parts if is_kept else None


def _told(parts: dict[str, Any]) -> str:
    text = ngettext(parts[TEXT], parts[SEVERAL], parts[NUMBER]) if SEVERAL in parts else gettext(parts[TEXT])
    # Not by `format`: what comes out of a database must not reach into the program.
    return FIELD.sub(lambda field: _shown(parts[VALUES].get(field[1], field[0])), text)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return plain_day_text(date.fromisoformat(value[DAY])) if DAY in value else _told(value)
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    return number_text(value) if isinstance(value, int) else str(value)
