"""A scenario that is being written: its text, and what a form can say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.scenario import Path, Scenario, Value
from planner.exchange.problems import InputError, ProblemLog
from planner.exchange.scenario_choices import CREWS, Choice, Figure
from planner.exchange.scenario_file import SUFFIX, read_kept_scenarios, values_set
from planner.exchange.scenario_lines import with_lines
from planner.exchange.scenario_paths import path_text
from planner.exchange.scenario_values import Shift, read_shift
from planner.exchange.scenarios import ReadRollout, effects_of_each
from planner.exchange.toml_edit import with_value
from planner.exchange.toml_reader import parse_toml
from planner.exchange.values import BadValue, plain
from planner.ui.widgets.mark_table import Column, Line
from planner.wording.amounts import day_text, number_text
from planner.wording.translation import gettext, later

WEEK = timedelta(days=7)
SET = "set"
GROUPS = {
    CREWS: later("Crews"),
    "milestone": later("Milestone"),
    "blackout": later("Blackout"),
    "shutdown": later("Shutdown"),
    "limit": later("Limit"),
    "supply": later("Supply"),
    "campaign": later("Campaign"),
    "horizon": later("Dates"),
    "costs": later("Costs"),
    "replan": later("Replanning"),
}
KEYS = {
    "target": later("target"),
    "by": later("by"),
    "first": later("first day"),
    "last": later("last day"),
    "today": later("planning date"),
    "max_closed": later("closed at once"),
    "max_starts_per_week": later("starts a week"),
    "initial": later("in stock"),
    "customers_per_week": later("customers a week"),
    "footfall": later("footfall"),
    "margin": later("margin"),
    "recapture": later("recapture"),
    "uplift": later("uplift"),
    "km": later("per kilometre"),
    "late_day": later("per day late"),
    "change": later("per moved date"),
    "freeze_days": later("days frozen"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A scenario's text, under the name it is or will be kept by."""

    name: str
    toml: str

    @property
    def file(self) -> str:
        """What messages call it."""
        return self.name + SUFFIX

    @property
    def is_toml(self) -> bool:
        """Whether the text is TOML, so that a form can change it; an empty one is."""
        return not self.toml.strip() or parse_toml(self.toml, self.file, ProblemLog()) is not None

    def head(self, key: str) -> str:
        """Its `name` or `why`; empty where it has none, or is no TOML at the moment."""
        values = parse_toml(self.toml, self.file, ProblemLog()) or {}
        return str(values.get(key, ""))

    def with_head(self, key: str, text: str) -> "Draft":
        """With another `name` or `why`."""
        return replace(self, toml=with_value(self.toml, (key,), text or None))

    @property
    def values(self) -> dict[Path, Value]:
        """What it sets by path."""
        return values_set(self.toml)

    def with_choice(self, choice: Choice, value: str | Figure | None) -> "Draft":
        """With another value for a place, or as it is now."""
        return replace(self, toml=with_value(self.toml, (SET, *choice.path), value))

    def effects(self, base: ReadRollout, texts: Mapping[str, str]) -> list[str]:
        """What it changes, in plain words, after what it builds on; raises InputError with lines of the text."""
        scenario: Scenario | None = None
        try:
            chain = read_kept_scenarios({**texts, self.name: self.toml}, [self.name])
            scenario = chain[-1]
            return [effect for _, effects in effects_of_each(base, chain) for effect in effects]
        except InputError as error:
            raise InputError(with_lines(self.toml, self.file, scenario, error.problems)) from None


def key_of(choice: Choice) -> str:
    """How a row of the form is known."""
    return path_text(choice.path)


def form_columns() -> list[Column]:
    """The columns of the form, in the language in use."""
    return [
        Column("", 2),
        Column("", 10),
        Column(gettext("What"), 20, share=True),
        Column(gettext("Now"), 12, "right"),
        Column(gettext("Then"), 22, "right"),
    ]


def form_lines(choices: Sequence[Choice], values: Mapping[Path, Value]) -> dict[str, Line]:
    """A row for each place: what it is, what it is now, and what the scenario makes of it."""
    return {key_of(choice): Line(_texts(choice, values.get(choice.path))) for choice in choices}


def subject_of(choice: Choice) -> str:
    """What a place is called, without its group."""
    key, _, number = choice.key.partition(" ")
    said = gettext("delivery {number}").format(number=number) if number else gettext(KEYS.get(key, key))
    return ", ".join(filter(None, [choice.subject, said]))


def _texts(choice: Choice, value: Value | None) -> list[str]:
    then = "" if value is None else then_text(choice, value)
    return [gettext(GROUPS[choice.group]), subject_of(choice), figure_text(choice.present), then]


def figure_text(figure: object) -> str:
    """A value as people read it."""
    if isinstance(figure, date):
        return day_text(figure)
    if isinstance(figure, int | float) and not isinstance(figure, bool):
        decimals = len(plain(figure).partition(".")[2])
        return number_text(figure, decimals)
    return str(figure)


def then_text(choice: Choice, value: Value) -> str:
    """What becomes of a place, with the change where it is one."""
    shift = read_shift(value)
    if shift is None:
        return figure_text(value)
    try:
        return f"{figure_text(shift.of(choice.present))} ({shift if shift.unit == 'days' else value})"
    except BadValue:
        return str(value)


def stepped(choice: Choice, value: Value | None, direction: int) -> str | None:
    """The value one step up or down: a unit, a week, or a twentieth; None where it is then as it is now."""
    unit, step = _step(choice.present)
    shift = read_shift(value) if value is not None else Shift(0, unit)
    if shift is None:
        shift = _as_shift(choice.present, value, unit)
    if shift is None or shift.unit != unit:
        shift = Shift(0, unit)
    amount = round(shift.amount + direction * step, 9)
    if amount == 0:
        return None
    return f"{'+' if amount > 0 else '-'}{plain(abs(amount))}{f' {unit}' if unit else ''}"


def _step(present: Figure) -> tuple[str, float]:
    if isinstance(present, date):
        return "days", WEEK.days
    return ("", 1) if isinstance(present, int) else ("%", 5)


def _as_shift(present: Figure, value: object, unit: str) -> Shift | None:
    """A new value as the change that it is."""
    if isinstance(present, date) and isinstance(value, date):
        return Shift((value - present).days, unit)
    if isinstance(present, int) and isinstance(value, int):
        return Shift(value - present, unit)
    return None
