"""What leads every choice of an option: its cost at the prices, or under earliest-finish the day it finishes."""

import numpy as np

from planner.domain.rollout import Objective
from planner.scheduling.choice import Choice
from planner.scheduling.lagrangian import Lagrangian, Prices
from planner.scheduling.pricing import Pricer, Room
from planner.scheduling.timelines import FloatArray


class Guide:
    """Values the positions of a shop's options; less is better."""

    def __init__(self, lagrangian: Lagrangian, prices: Prices) -> None:
        self._lagrangian = lagrangian
        self._is_money = lagrangian.problem.rollout.objective is Objective.COST
        self._money = 1.0 if self._is_money else 0.0
        if not self._is_money:
            prices = lagrangian.zero_prices()
        self._prefix = np.concatenate([[0.0], np.cumsum(prices.slots)])
        self._rewards = lagrangian.rewards(prices)

    def values(self, pricer: Pricer, room: Room | None = None) -> list[FloatArray]:
        """The value of each position of each block; INFINITE where it does not fit into `room`."""
        values = pricer.block_values(self._prefix, self._money, self._rewards, room)
        if not self._is_money:
            values[-1] = values[-1] + pricer.options.finish
        return values

    def regrets(self, nearby: int) -> FloatArray:
        """How much each shop loses if it takes its `nearby`-th best finish: INFINITE where it has fewer."""
        day = 0.0 if self._is_money else 1.0
        return self._lagrangian.flat.regrets(self._prefix, self._money, self._rewards, day, nearby)

    def in_time(self, deadline: int) -> FloatArray:
        """How much dearer finishing by day `deadline` is for each shop than its best: INFINITE where it cannot."""
        day = 0.0 if self._is_money else 1.0
        return self._lagrangian.flat.in_time(self._prefix, self._money, self._rewards, day, deadline)

    def choice(self, pricer: Pricer, positions: tuple[int, ...], room: Room) -> Choice:
        """The option at `positions` with the best crews that `room` leaves."""
        return pricer.crews_at(self._prefix, self._money, positions, room)
