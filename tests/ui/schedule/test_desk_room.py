"""Questions to the desk: answered, refused with a sentence, or not asked any more."""

from dataclasses import replace
from datetime import date
from subprocess import run
from sys import executable

from planner.store.settings import StoreSettings
from planner.ui.schedule.desk_room import DeskRoom, Refused
from tests.ui.schedule.charts import read_chart

WITHOUT_SOLVER = """
import sys
import planner.ui.schedule.pane
assert not {"ortools", "numpy"} & set(sys.modules), "the solver is loaded before it is needed"
"""


def test_the_solver_is_not_loaded_to_show_the_schedule() -> None:
    assert run([executable, "-c", WITHOUT_SOLVER], check=False).returncode == 0


def test_questions_are_answered_or_refused(small: StoreSettings) -> None:
    chart = read_chart(small)
    room = DeskRoom(chart.rollout, chart.plan)
    move = room.ask(lambda desk: desk.moved("S3", date(2021, 8, 9), as_fixed=True))
    assert not isinstance(move, Refused)
    assert "no working day" in move.refusal
    assert room.ask(lambda desk: desk.moved("N3", date(2021, 8, 9))) == Refused(
        "N3 is in progress: its days are facts."
    )
    asked: list[object] = []
    assert room.ask(asked.append, is_wanted=lambda: False) == Refused("")
    assert asked == []


def test_a_plan_of_another_rollout_is_refused(small: StoreSettings) -> None:
    chart = read_chart(small)
    other = replace(chart.rollout, workdays=frozenset({5, 6}))
    answer = DeskRoom(other, chart.plan).ask(lambda desk: desk.slots("S3"))
    assert isinstance(answer, Refused)
    assert "press p to plan" in answer.why
