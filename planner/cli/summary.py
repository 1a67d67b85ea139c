"""The closing summary of a run: a screen of text, or the same as JSON."""

import json
import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from planner.cli.figures import finishes_by_region, shops_by_reason, tightest_crews
from planner.cli.finish_table import finish_table
from planner.cli.messages import clip
from planner.domain.plan import Conflict, Plan, PlanStatus, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.exchange.plan_json import plan_to_json
from planner.exchange.text import printable
from planner.wording.amounts import counted, day_text, gap_text, money_text

WIDTH = 79
LABEL_WIDTH = 12
CREWS_SHOWN = 5
MILESTONES_SHOWN = 6
REASONS_SHOWN = 2
CONFLICTS_SHOWN = 3
SHOPS_SHOWN = 4
NAME_WIDTH = 40
CREW_WIDTH = 14

Line = tuple[str, str]
"""A label, empty where the line belongs to the one above, and its text."""


def summary_lines(rollout: Rollout, plan: Plan, written: Sequence[Path], *, interrupted: bool) -> list[Line]:
    """The summary as lines of at most 79 characters, paths apart: 24 of them hold a usual rollout."""
    if plan.status is PlanStatus.INFEASIBLE:
        return [*_conflict_report(rollout, plan), *_files(written)]
    return [
        *_wrapped("Plan", _headline(rollout, plan, interrupted)),
        *_wrapped("Milestones", milestones_text(plan)),
        *_wrapped("Remodels", _remodels(rollout, plan)),
        *_wrapped("Cost", _cost(rollout, plan)),
        *_wrapped("Quality", _quality(rollout, plan)),
        *finish_table(finishes_by_region(rollout, plan)),
        *_unplanned(plan),
        *_conflicts(plan.conflicts),
        *_wrapped("Tightest", _tightest(rollout, plan)),
        *_files(written),
    ]


def summary_data(rollout: Rollout, plan: Plan, written: Sequence[Path], *, interrupted: bool) -> dict[str, object]:
    """The summary for --json: plan.json, its remodels only counted, and what the text tells besides."""
    summary: dict[str, object] = json.loads(plan_to_json(plan))
    finishes = finishes_by_region(rollout, plan)
    summary["interrupted"] = interrupted
    summary["remodels"] = Counter(remodel.status.value for remodel in plan.remodels)
    summary["finishes"] = {
        region: {f"{month:%Y-%m}": count for month, count in months.items()} for region, months in finishes.items()
    }
    summary["tightest_crews"] = [
        {"crew": load.crew, "trade": load.trade, "held_days": load.held, "available_days": load.available}
        for load in tightest_crews(rollout, plan, CREWS_SHOWN)
    ]
    summary["files"] = [str(path) for path in written]
    return summary


def conflict_text(conflict: Conflict) -> str:
    """A conflict as one line: its rule, its days, and its sentence."""
    days = day_text(conflict.first)
    if conflict.last != conflict.first:
        days += f" to {day_text(conflict.last)}"
    return printable(f"{conflict.rule}, {days}: {conflict.text}")


def milestones_text(plan: Plan) -> str:
    """How many shops are finished by each milestone."""
    texts = [
        f"{clip(result.name, NAME_WIDTH)} ({day_text(result.by)}): {result.planned} of {result.target}"
        for result in plan.milestones[:MILESTONES_SHOWN]
    ]
    more = len(plan.milestones) - MILESTONES_SHOWN
    return "; ".join(texts) + (f"; and {more} more" if more > 0 else "")


def _headline(rollout: Rollout, plan: Plan, interrupted: bool) -> str:
    name = clip(rollout.name, NAME_WIDTH)
    if interrupted:
        return f"{name}: the best plan found before the interrupt"
    if plan.status is PlanStatus.OPTIMAL:
        return f"{name}: a plan proved as good as asked for"
    return f"{name}: the best plan found in the time given"


def _remodels(rollout: Rollout, plan: Plan) -> str:
    counts = [
        (sum(remodel.status is RemodelStatus.PLANNED for remodel in plan.remodels), "planned"),
        (sum(remodel.status is RemodelStatus.FIXED for remodel in plan.remodels), "fixed"),
        (sum(remodel.status is RemodelStatus.IN_PROGRESS for remodel in plan.remodels), "in progress"),
        (sum(shop.status is Status.DONE for shop in rollout.shops), "done before"),
        (len(plan.unplanned), "without a date"),
    ]
    text = ", ".join(f"{count} {what}" for count, what in counts if count) or "none"
    if not plan.remodels:
        return text
    return f"{text}; last on {day_text(max(remodel.finish for remodel in plan.remodels))}"


