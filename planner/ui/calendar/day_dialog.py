"""All that happens on a day, shop by shop, with the way to the schedule and the backlog."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Label, OptionList, Static

from planner.domain.shop import Shop
from planner.exchange.text import printable
from planner.studies.agenda import Happening
from planner.studies.almanac import Almanac
from planner.studies.almanac_words import day_parts
from planner.ui.calendar.cells import SIGNS
from planner.ui.keys import PlannerDialog, key
from planner.ui.messages import GoTo
from planner.ui.widgets.choice_list import ChoiceList
from planner.wording.amounts import day_text, number_text, weekday_text
from planner.wording.translation import gettext, later

MOST_SHOPS = 200
WORDS = {Happening.START: later("starts"), Happening.CLOSING: later("closes"), Happening.REOPENING: later("reopens")}
CLOSED = "·"


@dataclass(frozen=True, slots=True)
class DayLine:
    """A shop on a day: its line, and its id."""

    shop: str
    text: str


class DayList(ChoiceList):
    """The shops of a day."""

    HELP = later(
        "The shops that start (▶), close (▼), reopen (▲) or are closed (·) on this day."
        " Enter shows the shop in the schedule, b in the backlog."
    )
    BINDINGS = [key("enter", "select", later("Schedule"), later("Show this shop in the schedule."), "day.schedule")]


class DayDialog(PlannerDialog[GoTo]):
    """The list of a day; its result is where to go."""

    BINDINGS = [
        key("b", "backlog", later("Backlog"), later("Show this shop in the backlog."), "day.backlog"),
        key("d", "day", later("Day in schedule"), later("Show this day in the schedule."), "day.day"),
    ]

    def __init__(self, almanac: Almanac, day: date) -> None:
        super().__init__()
        self._almanac = almanac
        self._day = day
        lines = list(day_lines(almanac, day))
        self._lines, self._more = lines[:MOST_SHOPS], len(lines[MOST_SHOPS:])

    def compose(self) -> ComposeResult:
        """The day, what there is to know of it, and the shops."""
        notes = self._almanac.notes(self._day)
        about = " · ".join(printable(part) for part in day_parts(notes))
        with Vertical(classes="dialog"):
            yield Label(f"{weekday_text(self._day)} {day_text(self._day)}", classes="dialog-title", markup=False)
            yield Static(Text(about or gettext("Nothing happens on this day.")))
            yield DayList(id="day-list")
            if self._more:
                yield Static(gettext("+{number} more").format(number=number_text(self._more)))

    def on_mount(self) -> None:
        """The list takes the keys."""
        days = self.query_one(DayList)
        days.show([(str(place), Text(line.text)) for place, line in enumerate(self._lines)])
        days.display = bool(self._lines)
        days.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Goes to the shop in the schedule."""
        event.stop()
        self.dismiss(GoTo("schedule", self._lines[event.option_index].shop))

    def action_backlog(self) -> None:
        """Goes to the shop in the backlog."""
        at = self.query_one(DayList).highlighted
        if at is not None:
            self.dismiss(GoTo("backlog", self._lines[at].shop))

    def action_day(self) -> None:
        """Goes to the day in the schedule."""
        self.dismiss(GoTo("schedule", self._day.isoformat()))


def day_lines(almanac: Almanac, day: date) -> Iterator[DayLine]:
    """What happens on a day, then the other shops that are closed on it."""
    told: set[str] = set()
    shops = almanac.rollout.shop_by_id
    for event in almanac.agenda.on(day):
        told.add(event.shop)
        yield DayLine(event.shop, _line(SIGNS[event.kind], gettext(WORDS[event.kind]), shops[event.shop]))
    for shop in almanac.closed_on(day):
        if shop.id not in told:
            yield DayLine(shop.id, _line(CLOSED, gettext("is closed"), shop))


def _line(sign: str, word: str, shop: Shop) -> str:
    about = ", ".join(text for text in (shop.name, shop.city if shop.city not in shop.name else "", shop.state) if text)
    return printable(f"{sign} {word:<10} {shop.id} {about}".rstrip())
