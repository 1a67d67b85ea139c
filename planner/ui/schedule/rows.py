"""The lines of the chart, top to bottom: a heading a group, and below it its bars unless it is folded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from planner.ui.schedule.bars import Bar
from planner.ui.schedule.groups import Group


@dataclass(frozen=True, slots=True)
class Row:
    """A line: a group's heading, or one of its bars."""

    group: Group
    bar: Bar | None = None
    is_folded: bool = False


def make_rows(groups: Sequence[Group], folded: Collection[str]) -> list[Row]:
    """The lines of all groups; `folded` are the keys of those of which only the heading is shown."""
    rows: list[Row] = []
    for group in groups:
        is_folded = group.key in folded
        rows.append(Row(group, None, is_folded))
        if not is_folded:
            rows += [Row(group, bar) for bar in group.bars]
    return rows


def row_of(rows: Sequence[Row], shop_id: str | None, group: str | None = None) -> int | None:
    """The line of a shop, in the group of this key where it is in several; the group's heading without a shop."""
    found = None
    for number, row in enumerate(rows):
        is_it = row.bar is None if shop_id is None else row.bar is not None and row.bar.shop.id == shop_id
        if is_it and row.group.key == group:
            return number
        if is_it and found is None and shop_id is not None:
            found = number
    return found
