"""What the samples say: milestones with their confidence, the date of each shop, and the forecast band."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import sqrt
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from planner.domain.rollout import Rollout
from planner.domain.rules import Milestone
from planner.domain.shop import Status
from planner.review.risk.model import Model, Remodelled
from planner.review.risk.simulate import Outcomes

CONFIDENCE = 0.95
QUANTILES = (0.1, 0.5, 0.9)
DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the samples: a probability, and the interval that holds the true one in 95 of 100 cases."""

    probability: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Counts:
    """A number at 10, 50 and 90 %: in so many samples it is at most this."""

    low: int
    middle: int
    high: int


@dataclass(frozen=True, slots=True)
class Dates:
    """A day at 10, 50 and 90 %: in so many samples it has come by then; None is never."""

    early: date | None
    middle: date | None
    late: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneOutlook:
    """A milestone: how likely it is met, how many shops are done by its date, and when its target is reached.

    `reached` is None where the target is reached already.
    """

    name: str
    by: date
    target: int
    planned: int
    met: Share
    done: Counts
    mean_done: float
    reached: Dates | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopOutlook:
    """A remodel: how likely it finishes by its planned day, starts on its planned day, and keeps `due_by`."""

    shop: str
    is_fixed: bool
    start: date
    finish: date
    on_time: float
    starts_on_time: float
    due: float | None
    finishes: Dates
    mean_days_late: float
    never: float


@dataclass(frozen=True, slots=True)
class BandDay:
    """Shops finished up to and including a day, those done before included: as planned, and at 10, 50 and 90 %."""

    day: date
    planned: int
    done: Counts


def wilson(hits: int, samples: int) -> Share:
    """The share of hits with its 95 % interval. Source: Wilson (1927), the score interval."""
    z = NormalDist().inv_cdf((1 + CONFIDENCE) / 2)
    share = hits / samples
    centre = share + z * z / (2 * samples)
    half = z * sqrt(share * (1 - share) / samples + z * z / (4 * samples * samples))
    scale = 1 + z * z / samples
    return Share(share, max(0.0, (centre - half) / scale), min(1.0, (centre + half) / scale))


def done_before(rollout: Rollout, by: date) -> int:
    """How many shops were done by a day without the plan."""
    return sum(shop.status is Status.DONE and shop.finish is not None and shop.finish <= by for shop in rollout.shops)


def done_by(model: Model, outcomes: Outcomes, by: date) -> npt.NDArray[np.intp]:
    """How many shops are finished by a day in each sample."""
    counts = np.count_nonzero(outcomes.finishes <= model.axis.number(by), axis=0)
    return np.asarray(counts + done_before(model.rollout, by), dtype=np.intp)


def milestone_outlook(model: Model, outcomes: Outcomes, milestone: Milestone) -> MilestoneOutlook:
    """What the samples say of a milestone."""
    done = done_by(model, outcomes, milestone.by)
    by = model.axis.number(milestone.by)
    planned = sum(remodel.finish <= by for remodel in model.remodels) + done_before(model.rollout, milestone.by)
    return MilestoneOutlook(
        name=milestone.name,
        by=milestone.by,
        target=milestone.target,
        planned=planned,
        met=wilson(int(np.count_nonzero(done >= milestone.target)), outcomes.samples),
        done=counts_of(done),
        mean_done=float(done.mean()),
        reached=_reached(model, outcomes, milestone.target - done_before(model.rollout, milestone.by)),
    )


def _reached(model: Model, outcomes: Outcomes, missing: int) -> Dates | None:
    """When the last of the `missing` shops is finished."""
    if missing <= 0:
        return None
    if missing > len(model.remodels):
        return Dates(None, None, None)
    return dates_of(model, np.partition(outcomes.finishes, missing - 1, axis=0)[missing - 1])


def shop_outlooks(model: Model, outcomes: Outcomes) -> Iterator[ShopOutlook]:
    """What the samples say of each remodel."""
    for place, remodel in enumerate(model.remodels):
        yield _shop_outlook(model, remodel, outcomes.starts[place], outcomes.finishes[place])


def _shop_outlook(
    model: Model, remodel: Remodelled, starts: npt.NDArray[np.int16], finishes: npt.NDArray[np.int16]
) -> ShopOutlook:
    shop = model.rollout.shop_by_id[remodel.shop]
    start, finish = model.axis.day(remodel.start), model.axis.day(remodel.finish)
    if start is None or finish is None:
        raise ValueError(f"shop {remodel.shop} is planned for a day that the axis does not have")
    comes = finishes < model.axis.never
    late = np.maximum(finishes[comes].astype(np.intp) - remodel.finish, 0)
    due = None if shop.due_by is None else float((finishes <= model.axis.number(shop.due_by)).mean())
    return ShopOutlook(
        shop=remodel.shop,
        is_fixed=remodel.is_fixed,
        start=start,
        finish=finish,
        on_time=float((finishes <= remodel.finish).mean()),
        starts_on_time=float((starts <= remodel.start).mean()),
        due=due,
        finishes=dates_of(model, finishes),
        mean_days_late=float(late.mean()) if len(late) else 0.0,
        never=float(1 - comes.mean()),
    )


def forecast_band(model: Model, outcomes: Outcomes) -> tuple[BandDay, ...]:
    """The burn-up in weekly steps, from today until the last remodel that ever finishes has finished."""
    finishes = outcomes.finishes
    comes = finishes[finishes < model.axis.never]
    planned = np.array([remodel.finish for remodel in model.remodels], dtype=np.intp)
    last = max(int(comes.max(initial=0)), int(planned.max(initial=0)))
    before = done_before(model.rollout, model.rollout.today)
    band = []
    for number in range(0, last + DAYS_A_WEEK, DAYS_A_WEEK):
        day = model.axis.day(min(number, last))
        if day is not None:
            counts = np.count_nonzero(finishes <= min(number, last), axis=0) + before
            band.append(BandDay(day, int(np.count_nonzero(planned <= number)) + before, counts_of(counts)))
    return tuple(band)


def fixed_dates_missed(model: Model, outcomes: Outcomes) -> float:
    """How many fixed remodels start later than their date, on average."""
    fixed = np.array([remodel.is_fixed for remodel in model.remodels], dtype=np.bool_)
    starts = np.array([remodel.start for remodel in model.remodels], dtype=np.intp)
    return float(np.count_nonzero(outcomes.starts[fixed] > starts[fixed][:, None]) / outcomes.samples)


def counts_of(numbers: npt.NDArray[np.intp]) -> Counts:
    """The quantiles of numbers that are counted: each is one that was seen."""
    return Counts(*(int(value) for value in np.quantile(numbers, QUANTILES, method="inverted_cdf")))


def dates_of(model: Model, numbers: npt.NDArray[np.int16]) -> Dates:
    """The quantiles of days."""
    return Dates(*(model.axis.day(int(value)) for value in np.quantile(numbers, QUANTILES, method="inverted_cdf")))
