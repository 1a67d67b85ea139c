"""A plan laid out so that any shop can be taken out and put elsewhere, all others standing."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace

from planner.domain.plan import Cost, MilestoneResult, Plan, PlanStatus, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.scheduling.choice import Choice
from planner.scheduling.holders import Holders
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.loose import loose_problem
from planner.scheduling.own_rules import least_waits_only, own_obstacles
from planner.scheduling.places import Places
from planner.scheduling.plan_choices import choices_of_plan
from planner.scheduling.plan_maker import make_remodels, milestone_results, total_cost
from planner.scheduling.pricing import Pricers
from planner.scheduling.seats import Seat

MOST_SEATS = 200


class CannotMoveError(Exception):
    """A shop that has no other days to choose from; the message is a sentence that says why."""


class Board:
    """A plan of a rollout, its choices and who holds what.

    The plan is to pass the checker. Raises ValueError where it is not one of this rollout.
    """

    def __init__(self, rollout: Rollout, plan: Plan) -> None:
        self.rollout = rollout
        self.plan = plan
        self.problem = loose_problem(rollout, plan)
        self._numbers = {options.shop.id: number for number, options in enumerate(self.problem.options)}
        choices = choices_of_plan(self.problem, plan)
        self.incumbent = Incumbent(self.problem, [choices.get(options.shop.id) for options in self.problem.options])
        self.remodels: Mapping[str, Remodel] = {remodel.shop: remodel for remodel in plan.remodels}
        self.milestones: tuple[MilestoneResult, ...] = milestone_results(rollout, plan.remodels)
        self.holders = Holders(self.incumbent, self.remodels)
        self._starts = {name: self.problem.axis.number(item.start) for name, item in self.remodels.items()}
        self._begun = {name: start for name, start in self._starts.items() if name not in self._numbers}
        self._pricers = Pricers(self.problem.options)
        self._seats: OrderedDict[str, Seat] = OrderedDict()

    def seat(self, shop_id: str) -> Seat:
        """A shop's places while all others stand. Raises CannotMoveError."""
        seat = self._seats.pop(shop_id, None) or self._seat(shop_id)
        self._seats[shop_id] = seat
        if len(self._seats) > MOST_SEATS:
            self._seats.popitem(last=False)
        return seat

    def seat_in(self, plan: Incumbent, shop_id: str) -> Seat:
        """A shop's places in another plan of the desk's. Raises CannotMoveError."""
        return self._seat_in(plan, self._number(shop_id))

    def changed(self, plan: Incumbent, choices: Mapping[str, Choice | None]) -> Incumbent:
        """A plan with other choices, by shop. Raises CannotMoveError."""
        return plan.with_changes({self._number(shop_id): choice for shop_id, choice in choices.items()})

    def is_movable(self, shop_id: str) -> bool:
        """Whether a shop has days to choose from."""
        return shop_id in self._numbers

    def plan_with(self, shop_id: str, choice: Choice) -> tuple[Rollout, Plan]:
        """The plan with a shop moved, all figures anew, and the rollout with its fixed start moved if it has one.

        Nothing is proved of it. Raises ValueError where its crews are needed twice.
        """
        return self.plan_of(self.incumbent.with_changes({self._number(shop_id): choice}), shop_id)

    def plan_of(self, changed: Incumbent, shop_id: str = "") -> tuple[Rollout, Plan]:
        """As `plan_with`, for any change of the desk's plan; `shop_id` is the shop that may be a fixed one."""
        fixed = {shop.id for shop in self.rollout.shops if shop.status is Status.FIXED}
        remodels = tuple(
            replace(item, status=RemodelStatus.FIXED) if item.shop in fixed else item
            for item in make_remodels(changed, self.plan)
        )
        rollout = self.rollout
        if shop_id in fixed:
            start = next(item.start for item in remodels if item.shop == shop_id)
            shops = (replace(shop, start=start) if shop.id == shop_id else shop for shop in rollout.shops)
            rollout = replace(rollout, shops=tuple(shops))
        return rollout, self._with_figures(remodels)

    def _with_figures(self, remodels: tuple[Remodel, ...]) -> Plan:
        dated = {remodel.shop for remodel in remodels}
        milestones = milestone_results(self.rollout, remodels)
        cost: Cost = total_cost(self.problem, remodels)
        left_out = tuple(item for item in self.plan.unplanned if item.shop not in dated)
        last = max([self.problem.axis.number(remodel.finish) for remodel in remodels], default=0)
        return replace(
            self.plan,
            status=PlanStatus.FEASIBLE,
            shortfall=sum(max(0, item.target - item.planned) for item in milestones),
            unplanned_priority=sum(self.rollout.shop_by_id[item.shop].priority for item in left_out),
            cost=cost,
            total=cost.total,
            bound=None,
            gap=None,
            proved_shortfall=False,
            proved_unplanned_priority=False,
            last_finish_day=None if self.plan.last_finish_day is None else last,
            milestones=milestones,
            remodels=remodels,
            unplanned=left_out,
        )

    def _number(self, shop_id: str) -> int:
        if shop_id not in self._numbers:
            raise CannotMoveError(self._why_not(shop_id))
        return self._numbers[shop_id]

    def _seat(self, shop_id: str) -> Seat:
        return self._seat_in(self.incumbent, self._number(shop_id))

    def _seat_in(self, plan: Incumbent, number: int) -> Seat:
        options = self.problem.options[number]
        shop = self.rollout.shop_by_id[options.shop.id]
        starts = self._starts if plan is self.incumbent else {**self._begun, **_starts(plan)}
        room = plan.room_without([number])
        self.holders.leave_nothing(room, number)
        own = own_obstacles(self.rollout, self.problem, shop, options, starts)
        shapes = least_waits_only(options) if shop.status is Status.FIXED else None
        return Seat(plan, number, Places(self._pricers[number], room, own, shapes))

    def _why_not(self, shop_id: str) -> str:
        shop = self.rollout.shop_by_id.get(shop_id)
        if shop is None:
            return f"The rollout has no shop {shop_id}."
        if shop.status is Status.BACKLOG or shop.status is Status.FIXED:
            reason = self.problem.impossible.get(shop_id, ("", "its crews are settled by a conflict of given dates"))[1]
            return f"{shop_id} has no day to choose from: {reason}."
        return f"{shop_id} is {_STATUS_WORDS[shop.status]}."


def _starts(plan: Incumbent) -> dict[str, int]:
    """The days on which shops start."""
    pairs = zip(plan.problem.options, plan.choices, strict=True)
    return {options.shop.id: int(options.start[choice.positions[0]]) for options, choice in pairs if choice is not None}


_STATUS_WORDS = {
    Status.IN_PROGRESS: "in progress: its days are facts",
    Status.DONE: "done: there is nothing left to plan",
    Status.DEFERRED: "deferred, and so left out of planning; make it `backlog` in shops.csv to plan it",
    Status.CANCELLED: "cancelled, and so left out of planning",
}
