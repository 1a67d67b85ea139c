"""Charts of the small rollout, read from its database."""

from planner.store.settings import StoreSettings
from planner.ui.schedule.chart import Chart, make_chart
from planner.ui.workspace import Workspace


def read_chart(settings: StoreSettings) -> Chart:
    """The chart of the only rollout in a database."""
    workspace = Workspace(settings)
    try:
        workspace.choose("")
        chart = make_chart(workspace.load())
    finally:
        workspace.close()
    assert chart is not None
    return chart
