"""Asking before something is done to many records."""

import sys

from planner.cli.messages import say
from planner.wording.translation import gettext, pgettext


def is_agreed(question: str, *, yes: bool) -> bool:
    """Whether the user says yes, or has said so by --yes; where nobody can answer, the question is said and the way."""
    if yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        say(f"{question} {gettext('Nothing was done; add --yes to do it.')}")
        return False
    say(f"{question} {pgettext('answers', '[y/N]')}")
    return sys.stdin.readline().strip().casefold() in {"y", "yes", "j", "ja"}
