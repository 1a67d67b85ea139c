"""Two to four plans side by side: the figures, then the shops whose dates differ, as rows of text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.rollout import Rollout
from planner.studies.comparison import Answer, Compared, compare
from planner.studies.comparison_rows import legend_of, rows_of
from planner.wording.amounts import day_text
from planner.wording.translation import gettext, ngettext

NONE = "–"
SAME = "="
MOST_SHOPS = 300
CURRENCY_WIDTH = 3


@dataclass(frozen=True, slots=True)
class SideRow:
    """A row: its label, and for each plan a figure with what differs below it. `shop` is whose dates they are."""

    label: str
    cells: Sequence[tuple[str, str]]
    shop: str = ""
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The names of the plans, all rows, and what the marks in them mean."""

    names: Sequence[str]
    rows: Sequence[SideRow]
    legend: Sequence[str]


def side_by_side(answers: Sequence[Answer]) -> SideBySide:
    """The answers beside the first one."""
    compared = compare(answers)
    figures = rows_of(compared, answers[0].rollout.currency[:CURRENCY_WIDTH])
    rows = [SideRow(row.label, [(cell.text, cell.difference_text) for cell in row.cells]) for row in figures]
    rows += _moved(answers[0].rollout, compared)
    return SideBySide([answer.name for answer in answers], rows, legend_of(figures))


def _moved(rollout: Rollout, compared: Sequence[Compared]) -> list[SideRow]:
    """The shops that start on another day in some plan, those that move the furthest first."""
    starts = [{remodel.shop: remodel.start for remodel in item.answer.plan.remodels} for item in compared]
    shops = {move.shop: 0 for item in compared for move in item.moves}
    far = sorted(shops, key=lambda shop: (-_furthest([of.get(shop) for of in starts]), shop))
    heading = ngettext("{number} shop on other days", "{number} shops on other days", len(far))
    rows = [SideRow(heading.format(number=len(far)), [("", "")] * len(compared), is_heading=True)] if far else []
    for shop in far[:MOST_SHOPS]:
        base, *others = (of.get(shop) for of in starts)
        name = rollout.shop_by_id[shop].name if shop in rollout.shop_by_id else ""
        cells = [(_day(base), ""), *((_against(day, base), "") for day in others)]
        rows.append(SideRow(f"{shop} {name}".rstrip(), cells, shop))
    if len(far) > MOST_SHOPS:
        more = gettext("… and {number} more").format(number=len(far) - MOST_SHOPS)
        rows.append(SideRow(more, [("", "")] * len(compared)))
    return rows


def _furthest(days: Sequence[date | None]) -> float:
    base, *others = days
    return max((_distance(base, day) for day in others), default=0)


def _distance(base: date | None, day: date | None) -> float:
    if base is None and day is None:
        return 0
    return float("inf") if base is None or day is None else abs((day - base).days)


def _against(day: date | None, base: date | None) -> str:
    if day == base:
        return SAME
    if day is None or base is None:
        return _day(day)
    return f"{_day(day)} {(day - base).days:+d}"


def _day(day: date | None) -> str:
    return NONE if day is None else day_text(day)


LoadAnswers = Callable[[], list[Answer]]
"""Reads plans from the store, each with the rollout it is of."""
