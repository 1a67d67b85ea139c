"""Made-up project scheduling problems (RCPSP), as rollouts that are to be finished as early as possible."""

from datetime import date, timedelta

from planner.domain.crew import Crew
from planner.domain.rollout import Objective, Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from tests.benchmarks.dice import Dice

TODAY = date(2001, 1, 1)
TRADES = ("r1", "r2", "r3", "r4")
CAPACITY = 10
LONGEST = 10
MOST_BEFORE = 2


def make_project(activities: int, seed: int) -> Rollout:
    """A project of so many activities, each a shop with a format of its own, in the manner of PSPLIB."""
    dice = Dice(seed)
    formats, shops = [], []
    for number in range(1, activities + 1):
        needs = {trade: dice.whole(1, CAPACITY) for trade in TRADES if dice.chance(0.4)}
        phase = Phase(name="Work", days=dice.whole(1, LONGEST), crews=needs, closed=False)
        formats.append(ShopFormat(name=f"F{number}", phases=(phase,)))
        earlier = [f"A{before:03d}" for before in range(max(1, number - 6), number)]
        after = tuple(sorted(dice.shuffled(earlier)[: dice.whole(0, MOST_BEFORE)]))
        shops.append(Shop(id=f"A{number:03d}", format=f"F{number}", after=after))
    days = sum(shop_format.phases[0].days for shop_format in formats)
    return Rollout(
        name=f"{activities} activities, seed {seed}",
        today=TODAY,
        last=TODAY + timedelta(days=days),
        objective=Objective.EARLIEST_FINISH,
        country="",
        workdays=frozenset(range(7)),
        formats=tuple(formats),
        shops=tuple(shops),
        crews=tuple(Crew(id=trade.upper(), trade=trade, units=CAPACITY) for trade in TRADES),
    )
