"""The five panes, in the order of their keys. Each is loaded when it is first shown, or when there is time."""

from collections.abc import Callable
from dataclasses import dataclass

from planner.ui.pane import Pane
from planner.wording.translation import later


@dataclass(frozen=True, slots=True)
class PaneEntry:
    """What is known of a pane before it is loaded: its name, marked by `later`, and what loads it."""

    title: str
    load: Callable[[], type[Pane]]


def _overview() -> type[Pane]:
    from planner.ui.overview.pane import OverviewPane  # noqa: PLC0415 - only when it is shown, here and below

    return OverviewPane


def _backlog() -> type[Pane]:
    from planner.ui.backlog.pane import BacklogPane  # noqa: PLC0415

    return BacklogPane


def _schedule() -> type[Pane]:
    from planner.ui.schedule.pane import SchedulePane  # noqa: PLC0415

    return SchedulePane


def _scenarios() -> type[Pane]:
    from planner.ui.scenarios.pane import ScenariosPane  # noqa: PLC0415

    return ScenariosPane


def _calendar() -> type[Pane]:
    from planner.ui.calendar.pane import CalendarPane  # noqa: PLC0415

    return CalendarPane


PANES = {
    "overview": PaneEntry(later("Overview"), _overview),
    "backlog": PaneEntry(later("Backlog"), _backlog),
    "schedule": PaneEntry(later("Schedule"), _schedule),
    "scenarios": PaneEntry(later("Scenarios"), _scenarios),
    "calendar": PaneEntry(later("Calendar"), _calendar),
}


def load_all() -> None:
    """Loads every pane, so that the first key that shows one need not."""
    for entry in PANES.values():
        entry.load()
