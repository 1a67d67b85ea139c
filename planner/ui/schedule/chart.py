"""All that the schedule shows of a rollout and its plan, worked out once for each time it is read."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.calendar import Calendars
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.standing_plan import as_it_stands
from planner.exchange.phase_marks import PhaseMark, phase_marks
from planner.ui.schedule.bars import Bar, Standing, make_bars
from planner.ui.workspace import Loaded

MARGIN_DAYS = 14


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A rollout with its plan as it stands: a bar a shop.

    `first` to `last` are the days that are shown, as ordinals; `first_done` is the first one where the shops done
    before are shown too. `number` is the plan's.
    """

    rollout: Rollout
    calendars: Calendars
    plan: Plan
    number: int
    bars: dict[str, Bar]
    marks: dict[str, PhaseMark]
    first: int
    first_done: int
    last: int

    def shown(self, *, with_done: bool) -> Sequence[Bar]:
        """The bars that are shown."""
        return [bar for bar in self.bars.values() if with_done or bar.standing is not Standing.DONE]


def make_chart(loaded: Loaded) -> Chart | None:
    """The chart of what was read; None without a plan. Takes a moment where there are many shops."""
    if loaded.plan is None or loaded.info is None:
        return None
    rollout = loaded.rollout
    calendars = Calendars(rollout)
    standing = as_it_stands(rollout, calendars, loaded.plan)
    marks = phase_marks(rollout)
    bars = make_bars(rollout, standing, marks)
    begun = [bar.days[0] for bar in bars.values() if bar.days and bar.standing is not Standing.DONE]
    done = [bar.days[0] for bar in bars.values() if bar.days and bar.standing is Standing.DONE]
    ends = [bar.days[1] for bar in bars.values() if bar.days]
    today = rollout.today.toordinal()
    return Chart(
        rollout=rollout,
        calendars=calendars,
        plan=standing.plan,
        number=loaded.info.number,
        bars=bars,
        marks=marks,
        first=min([today, *begun]) - MARGIN_DAYS,
        first_done=min([today, *begun, *done]) - MARGIN_DAYS,
        last=max([rollout.last.toordinal(), *ends]) + MARGIN_DAYS,
    )
