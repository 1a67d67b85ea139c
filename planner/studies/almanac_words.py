"""A day's notes in words, in the language in use."""

from collections import Counter
from collections.abc import Iterator

from planner.domain.holiday_names import NamedHoliday
from planner.studies.agenda import Happening
from planner.studies.almanac import DayNotes
from planner.wording.translation import gettext, ngettext


def day_parts(notes: DayNotes) -> Iterator[str]:
    """Each thing there is to know of a day, holidays first."""
    for holiday in notes.public:
        yield holiday_text(holiday)
    for holiday in notes.school:
        yield gettext("school: {holiday}").format(holiday=holiday_text(holiday))
    for name in notes.shutdowns:
        yield gettext("no work: {name}").format(name=name)
    for name in notes.blackouts:
        yield gettext("no closing: {name}").format(name=name)
    yield from count_parts(notes)


def count_parts(notes: DayNotes) -> Iterator[str]:
    """How many shops start, close, reopen and are closed."""
    counts = Counter(event.kind for event in notes.events)
    starts, closings, reopenings = (counts[kind] for kind in Happening)
    if starts:
        yield ngettext("{number} start", "{number} starts", starts).format(number=starts)
    if closings:
        yield ngettext("{number} closes", "{number} close", closings).format(number=closings)
    if reopenings:
        yield ngettext("{number} reopens", "{number} reopen", reopenings).format(number=reopenings)
    if notes.closed:
        yield ngettext("{number} shop closed", "{number} shops closed", notes.closed).format(number=notes.closed)


def holiday_text(holiday: NamedHoliday) -> str:
    """A holiday, and where it is one unless that is everywhere."""
    if holiday.is_everywhere or not any(holiday.states):
        return holiday.name
    states = ", ".join(state for state in holiday.states if state)
    if holiday.is_partial:
        return gettext("{name} ({states}, in Catholic places)").format(name=holiday.name, states=states)
    return f"{holiday.name} ({states})"
