"""A risk report as JSON."""

from dataclasses import asdict
from datetime import date

from planner.domain.rollout import Rollout
from planner.review.risk.report import RiskReport

SCHEMA = "remodel-risk/1"


def report_data(rollout: Rollout, report: RiskReport) -> dict[str, object]:
    """All of the report; days are ISO dates, null is never, and pairs are lists."""
    data = _plain(asdict(report))
    if not isinstance(data, dict):
        raise TypeError("a report is a record of several things")
    return {"schema": SCHEMA, "rollout": rollout.name, "today": rollout.today.isoformat(), **data}


def _plain(value: object) -> object:
    """`value` as JSON has it."""
    match value:
        case date():
            return value.isoformat()
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case float():
            return round(value, 6)
        case _:
            return value
