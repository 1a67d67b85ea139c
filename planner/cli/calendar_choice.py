"""What users choose of a plan for a calendar: kinds of events, whose, which shops, alarms; wrong ones are sentences."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import typer

from planner.cli.checked_plan import CheckedPlan
from planner.cli.nouns import noun
from planner.domain.query import QueryError, parse
from planner.domain.rollout import Rollout
from planner.exchange.ical_events import CalendarEvent, EventKind
from planner.exchange.ical_plan import plan_events
from planner.exchange.ical_selection import Audience, Selection, default_kinds
from planner.exchange.problems import InputError, Problem
from planner.exchange.text import Names, quoted
from planner.wording.language import Language
from planner.wording.translation import gettext

ALARM = re.compile(r"([0-9]{1,4})([mhdw])")
ALARM_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChoice:
    """Which events of a plan are wanted, and how; `kinds` is None for those that suit whom they are for."""

    kinds: frozenset[EventKind] | None = None
    only: Mapping[Audience, frozenset[str]] = field(default_factory=dict)
    where: str = ""
    language: Language = Language.ENGLISH
    alarms: tuple[timedelta, ...] = ()

    @property
    def is_everything(self) -> bool:
        """Whether no shop and nobody is left out."""
        return not self.only and not self.where

    def events(self, source: CheckedPlan, per: Audience | None = None) -> list[CalendarEvent]:
        """The events chosen; raises InputError with all that is wrong with the choice."""
        selection = self._selection(source.rollout)
        audiences = set(self.only) | ({per} if per else set())
        kinds = self.kinds if self.kinds is not None else default_kinds(audiences)
        events = plan_events(source.rollout, source.plan, kinds, self.language)
        return [replace(event, alarms=self.alarms) for event in events if selection.takes(source.rollout, event)]

    def _selection(self, rollout: Rollout) -> Selection:
        problems = list(_unknown_names(rollout, self.only))
        is_wanted = None
        try:
            is_wanted = parse(self.where).matches if self.where else None
        except QueryError as error:
            problems += [Problem("--where", None, None, str(mistake)) for mistake in error.mistakes]
        if problems:
            raise InputError(problems)
        return Selection(only=self.only, is_wanted=is_wanted)


def _unknown_names(rollout: Rollout, only: Mapping[Audience, frozenset[str]]) -> Iterable[Problem]:
    for audience, wanted in only.items():
        known = Names(noun(audience.value), audience.all_names(rollout))
        for name in sorted(wanted):
            if name not in known:
                yield Problem(f"--{audience.value}", None, None, known.unknown(name))


def chosen_names(names: Mapping[Audience, Iterable[str]]) -> dict[Audience, frozenset[str]]:
    """The audiences that names were given for."""
    return {audience: frozenset(given) for audience, given in names.items() if given}


def read_kinds(text: str) -> frozenset[EventKind]:
    """The kinds of events in a list such as `closure,visits`; raises typer.BadParameter."""
    known = Names(gettext("kind of event"), list(EventKind))
    kinds = [item.strip() for item in text.split(",") if item.strip()]
    for kind in kinds:
        if kind not in known:
            raise typer.BadParameter(known.unknown(kind))
    if not kinds:
        raise typer.BadParameter(gettext("name at least one of {kinds}").format(kinds=", ".join(EventKind)))
    return frozenset(EventKind(kind) for kind in kinds)


def read_alarm(text: str) -> timedelta:
    """A time before an event, such as `1d`; raises typer.BadParameter."""
    match = ALARM.fullmatch(text.strip())
    if not match:
        raise typer.BadParameter(
            gettext("{text} is not a time before the event; write 30m, 15h, 1d or 2w").format(text=quoted(text))
        )
    return timedelta(**{ALARM_UNITS[match[2]]: int(match[1])})
