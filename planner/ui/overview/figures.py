"""What the overview shows of a rollout and its plan, reckoned in one go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.rollout import Rollout
from planner.exchange.milestone_figures import MilestoneFigures, Week, burn_up, milestone_figures
from planner.exchange.report.load import TradeLoad, trade_loads, weeks_of
from planner.studies.agenda import Event, Happening, make_agenda
from planner.studies.attention import Attention, attention
from planner.studies.known_part import known_part
from planner.ui.workspace import Loaded

MOST_COMING = 60
COMING = frozenset({Happening.START, Happening.REOPENING})


@dataclass(frozen=True, slots=True)
class Figures:
    """All that the overview shows. `load_weeks` are the Mondays that the loads count by."""

    rollout: Rollout
    milestones: Sequence[MilestoneFigures]
    weeks: Sequence[Week]
    matters: Sequence[Attention]
    coming: Sequence[Event]
    loads: Sequence[TradeLoad]
    load_weeks: Sequence[date]


def figures_of(loaded: Loaded) -> Figures:
    """Reckons the figures; not for the thread that answers keys."""
    rollout, whole = loaded.rollout, loaded.plan
    plan = None if whole is None else known_part(rollout, whole)
    changes = 0 if loaded.info is None else loaded.info.changes_since
    return Figures(
        rollout=rollout,
        milestones=milestone_figures(rollout, whole),
        weeks=burn_up(rollout, plan),
        matters=attention(rollout, whole, against=loaded.against, changes_since=changes),
        coming=make_agenda(rollout, plan).coming(rollout.today, COMING, MOST_COMING),
        loads=[] if plan is None else trade_loads(rollout, plan),
        load_weeks=[] if plan is None else weeks_of(plan),
    )
