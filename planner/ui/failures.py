"""What may go wrong without being a mistake in the program, as sentences for people."""

from planner.domain.query import QueryError
from planner.exchange.problems import InputError
from planner.exchange.whole_files import CannotWriteError
from planner.scheduling.limits import NoPlanError
from planner.store.errors import StoreError
from planner.studies.planning import FailedCheckError
from planner.wording.translation import gettext

EXPECTED = (InputError, StoreError, CannotWriteError, NoPlanError, QueryError, FailedCheckError, OSError)


def sentences(error: BaseException) -> list[str]:
    """An error as lines, all mistakes at once."""
    if isinstance(error, InputError):
        return [str(problem) for problem in error.problems]
    if isinstance(error, QueryError):
        return [str(mistake) for mistake in error.mistakes]
    if isinstance(error, FailedCheckError):
        lines = [f"{violation.rule}: {violation.text}" for violation in error.violations]
        return [gettext("The plan failed its own check, so it was not kept. Please report it:"), *lines]
    if isinstance(error, NoPlanError):
        return [gettext("No plan within the time given ({reason}). Give more time.").format(reason=error)]
    return str(error).splitlines() or [type(error).__name__]
