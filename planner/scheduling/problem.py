"""A rollout made ready for the solvers: what each shop could do, and the room that is left for it."""

from dataclasses import dataclass, field
from datetime import date

from planner.domain.calendar import Calendars
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.domain.standing import RemodelDays, standing_days
from planner.scheduling import filters
from planner.scheduling.choice import Choice
from planner.scheduling.couplings import attach_couplings
from planner.scheduling.crew_classes import CrewClass, crew_classes
from planner.scheduling.crew_options import attach_crews
from planner.scheduling.crew_reasons import never_crewed
from planner.scheduling.days import DayAxis
from planner.scheduling.impossible_words import why_impossible
from planner.scheduling.options import ShopOptions, VisitChoice, days_at
from planner.scheduling.positions import PositionMaker
from planner.scheduling.timelines import BoolArray, IntArray, Timelines
from planner.wording.translation import gettext


@dataclass(frozen=True, slots=True)
class Deadline:
    """A milestone as the solvers see it: `need` of the shops to be planned are to finish by day `day`."""

    name: str
    day: int
    need: int


@dataclass(slots=True)
class Problem:
    """All that planning needs.

    `options` holds the shops that a plan can move or crew; `capacity` is what each slot has left for them, shape
    (slots,). `impossible` maps a shop that can have no date to the rule it fails and why;
    `settled` are given remodels whose crews are settled too, which need no more planning;
    `hopeless` are visits that frozen shops cannot have, whatever their waits.
    """

    rollout: Rollout
    calendars: Calendars
    axis: DayAxis
    classes: list[CrewClass]
    options: list[ShopOptions]
    timelines: Timelines
    capacity: IntArray
    binding: BoolArray
    standing: dict[str, RemodelDays]
    impossible: dict[str, tuple[str, str]] = field(default_factory=dict)
    deadlines: list[Deadline] = field(default_factory=list)
    settled: list[tuple[ShopOptions, Choice]] = field(default_factory=list)
    hopeless: list[tuple[ShopOptions, VisitChoice]] = field(default_factory=list)

    @property
    def impossible_frozen(self) -> dict[str, str]:
        """Shops that must keep a near published start and cannot, and why."""
        shops = self.rollout.shop_by_id
        return {
            name: why
            for name, (_, why) in self.impossible.items()
            if filters.frozen_start(self.rollout, shops[name]) is not None
        }

    def given_days(self) -> dict[str, RemodelDays]:
        """The days of all remodels whose dates are given, by shop."""
        return {
            options.shop.id: days_at(self.axis, options, (0,) * len(options.blocks))
            for options in self.standing_options()
        }

    def settle(self, choices: dict[str, Choice]) -> None:
        """Move the shops of `choices` (by id) from the options to the settled ones."""
        self.settled += [(item, choices[item.shop.id]) for item in self.options if item.shop.id in choices]
        self.options = [item for item in self.options if item.shop.id not in choices]
        self.deadlines = [
            Deadline(item.name, item.day, item.need - self._settled_by(item.day)) for item in self.deadlines
        ]

    def _settled_by(self, day: int) -> int:
        return sum(bool(options.finish[choice.positions[-1]] <= day) for options, choice in self.settled)

    def standing_options(self) -> list[ShopOptions]:
        """The options of shops whose dates are given: fixed, in progress, and frozen ones with one position left."""
        return [options for options in self.options if is_given(options)]


def is_given(options: ShopOptions) -> bool:
    """Whether a shop's days are settled before planning begins."""
    return options.mandatory and all(block.size == 1 for block in options.blocks)


def build_problem(rollout: Rollout, settled_waits: frozenset[str] = frozenset()) -> Problem:
    """All options of all shops, with the rules between them; what given remodels use is not yet taken out.

    The frozen shops of `settled_waits` get the waits that finish first, of those they can have crews for, so that
    their dates are given, too.
    """
    calendars = Calendars(rollout)
    standing = _standing(rollout, calendars)
    axis = DayAxis(rollout, calendars, max([days.finish for days in standing.values()], default=rollout.last))
    impossible: dict[str, tuple[str, str]] = {}
    maker = PositionMaker(rollout, axis)
    shops = []
    for shop in rollout.shops:
        if shop.is_standing:
            shops.append(maker.standing(shop, standing[shop.id]))
        elif shop.status is Status.BACKLOG:
            shops.append(_backlog_options(maker.free(shop), rollout, axis, standing, impossible))
    _keep_before_given(shops, impossible)
    for options in shops:
        if not options.is_impossible():
            maker.price(options)
    return _couple(rollout, calendars, axis, shops, standing, impossible, settled_waits)


