"""The languages in which files for people are written."""

import os
from collections.abc import Mapping
from enum import StrEnum

LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


class Language(StrEnum):
    """A language that files can be read in."""

    ENGLISH = "en"
    GERMAN = "de"


def language_of_locale(environment: Mapping[str, str] = os.environ) -> Language:
    """German where the environment's locale is a German one (POSIX: the first variable that is set), else English."""
    name = next((environment[variable] for variable in LOCALE_VARIABLES if environment.get(variable)), "")
    return Language.GERMAN if name.casefold().startswith("de") else Language.ENGLISH
