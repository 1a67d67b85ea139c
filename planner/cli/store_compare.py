"""`planner plans compare`: plans in the database side by side."""

from collections.abc import Sequence

from planner.cli.compare_data import comparison_csv, comparison_data
from planner.cli.compare_table import show_comparison
from planner.cli.endings import ExitCode
from planner.cli.messages import clip, output_console, show_json
from planner.store.backlog import Backlog
from planner.studies.comparison import Answer, compare
from planner.studies.comparison_rows import rows_of
from planner.wording.translation import gettext

CURRENCY_WIDTH = 3


def compare_plans(backlog: Backlog, numbers: Sequence[int], *, as_json: bool, as_csv: bool) -> ExitCode:
    """Shows plans beside the first of them."""
    answers = [_answer(backlog, number) for number in numbers]
    compared = compare(answers)
    if as_json:
        show_json(comparison_data(compared))
    elif as_csv:
        output_console().out(comparison_csv(compared), end="", highlight=False)
    else:
        rows = rows_of(compared, clip(answers[0].rollout.currency, CURRENCY_WIDTH))
        show_comparison([_name(backlog, number) for number in numbers], rows)
    return ExitCode.OK


def _name(backlog: Backlog, number: int) -> str:
    """What people read above a plan's figures; data calls it the same in every language."""
    info = backlog.plans.info(number)
    name = gettext("plan {number}").format(number=number)
    return f"{name}, {', '.join(info.scenario)}" if info.scenario else name


def _answer(backlog: Backlog, number: int) -> Answer:
    info, used = backlog.plans.info(number), backlog.plans.to_show(number)
    under = f", {', '.join(info.scenario)}" if info.scenario else ""
    return Answer(f"plan {number}{under}", used.rollout, used.plan)
