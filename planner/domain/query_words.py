"""A query split into words: where each begins and ends, its minus, field, operator and values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from planner.wording.translation import later

QUOTE = '"'
ESCAPE = "\\"
ALTERNATIVE = "|"
MINUS = "-"
NOT_WORDS = {
    "OR": later("for one of several values write field:one|two"),
    "AND": later("leave it out: all words must hold anyway"),
    "NOT": later("write a minus right before the word, such as -tag:pilot"),
}
HEAD = re.compile(r"(?P<name>[^\W\d]\w*)(?P<operator><=|>=|!=|:|=|<|>)")


@dataclass(frozen=True, slots=True)
class Part:
    """One value as it is meant, without quotes; `start` and `end` are where it is written, quotes included."""

    text: str
    start: int
    end: int
    is_quoted: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a query. `name` and `operator` are empty for free text; places count from 0 in the query."""

    start: int
    end: int
    negated: bool
    name: str
    operator: str
    parts: tuple[Part, ...]

    @property
    def name_start(self) -> int:
        """Where the word begins, after its minus."""
        return self.start + self.negated


def split(text: str) -> Iterator[Word]:
    """The words of a query, in order; a quote that is never closed ends with the query."""
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        word = _word_at(text, place)
        yield word
        place = word.end


def _word_at(text: str, start: int) -> Word:
    negated = text[start] == MINUS
    place = start + negated
    head = HEAD.match(text, place)
    if head:
        place = head.end()
    parts = [_part_at(text, place)]
    while parts[-1].end < len(text) and text[parts[-1].end] == ALTERNATIVE:
        parts.append(_part_at(text, parts[-1].end + 1))
    name, operator = head.group("name", "operator") if head else ("", "")
    return Word(start, parts[-1].end, negated, name, operator, tuple(parts))


def _part_at(text: str, start: int) -> Part:
    """The value that begins at `start` and ends before a space or `|` outside quotes."""
    chars: list[str] = []
    quoted = is_open = False
    place = start
    while place < len(text):
        char = text[place]
        if is_open and char == ESCAPE and text[place + 1 : place + 2] in (QUOTE, ESCAPE):
            place += 1
            chars.append(text[place])
        elif char == QUOTE:
            quoted, is_open = True, not is_open
        elif not is_open and (char.isspace() or char == ALTERNATIVE):
            break
        else:
            chars.append(char)
        place += 1
    return Part("".join(chars), start, place, quoted, not is_open)


def written(value: str) -> str:
    """`value` as it is written in a query: in quotes where it would fall apart without."""
    is_plain = value and not any(char.isspace() or char in '|"' for char in value) and not value.startswith(MINUS)
    if is_plain and not HEAD.match(value) and value not in NOT_WORDS:
        return value
    escaped = value.replace(ESCAPE, ESCAPE * 2).replace(QUOTE, ESCAPE + QUOTE)
    return f"{QUOTE}{escaped}{QUOTE}"
