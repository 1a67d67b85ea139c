"""The words that typer puts into help and messages itself, whether it asks gettext for them or not."""

import gettext as library
import os
import re
import sys
from collections.abc import Callable, Iterable
from functools import cache
from io import StringIO
from typing import Any

import typer

from planner.wording.language import Language
from planner.wording.quotation import in_quotes
from planner.wording.translation import FOLDER, gettext, later, spoken

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
"""What typer asks gettext for."""

HELP_TEXTS = (
    later("Show this message and exit."),
    later("Install completion for the current shell."),
    later("Show completion for the current shell, to copy it or customize the installation."),
)
PLACEHOLDERS = (later("[OPTIONS]"), later("COMMAND"), later("[ARGS]"))
"""What stands in the line on usage for what may be given."""

SENTENCES = (
    later("Error: {message}"),
    later("Try {command} for help."),
    later("Missing argument {name}."),
    later("Missing option {name}."),
    later("Invalid value for {name}: {message}"),
    later("Invalid value: {message}"),
    later("No such option: {name} (Possible options: {names})"),
    later("No such option: {name}"),
    later("{message}. Did you mean {names}?"),
    later("Option {name} requires an argument."),
    later("Option {name} does not take a value."),
    later("Got unexpected extra argument(s) ({names})"),
    later("Value error, {message}"),
    later("{name} is not one of {names}."),
    later("Input should be a valid integer, unable to parse string as an integer"),
    later("Input should be a valid number, unable to parse string as a number"),
    later("Input should be greater than or equal to {number}"),
    later("Input should be greater than {number}"),
    later("Input should be less than or equal to {number}"),
    later("Input should be less than {number}"),
)
"""What typer, and pydantic within it, say without asking; of several that fit, the first is meant.

A `message` in them is such a sentence again.
"""

MESSAGE = "message"
FIELD = re.compile(r"\\{(\w+)\\}")
IN_QUOTES = re.compile(r"'([^']*)'")
USAGE_ERROR: type[Exception] = typer.BadParameter.mro()[1]
"""What all of typer's complaints about usage are; typer itself names only the heirs."""


def teach_typer() -> None:
    """Has typer's help speak the language in use."""
    if spoken() is Language.ENGLISH:
        return
    # The standard library's gettext, which typer asks, answers from our catalogue.
    os.environ["LANGUAGE"] = spoken().value
    library.bindtextdomain(DOMAIN, str(FOLDER))
    library.textdomain(DOMAIN)
    for kind in typer.Context.mro():
        if "formatter_class" in vars(kind):
            setattr(kind, "formatter_class", _in_our_words(typer.Context.formatter_class))  # noqa: B010 - any typer's


def _in_our_words(formatter: Any) -> Any:
    """A formatter of help that says what typer does not ask gettext for."""

    class OurWords(formatter):  # type: ignore[misc]  # whichever class this typer has
        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            for word in PLACEHOLDERS:
                args = args.replace(word, gettext(word))
            super().write_usage(prog, args, prefix or gettext("Usage: "))

        def write_dl(self, rows: Iterable[tuple[str, str]], *sizes: int, **more: int) -> None:
            super().write_dl([(name, gettext(text)) for name, text in rows], *sizes, **more)

    return OurWords


def end_in_our_words(run: Callable[[], object]) -> None:
    """Runs the command line, and exits with its code; complaints about usage are in the language in use."""
    try:
        code = run()
    except typer.Abort:
        typer.echo(gettext("Aborted!"), err=True)
        sys.exit(1)
    except USAGE_ERROR as error:
        written = StringIO()
        # Where a group's help is all there is to say, typer writes it to standard error itself.
        error.show(written)  # type: ignore[attr-defined]  # of typer's own class
        typer.echo("\n".join(map(in_our_words, written.getvalue().splitlines())), err=True, nl=bool(written.getvalue()))
        sys.exit(error.exit_code)  # type: ignore[attr-defined]  # of typer's own class
    sys.exit(code if isinstance(code, int) else 0)


def in_our_words(sentence: str) -> str:
    """A sentence of typer's in the language in use; as it is, where it is none that is known."""
    for known in SENTENCES:
        match = _pattern(known).fullmatch(sentence)
        if match is not None:
            parts = {
                name: in_our_words(part)
                if name == "message"
                else IN_QUOTES.sub(lambda found: in_quotes(found[1]), part)
                for name, part in match.groupdict().items()
            }
            return gettext(known).format(**parts)
    return sentence


@cache
def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(FIELD.sub(r"(?P<\1>.+?)", re.escape(sentence)))
