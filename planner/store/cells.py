"""Records as cells: column to text, exactly as the CSV files of a rollout folder write them; empty ones left out."""

from collections.abc import Mapping
from datetime import date

from planner.domain.crew import Absence, Crew
from planner.domain.shop import Shop
from planner.exchange.csv_row import LIST_SEPARATOR
from planner.exchange.shops import YES
from planner.exchange.values import plain

Cells = dict[str, str]


def shop_cells(shop: Shop) -> Cells:
    """The cells of a shop. A region that is the state's by default is not written, so that it follows the state."""
    return _given(
        {
            "id": shop.id,
            "name": shop.name,
            "street": shop.street,
            "postcode": shop.postcode,
            "city": shop.city,
            "partner": shop.partner,
            "kind": shop.kind.value if shop.kind else "",
            "state": shop.state,
            "catholic": YES if shop.catholic else "",
            "region": "" if shop.region == shop.state else shop.region,
            "lat": _number(shop.lat),
            "lon": _number(shop.lon),
            "format": shop.format,
            "weekly_revenue": _number(shop.weekly_revenue or None),
            "annual_target": _number(shop.annual_target),
            "priority": str(shop.priority),
            "tags": LIST_SEPARATOR.join(shop.tags),
            "ready_from": _day(shop.ready_from),
            "due_by": _day(shop.due_by),
            "after": LIST_SEPARATOR.join(shop.after),
            "status": shop.status.value,
            "start": _day(shop.start),
            "finish": _day(shop.finish),
            "crews": LIST_SEPARATOR.join(shop.crews),
            "published_start": _day(shop.published_start),
            **dict(shop.extra),
        }
    )


def crew_cells(crew: Crew, extra: Mapping[str, str]) -> Cells:
    """The cells of a crew."""
    return _given(
        {
            "id": crew.id,
            "name": crew.name,
            "trade": crew.trade,
            "units": str(crew.units),
            "lat": _number(crew.lat),
            "lon": _number(crew.lon),
            "regions": LIST_SEPARATOR.join(crew.regions),
            "max_km": _number(crew.max_km),
            "first": _day(crew.first),
            "last": _day(crew.last),
            **extra,
        }
    )


def absence_cells(absence: Absence, extra: Mapping[str, str]) -> Cells:
    """The cells of an absence."""
    return _given(
        {
            "crew": absence.crew,
            "first": _day(absence.first),
            "last": _day(absence.last),
            "units": "" if absence.units is None else str(absence.units),
            "reason": absence.reason,
            **extra,
        }
    )


def _given(cells: Cells) -> Cells:
    return {column: text for column, text in cells.items() if text}


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _number(number: float | None) -> str:
    return "" if number is None else plain(number)
