"""A plan's events as calendar files: one for all, or one for each crew, partner, region or shop."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from planner.domain.rollout import Rollout
from planner.exchange.ical import CalendarHeader
from planner.exchange.ical_events import CalendarEvent
from planner.exchange.ical_identity import CalendarStates
from planner.exchange.ical_selection import Audience, file_names, split_by
from planner.exchange.ical_update import Changes, update_calendar
from planner.wording.language import Language

WHOLE_CALENDAR = "calendar.ics"
CALENDARS_FOLDER = "calendars"


class RememberedFiles(CalendarStates, Protocol):
    """What calendar files last held."""

    @property
    def calendars(self) -> tuple[str, ...]:
        """The names of the files that are remembered."""


MakeCalendars = Callable[[RememberedFiles], Mapping[str, bytes]]
"""Makes files by their names, remembering what they hold; none at all where there is nothing to write."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarFiles:
    """What is wanted of a plan: a file for each of `per`, or one called `single` for all.

    `only` are the names chosen of each audience, `is_everything` whether no shop and nobody is left out.
    """

    per: Audience | None = None
    single: str = WHOLE_CALENDAR
    only: Mapping[Audience, frozenset[str]] = field(default_factory=dict)
    is_everything: bool = True
    language: Language = Language.ENGLISH


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar to be written: its file's name, its own name, and its events."""

    file: str
    name: str
    events: Sequence[CalendarEvent]


class CalendarMaker:
    """Makes the files of `events`, as a `MakeCalendars`. `changes` tells, by file, what became of their events."""

    def __init__(self, rollout: Rollout, events: Sequence[CalendarEvent], wanted: CalendarFiles) -> None:
        self.changes: dict[str, Changes] = {}
        self._rollout = rollout
        self._events = events
        self._wanted = wanted
        self._now = datetime.now(UTC)

    def __call__(self, states: RememberedFiles) -> dict[str, bytes]:
        """The files that have events, or had some the last time, by their names."""
        self.changes.clear()
        contents: dict[str, bytes] = {}
        for item in self._files(states):
            if not item.events and not states.recall(item.file).versions:
                continue  # nothing to write, and nothing to call off
            header = CalendarHeader(name=item.name, timezone=self._rollout.timezone, language=self._wanted.language)
            update = update_calendar(states, item.file, header, self._rollout, item.events, self._now)
            contents[item.file], self.changes[item.file] = update.content, update.changes
        return contents

    def _files(self, states: RememberedFiles) -> Iterator[CalendarFile]:
        if self._wanted.per is None:
            yield CalendarFile(self._wanted.single, self._name(), self._events)
        else:
            yield from self._one_for_each(self._wanted.per, states)

    def _one_for_each(self, per: Audience, states: RememberedFiles) -> Iterator[CalendarFile]:
        """A calendar for each name with events; also for one without that had a calendar, where all are chosen."""
        rollout = self._rollout
        calendars = split_by(per, rollout, self._events)
        names = file_names(per, dict.fromkeys((*per.all_names(rollout), *calendars)))
        chosen = self._wanted.only.get(per)
        for name, file in names.items():
            if name in calendars and (chosen is None or name in chosen):
                yield CalendarFile(file, f"{rollout.name}: {audience_label(rollout, per, name)}", calendars[name])
        if self._wanted.is_everything:
            for file in states.calendars:
                if file.startswith(f"{per}-") and file not in {names[name] for name in calendars}:
                    yield CalendarFile(file, f"{rollout.name}: {Path(file).stem}", [])

    def _name(self) -> str:
        labels = [
            audience_label(self._rollout, audience, name)
            for audience, names in self._wanted.only.items()
            for name in sorted(names)
        ]
        return f"{self._rollout.name}: {', '.join(labels)}" if labels else self._rollout.name


def audience_label(rollout: Rollout, audience: Audience, name: str) -> str:
    """How people call a crew, a partner, a region or a shop."""
    if audience is Audience.CREW:
        return rollout.crew_by_id[name].name or name
    return rollout.shop_by_id[name].name or name if audience is Audience.SHOP else name
