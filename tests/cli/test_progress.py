from dataclasses import replace
from datetime import date

from rich.console import Console

from planner.cli.progress import ProgressLines
from planner.domain.rollout import Objective
from planner.scheduling.limits import Limits, Progress, Stage

from .tiny import ROLLOUT

IMPROVING = Progress(
    stage=Stage.IMPROVING,
    seconds=19.0,
    limit=60.0,
    shortfall=0,
    unplanned=12,
    value=1_281_234_567,
    bound=1_281_190_000,
    gap=0.000549,
)


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


def test_the_lines_name_stage_plan_bound_gap_and_time_left() -> None:
    lines = ProgressLines(ROLLOUT, Limits(), None, Clock())
    lines.report(IMPROVING)
    text = lines.text().plain
    assert text.splitlines() == [
        "Improving: 41 s left",
        "Best: 0 short, 12 undated, 12,812,346 EUR, bound 12,811,900 EUR, gap 0.06 %",
    ]


def test_time_runs_on_between_two_reports_and_never_below_nothing() -> None:
    clock = Clock()
    lines = ProgressLines(ROLLOUT, Limits(), None, clock)
    lines.report(IMPROVING)
    clock.seconds += 11
    assert "30 s left" in lines.text().plain
    clock.seconds += 100
    assert " 0 s left" in lines.text().plain


def test_before_the_first_report_and_the_first_plan() -> None:
    lines = ProgressLines(ROLLOUT, Limits(seconds=5), None, Clock())
    assert lines.text().plain == "Preparing: 5 s left\nNo plan yet"


def test_a_deterministic_limit_is_told_in_units_of_work() -> None:
    lines = ProgressLines(ROLLOUT, Limits(deterministic=True), None, Clock())
    lines.report(replace(IMPROVING, seconds=12.34))
    assert "12.3 of 60 units of work" in lines.text().plain


def test_under_earliest_finish_the_figures_are_days() -> None:
    lines = ProgressLines(replace(ROLLOUT, objective=Objective.EARLIEST_FINISH), Limits(), None, Clock())
    lines.report(replace(IMPROVING, value=20, bound=18))
    assert "finish 2 Aug 2021, bound finish 31 Jul 2021" in lines.text().plain
    assert date(2021, 7, 13) == ROLLOUT.today


def test_a_narrow_terminal_cuts_the_lines_instead_of_wrapping_them() -> None:
    console = Console(width=40, record=True, force_terminal=True, quiet=False)
    lines = ProgressLines(ROLLOUT, Limits(), None, Clock())
    lines.report(IMPROVING)
    shown = console.render_lines(lines.text(), pad=False)
    assert len(shown) == 2


def test_the_currency_cannot_steer_the_terminal() -> None:
    lines = ProgressLines(replace(ROLLOUT, currency="[red]\x1b[0m"), Limits(), None, Clock())
    lines.report(IMPROVING)
    assert "\x1b" not in lines.text().plain
    assert "[red]" in lines.text().plain
