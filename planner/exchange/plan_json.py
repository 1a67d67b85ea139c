"""plan.json (`remodel-plan/1`): a plan written, and read back with all its structural mistakes at once."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import TypeVar

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
    Unplanned,
)
from planner.exchange.files import MEGABYTE, read_text
from planner.exchange.problems import InputError, Problem, ProblemLog
from planner.exchange.text import quoted
from planner.exchange.values import BadValue, parse_day

SCHEMA = "remodel-plan/1"
COST_KINDS = ("closure", "waiting", "lateness", "travel", "change")

Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=StrEnum)

# A terminal obeys these, and JSON leaves them as they are; escaped they mean the same to every JSON reader.
CONTROLS = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
HALF_CHARACTERS = re.compile("[\ud800-\udfff]")
# Up to here floating point tells one cent from the next, and whole numbers fit everywhere.
MOST_EUR = 1e13
MOST_DIGITS = 18
FLOATING_POINT_NOISE_EUR = 1e-6
MAX_BYTES = 200 * MEGABYTE
AS_WRITTEN = "give the plan.json as the run wrote it"
MISSING = object()


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
        "solve": _solve_object(plan.solve),
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
    root = _Node(_load(path), "", {})
    schema = root["schema"]
    if schema.value != SCHEMA:
        schema.wrong(f"'{SCHEMA}'")
    if schema.value not in (SCHEMA, MISSING):
        # Another schema has other keys: that those of this one are missing would only confuse.
        _stop_at_problems(path, root)
    plan = _plan(root)
    _stop_at_problems(path, root)
    return plan


def _stop_at_problems(path: Path, root: "_Node") -> None:
    if root.problems:
        raise InputError(Problem(path.name, None, place or None, text) for place, text in root.problems)


def _eur(cents: int | None) -> float | None:
    return None if cents is None else cents / 100


def _cost_object(cost: Cost | None) -> dict[str, float | None]:
    return {kind: None if cost is None else _eur(getattr(cost, kind)) for kind in COST_KINDS}


def _solve_object(solve: SolveInfo | None) -> dict[str, float | int] | None:
    return None if solve is None else {"seconds": solve.seconds, "workers": solve.workers, "seed": solve.seed}


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


def _load(path: Path) -> object:
    """The JSON document at `path`."""
    log = ProblemLog()
    text = read_text(path.parent, path.name, MAX_BYTES, log)
    if text is None or log.errors:
        raise InputError(log.errors)
    try:
        return json.loads(text, object_pairs_hook=_Object, parse_int=_whole_or_float)
    except json.JSONDecodeError as error:
        row, reason = error.lineno, f"is not JSON at character {error.colno} ({error.msg}); {AS_WRITTEN}"
    except RecursionError:
        row, reason = None, f"is nested too deeply to be a plan; {AS_WRITTEN}"
    raise InputError([Problem(path.name, row, None, reason)])


def _whole_or_float(digits: str) -> int | float:
    """A whole number; one too long for any figure of a plan as a float, which its reader then refuses."""
    return int(digits) if len(digits) <= MOST_DIGITS else float(digits)


class _Object(dict[str, object]):
    """A JSON object that remembers which keys it was given more than once."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.repeated = [key for key, count in counts.items() if count > 1]


