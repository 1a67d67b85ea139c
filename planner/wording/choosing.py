"""Which language the program speaks, looked for before its commands are loaded, since their help is made then."""

from collections.abc import Sequence

from planner.wording.language import Language, language_of_locale

LANG = "--lang"


def language_wanted(arguments: Sequence[str]) -> Language:
    """The language that `--lang` names anywhere among the arguments, or else the one of the environment."""
    for place, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == LANG:
            text = value if equals else next(iter(arguments[place + 1 :]), "")
            return next((language for language in Language if language.value == text), language_of_locale())
    return language_of_locale()
