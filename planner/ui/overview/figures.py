"""What the overview shows of a rollout and its plan: how far it is at once, then what takes longer to reckon."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.exchange.milestone_figures import MilestoneFigures, Week, burn_up, milestone_figures
from planner.studies.known_part import known_part
from planner.ui.workspace import Loaded

if TYPE_CHECKING:
    # Only types: what they come from loads the checker and the calendars of states.
    from planner.exchange.report.load import TradeLoad
    from planner.studies.agenda import Event
    from planner.studies.attention import Attention

MOST_COMING = 60


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the rollout is: what the first screen is for."""

    milestones: Sequence[MilestoneFigures]
    weeks: Sequence[Week]


@dataclass(frozen=True, slots=True)
class Ahead:
    """What to look at, what comes next and how busy crews are. `load_weeks` are the Mondays that loads count by."""

    matters: "Sequence[Attention]"
    coming: "Sequence[Event]"
    loads: "Sequence[TradeLoad]"
    load_weeks: Sequence[date]


def progress_of(loaded: Loaded) -> Progress:
    """Counts what is done and planned; not for the thread that answers keys."""
    rollout, plan = loaded.rollout, loaded.plan
    weeks = burn_up(rollout, None if plan is None else known_part(rollout, plan))
    return Progress(milestone_figures(rollout, plan), weeks)


def what_is_ahead(loaded: Loaded) -> Ahead:
    """Judges the plan and adds up its days; not for the thread that answers keys."""
    from planner.exchange.report.load import trade_loads, weeks_of  # noqa: PLC0415 - see above, here and below
    from planner.studies.agenda import Happening, make_agenda  # noqa: PLC0415
    from planner.studies.attention import attention  # noqa: PLC0415

    rollout, whole = loaded.rollout, loaded.plan
    plan = None if whole is None else known_part(rollout, whole)
    changes = 0 if loaded.info is None else loaded.info.changes_since
    coming = frozenset({Happening.START, Happening.REOPENING})
    return Ahead(
        matters=attention(rollout, whole, against=loaded.against, changes_since=changes),
        coming=make_agenda(rollout, plan).coming(rollout.today, coming, MOST_COMING),
        loads=[] if plan is None else trade_loads(rollout, plan),
        load_weeks=[] if plan is None else weeks_of(plan),
    )
