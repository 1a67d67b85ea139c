"""What going through all plans finds is found as well by leaving nothing out and asking the checker of every plan."""

from itertools import product
from math import prod

from planner.domain.rollout import Rollout
from planner.review.check import check
from planner.review.days import Days
from planner.review.entries import Context
from tests.scheduling.brute_force import Levels, brute_force, levels_of, written_plan
from tests.scheduling.brute_options import OptionMaker, ShopOptions, TooLargeError
from tests.tiny_rollouts import seeded_rollout

MOST_PLANS = 1_000
SEEDS = range(60)


def all_options(rollout: Rollout) -> list[ShopOptions]:
    """What each shop could do; nothing where there are too many plans, or given dates that may conflict."""
    maker = OptionMaker(Context(rollout, Days(rollout)))
    try:
        shops = [maker.of(shop) for shop in rollout.shops if shop.is_in_plan]
    except TooLargeError:
        return []
    has_given = any(item.must for item in shops)
    return [] if has_given or prod(len(item.options) + 1 for item in shops) > MOST_PLANS else shops


def best_of_every_plan(rollout: Rollout, shops: list[ShopOptions]) -> Levels:
    plans = (
        written_plan(rollout, shops, [option for option in chosen if option is not None])
        for chosen in product(*([*item.options, None] for item in shops))
    )
    return min(levels_of(rollout, plan) for plan in plans if check(rollout, plan) == ())


def test_nothing_is_missed_by_not_building_on_what_is_broken_or_worse() -> None:
    compared = 0
    for rollout in map(seeded_rollout, SEEDS):
        shops = all_options(rollout)
        if len(shops) > 1:
            assert brute_force(rollout).best == best_of_every_plan(rollout, shops)
            compared += 1
    assert compared >= len(SEEDS) // 8