def _cost(rollout: Rollout, plan: Plan) -> str:
    if plan.cost is None or plan.total is None:
        return ""
    parts = ", ".join(f"{kind} {money_text(cents)}" for kind, cents in asdict(plan.cost).items())
    return f"{money_text(plan.total, clip(rollout.currency, NAME_WIDTH))}: {parts}"


def _quality(rollout: Rollout, plan: Plan) -> str:
    texts = []
    if plan.shortfall:
        proof = _proof(plan.proved_shortfall, "the fewest possible")
        texts.append(f"{counted(plan.shortfall, 'shop')} short of the milestones ({proof})")
    if plan.unplanned_priority:
        proof = _proof(plan.proved_unplanned_priority, "the least possible")
        texts.append(f"priority {plan.unplanned_priority} without a date ({proof})")
    texts.append(_gap(rollout, plan))
    return "; ".join(texts)


def _proof(proved: bool, claim: str) -> str:
    return f"proved {claim}" if proved else f"not proved {claim}"


def _gap(rollout: Rollout, plan: Plan) -> str:
    measure = "cost" if plan.last_finish_day is None else "last finish"
    if plan.gap is None or plan.bound is None:
        return f"{measure} without a proved bound"
    if plan.last_finish_day is None:
        bound = money_text(plan.bound, clip(rollout.currency, NAME_WIDTH))
    else:
        bound = day_text(rollout.today + timedelta(days=plan.bound))
    if plan.gap == 0:
        return f"{measure} proved the best possible"
    return f"{measure} within {gap_text(plan.gap)} of the best possible (bound {bound})"


def _unplanned(plan: Plan) -> list[Line]:
    groups = list(shops_by_reason(plan).items())
    lines: list[Line] = []
    for reason, shops in groups[:REASONS_SHOWN]:
        lines += _wrapped("" if lines else "No date", f"{_some(shops)}: {printable(reason)}")
    rest = groups[REASONS_SHOWN:]
    if rest:
        shops_left = sum(len(shops) for _, shops in rest)
        lines += _wrapped("", f"{counted(shops_left, 'more shop')} for {counted(len(rest), 'other reason')}")
    return lines


def _some(shops: Sequence[str]) -> str:
    shown = ", ".join(clip(shop, NAME_WIDTH) for shop in shops[:SHOPS_SHOWN])
    more = len(shops) - SHOPS_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _conflict_report(rollout: Rollout, plan: Plan) -> list[Line]:
    """Every conflict, a line each however long, since they are all there is to tell."""
    return [
        *_wrapped("Plan", f"{clip(rollout.name, NAME_WIDTH)}: none, because fixed dates conflict"),
        *(("" if number else "Conflicts", conflict_text(conflict)) for number, conflict in enumerate(plan.conflicts)),
        *_wrapped("Next", "change one of the dates in each conflict, or go on despite them with --allow-conflicts"),
    ]


def _conflicts(conflicts: Sequence[Conflict]) -> list[Line]:
    lines: list[Line] = []
    for conflict in conflicts[:CONFLICTS_SHOWN]:
        lines += _wrapped("" if lines else "Conflicts", conflict_text(conflict))
    more = len(conflicts) - CONFLICTS_SHOWN
    return lines + (_wrapped("", f"and {more} more in plan.json") if more > 0 else [])


def _tightest(rollout: Rollout, plan: Plan) -> str:
    """The crews behind their trade, which is said once for crews that follow one another."""
    texts = []
    for trade, loads in groupby(tightest_crews(rollout, plan, CREWS_SHOWN), key=attrgetter("trade")):
        crews = ", ".join(f"{clip(load.crew, CREW_WIDTH)} {100 * load.share:.0f} %" for load in loads)
        texts.append(f"{clip(trade, CREW_WIDTH)} {crews}")
    return "; ".join(texts)


def _files(written: Sequence[Path]) -> list[Line]:
    if not written:
        return []
    return [("Written", f"{', '.join(path.name for path in written)} in {written[0].parent}")]


def _wrapped(label: str, text: str) -> list[Line]:
    """`text` on lines that fit beside the labels; none where there is no text."""
    # A percent sign stays with its number.
    lines = textwrap.wrap(text.replace(" %", "\xa0%"), WIDTH - LABEL_WIDTH)
    return [("" if number else label, line.replace("\xa0", " ")) for number, line in enumerate(lines)]
