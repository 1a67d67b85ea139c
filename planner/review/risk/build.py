"""From a plan to the jobs it is played as."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from planner.domain.plan import Plan, RemodelStatus
from planner.domain.rollout import Rollout
from planner.review.days import Days
from planner.review.entries import Context, Entry, entry_of, in_scope
from planner.review.given import is_frozen
from planner.review.risk.axis import Axis, Mask, Numbers, SharedDays, WorkDays, next_allowed
from planner.review.risk.crews_at_work import CrewsAtWork
from planner.review.risk.model import Away, Closing, Draw, Hold, Job, Model, Remodelled
from planner.review.risk.nominal import Stretch, keeps_clear, run_ends
from planner.review.risk.rules_between import RulesBetween
from planner.review.risk.stocks import stocks_of


def build_model(rollout: Rollout, plan: Plan, early_days: int = 0) -> Model:
    """The jobs of `plan`, which passes the check and has dates; a phase may begin `early_days` before its date."""
    return _Builder(rollout, plan, early_days).model()


class _Builder:
    """What all jobs are built from."""

    def __init__(self, rollout: Rollout, plan: Plan, early_days: int) -> None:
        self._rollout = rollout
        self._plan = plan
        self._early_days = early_days
        self._context = Context(rollout, Days(rollout))
        self._axis = Axis(rollout, plan)
        self._days = SharedDays(self._axis)
        self._entries = [self._entry(number) for number in range(len(plan.remodels))]
        self._places = {entry.shop.id: place for place, entry in enumerate(self._entries)}
        self._crews = CrewsAtWork(rollout, self._axis, self._entries)
        self._between = RulesBetween(self._context, self._axis, self._entries, len(self._crews.pools))
        self._stocks = stocks_of(rollout, self._axis)
        self._drawn: dict[int, int] = defaultdict(int)
        self._items, self._item_days = self._count_items()

    def _entry(self, number: int) -> Entry:
        remodel = self._plan.remodels[number]
        shop = self._rollout.shop_by_id[remodel.shop]
        frozen = is_frozen(self._context, shop) and remodel.start == shop.published_start
        return entry_of(self._rollout, shop, remodel.phases, is_given=shop.is_standing or frozen)

    def _count_items(self) -> tuple[dict[str, int], list[int]]:
        """Where the items of each shop begin, and the planned days of all items."""
        begins: dict[str, int] = {}
        days: list[int] = []
        for shop in self._rollout.shops:
            if shop.is_in_plan:
                begins[shop.id] = len(days)
                days += [phase.days for phase in self._rollout.format_of(shop).phases]
        return begins, days

    def model(self) -> Model:
        """Everything together."""
        axis = self._axis
        phases = [
            (axis.number(planned.first), place, number)
            for place, entry in enumerate(self._entries)
            for number, planned in enumerate(entry.phases)
            if axis.number(planned.last) >= 0
        ]
        steps: list[tuple[int, int, Job | Away]] = [(step.first, 0, step) for step in self._crews.away()]
        steps += [(first, 1, self._job(place, number)) for first, place, number in sorted(phases)]
        weekday = axis.today.weekday()
        numbers = np.arange(axis.never + 1)
        weeks = (numbers + weekday) // 7
        return Model(
            rollout=self._rollout,
            plan=self._plan,
            axis=axis,
            remodels=tuple(self._remodelled(entry) for entry in self._entries),
            # The sort is stable: jobs of a day stay in the order in which stock was shared out.
            steps=tuple(step for _, _, step in sorted(steps, key=lambda item: item[:2])),
            pools=(*self._crews.pools, *self._between.pools),
            weekly=tuple(self._between.weekly),
            stocks=tuple(self._stocks),
            item_days=tuple(self._item_days),
            weeks=weeks,
            mondays=np.minimum((weeks + 1) * 7 - weekday, axis.never),
            pool_of_crew=dict(self._crews.pool_of),
        )

    def _remodelled(self, entry: Entry) -> Remodelled:
        remodel = self._plan.remodels[self._places[entry.shop.id]]
        blackouts = [item for item in self._rollout.blackouts if in_scope(item.scope, entry.shop)]
        return Remodelled(
            shop=entry.shop.id,
            is_fixed=entry.is_given and remodel.status is not RemodelStatus.IN_PROGRESS,
            start=self._axis.number(entry.start),
            finish=self._axis.number(entry.finish),
            permit=self._permit(entry) is not None,
            blackouts=tuple((self._axis.number(item.first), self._axis.number(item.last)) for item in blackouts),
        )

    def _permit(self, entry: Entry) -> int | None:
        """The day a permit that is still out comes, where the shop's first closed day waits for one."""
        ready = entry.shop.ready_from
        if ready is None or entry.closed is None or entry.closed[0] < self._axis.today or ready <= self._axis.today:
            return None
        return min(self._axis.number(ready), self._axis.number(entry.closed[0]))

    def _job(self, place: int, number: int) -> Job:
        entry = self._entries[place]
        axis, planned = self._axis, entry.phases[number]
        first, last = axis.number(planned.first), axis.number(planned.last)
        shop_days = self._context.days.of(entry.shop)
        shop_work = self._days.of(shop_days)
        work = self._days.of(shop_days, self._crews.blocked(planned.crews))
        begun = self._plan.remodels[place].status is RemodelStatus.IN_PROGRESS
        under_way = first < 0 or (first == 0 and number == 0 and begun)
        days = work.count(first, last)
        can_end = int(work.nth(np.array([max(first, 0)], dtype=np.intp), max(1, days))[0])
        span = _closed_span(entry)
        phase = entry.shop_format.phases[number]
        is_first_closed = span is not None and number == self._first_played(entry, span)
        item = self._items[entry.shop.id] + number
        self._item_days[item] = days
        before = number > 0 and axis.number(entry.phases[number - 1].last) >= 0
        return Job(
            shop=place,
            item=item,
            first=first,
            last=last,
            days=max(1, days),
            earliest=first if entry.is_given else max(0, first - self._early_days),
            is_under_way=under_way,
            is_stretched=days == 0 or can_end != last,
            opens=number == 0,
            ends=number == len(entry.phases) - 1,
            reopens=span is not None and number == span[1],
            work=work,
            starts=self._starts(entry, number, work, shop_work),
            waited=_after_wait(shop_work, phase.wait_min) if before else None,
            permit=self._permit(entry) if span is not None and number == span[0] else None,
            after=self._predecessors(entry) if number == 0 else (),
            draws=() if under_way else tuple(self._draws(entry, number)),
            takes=tuple(self._holds(entry, number, at_start=True)),
            returns=(*self._holds(entry, number, at_start=False), *self._places_returned(entry, number, span)),
            closing=self._closing(entry, span, shop_work) if span is not None and is_first_closed else None,
            weekly=tuple(self._between.weekly_of[entry.shop.id]) if number == 0 and first >= 0 else (),
            waits_for_week=not entry.is_given,
        )

    def _first_played(self, entry: Entry, span: tuple[int, int]) -> int:
        """The first phase of the closed span that is not over today."""
        played = (number for number in range(span[0], span[1] + 1) if entry.phases[number].last >= self._axis.today)
        return next(played, -1)

    def _starts(self, entry: Entry, number: int, work: WorkDays, shop_work: WorkDays) -> Numbers:
        """On which days the phase may begin: its crews are there for the visit, its shop is clear of blackouts."""
        allowed = work.mask.copy()
        for visit in entry.visits:
            if visit.positions[0] == number and visit.crews:
                ends = run_ends(shop_work, self._stretches(entry, visit.positions))
                blocked = self._crews.blocked(visit.crews)
                if blocked is not None:
                    allowed &= keeps_clear(ends, blocked & shop_work.mask)
                for crew in visit.crews:
                    opens, closes = self._crews.window(crew)
                    numbers = np.arange(len(allowed))
                    allowed &= (numbers >= opens) & (ends[:-1] <= closes)
        span = _closed_span(entry)
        if span is not None and number == span[0] and not entry.is_given:
            ends = run_ends(shop_work, self._stretches(entry, range(span[0], span[1] + 1)))
            allowed &= keeps_clear(ends, self._blacked_out(entry))
        first = self._axis.number(entry.phases[number].first)
        if first >= 0 and not allowed[first]:
            # A given date that conflicts with these rules: it stands, and they ask nothing of it.
            allowed = work.mask.copy()
            allowed[first] = True
        return next_allowed(allowed)

    def _stretches(self, entry: Entry, positions: Sequence[int]) -> list[Stretch]:
        phases = entry.shop_format.phases
        return [Stretch(phases[position].days, phases[position].wait_min) for position in positions]

    def _blacked_out(self, entry: Entry) -> Mask:
        avoided: Mask = np.zeros(self._axis.never, dtype=np.bool_)
        for blackout in self._rollout.blackouts:
            if in_scope(blackout.scope, entry.shop):
                avoided |= self._axis.window(blackout.first, blackout.last)
        return avoided

    def _predecessors(self, entry: Entry) -> tuple[int, ...]:
        """The predecessors in the plan that finish before the remodel starts, as rule `after` asks."""
        places = (self._places[name] for name in entry.shop.after if name in self._places)
        return tuple(place for place in places if self._entries[place].finish < entry.start)

    def _draws(self, entry: Entry, number: int) -> Iterator[Draw]:
        for stock, supply in enumerate(self._rollout.supplies):
            units = supply.needs.get(entry.shop.format, 0)
            if units and entry.phases[number].name == supply.phase:
                self._drawn[stock] += units
                yield Draw(stock, self._drawn[stock])

    def _holds(self, entry: Entry, number: int, *, at_start: bool) -> Iterator[Hold]:
        """The crews of visits whose first (or last) phase that is played is this one."""
        for visit in entry.visits:
            played = [place for place in visit.positions if entry.phases[place].last >= self._axis.today]
            if played and number == played[0 if at_start else -1]:
                for crew, units in visit.crews.items():
                    yield Hold(self._crews.pool_of[crew], units)

    def _places_returned(self, entry: Entry, number: int, span: tuple[int, int] | None) -> list[Hold]:
        if span is None or number != span[1]:
            return []
        return [Hold(pool, 1) for pool in self._between.pools_of[entry.shop.id]]

    def _closing(self, entry: Entry, span: tuple[int, int], shop_work: WorkDays) -> Closing:
        closed = entry.closed
        others = [self._entries[self._places[name]] for name in self._between.neighbours_of[entry.shop.id]]
        before = [
            self._places[other.shop.id]
            for other in others
            if closed is not None and other.closed is not None and self._axis.today <= other.closed[1] < closed[0]
        ]
        return Closing(
            asks=not entry.is_given,
            holds=tuple(Hold(pool, 1) for pool in self._between.pools_of[entry.shop.id]),
            neighbours=tuple(before),
            ends=run_ends(shop_work, self._stretches(entry, range(span[0], span[1] + 1))),
        )


def _closed_span(entry: Entry) -> tuple[int, int] | None:
    """Positions of the first and the last closed phase."""
    closed = [number for number, phase in enumerate(entry.shop_format.phases) if phase.closed]
    return (closed[0], closed[-1]) if closed else None


def _after_wait(work: WorkDays, wait: int) -> Numbers:
    """For the last day of a phase (never included), the first day the next one may begin."""
    last = np.arange(len(work.mask) + 1)
    return work.work.take(work.rank[last + 1] + wait, mode="clip")
