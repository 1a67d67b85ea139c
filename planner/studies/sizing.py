"""How large a buffer must be, and which shops need one, read from samples of a plan without it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.review.risk.figures import done_before, done_by
from planner.review.risk.model import Model
from planner.review.risk.simulate import Outcomes
from planner.studies.buffers import Buffers

STEP_DAYS = 7
MOST_EARLIER = 56

Counts = npt.NDArray[np.intp]


class Kind(StrEnum):
    """A kind of buffer."""

    CLEAR = "clear"
    EARLIER = "earlier"
    SPARE = "spare"


def missing_shops(model: Model, outcomes: Outcomes, later_days: int = 0) -> Counts:
    """How many shops each milestone lacks in each sample, so many days after its date; negative where it has more."""
    later = timedelta(days=later_days)
    rows = [item.target - done_by(model, outcomes, item.by + later) for item in model.rollout.milestones]
    return np.array(rows, dtype=np.intp)


def enlarged(model: Model, outcomes: Outcomes, buffers: Buffers, kind: Kind, aim: float) -> Buffers | None:
    """The buffers of a plan with more of a kind, as much as its samples lack to be as sure as `aim`; None for none."""
    match kind:
        case Kind.SPARE:
            lacking = int(np.quantile(missing_shops(model, outcomes).max(axis=0), aim, method="inverted_cdf"))
            return replace(buffers, spare=buffers.spare + max(1, lacking))
        case Kind.EARLIER:
            days = max(buffers.earlier, _slack_days(model)) + _days_lacking(model, outcomes, aim)
            return replace(buffers, earlier=days) if days <= MOST_EARLIER else None
        case Kind.CLEAR:
            windows = dict(buffers.clear)
            for place in shops_that_matter(model, outcomes, aim):
                _widen(windows, model, place)
            return replace(buffers, clear=windows) if windows != buffers.clear else None


def reduced(buffers: Buffers, kind: Kind, too_small: Sequence[Buffers]) -> Buffers | None:
    """The buffers with less of a kind, half way to the most that is known to be too small; None where none is between.

    Which shops keep days clear is not reduced: they are the fewest to begin with.
    """
    if kind is Kind.SPARE:
        alike = [item.spare for item in too_small if replace(item, spare=0) == replace(buffers, spare=0)]
        less = replace(buffers, spare=_between(alike, buffers.spare))
    elif kind is Kind.EARLIER:
        alike = [item.earlier for item in too_small if replace(item, earlier=0) == replace(buffers, earlier=0)]
        less = replace(buffers, earlier=_between(alike, buffers.earlier))
    else:
        less = buffers
    return None if less == buffers else less


def _between(too_small: Sequence[int], enough: int) -> int:
    """A number half way between, or `enough` itself."""
    least = max((number for number in too_small if number < enough), default=-1)
    return enough if least < 0 or enough - least < 2 else (least + enough) // 2


def _slack_days(model: Model) -> int:
    """How many days before their dates the plan itself meets the milestones: a smaller buffer would change nothing."""
    slack = [MOST_EARLIER]
    for item in model.rollout.milestones:
        missing = item.target - done_before(model.rollout, item.by)
        finishes = sorted(remodel.finish for remodel in model.remodels)
        if 0 < missing <= len(finishes):
            slack.append(model.axis.number(item.by) - finishes[missing - 1])
    return max(0, min(slack)) if len(slack) > 1 else 0


def _days_lacking(model: Model, outcomes: Outcomes, aim: float) -> int:
    """How many days after their dates the milestones are met as often as aimed at."""
    for days in range(1, MOST_EARLIER):
        if float((missing_shops(model, outcomes, days).max(axis=0) <= 0).mean()) >= aim:
            return days
    return MOST_EARLIER


def shops_that_matter(model: Model, outcomes: Outcomes, aim: float) -> list[int]:
    """Places of the fewest remodels, found greedily, that would have to be on time for the plan to be that sure."""
    missing = missing_shops(model, outcomes)
    late = _late(model, outcomes)
    chosen: list[int] = []
    while late and float((missing.max(axis=0) <= 0).mean()) < aim:
        # Where no single shop decides a milestone, the one that is late most often comes first.
        gains = {
            place: float(((missing - relief).max(axis=0) <= 0).mean()) + 1e-6 * float(relief.mean())
            for place, relief in late.items()
        }
        best = max(gains, key=lambda place: (gains[place], -place))
        chosen.append(best)
        missing = missing - late.pop(best)
    return chosen


def _late(model: Model, outcomes: Outcomes) -> dict[int, Counts]:
    """For each remodel that is ever late for a milestone it is planned by: for which, in which samples."""
    by = np.array([model.axis.number(item.by) for item in model.rollout.milestones], dtype=np.intp)[:, None]
    late = {}
    for place, remodel in enumerate(model.remodels):
        relief = ((remodel.finish <= by) & (outcomes.finishes[place][None] > by)).astype(np.intp)
        if relief.any():
            late[place] = relief
    return late


def _widen(windows: dict[str, tuple[date, date]], model: Model, place: int) -> None:
    """Lets a shop keep a week more clear before its deadline than it does now, or what its permit may slip by."""
    rollout, remodel = model.rollout, model.remodels[place]
    finish = model.axis.day(remodel.finish)
    if finish is None or remodel.is_fixed or rollout.shop_by_id[remodel.shop].status is not Status.BACKLOG:
        return
    last = deadline(rollout, remodel.shop, finish)
    if last is None:
        return
    slip = rollout.risk.permit_slip_days if rollout.risk and remodel.permit else 0
    first = max(rollout.today, finish - timedelta(days=max(STEP_DAYS, slip) - 1))
    known = windows.get(remodel.shop)
    windows[remodel.shop] = (min(first, known[0]), max(last, known[1])) if known else (first, last)


def deadline(rollout: Rollout, shop: str, finish: date) -> date | None:
    """The day by which a shop planned to finish on `finish` must: a milestone's, or the eve of a blackout before it.

    None where no milestone is ahead.
    """
    by = min((item.by for item in rollout.milestones if item.by >= finish), default=None)
    if by is None:
        return None
    eves = [
        blackout.first - timedelta(days=1)
        for blackout in rollout.blackouts
        if blackout.scope.matches(rollout.shop_by_id[shop]) and finish < blackout.first <= by
    ]
    return min([by, *eves])
