"""What can be done to shops besides changing a column: the cells that each of these comes to."""

from collections.abc import Iterable, Mapping
from datetime import date

from planner.domain.shop import Status
from planner.exchange.csv_row import LIST_SEPARATOR
from planner.store.cells import Cells
from planner.store.editing import tagged


def deferred() -> Cells:
    """Put off: plans leave the shop out."""
    return {"status": Status.DEFERRED.value}


def cancelled() -> Cells:
    """Called off: plans leave the shop out."""
    return {"status": Status.CANCELLED.value}


def fixed(day: date, crews: Iterable[str] = ()) -> Cells:
    """The start fixed on a day, with these crews if any are named: plans keep it."""
    return {
        "status": Status.FIXED.value,
        "start": day.isoformat(),
        "finish": "",
        "crews": LIST_SEPARATOR.join(crews),
    }


def unfixed() -> Cells:
    """Back in the backlog, without start, finish and crews."""
    return {"status": Status.BACKLOG.value, "start": "", "finish": "", "crews": ""}


def with_tags(cells: Mapping[str, str], add: Iterable[str] = (), remove: Iterable[str] = ()) -> Cells:
    """Tags added to those that the shop of these cells has, and others taken away."""
    return {"tags": tagged(cells, "tags", add, remove)}
