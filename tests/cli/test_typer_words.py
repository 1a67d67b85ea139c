"""What typer says without asking for its translation, in the language in use."""

from string import Formatter

import pytest

from planner.cli.typer_words import SENTENCES, in_our_words
from planner.wording.language import Language
from planner.wording.translation import speaking

SAID = [
    (
        "Error: Invalid value for '--gap' / '-g': Value error, 'x' is not one of 'a', 'b'.",
        "Fehler: Falscher Wert für „--gap“ / „-g“: „x“ ist keines von „a“, „b“.",
    ),
    ("Try 'planner plan --help' for help.", "Hilfe dazu: „planner plan --help“"),
    ("Input should be greater than or equal to 0", "Die Zahl muss mindestens 0 sein"),
    ("Error: something that nobody foresaw", "Fehler: something that nobody foresaw"),
    ("Error: {message} {0} {name!r}", "Fehler: {message} {0} {name!r}"),
    ("", ""),
]


@pytest.mark.parametrize(("english", "german"), SAID)
def test_sentences_are_told_in_the_language_in_use(english: str, german: str) -> None:
    assert in_our_words(english) == english
    with speaking(Language.GERMAN):
        assert in_our_words(english) == german


@pytest.mark.parametrize("sentence", SENTENCES)
def test_no_sentence_hides_behind_one_before_it(sentence: str) -> None:
    """Each is taken for itself: in German it has no English left of what is around its parts."""
    fields = [name for _, name, _, _ in Formatter().parse(sentence) if name]
    said = sentence.format(**dict.fromkeys(fields, "7"))
    with speaking(Language.GERMAN):
        told = in_our_words(said)
    assert not {"be", "equal", "for", "such", "option", "Invalid", "mean", "requires"}.intersection(told.split())
