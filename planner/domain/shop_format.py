"""Shop formats: the phases a remodel goes through, and the visits crews pay for them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One step of a remodel.

    `days` are working days; `crews` maps a trade to the units it needs. Between `wait_min` and `wait_max`
    working days pass after the phase before it. `closed` says whether the shop is shut to customers.
    """

    name: str
    days: int
    crews: Mapping[str, int] = field(default_factory=dict)
    closed: bool = True
    wait_min: int = 0
    wait_max: int = 0


@dataclass(frozen=True, slots=True)
class VisitNeed:
    """What one visit needs: `units` of `trade`, from phase `first` to phase `last` (positions, both included)."""

    trade: str
    units: int
    first: int
    last: int


@dataclass(frozen=True, kw_only=True)
class ShopFormat:
    """A format shops are remodelled to: its phases, in order."""

    name: str
    phases: tuple[Phase, ...]

    @cached_property
    def visits(self) -> tuple[VisitNeed, ...]:
        """The visits: each a longest run of phases that need the same trade in the same number (rule 5)."""
        needs: list[VisitNeed] = []
        for number, phase in enumerate(self.phases):
            before = self.phases[number - 1].crews if number else {}
            for trade, units in phase.crews.items():
                if before.get(trade) == units:
                    continue
                last = number
                while last + 1 < len(self.phases) and self.phases[last + 1].crews.get(trade) == units:
                    last += 1
                needs.append(VisitNeed(trade, units, number, last))
        return tuple(needs)

    @cached_property
    def closed_phases(self) -> tuple[int, int] | None:
        """Positions of the first and the last closed phase, or None where nothing closes."""
        closed = [number for number, phase in enumerate(self.phases) if phase.closed]
        return (closed[0], closed[-1]) if closed else None
