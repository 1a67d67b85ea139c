"""Plans that are sure enough, for `planner run --confidence` and `planner risk --curve`."""

from collections.abc import Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from threading import Thread

from planner.cli.interrupts import Interrupts
from planner.cli.messages import say
from planner.cli.plan_language import language_of_plan
from planner.cli.risk_text import percent
from planner.domain.plan import Plan
from planner.domain.rollout import Objective, Rollout
from planner.exchange.problems import InputError, Problem
from planner.scheduling.limits import Limits
from planner.studies.buffers import Buffers
from planner.studies.confidence import ConfidenceSearch, Ending, Point
from planner.studies.planning import plan_checked
from planner.wording.amounts import counted, money_text, plain_number_text
from planner.wording.translation import gettext, speaking

REFRESH_SECONDS = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidentRequest:
    """Which confidences are asked for, one after another, within limits for all plans together."""

    limits: Limits
    levels: Sequence[float]
    quiet: bool = False


def explore(rollout: Rollout, request: ConfidentRequest, interrupts: Interrupts) -> ConfidenceSearch:
    """Searches on a thread of its own, while this one takes signals; says what each plan comes to.

    Raises NoPlanError, FailedCheckError; InputError where there is no milestone to be sure of.
    """
    if not rollout.milestones:
        text = gettext("there is no milestone that a plan could be sure of; add a [[milestone]]")
        raise InputError([Problem("rollout.toml", None, "milestone", text)])
    parts, language = len(request.levels), language_of_plan(request.limits)

    def work() -> ConfidenceSearch:
        def solve(stricter: Rollout, seconds: float, start: Plan | None) -> Plan:
            limits = replace(request.limits, seconds=seconds)
            with speaking(language):
                return plan_checked(stricter, limits, start=start, stop=interrupts.stop)

        search = ConfidenceSearch(
            rollout,
            solve,
            seconds=request.limits.seconds / parts,
            gap=request.limits.gap,
            seed=request.limits.seed,
            stop=interrupts.stop.is_set,
            on_point=lambda point: None if request.quiet else say(point_text(rollout, point)),
        )
        for level in request.levels:
            if search.reach(level) is Ending.NOT_REACHED:
                break
            search.allow_more_rounds()
        return search

    result: Future[ConfidenceSearch] = Future()

    def run() -> None:
        try:
            result.set_result(work())
        except BaseException as error:  # the waiting thread raises it again
            result.set_exception(error)

    Thread(target=run, name="confidence", daemon=True).start()
    told = False
    while not result.done():
        wait([result], timeout=REFRESH_SECONDS)
        if interrupts.stop.is_set() and not told:
            say(gettext("Stopping; the plans so far decide (once more to end at once)."))
            told = True
    return result.result()


@dataclass(frozen=True, slots=True, kw_only=True)
class SurePlan:
    """The plan that was found for a confidence; `extra` is what it costs over the cheapest that was found.

    `point` is None where fixed dates conflict: then `plan` has no dates.
    """

    plan: Plan
    asked: float
    reached: bool
    point: Point | None = None
    extra: int = 0


def sure_plan(rollout: Rollout, request: ConfidentRequest, interrupts: Interrupts) -> SurePlan:
    """The cheapest plan found that is sure enough, or else the surest. Raises NoPlanError, FailedCheckError."""
    search = explore(rollout, request, interrupts)
    asked = request.levels[0]
    if not search.points:
        return SurePlan(plan=search.base, asked=asked, reached=False)
    point = search.cheapest(asked)
    shown = point or search.surest()
    return SurePlan(plan=shown.plan, asked=asked, reached=point is not None, point=shown, extra=search.extra(shown))


def sure_text(rollout: Rollout, sure: SurePlan) -> str:
    """What the confidence is and costs, for the closing summary."""
    if sure.point is None or sure.point.confirmed is None:
        return ""
    share = sure.point.confirmed
    text = gettext(
        "{share} ({low} to {high}) in fresh samples, {asked} asked for; costs {money} more than the cheapest"
        " plan found; {buffers}"
    ).format(
        share=percent(share.probability),
        low=percent(share.low),
        high=percent(share.high),
        asked=f"{plain_number_text(100 * sure.asked)} %",
        money=value_text(rollout, sure.extra),
        buffers=buffers_text(sure.point.kept),
    )
    if sure.reached:
        return text
    return text + gettext("; no surer plan was found, so the confidence asked for is not reached")


def sure_data(rollout: Rollout, sure: SurePlan) -> dict[str, object] | None:
    """The same for --json; `extra` is money, or days under earliest-finish."""
    if sure.point is None or sure.point.confirmed is None:
        return None
    share, buffers = sure.point.confirmed, sure.point.kept
    return {
        "asked": sure.asked,
        "reached": sure.reached,
        "probability": share.probability,
        "low": share.low,
        "high": share.high,
        "extra": sure.extra / 100 if rollout.objective is Objective.COST else sure.extra,
        "buffers": {
            "earlier_days": buffers.earlier,
            "spare_shops": buffers.spare,
            "kept_clear": {
                shop: [first.isoformat(), last.isoformat()] for shop, (first, last) in sorted(buffers.clear.items())
            },
        },
    }


def value_text(rollout: Rollout, value: int) -> str:
    """Level 3 of a plan: money, or days to the last finish."""
    if rollout.objective is Objective.COST:
        return money_text(value, rollout.currency, with_cents=False)
    return counted(value, "day")


def point_text(rollout: Rollout, point: Point) -> str:
    """A plan on the way, in a line."""
    text = gettext("{share} sure for {money}, with {buffers}")
    return text.format(
        share=percent(point.met), money=value_text(rollout, point.value), buffers=buffers_text(point.kept)
    )


def buffers_text(buffers: Buffers) -> str:
    """Buffers in words."""
    texts = []
    if buffers.earlier:
        texts.append(gettext("milestones {days} earlier").format(days=counted(buffers.earlier, "day")))
    if buffers.spare:
        texts.append(counted(buffers.spare, "spare shop"))
    if buffers.clear:
        texts.append(gettext("days kept clear by {shops}").format(shops=counted(len(buffers.clear), "shop")))
    return ", ".join(texts) or gettext("no buffer")
