"""A rollout whose shops are surveyed weeks before they close: many starts lead to the same closure."""

from datetime import date
from functools import cache

from planner.domain.crew import Crew
from planner.domain.rollout import Rollout
from planner.domain.rules import Costs, Limit
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from planner.review.check import check
from planner.scheduling.desk import Desk
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve

MONDAY = date(2021, 7, 12)
FIRST_CLOSURE = date(2021, 7, 20)
"""The first day a shop can close: surveyed on the first day, five working days later."""


def surveyed_rollout() -> Rollout:
    """Four shops, dearer ones first, for one builder; a survey each, five to twenty working days before the build."""
    phases = (
        Phase(name="Survey", days=1, crews={"surveyor": 1}, closed=False),
        Phase(name="Build", days=5, crews={"builder": 1}, wait_min=5, wait_max=20),
    )
    return Rollout(
        name="Surveyed",
        today=MONDAY,
        last=date(2021, 10, 29),
        country="",
        formats=(ShopFormat(name="M", phases=phases),),
        shops=tuple(
            Shop(id=f"S{number}", format="M", weekly_revenue=9_000.0 - 1_000.0 * number) for number in range(1, 5)
        ),
        crews=(Crew(id="B", trade="builder"), Crew(id="V", trade="surveyor", units=2)),
        limits=(Limit(name="Starts", max_starts_per_week=2),),
        costs=Costs(uplift=0.1),
    )


@cache
def surveyed_desk() -> Desk:
    """The desk of its plan, which is the best there is."""
    rollout = surveyed_rollout()
    plan = solve(rollout, Limits(seconds=2.0, workers=1, deterministic=True, gap=0.0))
    assert check(rollout, plan) == ()
    return Desk(rollout, plan)
