"""`planner risk --curve`: plans from cheap to sure, and what each confidence costs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.cli.confident import ConfidentRequest, buffers_text, explore, value_text
from planner.cli.endings import ExitCode, say_problems
from planner.cli.html_page import page, paragraph, table
from planner.cli.interrupts import Interrupts
from planner.cli.messages import say, show, show_json
from planner.cli.risk_charts import money_chart
from planner.cli.risk_text import percent
from planner.cli.scenarios import read_with_scenarios
from planner.domain.rollout import Objective, Rollout
from planner.exchange.problems import Problem
from planner.exchange.whole_files import write_whole
from planner.scheduling.limits import Limits, NoPlanError
from planner.studies.confidence import Point
from planner.studies.planning import FailedCheckError
from planner.wording.amounts import day_text
from planner.wording.translation import gettext, ngettext

LEVELS = (0.5, 0.8, 0.9, 0.95)
BAR_WIDTH = 30
SCHEMA = "remodel-confidence-curve/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveRequest:
    """What `planner risk --curve` was asked for; the limit's seconds are for all plans together."""

    limits: Limits
    html: Path | None
    as_json: bool
    quiet: bool


def curve_of_folder(folder: Path, scenarios: Sequence[str], request: CurveRequest) -> ExitCode:
    """Makes plans of a folder, with scenarios applied, and shows the curve.

    Raises InputError and CannotWriteError.
    """
    with Interrupts() as interrupts:
        read = read_with_scenarios(folder, scenarios)
        return curve_of(read.rollout, read.warnings, request, interrupts)


def curve_of(rollout: Rollout, warnings: Sequence[Problem], request: CurveRequest, interrupts: Interrupts) -> ExitCode:
    """The same of a rollout that has been read with these `warnings`."""
    if not request.quiet:
        say_problems(warnings)
    interrupts.keep_the_plan()
    asked = ConfidentRequest(limits=request.limits, levels=LEVELS, quiet=request.quiet)
    try:
        search = explore(rollout, asked, interrupts)
    except NoPlanError as error:
        say(gettext("No plan within the time limit ({error}). Raise --time-limit.").format(error=error))
        return ExitCode.INTERRUPTED if interrupts.stop.is_set() else ExitCode.NO_PLAN
    except FailedCheckError as error:
        text = gettext("A plan failed its own check: {error} This is a mistake in the planner: please report it.")
        say(text.format(error=error))
        return ExitCode.FAILED
    interrupted = interrupts.stop.is_set()
    if not search.points:
        say(gettext("Fixed dates conflict, so there is no plan; `planner run` names them."))
        return ExitCode.CONFLICT
    points = search.frontier()
    if request.html is not None:
        write_whole(request.html.parent, {request.html.name: _page(rollout, points)})
    if request.as_json:
        show_json(_data(rollout, points))
    else:
        for line in _lines(rollout, points):
            show(line)
    return ExitCode.INTERRUPTED if interrupted else ExitCode.OK


def _lines(rollout: Rollout, points: Sequence[Point]) -> Iterator[str]:
    least = points[0].value
    most = max(1, points[-1].value - least)
    sure, cost, more, buffers = _headings()
    yield f"{sure:<11} {cost:<16} {more.lower():>9}  {buffers}"
    for point in points:
        bar = "█" * round(BAR_WIDTH * (point.value - least) / most)
        share = percent(_probability(point))
        more = value_text(rollout, point.value - least)
        yield f"{share:<11} {value_text(rollout, point.value):<16} {more:>11}  {buffers_text(point.kept)}"
        if bar:
            yield f"{'':<12}{bar}"
    yield gettext("Judged by 10,000 samples each that the planning did not see, all milestones met.")
    text = ngettext(
        "Of the plans found in the time given, none is both cheaper and surer than this one.",
        "Of the plans found in the time given, none is both cheaper and surer than one of these {number}.",
        len(points),
    )
    yield text.format(number=len(points))


def _headings() -> tuple[str, str, str, str]:
    return gettext("Sure in"), gettext("Cost"), gettext("More"), gettext("Buffers")


def _data(rollout: Rollout, points: Sequence[Point]) -> dict[str, object]:
    least = points[0].value
    return {
        "schema": SCHEMA,
        "rollout": rollout.name,
        "objective": rollout.objective.value,
        "points": [
            {
                "probability": _probability(point),
                "low": point.confirmed.low if point.confirmed else None,
                "high": point.confirmed.high if point.confirmed else None,
                "value": point.value / 100 if rollout.objective is Objective.COST else point.value,
                "extra": (point.value - least) / 100 if rollout.objective is Objective.COST else point.value - least,
                "spare_shops": point.kept.spare,
                "earlier_days": point.kept.earlier,
                "shops_kept_clear": sorted(point.kept.clear),
            }
            for point in points
        ],
    }


def _page(rollout: Rollout, points: Sequence[Point]) -> bytes:
    rows = [
        (
            percent(_probability(point)),
            value_text(rollout, point.value),
            value_text(rollout, point.value - points[0].value),
            buffers_text(point.kept),
        )
        for point in points
    ]
    text = gettext("Plans made from {day}; each judged by samples that its planning did not see.")
    parts = [
        paragraph(text.format(day=day_text(rollout.today))),
        money_chart([(_probability(point), point.value) for point in points], rollout.currency)
        if rollout.objective is Objective.COST
        else "",
        table(_headings(), rows),
    ]
    return page(gettext("Money against confidence: {rollout}").format(rollout=rollout.name), parts)


def _probability(point: Point) -> float:
    return point.met if point.confirmed is None else point.confirmed.probability
