"""Plans in the database on the command line: made, listed, shown, published and dropped."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from planner.cli.asking import is_agreed
from planner.cli.endings import ExitCode, say_problems
from planner.cli.interrupts import Interrupts
from planner.cli.messages import clip, say, show, show_json
from planner.cli.run import no_plan, search
from planner.cli.summary import LABEL_WIDTH, summary_data, summary_lines
from planner.cli.text_table import show_table
from planner.domain.plan import Plan, PlanStatus
from planner.domain.rollout import Rollout
from planner.exchange.problems import InputError
from planner.exchange.whole_files import write_whole
from planner.scheduling.limits import Limits, NoPlanError
from planner.store.backlog import Backlog
from planner.store.errors import NotFoundError
from planner.store.records import PlanInfo, PlanState
from planner.wording.amounts import gap_text, money_text, number_text, plain_day_text
from planner.wording.translation import gettext, later, ngettext, pgettext

NOTE_WIDTH = 40
MOST_WANTED = ("plan", "state", "made", "scenario", "short", "cost", "note")
STATE_WORDS = {
    PlanState.DRAFT: later("draft"),
    PlanState.PUBLISHED: later("published"),
    PlanState.SUPERSEDED: later("superseded"),
    PlanState.DROPPED: later("dropped"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """What `planner plan` was asked for."""

    limits: Limits
    scenarios: tuple[str, ...] = ()
    note: str = ""
    quiet: bool = False
    as_json: bool = False


def make_plan(backlog: Backlog, request: PlanRequest) -> ExitCode:
    """Plans the rollout as it is now and keeps the plan as a draft. Nothing is locked while it searches."""
    titles: tuple[str, ...] = ()
    if request.scenarios:
        under = backlog.under(request.scenarios)
        rollout, revision, titles = under.rollout, under.revision, under.titles
        if not request.quiet:
            say_problems(under.warnings)
    else:
        rollout, revision = backlog.load()
    with Interrupts() as interrupts:
        interrupts.keep_the_plan()
        try:
            plan = search(
                rollout, request.limits, interrupts, quiet=request.quiet, start=_start(backlog, request.limits)
            )
        except NoPlanError as error:
            return no_plan(error, request.limits, interrupted=interrupts.stop.is_set())
        interrupted = interrupts.stop.is_set()
        info = None
        if plan.status is not PlanStatus.INFEASIBLE:
            plan = replace(plan, scenario=titles or None)
            info = backlog.plans.keep(rollout, plan, revision, request.note, scenario=request.scenarios)
    _sum_up(rollout, plan, info, interrupted=interrupted, as_json=request.as_json)
    if info is None:
        return ExitCode.CONFLICT
    return ExitCode.INTERRUPTED if interrupted else ExitCode.OK


def _start(backlog: Backlog, limits: Limits) -> Plan | None:
    """The newest plan to begin from; none under a deterministic limit, where only the rollout decides."""
    if limits.deterministic:
        return None
    newest = backlog.plans.newest()
    return backlog.plans.plan(newest.number) if newest else None


def _sum_up(rollout: Rollout, plan: Plan, info: PlanInfo | None, *, interrupted: bool, as_json: bool) -> None:
    if as_json:
        data = summary_data(rollout, plan, [], interrupted=interrupted)
        kept = {"plan": info and info.number, "based_on": info and info.based_on}
        show_json({**data, **kept, "scenarios": list(info.scenario) if info else None})
        return
    for label, text in summary_lines(rollout, plan, [], interrupted=interrupted):
        show(text, label=label.ljust(LABEL_WIDTH))
    if info is None:
        say(gettext("No plan was kept."))
    else:
        text = gettext("plan {number}, a draft; `planner plans publish {number}` makes it the baseline")
        if info.scenario:
            text = gettext(
                "plan {number}, a draft under scenario {names}; `planner plans diff {number}` compares it with the"
                " baseline"
            )
        text = text.format(number=info.number, names=", ".join(info.scenario))
        show(text, gettext("Kept").ljust(LABEL_WIDTH))


def list_plans(backlog: Backlog, *, everything: bool, wide: bool, as_json: bool) -> ExitCode:
    """Shows the plans, the newest first; the scenarios where any was made under one."""
    infos = backlog.plans.all(with_dropped=everything)
    if as_json:
        show_json([plan_data(info) for info in infos])
        return ExitCode.OK
    if infos:
        with_scenario = any(info.scenario for info in infos)
        headings = {name: text for name, text in _headings().items() if with_scenario or name != "scenario"}
        rows = [[cell for name, cell in _row(info).items() if name in headings] for info in infos]
        wanted = [text for name, text in headings.items() if name in MOST_WANTED]
        show_table(list(headings.values()), rows, first=wanted, wide=wide)
    else:
        say(gettext("There is no plan yet; make one by: planner plan"))
    return ExitCode.OK


def _headings() -> dict[str, str]:
    return {
        "plan": pgettext("heading", "plan"),
        "state": pgettext("heading", "state"),
        "made": pgettext("heading", "made"),
        "by": pgettext("heading", "by"),
        "scenario": pgettext("heading", "scenario"),
        "remodels": pgettext("heading", "remodels"),
        "no date": pgettext("heading", "no date"),
        "short": pgettext("heading", "short"),
        "cost": pgettext("heading", "cost"),
        "gap": pgettext("heading", "gap"),
        "changes since": pgettext("heading", "changes since"),
        "note": pgettext("heading", "note"),
    }


def _row(info: PlanInfo) -> dict[str, str]:
    cells = (
        str(info.number),
        gettext(STATE_WORDS[info.state]),
        _moment(info.made_at),
        info.made_by,
        ", ".join(info.scenario),
        str(info.remodels),
        str(info.unplanned),
        str(info.shortfall),
        money_text(info.total or 0),
        "" if info.gap is None else gap_text(info.gap),
        str(info.changes_since),
        clip(info.note, NOTE_WIDTH),
    )
    return dict(zip(_headings(), cells, strict=True))


def plan_data(info: PlanInfo) -> dict[str, object]:
    """A plan's figures for --json; money in the rollout's currency."""
    return {
        "plan": info.number,
        "state": info.state.value,
        "made_at": info.made_at.isoformat(),
        "made_by": info.made_by,
        "scenarios": list(info.scenario),
        "note": info.note,
        "based_on": info.based_on,
        "changes_since": info.changes_since,
        "status": info.status,
        "remodels": info.remodels,
        "unplanned": info.unplanned,
        "shortfall": info.shortfall,
        "total": None if info.total is None else info.total / 100,
        "gap": info.gap,
        "published_at": info.published_at and info.published_at.isoformat(),
        "published_by": info.published_by or None,
    }


def show_plan(backlog: Backlog, number: int, out: Path | None, *, as_json: bool) -> ExitCode:
    """Shows a plan's summary, or its plan.json; `out` is where the plan.json is written."""
    info = backlog.plans.info(number)
    document = backlog.plans.document(number)
    if out is not None:
        write_whole(out.parent, {out.name: document.encode()})
        say(gettext("Plan {number} written to {file}.").format(number=number, file=out))
        return ExitCode.OK
    plan = backlog.plans.plan(number)
    rollout = _rollout_of(backlog, number)
    if as_json:
        show_json({**plan_data(info), "summary": summary_data(rollout, plan, [], interrupted=False)})
        return ExitCode.OK
    show(f"{number}, {_state_text(info)}", gettext("Plan").ljust(LABEL_WIDTH))
    for label, text in summary_lines(rollout, plan, [], interrupted=False):
        show(text, label=label.ljust(LABEL_WIDTH))
    if info.changes_since:
        text = ngettext(
            "{number} change of the rollout since it was made",
            "{number} changes of the rollout since it was made",
            info.changes_since,
        )
        text = text.format(number=number_text(info.changes_since))
        show(text, gettext("Since").ljust(LABEL_WIDTH))
    return ExitCode.OK


