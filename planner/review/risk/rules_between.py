"""What shops do to one another while one is closed: limits by group, starts in a week, neighbours."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from planner.domain.rules import Limit
from planner.review.days import monday_of
from planner.review.entries import Context, Entry
from planner.review.limits import group_of
from planner.review.neighbours import near_pairs
from planner.review.risk.axis import Axis
from planner.review.risk.model import Pool, WeeklyLimit

WEEK = timedelta(days=6)


class RulesBetween:
    """Which pools, weekly limits and neighbours each shop of a plan has to do with; pools count from `first_pool`."""

    def __init__(self, context: Context, axis: Axis, entries: Sequence[Entry], first_pool: int) -> None:
        self._axis = axis
        self._today = context.rollout.today
        self.pools: list[Pool] = []
        self.weekly: list[WeeklyLimit] = []
        self.pools_of: dict[str, list[int]] = defaultdict(list)
        self.weekly_of: dict[str, list[int]] = defaultdict(list)
        for limit in context.rollout.limits:
            groups: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
            for entry in entries:
                group = group_of(limit, entry.shop)
                if group is not None:
                    groups[group].append(entry)
            for members in groups.values():
                self._add(limit, members, first_pool)
        self.neighbours_of: dict[str, list[str]] = defaultdict(list)
        if context.rollout.neighbours_km is not None:
            for one, other in near_pairs([entry.shop for entry in entries], context.rollout.neighbours_km):
                self.neighbours_of[one.id].append(other.id)
                self.neighbours_of[other.id].append(one.id)

    def _add(self, limit: Limit, members: Sequence[Entry], first_pool: int) -> None:
        first = self._axis.number(limit.first) if limit.first else 0
        last = self._axis.number(limit.last) if limit.last else None
        # Below 1 nothing but given remodels is ever closed or begun, and these are not asked.
        if limit.max_closed:
            for entry in members:
                self.pools_of[entry.shop.id].append(first_pool + len(self.pools))
            self.pools.append(Pool(limit.name, limit.max_closed, is_crew=False, first=first, last=last))
        if limit.max_starts_per_week:
            monday = monday_of(self._today)
            begun = [
                entry
                for entry in members
                if monday <= entry.start < self._today
                and (limit.first or entry.start) <= entry.start <= (limit.last or entry.start)
            ]
            for entry in members:
                self.weekly_of[entry.shop.id].append(len(self.weekly))
            most = limit.max_starts_per_week
            end = self._axis.never if last is None else last
            self.weekly.append(WeeklyLimit(most, first, end, len(begun)))
