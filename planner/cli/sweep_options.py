"""What `planner sweep` was asked for, as its doing needs it."""

from dataclasses import dataclass
from pathlib import Path

from planner.scheduling.limits import Limits


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepRequest:
    """What `planner sweep` was asked for; `jobs` searches run at once, unless a cluster runs them."""

    folder: Path
    vary: tuple[str, ...]
    prices: tuple[str, ...]
    scenarios: tuple[str, ...]
    limits: Limits
    jobs: int
    out: Path
    cluster: str | None = None
    as_parquet: bool = False
    restart: bool = False
    as_json: bool = False
    quiet: bool = False
