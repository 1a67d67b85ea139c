"""What differs between two plans: dates that move, shops that come or go, milestones and money before and after."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.plan import Cost, MilestoneResult, Plan, Remodel, RemodelStatus


class DifferenceKind(StrEnum):
    """How a shop differs: `moved` is another start, `new` and `dropped` a date that comes or goes.

    `rescheduled` keeps its start on other days for later phases; `crews` keeps all days with other crews; `status`
    keeps both.
    """

    MOVED = "moved"
    NEW = "new"
    DROPPED = "dropped"
    RESCHEDULED = "rescheduled"
    CREWS = "crews"
    STATUS = "status"


@dataclass(frozen=True, slots=True)
class ShopDifference:
    """A shop whose remodel differs; None where a plan has none for it.

    `reason` is why the plan after gives it no date, as that plan says.
    """

    shop: str
    before: Remodel | None
    after: Remodel | None
    reason: str = ""

    @property
    def kind(self) -> DifferenceKind:
        """How it differs: the first that holds, in the order of the kinds."""
        if self.before is None:
            return DifferenceKind.NEW
        if self.after is None:
            return DifferenceKind.DROPPED
        if self.before.start != self.after.start:
            return DifferenceKind.MOVED
        if _days(self.before) != _days(self.after):
            return DifferenceKind.RESCHEDULED
        return DifferenceKind.CREWS if self.other_crews else DifferenceKind.STATUS

    @property
    def start_before(self) -> date | None:
        """The start in the plan before."""
        return self.before.start if self.before else None

    @property
    def start_after(self) -> date | None:
        """The start in the plan after."""
        return self.after.start if self.after else None

    @property
    def finish_before(self) -> date | None:
        """The finish in the plan before."""
        return self.before.finish if self.before else None

    @property
    def finish_after(self) -> date | None:
        """The finish in the plan after."""
        return self.after.finish if self.after else None

    @property
    def status_before(self) -> RemodelStatus | None:
        """The status in the plan before."""
        return self.before.status if self.before else None

    @property
    def status_after(self) -> RemodelStatus | None:
        """The status in the plan after."""
        return self.after.status if self.after else None

    @property
    def other_crews(self) -> bool:
        """Whether other crews come; False where one of the plans has no date."""
        return self.before is not None and self.after is not None and crews_of(self.before) != crews_of(self.after)

    @property
    def days(self) -> int | None:
        """By how many days the start moves; None where one of the plans has none."""
        if self.before is None or self.after is None:
            return None
        return (self.after.start - self.before.start).days


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDifference:
    """The shops that differ, by their new start, those without one at the end; figures are before and after.

    `unchanged` counts the remodels that are the same in both. A milestone is None where a plan does not have it.
    Money is in cents; `cost` and the levels are None for an infeasible plan.
    """

    shops: tuple[ShopDifference, ...]
    unchanged: int
    total: tuple[int | None, int | None]
    cost: tuple[Cost | None, Cost | None]
    shortfall: tuple[int | None, int | None]
    unplanned: tuple[int, int]
    milestones: tuple[tuple[MilestoneResult | None, MilestoneResult | None], ...]

    def of_kind(self, kind: DifferenceKind) -> tuple[ShopDifference, ...]:
        """The shops that differ in this way."""
        return tuple(item for item in self.shops if item.kind is kind)

    @property
    def is_empty(self) -> bool:
        """Whether the plans have the same remodels, milestones and money."""
        pairs = (self.total, self.cost, self.shortfall, self.unplanned, *self.milestones)
        return not self.shops and all(before == after for before, after in pairs)


def difference(before: Plan, after: Plan) -> PlanDifference:
    """What differs from the plan `before` to the plan `after`; what a remodel costs is no difference of its own."""
    old = {remodel.shop: remodel for remodel in before.remodels}
    new = {remodel.shop: remodel for remodel in after.remodels}
    reasons = {item.shop: item.reason for item in after.unplanned}
    every = list(dict.fromkeys((*new, *old)))
    shops = [
        ShopDifference(shop, old.get(shop), new.get(shop), reasons.get(shop, ""))
        for shop in every
        if not _is_same(old.get(shop), new.get(shop))
    ]
    shops.sort(key=lambda item: (item.start_after or date.max, item.shop))
    return PlanDifference(
        shops=tuple(shops),
        unchanged=len(every) - len(shops),
        total=(before.total, after.total),
        cost=(before.cost, after.cost),
        shortfall=(before.shortfall, after.shortfall),
        unplanned=(len(before.unplanned), len(after.unplanned)),
        milestones=_milestones(before, after),
    )


def crews_of(remodel: Remodel) -> dict[str, Mapping[str, int]]:
    """The crews of each phase that has any, by the phase's name."""
    return {phase.name: dict(phase.crews) for phase in remodel.phases if phase.crews}


def _is_same(before: Remodel | None, after: Remodel | None) -> bool:
    if before is None or after is None:
        return False
    return (before.phases, before.status) == (after.phases, after.status)


def _days(remodel: Remodel) -> list[tuple[date, date]]:
    return [(phase.first, phase.last) for phase in remodel.phases]


def _milestones(before: Plan, after: Plan) -> tuple[tuple[MilestoneResult | None, MilestoneResult | None], ...]:
    """The milestones of both plans in pairs; those of one name are matched in their order."""
    left = list(before.milestones)
    pairs: list[tuple[MilestoneResult | None, MilestoneResult | None]] = []
    for item in after.milestones:
        match = next((other for other in left if other.name == item.name), None)
        if match is not None:
            left.remove(match)
        pairs.append((match, item))
    return (*pairs, *((item, None) for item in left))
