"""A rollout written as a rollout folder, so that it can be looked at, shared, and planned with `planner run`."""

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from planner.domain.rollout import Rollout
from planner.domain.rules import Delivery, Limit, Scope, Supply
from planner.domain.shop_format import Phase
from planner.exchange.settings import MONTHS, WEEKDAYS
from planner.exchange.whole_files import write_whole

SHOP_FIELDS = (
    *("id", "name", "street", "postcode", "city", "partner", "kind", "state", "catholic", "region", "lat", "lon"),
    *("format", "weekly_revenue", "annual_target", "priority", "tags", "ready_from", "due_by", "after"),
    *("status", "start", "finish", "crews", "published_start"),
)
CREW_FIELDS = ("id", "name", "trade", "units", "lat", "lon", "regions", "max_km", "first", "last")
ABSENCE_FIELDS = ("crew", "first", "last", "units", "reason")

Value = object
Table = dict[str, Value]


def write_folder(rollout: Rollout, path: Path) -> None:
    """Write `rollout.toml`, `shops.csv`, `crews.csv` and `absences.csv` to `path`, so that reading it gives `rollout`.

    Columns the planner does not know are left out.
    """
    files = {
        "rollout.toml": _toml(_settings(rollout)),
        "shops.csv": _csv(SHOP_FIELDS, rollout.shops),
        "crews.csv": _csv(CREW_FIELDS, rollout.crews),
        "absences.csv": _csv(ABSENCE_FIELDS, rollout.absences),
    }
    write_whole(path, {name: text.encode() for name, text in files.items()})


def _csv(fields: Sequence[str], records: Iterable[object]) -> str:
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(fields)
    writer.writerows([_cell(getattr(record, field)) for field in fields] for record in records)
    return table.getvalue()


def _cell(value: Value) -> str:
    match value:
        case None | False:
            return ""
        case True:
            return "yes"
        case tuple():
            return "|".join(value)
        case _:
            return str(value)


def _settings(rollout: Rollout) -> Table:
    settings: Table = {
        "name": rollout.name,
        "timezone": rollout.timezone,
        "currency": rollout.currency,
        "objective": rollout.objective.value,
        "horizon": {"today": rollout.today, "last": rollout.last},
        "calendar": {"country": rollout.country, "workdays": [WEEKDAYS[day] for day in sorted(rollout.workdays)]},
        "costs": _costs(rollout),
        "replan": {"freeze_days": rollout.freeze_days},
        "format": [{"name": item.name, "phase": [_phase(phase) for phase in item.phases]} for item in rollout.formats],
        "shutdown": [_record(item, "name", "first", "last") for item in rollout.shutdowns],
        "blackout": [_scoped(item, "name", "first", "last") for item in rollout.blackouts],
        "milestone": [_record(item, "name", "by", "target") for item in rollout.milestones],
        "limit": [_limit(item) for item in rollout.limits],
        "supply": [_supply(item) for item in rollout.supplies],
        "campaign": [
            _scoped(item, "name", "first", "last", "customers_per_week", "appointment_rate", "purchase_rate", "value")
            for item in rollout.campaigns
        ],
    }
    if rollout.neighbours_km is not None:
        settings["neighbours"] = [{"within_km": rollout.neighbours_km}]
    if rollout.partner_target is not None:
        settings["partner_target"] = _record(rollout.partner_target, "first", "last", "share", "max_loss")
    if rollout.risk is not None:
        risk = rollout.risk
        slip = {"probability": risk.permit_slip_probability, "days": risk.permit_slip_days}
        settings["risk"] = {"duration": {"sigma": risk.duration_sigma}, "permit_slip": slip}
    return settings


def _record(item: object, *fields: str) -> Table:
    """The fields of `item` that are given."""
    values = {field: getattr(item, field) for field in fields}
    return {field: value for field, value in values.items() if value is not None}


def _scoped(item: object, *fields: str) -> Table:
    scope = getattr(item, "scope", Scope())
    return {**_record(item, *fields), "scope": {key: list(values) for key, values in scope.values.items()}}


def _costs(rollout: Rollout) -> Table:
    fields = ("margin", "footfall", "recapture", "uplift", "km", "road_factor", "late_day", "change")
    season = {MONTHS[month - 1]: factor for month, factor in rollout.costs.season.items()}
    return {**_record(rollout.costs, *fields), "season": season}


def _phase(phase: Phase) -> Table:
    return {**_record(phase, "name", "days", "closed", "wait_min", "wait_max"), "crews": dict(phase.crews)}


def _limit(limit: Limit) -> Table:
    table = _scoped(limit, "name", "max_closed", "max_starts_per_week", "first", "last")
    return {**table, "per": limit.per.value}


def _supply(supply: Supply) -> Table:
    deliveries = [_delivery(delivery) for delivery in supply.deliveries]
    return {**_record(supply, "name", "phase", "initial"), "needs": dict(supply.needs), "deliveries": deliveries}


def _delivery(delivery: Delivery) -> Table:
    return _record(delivery, "first", "quantity", "every_days", "last")


def _toml(settings: Table) -> str:
    """A table a line or an entry of a list a line; nested tables are written inline."""
    lines = []
    for key, value in settings.items():
        if isinstance(value, list) and value:
            entries = ",\n".join(f"  {_inline(entry)}" for entry in value)
            lines.append(f"{key} = [\n{entries},\n]")
        else:
            lines.append(f"{key} = {_inline(value)}")
    return "\n".join(lines) + "\n"


def _inline(value: Value) -> str:
    match value:
        case Mapping():
            pairs = ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {_inline(item)}" for key, item in value.items())
            return f"{{ {pairs} }}" if pairs else "{}"
        case list():
            return f"[{', '.join(map(_inline, value))}]"
        case date():
            return value.isoformat()
        case _:
            # Strings, numbers and truth values are written in JSON as they are in TOML.
            return json.dumps(value, ensure_ascii=False)
