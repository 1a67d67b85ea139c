"""How the benchmarks print figures: results to standard output, what is going on to standard error."""

import sys

from rich.console import Console
from rich.table import Table

from tests.benchmarks.race import Outcome

WIDTH = 160
NOTHING = "–"


def narrate(text: str) -> None:
    """Say what is being done."""
    print(text, file=sys.stderr, flush=True)


def show(table: Table) -> None:
    """Print a table as wide as it needs to be, whatever the terminal."""
    Console(width=WIDTH if sys.stdout.isatty() else 2 * WIDTH, markup=False, highlight=False).print(table)


def seconds_text(seconds: float | None) -> str:
    """Seconds, one decimal."""
    return NOTHING if seconds is None else f"{seconds:.1f} s"


def percent(part: float) -> str:
    """A part of the whole in per cent; parts of a thousand show their second digit."""
    return f"{100 * part:.2f} %"


def megabytes(peak: float | None) -> str:
    """Millions of bytes."""
    return NOTHING if peak is None else f"{peak:,.0f}"


def checked(outcome: Outcome) -> str:
    """What the checker says of a contender's plan, or why there is none."""
    if outcome.problem is not None:
        return outcome.problem
    if outcome.found is None or outcome.found.plan is None:
        return "no plan"
    if outcome.violations:
        return f"{len(outcome.violations)} violations: {outcome.violations[0]}"
    return "passes"
