"""Why a shop is left without a date: the fewest rules that, lifted, would give it one beside the plan as it stands."""

from collections.abc import Callable, Sequence

from planner.domain.plan import Unplanned
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.scheduling.alone import rules_in_the_way
from planner.scheduling.incumbent import Incumbent
from planner.scheduling.lagrangian import Lagrangian
from planner.scheduling.own_rules import own_obstacles
from planner.scheduling.places import Places
from planner.scheduling.pricing import Room
from planner.scheduling.seats import Seat
from planner.scheduling.slots import ways_to_free
from planner.scheduling.things import Thing, lifting_words
from planner.scheduling.windows import ANY_DAY
from planner.wording.amounts import plain_day_text
from planner.wording.translation import gettext

MOST_NAMED = 4


def unplanned(
    lagrangian: Lagrangian, plan: Incumbent, is_over: Callable[[], bool] = lambda: False
) -> tuple[Unplanned, ...]:
    """All backlog shops without a date, with the reason, in the order of shops.csv.

    Once `is_over`, it is no longer found out what would give the rest a date.
    """
    problem = plan.problem
    numbers = {options.shop.id: number for number, options in enumerate(problem.options)}
    undated = {options.shop.id for options, choice in zip(problem.options, plan.choices, strict=True) if choice is None}
    undated |= problem.impossible.keys()
    beside = _Beside(lagrangian, plan)

    def reason(shop: Shop) -> str:
        noted = problem.impossible.get(shop.id)
        if noted is not None:
            return noted[1] if is_over() else reason_alone(problem.rollout, shop, noted)
        if is_over():
            return gettext("the search ended before a date for it was found")
        return beside.reason(numbers[shop.id])

    return tuple(
        Unplanned(shop=shop.id, reason=reason(shop))
        for shop in problem.rollout.shops
        if shop.id in undated and shop.status is Status.BACKLOG
    )


def reason_alone(rollout: Rollout, shop: Shop, noted: tuple[str, str]) -> str:
    """Why a shop can have no date whatever the others do; `noted` is the rule, and why, that took its last option."""
    ways = rules_in_the_way(rollout, shop.id)
    if (len(ways) == 1 and len(ways[0]) == 1 and ways[0][0].rule in (noted[0], "region", "max_km")) or not ways:
        return noted[1]
    text = gettext("it has no days before {day} even with all crews to itself{unless}")
    return text.format(day=plain_day_text(rollout.last), unless=_unless(rollout, shop, ways))


class _Beside:
    """Asks for shops without a date what would give them one beside a plan."""

    def __init__(self, lagrangian: Lagrangian, plan: Incumbent) -> None:
        self._lagrangian = lagrangian
        self._plan = plan
        self._room: Room = plan.room_without([])
        pairs = [*zip(plan.problem.options, plan.choices, strict=True), *plan.problem.settled]
        self._starts = {
            options.shop.id: int(options.start[choice.positions[0]]) for options, choice in pairs if choice is not None
        }

    def reason(self, number: int) -> str:
        """Why the shop with this number has no date."""
        problem = self._plan.problem
        options, rollout = problem.options[number], problem.rollout
        own = own_obstacles(rollout, problem, options.shop, options, self._starts)
        seat = Seat(self._plan, number, Places(self._lagrangian.pricers[number], self._room, own))
        best = seat.best()
        if best is not None:
            day = problem.axis.day(int(options.start[best.choice.positions[0]]))
            text = gettext("there is room for it from {day}: the search ended before it was placed")
            return text.format(day=plain_day_text(day))
        ways = ways_to_free(seat, ANY_DAY)
        undated = [name for name in options.shop.after if rollout.shop_by_id[name].status is Status.BACKLOG]
        waiting = [name for name in undated if name not in self._starts]
        if waiting and ways == [(Thing("after", waiting[0]),)]:
            return gettext("it comes after {shop}, which has no date").format(shop=waiting[0])
        text = gettext("there is no room for it beside the other shops before {day}{unless}")
        return text.format(day=plain_day_text(rollout.last), unless=_unless(rollout, options.shop, ways))


def _unless(rollout: Rollout, shop: Shop, ways: Sequence[tuple[Thing, ...]]) -> str:
    """What would have to be otherwise, as the end of a sentence."""
    if not ways:
        return ""
    texts = [
        gettext(" and ").join(lifting_words(rollout, shop, thing) for thing in things) for things in ways[:MOST_NAMED]
    ]
    return gettext(", unless {ways}").format(ways=gettext(", or ").join(texts))
