"""The program's texts in the user's language, by gettext: English in the code, other languages in `locale/`.

    from planner.wording.translation import gettext, ngettext

    gettext("Shop {shop} has no date.").format(shop=shop)
    ngettext("{number} shop", "{number} shops", number).format(number=number)

The text given is always a literal, so that it can be found; what comes from data goes in by `format` afterwards, never
as part of the text. Texts that are written down before the language is known (in class bodies) are marked by `later`
and given to `gettext` where they are shown.

Each room has a catalogue of its own, so `planner/cli` is translated in `locale/de/LC_MESSAGES/cli.po`; the compiled
catalogues lie beside them. `python -m tests.wording.catalogues` brings both up to date with the code.
"""

import gettext as library
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from planner.wording.language import Language

FOLDER = Path(__file__).parent / "locale"
ROOMS = ("cli", "domain", "exchange", "review", "scheduling", "store", "studies", "ui", "wording")


class _Spoken:
    """The language in use; English until `speak` is called. `here` is another one where a block asks for it."""

    language = Language.ENGLISH
    here: ContextVar[Language | None] = ContextVar("here", default=None)


def speak(language: Language) -> None:
    """Makes `language` the one that all texts are in from now on."""
    _Spoken.language = language


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Makes `language` the one that texts are in within the block, in this thread only."""
    token = _Spoken.here.set(language)
    try:
        yield
    finally:
        _Spoken.here.reset(token)


def spoken() -> Language:
    """The language in use."""
    return _Spoken.here.get() or _Spoken.language


def gettext(text: str) -> str:
    """`text` in the language in use; itself where there is no translation."""
    return _translations(spoken()).gettext(text) if text else text


def ngettext(one: str, several: str, number: int) -> str:
    """`one` or `several`, as `number` asks for, in the language in use."""
    return _translations(spoken()).ngettext(one, several, number)


def pgettext(context: str, text: str) -> str:
    """`text` in the language in use, where the same English word means different things in different contexts."""
    return _translations(spoken()).pgettext(context, text)


def later(text: str) -> str:
    """`text` as it is, marked as one that `gettext` is given where it is shown."""
    return text


@cache
def _translations(language: Language) -> library.NullTranslations:
    chain = library.NullTranslations()
    for room in reversed(ROOMS):
        catalogue = library.translation(room, FOLDER, [language.value], fallback=True)
        catalogue.add_fallback(chain)
        chain = catalogue
    return chain
