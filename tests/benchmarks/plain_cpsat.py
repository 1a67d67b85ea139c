"""The plain CP-SAT model: one Boolean for each start a shop could take, a row for each pool and working day."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from planner.domain.rollout import Objective, Rollout
from planner.domain.shop import Shop
from tests.benchmarks.contest import Found, Task, Watch
from tests.benchmarks.pools import CannotExpressError, Pools


def run_cpsat(rollout: Rollout, task: Task) -> Found:
    """Plan with CP-SAT, its settings as they come, on the number of workers the task gives."""
    watch = Watch(task)
    from ortools.sat.python import cp_model  # noqa: PLC0415 - slow to import, and only a contender's process needs it

    if rollout.objective is not Objective.COST:
        raise CannotExpressError("its objective is not cost")
    pools = Pools(rollout)
    model = _StartModel(cp_model.CpModel(), pools)

    class Noting(cp_model.CpSolverSolutionCallback):
        """Tells the watch of every solution."""

        def on_solution_callback(self) -> None:
            watch.note(model.starts(self.boolean_value))

    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = watch.left
    solver.parameters.num_workers = task.workers
    solver.parameters.random_seed = task.seed
    status = solver.solve(model.model, Noting())
    is_known = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return watch.found(rollout, pools.plan, int(solver.best_objective_bound) if is_known else None)


class _StartModel:
    """The model: each shop takes exactly one of its starts."""

    def __init__(self, model: Any, pools: Pools) -> None:
        self.model = model
        self._pools = pools
        self._loads: dict[tuple[str, int], tuple[list[Any], list[int]]] = defaultdict(lambda: ([], []))
        self._terms: list[Any] = []
        self._costs: list[int] = []
        self._options = {shop.id: self._add_shop(shop) for shop in pools.shops}
        self._add_capacities()
        self._add_order()
        self.model.minimize(self._sum(self._terms, self._costs))

    def starts(self, is_true: Any) -> dict[str, int]:
        """The start of each shop."""
        return {
            shop: start for shop, options in self._options.items() for start, taken in options.items() if is_true(taken)
        }

    @staticmethod
    def _sum(terms: Sequence[Any], weights: Sequence[int]) -> Any:
        from ortools.sat.python.cp_model import LinearExpr  # noqa: PLC0415 - slow to import, and only a contender's process needs it

        return LinearExpr.weighted_sum(terms, weights)

    def _add_shop(self, shop: Shop) -> dict[int, Any]:
        options = {start: self.model.new_bool_var("") for start in self._pools.starts(shop)}
        self.model.add_exactly_one(options.values())
        offsets = self._pools.offsets(shop)
        phases = self._pools.rollout.format_of(shop).phases
        uses = [
            (self._pools.pool(shop, trade), units, offset + day)
            for phase, offset in zip(phases, offsets, strict=True)
            for trade, units in phase.crews.items()
            for day in range(phase.days)
        ]
        for start, taken in options.items():
            self._terms.append(taken)
            self._costs.append(self._pools.cost_cents(shop, start))
            for pool, units, offset in uses:
                terms, weights = self._loads[pool, start + offset]
                terms.append(taken)
                weights.append(units)
        return options

    def _add_capacities(self) -> None:
        units = self._pools.units
        for (pool, _), (terms, weights) in self._loads.items():
            if sum(weights) > units[pool]:
                self.model.add(self._sum(terms, weights) <= units[pool])

    def _add_order(self) -> None:
        """Each shop starts after those it comes after have finished."""
        pools = self._pools
        for shop in pools.shops:
            for before in shop.after:
                length = pools.length(pools.rollout.shop_by_id[before])
                starts, earlier = self._options[shop.id], self._options[before]
                finish = self._sum(list(earlier.values()), [start + length for start in earlier])
                begin = self._sum(list(starts.values()), list(starts))
                self.model.add(begin >= finish)
