"""Plans of the store on the command line: made, listed, shown, compared, published and dropped."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.cli.amounts import counted, gap_text, money_text
from planner.cli.asking import is_agreed
from planner.cli.endings import ExitCode
from planner.cli.interrupts import Interrupts
from planner.cli.messages import clip, say, show, show_json
from planner.cli.run import no_plan, search
from planner.cli.summary import LABEL_WIDTH, summary_data, summary_lines
from planner.cli.text_table import show_table
from planner.domain.plan import Plan, PlanStatus
from planner.domain.plan_difference import ShopDifference
from planner.domain.rollout import Rollout
from planner.exchange.whole_files import write_whole
from planner.scheduling.limits import Limits, NoPlanError
from planner.store.backlog import Backlog
from planner.store.errors import StoreError
from planner.store.records import PlanInfo, PlanState

MOVES_SHOWN = 40
NOTE_WIDTH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRequest:
    """What `planner plan` was asked for."""

    limits: Limits
    note: str = ""
    quiet: bool = False
    as_json: bool = False


def make_plan(backlog: Backlog, request: PlanRequest) -> ExitCode:
    """Plans the rollout as it is now and keeps the plan as a draft. Nothing is locked while it searches."""
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
            info = backlog.plans.keep(rollout, plan, revision, request.note)
    _sum_up(rollout, plan, info, interrupted=interrupted, as_json=request.as_json)
    if info is None:
        return ExitCode.CONFLICT
    return ExitCode.INTERRUPTED if interrupted else ExitCode.OK


def _start(backlog: Backlog, limits: Limits) -> Plan | None:
    """The newest plan to begin from; none under a deterministic limit, where only the rollout decides."""
    if limits.deterministic:
        return None
    kept = backlog.plans.all()
    return backlog.plans.plan(kept[0].number) if kept else None


def _sum_up(rollout: Rollout, plan: Plan, info: PlanInfo | None, *, interrupted: bool, as_json: bool) -> None:
    if as_json:
        data = summary_data(rollout, plan, [], interrupted=interrupted)
        show_json({**data, "plan": info and info.number, "based_on": info and info.based_on})
        return
    for label, text in summary_lines(rollout, plan, [], interrupted=interrupted):
        show(text, label=label.ljust(LABEL_WIDTH))
    if info is None:
        say("No plan was kept.")
    else:
        show(
            f"plan {info.number}, a draft; `planner plans publish {info.number}` makes it the baseline",
            "Kept".ljust(LABEL_WIDTH),
        )


def list_plans(backlog: Backlog, *, everything: bool, as_json: bool) -> ExitCode:
    """Shows the plans, the newest first."""
    infos = backlog.plans.all(with_dropped=everything)
    if as_json:
        show_json([plan_data(info) for info in infos])
        return ExitCode.OK
    if infos:
        headings = (
            "plan",
            "state",
            "made",
            "by",
            "remodels",
            "no date",
            "short",
            "cost",
            "gap",
            "changes since",
            "note",
        )
        show_table(headings, [_row(info) for info in infos])
    else:
        say("There is no plan yet; make one by: planner plan")
    return ExitCode.OK


def _row(info: PlanInfo) -> list[str]:
    return [
        str(info.number),
        info.state.value,
        f"{info.made_at.astimezone():%Y-%m-%d %H:%M}",
        info.made_by,
        str(info.remodels),
        str(info.unplanned),
        str(info.shortfall),
        money_text(info.total or 0),
        "" if info.gap is None else gap_text(info.gap),
        str(info.changes_since),
        clip(info.note, NOTE_WIDTH),
    ]


def plan_data(info: PlanInfo) -> dict[str, object]:
    """A plan's figures for --json; money in the rollout's currency."""
    return {
        "plan": info.number,
        "state": info.state.value,
        "made_at": info.made_at.isoformat(),
        "made_by": info.made_by,
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
        say(f"Plan {number} written to {out}.")
        return ExitCode.OK
    plan = backlog.plans.plan(number)
    rollout, _ = backlog.load()
    if as_json:
        show_json({**plan_data(info), "summary": summary_data(rollout, plan, [], interrupted=False)})
        return ExitCode.OK
    show(f"{number}, {_state_text(info)}", "Plan".ljust(LABEL_WIDTH))
    for label, text in summary_lines(rollout, plan, [], interrupted=False):
        show(text, label=label.ljust(LABEL_WIDTH))
    if info.changes_since:
        show(f"{counted(info.changes_since, 'change')} of the rollout since it was made", "Since".ljust(LABEL_WIDTH))
    return ExitCode.OK


def _state_text(info: PlanInfo) -> str:
    made = f"made on {info.made_at.astimezone():%Y-%m-%d %H:%M} by {info.made_by}"
    if info.published_at is None:
        return f"{info.state.value}, {made}"
    published = f"published on {info.published_at.astimezone():%Y-%m-%d %H:%M} by {info.published_by}"
    return f"{info.state.value}, {made}, {published}"


def show_difference(backlog: Backlog, before: int | None, after: int | None, *, as_json: bool) -> ExitCode:
    """Shows what differs between two plans: by default from the baseline to the newest draft."""
    first, second = _two_plans(backlog, before, after)
    found = backlog.plans.difference(first, second)
    if as_json:
        show_json(
            {
                "before": first,
                "after": second,
                "unchanged": found.unchanged,
                "total": [None if cents is None else cents / 100 for cents in found.total],
                "shortfall": list(found.shortfall),
                "unplanned": list(found.unplanned),
                "shops": [_move_data(move) for move in found.shops],
            }
        )
        return ExitCode.OK
    differ = f"{counted(len(found.shops), 'shop')} differ{'s' if len(found.shops) == 1 else ''}"
    show(f"From plan {first} to plan {second}: {differ}, {found.unchanged} not.")
    for name, (was, now) in (("short of the milestones", found.shortfall), ("without a date", found.unplanned)):
        if was != now:
            show(f"Shops {name}: {was} → {now}")
    if None not in found.total:
        was, now = (total or 0 for total in found.total)
        show(f"Cost: {money_text(was)} → {money_text(now)} ({'+' if now >= was else '-'}{money_text(abs(now - was))})")
    if found.shops:
        show_table(
            ("shop", "start", "becomes", "days", "finish", "becomes", "crews"), _moves(found.shops[:MOVES_SHOWN])
        )
    if len(found.shops) > MOVES_SHOWN:
        say(f"{MOVES_SHOWN} of {len(found.shops)} shops; --json shows all.")
    return ExitCode.OK


def _two_plans(backlog: Backlog, before: int | None, after: int | None) -> tuple[int, int]:
    if before is not None and after is not None:
        return before, after
    kept = [info.number for info in backlog.plans.all()]
    drafts = [info.number for info in backlog.plans.all() if info.state is PlanState.DRAFT]
    baseline = backlog.plans.baseline()
    first = baseline
    if baseline is None and len(kept) > 1:
        first = kept[1]
    second = before if before is not None else next(iter(drafts or kept), None)
    if first is None or second is None or first == second:
        raise StoreError("There are not two plans to compare; name both, such as: planner plans diff 1 2")
    return first, second


def _moves(shops: Sequence[ShopDifference]) -> list[list[str]]:
    return [
        [
            move.shop,
            str(move.start_before or "no date"),
            str(move.start_after or "no date"),
            "" if move.days is None else f"{move.days:+d}",
            str(move.finish_before or ""),
            str(move.finish_after or ""),
            "other" if move.other_crews else "",
        ]
        for move in shops
    ]


def _move_data(move: ShopDifference) -> dict[str, object]:
    days = (move.start_before, move.start_after, move.finish_before, move.finish_after)
    texts = [day and day.isoformat() for day in days]
    return {
        "shop": move.shop,
        "start": texts[:2],
        "finish": texts[2:],
        "days": move.days,
        "other_crews": move.other_crews,
    }


def publish(backlog: Backlog, number: int, why: str, *, yes: bool, as_json: bool) -> ExitCode:
    """Makes a draft the baseline, after asking."""
    info = backlog.plans.info(number)
    question = (
        f"This tells partners the starts of plan {number} ({counted(info.remodels, 'remodel')}); it cannot be undone."
    )
    if info.state is PlanState.DRAFT and not is_agreed(question, yes=yes):
        return ExitCode.BAD_INPUT
    entry = backlog.plans.publish(number, why)
    moved = sum(change.column == "published_start" for change in backlog.entry(entry.revision).changes)
    if as_json:
        show_json({"plan": number, "revision": entry.revision, "starts_changed": moved})
    else:
        show(f"Plan {number} is the baseline; {counted(moved, 'published start')} changed.")
    return ExitCode.OK


def drop(backlog: Backlog, numbers: Sequence[int], why: str, *, as_json: bool) -> ExitCode:
    """Drops drafts; each is one entry, which undo brings back."""
    entries = []
    for number in dict.fromkeys(numbers):
        entries.append(backlog.plans.drop(number, why))
        if not as_json:
            show(f"Entry {entries[-1].revision}: {entries[-1].what}. `planner undo` brings it back.")
    if as_json:
        show_json(
            [{"plan": number, "revision": entry.revision} for number, entry in zip(numbers, entries, strict=False)]
        )
    return ExitCode.OK
