"""Plans side by side for programs: as JSON, and as a tidy CSV table."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date

from planner.domain.plan import Plan
from planner.exchange.plan_csv import text_cell
from planner.studies.comparison import COST_KINDS, Compared, Differences
from planner.studies.significance import Difference, Verdict

CSV_COLUMNS = ("scenario", "figure", "value", "difference", "verdict")


def comparison_data(compared: Sequence[Compared]) -> dict[str, object]:
    """What --json writes: the base and the scenarios, each with figures, differences and moved dates."""
    base, *others = compared
    return {"base": _figures(base), "scenarios": [{**_figures(item), **_against_base(item)} for item in others]}


def comparison_csv(compared: Sequence[Compared]) -> str:
    """What --csv writes: a row for each scenario and figure. Money is in the rollout's currency, `verdict` see JSON."""
    table = io.StringIO()
    writer = csv.DictWriter(table, CSV_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for item in compared:
        for figure, value, difference in _tidy(item):
            told = {} if difference is None else {"difference": difference[0], "verdict": difference[1]}
            writer.writerow(
                {"scenario": text_cell(item.answer.name), "figure": text_cell(figure), "value": value, **told}
            )
    return table.getvalue()


def _figures(item: Compared) -> dict[str, object]:
    plan = item.answer.plan
    return {
        "name": item.answer.name,
        "applied": list(plan.scenario or ()),
        "status": plan.status.value,
        "milestones": [
            {"name": result.name, "by": result.by.isoformat(), "target": result.target, "planned": result.planned}
            for result in plan.milestones
        ],
        "shortfall": plan.shortfall,
        "unplanned_priority": plan.unplanned_priority,
        "proved": {"shortfall": plan.proved_shortfall, "unplanned_priority": plan.proved_unplanned_priority},
        "cost": {"total": _eur(plan.total), **{kind: _kind(plan, kind) for kind in COST_KINDS}},
        "last_finish_day": plan.last_finish_day,
        "bound": plan.bound if plan.last_finish_day is not None else _eur(plan.bound),
        "gap": plan.gap,
        "first_start": _iso(item.first_start),
        "last_finish": _iso(item.last_finish),
        "load_peaks": [{**asdict(peak), "week": peak.week.isoformat()} for peak in item.peaks],
        "unplanned": [left.shop for left in plan.unplanned],
        "conflicts": [conflict.text for conflict in plan.conflicts],
    }


def _against_base(item: Compared) -> dict[str, object]:
    differences = item.differences
    return {
        "differences": _differences(differences, in_days=item.answer.plan.last_finish_day is not None)
        if differences
        else None,
        "moved": [
            {"shop": move.shop, "from": _iso(move.before), "to": _iso(move.after), "days": move.days}
            for move in item.moves
        ],
    }


def _differences(differences: Differences, *, in_days: bool) -> dict[str, object]:
    def told(difference: Difference, *, is_money: bool) -> dict[str, object]:
        amount = _eur(difference.amount) if is_money else difference.amount
        return {"amount": amount, "verdict": difference.verdict.value}

    return {
        "shortfall": told(differences.shortfall, is_money=False),
        "unplanned_priority": told(differences.unplanned_priority, is_money=False),
        **({"last_finish_day": told(differences.value, is_money=False)} if in_days else {}),
        "cost": {
            "total": told(differences.total, is_money=True),
            **{kind: told(difference, is_money=True) for kind, difference in differences.kinds.items()},
        },
    }


def _tidy(item: Compared) -> Iterator[tuple[str, object, tuple[object, Verdict] | None]]:
    """Figure, value, and difference with verdict where there is one."""
    plan, differences = item.answer.plan, item.differences

    def told(pick: Callable[[Differences], Difference], *, is_money: bool = False) -> tuple[object, Verdict] | None:
        if differences is None:
            return None
        difference = pick(differences)
        return (_eur(difference.amount) if is_money else difference.amount), difference.verdict

    yield "status", plan.status.value, None
    for result in plan.milestones:
        yield f"milestone {result.name}", result.planned, None
    yield "shortfall", plan.shortfall, told(lambda of: of.shortfall)
    yield "unplanned_priority", plan.unplanned_priority, told(lambda of: of.unplanned_priority)
    yield "total", _eur(plan.total), told(lambda of: of.total, is_money=True)
    for kind in COST_KINDS:
        yield kind, _kind(plan, kind), told(_of_kind(kind), is_money=True)
    if plan.last_finish_day is not None:
        yield "last_finish_day", plan.last_finish_day, told(lambda of: of.value)
    yield "bound", plan.bound if plan.last_finish_day is not None else _eur(plan.bound), None
    yield "gap", plan.gap, None
    yield "first_start", _iso(item.first_start), None
    yield "last_finish", _iso(item.last_finish), None
    for peak in item.peaks:
        yield f"peak_load {peak.trade}", round(peak.share, 4), None
    if differences:
        yield "moved", sum(move.days is not None for move in item.moves), None


def _of_kind(kind: str) -> Callable[[Differences], Difference]:
    return lambda differences: differences.kinds[kind]


def _kind(plan: Plan, kind: str) -> float | None:
    return _eur(getattr(plan.cost, kind)) if plan.cost else None


def _eur(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
