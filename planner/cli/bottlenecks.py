"""`planner bottlenecks`: what holds a rollout back, planned with more of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil
from pathlib import Path

from planner.cli.asked_plan import read_asked_plan
from planner.cli.background import in_background
from planner.cli.endings import ExitCode
from planner.cli.interrupts import Interrupts
from planner.cli.labelled import show_hanging
from planner.cli.lift_words import lift_data, more_text
from planner.cli.messages import clip, say, show, show_json
from planner.domain.rollout import Rollout
from planner.scheduling.limits import Limits, NoPlanError
from planner.scheduling.shadow_prices import WeekPrice
from planner.studies.bottlenecks import Bottlenecks, Candidate, Confirmed, find_bottlenecks
from planner.studies.planning import FailedCheckError
from planner.studies.significance import Verdict
from planner.wording.amounts import counted, day_text, money_text, number_text, plain_number_text, short_month_text
from planner.wording.translation import gettext, ngettext

LEVELS = "▁▂▃▄▅▆▇█"
NONE_AT_ALL = "·"
INDENT = "    "
CURRENCY_WIDTH = 3
NAME_WIDTH = 40
UNTRIED_SHOWN = 5
CHART_WIDTH = 72
LEAST_EUR = 1.0
MONTH_LETTERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class BottlenecksRequest:
    """What `planner bottlenecks` was asked for."""

    folder: Path
    plan: Path
    limits: Limits
    most: int
    scenarios: tuple[str, ...] = ()
    quiet: bool = False
    as_json: bool = False


def show_bottlenecks(request: BottlenecksRequest) -> ExitCode:
    """Shows what holds a rollout back. Raises InputError."""
    asked = read_asked_plan(request.folder, request.plan, request.scenarios)
    if isinstance(asked, ExitCode):
        return asked

    def tell(number: int, count: int, candidate: Candidate | None) -> None:
        what = gettext("the plan as it is") if candidate is None else clip(more_text(candidate.lift), NAME_WIDTH * 2)
        say(gettext("Planning {number} of {count}: {what}").format(number=number, count=count, what=what))

    with Interrupts() as interrupts:
        interrupts.keep_the_plan()
        try:
            found = in_background(
                lambda: find_bottlenecks(
                    asked.rollout,
                    asked.plan,
                    request.limits,
                    most=request.most,
                    tell=None if request.quiet else tell,
                    stop=interrupts.stop,
                )
            )
        except NoPlanError as error:
            text = gettext("No plan within {seconds} s ({error}), so there is nothing to compare.")
            say(text.format(seconds=plain_number_text(request.limits.seconds), error=error))
            return ExitCode.NO_PLAN
        except FailedCheckError as error:
            text = gettext("A plan failed its own check ({error}). This is a mistake in the planner: please report it.")
            say(text.format(error=error))
            return ExitCode.FAILED
        interrupted = interrupts.stop.is_set()
    if request.as_json:
        show_json(bottlenecks_data(asked.rollout, found))
    else:
        for line in bottlenecks_lines(asked.rollout, found):
            if line.startswith(INDENT):
                show(line)
            else:
                show_hanging(line, len(INDENT))
    return ExitCode.INTERRUPTED if interrupted else ExitCode.OK


def bottlenecks_lines(rollout: Rollout, found: Bottlenecks) -> Iterator[str]:
    """The changes that were planned, best first, each with its price by week; then what was not tried."""
    for number, item in enumerate(found.confirmed, start=1):
        yield f"{number}. {more_text(item.candidate.lift)}: {gain_text(rollout, item, found.searched_cents)}"
        yield from (f"{INDENT}{line}" for line in week_chart(item.candidate.weeks))
    if not found.confirmed:
        yield gettext("No change was planned.")
    promising = [item for item in found.untried if item.eur > 0]
    if promising:
        names = "; ".join(more_text(item.lift) for item in promising[:UNTRIED_SHOWN])
        more = len(promising) - UNTRIED_SHOWN
        if more > 0:
            names = gettext("{names}; and {number} more").format(names=names, number=more)
        yield gettext("Not planned, though they have a price too (-n plans more): {names}").format(names=names)


def gain_text(rollout: Rollout, item: Confirmed, searched_cents: int) -> str:
    """What a change was found to do, and how sure that is; `searched_cents` is what planning on saves anyway."""
    currency = clip(rollout.currency, CURRENCY_WIDTH)
    parts = [
        gettext("{after} instead of {before} by {milestone} ({day})").format(
            after=gain.after, before=gain.before, milestone=clip(gain.name, NAME_WIDTH), day=day_text(gain.by)
        )
        for gain in item.milestones
        if gain.after != gain.before and min(gain.before, gain.after) < gain.target
    ]
    if item.dated:
        parts.append(_dated_text(item.dated))
    if item.value.amount:
        parts.append(_value_text(item, currency))
    if not item.helps:
        return gettext("nothing found") + _at_most_text(item, currency)
    if item.gain[:2] == (0, 0) and not item.least_cents and 0 < item.cents <= searched_cents:
        saved = money_text(item.cents, currency, with_cents=False)
        text = gettext("nothing sure: {money} less, which planning on for as long found without it")
        return text.format(money=saved) + _at_most_text(item, currency)
    return f"{', '.join(parts)}{_proof_text(item, currency)}"


def _dated_text(number: int) -> str:
    if number > 0:
        text = ngettext("{number} shop more with a date", "{number} shops more with a date", number)
    else:
        text = ngettext("{number} shop fewer with a date", "{number} shops fewer with a date", -number)
    return text.format(number=number_text(abs(number)))


def _value_text(item: Confirmed, currency: str) -> str:
    less = item.cents > 0
    if item.plan.last_finish_day is not None:
        days = counted(abs(item.cents), "day")
        if less:
            return gettext("the last shop finishes {days} sooner").format(days=days)
        return gettext("the last shop finishes {days} later").format(days=days)
    text = gettext("{money} less") if less else gettext("{money} more")
    return text.format(money=money_text(abs(item.cents), currency, with_cents=False))


def _at_most_text(item: Confirmed, currency: str) -> str:
    if item.most_cents is None:
        return ""
    text = gettext(", and there is {money} to save at most")
    return text.format(money=money_text(item.most_cents, currency, with_cents=False))


def _proof_text(item: Confirmed, currency: str) -> str:
    """How far the gain is proved: a better plan as it is may exist that the search has not found."""
    proved, found = gettext(" (proved)"), gettext(" (in the plans found)")
    if item.gain[0] > 0:
        return proved if item.shortfall.verdict is Verdict.LESS else found
    if item.gain[1] > 0:
        return proved if item.priority.verdict is Verdict.LESS else found
    if item.least_cents:
        text = gettext(" (proved to be {money} or more)")
        return text.format(money=money_text(item.least_cents, currency, with_cents=False))
    if item.most_cents is not None:
        text = gettext(" (in the plans found; {money} at most)")
        return text.format(money=money_text(item.most_cents, currency, with_cents=False))
    return found


def week_chart(weeks: Sequence[WeekPrice]) -> list[str]:
    """The price of one more unit week by week, as bars over the months; nothing where no week has a price."""
    dearest = max(weeks, key=lambda week: week.eur, default=None)
    if dearest is None or dearest.eur < LEAST_EUR:
        return []
    most, each = dearest.eur, ceil(len(weeks) / CHART_WIDTH)
    weeks = [max(weeks[first : first + each], key=lambda week: week.eur) for first in range(0, len(weeks), each)]
    bars = "".join(
        LEVELS[min(int(week.eur / most * len(LEVELS)), len(LEVELS) - 1)] if week.eur > most / 1000 else NONE_AT_ALL
        for week in weeks
    )
    months = ""
    for _, part in groupby(weeks, key=lambda week: (week.monday.year, week.monday.month)):
        days = [week.monday for week in part]
        months += short_month_text(days[0]).ljust(len(days)) if len(days) > MONTH_LETTERS else " " * len(days)
    text = gettext("price of one more by week; most {price} in the week of {day}")
    return [bars, months.rstrip(), text.format(price=number_text(most), day=day_text(dearest.monday))]


def bottlenecks_data(rollout: Rollout, found: Bottlenecks) -> dict[str, object]:
    """The answer for --json."""
    return {
        "plan_as_it_is": _plan_data(
            found.base.shortfall, found.base.unplanned_priority, found.base.total, found.base.bound
        ),
        "planning_on_saved": found.searched_cents / 100,
        "changes": [_confirmed_data(rollout, item) for item in found.confirmed],
        "not_planned": [
            {"change": lift_data(rollout, item.lift), "text": more_text(item.lift), "price": round(item.eur, 2)}
            for item in found.untried
        ],
    }


def _plan_data(shortfall: int | None, priority: int | None, total: int | None, bound: int | None) -> dict[str, object]:
    return {
        "shortfall": shortfall,
        "unplanned_priority": priority,
        "total": None if total is None else total / 100,
        "bound": bound,
    }


def _confirmed_data(rollout: Rollout, item: Confirmed) -> dict[str, object]:
    plan = item.plan
    return {
        "change": lift_data(rollout, item.candidate.lift),
        "text": more_text(item.candidate.lift),
        "helps": item.helps,
        "plan": _plan_data(plan.shortfall, plan.unplanned_priority, plan.total, plan.bound),
        "milestones": [
            {
                "name": gain.name,
                "by": gain.by.isoformat(),
                "target": gain.target,
                "planned": gain.before,
                "would_be": gain.after,
            }
            for gain in item.milestones
        ],
        "shops_with_a_date": item.dated,
        "verdicts": {
            "shortfall": item.shortfall.verdict.value,
            "unplanned_priority": item.priority.verdict.value,
            "value": item.value.verdict.value,
        },
        "saves": item.cents if plan.last_finish_day is not None else item.cents / 100,
        "saves_at_least": None if item.least_cents is None else item.least_cents / 100,
        "saves_at_most": None if item.most_cents is None else item.most_cents / 100,
        "price": round(item.candidate.eur, 2),
        "price_by_week": [
            {"week": week.monday.isoformat(), "eur": round(week.eur, 2)} for week in item.candidate.weeks
        ],
    }
