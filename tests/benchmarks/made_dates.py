"""The dates of generated rollouts: given ones that do not conflict, and what is wished, permitted and promised."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.domain.standing import standing_days
from tests.benchmarks.dice import Dice
from tests.benchmarks.ledger import Ledger
from tests.benchmarks.made_rules import Horizon
from tests.benchmarks.shapes import Shape, Work

IN_PROGRESS, FROZEN, FIXED = 0.015, 0.025, 0.05
FEWEST_FOR_EACH = 12
"""From so many open shops on, there is one of each at least."""
TRIES, TRIES_WHERE_ALL_ARE_FIXED = 3, 60
CHAINED = 0.12
EXTRA_DAYS = 4


class DateMaker:
    """Gives dates to shops of `rollout`, whose shops have none yet."""

    def __init__(self, dice: Dice, shape: Shape, horizon: Horizon, rollout: Rollout) -> None:
        self._dice = dice
        self._shape = shape
        self._horizon = horizon
        self._rollout = rollout
        self._ledger = Ledger(rollout)
        self._shops = {shop.id: shop for shop in rollout.shops}
        self._free = [shop.id for shop in dice.shuffled(rollout.shops) if shop.status is Status.BACKLOG]
        self._open = len(self._free)

    def shops(self) -> tuple[Shop, ...]:
        """All shops of the rollout, in their order, with dates."""
        for shop in self._shops.values():
            if shop.status is Status.DONE:
                self._shops[shop.id] = replace(shop, finish=self._working_day(shop, -self._dice.whole(10, 140)))
        if self._shape.work is Work.FIXED:
            self._fix_all()
        else:
            self._give(self._count(IN_PROGRESS), self._in_progress)
            self._give(self._count(FROZEN), self._frozen)
            self._give(self._count(FIXED), self._fixed)
            self._wish()
            self._chain()
        return tuple(self._shops.values())

    def _count(self, part: float) -> int:
        least = 1 if self._open >= FEWEST_FOR_EACH else 0
        return max(least, round(part * self._open))

    def _working_day(self, shop: Shop, number: int) -> date:
        """The first working day of `shop` from `number` days after today on."""
        calendar = self._ledger.calendars.of(shop)
        position = calendar.position_from(self._horizon.today + timedelta(days=number))
        return date.fromordinal(calendar.working_days[position])

    def _give(self, count: int, attempt: Callable[[Shop], Shop | None], tries: int = TRIES) -> None:
        """Dates for `count` of the free shops, as far as they fit."""
        left = []
        for shop_id in self._free:
            given = None
            for _ in range(tries if count else 0):
                given = given or attempt(self._shops[shop_id])
            if given is None:
                left.append(shop_id)
            else:
                self._shops[shop_id] = given
                count -= 1
        self._free = left

    def _in_progress(self, shop: Shop) -> Shop | None:
        """`shop` begun weeks ago, its build not yet over; half of those end later than their phases say."""
        start = self._working_day(shop, -self._dice.whole(18, 45))
        begun = replace(shop, status=Status.IN_PROGRESS, start=start)
        days = standing_days(self._rollout, self._ledger.calendars, begun)
        if start >= self._horizon.today or days is None or days.phases[1][0] >= self._horizon.today:
            return None
        if days.finish <= self._horizon.today:
            return None
        if self._dice.chance(0.5):
            begun = replace(begun, finish=days.finish + timedelta(days=self._dice.whole(1, EXTRA_DAYS)))
        return self._placed(begun, begun)

    def _frozen(self, shop: Shop) -> Shop | None:
        """`shop` with a published start within the frozen fortnight."""
        start = self._working_day(shop, self._dice.whole(1, self._rollout.freeze_days - 3))
        if start > self._horizon.today + timedelta(days=self._rollout.freeze_days):
            return None
        as_fixed = replace(shop, status=Status.FIXED, start=start)
        return None if self._ledger.place(as_fixed) is None else replace(shop, published_start=start)

    def _fixed(self, shop: Shop, first: float = 0.2, last: float = 0.75) -> Shop | None:
        """`shop` fixed somewhere in the part of the horizon from `first` to `last`."""
        start = self._working_day(shop, int(self._dice.between(first, last) * self._horizon.days))
        fixed = replace(shop, status=Status.FIXED, start=start)
        return self._placed(fixed, replace(fixed, published_start=start))

    def _placed(self, trial: Shop, shop: Shop) -> Shop | None:
        """`shop` if `trial` fits, a third of them naming their builders and electricians."""
        crews = self._ledger.place(trial)
        if crews is None:
            return None
        if not self._dice.chance(0.33):
            return shop
        trades = ("builder", "electrician", "team")
        named = tuple(crew for crew in crews if self._rollout.crew_by_id[crew].trade in trades)
        return replace(shop, crews=named)

    def _fix_all(self) -> None:
        """Every shop fixed; those that find no date in many tries are deferred."""
        self._give(len(self._free), lambda shop: self._fixed(shop, 0.01, 0.9), TRIES_WHERE_ALL_ARE_FIXED)
        for shop_id in self._free:
            self._shops[shop_id] = replace(self._shops[shop_id], status=Status.DEFERRED)
        self._free = []

    def _wish(self) -> None:
        """Permits, promised starts and wished ends for shops without a near date."""
        dice, days = self._dice, self._horizon.days
        for shop_id in self._free:
            shop = self._shops[shop_id]
            ready = published = due = None
            if dice.chance(0.4):
                ready = self._horizon.at(dice.between(0.07, 0.5))
            elif dice.chance(0.5):
                published = self._working_day(shop, int(dice.between(0.06, 0.75) * days))
            if dice.chance(0.15):
                earliest = max(self._horizon.at(0.3), (ready or self._horizon.today) + timedelta(days=60))
                due = min(self._horizon.last, earliest + timedelta(days=dice.whole(0, int(0.4 * days))))
            self._shops[shop_id] = replace(shop, ready_from=ready, published_start=published, due_by=due)

    def _chain(self) -> None:
        """Some partners' shops one after another, and some fixed shops after others that have no date yet."""
        groups: dict[str, list[Shop]] = {}
        for shop in (self._shops[shop_id] for shop_id in sorted(self._free)):
            if shop.partner and shop.ready_from is None and not self._shape.one_partner:
                groups.setdefault(shop.partner, []).append(shop)
        for group in groups.values():
            if len(group) > 1 and self._dice.chance(4 * CHAINED):
                self._link(group[: 3 if self._dice.chance(0.5) else 2])
        first_of = {shop.region: shop for shop in map(self._shops.__getitem__, self._free) if not _is_bound(shop)}
        late = self._horizon.at(0.5)
        for shop in list(self._shops.values()):
            before = first_of.get(shop.region)
            is_late = shop.status is Status.FIXED and shop.start is not None and shop.start >= late
            if is_late and before is not None and self._dice.chance(4 * CHAINED):
                self._shops[shop.id] = replace(shop, after=(before.id,))

    def _link(self, chain: Iterable[Shop]) -> None:
        before: Shop | None = None
        for shop in chain:
            if before is not None:
                self._shops[shop.id] = replace(shop, after=(before.id,), published_start=None)
            before = shop


def _is_bound(shop: Shop) -> bool:
    return bool(shop.after) or shop.ready_from is not None
