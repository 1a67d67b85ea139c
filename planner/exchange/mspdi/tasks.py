"""Shops and their phases as the tasks of an MSPDI project."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.domain.plan import MilestoneResult, Plan, PlannedPhase, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.exchange.mspdi.calendars import ProjectCalendars
from planner.wording.translation import gettext


@dataclass(frozen=True, slots=True)
class Link:
    """That a task follows on another one, after a wait of some working days."""

    predecessor: int
    wait_days: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A task of the project.

    `number` is its outline number, such as 12.3; the project itself has 0. A task of no `working_days` is a point
    in time, at the end of its day. `done_days` of the working days are over; None where it has not begun. `phase`
    is the phase that crews are assigned to.
    """

    uid: int
    number: str
    name: str
    first: date
    last: date
    working_days: int
    is_summary: bool = False
    must_start: bool = False
    done_days: int | None = None
    calendar: int | None = None
    deadline: date | None = None
    notes: str = ""
    links: tuple[Link, ...] = ()
    phase: PlannedPhase | None = None


def project_tasks(rollout: Rollout, plan: Plan, calendars: ProjectCalendars) -> list[Task]:
    """The milestones, the shops done, and each remodel with its phases, by start; what others follow on comes first."""
    return list(_Tasks(rollout, plan, calendars).all())


class _Tasks:
    """Makes tasks, and numbers them as it goes."""

    def __init__(self, rollout: Rollout, plan: Plan, calendars: ProjectCalendars) -> None:
        self._rollout = rollout
        self._plan = plan
        self._calendars = calendars
        self._uid = 0
        self._outline = 0
        self._last_task: dict[str, int] = {}

    def all(self) -> Iterator[Task]:
        yield self._project()
        for milestone in self._plan.milestones:
            yield self._milestone(milestone)
        for shop, finish in self._done_shops():
            yield self._done(shop, finish)
        for remodel in sorted(self._plan.remodels, key=lambda item: (item.start, item.shop)):
            yield from self._remodel(remodel)

    def _done_shops(self) -> list[tuple[Shop, date]]:
        return [
            (shop, shop.finish)
            for shop in self._rollout.shops
            if shop.status is Status.DONE and shop.finish is not None
        ]

    def _project(self) -> Task:
        """The task that stands for the project as a whole, from its first to its last day."""
        days = [day for remodel in self._plan.remodels for day in (remodel.start, remodel.finish)]
        days += [milestone.by for milestone in self._plan.milestones]
        days += [finish for _, finish in self._done_shops()]
        first, last = min(days, default=self._plan.today), max(days, default=self._plan.today)
        return Task(uid=0, number="0", name=self._rollout.name, first=first, last=last, working_days=0, is_summary=True)

    def _milestone(self, result: MilestoneResult) -> Task:
        uid, number = self._next()
        text = gettext("{milestone}: {planned} of {target}")
        name = text.format(milestone=result.name, planned=result.planned, target=result.target)
        return Task(uid=uid, number=number, name=name, first=result.by, last=result.by, working_days=0, must_start=True)

    def _done(self, shop: Shop, finish: date) -> Task:
        uid, number = self._next()
        self._last_task[shop.id] = uid
        name = _shop_name(shop)
        return Task(
            uid=uid, number=number, name=name, first=finish, last=finish, working_days=0, must_start=True, done_days=0
        )

    def _remodel(self, remodel: Remodel) -> Iterator[Task]:
        shop = self._rollout.shop_by_id[remodel.shop]
        calendar = self._calendars.of_shop(shop)
        uid, number = self._next()
        yield Task(
            uid=uid,
            number=number,
            name=_shop_name(shop),
            first=remodel.start,
            last=remodel.finish,
            working_days=self._calendars.working_days(shop, remodel.start, remodel.finish),
            is_summary=True,
            calendar=calendar,
            deadline=shop.due_by,
            notes=_notes(shop),
        )
        # A shop begun before one it comes after follows on nothing, and stands above it.
        links = tuple(Link(self._last_task[before]) for before in shop.after if before in self._last_task)
        phases = zip(self._rollout.format_of(shop).phases, remodel.phases, strict=True)
        for place, (phase, planned) in enumerate(phases):
            self._uid += 1
            yield Task(
                uid=self._uid,
                number=f"{number}.{place + 1}",
                name=planned.name,
                first=planned.first,
                last=planned.last,
                working_days=self._calendars.working_days(shop, planned.first, planned.last),
                must_start=place == 0 and remodel.status is not RemodelStatus.PLANNED,
                done_days=self._done_days(shop, planned),
                calendar=calendar,
                links=links if place == 0 else (Link(self._uid - 1, phase.wait_min),),
                phase=planned,
            )
        self._last_task[shop.id] = self._uid

    def _done_days(self, shop: Shop, phase: PlannedPhase) -> int | None:
        """The working days of a phase that are over on the morning of today; None where it has not begun."""
        yesterday = date.fromordinal(self._plan.today.toordinal() - 1)
        if phase.first > yesterday:
            return None
        return self._calendars.working_days(shop, phase.first, min(phase.last, yesterday))

    def _next(self) -> tuple[int, str]:
        self._uid += 1
        self._outline += 1
        return self._uid, str(self._outline)


def _shop_name(shop: Shop) -> str:
    return f"{shop.id} {shop.name}".strip()


def _notes(shop: Shop) -> str:
    place = " ".join(part for part in (shop.postcode, shop.city) if part)
    return ", ".join(part for part in (shop.street, place, shop.region, shop.partner, shop.format) if part)
