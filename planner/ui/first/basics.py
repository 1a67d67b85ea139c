"""The form that asks what no spreadsheet says of a new rollout."""

from collections.abc import Mapping
from datetime import date

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.message import Message
from textual.widgets import Input, Label, Static

from planner.exchange.problems import Problem
from planner.exchange.settings import ROLLOUT_TOML
from planner.exchange.spreadsheet.beginning import DAYS_CLOSED, Beginning, next_year_end
from planner.exchange.text import printable
from planner.exchange.values import PHASE_DAYS, UNITS, BadValue, Bounds, iso_form, parse_day, parse_whole
from planner.wording.language import Language
from planner.wording.translation import gettext, later, spoken

FIELDS: Mapping[str, str] = {
    "name": later("Name of the rollout"),
    "today": later("Planned from"),
    "last": later("Planned to"),
    "days": later("Working days a shop is closed"),
    "crews": later("Crews (remodels at a time)"),
    "target": later("Shops wanted by then"),
}
HINTS: Mapping[str, str] = {
    "name": "",
    "today": later("nothing new starts before it"),
    "last": later("nothing ends after it"),
    "days": later("for now, for every format"),
    "crews": later("empty: 2, or more if needed"),
    "target": later("a milestone; empty for none"),
}
MOST_CREWS = Bounds(0, UNITS.high)
TARGETS = Bounds(0, 1_000_000)


class BasicsForm(VerticalScroll, can_focus=False):
    """The fields, each with what it means or what is wrong with it."""

    HELP = later(
        "A list of shops does not say when and by whom they are remodelled. These answers are enough for a first plan;"
        " all of them can be changed later."
    )

    class Done(Message):
        """Enter was pressed in the last field."""

    def __init__(self, panel_id: str) -> None:
        super().__init__(id=panel_id)
        self._offered: Mapping[str, str] = {}

    def compose(self) -> ComposeResult:
        """What this is about, and the fields."""
        yield Static(
            gettext("The sheet has the shops. For a first plan, the new rollout needs a few more answers:"),
            id="basics-about",
        )
        for field, label in FIELDS.items():
            with Horizontal(classes="basics-line"):
                yield Label(gettext(label))
                yield Input(id=f"basics-{field}", compact=True)
                yield Static("", id=f"basics-{field}-hint", classes="basics-hint")

    def show(self, name: str, today: date) -> None:
        """Fills the fields with what is usual; what was typed stays."""
        values = {
            "name": name,
            "today": _typed(today),
            "last": _typed(next_year_end(today)),
            "days": str(DAYS_CLOSED),
            "crews": "",
            "target": "",
        }
        for field, value in values.items():
            line = self._input(field)
            if line.value in ("", self._offered.get(field)):
                line.value = value
        self._offered = values
        self._hint({})

    def focus_first(self) -> None:
        """The name takes the keys."""
        self._input("name").focus()

    def read(self) -> Beginning | None:
        """The answers; None where one is wrong, which is then said beside it."""
        wrong: dict[str, str] = {}
        today, last = self._day("today", wrong), self._day("last", wrong)
        days = self._whole("days", PHASE_DAYS, wrong)
        crews = self._whole("crews", MOST_CREWS, wrong) if self._text("crews") else None
        target = self._whole("target", TARGETS, wrong) if self._text("target") else None
        if today is None or last is None or days is None or wrong:
            self._hint(wrong)
            return None
        beginning = Beginning(name=self._text("name"), today=today, last=last, days=days, crews=crews, target=target)
        self._hint({_field_of(problem): problem.text for problem in beginning.problems()})
        return None if beginning.problems() else beginning

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """On to the next field."""
        event.stop()
        if event.input.id == f"basics-{list(FIELDS)[-1]}":
            self.post_message(self.Done())
        else:
            self.screen.focus_next()

    def _input(self, field: str) -> Input:
        return self.query_one(f"#basics-{field}", Input)

    def _text(self, field: str) -> str:
        return self._input(field).value.strip()

    def _day(self, field: str, wrong: dict[str, str]) -> date | None:
        text = self._text(field)
        try:
            return parse_day(iso_form(text) or text)
        except BadValue as error:
            wrong[field] = str(error)
            return None

    def _whole(self, field: str, bounds: Bounds, wrong: dict[str, str]) -> int | None:
        try:
            return parse_whole(self._text(field), bounds)
        except BadValue as error:
            wrong[field] = str(error)
            return None

    def _hint(self, wrong: Mapping[str, str]) -> None:
        for field, hint in HINTS.items():
            line = self.query_one(f"#basics-{field}-hint", Static)
            line.update(Text(printable(wrong.get(field) or gettext(hint))))
            line.set_class(field in wrong, "mistake")
        first = next((field for field in FIELDS if field in wrong), None)
        if first is not None:
            self._input(first).focus()


def _typed(day: date) -> str:
    return day.isoformat() if spoken() is Language.ENGLISH else f"{day:%d.%m.}{day.year:04}"


def _field_of(problem: Problem) -> str:
    """The field that a problem of rollout.toml is about; the name where none is."""
    place = (problem.column or "").rpartition(" ")[2] if problem.file == ROLLOUT_TOML else ""
    return place if place in FIELDS else "name"