def _couple(
    rollout: Rollout,
    calendars: Calendars,
    axis: DayAxis,
    shops: list[ShopOptions],
    standing: dict[str, RemodelDays],
    impossible: dict[str, tuple[str, str]],
    settled_waits: frozenset[str],
) -> Problem:
    timelines = Timelines()
    classes = crew_classes(rollout)
    open_shops = [options for options in shops if not options.is_impossible()]
    hopeless = attach_crews(rollout, axis, open_shops, classes, timelines)
    for options in open_shops:
        if options.shop.id in settled_waits and not options.is_impossible():
            filters.keep_one(options)
            options.compact()
    for options in shops:
        if options.is_impossible() and options.shop.id not in impossible:
            impossible[options.shop.id] = ("crew", never_crewed(rollout, options.shop, options.shop_format.visits))
    _cascade_after(rollout, impossible)
    possible = [options for options in shops if options.shop.id not in impossible]
    attach_couplings(rollout, axis, possible, timelines)
    return Problem(
        rollout=rollout,
        calendars=calendars,
        axis=axis,
        classes=classes,
        options=possible,
        timelines=timelines,
        capacity=timelines.capacity(),
        binding=timelines.binding(),
        standing=standing,
        impossible=impossible,
        deadlines=[
            Deadline(item.name, axis.number(item.by), item.target - _done_by(rollout, item.by))
            for item in rollout.milestones
        ],
        hopeless=hopeless,
    )


def _done_by(rollout: Rollout, by: date) -> int:
    return sum(shop.status is Status.DONE and shop.finish is not None and shop.finish <= by for shop in rollout.shops)


def _standing(rollout: Rollout, calendars: Calendars) -> dict[str, RemodelDays]:
    result = {}
    for shop in rollout.shops:
        if shop.is_standing:
            days = standing_days(rollout, calendars, shop)
            if days is None:
                raise ValueError(f"shop {shop.id} has no working days left for its remodel")
            result[shop.id] = days
    return result


def _backlog_options(
    options: ShopOptions,
    rollout: Rollout,
    axis: DayAxis,
    standing: dict[str, RemodelDays],
    impossible: dict[str, tuple[str, str]],
) -> ShopOptions:
    """The options of a backlog shop that its own rules leave; the rule that takes the last one is noted."""
    shop = options.shop
    start = filters.frozen_start(rollout, shop)
    options.mandatory = start is not None

    def note(rule: str) -> None:
        if options.is_impossible() and shop.id not in impossible:
            impossible[shop.id] = (rule, why_impossible(rollout, axis, shop, rule, start))

    note("horizon")
    if start is not None:
        filters.keep_frozen_start(options, start)
        note("freeze")
    filters.keep_ready(axis, options)
    note("ready_from")
    before = [block.open for block in options.blocks]
    if not options.mandatory:
        filters.keep_after_given_dates(axis, options, rollout.shop_by_id, standing)
        note("after")
    filters.keep_open_in_blackouts(rollout, axis, options)
    if not options.mandatory:
        note("blackout")
    elif options.is_impossible() and shop.id not in impossible:
        options.reopen(before)
        if not filters.inevitable_blackouts(rollout, axis, options):
            filters.keep_one(options)
    if options.mandatory:
        options.compact()
    return options


def _keep_before_given(shops: list[ShopOptions], impossible: dict[str, tuple[str, str]]) -> None:
    """A backlog shop that one with a given start comes after finishes before that one starts, or has no date."""
    by_id = {options.shop.id: options for options in shops}
    for options in shops:
        if not options.mandatory or options.is_impossible() or options.start[0] < 0:
            continue
        for name in options.shop.after:
            before = by_id.get(name)
            if before is not None and not before.shop.is_standing and not before.is_impossible():
                opened = [block.open for block in before.blocks]
                filters.keep_before_given_start(before, int(options.start[0]))
                if before.is_impossible() and before.mandatory:
                    before.reopen(opened)
                    filters.keep_one(before)
                    before.compact()
                elif before.is_impossible():
                    text = gettext("{shop}, whose start is given, comes after it and begins before it could finish")
                    impossible[name] = ("after", text.format(shop=options.shop.id))


def _cascade_after(rollout: Rollout, impossible: dict[str, tuple[str, str]]) -> None:
    """After a shop that has no date, there is none."""
    changed = True
    while changed:
        changed = False
        for shop in rollout.shops:
            if shop.status is Status.BACKLOG and shop.id not in impossible:
                for name in shop.after:
                    if name in impossible and filters.frozen_start(rollout, shop) is None:
                        text = gettext("it comes after {shop}, which has no date")
                        impossible[shop.id] = ("after", text.format(shop=name))
                        changed = True
