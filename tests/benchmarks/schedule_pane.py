"""What the schedule costs: `python -m tests.benchmarks.schedule_pane [SHOPS] [MOVING]`.

CPU milliseconds to draw a screen of 160 × 48 of a chart of SHOPS remodels, at each zoom and grouping, and to scroll it
by a page. Then, of MOVING shops that were really planned, to move a carried remodel by a working day: to draw it there
and to say what that costs and which rules it breaks.
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from statistics import mean

from rich.style import Style

from planner.domain.calendar import Calendars
from planner.domain.plan import Cost, Plan, PlannedPhase, PlanStatus, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.standing import days_from
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve
from planner.store.records import PlanInfo, PlanState, StoredShop
from planner.ui.schedule.carry import carried_bar, pick_up, stepped
from planner.ui.schedule.chart import make_chart
from planner.ui.schedule.desk_room import DeskRoom
from planner.ui.schedule.details import carry_text
from planner.ui.schedule.lines import foot_line, head_line, row_line
from planner.ui.schedule.looks import make_styles
from planner.ui.schedule.painter import Sight
from planner.ui.schedule.view import View
from planner.ui.workspace import Loaded
from tests.benchmarks.rollouts import make_rollout

LABEL, WIDTH, HEIGHT, HEAD = 34, 160, 40, 2
SOLVE_SECONDS = 15.0
STEPS = 30


def main(shops: int, moving: int) -> None:
    """Prints the times."""
    rollout = make_rollout(shops, 1)
    loaded = loaded_of(rollout, spread_out(rollout))
    began = time.process_time()
    chart = make_chart(loaded)
    assert chart is not None
    view = View(chart, WIDTH - LABEL)
    print(f"{shops} shops: chart made on a thread in {milliseconds_since(began):.0f} ms")
    for step in (-1, 1, 1):
        view.zoom_by(step)
        for _ in range(4):
            view.group_by_next()
            draw_screen(view, 0)
            spent = [timed(lambda top=top: draw_screen(view, top)) for top in range(0, 400, HEIGHT)]
            what = f"zoom {view.zoom.value}, by {view.grouping.value}"
            print(f"  {what}: a page-down {mean(spent):.1f} ms, most {max(spent):.1f} ms")
    print_moving(moving)


def print_moving(shops: int) -> None:
    """Prints what moving a carried remodel costs."""
    rollout = make_rollout(shops, 1)
    loaded = loaded_of(rollout, solve(rollout, Limits(seconds=SOLVE_SECONDS, workers=1)))
    chart = make_chart(loaded)
    assert chart is not None
    room = DeskRoom(chart.rollout, chart.plan)
    view = View(chart, WIDTH - LABEL)
    began = time.process_time()
    room.ask(lambda desk: desk.remodels)
    print(f"{shops} shops: desk laid out on a thread in {milliseconds_since(began):.0f} ms")
    spent = []
    for remodel in chart.plan.remodels[:: max(1, len(chart.plan.remodels) // 10)]:
        if remodel.status is RemodelStatus.IN_PROGRESS:
            continue
        carry = pick_up(chart, StoredShop(rollout.shop_by_id[remodel.shop], 1))
        for _ in range(STEPS):
            if carry is None:
                break
            began = time.process_time()
            shop, start = carry.bar.shop.id, carry.start
            view.hold(carried_bar(chart, carry))
            answer = room.ask(lambda desk, shop=shop, start=start: desk.moved(shop, start, as_fixed=True))
            carry_text(chart, carry.told(answer))
            draw_screen(view, 0)
            spent.append(milliseconds_since(began))
            carry = stepped(chart, carry, days=1)
    print(f"  an arrow key: mean {mean(spent):.1f} ms, most {max(spent):.1f} ms ({len(spent)} steps)")


def draw_screen(view: View, top: int) -> None:
    """Draws all lines in sight with the row `top` first."""
    styles = make_styles(lambda _: Style())
    left = max(0, view.scale.column_of(view.chart.rollout.today.toordinal()) - 6)
    sight = Sight(view.scale, left, left + WIDTH - LABEL, view.chart.rollout.today.toordinal())
    for line in range(HEAD):
        head_line(view, sight, line, LABEL, styles)
    for number, row in enumerate(view.rows[top : top + HEIGHT]):
        row_line(view, sight, row, LABEL, styles, is_here=number == 0)
    for line in range(view.foot_height):
        foot_line(view, sight, line, LABEL, styles)


def spread_out(rollout: Rollout) -> Plan:
    """A plan of all shops, one after another through the horizon, that is for drawing only: it breaks rules."""
    calendars = Calendars(rollout)
    horizon = (rollout.last - rollout.today).days - 120
    remodels = []
    for number, shop in enumerate(rollout.shops):
        begin = date.fromordinal(rollout.today.toordinal() + number * horizon // len(rollout.shops))
        days = days_from(rollout.format_of(shop), calendars.of(shop), begin)
        if days is None or not shop.is_in_plan:
            continue
        phases = tuple(
            PlannedPhase(name=phase.name, first=first, last=last, crews={f"C{number % 30}": 1})
            for phase, (first, last) in zip(rollout.format_of(shop).phases, days.phases, strict=True)
        )
        remodels.append(
            Remodel(
                shop=shop.id,
                status=RemodelStatus.PLANNED,
                start=days.start,
                finish=days.finish,
                closed_from=days.closed_from,
                closed_to=days.closed_to,
                phases=phases,
                cost=Cost(),
            )
        )
    return Plan(
        rollout=rollout.name,
        scenario=None,
        today=rollout.today,
        status=PlanStatus.FEASIBLE,
        shortfall=0,
        unplanned_priority=0,
        cost=Cost(),
        total=0,
        bound=None,
        gap=None,
        solve=None,
        remodels=tuple(remodels),
    )


def loaded_of(rollout: Rollout, plan: Plan) -> Loaded:
    """A rollout and its plan as if they had been read from the store."""
    info = PlanInfo(
        number=1,
        state=PlanState.DRAFT,
        made_at=datetime.now(UTC),
        made_by="",
        note="",
        based_on=1,
        changes_since=0,
        status="",
        remodels=len(plan.remodels),
        unplanned=0,
        shortfall=0,
        total=0,
        gap=None,
    )
    return Loaded(rollout, 1, plan, info, rollout)


def timed(draw: Callable[[], object]) -> float:
    """The CPU milliseconds that something takes."""
    began = time.process_time()
    draw()
    return milliseconds_since(began)


def milliseconds_since(began: float) -> float:
    """The CPU milliseconds since a moment."""
    return 1000 * (time.process_time() - began)


if __name__ == "__main__":
    numbers = [int(text) for text in sys.argv[1:]]
    main(*(numbers + [5000, 500][len(numbers) :]))
