"""The contender all this is about."""

from time import perf_counter

from planner.domain.rollout import Rollout
from tests.benchmarks.contest import Figures, Found, Sighting, Task, figures_of


def run_planner(rollout: Rollout, task: Task) -> Found:
    """Plan with the planner itself, until the limit or until the plan is proved to be the best."""
    began = perf_counter()
    from planner.scheduling.limits import Limits, NoPlanError, Progress  # noqa: PLC0415 - slow to import, and only a contender's process needs it
    from planner.scheduling.solve import solve  # noqa: PLC0415 - slow to import, and only a contender's process needs it

    sightings: list[Sighting] = []

    def note(progress: Progress) -> None:
        if progress.value is None or progress.shortfall is None or progress.unplanned is None:
            return
        figures = Figures(shortfall=progress.shortfall, undated=progress.unplanned, value=progress.value)
        if not sightings or sightings[-1].figures != figures:
            sightings.append(Sighting(seconds=perf_counter() - began, figures=figures))

    limits = Limits(seconds=task.limit, gap=0.0, workers=task.workers, seed=task.seed)
    try:
        plan = solve(rollout, limits, note)
    except NoPlanError:
        return Found(plan=None, sightings=(), bound=None)
    if plan.remodels or plan.unplanned:
        sightings.append(Sighting(seconds=perf_counter() - began, figures=figures_of(rollout, plan)))
    return Found(plan=plan, sightings=tuple(sightings), bound=plan.bound)
