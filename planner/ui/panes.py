"""The five panes, in the order of their keys."""

from planner.ui.backlog.pane import BacklogPane
from planner.ui.calendar.pane import CalendarPane
from planner.ui.overview.pane import OverviewPane
from planner.ui.pane import Pane
from planner.ui.scenarios.pane import ScenariosPane
from planner.ui.schedule.pane import SchedulePane

PANES: dict[str, type[Pane]] = {
    "overview": OverviewPane,
    "backlog": BacklogPane,
    "schedule": SchedulePane,
    "scenarios": ScenariosPane,
    "calendar": CalendarPane,
}
