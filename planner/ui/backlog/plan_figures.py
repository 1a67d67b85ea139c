"""What the plan that is shown says of each shop, found by its id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from planner.domain.calendar import Calendars
from planner.domain.fixed_days import start_to_keep
from planner.domain.plan import Remodel
from planner.domain.rollout import Rollout
from planner.ui.workspace import Loaded

PLAN_PREFIX = "plan."
"""How the keys of columns begin that the plan fills in."""


@dataclass(frozen=True, slots=True)
class PlanFigures:
    """The remodels of a plan by shop, and the shops it leaves without a date with the reason; both may be empty.

    `reopenings` are the days on which shops sell again, `calendars` those of the shops of the `rollout`.
    """

    remodels: Mapping[str, Remodel] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    reopenings: Mapping[str, date] = field(default_factory=dict)
    calendars: Calendars | None = field(default=None, compare=False)
    rollout: Rollout | None = field(default=None, compare=False)

    def start_to_fix(self, shop_id: str) -> date | None:
        """The start to fix a shop on so that it closes when the plan has it closed; None where the plan has no date."""
        remodel = self.remodels.get(shop_id)
        if remodel is None or self.rollout is None or self.calendars is None:
            return None
        shop = self.rollout.shop_by_id[shop_id]
        return start_to_keep(self.rollout.format_of(shop), self.calendars.of(shop), remodel)


def plan_figures(loaded: Loaded) -> PlanFigures:
    """The figures of the plan that is shown; none without one. Takes a while where there are many shops."""
    plan = loaded.plan
    if plan is None:
        return PlanFigures()
    calendars, shops = Calendars(loaded.rollout), loaded.rollout.shop_by_id
    return PlanFigures(
        {remodel.shop: remodel for remodel in plan.remodels if remodel.shop in shops},
        {shop.shop: shop.reason for shop in plan.unplanned},
        {
            remodel.shop: calendars.of(shops[remodel.shop]).reopening_after(remodel.closed_to)
            for remodel in plan.remodels
            if remodel.closed_to is not None and remodel.shop in shops
        },
        calendars,
        loaded.rollout,
    )


def plan_value(shop_id: str, key: str, figures: PlanFigures) -> date | int | str | None:
    """What the plan has for a shop in a column: a day, money in cents, or crews; None where it has nothing."""
    remodel = figures.remodels.get(shop_id)
    if remodel is None:
        return None
    match key:
        case "plan.crews":
            return ", ".join(crews_of(remodel))
        case "plan.cost":
            return remodel.cost.total
        case "plan.reopening":
            return figures.reopenings.get(shop_id)
        case _:
            day: date | None = getattr(remodel, key.removeprefix(PLAN_PREFIX))
            return day


def ordered_by_plan(shops: Sequence[str], key: str, figures: PlanFigures, *, descending: bool) -> list[str]:
    """The shops in the order of a column of the plan, those alike as they were, those without a value last."""
    values = {shop: plan_value(shop, key, figures) for shop in shops}
    valued = [shop for shop in shops if values[shop] is not None]
    valued.sort(key=lambda shop: values[shop], reverse=descending)  # type: ignore[arg-type, return-value] # one kind each
    return [*valued, *(shop for shop in shops if values[shop] is None)]


def crews_of(remodel: Remodel) -> tuple[str, ...]:
    """The crews that a remodel is served by, in the order they are first needed."""
    return tuple(dict.fromkeys(crew for phase in remodel.phases for crew in phase.crews))
