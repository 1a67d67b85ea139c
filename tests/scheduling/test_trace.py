"""What a run records of its best plan over time."""

from planner.domain.plan import TracePoint
from planner.scheduling.limits import Limits
from planner.scheduling.solve import solve
from planner.scheduling.trace import MARKS, Trace
from tests.tiny_rollouts import LARGER, seeded_rollout


def point(seconds: float, value: int) -> TracePoint:
    return TracePoint(seconds=seconds, shortfall=0, unplanned_priority=0, value=value, bound=1)


def test_at_each_mark_stands_the_plan_that_held_then() -> None:
    trace = Trace()
    for seconds, value in ((0.5, 90), (1.5, 80), (11.0, 70), (12.0, 60)):
        trace.note(point(seconds, value))
    assert [(item.seconds, item.value) for item in trace.points()] == [(2.0, 80), (10.0, 80), (12.0, 60)]


def test_before_any_plan_nothing_is_recorded() -> None:
    assert Trace().points() == ()


def test_a_first_plan_after_a_mark_does_not_claim_it() -> None:
    trace = Trace()
    trace.note(point(MARKS[0] + 1, 50))
    assert [item.seconds for item in trace.points()] == [MARKS[0] + 1]


def test_a_run_ends_its_trace_with_the_plan_it_returns() -> None:
    plan = solve(seeded_rollout(3, LARGER), Limits(seconds=1.0, workers=1, deterministic=True))
    assert plan.solve is not None
    last = plan.solve.trace[-1]
    assert (last.value, last.bound) == (plan.total, plan.bound)
    assert (last.shortfall, last.unplanned_priority) == (plan.shortfall, plan.unplanned_priority)
