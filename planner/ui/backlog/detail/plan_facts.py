"""What the plan says of a shop: its dates and why, its phases with their crews, and its money by kind."""

from collections.abc import Iterator
from datetime import date, timedelta

from planner.domain.plan import PlannedPhase, PlanStatus, Remodel, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.domain.shop_format import Phase
from planner.exchange.text import printable
from planner.store.records import PlanInfo, PlanState
from planner.studies.comparison_rows import kind_text
from planner.studies.slot_words import currency_text
from planner.studies.why_moved import COST_KINDS
from planner.ui.backlog.cells import word
from planner.ui.backlog.detail.dossier import Dossier
from planner.ui.backlog.detail.facts import Fact, Tone
from planner.wording.amounts import day_text, money_text, span_text, weekday_text
from planner.wording.translation import gettext, later, ngettext

STATES = {
    PlanState.DRAFT: later("draft"),
    PlanState.PUBLISHED: later("published"),
    PlanState.SUPERSEDED: later("superseded"),
    PlanState.DROPPED: later("dropped"),
}


def plan_facts(dossier: Dossier) -> Iterator[Fact]:
    """The dates that the plan gives, and why; or why there are none."""
    shop, info, remodel = dossier.item.shop, dossier.ground.info, dossier.remodel
    if shop.status is Status.DONE and shop.finish is not None:
        yield Fact(gettext("Finished on {day}; it counts towards milestones.").format(day=day_text(shop.finish)))
        return
    if shop.is_dropped:
        text = gettext("It is {status}, so plans leave it out. b takes it back into the backlog.")
        yield Fact(text.format(status=word("status", shop.status.value)))
        return
    if info is None:
        yield Fact(gettext("There is no plan yet: p makes one."))
        return
    yield Fact(f"{info.number} · {gettext(STATES[info.state])}", gettext("Plan"))
    if dossier.item.version > info.based_on:
        text = gettext("↻ Changed since plan {number} was made: p plans again.")
        yield Fact(text.format(number=info.number), tone=Tone.WARNING)
    if remodel is None:
        yield from _without_date(dossier, info)
    else:
        yield from _dates(dossier, remodel)


def _without_date(dossier: Dossier, info: PlanInfo) -> Iterator[Fact]:
    if dossier.reason is not None:
        yield Fact(gettext("no date"), gettext("Start"), Tone.WARNING)
        yield Fact(printable(dossier.reason), gettext("Why"))
    elif info.status == PlanStatus.INFEASIBLE:
        yield Fact(gettext("This plan has no dates: fixed dates clash. The overview lists them."))
    else:
        yield Fact(gettext("The plan does not know this shop yet: p plans again."))


def _dates(dossier: Dossier, remodel: Remodel) -> Iterator[Fact]:
    shop, reopening = dossier.item.shop, dossier.ground.figures.reopenings.get(remodel.shop)
    yield Fact(_with_weekday(remodel.start), gettext("Start"), Tone.STRONG)
    if remodel.closed_from and remodel.closed_to:
        days = (remodel.closed_to - remodel.closed_from).days + 1
        closed = ngettext("{days} ({number} day)", "{days} ({number} days)", days)
        span = span_text(remodel.closed_from, remodel.closed_to)
        yield Fact(closed.format(days=span, number=days), gettext("Closed"))
    else:
        yield Fact(gettext("on no day"), gettext("Closed"))
    if reopening is not None:
        yield Fact(_with_weekday(reopening), gettext("Reopens"), Tone.STRONG)
    yield Fact(_with_weekday(remodel.finish), gettext("Finish"))
    late = (remodel.finish - shop.due_by).days if shop.due_by else 0
    if late > 0:
        text = ngettext("{number} day after the wished one", "{number} days after the wished one", late)
        yield Fact(text.format(number=late), gettext("Late"), Tone.WARNING)
    yield Fact(_why(shop, remodel, dossier.ground.rollout), gettext("Why"))
    yield Fact(_published(shop, remodel), gettext("Published"))


def _with_weekday(day: date) -> str:
    return f"{weekday_text(day)} {day_text(day)}"


