"""Small sweeps for tests, with rollouts that travel to other processes, where some kill their worker."""

import os
import signal
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from planner.domain.crew import Crew
from planner.domain.rollout import Rollout
from planner.domain.rules import Costs, Milestone
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from planner.scheduling.limits import Limits
from planner.studies.grid import Axis, Grid, Point
from planner.studies.sweep_task import Job

GRID = Grid((Axis("units", ("units",), (1, 2, 3)), Axis("target", ("target",), (1, 3))))
LIMITS = Limits(seconds=5, workers=1)

ROLLOUT = Rollout(
    name="Small",
    today=date(2021, 7, 13),
    last=date(2021, 8, 31),
    country="",
    formats=(ShopFormat(name="M", phases=(Phase(name="Build", days=5, crews={"builder": 1}),)),),
    shops=tuple(Shop(id=f"S{number}", format="M", weekly_revenue=6000) for number in range(4)),
    crews=(Crew(id="B1", trade="builder"),),
    costs=Costs(uplift=0.06),
)


@dataclass(frozen=True)
class MadeRollouts:
    """The rollout of a point; making that of `deadly` kills the process, as often as there are files in `lives`."""

    deadly: Point | None = None
    lives: Path = Path()

    def __call__(self, point: Point) -> tuple[Rollout, tuple[str, ...]]:
        if point == self.deadly:
            for life in sorted(self.lives.iterdir()):
                life.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
        units, target = GRID.values_at(point)
        crews = (replace(ROLLOUT.crews[0], units=units),)
        milestones = (Milestone(name="July", by=date(2021, 7, 31), target=int(str(target))),)
        return replace(ROLLOUT, crews=crews, milestones=milestones), (f"{units} and {target}",)


def job_with(folder: Path, lives: int) -> Job:
    """A job in which a point in the middle kills its worker `lives` times."""
    for number in range(lives):
        (folder / f"life{number}").touch()
    return Job(MadeRollouts(deadly=(1, 1), lives=folder), LIMITS)
