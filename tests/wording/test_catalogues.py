"""Every text of the program is there in every language, and says the same."""

import string

import pytest

from planner.wording.language import Language
from planner.wording.translation import ROOMS, gettext, ngettext, speak
from tests.wording.catalogues import (
    catalogue_path,
    is_translated,
    mo_bytes,
    po_bytes,
    read_catalogue,
    texts,
    up_to_date,
)

REFRESH = "run: python -m tests.wording.catalogues"


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("room", ROOMS)
def test_a_catalogue_has_the_texts_of_the_code_and_is_compiled(room: str) -> None:
    path = catalogue_path(Language.GERMAN, room)
    fresh = up_to_date(Language.GERMAN, room)
    assert path.read_bytes() == po_bytes(fresh), REFRESH
    assert path.with_suffix(".mo").read_bytes() == mo_bytes(fresh), REFRESH


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_is_translated_with_its_fields(room: str) -> None:
    for message in read_catalogue(Language.GERMAN, room):
        if not message.id:
            continue
        assert is_translated(message), f"no translation of {message.id!r}"
        wanted = fields(message.id if isinstance(message.id, str) else message.id[1])
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        for translated in strings:
            assert fields(translated) <= wanted, f"{translated!r} names what {message.id!r} does not have"
        assert fields(strings[-1]) == wanted, f"{strings[-1]!r} leaves out something of {message.id!r}"


def test_texts_are_told_in_the_language_in_use() -> None:
    speak(Language.GERMAN)
    try:
        assert gettext("{seconds} s") == "{seconds} s"
        assert ngettext("nonsense", "nonsenses", 2) == "nonsenses"
    finally:
        speak(Language.ENGLISH)


def test_texts_are_found_in_the_code() -> None:
    assert ("{minutes} min {seconds:02} s", None) in texts("wording")
