"""TOML files: parsed, and their values said in plain words."""

import re
import tomllib
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from planner.exchange.files import MEGABYTE, read_text
from planner.exchange.problems import ProblemLog
from planner.exchange.text import printable, quoted
from planner.exchange.values import plain
from planner.wording.translation import gettext, later

MAX_TOML_BYTES = 5 * MEGABYTE
MAX_MESSAGE = 200
ROLLOUT_MUST = later("it must name the rollout, its horizon and its formats")
TOO_MANY_DIGITS = "integer string conversion"
TOML_POSITION = re.compile(r" \(at (?:line ([0-9]+), column ([0-9]+)|end of document)\)$")

Toml = Mapping[str, Any]


def load_toml(folder: Path, name: str, log: ProblemLog, must: str = ROLLOUT_MUST) -> Toml | None:
    """The tables of a TOML file; None, with the reason in `log`, where it cannot be read.

    `must` tells whose file is empty what has to be in it.
    """
    text = read_text(folder, name, MAX_TOML_BYTES, log)
    return None if text is None else parse_toml(text, name, log, must)


def parse_toml(text: str, name: str, log: ProblemLog, must: str = ROLLOUT_MUST) -> Toml | None:
    """The tables of a TOML text that messages call `name`; None, with the reason in `log`, where it is not one."""
    if not text.strip():
        log.error(name, None, None, gettext("is empty; {must}").format(must=gettext(must)))
        return None
    try:
        return tomllib.loads(text)
    except RecursionError:
        log.error(name, None, None, gettext("is not valid TOML: lists or tables are nested too deeply"))
    except ValueError as error:  # TOMLDecodeError, or a number with more digits than Python converts
        _report_syntax(name, text, str(error), log)
    return None


def _report_syntax(name: str, text: str, message: str, log: ProblemLog) -> None:
    line: int | None = None
    column: str | None = None
    found = TOML_POSITION.search(message)
    if found and found[1]:
        message, line, column = message[: found.start()], int(found[1]), found[2]
    elif found:
        message = gettext("{message} at the end of the file").format(message=message[: found.start()])
        line = len(text.splitlines())
    elif TOO_MANY_DIGITS in message:
        message = gettext("a number has too many digits")
    shown = printable(message[:MAX_MESSAGE])
    log.error(name, line, column, gettext("is not valid TOML: {shown}").format(shown=shown))


def described(value: object) -> str:
    """A TOML value in plain words."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return gettext("the text {value}").format(value=quoted(value))
        case int():
            if abs(value) >= 10**18:
                return gettext("a huge number")
            return gettext("the number {value}").format(value=value)
        case float():
            return gettext("the number {value}").format(value=plain(value) if abs(value) < 1e15 else value)
        case datetime():
            return gettext("the date and time {value}").format(value=value)
        case date():
            return gettext("the date {value}").format(value=value)
        case time():
            return gettext("the time {value}").format(value=value)
        case list():
            return gettext("a list")
        case _:
            return gettext("a table")
