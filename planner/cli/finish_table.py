"""The finishes of each region over time, as a table that fits a screen."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from planner.cli.figures import Finishes
from planner.cli.messages import clip
from planner.wording.amounts import short_month_text
from planner.wording.translation import gettext, pgettext

MAX_PERIODS = 12
MAX_REGIONS = 8
REGION_WIDTH = 11
CELL_WIDTH = 5
PERIOD_MONTHS = (1, 3, 12)
NOTHING = "·"
"""Stands for 0, so that the eye finds the figures."""

Row = tuple[str, str]
"""A region, and its cells."""

RegionCounts = tuple[str, Counter[int]]


def finish_table(finishes: Finishes) -> list[Row]:
    """A header with the periods, a row a region, and one for all; no row without a finish.

    Periods are months; where these are more than twelve, quarters or years. Of more than eight regions the least
    busy share a row.
    """
    months = sorted({month for counts in finishes.values() for month in counts})
    if not months:
        return []
    size = _months_a_period(months[0], months[-1])
    periods = range(_period(months[0], size), _period(months[-1], size) + 1)
    regions = _regions_shown([(region, _by_period(counts, size)) for region, counts in finishes.items()])
    header = _cells([*(_period_text(period, size) for period in periods), gettext("all")])
    rows = [
        (clip(region or gettext("no region"), REGION_WIDTH), _counts(counts, periods)) for region, counts in regions
    ]
    if len(rows) > 1:
        rows.append((gettext("all"), _counts(_sum(regions), periods)))
    return [(pgettext("label", "Finishes"), header), *rows]


def _period(month: date, size: int) -> int:
    """The number of the period of `size` months that `month` lies in."""
    return (month.year * 12 + month.month - 1) // size


def _months_a_period(first: date, last: date) -> int:
    for size in PERIOD_MONTHS:
        if _period(last, size) - _period(first, size) < MAX_PERIODS:
            return size
    return PERIOD_MONTHS[-1]


def _period_text(period: int, size: int) -> str:
    """A month as `Jul`, a quarter as `3Q21`, a year as `2021`."""
    first = date(period * size // 12, period * size % 12 + 1, 1)
    if size == 1:
        return short_month_text(first)
    return f"{first.month // 3 + 1}Q{first:%y}" if size == 3 else f"{first.year}"


def _by_period(counts: Mapping[date, int], size: int) -> Counter[int]:
    periods: Counter[int] = Counter()
    for month, count in counts.items():
        periods[_period(month, size)] += count
    return periods


def _regions_shown(regions: list[RegionCounts]) -> list[RegionCounts]:
    """All regions, or the seven busiest and the sum of the others."""
    if len(regions) <= MAX_REGIONS:
        return regions
    busiest = sorted(regions, key=lambda region: -region[1].total())
    shown, others = busiest[: MAX_REGIONS - 1], busiest[MAX_REGIONS - 1 :]
    return [
        *sorted(shown, key=lambda region: region[0]),
        (gettext("{number} others").format(number=len(others)), _sum(others)),
    ]


def _sum(regions: list[RegionCounts]) -> Counter[int]:
    return sum((counts for _, counts in regions), Counter())


def _counts(counts: Counter[int], periods: range) -> str:
    figures = [str(counts[period]) if counts[period] else NOTHING for period in periods]
    return _cells([*figures, str(counts.total())])


def _cells(cells: list[str]) -> str:
    return "".join(cell.rjust(CELL_WIDTH) for cell in cells)
