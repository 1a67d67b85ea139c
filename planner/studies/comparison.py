"""Plans of a rollout and of scenarios of it, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from planner.domain.plan import Cost, Plan
from planner.domain.rollout import Rollout
from planner.studies.load import Peak, load_peaks
from planner.studies.significance import (
    Difference,
    cost_difference,
    priority_difference,
    shortfall_difference,
    total_difference,
    value_difference,
)

COST_KINDS = tuple(field.name for field in fields(Cost))


@dataclass(frozen=True, slots=True)
class Answer:
    """A plan and the rollout it is of, under the name of a scenario."""

    name: str
    rollout: Rollout
    plan: Plan


@dataclass(frozen=True, slots=True)
class Move:
    """A shop whose start is another one; None where it has no date."""

    shop: str
    before: date | None
    after: date | None

    @property
    def days(self) -> int | None:
        """How many days later it starts."""
        return None if self.before is None or self.after is None else (self.after - self.before).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Differences:
    """A plan's figures minus those of the base. `value` is level 3: `total`, or the last finish in days."""

    shortfall: Difference
    unplanned_priority: Difference
    value: Difference
    total: Difference
    kinds: dict[str, Difference]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A plan beside the base, which itself has no differences and no moves; `first_start` is today or later."""

    answer: Answer
    first_start: date | None
    last_finish: date | None
    peaks: tuple[Peak, ...]
    differences: Differences | None = None
    moves: tuple[Move, ...] = ()


def compare(answers: Sequence[Answer]) -> tuple[Compared, ...]:
    """Each answer against the first, which is the base and comes first."""
    base, *others = answers
    return (_compared(base, None), *(_compared(other, base) for other in others))


def _compared(answer: Answer, base: Answer | None) -> Compared:
    plan = answer.plan
    starts = [remodel.start for remodel in plan.remodels]
    return Compared(
        answer=answer,
        first_start=min((start for start in starts if start >= answer.rollout.today), default=None),
        last_finish=max((remodel.finish for remodel in plan.remodels), default=None),
        peaks=load_peaks(answer.rollout, plan),
        differences=_differences(base.plan, plan) if base else None,
        moves=moves(base.plan, plan) if base else (),
    )


def _differences(base: Plan, plan: Plan) -> Differences:
    return Differences(
        shortfall=shortfall_difference(base, plan),
        unplanned_priority=priority_difference(base, plan),
        value=value_difference(base, plan),
        total=total_difference(base, plan),
        kinds={kind: cost_difference(base, plan, kind) for kind in COST_KINDS},
    )


def moves(before: Plan, after: Plan) -> tuple[Move, ...]:
    """The shops that start on another day, gain a date or lose it, by id."""
    old = {remodel.shop: remodel.start for remodel in before.remodels}
    new = {remodel.shop: remodel.start for remodel in after.remodels}
    shops = sorted(old.keys() | new.keys())
    return tuple(Move(shop, old.get(shop), new.get(shop)) for shop in shops if old.get(shop) != new.get(shop))
