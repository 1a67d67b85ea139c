"""The languages the program speaks and writes files in."""

import os
from collections.abc import Mapping
from enum import StrEnum

LANGUAGE_VARIABLE = "PLANNER_LANG"
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Language(StrEnum):
    """A language that people read."""

    ENGLISH = "en"
    GERMAN = "de"


def language_of_locale(environment: Mapping[str, str] = os.environ) -> Language:
    """German where PLANNER_LANG, or else the locale, is a German one (POSIX: the first variable set), else English."""
    names = (environment.get(variable) for variable in (LANGUAGE_VARIABLE, *LOCALE_VARIABLES))
    name = next((name for name in names if name), "")
    return Language.GERMAN if name.casefold().startswith("de") else Language.ENGLISH
