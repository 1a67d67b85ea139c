"""The option that chooses the language. It takes effect before it is parsed: see `planner.wording.choosing`."""

from typing import Annotated

import typer

from planner.wording.choosing import LANG
from planner.wording.language import Language
from planner.wording.translation import gettext

LangOption = Annotated[
    Language | None,
    typer.Option(LANG, help=gettext("The language. PLANNER_LANG if not given."), show_default=gettext("the locale's")),
]
