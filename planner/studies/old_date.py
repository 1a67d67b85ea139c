"""A shop of a plan put back on another date, all others standing: what that breaks, or what it costs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.calendar import Calendars
from planner.domain.costs import remodel_cost
from planner.domain.crew import Crew
from planner.domain.geography import distance_km
from planner.domain.plan import Cost, Plan, PlannedPhase, Remodel
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.domain.standing import remodel_days
from planner.review.breaches import check_rules
from planner.review.crews import CREW_RULES, Held, away_units, crew_days, eligible_crews
from planner.review.dates import check_dates, misshapen
from planner.review.days import Days, each_day
from planner.review.entries import Context, Entry, Visit, closed_period, entry_of
from planner.review.findings import Breach, Violation, listed, merged, of_shop, violation_of
from planner.review.given import is_frozen
from planner.review.partners import partner_breaches
from planner.review.supply import supply_breaches
from planner.review.visits import check_visits
from planner.wording.amounts import plain_day_text
from planner.wording.translation import gettext

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Trial:
    """What became of a date: the rules it breaks, and where it breaks none, what it costs.

    `is_broken_alone` says that given remodels (fixed, in progress, frozen) are enough to break them.
    """

    violations: tuple[Violation, ...]
    is_broken_alone: bool
    finish: date
    cost: Cost


class OldDates:
    """A plan that passes the check, and what would become of it with one shop on another date."""

    def __init__(self, rollout: Rollout, plan: Plan) -> None:
        self.rollout = rollout
        self._plan = plan
        dated = {remodel.shop for remodel in plan.remodels}
        backlog = {shop.id for shop in rollout.shops if shop.status is Status.BACKLOG}
        self._context = Context(rollout, Days(rollout), frozenset(backlog - dated))
        self._calendars = Calendars(rollout)
        self._entries = {remodel.shop: self._entry(remodel) for remodel in plan.remodels}

    def is_frozen(self, shop: Shop) -> bool:
        """Whether the shop's published start is too near to be moved."""
        return is_frozen(self._context, shop)

    def put_back(self, shop: Shop, old: Remodel, *, any_crews: bool) -> Trial:
        """The backlog shop on the days of `old`, with its crews or, where they cannot come, any that are free.

        Only with its own crews where `any_crews` is false.
        """
        problem = misshapen(self.rollout, self.rollout.format_of(shop), old)
        if problem is not None:
            return Trial((of_shop("phase", shop, problem),), True, old.finish, Cost())
        remodel = self._on_days_of(old)
        alone = list(check_dates(self._context, shop, remodel))
        if alone:
            return Trial(tuple(alone), True, old.finish, Cost())
        entry = entry_of(self.rollout, shop, remodel.phases, is_given=False)
        others = [other for name, other in self._entries.items() if name != shop.id]
        crewed = self._crewed(entry, others) if any_crews else entry
        found = self._violations(crewed or entry, others)
        if crewed is None:
            found = [self._no_crews(entry, others), *(item for item in found if item.rule != "visit")]
        if found:
            given = [other for other in others if other.is_given]
            crewed_alone = self._crewed(entry, given) if any_crews else entry
            alone = [self._no_crews(entry, given)] if crewed_alone is None else self._violations(crewed_alone, given)
            return Trial(tuple(alone or found), bool(alone), old.finish, Cost())
        return Trial((), False, old.finish, self._cost(crewed or entry))

    def milestones_missed(self, present: Remodel, finish: date) -> tuple[str, ...]:
        """The milestones that would be missed by more with `finish` in place of the finish of `present`."""
        return tuple(
            item.name
            for item in self._plan.milestones
            if present.finish <= item.by < finish and item.planned <= item.target
        )

    def later_end(self, present: Remodel, finish: date) -> int:
        """By how many days the last remodel would end later with `finish` in place of the finish of `present`."""
        others = [item.finish for item in self._plan.remodels if item.shop != present.shop]
        return (max([finish, *others]) - max([present.finish, *others])).days

    def _entry(self, remodel: Remodel) -> Entry:
        shop = self.rollout.shop_by_id[remodel.shop]
        frozen = is_frozen(self._context, shop) and remodel.start == shop.published_start
        return entry_of(self.rollout, shop, remodel.phases, is_given=shop.is_standing or frozen)

    def _on_days_of(self, old: Remodel) -> Remodel:
        """The remodel without crews that the rollout does not have any more, closed as its format says now."""
        known = self.rollout.crew_by_id
        phases = tuple(
            replace(phase, crews={crew: units for crew, units in phase.crews.items() if crew in known})
            for phase in old.phases
        )
        closed = closed_period(self.rollout.format_of(self.rollout.shop_by_id[old.shop]), phases) or (None, None)
        return replace(old, phases=phases, closed_from=closed[0], closed_to=closed[1])

    def _violations(self, entry: Entry, others: list[Entry]) -> list[Violation]:
        """The rules that a remodel breaks among `others`, its own crews' included."""
        near = [other for other in others if _is_near(entry, other)]
        found = [*check_visits(self._context, entry), *check_rules(self._context, [*near, entry])]
        # Stock and partners' losses add up over the whole plan.
        everyone = [*others, entry]
        sums: Iterable[Breach] = (*supply_breaches(self._context, everyone), *partner_breaches(self._context, everyone))
        found += [violation_of(item) for item in merged(item for item in sums if entry.shop.id in item.shops)]
        return list({(item.rule, item.first, item.last): item for item in found}.values())

    def _crewed(self, entry: Entry, others: list[Entry]) -> Entry | None:
        """The remodel with its own crews where `others` leave them, else with any that are free; None: too few are."""
        near = [other for other in others if _is_near(entry, other)]
        if not [*check_visits(self._context, entry), *_of_crews(check_rules(self._context, [*near, entry]))]:
            return entry
        held = crew_days(self._context, near)
        sent: dict[int, dict[str, int]] = {}
        for number, visit in enumerate(entry.visits):
            sent[number] = self._free_crews(entry, visit, held)
            if sum(sent[number].values()) < visit.units:
                return None
        phases = []
        for position, phase in enumerate(entry.phases):
            crews: dict[str, int] = {}
            for number, visit in enumerate(entry.visits):
                if position in visit.positions:
                    crews.update(sent[number])
            phases.append(replace(phase, crews=crews))
        return entry_of(self.rollout, entry.shop, tuple(phases), is_given=False)

    def _free_crews(self, entry: Entry, visit: Visit, held: Mapping[str, Held]) -> dict[str, int]:
        """The nearest crews that are free for a visit, as many units as it needs or all there are."""
        sent: dict[str, int] = {}
        crews = eligible_crews(self._context, entry, visit)
        for crew in sorted(crews, key=lambda item: (distance_km(item, entry.shop) or 0.0, item.id)):
            wanted = visit.units - sum(sent.values())
            units = min(wanted, self._free_units(entry, visit, crew, held.get(crew.id, {})))
            if units > 0:
                sent[crew.id] = units
        return sent

    def _free_units(self, entry: Entry, visit: Visit, crew: Crew, held: Mapping[date, list[tuple[Entry, int]]]) -> int:
        """The units of a crew that are free on all days of a visit."""
        absences = [item for item in self.rollout.absences if item.crew == crew.id]
        free = crew.units
        for day in each_day(max(visit.first, self.rollout.today), visit.last):
            holders = held.get(day, [])
            free = min(free, crew.units - sum(units for _, units in holders))
            if self._context.days.of(entry.shop).is_working(day):
                working = sum(units for who, units in holders if self._context.days.of(who.shop).is_working(day))
                free = min(free, crew.units - away_units(crew, absences, day) - working)
        return max(0, free)

    def _no_crews(self, entry: Entry, others: list[Entry]) -> Violation:
        """That a remodel finds too few crews among those `others` leave: the first visit that does."""
        held = crew_days(self._context, [other for other in others if _is_near(entry, other)])
        visit, free = next(
            (visit, free)
            for visit in entry.visits
            if (free := sum(self._free_crews(entry, visit, held).values())) < visit.units
        )
        text = (
            gettext("needs {units} {trade}, and from {first} to {last} no more than {free} can come{where}")
            if free
            else gettext("needs {units} {trade}, and from {first} to {last} none can come{where}")
        ).format(
            units=visit.units,
            trade=visit.trade,
            first=plain_day_text(visit.first),
            last=plain_day_text(visit.last),
            free=free,
            where=self._whereabouts(entry, visit, held),
        )
        return of_shop("crew", entry.shop, text, visit.first, visit.last)

    def _whereabouts(self, entry: Entry, visit: Visit, held: Mapping[str, Held]) -> str:
        """Where the crews are that could make a visit: at which shops, or absent."""
        crews = {crew.id for crew in eligible_crews(self._context, entry, visit)}
        days = set(each_day(visit.first, visit.last))
        at = {
            who.shop.id
            for crew in crews
            for day, holders in held.get(crew, {}).items()
            if day in days
            for who, _ in holders
        }
        away = {
            item.crew
            for item in self.rollout.absences
            if item.crew in crews and item.first <= visit.last and visit.first <= item.last
        }
        told = ((gettext("at work in {shops}"), at), (gettext("absent: {crews}"), away))
        where = [text.format(shops=listed(sorted(names)), crews=listed(sorted(names))) for text, names in told if names]
        return f" ({'; '.join(where)})" if where else ""

    def _cost(self, entry: Entry) -> Cost:
        days = remodel_days(entry.shop_format, tuple((phase.first, phase.last) for phase in entry.phases))
        crews = tuple(
            _sent_for(self.rollout, need.trade, entry.phases[need.first]) for need in entry.shop_format.visits
        )
        return remodel_cost(self.rollout, self._calendars, entry.shop, days, crews)


def _sent_for(rollout: Rollout, trade: str, phase: PlannedPhase) -> dict[str, int]:
    return {crew: units for crew, units in phase.crews.items() if rollout.crew_by_id[crew].trade == trade}


def _of_crews(violations: Iterable[Violation]) -> Iterator[Violation]:
    return (item for item in violations if item.rule in CREW_RULES)


def _is_near(entry: Entry, other: Entry) -> bool:
    """Whether two remodels can be in each other's way: within a week of one another, or one comes after the other."""
    if other.shop.id in entry.shop.after or entry.shop.id in other.shop.after:
        return True
    return other.start - WEEK <= entry.finish and entry.start <= other.finish + WEEK
