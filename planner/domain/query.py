r"""The query language for shops, on the command line, on the screen and in scenarios.

    state:BY status:backlog ready<2021-09-01 partner:"Elbe Mobil" tag:pilot -tag:flagship text

Words stand for conditions that must all hold. A word alone is looked for in id, name, city, partner and street.
`field:value` asks of one field, `a|b` for one of several values, `-` before a word negates it, quotes hold a phrase
together (inside them, `\"` is a quote), `has:field` asks for any value. `=` and `!=` mean the whole text, `<`, `<=`,
`>`, `>=` compare days and numbers. A day is `2021-09-01` or `01.09.2021`, and may be a month (`2021-09`) or a year.
Case never matters. `parse` gives the tree of `query_terms`; `completions` helps to write one.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from planner.domain.query_completion import Completion, completions
from planner.domain.query_fields import FIELD_BY_NAME, FIELDS, GERMAN_STATES, Field, FieldKind, fold
from planner.domain.query_terms import (
    FREE_TEXT_COLUMNS,
    Comparison,
    FreeText,
    Given,
    Operator,
    Query,
    Term,
)
from planner.domain.query_values import Period, Value, ValueMistake, read_value, shown, suggestion
from planner.domain.query_words import NOT_WORDS, Part, Word, split, written
from planner.wording.translation import gettext

__all__ = [
    "FIELDS",
    "FREE_TEXT_COLUMNS",
    "Comparison",
    "Completion",
    "Field",
    "FieldKind",
    "FreeText",
    "Given",
    "Operator",
    "Period",
    "Query",
    "QueryError",
    "QueryMistake",
    "Term",
    "Value",
    "completions",
    "fold",
    "parse",
    "written",
]

HAS = "has"
BY_KIND = {FieldKind.TEXT: Operator.CONTAINS, FieldKind.BEGINNING: Operator.BEGINS}
ORDERED = (FieldKind.DAY, FieldKind.NUMBER)


@dataclass(frozen=True, slots=True)
class QueryMistake:
    """What is wrong with a query at `column` (from 1)."""

    column: int
    text: str

    def __str__(self) -> str:
        return gettext("column {column}: {text}").format(column=self.column, text=self.text)


class QueryError(ValueError):
    """A query that cannot be understood; `mistakes` has all that is wrong with it, in order."""

    def __init__(self, text: str, mistakes: tuple[QueryMistake, ...]) -> None:
        super().__init__("\n".join(map(str, mistakes)))
        self.text = text
        self.mistakes = mistakes


class _Mistake(Exception):  # noqa: N818 - carries a mistake to `parse`
    def __init__(self, place: int, text: str) -> None:
        super().__init__(text)
        self.mistake = QueryMistake(place + 1, text)


def parse(text: str, *, states: Collection[str] = tuple(GERMAN_STATES)) -> Query:
    """The query that `text` writes; `states` are the codes a shop's state may have.

    Raises QueryError.
    """
    terms: list[Term] = []
    mistakes: list[QueryMistake] = []
    for word in split(text):
        try:
            terms.append(_term(word, states))
        except _Mistake as error:
            mistakes.append(error.mistake)
    if mistakes:
        raise QueryError(text, tuple(mistakes))
    return Query(text, tuple(terms))


def _term(word: Word, states: Collection[str]) -> Term:
    _check_parts(word)
    if not word.operator:
        return _free_text(word)
    if fold(word.name) == HAS:
        return _given(word)
    field = FIELD_BY_NAME.get(fold(word.name))
    if field is None:
        near = suggestion(word.name, [HAS, *FIELD_BY_NAME])
        hint = near or gettext("; to search for it as text, put it in quotes")
        raise _Mistake(word.name_start, _unknown_field(word.name, hint))
    return _comparison(word, field, states)


def _check_parts(word: Word) -> None:
    for part in word.parts:
        if not part.is_closed:
            raise _Mistake(part.start, gettext("the quote that is opened here is never closed"))
        if part.text.strip():
            continue
        if word.operator:
            text = gettext("no value follows; write it right here, without a space")
            if fold(word.name) in FIELD_BY_NAME:
                text = gettext(
                    "no value follows; write it right here, without a space, or -has:{field} for shops without one"
                ).format(field=word.name)
            raise _Mistake(part.start, text)
        if len(word.parts) > 1:
            raise _Mistake(part.start, gettext("nothing stands beside the '|'; write one word on each side of it"))
        raise _Mistake(part.start, gettext("there is nothing to look for; write a word, or field:value"))


def _unknown_field(name: str, hint: str) -> str:
    return gettext("unknown field {name}{hint}").format(name=shown(name), hint=hint)


def _free_text(word: Word) -> FreeText:
    first = word.parts[0]
    if not first.is_quoted and first.text in NOT_WORDS:
        text = gettext("{word} is not part of the language; {hint}; to search for the word itself, put it in quotes")
        raise _Mistake(word.name_start, text.format(word=first.text, hint=gettext(NOT_WORDS[first.text])))
    return FreeText(tuple(fold(part.text) for part in word.parts), word.negated)


def _given(word: Word) -> Given:
    part = word.parts[0]
    if word.operator != ":" or len(word.parts) > 1:
        raise _Mistake(word.name_start, gettext("write has:field with one field, such as has:start"))
    field = FIELD_BY_NAME.get(fold(part.text))
    if field is None:
        raise _Mistake(part.start, _unknown_field(part.text, suggestion(part.text, FIELD_BY_NAME)))
    if not field.may_be_missing:
        raise _Mistake(part.start, gettext("every shop has a value for {field}").format(field=field.name))
    return Given(field, word.negated)


def _comparison(word: Word, field: Field, states: Collection[str]) -> Comparison:
    if word.operator in (":", "=", "!="):
        operator = BY_KIND.get(field.kind, Operator.EQUALS) if word.operator == ":" else Operator.EQUALS
    else:
        operator = Operator(word.operator)
        if field.kind not in ORDERED:
            text = gettext("{field} has no order to compare by; use ':', '=' or '!='")
            raise _Mistake(word.name_start, text.format(field=field.name))
        if len(word.parts) > 1:
            text = gettext("'{operator}' compares with one value; drop the others")
            raise _Mistake(word.parts[1].start, text.format(operator=word.operator))
    values = tuple(_values(word.parts, field, states))
    return Comparison(field, operator, values, word.negated != (word.operator == "!="))


def _values(parts: tuple[Part, ...], field: Field, states: Collection[str]) -> Iterator[Value]:
    for part in parts:
        try:
            yield read_value(field, part.text.strip(), states)
        except ValueMistake as error:
            raise _Mistake(part.start, str(error)) from None
