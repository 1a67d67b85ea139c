"""How a command ends: its exit codes, and every error as a sentence on standard error."""

import os
import traceback
from collections.abc import Callable, Sequence
from enum import IntEnum

from planner.cli.interrupts import leave_at_once
from planner.cli.messages import say
from planner.exchange.problems import InputError, Problem
from planner.exchange.whole_files import CannotWriteError
from planner.wording.amounts import number_text
from planner.wording.translation import gettext, ngettext

MAX_PROBLEMS_SHOWN = 100


class ExitCode(IntEnum):
    """What the caller of a command learns; `FAILED` is a failed check, or an error in the program itself."""

    OK = 0
    FAILED = 1
    BAD_INPUT = 2
    CONFLICT = 3
    NO_PLAN = 4
    INTERRUPTED = 130


def run_to_its_end(command: Callable[[], ExitCode]) -> ExitCode:
    """Runs `command`; what goes wrong in it becomes a sentence and an exit code, never a traceback."""
    try:
        return command()
    except InputError as error:
        say_problems(error.problems)
        text = ngettext(
            "{number} mistake in the input, so nothing was done.",
            "{number} mistakes in the input, so nothing was done.",
            len(error.problems),
        )
        say(text.format(number=number_text(len(error.problems))))
        return ExitCode.BAD_INPUT
    except CannotWriteError as error:
        say(str(error))
        return ExitCode.BAD_INPUT
    except KeyboardInterrupt:
        say(gettext("Interrupted; no file was left half-written."))
        leave_at_once(ExitCode.INTERRUPTED)
    except OSError as error:
        say(gettext("A file or stream cannot be used: {error}.").format(error=error))
        return ExitCode.BAD_INPUT
    except Exception as error:
        if os.environ.get("PLANNER_DEBUG"):
            traceback.print_exc()
        else:
            text = gettext(
                "Internal error: {kind}: {error}. Please report it, with the rollout folder; PLANNER_DEBUG=1 in the"
                " environment shows the details."
            )
            say(text.format(kind=type(error).__name__, error=error))
        return ExitCode.FAILED


def say_problems(problems: Sequence[Problem]) -> None:
    """Writes one line a problem, and how many more there are where they are too many to read."""
    for problem in problems[:MAX_PROBLEMS_SHOWN]:
        say(str(problem))
    if len(problems) > MAX_PROBLEMS_SHOWN:
        say(gettext("… and {number} more").format(number=len(problems) - MAX_PROBLEMS_SHOWN))
