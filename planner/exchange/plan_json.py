"""plan.json (`remodel-plan/1`): a plan written, and read back with all its structural mistakes at once."""

import json
import re
from pathlib import Path

from planner.domain.plan import (
    Conflict,
    Cost,
    MilestoneResult,
    Plan,
    PlannedPhase,
    PlanStatus,
    Remodel,
    RemodelStatus,
    SolveInfo,
    TracePoint,
    Unplanned,
)
from planner.exchange.json_node import MISSING, JsonNode, JsonObject, load_json
from planner.exchange.problems import InputError, Problem
from planner.wording.quotation import in_quotes

SCHEMA = "remodel-plan/1"
COST_KINDS = ("closure", "waiting", "lateness", "travel", "change")


# A terminal obeys these, and JSON leaves them as they are; escaped they mean the same to every JSON reader.
CONTROLS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def plan_to_json(plan: Plan) -> bytes:
    """`plan.json`: UTF-8, keys in the contract's order, the same bytes for the same plan.

    Money, and `bound` with it, is in EUR; under earliest-finish, where the plan has a `last_finish_day`, `bound`
    is in days. Raises ValueError for a figure that is no finite number.
    """
    in_days = plan.last_finish_day is not None
    document = {
        "schema": SCHEMA,
        "rollout": plan.rollout,
        "scenario": None if plan.scenario is None else list(plan.scenario),
        "today": plan.today.isoformat(),
        "status": plan.status.value,
        "shortfall": plan.shortfall,
        "unplanned_priority": plan.unplanned_priority,
        "proved": {"shortfall": plan.proved_shortfall, "unplanned_priority": plan.proved_unplanned_priority},
        "cost": {"total": _eur(plan.total), **_cost_object(plan.cost)},
        **({"last_finish_day": plan.last_finish_day} if in_days else {}),
        "bound": plan.bound if in_days else _eur(plan.bound),
        "gap": plan.gap,
        "solve": _solve_object(plan.solve, in_days=in_days),
        "milestones": [
            {"name": item.name, "by": item.by.isoformat(), "target": item.target, "planned": item.planned}
            for item in plan.milestones
        ],
        "remodels": [_remodel_object(remodel) for remodel in plan.remodels],
        "unplanned": [{"shop": item.shop, "reason": item.reason} for item in plan.unplanned],
        "conflicts": [_conflict_object(conflict) for conflict in plan.conflicts],
    }
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2)
    return (CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n").encode()


def read_plan(path: Path) -> Plan:
    """The plan in a `plan.json`; its `total` is the one stated there. Keys that are not known are passed over.

    Raises InputError with every structural mistake; the `column` of each is its place in the document, such as
    `remodels[3].phases[0].first`.
    """
    root = JsonNode(load_json(path), "", {})
    schema = root["schema"]
    if schema.value != SCHEMA:
        schema.wrong(in_quotes(SCHEMA))
    if schema.value not in (SCHEMA, MISSING):
        # Another schema has other keys: that those of this one are missing would only confuse.
        _stop_at_problems(path, root)
    plan = _plan(root)
    _stop_at_problems(path, root)
    return plan


def plan_of_json(text: str) -> Plan:
    """The plan in the text of a `plan.json` that `plan_to_json` made; raises InputError where it is another text."""
    root = JsonNode(json.loads(text, object_pairs_hook=JsonObject), "", {})
    plan = _plan(root)
    _stop_at_problems(Path("plan.json"), root)
    return plan


def _stop_at_problems(path: Path, root: JsonNode) -> None:
    if root.problems:
        raise InputError(Problem(path.name, None, place or None, text) for place, text in root.problems)


def _eur(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _cost_object(cost: Cost | None) -> dict[str, float | None]:
    return {kind: None if cost is None else _eur(getattr(cost, kind)) for kind in COST_KINDS}


def _solve_object(solve: SolveInfo | None, *, in_days: bool) -> dict[str, object] | None:
    if solve is None:
        return None
    trace = [
        {
            "seconds": point.seconds,
            "shortfall": point.shortfall,
            "unplanned_priority": point.unplanned_priority,
            **({"last_finish_day": point.value} if in_days else {"cost": _eur(point.value)}),
            "bound": point.bound if in_days else _eur(point.bound),
        }
        for point in solve.trace
    ]
    known = {"trace": trace} if trace else {}
    return {"seconds": solve.seconds, "workers": solve.workers, "seed": solve.seed, **known}


def _remodel_object(remodel: Remodel) -> dict[str, object]:
    return {
        "shop": remodel.shop,
        "status": remodel.status.value,
        "start": remodel.start.isoformat(),
        "finish": remodel.finish.isoformat(),
        "closed_from": remodel.closed_from.isoformat() if remodel.closed_from else None,
        "closed_to": remodel.closed_to.isoformat() if remodel.closed_to else None,
        "phases": [
            {
                "name": phase.name,
                "first": phase.first.isoformat(),
                "last": phase.last.isoformat(),
                "crews": dict(phase.crews),
            }
            for phase in remodel.phases
        ],
        "cost": _cost_object(remodel.cost),
    }


def _conflict_object(conflict: Conflict) -> dict[str, object]:
    return {
        "rule": conflict.rule,
        "first": conflict.first.isoformat(),
        "last": conflict.last.isoformat(),
        "shops": list(conflict.shops),
        **({} if conflict.crew is None else {"crew": conflict.crew}),
        "text": conflict.text,
    }


def _plan(root: JsonNode) -> Plan:
    last_finish_day = root.if_given("last_finish_day").or_null(JsonNode.whole)
    cost, total = _plan_cost(root["cost"])
    return Plan(
        rollout=root["rollout"].text(),
        scenario=root["scenario"].or_null(JsonNode.texts),
        today=root["today"].day(),
        status=root["status"].one_of(PlanStatus),
        shortfall=root["shortfall"].or_null(JsonNode.whole),
        unplanned_priority=root["unplanned_priority"].or_null(JsonNode.whole),
        cost=cost,
        total=total,
        bound=root["bound"].or_null(JsonNode.cents if last_finish_day is None else JsonNode.whole),
        gap=root["gap"].or_null(JsonNode.number),
        solve=root["solve"].or_null(_solve),
        proved_shortfall=bool(root.if_given("proved").or_null(lambda proved: proved["shortfall"].flag())),
        proved_unplanned_priority=bool(
            root.if_given("proved").or_null(lambda proved: proved["unplanned_priority"].flag())
        ),
        last_finish_day=last_finish_day,
        milestones=tuple(_milestone(node) for node in root["milestones"].items()),
        remodels=tuple(_remodel(node) for node in root["remodels"].items()),
        unplanned=tuple(
            Unplanned(shop=node["shop"].text(), reason=node["reason"].text()) for node in root["unplanned"].items()
        ),
        conflicts=tuple(_conflict(node) for node in root["conflicts"].items()),
    )


def _plan_cost(node: JsonNode) -> tuple[Cost | None, int | None]:
    """The costs by kind and the stated total; both None where every figure is null."""
    figures = [node[key] for key in ("total", *COST_KINDS)]
    if all(figure.value is None for figure in figures):
        return None, None
    return _cost(node), node["total"].cents()


def _cost(node: JsonNode) -> Cost:
    return Cost(
        closure=node["closure"].cents(),
        waiting=node["waiting"].cents(),
        lateness=node["lateness"].cents(),
        travel=node["travel"].cents(),
        change=node["change"].cents(),
    )


def _solve(node: JsonNode) -> SolveInfo:
    trace = node.if_given("trace")
    return SolveInfo(
        seconds=node["seconds"].number(),
        workers=node["workers"].whole(),
        seed=node["seed"].whole(),
        trace=tuple(trace.or_null(lambda points: [_trace_point(point) for point in points.items()]) or ()),
    )


def _trace_point(node: JsonNode) -> TracePoint:
    day = node.if_given("last_finish_day").or_null(JsonNode.whole)
    return TracePoint(
        seconds=node["seconds"].number(),
        shortfall=node["shortfall"].whole(),
        unplanned_priority=node["unplanned_priority"].whole(),
        value=node["cost"].cents() if day is None else day,
        bound=node["bound"].or_null(JsonNode.cents if day is None else JsonNode.whole),
    )


def _milestone(node: JsonNode) -> MilestoneResult:
    return MilestoneResult(
        name=node["name"].text(),
        by=node["by"].day(),
        target=node["target"].whole(),
        planned=node["planned"].whole(),
    )


def _remodel(node: JsonNode) -> Remodel:
    return Remodel(
        shop=node["shop"].text(),
        status=node["status"].one_of(RemodelStatus),
        start=node["start"].day(),
        finish=node["finish"].day(),
        closed_from=node["closed_from"].or_null(JsonNode.day),
        closed_to=node["closed_to"].or_null(JsonNode.day),
        phases=tuple(_phase(phase) for phase in node["phases"].items()),
        cost=_cost(node["cost"]),
    )


def _phase(node: JsonNode) -> PlannedPhase:
    return PlannedPhase(
        name=node["name"].text(),
        first=node["first"].day(),
        last=node["last"].day(),
        crews={crew: units.whole() for crew, units in node["crews"].members()},
    )


def _conflict(node: JsonNode) -> Conflict:
    return Conflict(
        rule=node["rule"].text(),
        first=node["first"].day(),
        last=node["last"].day(),
        shops=node["shops"].texts(),
        text=node["text"].text(),
        crew=node.if_given("crew").or_null(JsonNode.text),
    )
