"""The options of a search that several commands share, and the values they may have.

A wrong value raises typer.BadParameter with a sentence.
"""

import math
import os
from typing import Annotated

import typer

from planner.wording.translation import gettext

MAX_WORKERS = 64
MAX_DEFAULT_WORKERS = 8
MAX_SEED = 2**31 - 1


def default_workers() -> int:
    """The processors this process may use, at most eight: more threads gain little and slow others down."""
    affinity = getattr(os, "sched_getaffinity", None)
    processors = len(affinity(0)) if affinity else os.cpu_count() or 1
    return min(processors, MAX_DEFAULT_WORKERS)


def check_time_limit(seconds: float) -> float:
    """Returns `seconds` where a run can last that long."""
    if not (seconds > 0 and math.isfinite(seconds)):
        raise typer.BadParameter(
            gettext("{seconds:g} is not a number of seconds above 0, such as 60").format(seconds=seconds)
        )
    return seconds


def check_gap(gap: float) -> float:
    """Returns `gap` where it is a fraction."""
    if not 0 <= gap <= 1:
        raise typer.BadParameter(
            gettext("{gap:g} is not a fraction from 0 to 1, such as 0.001 for 0.1 %").format(gap=gap)
        )
    return gap


def check_workers(workers: int | None) -> int | None:
    """Returns `workers` where that many threads make sense."""
    if workers is not None and not 1 <= workers <= MAX_WORKERS:
        raise typer.BadParameter(
            gettext("{workers} is not a number of threads from 1 to {max_workers}").format(
                workers=workers, max_workers=MAX_WORKERS
            )
        )
    return workers


def check_seed(seed: int) -> int:
    """Returns `seed` where the solver takes it."""
    if not 0 <= seed <= MAX_SEED:
        raise typer.BadParameter(
            gettext("{seed} is not a whole number from 0 to {max_seed}").format(seed=seed, max_seed=MAX_SEED)
        )
    return seed


TimeLimitOption = Annotated[
    float,
    typer.Option(metavar="SECONDS", help=gettext("Stop searching after this many seconds."), callback=check_time_limit),
]
GapOption = Annotated[
    float,
    typer.Option(
        metavar="FRACTION",
        help=gettext("Stop once the plan is proved this close to the best: 0.001 is 0.1 %."),
        callback=check_gap,
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        help=gettext("Search with this many threads."),
        show_default=gettext("one per processor, at most 8"),
        callback=check_workers,
    ),
]
