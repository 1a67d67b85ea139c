"""Where a task fits beside those that are placed: its earliest place, or its latest.

Lists and slices of them, not arrays: a place is found after a few short looks, and a schedule takes many of them.
"""

from bisect import bisect_left, bisect_right

from planner.scheduling.finish.project import OpenVisit, Part, Placement, Project, Task


class Yard:
    """The room left on each timeline."""

    def __init__(self, project: Project) -> None:
        self._left = [list(capacity) for capacity in project.capacity]

    @property
    def is_sound(self) -> bool:
        """Whether no more was taken than there was."""
        return all(min(left, default=0) >= 0 for left in self._left)

    def take(self, placement: Placement) -> None:
        """Take what a placement holds."""
        for timeline, begin, stop, amount in placement.spans:
            left = self._left[timeline]
            left[begin:stop] = [room - amount for room in left[begin:stop]]

    def give_back(self, placement: Placement) -> None:
        """Give back what a placement holds."""
        for timeline, begin, stop, amount in placement.spans:
            left = self._left[timeline]
            left[begin:stop] = [room + amount for room in left[begin:stop]]

    def earliest(self, task: Task, not_before: int) -> Placement | None:
        """The placement that finishes first of those that start on day `not_before` or later; None: there is none."""
        places, part_number = [0] * len(task.parts), 0
        begins, ends = [0] * len(task.parts), [0] * len(task.parts)
        while part_number < len(task.parts):
            part = task.parts[part_number]
            day = not_before if part_number == 0 else 0
            place = self._first_fit(part, begins[part_number], ends[part_number], day)
            if place is None:
                return None
            places[part_number] = place
            position = part.order[place]
            if part_number:
                earliest_end = part.begin[position] - task.waits[part_number - 1][1]
                before = task.parts[part_number - 1]
                if before.end[before.order[places[part_number - 1]]] < earliest_end:
                    part_number -= 1
                    ends[part_number] = earliest_end
                    continue
            part_number += 1
            if part_number < len(task.parts):
                begins[part_number] = part.end[position] + task.waits[part_number - 1][0]
        return self._placed(task, [part.order[place] for part, place in zip(task.parts, places, strict=True)])

    def latest(self, task: Task, last_day: int) -> Placement | None:
        """The placement that finishes last, on `last_day` at most, its parts as late as they go; None if none."""
        count = len(task.parts)
        positions, part_number = [0] * count, count - 1
        most_begin: list[int | None] = [None] * count
        most_end: list[int | None] = [None] * count
        while part_number >= 0:
            part = task.parts[part_number]
            day = last_day if part_number == count - 1 else None
            place = self._last_fit(part, most_begin[part_number], most_end[part_number], day)
            if place is None:
                return None
            position = positions[part_number] = part.order[place]
            if part_number < count - 1:
                latest_begin = part.end[position] + task.waits[part_number][1]
                if task.parts[part_number + 1].begin[positions[part_number + 1]] > latest_begin:
                    part_number += 1
                    most_begin[part_number] = latest_begin
                    continue
            part_number -= 1
            if part_number >= 0:
                most_end[part_number] = part.begin[position] - task.waits[part_number][0]
        return self._placed(task, positions)

    def _first_fit(self, part: Part, begin: int, end: int, day: int) -> int | None:
        """The first place whose position begins and ends (working days) and starts (day) no earlier, and fits.

        From the latest slot that is too full for a position, the search goes on with the first that is clear of it.
        """
        order, count = part.order, len(part.order)
        place = max(bisect_left(part.ends, end), bisect_left(part.begins, begin), bisect_left(part.starts, day))
        lines = [(self._left[hold.timeline], hold.begin, hold.stop, hold.amount) for hold in part.holds]
        while place < count:
            position = order[place]
            if part.begin[position] < begin or part.first[position] < day:
                place += 1
                continue
            for left, begins, stops, amounts in lines:
                slot, first, amount = stops[position] - 1, begins[position], amounts[position]
                while slot >= first and left[slot] >= amount:
                    slot -= 1
                if slot >= first:
                    place += 1
                    room = left[slot]
                    while place < count and begins[order[place]] <= slot < stops[order[place]]:
                        if amounts[order[place]] <= room:
                            break
                        place += 1
                    break
            else:
                if all(self._crews(visit, position) for visit in part.visits):
                    return place
                place += 1
        return None

    def _last_fit(self, part: Part, begin: int | None, end: int | None, day: int | None) -> int | None:
        """The last place whose position begins and ends (working days) and is over (day) no later, and fits."""
        order = part.order
        place = len(order) if end is None else bisect_right(part.ends, end)
        place = min(place, len(order) if day is None else bisect_right(part.lasts, day)) - 1
        lines = [(self._left[hold.timeline], hold.begin, hold.stop, hold.amount) for hold in part.holds]
        while place >= 0:
            position = order[place]
            if begin is not None and part.begin[position] > begin:
                place -= 1
                continue
            for left, begins, stops, amounts in lines:
                slot, stop, amount = begins[position], stops[position], amounts[position]
                while slot < stop and left[slot] >= amount:
                    slot += 1
                if slot < stop:
                    place -= 1
                    room = left[slot]
                    while place >= 0 and begins[order[place]] <= slot < stops[order[place]]:
                        if amounts[order[place]] <= room:
                            break
                        place -= 1
                    break
            else:
                if all(self._crews(visit, position) for visit in part.visits):
                    return place
                place -= 1
        return None

    def _crews(self, visit: OpenVisit, position: int) -> dict[int, int] | None:
        """Who makes a visit: the classes that fewest shops could have first. None where too few are free."""
        need, crews = visit.need, {}
        for team in visit.teams:
            if not team.allowed[position]:
                continue
            units = min(need, team.units)
            for hold in team.holds:
                begin, stop = hold.begin[position], hold.stop[position]
                if begin < stop:
                    units = min(units, *self._left[hold.timeline][begin:stop])
            if units > 0:
                crews[team.crew_class] = units
                need -= units
                if not need:
                    return crews
        return None

    def _placed(self, task: Task, positions: list[int]) -> Placement:
        crews, spans = task.crews, []
        for part, position in zip(task.parts, positions, strict=True):
            for hold in part.holds:
                begin, stop = hold.begin[position], hold.stop[position]
                if begin < stop:
                    spans.append((hold.timeline, begin, stop, hold.amount[position]))
            for visit in part.visits:
                sent = self._crews(visit, position) or {}
                crews = (*crews[: visit.number], sent, *crews[visit.number + 1 :])
                spans += visit.spans(sent, position)
        start, finish = task.parts[0].first[positions[0]], task.parts[-1].last[positions[-1]]
        return Placement(tuple(positions), crews, spans, start, finish)
