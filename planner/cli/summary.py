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
from planner.exchange.key_words import word_for
from planner.exchange.plan_json import plan_to_json
from planner.exchange.text import printable
from planner.studies.comparison_rows import kind_text
from planner.wording.amounts import counted, day_text, gap_text, money_text, number_text, percent_text
from planner.wording.translation import gettext, ngettext, pgettext

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
        *_wrapped(gettext("Plan"), _headline(rollout, plan, interrupted)),
        *_wrapped(pgettext("label", "Milestones"), milestones_text(plan)),
        *_wrapped(gettext("Remodels"), _remodels(rollout, plan)),
        *_wrapped(gettext("Cost"), _cost(rollout, plan)),
        *_wrapped(gettext("Quality"), _quality(rollout, plan)),
        *finish_table(finishes_by_region(rollout, plan)),
        *_unplanned(plan),
        *_conflicts(plan.conflicts),
        *_wrapped(gettext("Tightest"), _tightest(rollout, plan)),
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
        days = gettext("{first} to {last}").format(first=days, last=day_text(conflict.last))
    return printable(f"{word_for(conflict.rule)}, {days}: {conflict.text}")


def milestones_text(plan: Plan) -> str:
    """How many shops are finished by each milestone."""
    texts = "; ".join(
        gettext("{name} ({day}): {number} of {target}").format(
            name=clip(result.name, NAME_WIDTH), day=day_text(result.by), number=result.planned, target=result.target
        )
        for result in plan.milestones[:MILESTONES_SHOWN]
    )
    more = len(plan.milestones) - MILESTONES_SHOWN
    return gettext("{names}; and {number} more").format(names=texts, number=more) if more > 0 else texts


def _headline(rollout: Rollout, plan: Plan, interrupted: bool) -> str:
    text = gettext("{name}: the best plan found in the time given")
    if interrupted:
        text = gettext("{name}: the best plan found before the interrupt")
    elif plan.status is PlanStatus.OPTIMAL:
        text = gettext("{name}: a plan proved as good as asked for")
    return text.format(name=clip(rollout.name, NAME_WIDTH))


def _remodels(rollout: Rollout, plan: Plan) -> str:
    statuses = Counter(remodel.status for remodel in plan.remodels)
    counts = [
        (gettext("{number} planned"), statuses[RemodelStatus.PLANNED]),
        (gettext("{number} fixed"), statuses[RemodelStatus.FIXED]),
        (gettext("{number} in progress"), statuses[RemodelStatus.IN_PROGRESS]),
        (gettext("{number} done before"), sum(shop.status is Status.DONE for shop in rollout.shops)),
        (gettext("{number} without a date"), len(plan.unplanned)),
    ]
    counts_text = ", ".join(text.format(number=number) for text, number in counts if number)
    if not plan.remodels:
        return counts_text or pgettext("remodels", "none")
    last = day_text(max(remodel.finish for remodel in plan.remodels))
    return gettext("{counts}; last on {day}").format(counts=counts_text, day=last)


def _cost(rollout: Rollout, plan: Plan) -> str:
    if plan.cost is None or plan.total is None:
        return ""
    parts = ", ".join(f"{kind_text(kind)} {money_text(cents)}" for kind, cents in asdict(plan.cost).items())
    return f"{money_text(plan.total, clip(rollout.currency, NAME_WIDTH))}: {parts}"


def _quality(rollout: Rollout, plan: Plan) -> str:
    texts = []
    if plan.shortfall:
        texts.append(_shortfall(plan.shortfall, proved=plan.proved_shortfall))
    if plan.unplanned_priority:
        text = gettext("priority {priority} without a date (not proved the least possible)")
        if plan.proved_unplanned_priority:
            text = gettext("priority {priority} without a date (proved the least possible)")
        texts.append(text.format(priority=plan.unplanned_priority))
    texts.append(_cost_gap(rollout, plan) if plan.last_finish_day is None else _finish_gap(rollout, plan))
    return "; ".join(texts)


def _shortfall(number: int, *, proved: bool) -> str:
    if proved:
        text = ngettext(
            "{number} shop short of the milestones (proved the fewest possible)",
            "{number} shops short of the milestones (proved the fewest possible)",
            number,
        )
    else:
        text = ngettext(
            "{number} shop short of the milestones (not proved the fewest possible)",
            "{number} shops short of the milestones (not proved the fewest possible)",
            number,
        )
    return text.format(number=number_text(number))


