"""What drives a milestone's risk, and what would lower it most.

Each source of chance is switched off in turn and the plan played again with the same luck in everything else; then
crews that jobs wait for are given a unit more.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from planner.domain.rules import Milestone, Risk
from planner.review.risk.axis import Mask
from planner.review.risk.figures import done_by
from planner.review.risk.model import Model
from planner.review.risk.play import Variant
from planner.review.risk.simulate import AS_IT_IS, Outcomes, simulate

DRIVER_SAMPLES = 2_000
CREWS_TRIED = 6
SHOPS_NAMED = 5
EARLIER_DAYS = (7, 14, 21, 28)
SPARE_SHOPS = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change makes of a milestone: its probability then, and how many more shops are done by its date.

    `kind` is trade, region, permit, kit, illness or crew; `name` says which, empty where there is but one.
    """

    kind: str
    name: str
    probability: float
    gain: float
    more_done: float


@dataclass(frozen=True, slots=True)
class ShopBuffer:
    """A shop that often decides alone: with `days` more before the date the milestone is met in `gain` more samples."""

    shop: str
    gain: float
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drivers:
    """The answers for one milestone, largest effect first.

    `probability` is what the effects are held against: from the `samples` in which they were tried. `earlier` maps
    days that everything is finished earlier to the probability then, `spare` more shops planned by the date.
    """

    milestone: str
    samples: int
    probability: float
    sources: tuple[Effect, ...]
    crews: tuple[Effect, ...]
    earlier: tuple[tuple[int, float], ...]
    spare: tuple[tuple[int, float], ...]
    shops: tuple[ShopBuffer, ...]


def find_drivers(model: Model, outcomes: Outcomes, milestone: Milestone, seed: int) -> Drivers:
    """The drivers of a milestone; `outcomes` are the samples of the plan with `seed`."""
    samples = min(outcomes.samples, DRIVER_SAMPLES)
    named = list(source_variants(model))
    crews = list(_crew_variants(model, outcomes, milestone))
    played = simulate(model, samples, seed, [AS_IT_IS, *(item for _, item in named + crews)])
    base = done_by(model, played[0], milestone.by)
    effects = [
        _effect(labels, base, done_by(model, after, milestone.by), milestone.target)
        for (labels, _), after in zip(named + crews, played[1:], strict=True)
    ]
    done = done_by(model, outcomes, milestone.by)
    return Drivers(
        milestone=milestone.name,
        samples=samples,
        probability=_met(base, milestone.target),
        sources=_largest_first(effects[: len(named)]),
        crews=_largest_first(effects[len(named) :]),
        earlier=tuple((days, _met_later(model, outcomes, milestone, days)) for days in EARLIER_DAYS),
        spare=tuple((more, _met(done, milestone.target - more)) for more in SPARE_SHOPS),
        shops=tuple(_shop_buffers(model, outcomes, milestone)),
    )


def source_variants(model: Model) -> Iterator[tuple[tuple[str, str], Variant]]:
    """Each source of chance that the rollout has, as (kind, name), and the plan played without it."""
    rollout, risk = model.rollout, model.rollout.risk or Risk()
    shops = [shop for shop in rollout.shops if shop.is_in_plan]
    items = [(shop, phase) for shop in shops for phase in rollout.format_of(shop).phases]
    in_plan = {remodel.shop for remodel in model.remodels}
    varies = [risk.spread_of(phase).sigma > 0 or risk.spread_of(phase).median != 1 for _, phase in items]
    has_permits = any(remodel.permit for remodel in model.remodels) and bool(
        risk.permit_slip_probability and risk.permit_slip_days
    )
    is_ill = bool(risk.illness_per_year and risk.illness_days)
    for trade in sorted({trade for _, phase in items for trade in phase.crews}):
        steady = np.array([trade in phase.crews for _, phase in items], dtype=np.bool_)
        if is_ill or (steady & varies).any():
            yield ("trade", trade), Variant(name=trade, steady_items=steady)
    for region in sorted({shop.region for shop in shops if shop.id in in_plan}):
        steady = np.array([shop.region == region for shop, _ in items], dtype=np.bool_)
        permits = _remodels_in(model, region)
        if is_ill or has_permits or (steady & varies).any():
            yield ("region", region), Variant(name=region, steady_items=steady, steady_permits=permits)
    if has_permits:
        yield ("permit", ""), Variant(steady_permits=np.ones(len(model.remodels), dtype=np.bool_))
    if model.stocks and risk.late_kits_probability and risk.late_kits_days:
        yield ("kit", ""), Variant(without_late_kits=True)
    if is_ill:
        yield ("illness", ""), Variant(without_illness=True)


def _remodels_in(model: Model, region: str) -> Mask:
    shops = model.rollout.shop_by_id
    return np.array([shops[remodel.shop].region == region for remodel in model.remodels], dtype=np.bool_)


def _crew_variants(model: Model, outcomes: Outcomes, milestone: Milestone) -> Iterator[tuple[tuple[str, str], Variant]]:
    """The crews that remodels planned by the milestone wait for longest, each with one unit more."""
    by = model.axis.number(milestone.by)
    waited: dict[str, float] = defaultdict(float)
    for (crew, place), days in outcomes.waited.items():
        if model.remodels[place].finish <= by:
            waited[crew] += days
    for crew, days in sorted(waited.items(), key=lambda item: (-item[1], item[0]))[:CREWS_TRIED]:
        if days > 0:
            yield ("crew", crew), Variant(name=crew, more_units={model.pool_of_crew[crew]: 1})


def _effect(labels: tuple[str, str], base: np.ndarray, done: np.ndarray, target: int) -> Effect:
    probability = _met(done, target)
    return Effect(*labels, probability, probability - _met(base, target), float((done - base).mean()))


def _largest_first(effects: Sequence[Effect]) -> tuple[Effect, ...]:
    return tuple(sorted(effects, key=lambda effect: (-effect.gain, -effect.more_done, effect.kind, effect.name)))


def _met(done: np.ndarray, target: int) -> float:
    return float((done >= target).mean())


def _met_later(model: Model, outcomes: Outcomes, milestone: Milestone, days: int) -> float:
    """The probability had everything been finished so many days earlier: the same as a date so much later."""
    later: date = milestone.by + timedelta(days=days)
    return _met(done_by(model, outcomes, later), milestone.target)


def _shop_buffers(model: Model, outcomes: Outcomes, milestone: Milestone) -> list[ShopBuffer]:
    """The shops planned by the date that are late in most samples in which just one shop is missing."""
    one_missing = done_by(model, outcomes, milestone.by) == milestone.target - 1
    by = model.axis.number(milestone.by)
    buffers = []
    for place, remodel in enumerate(model.remodels):
        if remodel.finish > by:
            continue
        decides = one_missing & (outcomes.finishes[place] > by)
        gain = float(decides.mean())
        if gain > 0:
            days = np.quantile(outcomes.finishes[place][decides].astype(np.intp) - by, 0.9, method="inverted_cdf")
            buffers.append(ShopBuffer(remodel.shop, gain, int(days)))
    return sorted(buffers, key=lambda buffer: (-buffer.gain, buffer.shop))[:SHOPS_NAMED]
