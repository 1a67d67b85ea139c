"""Many samples of how reality plays a plan."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from planner.domain.rules import Risk
from planner.review.risk.draws import Block, Chance
from planner.review.risk.model import Model
from planner.review.risk.play import Played, Variant, play

Days = npt.NDArray[np.int16]
CELLS_A_BLOCK = 1_000_000
MAX_BLOCK = 2_000
AS_IT_IS = Variant()


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of the plan's remodels: start and finish as day numbers, one row a remodel, one column a sample.

    `waited` maps a crew and a remodel (by its row) to the days that the one waited for the other, `blacked_out` counts
    shops closed in a blackout: both are means over the samples.
    """

    starts: Days
    finishes: Days
    waited: dict[tuple[str, int], float]
    blacked_out: float

    @property
    def samples(self) -> int:
        """How many samples there are."""
        return int(self.finishes.shape[1])


def simulate(model: Model, samples: int, seed: int, variants: Sequence[Variant] = (AS_IT_IS,)) -> list[Outcomes]:
    """Plays the plan in `samples` samples, once for each variant and with the same luck in all."""
    risk = model.rollout.risk or Risk()
    chance = Chance(model, risk)
    delays = risk.permit_slip_days, risk.late_kits_days
    played: list[list[Played]] = [[] for _ in variants]
    for block in _blocks(model, samples):
        draws = chance.draw(seed, block)
        for variant, parts in zip(variants, played, strict=True):
            parts.append(play(model, draws, block.size, delays, variant))
    return [_together(model, samples, parts) for parts in played]


def _blocks(model: Model, samples: int) -> Iterator[Block]:
    """Blocks that fit a processor's cache; their sizes depend on the rollout and the number of samples only."""
    size = max(1, min(MAX_BLOCK, CELLS_A_BLOCK // max(1, len(model.item_days))))
    for number, first in enumerate(range(0, samples, size)):
        yield Block(number, min(size, samples - first))


def _together(model: Model, samples: int, parts: Sequence[Played]) -> Outcomes:
    waited: Counter[tuple[str, int]] = Counter()
    for part in parts:
        for (pool, place), days in part.waited.items():
            waited[model.pools[pool].name, place] += days
    return Outcomes(
        starts=np.concatenate([part.starts for part in parts], axis=1).astype(np.int16),
        finishes=np.concatenate([part.finishes for part in parts], axis=1).astype(np.int16),
        waited={key: days / samples for key, days in waited.items()},
        blacked_out=sum(part.blacked_out for part in parts) / samples,
    )