def _cost_gap(rollout: Rollout, plan: Plan) -> str:
    if plan.gap is None or plan.bound is None:
        return gettext("cost without a proved bound")
    if plan.gap == 0:
        return gettext("cost proved the best possible")
    text = gettext("cost within {gap} of the best possible (bound {bound})")
    return text.format(gap=gap_text(plan.gap), bound=money_text(plan.bound, clip(rollout.currency, NAME_WIDTH)))


def _finish_gap(rollout: Rollout, plan: Plan) -> str:
    if plan.gap is None or plan.bound is None:
        return gettext("last finish without a proved bound")
    if plan.gap == 0:
        return gettext("last finish proved the best possible")
    text = gettext("last finish within {gap} of the best possible (bound {bound})")
    return text.format(gap=gap_text(plan.gap), bound=day_text(rollout.today + timedelta(days=plan.bound)))


def _unplanned(plan: Plan) -> list[Line]:
    groups = list(shops_by_reason(plan).items())
    lines: list[Line] = []
    for reason, shops in groups[:REASONS_SHOWN]:
        lines += _wrapped("" if lines else pgettext("label", "No date"), f"{_some(shops)}: {printable(reason)}")
    rest = groups[REASONS_SHOWN:]
    if rest:
        shops_left = sum(len(shops) for _, shops in rest)
        text = ngettext("{shops} for {number} other reason", "{shops} for {number} other reasons", len(rest))
        lines += _wrapped("", text.format(shops=counted(shops_left, "more shop"), number=number_text(len(rest))))
    return lines


def _some(shops: Sequence[str]) -> str:
    shown = ", ".join(clip(shop, NAME_WIDTH) for shop in shops[:SHOPS_SHOWN])
    more = len(shops) - SHOPS_SHOWN
    return gettext("{names} and {number} more").format(names=shown, number=more) if more > 0 else shown


def _conflict_report(rollout: Rollout, plan: Plan) -> list[Line]:
    """Every conflict, a line each however long, since they are all there is to tell."""
    plan_text = gettext("{name}: none, because fixed dates conflict").format(name=clip(rollout.name, NAME_WIDTH))
    next_text = gettext("change one of the dates in each conflict, or go on despite them with --allow-conflicts")
    conflicts = enumerate(plan.conflicts)
    return [
        *_wrapped(gettext("Plan"), plan_text),
        *(("" if number else gettext("Conflicts"), conflict_text(conflict)) for number, conflict in conflicts),
        *_wrapped(pgettext("label", "Next"), next_text),
    ]


def _conflicts(conflicts: Sequence[Conflict]) -> list[Line]:
    lines: list[Line] = []
    for conflict in conflicts[:CONFLICTS_SHOWN]:
        lines += _wrapped("" if lines else gettext("Conflicts"), conflict_text(conflict))
    more = len(conflicts) - CONFLICTS_SHOWN
    return lines + (_wrapped("", gettext("and {number} more in plan.json").format(number=more)) if more > 0 else [])


def _tightest(rollout: Rollout, plan: Plan) -> str:
    """The crews behind their trade, which is said once for crews that follow one another."""
    texts = []
    for trade, loads in groupby(tightest_crews(rollout, plan, CREWS_SHOWN), key=attrgetter("trade")):
        crews = ", ".join(f"{clip(load.crew, CREW_WIDTH)} {percent_text(load.share)}" for load in loads)
        texts.append(f"{clip(trade, CREW_WIDTH)} {crews}")
    return "; ".join(texts)


def _files(written: Sequence[Path]) -> list[Line]:
    if not written:
        return []
    text = gettext("{files} in {folder}")
    names = ", ".join(path.name for path in written)
    return [(gettext("Written"), text.format(files=names, folder=written[0].parent))]


def _wrapped(label: str, text: str) -> list[Line]:
    """`text` on lines that fit beside the labels; none where there is no text."""
    # A percent sign stays with its number.
    lines = textwrap.wrap(text.replace(" %", "\xa0%"), WIDTH - LABEL_WIDTH)
    return [("" if number else label, line.replace("\xa0", " ")) for number, line in enumerate(lines)]
