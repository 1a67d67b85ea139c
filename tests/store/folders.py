"""Small rollout folders for the store's tests, and any rollout written as one."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from planner.domain.rollout import Rollout
from planner.domain.rules import Scope
from planner.store.cells import absence_cells, crew_cells, shop_cells

TOML = """\
# A comment that stays.
name = "Test"
[horizon]
today = 2021-07-13
last = 2022-06-30
[calendar]
country = "DE"
[[format]]
name = "M"
[[format.phase]]
name = "Survey"
days = 1
crews = { surveyor = 1 }
closed = false
[[format.phase]]
name = "Build"
days = 4
crews = { builder = 1 }
wait_min = 2
wait_max = 20
"""
SHOPS = """\
id,name,city,partner,state,format,priority,tags,after,status,start,crews,colour,floor
S1,Laden Ulm,Ulm,Elbe Mobil,BW,M,5,pilot|corner,,backlog,,,red,
S2,Laden Hof,Hof,Elbe Mobil,BY,M,9,,S1,backlog,,,,2
S3,Laden Köln,Köln,,NW,M,1,pilot,,fixed,2021-09-06,B1,,
S4,Laden Bonn,Bonn,Rhein Funk,NW,M,,,,deferred,,,blue,1
S5,Laden Jena,Jena,Rhein Funk,TH,M,7,corner,,backlog,,,,
"""
CREWS = "id,trade,units,regions,phone\nV1,surveyor,1,,123\nB1,builder,2,,\nB2,builder,1,BY|NW,456\n"
ABSENCES = "crew,first,last,units,reason,seen\nB1,2021-08-02,2021-08-06,1,Holiday,\nV1,2021-08-09,2021-08-09,,,yes\n"
FILES = {"rollout.toml": TOML, "shops.csv": SHOPS, "crews.csv": CREWS, "absences.csv": ABSENCES}


def write_folder(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A correct folder, except for the files given."""
    for name, content in {**FILES, **(files or {})}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def write_rollout(folder: Path, rollout: Rollout) -> Path:
    """Any rollout as a folder."""
    unknown = list(dict.fromkeys(column for shop in rollout.shops for column, _ in shop.extra))
    files = {
        "rollout.toml": toml_of(rollout),
        "shops.csv": _csv(["id", "format", *unknown], map(shop_cells, rollout.shops)),
        "crews.csv": _csv(["id", "trade"], (crew_cells(crew, {}) for crew in rollout.crews)),
        "absences.csv": _csv(["crew", "first", "last"], (absence_cells(item, {}) for item in rollout.absences)),
    }
    return write_folder(folder, files)


def _csv(columns: list[str], rows: Iterable[Mapping[str, str]]) -> str:
    rows = list(rows)
    table = io.StringIO()
    writer = csv.DictWriter(table, dict.fromkeys((*columns, *(column for row in rows for column in row))), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return table.getvalue()


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def toml_of(rollout: Rollout) -> str:
    """The rollout.toml of a rollout."""
    workdays = [DAYS[day] for day in sorted(rollout.workdays)]
    lines = [
        f"name = {_text(rollout.name)}",
        f"timezone = {_text(rollout.timezone)}",
        f"currency = {_text(rollout.currency)}",
        f"objective = {_text(rollout.objective.value)}",
        f"horizon = {{ today = {rollout.today}, last = {rollout.last} }}",
        f"calendar = {{ country = {_text(rollout.country)}, workdays = {_list(workdays)} }}",
        f"replan = {{ freeze_days = {rollout.freeze_days} }}",
        _costs(rollout),
    ]
    for shop_format in rollout.formats:
        lines += ["[[format]]", f"name = {_text(shop_format.name)}"]
        for phase in shop_format.phases:
            lines += ["[[format.phase]]", *_pairs(phase, ("name", "days", "crews", "closed", "wait_min", "wait_max"))]
    for table, items, keys in (
        ("shutdown", rollout.shutdowns, ("name", "first", "last")),
        ("blackout", rollout.blackouts, ("name", "first", "last", "scope")),
        ("milestone", rollout.milestones, ("name", "by", "target")),
        ("limit", rollout.limits, ("name", "per", "max_closed", "max_starts_per_week", "scope", "first", "last")),
        (
            "campaign",
            rollout.campaigns,
            ("name", "first", "last", "customers_per_week", "appointment_rate", "purchase_rate", "value", "scope"),
        ),
    ):
        for item in items:
            lines += [f"[[{table}]]", *_pairs(item, keys)]
    for supply in rollout.supplies:
        lines += ["[[supply]]", *_pairs(supply, ("name", "phase", "needs", "initial"))]
        for delivery in supply.deliveries:
            lines += ["[[supply.deliveries]]", *_pairs(delivery, ("first", "quantity", "every_days", "last"))]
    if rollout.neighbours_km is not None:
        lines += ["[[neighbours]]", f"within_km = {rollout.neighbours_km}"]
    if rollout.partner_target is not None:
        lines += ["[partner_target]", *_pairs(rollout.partner_target, ("first", "last", "share", "max_loss"))]
    return "\n".join(lines) + "\n"


def _costs(rollout: Rollout) -> str:
    costs = rollout.costs
    season = ", ".join(f"{MONTHS[month - 1]} = {factor}" for month, factor in costs.season.items())
    keys = ("margin", "footfall", "recapture", "uplift", "km", "road_factor", "late_day", "change")
    numbers = ", ".join(f"{key} = {getattr(costs, key)}" for key in keys)
    return f"costs = {{ {numbers}, season = {{ {season} }} }}"


def _pairs(item: object, keys: Iterable[str]) -> list[str]:
    return [f"{key} = {_value(getattr(item, key))}" for key in keys if getattr(item, key) is not None]


def _value(value: Any) -> str:
    if isinstance(value, Scope):
        return "{ " + ", ".join(f"{key} = {_list(texts)}" for key, texts in value.values.items()) + " }"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_text(key)} = {item}" for key, item in value.items()) + " }"
    return str(value)


def _list(texts: Iterable[str]) -> str:
    return "[" + ", ".join(map(_text, texts)) + "]"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
