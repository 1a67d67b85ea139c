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
from planner.exchange.whole_files import write_whole
from planner.scheduling.limits import Limits, NoPlanError
from planner.studies.confidence import Point
from planner.studies.planning import FailedCheckError
from planner.wording.amounts import day_text

LEVELS = (0.5, 0.8, 0.9, 0.95)
BAR_WIDTH = 30
SCHEMA = "remodel-confidence-curve/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveRequest:
    """What `planner risk --curve` was asked for; the limit's seconds are for all plans together."""

    folder: Path
    scenarios: tuple[str, ...]
    limits: Limits
    html: Path | None
    as_json: bool
    quiet: bool


def curve_of_folder(request: CurveRequest) -> ExitCode:
    """Makes the plans and shows the curve.

    Raises InputError and CannotWriteError.
    """
    with Interrupts() as interrupts:
        read = read_with_scenarios(request.folder, request.scenarios)
        rollout = read.rollout
        if not request.quiet:
            say_problems(read.warnings)
        interrupts.keep_the_plan()
        asked = ConfidentRequest(limits=request.limits, levels=LEVELS, quiet=request.quiet)
        try:
            search = explore(rollout, asked, interrupts)
        except NoPlanError as error:
            say(f"No plan within the time limit ({error}). Raise --time-limit.")
            return ExitCode.INTERRUPTED if interrupts.stop.is_set() else ExitCode.NO_PLAN
        except FailedCheckError as error:
            say(f"A plan failed its own check: {error} This is a mistake in the planner: please report it.")
            return ExitCode.FAILED
        interrupted = interrupts.stop.is_set()
    if not search.points:
        say("Fixed dates conflict, so there is no plan; `planner run` names them.")
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
    yield "Sure in     Cost                  more  Buffers"
    for point in points:
        bar = "█" * round(BAR_WIDTH * (point.value - least) / most)
        share = percent(_probability(point))
        more = value_text(rollout, point.value - least)
        yield f"{share:<11} {value_text(rollout, point.value):<16} {more:>11}  {buffers_text(point.buffers)}"
        if bar:
            yield f"{'':<12}{bar}"
    yield "Judged by 10,000 samples each that the planning did not see, all milestones met."
    yield f"Of the plans found in the time given, none is both cheaper and surer than {_these(points)}."


def _these(points: Sequence[Point]) -> str:
    return "this one" if len(points) == 1 else f"one of these {len(points)}"


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
                "spare_shops": point.buffers.spare,
                "earlier_days": point.buffers.earlier,
                "shops_kept_clear": sorted(point.buffers.clear),
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
            buffers_text(point.buffers),
        )
        for point in points
    ]
    parts = [
        paragraph(f"Plans made from {day_text(rollout.today)}; each judged by samples that its planning did not see."),
        money_chart([(_probability(point), point.value) for point in points], rollout.currency)
        if rollout.objective is Objective.COST
        else "",
        table(("Sure in", "Cost", "More", "Buffers"), rows),
    ]
    return page(f"Money against confidence: {rollout.name}", parts)


def _probability(point: Point) -> float:
    return point.met if point.confirmed is None else point.confirmed.probability
