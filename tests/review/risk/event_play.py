"""Reality plays a plan, event by event: one sample, day after day, crews and shops asked one by one.

Written apart from the planner's own walk along the jobs, to hold it against: units are handed out as they come free,
every day is tried in turn, and working days are looked up in the `holidays` package.
"""

from dataclasses import dataclass, field
from datetime import date

from planner.domain.plan import Plan, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from tests.review.risk.event_facts import DAY, Facts

NEVER = date.max


@dataclass
class Sample:
    """What chance decided: real working days of each (shop, phase number), late permits, late deliveries."""

    days: dict[tuple[str, int], int]
    late_permits: set[str] = field(default_factory=set)
    late_deliveries: set[tuple[int, date]] = field(default_factory=set)
    slip: int = 0
    delay: int = 0


@dataclass(eq=False)
class Unit:
    """A unit of a crew; it serves those whose place in the plan's order is after `after`."""

    crew: str
    free_from: date
    after: int = -1


@dataclass(eq=False)
class Claim:
    """A unit that a job (or an absence until the day before `back`) needs, in the plan's order."""

    place: int
    owner: tuple[str, int] | None
    back: date | None = None


class EventPlay(Facts):
    def __init__(self, rollout: Rollout, plan: Plan, sample: Sample) -> None:
        super().__init__(rollout, plan)
        self.sample = sample
        self.jobs = sorted(
            (phase.first, shop_place, number)
            for shop_place, remodel in enumerate(plan.remodels)
            for number, phase in enumerate(remodel.phases)
            if phase.last >= self.today
        )
        self.began: dict[tuple[str, int], date] = {}
        self.ended: dict[tuple[str, int], date] = {}
        for remodel in plan.remodels:
            for number, phase in enumerate(remodel.phases):
                if phase.last < self.today:
                    self.began[remodel.shop, number], self.ended[remodel.shop, number] = phase.first, phase.last
        self.units = {crew.id: [Unit(crew.id, self.today) for _ in range(crew.units)] for crew in rollout.crews}
        self.places: dict[object, list[Unit]] = {}
        self.held: dict[tuple[str, int], list[Unit]] = {}
        self.claims: dict[object, list[Claim]] = {}
        self._queue_up()

    # Who waits for what, in the plan's order.

    def _queue_up(self) -> None:
        steps: list[tuple[date, int, int, object]] = []
        for absence in self.rollout.absences:
            step = self._absence(absence)
            if step is not None:
                steps.append((step[0], 0, len(steps), step))
        for place, job in enumerate(self.jobs):
            steps.append((job[0], 1, place, job))
        self.place_of: dict[tuple[str, int], int] = {}
        for place, (_, kind, _, step) in enumerate(sorted(steps, key=lambda item: item[:3])):
            if kind == 0:
                _, crew, units, back = step  # type: ignore[misc]
                self.claims.setdefault(crew, []).extend([Claim(place, None, back)] * units)
                continue
            _, shop_place, number = step  # type: ignore[misc]
            self.place_of[self.plan.remodels[shop_place].shop, number] = place
        for _, shop_place, number in self.jobs:
            key = (self.plan.remodels[shop_place].shop, number)
            for crew, units in self._taken(*key).items():
                self._claim(crew, key, units)
            for limit in self._limits(key[0]) if self._closes(*key) else ():
                self.places.setdefault(limit[:2], [Unit("", self.today) for _ in range(limit[2])])
                self._claim(limit[:2], key, 1)
        for queue in self.claims.values():
            queue.sort(key=lambda claim: claim.place)

    def _claim(self, what: object, key: tuple[str, int], units: int) -> None:
        self.claims.setdefault(what, []).extend(Claim(self.place_of[key], key) for _ in range(units))

    def _absence(self, absence) -> tuple | None:
        crew = self.rollout.crew_by_id[absence.crew]
        first = max(self.today, absence.first)
        if absence.last < first:
            return None
        room = crew.units - max(
            self._held_in_plan(crew.id, first + DAY * n) for n in range((absence.last - first).days + 1)
        )
        units = min(crew.units if absence.units is None else absence.units, room)
        return (first, crew.id, units, absence.last + DAY) if units > 0 else None

    def _held_in_plan(self, crew: str, day: date) -> int:
        held = 0
        for remodel in self.plan.remodels:
            for visit in self._format(remodel.shop).visits:
                if remodel.phases[visit.first].first <= day <= remodel.phases[visit.last].last:
                    sent = remodel.phases[visit.first].crews.get(crew, 0)
                    held += sent if self.rollout.crew_by_id[crew].trade == visit.trade else 0
        return held

    def _taken(self, shop: str, number: int) -> dict[str, int]:
        return self._of_visits(shop, number, lambda visit, played: played[0])

    def _returned(self, shop: str, number: int) -> dict[str, int]:
        return self._of_visits(shop, number, lambda visit, played: played[-1])

    def _of_visits(self, shop, number, which) -> dict[str, int]:
        found: dict[str, int] = {}
        phases = self.remodels[shop].phases
        for visit in self._format(shop).visits:
            played = [n for n in range(visit.first, visit.last + 1) if phases[n].last >= self.today]
            if played and which(visit, played) == number:
                found.update(self._sent(shop, visit))
        return found

    def _sent(self, shop: str, visit) -> dict[str, int]:
        crews = self.remodels[shop].phases[visit.first].crews
        return {crew: n for crew, n in crews.items() if self.rollout.crew_by_id[crew].trade == visit.trade}

    # The days.

    def play(self, longest: int) -> None:
        for offset in range(longest):
            day = self.today + DAY * offset
            while self._hand_out(day) or self._start_one(day):
                pass
            if len(self.began) == sum(len(remodel.phases) for remodel in self.plan.remodels):
                return

    def _hand_out(self, day: date) -> bool:
        """Gives one free unit to the first claim that may have it."""
        for what, queue in self.claims.items():
            pool = self.units[what] if isinstance(what, str) else self.places[what]
            for claim in queue:
                free = [unit for unit in pool if unit.free_from <= day and unit.after < claim.place]
                if free:
                    unit = free[0]
                    queue.remove(claim)
                    unit.after = claim.place
                    if claim.owner is None:
                        unit.free_from = max(unit.free_from, claim.back or day)
                    else:
                        unit.free_from = NEVER
                        self.held.setdefault(claim.owner, []).append(unit)
                    return True
                if all(unit.after < claim.place for unit in pool):
                    break
        return False

    def _start_one(self, day: date) -> bool:
        for _, shop_place, number in self.jobs:
            remodel = self.plan.remodels[shop_place]
            key = (remodel.shop, number)
            if key not in self.began and self._may_start(remodel, number, day):
                self._start(remodel, number, day)
                return True
        return False

    def _under_way(self, remodel: Remodel, number: int) -> bool:
        first = remodel.phases[number].first
        begun = remodel.status is RemodelStatus.IN_PROGRESS and number == 0 and first == self.today
        return first < self.today or begun

    def _may_start(self, remodel: Remodel, number: int, day: date) -> bool:
        if self._under_way(remodel, number):
            return True
        shop, key = self._shop(remodel.shop), (remodel.shop, number)
        given, phase = self._is_given(remodel), self._format(remodel.shop).phases[number]
        if day < remodel.phases[number].first or not self._works(shop.id, day):
            return False
        if self._lacks_crew(dict(remodel.phases[number].crews), day):
            return False
        if number:
            before = self.ended.get((shop.id, number - 1))
            if before is None or before >= day:
                return False
            between = sum(self._works(shop.id, before + DAY * n) for n in range(1, (day - before).days))
            if remodel.phases[number - 1].last >= self.today and between < phase.wait_min:
                return False
        if any(claim.owner == key for queue in self._asked(key, given) for claim in queue):
            return False
        return (
            self._crews_stay(remodel, number, day)
            and self._is_permitted(remodel, number, day)
            and self._predecessors_done(remodel, number, day)
            and self._is_supplied(remodel, number, day)
            and (given or not self._closes(*key) or self._may_close(remodel, number, day))
        )

    def _asked(self, key: tuple[str, int], given: bool):
        return [queue for what, queue in self.claims.items() if isinstance(what, str) or not given]

    def _crews_stay(self, remodel: Remodel, number: int, day: date) -> bool:
        for visit in self._format(remodel.shop).visits:
            if visit.first != number:
                continue
            sent = self._sent(remodel.shop, visit)
            last = self._run(remodel.shop, range(visit.first, visit.last + 1), day)[-1]
            for offset in range((last - day).days + 1):
                if self._works(remodel.shop, day + DAY * offset) and self._lacks_crew(sent, day + DAY * offset):
                    return False
            for name in sent:
                crew = self.rollout.crew_by_id[name]
                if (crew.first and day < crew.first) or (crew.last and last > crew.last):
                    return False
        return True

    def _is_permitted(self, remodel: Remodel, number: int, day: date) -> bool:
        shop, span = self._shop(remodel.shop), self._closed_span(remodel.shop)
        if span is None or number != span[0] or shop.ready_from is None or shop.ready_from <= self.today:
            return True
        slip = DAY * self.sample.slip if shop.id in self.sample.late_permits else DAY * 0
        return day >= min(shop.ready_from, remodel.phases[number].first) + slip

    def _predecessors_done(self, remodel: Remodel, number: int, day: date) -> bool:
        for name in self._shop(remodel.shop).after if number == 0 else ():
            other = self.remodels.get(name)
            if other is None or other.finish >= remodel.start:
                continue
            ended = self.ended.get((name, len(other.phases) - 1))
            if ended is None or ended >= day:
                return False
        return True

    def _is_supplied(self, remodel: Remodel, number: int, day: date) -> bool:
        for place, supply in enumerate(self.rollout.supplies):
            if remodel.phases[number].name != supply.phase or not supply.needs.get(self._shop(remodel.shop).format):
                continue
            needed = 0
            for _, other_place, other in self.jobs:
                item = self.plan.remodels[other_place]
                if item.phases[other].name == supply.phase and not self._under_way(item, other):
                    needed += supply.needs.get(self._shop(item.shop).format, 0)
                if (item.shop, other) == (remodel.shop, number):
                    break
            if self._come(place, day) < needed:
                return False
        return True

    def _come(self, place: int, day: date) -> int:
        supply = self.rollout.supplies[place]
        come = supply.initial
        for delivery in supply.deliveries:
            due = delivery.first
            while due <= day and due <= (delivery.last or due):
                late = DAY * self.sample.delay if (place, due) in self.sample.late_deliveries else DAY * 0
                come += delivery.quantity if due >= self.today and due + late <= day else 0
                if delivery.every_days is None:
                    break
                due += DAY * delivery.every_days
        return come

    def _may_close(self, remodel: Remodel, number: int, day: date) -> bool:
        span = self._closed_span(remodel.shop)
        last = self._run(remodel.shop, range(span[0], span[1] + 1), day)[-1]
        for blackout in self.rollout.blackouts:
            if blackout.scope.matches(self._shop(remodel.shop)) and blackout.first <= last and blackout.last >= day:
                return False
        for other in self.plan.remodels:
            if other.closed_to is None or other.shop == remodel.shop or not self._near(remodel.shop, other.shop):
                continue
            if self.today <= other.closed_to < remodel.closed_from:
                ended = self.ended.get((other.shop, self._closed_span(other.shop)[1]))
                if ended is None or ended >= day:
                    return False
        return True

    def _start(self, remodel: Remodel, number: int, day: date) -> None:
        key, planned = (remodel.shop, number), remodel.phases[number]
        under_way = self._under_way(remodel, number)
        self.began[key] = planned.first if under_way else day
        crews = dict(planned.crews)
        at = day = max(self.began[key], self.today)

        def is_worked(when: date) -> bool:
            return self._works(remodel.shop, when) and not self._lacks_crew(crews, when)

        asked = sum(
            is_worked(max(planned.first, self.today) + DAY * n)
            for n in range(400)
            if max(planned.first, self.today) + DAY * n <= planned.last
        )
        left = self.sample.days[key]
        if self.began[key] == planned.first and left == max(1, asked):
            at = planned.last
        else:
            while True:
                left -= is_worked(at)
                if not left:
                    break
                at += DAY
        self.ended[key] = at
        self._release(remodel, number, at)

    def _release(self, remodel: Remodel, number: int, last: date) -> None:
        key = (remodel.shop, number)
        wanted: list[object] = [crew for crew, units in self._returned(*key).items() for _ in range(units)]
        span = self._closed_span(remodel.shop)
        if span is not None and number == span[1]:
            wanted += [limit[:2] for limit in self._limits(remodel.shop)]
        for what in wanted:
            pool = self.units[what] if isinstance(what, str) else self.places[what]
            for owner, units in self.held.items():
                unit = next((unit for unit in units if unit in pool), None) if owner[0] == remodel.shop else None
                if unit is not None:
                    units.remove(unit)
                    unit.free_from, unit.after = last + DAY, self.place_of[key]
                    break
            else:
                # A given remodel does not wait for its place, but takes one from those who come after it.
                claim = next(claim for claim in self.claims[what] if claim.owner and claim.owner[0] == remodel.shop)
                claim.owner, claim.back = None, last + DAY

    def result(self) -> dict[str, tuple[date, date]]:
        return {
            shop: (
                self.began.get((shop, 0), NEVER),
                self.ended.get((shop, len(remodel.phases) - 1), NEVER),
            )
            for shop, remodel in self.remodels.items()
        }
