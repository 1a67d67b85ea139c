"""Crews, and when they are away."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """A row of crews.csv: one crew, or a pool of `units` equal ones.

    `lat` and `lon` (degrees, both or neither) are its home, `max_km` the great-circle distance it travels at
    most. No `regions` means everywhere; `first` and `last` are its first and last day available, None is open.
    """

    id: str
    trade: str
    name: str = ""
    units: int = 1
    lat: float | None = None
    lon: float | None = None
    regions: tuple[str, ...] = ()
    max_km: float | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A row of absences.csv: `units` of a crew (None: all) are away from `first` to `last`, both included."""

    crew: str
    first: date
    last: date
    units: int | None = None
    reason: str = ""
