"""The whole answer to "how sure is this plan?": what commands, pages and screens show."""

from dataclasses import dataclass

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.rules import Milestone
from planner.review.risk.build import build_model
from planner.review.risk.drivers import Drivers, find_drivers
from planner.review.risk.figures import (
    BandDay,
    MilestoneOutlook,
    ShopOutlook,
    fixed_dates_missed,
    forecast_band,
    milestone_outlook,
    shop_outlooks,
)
from planner.review.risk.simulate import simulate


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskReport:
    """How `samples` samples with `seed` played a plan; `early_days` is how much before its date a phase could begin.

    `drivers` are those of one milestone, None where the rollout has none. `fixed_missed` and `blacked_out` are mean
    numbers of fixed dates missed and of shops closed in a blackout. `varies` is False where the rollout gives
    chance nothing to do.
    """

    samples: int
    seed: int
    early_days: int
    varies: bool
    milestones: tuple[MilestoneOutlook, ...]
    shops: tuple[ShopOutlook, ...]
    band: tuple[BandDay, ...]
    drivers: Drivers | None
    fixed: int
    fixed_missed: float
    blacked_out: float


def assess(
    rollout: Rollout,
    plan: Plan,
    *,
    samples: int,
    seed: int,
    early_days: int = 0,
    milestone: Milestone | None = None,
) -> RiskReport:
    """Plays `plan`, which passes the check and has dates; drivers are those of `milestone`, by default the first."""
    model = build_model(rollout, plan, early_days)
    (outcomes,) = simulate(model, samples, seed)
    asked = milestone or next(iter(rollout.milestones), None)
    return RiskReport(
        samples=samples,
        seed=seed,
        early_days=early_days,
        varies=varies(rollout),
        milestones=tuple(milestone_outlook(model, outcomes, item) for item in rollout.milestones),
        shops=tuple(shop_outlooks(model, outcomes)),
        band=forecast_band(model, outcomes),
        drivers=find_drivers(model, outcomes, asked, seed) if asked else None,
        fixed=sum(remodel.is_fixed for remodel in model.remodels),
        fixed_missed=fixed_dates_missed(model, outcomes),
        blacked_out=outcomes.blacked_out,
    )


def varies(rollout: Rollout) -> bool:
    """Whether the rollout says anything of how reality departs from a plan."""
    risk = rollout.risk
    if risk is None:
        return False
    spreads = [risk.spread_of(phase) for shop_format in rollout.formats for phase in shop_format.phases]
    return (
        any(spread.sigma > 0 or spread.median != 1 for spread in spreads)
        or bool(risk.permit_slip_probability and risk.permit_slip_days)
        or bool(risk.illness_per_year and risk.illness_days)
        or bool(risk.late_kits_probability and risk.late_kits_days)
    )
