"""What calendars say, in German and English."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from planner.wording.language import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The words of calendars in one language; `day` writes a date, `cancelled` precedes what was called off."""

    closed: str
    reopening: str
    closed_days: str
    reopens: str
    partner: str
    format: str
    to: str
    cancelled: str
    day: Callable[[date], str]

    def days(self, first: date, last: date) -> str:
        """A day, or the first and the last of several."""
        return self.day(first) if first == last else f"{self.day(first)} {self.to} {self.day(last)}"


TEXTS = {
    Language.ENGLISH: Texts(
        closed="Closed for remodel",
        reopening="Reopening",
        closed_days="Closed",
        reopens="Reopens",
        partner="Partner",
        format="Format",
        to="to",
        cancelled="Cancelled",
        day=date.isoformat,
    ),
    Language.GERMAN: Texts(
        closed="Geschlossen wegen Umbau",
        reopening="Wiedereröffnung",
        closed_days="Geschlossen",
        reopens="Öffnet wieder",
        partner="Partner",
        format="Format",
        to="bis",
        cancelled="Abgesagt",
        day=lambda day: f"{day:%d.%m.%Y}",
    ),
}
