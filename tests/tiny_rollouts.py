"""Small made-up rollouts that between them exercise every rule of the rollout format.

From a seed for lists of cases, from hypothesis for cases that shrink: both by the same maker.
"""

from dataclasses import replace
from random import Random

from hypothesis import strategies as st

from planner.domain.rollout import Rollout
from tests.tiny.rules import with_rules
from tests.tiny.setting import LARGER, TINY, Size, make_setting
from tests.tiny.shops import make_shops

__all__ = ["LARGER", "TINY", "Size", "make_rollout", "rollouts", "seeded_rollout"]


def make_rollout(random: Random, size: Size = TINY) -> Rollout:
    """A valid rollout that `random` decides on."""
    setting = make_setting(random, size)
    rollout = replace(setting, shops=make_shops(random, setting, size))
    return with_rules(random, rollout, size.shops_a_limit)


def seeded_rollout(seed: int, size: Size = TINY) -> Rollout:
    """The rollout of a seed, the same in every run."""
    return make_rollout(Random(seed), size)


def rollouts(size: Size = TINY) -> st.SearchStrategy[Rollout]:
    """Rollouts for hypothesis, which shrinks what its random numbers decide."""
    return st.randoms(use_true_random=False).map(lambda random: make_rollout(random, size))
