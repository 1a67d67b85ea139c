"""Records to rows of the tables and back."""

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping

from planner.domain.crew import Absence, Crew
from planner.domain.query import FREE_TEXT_COLUMNS, fold
from planner.domain.shop import Kind, Shop, Status
from planner.exchange.csv_row import LIST_SEPARATOR

Values = dict[str, Any]
FOLDED = ("id", "name", "street", "postcode", "city", "partner", "region", "format")
ENCODE = json.JSONEncoder(ensure_ascii=False).encode
LISTS = ("tags", "after", "crews")
FOLDED_FROM = {f"{column}_folded": column for column in FOLDED}
SHOP_COLUMNS = (
    *("id", "name", "street", "postcode", "city", "partner", "kind", "state", "catholic", "region", "lat", "lon"),
    *("format", "weekly_revenue", "annual_target", "priority", "tags", "ready_from", "due_by", "after", "status"),
    *("start", "finish", "crews", "published_start", "extra", *FOLDED_FROM),
)


def shop_values(shop: Shop, only: Collection[str] | None = None) -> Values:
    """The columns of a shop's row that say what the shop is, or `only` some of them."""
    return {column: _shop_value(shop, column) for column in (SHOP_COLUMNS if only is None else only)}


def _shop_value(shop: Shop, column: str) -> Any:
    if column in FOLDED_FROM:
        return fold(getattr(shop, FOLDED_FROM[column])) or None
    value = getattr(shop, column)
    match column:
        case "tags" | "after" | "crews":
            return LIST_SEPARATOR.join(value)
        case "kind" | "status":
            return value.value if value else None
        case "state":
            return value or None
        case "extra":
            return _json(dict(value))
    return value


def shop_of(row: RowMapping, unknown_columns: Sequence[str]) -> Shop:
    """The shop in a row; `unknown_columns` is the order its other cells are in."""
    extra = _texts(row["extra"])
    return Shop(
        id=row["id"],
        format=row["format"],
        name=row["name"],
        street=row["street"],
        postcode=row["postcode"],
        city=row["city"],
        partner=row["partner"],
        kind=Kind(row["kind"]) if row["kind"] else None,
        state=row["state"] or "",
        catholic=row["catholic"],
        region=row["region"],
        lat=row["lat"],
        lon=row["lon"],
        weekly_revenue=row["weekly_revenue"],
        annual_target=row["annual_target"],
        priority=row["priority"],
        tags=_items(row["tags"]),
        ready_from=row["ready_from"],
        due_by=row["due_by"],
        after=_items(row["after"]),
        status=Status(row["status"]),
        start=row["start"],
        finish=row["finish"],
        crews=_items(row["crews"]),
        published_start=row["published_start"],
        extra=tuple((column, extra[column]) for column in unknown_columns if column in extra),
    )


def text_values(rollout: int, shop_pk: int, shop: Shop) -> Values:
    """The row of `shop_text` for a shop."""
    return {"shop": shop_pk, "rollout": rollout, **{name: fold(getattr(shop, name)) for name in FREE_TEXT_COLUMNS}}


def item_values(rollout: int, shop_pk: int, shop: Shop) -> list[Values]:
    """The rows of `shop_item` for a shop's lists."""
    return [
        {"rollout": rollout, "shop": shop_pk, "field": name, "item": item, "folded": fold(item)}
        for name in LISTS
        for item in getattr(shop, name)
    ]


def crew_values(crew: Crew, extra: Mapping[str, str]) -> Values:
    """The columns of a crew's row that say what the crew is."""
    return {
        "id": crew.id,
        "trade": crew.trade,
        "name": crew.name,
        "units": crew.units,
        "lat": crew.lat,
        "lon": crew.lon,
        "regions": LIST_SEPARATOR.join(crew.regions),
        "max_km": crew.max_km,
        "first": crew.first,
        "last": crew.last,
        "extra": _json(extra),
    }


def crew_of(row: RowMapping) -> tuple[Crew, dict[str, str]]:
    """The crew in a row, and its other cells."""
    crew = Crew(
        id=row["id"],
        trade=row["trade"],
        name=row["name"],
        units=row["units"],
        lat=row["lat"],
        lon=row["lon"],
        regions=_items(row["regions"]),
        max_km=row["max_km"],
        first=row["first"],
        last=row["last"],
    )
    return crew, _texts(row["extra"])


def absence_values(absence: Absence, extra: Mapping[str, str]) -> Values:
    """The columns of an absence's row that say what the absence is."""
    return {
        "crew": absence.crew,
        "first": absence.first,
        "last": absence.last,
        "units": absence.units,
        "reason": absence.reason,
        "extra": _json(extra),
    }


def absence_of(row: RowMapping) -> tuple[Absence, dict[str, str]]:
    """The absence in a row, and its other cells."""
    absence = Absence(crew=row["crew"], first=row["first"], last=row["last"], units=row["units"], reason=row["reason"])
    return absence, _texts(row["extra"])


def _items(text: str) -> tuple[str, ...]:
    return tuple(text.split(LIST_SEPARATOR)) if text else ()


def _json(cells: Mapping[str, str]) -> str:
    return ENCODE(dict(cells)) if cells else ""


def _texts(text: str) -> dict[str, str]:
    texts: dict[str, str] = json.loads(text) if text else {}
    return texts
