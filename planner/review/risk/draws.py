"""What chance decides in a block of samples: lengths of phases, permits, illness, deliveries.

Every block has its own generators, from the seed and the block's number, and every kind of chance its own among
them: so samples are the same however blocks are shared out, and when one kind is switched off the others stay.
"""

from dataclasses import dataclass

import numpy as np

from planner.domain.rules import Risk
from planner.domain.shop_format import Phase
from planner.review.risk.axis import Mask, Numbers
from planner.review.risk.model import Model

WORKDAYS_A_YEAR = 260
LENGTHS, PERMITS, ILLNESS, KITS = range(4)


@dataclass(frozen=True, slots=True)
class Block:
    """`size` samples, as many as chance decides together."""

    number: int
    size: int


@dataclass(frozen=True, slots=True)
class Draws:
    """What chance decided, samples along the last axis.

    `days` has the working days of each item without, `illness` those that illness adds; `slipped` says of each
    remodel of the plan whether its permit is late, `late` of each delivery of each stock.
    """

    days: Numbers
    illness: Numbers
    slipped: Mask
    late: tuple[Mask, ...]


class Chance:
    """The distributions that a rollout's `risk` gives to what its plan is made of."""

    def __init__(self, model: Model, risk: Risk) -> None:
        self._model = model
        self._risk = risk
        phases = [
            phase for shop in model.rollout.shops if shop.is_in_plan for phase in model.rollout.format_of(shop).phases
        ]
        spreads = [risk.spread_of(phase) for phase in phases]
        self._planned = np.array(model.item_days, dtype=np.float64)[:, None]
        self._location = np.array([np.log(spread.median) for spread in spreads])[:, None]
        self._sigma = np.array([spread.sigma for spread in spreads])[:, None]
        trades = [next(iter(phase.crews), "") for phase in phases]
        names = list(dict.fromkeys(trades))
        self._trade_count = len(names)
        self._trade_of_item = np.array([names.index(trade) for trade in trades], dtype=np.intp)
        self._illness_rate = np.array([_spells_a_day(risk, phase) for phase in phases])[:, None] * self._planned
        self._shops = [shop.id for shop in model.rollout.shops]

    def draw(self, seed: int, block: Block) -> Draws:
        """Decides a block of samples."""
        return Draws(
            days=self._days(np.random.default_rng((seed, block.number, LENGTHS)), block.size),
            illness=self._illness(np.random.default_rng((seed, block.number, ILLNESS)), block.size),
            slipped=self._slipped(np.random.default_rng((seed, block.number, PERMITS)), block.size),
            late=self._late(np.random.default_rng((seed, block.number, KITS)), block.size),
        )

    def _days(self, random: np.random.Generator, size: int) -> Numbers:
        shared = random.standard_normal((self._trade_count, size))[self._trade_of_item]
        own = random.standard_normal((len(self._planned), size))
        part = self._risk.duration_shared
        factor = np.exp(self._location + self._sigma * (np.sqrt(part) * shared + np.sqrt(1 - part) * own))
        # A phase is over at the end of a day: lengths are whole days, the nearest, and never none.
        days = np.floor(np.minimum(self._planned * factor, self._model.axis.never) + 0.5)
        whole: Numbers = np.maximum(days, 1).astype(np.intp)
        return whole

    def _illness(self, random: np.random.Generator, size: int) -> Numbers:
        if not self._illness_rate.any() or not self._risk.illness_days:
            return np.zeros((len(self._planned), 1), dtype=np.intp)
        spells = random.poisson(np.broadcast_to(self._illness_rate, (len(self._planned), size)))
        return (spells * self._risk.illness_days).astype(np.intp)

    def _slipped(self, random: np.random.Generator, size: int) -> Mask:
        # Of all shops, so that a shop has the same luck in every plan.
        places = {shop: place for place, shop in enumerate(self._shops)}
        luck = random.random((len(self._shops), size), dtype=np.float32)
        rows = [places[remodel.shop] for remodel in self._model.remodels]
        return luck[rows] < self._risk.permit_slip_probability

    def _late(self, random: np.random.Generator, size: int) -> tuple[Mask, ...]:
        return tuple(
            random.random((len(stock.days), size), dtype=np.float32) < self._risk.late_kits_probability
            for stock in self._model.stocks
        )


def _spells_a_day(risk: Risk, phase: Phase) -> float:
    return risk.illness_per_year / WORKDAYS_A_YEAR * sum(phase.crews.values())