def _why(shop: Shop, remodel: Remodel, rollout: Rollout | None) -> str:
    if remodel.status is RemodelStatus.FIXED:
        return gettext("fixed: plans keep this start")
    if remodel.status is RemodelStatus.IN_PROGRESS:
        return gettext("work has begun")
    if rollout is not None and _is_frozen(shop, remodel, rollout):
        text = ngettext(
            "published, and within {number} day of the planning date: kept",
            "published, and within {number} days of the planning date: kept",
            rollout.freeze_days,
        )
        return text.format(number=rollout.freeze_days)
    return gettext("chosen by the planner; g goes to the schedule, where e explains it")


def _is_frozen(shop: Shop, remodel: Remodel, rollout: Rollout) -> bool:
    told = shop.published_start
    if told is None or told != remodel.start or not rollout.freeze_days:
        return False
    return rollout.today <= told <= rollout.today + timedelta(days=rollout.freeze_days)


def _published(shop: Shop, remodel: Remodel) -> str:
    told = shop.published_start
    if told is None:
        return gettext("no start yet")
    days = (remodel.start - told).days
    if days == 0:
        return gettext("{day}, as planned").format(day=day_text(told))
    moved = (
        ngettext("the plan starts {number} day later", "the plan starts {number} days later", days)
        if days > 0
        else ngettext("the plan starts {number} day sooner", "the plan starts {number} days sooner", -days)
    )
    return f"{day_text(told)}; {moved.format(number=abs(days))}"


def phase_facts(dossier: Dossier) -> Iterator[Fact]:
    """The phases: with days and crews where there is a date, else what the format asks for."""
    rollout, remodel = dossier.ground.rollout, dossier.remodel
    shop_format = rollout.format_by_name.get(dossier.item.shop.format) if rollout else None
    phases = shop_format.phases if shop_format else ()
    if remodel is None:
        if phases:
            yield Fact(gettext("What the format asks for:"), tone=Tone.QUIET)
        for phase in phases:
            yield Fact(_phase_title(phase.name, phase), tone=Tone.STRONG)
            yield Fact(" · ".join(_asked_for(phase)), indent=2)
        return
    known = {phase.name: phase for phase in phases}
    for planned in remodel.phases:
        asked = known.get(planned.name)  # none where the format was changed since the plan was made
        yield Fact(_phase_title(planned.name, asked), tone=Tone.STRONG)
        yield Fact(_planned_days(planned, asked), indent=2)
        yield Fact(_crews(planned, rollout), indent=2)


def _phase_title(name: str, phase: Phase | None) -> str:
    if phase is None:
        return printable(name)
    state = gettext("the shop is closed") if phase.closed else gettext("the shop is open")
    return f"{printable(name)} · {state}"


def _planned_days(planned: PlannedPhase, phase: Phase | None) -> str:
    days = span_text(planned.first, planned.last)
    return f"{days} · {_working_days(phase.days)}" if phase is not None else days


def _working_days(days: int) -> str:
    return ngettext("{number} working day", "{number} working days", days).format(number=days)


def _crews(planned: PlannedPhase, rollout: Rollout | None) -> str:
    known = rollout.crew_by_id if rollout else {}
    names = []
    for crew, units in planned.crews.items():
        name = known[crew].name if crew in known else ""
        several = f"{units} × " if units > 1 else ""
        names.append(printable(f"{several}{crew}{f' ({name})' if name and name != crew else ''}"))
    return ", ".join(names) or gettext("no crew")


def _asked_for(phase: Phase) -> Iterator[str]:
    yield _working_days(phase.days)
    yield ", ".join(printable(f"{units} {trade}") for trade, units in phase.crews.items()) or gettext("no crew")
    if phase.wait_max:
        least, most = phase.wait_min, phase.wait_max
        wait = f"{least}" if least == most else f"{least}–{most}"
        text = ngettext("after a wait of {days} working day", "after a wait of {days} working days", most)
        yield text.format(days=wait)


def money_facts(dossier: Dossier) -> Iterator[Fact]:
    """What the shop costs by kind; without a date, what waiting costs."""
    cost, rollout = dossier.cost, dossier.ground.rollout
    if cost is None:
        yield Fact(gettext("No plan says what it costs."), tone=Tone.QUIET)
        return
    currency = currency_text(rollout.currency) if rollout else ""
    for kind in COST_KINDS:
        yield Fact(money_text(getattr(cost, kind), currency), kind_text(kind), is_figure=True)
    yield Fact(money_text(cost.total, currency), gettext("total"), Tone.STRONG, is_figure=True)
    if dossier.remodel is None:
        yield Fact(gettext("Without a date it waits until the horizon ends."), tone=Tone.QUIET)
