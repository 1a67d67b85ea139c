"""How good the best plan was at certain times of a run, so that a user sees whether waiting pays."""

from planner.domain.plan import TracePoint

MARKS = (2.0, 10.0, 60.0, 300.0, 1800.0)
"""Seconds (units of work in a deterministic run) at which the best plan is recorded."""


class Trace:
    """Records the best plan at each mark that a run passes, and at its end."""

    def __init__(self) -> None:
        self._points: list[TracePoint] = []
        self._latest: TracePoint | None = None

    def note(self, point: TracePoint) -> None:
        """Note what holds from `point.seconds` on; what held before is recorded at the marks passed since."""
        if self._latest is not None:
            for mark in MARKS:
                if self._latest.seconds <= mark < point.seconds:
                    self._points.append(_at(mark, self._latest))
        self._latest = point

    def points(self) -> tuple[TracePoint, ...]:
        """The points recorded, in order, and the latest noted."""
        return (*self._points, *([] if self._latest is None else [self._latest]))


def _at(seconds: float, point: TracePoint) -> TracePoint:
    return TracePoint(
        seconds=seconds,
        shortfall=point.shortfall,
        unplanned_priority=point.unplanned_priority,
        value=point.value,
        bound=point.bound,
    )
