"""What a sweep found: a tidy table, a row for each point, and the cheapest way to each number of shops."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from planner.domain.plan import Cost, Plan
from planner.studies.grid import Grid, Point
from planner.studies.significance import value_of

Cell = str | int | float | bool | None
COST_KINDS = tuple(field.name for field in fields(Cost))


@dataclass(frozen=True, slots=True)
class PointResult:
    """A point with its plan, or with the reason why it has none; `seconds` is what planning it took.

    `price` (cents) is what the point's values cost besides what the plan does, such as the wages of more crews.
    `failed_check` says that the reason is a mistake in the planner.
    """

    point: Point
    plan: Plan | None
    reason: str = ""
    seconds: float | None = None
    price: int = 0
    failed_check: bool = False

    @property
    def value(self) -> int | None:
        """Level 3 of the plan: cents, the price included, or days after today under earliest-finish."""
        return self._priced(value_of(self.plan)) if self.plan else None

    @property
    def bound(self) -> int | None:
        """What is proved of `value`: it cannot be less."""
        return self._priced(self.plan.bound) if self.plan else None

    def _priced(self, value: int | None) -> int | None:
        is_money = self.plan is not None and self.plan.last_finish_day is None
        return value + self.price if is_money and value is not None else value


@dataclass(frozen=True, slots=True)
class Step:
    """The cheapest point at which so many shops are `planned` by a milestone's date.

    `rivals` are points that do as much and may, for all that is proved, be as cheap; `maybe` those that were planned to
    do less, but are not proved to have to.
    """

    planned: int
    result: PointResult
    rivals: tuple[Point, ...]
    maybe: tuple[Point, ...]


def tidy_rows(
    grid: Grid, results: Sequence[PointResult], on_frontier: Mapping[str, set[Point]]
) -> list[dict[str, Cell]]:
    """A row for each point, in the order of the grid: what is varied, levels, money in EUR, milestones, dates."""
    milestones = milestone_names(results)
    has_prices = any(result.price for result in results)
    rows = []
    for result in sorted(results, key=lambda item: item.point):
        values = zip(grid.axes, grid.values_at(result.point), strict=True)
        row: dict[str, Cell] = {axis.label: plain_value(value) for axis, value in values}
        row |= _figures(result.plan) | {"reason": result.reason, "seconds": result.seconds}
        if has_prices:
            row["price"] = _eur(result.price)
        for name in milestones:
            row[f"done by {name}"] = planned_by(result.plan, name)
            row[f"cheapest for {name}"] = result.point in on_frontier.get(name, set())
        rows.append(row)
    return rows


def plain_value(value: object) -> Cell:
    """A varied value as a table holds it."""
    return value if isinstance(value, str | int | float | bool) else str(value)


def _figures(plan: Plan | None) -> dict[str, Cell]:
    cost = plan.cost if plan else None
    in_days = plan is not None and plan.last_finish_day is not None
    return {
        "status": plan.status.value if plan else "none",
        "shortfall": plan.shortfall if plan else None,
        "shortfall_proved": plan.proved_shortfall if plan else None,
        "unplanned_priority": plan.unplanned_priority if plan else None,
        "unplanned_priority_proved": plan.proved_unplanned_priority if plan else None,
        "total": _eur(plan.total) if plan else None,
        **{kind: _eur(getattr(cost, kind)) if cost else None for kind in COST_KINDS},
        "bound": None if plan is None else plan.bound if in_days else _eur(plan.bound),
        "gap": plan.gap if plan else None,
        "last_finish": _last_finish(plan),
        "remodels": len(plan.remodels) if plan else None,
        "unplanned": len(plan.unplanned) if plan else None,
    }


def milestone_names(results: Sequence[PointResult]) -> list[str]:
    """The milestones that any plan has, in order."""
    return list(dict.fromkeys(item.name for result in results if result.plan for item in result.plan.milestones))


def planned_by(plan: Plan | None, milestone: str) -> int | None:
    """How many shops a plan finishes by a milestone; None where it has none of that name."""
    return next((item.planned for item in plan.milestones if item.name == milestone), None) if plan else None


def frontier(results: Sequence[PointResult], milestone: str) -> list[Step]:
    """The points that no other one beats in shops planned by `milestone` without being worse, fewest shops first.

    Worse is what a plan is worse by below the milestones: more priority without a date, then more of level 3.
    """
    counted = [(planned_by(item.plan, milestone), item) for item in results]
    found = [(planned, item) for planned, item in counted if planned is not None and _worth(item) is not None]
    steps: list[Step] = []
    best: tuple[int, int] | None = None
    for planned, result in sorted(found, key=lambda pair: (-pair[0], _worth(pair[1]), pair[1].point)):
        worth = _worth(result)
        if worth is None or (best is not None and worth >= best):
            continue
        best = worth
        rivals = tuple(
            other.point for count, other in found if count >= planned and other is not result and _may_be(other, worth)
        )
        maybe = tuple(
            other.point for count, other in found if count < planned and other.plan and not other.plan.proved_shortfall
        )
        steps.append(Step(planned, result, rivals, maybe))
    return steps[::-1]


def _worth(result: PointResult) -> tuple[int, int] | None:
    """What a plan is compared by below the milestones; None where there is none."""
    if result.plan is None or result.plan.unplanned_priority is None or result.value is None:
        return None
    return result.plan.unplanned_priority, result.value


def _may_be(result: PointResult, worth: tuple[int, int]) -> bool:
    """Whether the best plan of a point, as far as is proved, may be as good as `worth`."""
    plan = result.plan
    if plan is None or plan.unplanned_priority is None:
        return False
    if not plan.proved_unplanned_priority:
        return True
    return result.bound is None or (plan.unplanned_priority, result.bound) <= worth


def _last_finish(plan: Plan | None) -> str | None:
    last: date | None = max((remodel.finish for remodel in plan.remodels), default=None) if plan else None
    return last.isoformat() if last else None


def _eur(cents: int | None) -> float | None:
    return None if cents is None else cents / 100
