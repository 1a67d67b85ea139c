"""Which shops to set free together, and which of their positions are worth a solver's time."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from planner.domain.rollout import Objective
from planner.scheduling.choice import Choice
from planner.scheduling.guide import Guide
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Lagrangian, Prices
from planner.scheduling.pricing import INFINITE, REACHABLE, Pricer, Room
from planner.scheduling.problem import Problem
from planner.scheduling.timelines import BoolArray, FloatArray, IntArray, Rule

EDGE_DAYS = 70
MOST_RIVALS = 300
MOST_KIN = 60
FEW = 8


class Kind(StrEnum):
    """What the shops of a neighbourhood have in common besides being near in time."""

    CREWS = "crews"
    TIME = "time"
    KIN = "kin"
    SUPPLY = "supply"
    HOMES = "homes"
    DEADLINE = "deadline"
    LEFT_OUT = "left out"
    LAST = "last"


class Neighbourhoods:
    """Picks shops to set free around the best plan."""

    def __init__(self, problem: Problem, rng: np.random.Generator) -> None:
        self._problem = problem
        self._rng = rng
        self._classes = [_classes(problem, number) for number in range(len(problem.options))]
        self._members = _members(self._classes)
        self._kin = _kin(problem)
        self._drawing = np.array([_draws(problem, number) for number in range(len(problem.options))], bool)

    def is_useful(self, kind: Kind, plan: Incumbent) -> bool:
        """Whether a kind of neighbourhood has any sense for the problem and the plan."""
        is_money = self._problem.rollout.objective is Objective.COST
        match kind:
            case Kind.LAST:
                return not is_money
            case Kind.LEFT_OUT:
                return bool(len(plan.left_out()))
            case Kind.DEADLINE:
                return bool(self._problem.deadlines)
            case Kind.SUPPLY:
                return bool(self._drawing.any())
            case Kind.HOMES:
                return is_money and bool(self._problem.rollout.costs.km)
            case _:
                return True

    def pick(self, kind: Kind, size: int, plan: Incumbent, taken: set[int]) -> list[int]:
        """At most `size` shops that belong together and are not `taken`; the first is drawn at random."""
        is_free = np.ones(len(plan.choices), bool)
        is_free[list(taken)] = False
        dated = np.flatnonzero(is_free & (plan.finish >= 0))
        left_out = np.flatnonzero(is_free & (plan.finish < 0))
        if kind is Kind.LEFT_OUT and len(left_out):
            seed = int(self._rng.choice(left_out))
            options = self._problem.options[seed]
            day = int(self._rng.choice(options.blocks[-1].first[0][options.blocks[-1].open]))
            rivals = self._sharing(seed, is_free)
            also = rivals[plan.finish[rivals] < 0][:2]
            near = self._near(seed, day, rivals[plan.finish[rivals] >= 0], size, plan)
            return list(dict.fromkeys([seed, *also.tolist(), *near]))[:size]
        if not len(dated):
            return [int(number) for number in left_out[:size]]
        if kind is Kind.LAST:
            return self._around_last(dated, size, plan, is_free)
        seed = self._far_from_home(dated, plan) if kind is Kind.HOMES else int(self._rng.choice(dated))
        if kind is Kind.SUPPLY:
            drawing = dated[self._drawing[dated]]
            seed = int(self._rng.choice(drawing)) if len(drawing) else seed
            return self._near(seed, int(plan.begun[seed]), drawing, size, plan)
        if kind is Kind.DEADLINE and self._problem.deadlines:
            edge = self._problem.deadlines[self._rng.integers(len(self._problem.deadlines))].day
            at_edge = dated[np.abs(plan.finish[dated] - edge) <= EDGE_DAYS]
            seed = int(self._rng.choice(at_edge)) if len(at_edge) else seed
            among = self._sharing(seed, is_free) if len(at_edge) > MOST_RIVALS else at_edge
            among = among[plan.finish[among] >= 0]
            return self._near(seed, int(plan.begun[seed]), among if len(among) else dated, size, plan)
        day = int(plan.begun[seed])
        if kind is Kind.TIME:
            return self._near(seed, day, dated, size, plan)
        rivals = self._sharing(seed, is_free)
        rivals = rivals[plan.finish[rivals] >= 0]
        if kind is Kind.KIN:
            kin = [number for number in self._kin[seed] if is_free[number]]
            self._rng.shuffle(kin)
            family = kin[: size // 2]
            return list(dict.fromkeys([*self._near(seed, day, rivals, size - len(family), plan), *family]))
        return self._near(seed, day, rivals, size, plan)

    def _far_from_home(self, dated: IntArray, plan: Incumbent) -> int:
        """Of a few shops, the one whose crews drive most: others' homes may be nearer."""
        few: list[int] = self._rng.choice(dated, min(len(dated), FEW)).tolist()
        return max(few, key=lambda number: _travel_cents(self._problem, plan, number))

    def _around_last(self, dated: IntArray, size: int, plan: Incumbent, is_free: BoolArray) -> list[int]:
        """The shops that finish last, and others at any time that could make room for them."""
        last = dated[np.argsort(-plan.finish[dated], kind="stable")][: max(1, size // 4)].tolist()
        rivals = self._sharing(last[0], is_free)
        others = rivals[(plan.finish[rivals] >= 0) & ~np.isin(rivals, last)]
        return [*last, *self._rng.permutation(others)[: size - len(last)].tolist()]

    def _sharing(self, seed: int, is_free: BoolArray) -> IntArray:
        """The free shops that could have the same crews as `seed`."""
        parts = [self._members[crew_class] for crew_class in self._classes[seed]]
        shops = np.unique(np.concatenate([np.array([seed]), *parts]))
        free: IntArray = shops[is_free[shops]]
        return free

    def _near(self, seed: int, day: int, among: IntArray, size: int, plan: Incumbent) -> list[int]:
        """The `size` shops of `among` that begin nearest to `day`, `seed` for certain."""
        distance = np.abs(plan.begun[among] - day) + self._rng.uniform(0, 7, len(among))
        nearest = among[np.argsort(distance, kind="stable")[:size]]
        return list(dict.fromkeys([seed, *nearest.tolist()]))[:size]


def _travel_cents(problem: Problem, plan: Incumbent, number: int) -> float:
    """What the crews of a shop drive in the plan."""
    choice, total = plan.choices[number], 0.0
    if choice is not None:
        for block, position in zip(problem.options[number].blocks, choice.positions, strict=True):
            for visit in block.visits:
                for item in visit.choices:
                    total += visit.travel_cents(item, position) * choice.crews[visit.number].get(item.crew_class, 0)
    return total


def _draws(problem: Problem, number: int) -> bool:
    """Whether a shop draws on a supply."""
    blocks = problem.options[number].blocks
    return any(use.timeline.rule is Rule.SUPPLY for block in blocks for use in block.uses)


def _classes(problem: Problem, number: int) -> frozenset[int]:
    blocks = problem.options[number].blocks
    return frozenset(choice.crew_class for block in blocks for visit in block.visits for choice in visit.choices)


def _members(classes: list[frozenset[int]]) -> dict[int, IntArray]:
    """The shops that each class of crews could come to."""
    members: dict[int, list[int]] = defaultdict(list)
    for number, served in enumerate(classes):
        for crew_class in served:
            members[crew_class].append(number)
    return {crew_class: np.array(shops, np.int64) for crew_class, shops in members.items()}


def _kin(problem: Problem) -> list[list[int]]:
    """For each shop, those it shares a rule with that concerns few: a limit, a neighbour, a partner, an order."""
    members: dict[int, set[int]] = defaultdict(set)
    for number, options in enumerate(problem.options):
        for block in options.blocks:
            for use in block.uses:
                if use.timeline.rule is not Rule.SUPPLY:
                    members[use.timeline.number].add(number)
    kin: list[set[int]] = [set() for _ in problem.options]
    most = min(MOST_KIN, max(12, len(problem.options) // 10))
    for group in members.values():
        if 1 < len(group) <= most:
            for number in group:
                kin[number] |= group - {number}
    return [sorted(group) for group in kin]


@dataclass(slots=True)
class Candidates:
    """Positions worth looking at: for each shop and block, and how many units of each class are free there."""

    positions: dict[int, list[IntArray]] = field(default_factory=dict)
    free_units: dict[int, dict[int, IntArray]] = field(default_factory=dict)
    is_complete: bool = True

    @property
    def count(self) -> int:
        """How many positions there are in all."""
        return sum(len(block) for blocks in self.positions.values() for block in blocks)


class CandidateSearch:
    """Chooses candidates by what they cost at the prices, among those that fit the room."""

    def __init__(self, lagrangian: Lagrangian, prices: Prices) -> None:
        self._lagrangian = lagrangian
        self._guide = Guide(lagrangian, prices)

    def among(
        self,
        free: list[int],
        room: Room,
        plan: Incumbent,
        *,
        most: int | None,
        slack: float = INFINITE,
        ends: Callable[[int], bool] = lambda _: False,
    ) -> Candidates:
        """Candidates of the `free` shops: at most `most` a block, none dearer than its shop's best by over `slack`.

        They are complete where neither left out a position that fits; `slack` then only drops what cannot be better.
        The rest of the shops is left out once `ends` is true of the number of positions found.
        """
        found, count = Candidates(), 0
        self._make_room_behind(free, room)
        for number in free:
            if ends(count):
                found.is_complete = False
                break
            pricer = self._lagrangian.pricers[number]
            values = self._guide.values(pricer, room)
            totals = pricer.through(values)
            cut = min((float(block.min()) for block in totals if len(block)), default=INFINITE) + slack
            masks = [(block < REACHABLE) & (block <= cut) for block in totals]
            if most is not None and any(int(mask.sum()) > most for mask in masks):
                found.is_complete = False
                masks = _cheapest(pricer, values, totals, masks, most)
            choice = plan.choices[number]
            if choice is not None:
                for mask, position in zip(masks, choice.positions, strict=True):
                    mask[position] = True
            found.positions[number] = [np.flatnonzero(mask) for mask in masks]
            count += sum(len(block) for block in found.positions[number])
            found.free_units[number] = pricer.free_units(room, found.positions[number])
        return found

    def _make_room_behind(self, free: list[int], room: Room) -> None:
        """Let shops begin as early as the free shops that they come after could finish at best."""
        for number in free:
            for block in self._lagrangian.problem.options[number].blocks:
                for use in block.uses:
                    if len(use.amount) and use.amount[0] < 0 and (use.begin <= use.end)[block.open].any():
                        earliest = int(use.begin[block.open & (use.begin <= use.end)].min())
                        offset = use.timeline.offset
                        room.take([(offset + earliest, offset + int(use.end.max()), -1)])


def _cheapest(
    pricer: Pricer, values: list[FloatArray], totals: list[FloatArray], masks: list[BoolArray], most: int
) -> list[BoolArray]:
    """The `most` cheapest positions of the last block, and of those before it ones that they can be reached from."""
    result = [np.zeros(len(mask), bool) for mask in masks]
    for block, (mask, total) in enumerate(zip(masks, totals, strict=True)):
        order = np.argsort(np.where(mask, total, INFINITE), kind="stable")
        share = most if block == len(masks) - 1 else most // 2
        result[block][order[: min(share, int(mask.sum()))]] = True
    for block in range(len(masks) - 2, -1, -1):
        for position in np.flatnonzero(result[block + 1]):
            before = pricer.best_before(block, values, int(position), masks[block])
            if before is not None:
                result[block][before] = True
    return result


def standing_choice(plan: Incumbent, free: list[int]) -> dict[int, Choice | None]:
    """What the plan has for the `free` shops."""
    return {number: plan.choices[number] for number in free}
