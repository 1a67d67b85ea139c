"""`python -m tests.cli.fake_solver MODE ARGUMENTS…`: the planner's command line around a solver that plays a part.

`obedient` searches until it is told to stop; `stubborn` never stops; `empty-handed` stops without a plan;
`preparing` has not begun and takes no notice.
"""

import sys
import time
from threading import Event
from types import ModuleType

from planner.cli.app import main
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.scheduling.limits import Limits, NoPlanError, Progress, ReportProgress, Stage

from .tiny import PLAN

MODE = sys.argv.pop(1)


def solve(rollout: Rollout, limits: Limits, on_progress: ReportProgress, stop: Event, remains: list[object]) -> Plan:
    if MODE == "preparing":
        on_progress(Progress(stage=Stage.PREPARING, seconds=1.0, limit=60.0))
    else:
        on_progress(Progress(stage=Stage.IMPROVING, seconds=1.0, limit=60.0, shortfall=0, unplanned=0, value=123_400))
    sys.stderr.write("searching\n")
    sys.stderr.flush()
    stop.wait()
    while MODE in ("stubborn", "preparing"):
        time.sleep(0.05)
    if MODE == "empty-handed":
        raise NoPlanError("stopped")
    return PLAN


solver = ModuleType("planner.scheduling.solve")
solver.__dict__["solve"] = solve
sys.modules[solver.__name__] = solver
main()
