"""What stands in a day of the month: lines of text of an exact width."""

from collections import Counter
from collections.abc import Iterator, Mapping

from rich.cells import cell_len

from planner.domain.holiday_names import NamedHoliday
from planner.domain.shop import Shop
from planner.exchange.text import printable
from planner.studies.agenda import Happening
from planner.studies.almanac import DayNotes
from planner.ui.widgets.line_cells import fitted
from planner.wording.translation import gettext

SIGNS = {Happening.START: "▶", Happening.CLOSING: "▼", Happening.REOPENING: "▲"}
HOLIDAY, HOLIDAY_OF_SOME = "●", "○"
SCHOOL, SCHOOL_OF_SOME = "≈", "~"
SHUTDOWN, BLACKOUT = "×", "■"


def cell_lines(notes: DayNotes, shops: Mapping[str, Shop], width: int, height: int, *, is_today: bool) -> list[str]:
    """`height` lines of `width` cells: the day with its marks, the counts, and names as far as there is room."""
    lines = [_head(notes, width, is_today=is_today)]
    lines += [text for text in (_counts(notes, width), _closed(notes)) if text]
    names = list(_names(notes, shops))
    room = height - len(lines)
    if len(names) > room:
        # In a single line the counts above have told as much already.
        kept = names[: max(0, room - 1)]
        names = [*kept, gettext("+{number} more").format(number=len(names) - len(kept))] if room > 1 else []
    lines += names
    return [fitted(line, width) for line in [*lines, *[""] * height][:height]]


def _head(notes: DayNotes, width: int, *, is_today: bool) -> str:
    day = f"[{notes.day.day}]" if is_today else f"{notes.day.day:>2}"
    marks = _mark(notes.public, HOLIDAY, HOLIDAY_OF_SOME) + _mark(notes.school, SCHOOL, SCHOOL_OF_SOME)
    marks += SHUTDOWN if notes.shutdowns else ""
    marks += BLACKOUT if notes.blackouts else ""
    return day + marks.rjust(width - cell_len(day))


def _mark(holidays: tuple[NamedHoliday, ...], everywhere: str, somewhere: str) -> str:
    if not holidays:
        return ""
    return everywhere if any(holiday.is_everywhere for holiday in holidays) else somewhere


def _counts(notes: DayNotes, width: int) -> str:
    counts = Counter(event.kind for event in notes.events)
    parts = [f"{SIGNS[kind]}{counts[kind]}" for kind in Happening if counts[kind]]
    spaced = " ".join(parts)
    return spaced if cell_len(spaced) <= width else "".join(parts)


def _closed(notes: DayNotes) -> str:
    return gettext("{number} closed").format(number=notes.closed) if notes.closed else ""


def _names(notes: DayNotes, shops: Mapping[str, Shop]) -> Iterator[str]:
    yield from (printable(holiday.name) for holiday in notes.public)
    for event in notes.events:
        shop = shops[event.shop]
        yield printable(f"{SIGNS[event.kind]} {shop.id} {shop.city or shop.name}".rstrip())
