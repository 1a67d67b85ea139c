"""Writes a CP-SAT model as numbered variables and rows of coefficients: arrays in, no expression objects between.

Building expressions term by term takes longer than solving what they make up.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from planner.scheduling.timelines import IntArray

LEAST, MOST = -(2**63), 2**63 - 1


@dataclass(slots=True)
class Rows:
    """A model in the making; variables are known by their numbers."""

    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    _variables: int = 0
    _cost_of: list[IntArray] = field(default_factory=list)
    _costs: list[IntArray] = field(default_factory=list)

    def add_variables(self, most: Sequence[int]) -> IntArray:
        """New variables from 0 to each of `most`; their numbers."""
        variables = self.model.proto.variables
        for high in most:
            variables.add().domain.extend((0, high))
        numbers = np.arange(self._variables, self._variables + len(most))
        self._variables += len(most)
        return numbers

    def add(self, variables: Sequence[int], coefficients: Sequence[int], least: int = LEAST, most: int = MOST) -> None:
        """Have the weighted sum of some variables lie between `least` and `most`."""
        row = self.model.proto.constraints.add().linear
        row.vars.extend(variables)
        row.coeffs.extend(coefficients)
        row.domain.extend((least, most))

    def cost(self, variables: IntArray, costs: IntArray) -> None:
        """Add to what is minimised: `costs` for a unit of each of the variables."""
        self._cost_of.append(variables)
        self._costs.append(costs)

    def minimise(self, constant: int) -> None:
        """Minimise the costs that were added, and `constant`."""
        objective = self.model.proto.objective
        variables = np.concatenate([np.zeros(0, np.int64), *self._cost_of])
        totals = np.zeros(self._variables, np.int64)
        np.add.at(totals, variables, np.concatenate([np.zeros(0, np.int64), *self._costs]))
        costly = np.flatnonzero(totals)
        objective.vars.extend(costly.tolist())
        objective.coeffs.extend(totals[costly].tolist())
        objective.offset = float(constant)
        objective.scaling_factor = 1.0

    def hint(self, variables: Sequence[int], values: Sequence[int]) -> None:
        """Say what some variables are likely to be."""
        hint = self.model.proto.solution_hint
        hint.vars.extend(variables)
        hint.values.extend(values)
