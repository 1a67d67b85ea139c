"""PyJobShop, the scheduling library, as a contender: each phase a task, each pool a renewable resource.

Time runs in working days, which spares it calendars. It has no costs that change with the season: it minimises the
mean cost of a working day of waiting and of lateness, and its plans are then costed exactly. Closing costs it nothing,
as a remodel closes a shop for the same number of days whenever it starts. Every shop must have a date.
"""

from typing import Any

from planner.domain.rollout import Objective, Rollout
from planner.domain.shop import Shop
from tests.benchmarks.contest import Found, Task, Watch
from tests.benchmarks.pools import Pools

MOST_WEIGHT = 2**18
"""The sum of all jobs' weights: PyJobShop lets tardiness be up to 2^42, and CP-SAT refuses sums beyond 2^62."""


def run_pyjobshop(rollout: Rollout, task: Task) -> Found:
    """Plan with PyJobShop's CP-SAT model and settings, on the number of workers the task gives.

    The model is PyJobShop's own; it is solved here rather than by its `solve`, which does not say what it found when.
    """
    watch = Watch(task)
    from ortools.sat.python import cp_model  # noqa: PLC0415 - slow to import, and only a contender's process needs it
    from pyjobshop.solvers.ortools import CPModel  # noqa: PLC0415 - an extra, which may not be installed

    pools = Pools(rollout)
    tasks = _Tasks(pools)
    built = CPModel(tasks.model.data())
    starts = {shop: built.variables.task_vars[number].start for shop, number in tasks.first_task.items()}

    class Noting(cp_model.CpSolverSolutionCallback):
        """Tells the watch of every solution."""

        def on_solution_callback(self) -> None:
            watch.note({shop: self.value(start) for shop, start in starts.items()})

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = watch.left
    solver.parameters.num_workers = task.workers
    solver.parameters.random_seed = task.seed
    status = solver.solve(built.model, Noting())
    if status == cp_model.MODEL_INVALID:
        raise ValueError(f"CP-SAT refuses PyJobShop's model: {built.model.validate()}")
    is_exact = rollout.objective is Objective.EARLIEST_FINISH and status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    bound = _last_day(pools, int(solver.best_objective_bound)) if is_exact else None
    return watch.found(rollout, pools.plan, bound)


def _last_day(pools: Pools, makespan: int) -> int:
    """The day after today of the last step of a makespan, as `last_finish_day` counts it."""
    return (pools.days[makespan - 1] - pools.rollout.today).days if makespan else 0


class _Tasks:
    """The rollout in PyJobShop's terms."""

    def __init__(self, pools: Pools) -> None:
        from pyjobshop import Model  # noqa: PLC0415 - an extra, which may not be installed

        self.model = Model()
        self._pools = pools
        self._is_money = pools.rollout.objective is Objective.COST
        self._weights_a_cent = MOST_WEIGHT / max(1.0, self._cents_a_step())
        self._resources = {crew: self.model.add_renewable(units, name=crew) for crew, units in pools.units.items()}
        self._open_doors = self.model.add_renewable(len(pools.shops), breaks=pools.dark, name="open doors")
        tasks = {shop.id: self._add_shop(shop) for shop in pools.shops}
        numbers = {id(task): number for number, task in enumerate(self.model.tasks)}
        self.first_task = {shop: numbers[id(phases[0])] for shop, phases in tasks.items()}
        for shop in pools.shops:
            for before in shop.after:
                self.model.add_end_before_start(tasks[before][-1], tasks[shop.id][0])
        if self._is_money:
            self.model.set_objective(weight_total_tardiness=1)
        else:
            self.model.set_objective(weight_makespan=1)

    def _cents_a_step(self) -> float:
        """What a working day more costs, all shops waiting and those with a due date late."""
        shops = self._pools.shops
        late = sum(shop.due_by is not None for shop in shops) * self._pools.lateness_cents_a_step()
        return late + sum(self._pools.waiting_cents_a_step(shop) for shop in shops)

    def _weight(self, cents: float) -> int:
        return round(self._weights_a_cent * cents)

    def _add_shop(self, shop: Shop) -> list[Any]:
        """A task for each phase, each at its wait after the one before, and what waiting and lateness cost."""
        pools, model = self._pools, self.model
        job = model.add_job(
            weight=self._weight(pools.waiting_cents_a_step(shop)), due_date=0, deadline=pools.steps, name=shop.id
        )
        phases = pools.rollout.format_of(shop).phases
        span = pools.rollout.format_of(shop).closed_phases
        tasks: list[Any] = []
        for number, phase in enumerate(phases):
            is_closed = span is not None and span[0] <= number <= span[1]
            earliest = pools.earliest_closed(shop) if is_closed else 0
            task = model.add_task(job, earliest_start=earliest, latest_end=pools.steps)
            resources = [self._resources[pools.pool(shop, trade)] for trade in phase.crews]
            demands = list(phase.crews.values())
            if is_closed and pools.dark:
                resources.append(self._open_doors)
                demands.append(1)
            model.add_mode(task, resources, phase.days, demands)
            if tasks:
                model.add_end_at_start(tasks[-1], task, delay=phase.wait_min)
            tasks.append(task)
        if self._is_money and shop.due_by is not None:
            self._add_lateness(shop, tasks[-1])
        return tasks

    def _add_lateness(self, shop: Shop, last: Any) -> None:
        """A second job that ends with the shop and is due by its date."""
        pools = self._pools
        if shop.due_by is None:
            return
        weight = self._weight(pools.lateness_cents_a_step())
        due = pools.step_of(shop.due_by)
        job = self.model.add_job(weight=weight, due_date=due, deadline=pools.steps, name=f"{shop.id} due")
        task = self.model.add_task(job, latest_end=pools.steps)
        self.model.add_mode(task, [], 0)
        self.model.add_end_at_end(last, task)
