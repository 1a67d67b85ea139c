"""A plan laid out so that any shop can be taken out and put elsewhere, all others standing."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from planner.domain.plan import Cost, MilestoneResult, Plan, PlanStatus, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.scheduling.choice import Choice, slot_uses
from planner.scheduling.holders import Holders
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.loose import loose_problem
from planner.scheduling.own_rules import Obstacle, least_waits_only, own_obstacles
from planner.scheduling.places import Places
from planner.scheduling.plan_choices import choices_of_plan
from planner.scheduling.plan_maker import make_remodels, milestone_results, total_cost
from planner.scheduling.pricing import Pricer, Pricers, Room
from planner.scheduling.seats import Seat
from planner.scheduling.things import Thing
from planner.wording.translation import gettext, later

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
        self._pricers = Pricers(self.problem.options)
        self._seats: OrderedDict[tuple[str, bool], Seat] = OrderedDict()

    def seat(self, shop_id: str, *, as_fixed: bool = False) -> Seat:
        """A shop's places while all others stand; `as_fixed` only those that it could be fixed at.

        Raises CannotMoveError.
        """
        key = (shop_id, as_fixed)
        seat = self._seats.pop(key, None) or self._seat_in(self.incumbent, self._number(shop_id), as_fixed=as_fixed)
        self._seats[key] = seat
        if len(self._seats) > MOST_SEATS:
            self._seats.popitem(last=False)
        return seat

    def seat_beside(self, plan: Incumbent, shop_id: str, moved: str) -> Seat:
        """A shop's places in a plan that differs from the desk's in where `moved` is, its own place apart.

        Raises CannotMoveError.
        """
        seat = self.seat(shop_id)
        room, own = self._around(plan, seat.number)
        changed = self.touched(plan, shop_id, moved) | {Thing("after", moved)}
        return Seat(plan, seat.number, seat.places.beside(room, own, changed))

    def touched(self, plan: Incumbent, shop_id: str, moved: str) -> frozenset[Thing]:
        """What stands in a shop's way otherwise in `plan` than in the desk's, as `moved` is elsewhere."""
        number, timelines = self._number(moved), self.problem.timelines
        held = [
            timelines.number_of(begin)
            for choice in (self.incumbent.choices[number], plan.choices[number])
            if choice is not None
            for begin, _, _ in slot_uses(self.problem.options[number], choice)
        ]
        return self.seat(shop_id).places.touched(held, moved)

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

    def _seat_in(self, plan: Incumbent, number: int, *, as_fixed: bool = False) -> Seat:
        options = self.problem.options[number]
        shop = self.rollout.shop_by_id[options.shop.id]
        room, own = self._around(plan, number)
        if not as_fixed and shop.status is not Status.FIXED:
            return Seat(plan, number, Places(self._pricers[number], room, own))
        least = replace(options, waits=[(wait, wait) for wait, _ in options.waits])
        return Seat(plan, number, Places(Pricer(least), room, own, least_waits_only(least)))

    def _around(self, plan: Incumbent, number: int) -> tuple[Room, Iterator[Obstacle]]:
        """What all others leave a shop in a plan, and what the rules that ask it alone close."""
        options = self.problem.options[number]
        starts = self._starts if plan is self.incumbent else self._starts_in(plan)
        room = plan.room_without([number])
        self.holders.leave_nothing(room, number)
        shop = self.rollout.shop_by_id[options.shop.id]
        return room, own_obstacles(self.rollout, self.problem, shop, options, starts)

    def _starts_in(self, plan: Incumbent) -> dict[str, int]:
        """The days on which shops start in a plan that differs from the desk's in a few of them."""
        starts = dict(self._starts)
        pairs = zip(plan.choices, self.incumbent.choices, strict=True)
        for number in [number for number, (now, before) in enumerate(pairs) if now is not before]:
            options, choice = self.problem.options[number], plan.choices[number]
            starts.pop(options.shop.id, None)
            if choice is not None:
                starts[options.shop.id] = int(options.start[choice.positions[0]])
        return starts

    def _why_not(self, shop_id: str) -> str:
        shop = self.rollout.shop_by_id.get(shop_id)
        if shop is None:
            return gettext("The rollout has no shop {shop}.").format(shop=shop_id)
        if shop.status is Status.BACKLOG or shop.status is Status.FIXED:
            settled = ("", gettext("its crews are settled by a conflict of given dates"))
            reason = self.problem.impossible.get(shop_id, settled)[1]
            return gettext("{shop} has no day to choose from: {reason}.").format(shop=shop_id, reason=reason)
        return gettext(_WHY_NOT[shop.status]).format(shop=shop_id)


_WHY_NOT = {
    Status.IN_PROGRESS: later("{shop} is in progress: its days are facts."),
    Status.DONE: later("{shop} is done: there is nothing left to plan."),
    Status.DEFERRED: later("{shop} is deferred, and so left out of planning; make its status backlog to plan it."),
    Status.CANCELLED: later("{shop} is cancelled, and so left out of planning."),
}