@dataclass(frozen=True, slots=True)
class _Node:
    """A value in the document, its place, and the problems found so far: (place, sentence), in order, each once.

    Each reading method returns the value in its type. Where it is of another, that is noted as a problem and
    something of the right type is returned, so that reading goes on to the next mistake.
    """

    value: object
    path: str
    problems: dict[tuple[str, str], None]

    def note(self, text: str) -> None:
        """Notes a problem at this place."""
        self.problems[self.path, text] = None

    def wrong(self, wanted: str) -> None:
        """Notes that the value is not what is wanted here."""
        if self.value is MISSING:
            self.note(f"is missing; it must be {wanted}")
        else:
            self.note(f"must be {wanted}, but is {_shown(self.value)}")

    def __getitem__(self, key: str) -> "_Node":
        """The value of `key`, which must be there."""
        path = f"{self.path}.{key}" if self.path else key
        if not isinstance(self.value, _Object):
            self.wrong("an object")
            return _Node(MISSING, path, {})  # the object is reported; its keys need not be
        self._check_keys(self.value)
        return _Node(self.value.get(key, MISSING), path, self.problems)

    def if_given(self, key: str) -> "_Node":
        """The value of `key`, null where it is not there."""
        node = self[key]
        return node if node.value is not MISSING else _Node(None, node.path, node.problems)

    def members(self) -> Iterator[tuple[str, "_Node"]]:
        """The keys and values of an object with any keys."""
        if not isinstance(self.value, _Object):
            self.wrong("an object")
            return
        self._check_keys(self.value)
        for key, value in self.value.items():
            path = f"{self.path}[{quoted(key)}]"
            yield _Node(key, path, self.problems).text(), _Node(value, path, self.problems)

    def _check_keys(self, value: "_Object") -> None:
        for key in value.repeated:
            self.note(f"has the key {quoted(key)} more than once; keep one of them")

    def items(self) -> Iterator["_Node"]:
        """The items of a list."""
        if isinstance(self.value, list):
            for number, item in enumerate(self.value):
                yield _Node(item, f"{self.path}[{number}]", self.problems)
        else:
            self.wrong("a list")

    def or_null(self, read: "Callable[[_Node], Value]") -> Value | None:
        """What `read` makes of the value, None where it is null."""
        return None if self.value is None else read(self)

    def text(self) -> str:
        """Text that can be written again: JSON can hold halves of characters, UTF-8 cannot."""
        if isinstance(self.value, str) and not HALF_CHARACTERS.search(self.value):
            return self.value
        self.wrong("text" if not isinstance(self.value, str) else "text of whole characters")
        return ""

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.text() for item in self.items())

    def flag(self) -> bool:
        """True or false."""
        if not isinstance(self.value, bool):
            self.wrong("true or false")
        return self.value is True

    def whole(self) -> int:
        """A whole number."""
        if isinstance(self.value, int) and not isinstance(self.value, bool):
            return self.value
        self.wrong("a whole number")
        return 0

    def number(self) -> float:
        """A finite number."""
        if isinstance(self.value, int | float) and not isinstance(self.value, bool) and isfinite(self.value):
            return self.value
        self.wrong("a number")
        return 0.0

    def cents(self) -> int:
        """An amount in EUR with at most two decimals, in cents."""
        number = self.number()
        if abs(number) > MOST_EUR or abs(number - round(number, 2)) > FLOATING_POINT_NOISE_EUR:
            self.wrong("an amount in EUR with at most two decimals, such as 812345.67")
            return 0
        return round(number * 100)

    def day(self) -> date:
        """An ISO date."""
        if not isinstance(self.value, str):
            self.wrong("a date such as 2021-08-02")
            return date.min
        try:
            return parse_day(self.value)
        except BadValue as error:
            self.note(str(error))
            return date.min

    def one_of(self, choices: type[Choice]) -> Choice:
        """One of a few words."""
        for choice in choices:
            if choice.value == self.value:
                return choice
        self.wrong(f"one of {', '.join(choices)}")
        return next(iter(choices))


def _shown(value: object) -> str:
    """A value as a message shows it."""
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    return quoted(value) if isinstance(value, str) else json.dumps(value)


def _plan(root: _Node) -> Plan:
    last_finish_day = root.if_given("last_finish_day").or_null(_Node.whole)
    cost, total = _plan_cost(root["cost"])
    return Plan(
        rollout=root["rollout"].text(),
        scenario=root["scenario"].or_null(_Node.texts),
        today=root["today"].day(),
        status=root["status"].one_of(PlanStatus),
        shortfall=root["shortfall"].or_null(_Node.whole),
        unplanned_priority=root["unplanned_priority"].or_null(_Node.whole),
        cost=cost,
        total=total,
        bound=root["bound"].or_null(_Node.cents if last_finish_day is None else _Node.whole),
        gap=root["gap"].or_null(_Node.number),
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


def _plan_cost(node: _Node) -> tuple[Cost | None, int | None]:
    """The costs by kind and the stated total; both None where every figure is null."""
    figures = [node[key] for key in ("total", *COST_KINDS)]
    if all(figure.value is None for figure in figures):
        return None, None
    return _cost(node), node["total"].cents()


def _cost(node: _Node) -> Cost:
    return Cost(
        closure=node["closure"].cents(),
        waiting=node["waiting"].cents(),
        lateness=node["lateness"].cents(),
        travel=node["travel"].cents(),
        change=node["change"].cents(),
    )


def _solve(node: _Node) -> SolveInfo:
    return SolveInfo(seconds=node["seconds"].number(), workers=node["workers"].whole(), seed=node["seed"].whole())


def _milestone(node: _Node) -> MilestoneResult:
    return MilestoneResult(
        name=node["name"].text(),
        by=node["by"].day(),
        target=node["target"].whole(),
        planned=node["planned"].whole(),
    )


def _remodel(node: _Node) -> Remodel:
    return Remodel(
        shop=node["shop"].text(),
        status=node["status"].one_of(RemodelStatus),
        start=node["start"].day(),
        finish=node["finish"].day(),
        closed_from=node["closed_from"].or_null(_Node.day),
        closed_to=node["closed_to"].or_null(_Node.day),
        phases=tuple(_phase(phase) for phase in node["phases"].items()),
        cost=_cost(node["cost"]),
    )


def _phase(node: _Node) -> PlannedPhase:
    return PlannedPhase(
        name=node["name"].text(),
        first=node["first"].day(),
        last=node["last"].day(),
        crews={crew: units.whole() for crew, units in node["crews"].members()},
    )


def _conflict(node: _Node) -> Conflict:
    return Conflict(
        rule=node["rule"].text(),
        first=node["first"].day(),
        last=node["last"].day(),
        shops=node["shops"].texts(),
        text=node["text"].text(),
        crew=node.if_given("crew").or_null(_Node.text),
    )