def _rollout_of(backlog: Backlog, number: int) -> Rollout:
    """The rollout that a plan is one of; as it is now where the plan's scenarios no longer fit it."""
    try:
        return backlog.plans.to_use(number).rollout
    except (NotFoundError, InputError):
        text = gettext(
            "The scenario of plan {number} is gone or no longer fits the rollout, which is shown as it is now."
        )
        say(text.format(number=number))
        return backlog.load()[0]


def _state_text(info: PlanInfo) -> str:
    text = gettext("{state}, made on {moment} by {who}")
    if info.scenario:
        text = gettext("{state}, made on {moment} by {who} under scenario {names}")
    made = text.format(
        state=gettext(STATE_WORDS[info.state]),
        moment=_moment(info.made_at),
        who=info.made_by,
        names=", ".join(info.scenario),
    )
    if info.published_at is None:
        return made
    text = gettext("{made}, published on {moment} by {who}")
    return text.format(made=made, moment=_moment(info.published_at), who=info.published_by)


def _moment(moment: datetime) -> str:
    here = moment.astimezone()
    return f"{plain_day_text(here.date())} {here:%H:%M}"


def publish(backlog: Backlog, number: int, why: str, *, yes: bool, as_json: bool) -> ExitCode:
    """Makes a draft the baseline, after asking."""
    info = backlog.plans.info(number)
    if info.state is PlanState.DRAFT and not yes:
        changing = len(backlog.plans.starts_to_publish(number))
        question = ngettext(
            "This tells partners the starts of plan {plan}: {number} published start would change. It cannot be"
            " undone.",
            "This tells partners the starts of plan {plan}: {number} published starts would change. It cannot be"
            " undone.",
            changing,
        )
        if not is_agreed(question.format(plan=number, number=number_text(changing)), yes=yes):
            return ExitCode.BAD_INPUT
    entry = backlog.plans.publish(number, why)
    moved = sum(change.column == "published_start" for change in backlog.entry(entry.revision).changes)
    if as_json:
        show_json({"plan": number, "revision": entry.revision, "starts_changed": moved})
    else:
        text = ngettext(
            "Plan {plan} is the baseline; {number} published start changed.",
            "Plan {plan} is the baseline; {number} published starts changed.",
            moved,
        )
        show(text.format(plan=number, number=number_text(moved)))
    return ExitCode.OK


def annotate(backlog: Backlog, number: int, text: str, *, as_json: bool) -> ExitCode:
    """Notes what a plan is for."""
    entry = backlog.plans.annotate(number, text)
    if as_json:
        show_json({"plan": number, "revision": entry.revision, "note": text})
    else:
        text = gettext("Entry {revision}: {what}. `planner undo` takes it back.")
        show(text.format(revision=entry.revision, what=entry.what))
    return ExitCode.OK


def drop(backlog: Backlog, numbers: Sequence[int], why: str, *, as_json: bool) -> ExitCode:
    """Drops drafts; each is one entry, which undo brings back."""
    entries = []
    for number in dict.fromkeys(numbers):
        entries.append(backlog.plans.drop(number, why))
        if not as_json:
            text = gettext("Entry {revision}: {what}. `planner undo` brings it back.")
            show(text.format(revision=entries[-1].revision, what=entries[-1].what))
    if as_json:
        show_json(
            [{"plan": number, "revision": entry.revision} for number, entry in zip(numbers, entries, strict=False)]
        )
    return ExitCode.OK
