"""A rollout whose cheapest plan crowds the deadline: closing costs less in April than in March, and April ends it."""

from datetime import date, timedelta

from planner.domain.crew import Crew
from planner.domain.rollout import Rollout
from planner.domain.rules import Costs, Milestone, Risk
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat

TODAY = date(2021, 3, 1)
BUILD = ShopFormat(name="M", phases=(Phase(name="Build", days=5, crews={"builder": 1}),))
ROLLOUT = Rollout(
    name="Deadline",
    today=TODAY,
    last=date(2021, 6, 30),
    country="",
    formats=(BUILD,),
    shops=tuple(
        Shop(
            id=f"S{number:02}",
            format="M",
            region="South" if number % 2 else "North",
            weekly_revenue=1000.0 + 10 * number,
            ready_from=TODAY + timedelta(days=10) if number % 5 == 0 else None,
        )
        for number in range(16)
    ),
    crews=(Crew(id="B1", trade="builder", units=2, regions=("North",)), Crew(id="B2", trade="builder", units=2)),
    milestones=(Milestone(name="April", by=date(2021, 4, 30), target=12),),
    costs=Costs(season={3: 2.0, 4: 1.0, 5: 0.6, 6: 0.5}),
    risk=Risk(duration_sigma=0.3, permit_slip_probability=0.1, permit_slip_days=15),
)
