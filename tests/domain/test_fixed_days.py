"""The days that fixing leads to, and steps from working day to working day."""

from datetime import date

from planner.domain.calendar import Calendars
from planner.domain.fixed_days import fixed_as_now, next_start, working_day_near
from planner.domain.plan import Cost, PlannedPhase, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.domain.shop_format import Phase, ShopFormat
from planner.domain.standing import days_from

FORMAT = ShopFormat(
    name="M",
    phases=(
        Phase(name="Survey", days=1, closed=False),
        Phase(name="Build", days=4, wait_min=2, wait_max=20),
        Phase(name="IT", days=1),
    ),
)
SHOP = Shop(id="A", format="M", state="BY")
ROLLOUT = Rollout(
    name="One shop", today=date(2021, 10, 1), last=date(2021, 12, 31), formats=(FORMAT,), shops=(SHOP,), crews=()
)
CALENDAR = Calendars(ROLLOUT).of(SHOP)


def remodel(start: date, waits: tuple[int, ...]) -> Remodel:
    days = days_from(FORMAT, CALENDAR, start, waits)
    assert days is not None
    return Remodel(
        shop="A",
        status=RemodelStatus.PLANNED,
        start=days.start,
        finish=days.finish,
        closed_from=days.closed_from,
        closed_to=days.closed_to,
        phases=tuple(
            PlannedPhase(name=phase.name, first=first, last=last)
            for phase, (first, last) in zip(FORMAT.phases, days.phases, strict=True)
        ),
        cost=Cost(),
    )


def test_steps_pass_over_weekends_and_the_holidays_of_the_state() -> None:
    friday, all_saints, tuesday = date(2021, 10, 29), date(2021, 11, 1), date(2021, 11, 2)
    assert next_start(CALENDAR, friday, 1) == tuesday
    assert next_start(CALENDAR, tuesday, -1) == friday
    assert next_start(CALENDAR, all_saints, 1) == tuesday
    assert next_start(CALENDAR, all_saints, -1) == friday
    assert next_start(CALENDAR, friday, 0) == friday
    assert next_start(CALENDAR, friday, 10**6) is None
    assert working_day_near(CALENDAR, date(2021, 10, 30)) == tuesday


def test_with_least_waits_a_remodel_can_be_fixed_as_it_is() -> None:
    now = remodel(date(2021, 10, 5), (0, 2, 0))
    (days,) = fixed_as_now(FORMAT, CALENDAR, now)
    assert days.phases == tuple((phase.first, phase.last) for phase in now.phases)


def test_with_longer_waits_either_the_closure_stays_or_the_start() -> None:
    now = remodel(date(2021, 10, 5), (0, 9, 0))
    closure, start = fixed_as_now(FORMAT, CALENDAR, now)
    assert (closure.closed_from, closure.closed_to) == (now.closed_from, now.closed_to)
    assert closure.start == date(2021, 10, 14)
    assert start.start == now.start
    assert start.closed_from is not None
    assert now.closed_from is not None
    assert start.closed_from < now.closed_from
