"""Shapes of generated rollouts: the usual one, and those that planners stumble over."""

from dataclasses import dataclass
from enum import StrEnum


class Crewing(StrEnum):
    """How the crews of a rollout are cut."""

    POOLS = "pools"
    SINGLES = "singles"
    ONE = "one"


class Work(StrEnum):
    """What is left to plan."""

    PLANNED = "planned"
    FIXED = "fixed"
    DONE = "done"


class Goal(StrEnum):
    """What the milestones ask for."""

    TIGHT = "tight"
    NONE = "none"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What sets a generated rollout apart from the usual one.

    `months` is the length of the horizon. `shops_a_region` is None where there is one region only; `shops_a_city`
    is None where shops are spread over the country. `utilisation` is the part of the builders' working days that
    the remodels need; `kits` the furniture kits that come within the horizon, as a part of those needed.
    """

    months: int = 15
    shops_a_region: int | None = 90
    shops_a_city: int | None = None
    one_partner: bool = False
    crewing: Crewing = Crewing.POOLS
    utilisation: float = 0.8
    kits: float = 1.12
    has_prices: bool = True
    work: Work = Work.PLANNED
    goal: Goal = Goal.TIGHT


PLAIN = Shape()
SHAPES = {
    "plain": PLAIN,
    "one-region": Shape(shops_a_region=None),
    "single-crews": Shape(crewing=Crewing.SINGLES),
    "one-crew": Shape(crewing=Crewing.ONE),
    "three-years": Shape(months=36),
    "one-partner": Shape(one_partner=True),
    "half-a-city": Shape(shops_a_city=40),
    "supply-dictates": Shape(utilisation=0.3, kits=0.9),
    "zero-costs": Shape(has_prices=False),
    "all-fixed": Shape(work=Work.FIXED, utilisation=0.4, goal=Goal.NONE),
    "all-done": Shape(work=Work.DONE),
    "no-milestone": Shape(goal=Goal.NONE),
    "unreachable": Shape(goal=Goal.UNREACHABLE),
}
"""The shapes by the name they have on the command line; "no shops" is any of them with 0 shops."""
