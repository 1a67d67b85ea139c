"""The words that typer puts into help and messages itself, as far as it asks gettext for them."""

import gettext as library
import os

from planner.wording.language import Language
from planner.wording.translation import FOLDER, later, spoken

DOMAIN = "cli"
"""The catalogue that has them: that of this room."""

WORDS = (
    later("(dynamic)"),
    later("Aborted!"),
    later("Arguments"),
    later("Commands"),
    later("Missing command."),
    later("No such command {name!r}."),
    later("Options"),
    later("default: {default}"),
    later("env var: {var}"),
    later("required"),
)


def teach_typer() -> None:
    """Has the standard library's gettext, which typer asks, answer from our catalogue."""
    if spoken() is Language.ENGLISH:
        return
    os.environ["LANGUAGE"] = spoken().value
    library.bindtextdomain(DOMAIN, str(FOLDER))
    library.textdomain(DOMAIN)
