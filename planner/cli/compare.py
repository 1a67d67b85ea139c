"""`planner compare`: a rollout and scenarios of it, planned one after another and set side by side."""

import sys
from collections.abc import Sequence
from concurrent.futures import wait
from dataclasses import dataclass
from pathlib import Path

from planner.cli.background import on_a_thread
from planner.cli.compare_data import comparison_csv, comparison_data
from planner.cli.compare_table import comparison_page, show_comparison
from planner.cli.endings import ExitCode, say_problems
from planner.cli.interrupts import Interrupts
from planner.cli.messages import clip, error_console, output_console, say, show_json
from planner.cli.progress import ProgressLines
from planner.cli.run import REFRESH_SECONDS
from planner.cli.scenario_shelf import Shelf
from planner.domain.plan import Plan
from planner.domain.scenario import Scenario
from planner.exchange.plan_json import plan_to_json
from planner.exchange.problems import InputError, Problem
from planner.exchange.scenarios import ReadRollout, apply_scenarios
from planner.exchange.whole_files import prepare_folder, write_whole
from planner.scheduling.limits import Limits, NoPlanError
from planner.studies.comparison import Answer, compare
from planner.studies.comparison_rows import rows_of
from planner.studies.planning import FailedCheckError, plan_checked
from planner.wording.amounts import plain_number_text
from planner.wording.translation import gettext, later

BASE = later("As it is")
NAME_WIDTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareRequest:
    """What `planner compare` was asked for; no `scenarios` are all that the rollout comes with."""

    scenarios: tuple[str, ...]
    limits: Limits
    html: Path | None = None
    out: Path | None = None
    as_json: bool = False
    as_csv: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    """A rollout to plan, by what name, why, and the name of its plan's file."""

    name: str
    why: str
    file: str
    read: ReadRollout


def compare_scenarios(shelf: Shelf, request: CompareRequest) -> ExitCode:
    """Plans the rollout of `shelf` as it is and with each scenario, and shows and writes the comparison.

    Raises InputError and CannotWriteError; KeyboardInterrupt at a second signal, or before the search.
    """
    with Interrupts() as interrupts:
        questions = _questions(shelf, request)
        for folder in (request.out, request.html and request.html.parent):
            if folder:
                prepare_folder(folder)
        interrupts.keep_the_plan()
        try:
            answers = _plan_all(questions, request, interrupts)
        except NoPlanError as error:
            text = gettext("No plan within {seconds} s ({error}), so there is nothing to compare.")
            say(text.format(seconds=plain_number_text(request.limits.seconds), error=error))
            return ExitCode.NO_PLAN
        except FailedCheckError as error:
            text = gettext("A plan failed its own check ({error}). This is a mistake in the planner: please report it.")
            say(text.format(error=error))
            return ExitCode.FAILED
        interrupted = interrupts.stop.is_set()
        if interrupted and len(answers) < 2:
            say(gettext("Interrupted before there was anything to compare."))
            return ExitCode.INTERRUPTED
        _tell(request, questions, answers)
    return ExitCode.INTERRUPTED if interrupted else ExitCode.OK


def _questions(shelf: Shelf, request: CompareRequest) -> list[_Question]:
    """The base and each scenario, read; all mistakes of all scenarios at once."""
    texts = request.scenarios or tuple(name for name, _ in shelf.all())
    base, chains = shelf.read_each([[text] for text in texts])
    if not texts:
        raise InputError([Problem(shelf.place, None, None, shelf.nothing_to_compare)])
    if not request.quiet:
        say_problems(base.warnings)
    questions = [_Question(BASE, "", "as-it-is", base)]
    problems: list[Problem] = []
    for text, chain in zip(texts, chains, strict=True):
        try:
            read = apply_scenarios(base, chain)
        except InputError as error:
            problems += error.problems
            continue
        if not request.quiet:
            say_problems(read.warnings[len(base.warnings) :])
        questions.append(_Question(_name(chain, questions), chain[-1].why, Path(text).stem, read))
    if problems:
        raise InputError(dict.fromkeys(problems))
    return questions


def _name(chain: Sequence[Scenario], before: Sequence[_Question]) -> str:
    """The scenario's name, with its file's where another one is called the same."""
    taken = {question.name for question in before}
    return f"{chain[-1].name} ({chain[-1].source})" if chain[-1].name in taken else chain[-1].name


def _plan_all(questions: Sequence[_Question], request: CompareRequest, interrupts: Interrupts) -> list[Answer]:
    """The plan of each question; those before an interrupt are kept. Each begins from the base's plan."""
    answers: list[Answer] = []
    for number, question in enumerate(questions, start=1):
        if not request.quiet:
            name = gettext(BASE) if number == 1 else question.name
            text = gettext("Planning {number} of {count}: {what}")
            say(text.format(number=number, count=len(questions), what=clip(name, NAME_WIDTH)))
        start = answers[0].plan if answers else None
        plan = _search(question.read, start, request, interrupts)
        if interrupts.stop.is_set():
            break
        answers.append(Answer(question.name, question.read.rollout, plan))
    return answers


def _search(read: ReadRollout, start: Plan | None, request: CompareRequest, interrupts: Interrupts) -> Plan:
    """Solves on a thread of its own, while this one shows progress and takes signals."""
    live = sys.stderr is not None and sys.stderr.isatty() and not request.quiet
    with ProgressLines(read.rollout, request.limits, error_console() if live else None) as lines:
        result = on_a_thread(
            lambda: plan_checked(
                read.rollout,
                request.limits,
                scenarios=read.scenarios,
                start=start,
                on_progress=lines.report,
                stop=interrupts.stop,
            ),
            "search",
        )
        while not result.done():
            wait([result], timeout=REFRESH_SECONDS)
            lines.refresh()
        return result.result()


def _tell(request: CompareRequest, questions: Sequence[_Question], answers: Sequence[Answer]) -> None:
    compared = compare(answers)
    rollout = answers[0].rollout
    rows = rows_of(compared, clip(rollout.currency, 3))
    # Data has the name of the base as it is in every language; people read it in theirs.
    names = [gettext(BASE), *(question.name for question in questions[1 : len(answers)])]
    answered = questions[: len(answers)]
    if request.out:
        plans = {f"{item.file}.json": plan_to_json(answer.plan) for item, answer in zip(answered, answers, strict=True)}
        write_whole(request.out, plans)
    if request.html:
        content = comparison_page(rollout, names, [question.why for question in answered[1:]], compared, rows)
        write_whole(request.html.parent, {request.html.name: content})
    if request.as_json:
        show_json(comparison_data(compared))
    elif request.as_csv:
        output_console().out(comparison_csv(compared), end="", highlight=False)
    else:
        show_comparison(names, rows)
