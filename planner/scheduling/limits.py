"""What a run may spend, how it reports, and how it is stopped. Light: imports no solver."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class NoPlanError(Exception):
    """The limit was reached, or the run stopped, before there was any plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """When to stop, and with what means.

    `seconds` is wall-clock time, or units of work where `deterministic`; `gap` is the proved fraction at which a
    plan is good enough; `workers` is the number of threads.
    """

    seconds: float = 60.0
    gap: float = 0.001
    workers: int = 2
    seed: int = 1
    deterministic: bool = False
    allow_conflicts: bool = False


class Stage(StrEnum):
    """What a run is doing."""

    PREPARING = "preparing"
    BOUNDING = "bounding"
    CONSTRUCTING = "first plan"
    IMPROVING = "improving"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Where a run stands: the best plan's figures (None before the first) and the bound proved so far.

    `value` and `bound` are the level-3 figures: cents, or days after today under earliest-finish.
    """

    stage: Stage
    seconds: float
    limit: float
    shortfall: int | None = None
    unplanned: int | None = None
    value: int | None = None
    bound: int | None = None
    gap: float | None = None


ReportProgress = Callable[[Progress], None]
