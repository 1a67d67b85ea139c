"""Text for the terminal: results go to standard output, everything else to standard error.

Nothing that comes from data steers the terminal: control characters are written as escapes.
"""

import json
import sys

from rich.console import Console
from rich.text import Text

from planner.exchange.text import printable


def clip(text: str, width: int) -> str:
    """`text` as a terminal may print it, cut to `width` characters with an ellipsis."""
    text = printable(text)
    return text if len(text) <= width else text[: width - 1] + "…"


def error_console() -> Console:
    """A console on standard error that takes every text as it is."""
    return Console(stderr=True, markup=False, emoji=False, highlight=False)


def output_console() -> Console:
    """A console on standard output that takes every text as it is."""
    return Console(markup=False, emoji=False, highlight=False)


def say(text: str) -> None:
    """Writes a line to standard error."""
    error_console().print(Text(printable(text)), soft_wrap=True)


def show(text: str, label: str = "") -> None:
    """Writes a line to standard output, after a label that stands out on a terminal."""
    output_console().print(Text.assemble((label, "bold"), printable(text)), soft_wrap=True)


def show_json(data: object) -> None:
    """Writes `data` as JSON to standard output; control characters are escaped."""
    output_console().out(json.dumps(data, indent=2), highlight=False)


def forgive_unknown_characters() -> None:
    """Lets both streams write what their encoding lacks as an escape instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
