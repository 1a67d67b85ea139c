"""What could be written next in a query: fields, operators and values, each with a help text in plain words."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from planner.domain.query_fields import FIELD_BY_NAME, FIELDS, GERMAN_STATES, Field, FieldKind, fold
from planner.domain.query_values import choices_of
from planner.domain.query_words import Word, split, written
from planner.wording.translation import gettext, later

OPERATOR_HELP = {
    FieldKind.DAY: {
        "<": later("{field}: before a day"),
        ">=": later("{field}: from a day on"),
        ":": later("{field}: on a day, in a month or a year"),
    },
    FieldKind.NUMBER: {
        ">=": later("{field}: at least"),
        "<": later("{field}: less than"),
        ":": later("{field}: exactly"),
    },
}
DEFAULT_OPERATOR_HELP = {":": later("{field}: is"), "!=": later("{field}: is not")}
HAS_HELP = later("shops that have a value for a field, such as has:start")


@dataclass(frozen=True, slots=True)
class Completion:
    """`text` may stand for what is written from `start` to `end` (0 is the beginning); `help` says what it means."""

    start: int
    end: int
    text: str
    help: str


def completions(
    text: str,
    cursor: int,
    known: Mapping[str, Collection[str]] | None = None,
    *,
    states: Collection[str] = tuple(GERMAN_STATES),
) -> list[Completion]:
    """What could be written at `cursor`, the likeliest first.

    `known` has values that shops do have by field name (`tag`, `partner`, `city` …), so that they can be offered;
    `states` are the codes a state may have.
    """
    cursor = max(0, min(cursor, len(text)))
    # What stands behind the cursor is kept: only what was typed so far decides.
    word = next((word for word in split(text[:cursor]) if word.end == cursor), None)
    if word is None:
        return list(_names(cursor, cursor, "", negated=False))
    if not word.operator:
        return list(_for_name(word))
    part = word.parts[-1]
    values = _values(word, known or {}, states)
    typed = fold(part.text)
    found = [(value, help_text) for value, help_text in values if _begins(value, help_text, typed)]
    return [Completion(part.start, cursor, written(value), help_text) for value, help_text in found]


def _begins(value: str, help_text: str, typed: str) -> bool:
    """Whether a value, or what it stands for (BY is Bayern), begins with what was typed."""
    return fold(value).startswith(typed) or (bool(typed) and fold(help_text).startswith(typed))


def _for_name(word: Word) -> Iterator[Completion]:
    part = word.parts[0]
    if part.is_quoted or len(word.parts) > 1:
        return
    field = FIELD_BY_NAME.get(fold(part.text))
    if field is not None:
        operators = OPERATOR_HELP.get(field.kind, DEFAULT_OPERATOR_HELP)
        for operator, meaning in operators.items():
            help_text = gettext(meaning).format(field=gettext(field.help))
            yield Completion(part.start, part.end, f"{part.text}{operator}", help_text)
    yield from _names(part.start, part.end, part.text, negated=word.negated)


def _names(start: int, end: int, typed: str, *, negated: bool) -> Iterator[Completion]:
    """The fields whose name, or another name for them, begins with what was typed."""
    beginning = fold(typed)
    # What the typed letters begin by its own name is likelier meant than what they begin in another language.
    for field in sorted(FIELDS, key=lambda field: not field.name.startswith(beginning)):
        names = (field.name, field.column, *field.synonyms)
        if any(fold(name).startswith(beginning) for name in names) and beginning not in map(fold, names):
            yield Completion(start, end, f"{field.name}:", _help(field.help, negated=negated))
    if "has".startswith(beginning):
        yield Completion(start, end, "has:", _help(HAS_HELP, negated=negated))


def _help(text: str, *, negated: bool = False) -> str:
    return gettext("not: {meaning}").format(meaning=gettext(text)) if negated else gettext(text)


def _values(word: Word, known: Mapping[str, Collection[str]], states: Collection[str]) -> Iterator[tuple[str, str]]:
    if fold(word.name) == "has":
        yield from ((field.name, _help(field.help)) for field in FIELDS if field.may_be_missing)
        return
    field: Field | None = FIELD_BY_NAME.get(fold(word.name))
    if field is None:
        return
    if field.kind is FieldKind.CHOICE:
        yield from choices_of(field, states).items()
    elif field.kind is FieldKind.YES_NO:
        yield from (("yes", _help(field.help)), ("no", _help(field.help, negated=True)))
    else:
        yield from ((value, _help(field.help)) for value in known.get(field.name, ()) if value)
