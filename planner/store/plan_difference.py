"""What differs between two plans of a rollout: dates that move, shops that come or go, and the figures."""

from dataclasses import dataclass
from datetime import date

from planner.domain.plan import Plan


@dataclass(frozen=True, slots=True)
class MovedShop:
    """A shop whose dates differ; None where it has no date. `crews` says whether other crews come."""

    shop: str
    start_before: date | None
    start_after: date | None
    finish_before: date | None
    finish_after: date | None
    other_crews: bool

    @property
    def days(self) -> int | None:
        """By how many days the start moves; None where one of the plans has none."""
        if self.start_before is None or self.start_after is None:
            return None
        return (self.start_after - self.start_before).days


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """The shops that differ, by their new start, those without one at the end; and figures before and after."""

    shops: tuple[MovedShop, ...]
    unchanged: int
    total: tuple[int | None, int | None]
    shortfall: tuple[int | None, int | None]
    unplanned: tuple[int, int]


def difference(before: Plan, after: Plan) -> PlanDifference:
    """What differs from the plan `before` to the plan `after`."""
    old = {remodel.shop: remodel for remodel in before.remodels}
    new = {remodel.shop: remodel for remodel in after.remodels}
    moved = []
    for shop in dict.fromkeys((*new, *old)):
        was, now = old.get(shop), new.get(shop)
        if was is not None and now is not None and was.phases == now.phases:
            continue
        moved.append(
            MovedShop(
                shop,
                was.start if was else None,
                now.start if now else None,
                was.finish if was else None,
                now.finish if now else None,
                other_crews=bool(
                    was and now and [phase.crews for phase in was.phases] != [phase.crews for phase in now.phases]
                ),
            )
        )
    moved.sort(key=lambda item: (item.start_after or date.max, item.shop))
    return PlanDifference(
        tuple(moved),
        unchanged=len(old.keys() | new.keys()) - len(moved),
        total=(before.total, after.total),
        shortfall=(before.shortfall, after.shortfall),
        unplanned=(len(before.unplanned), len(after.unplanned)),
    )
