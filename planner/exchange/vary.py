"""What a sweep varies, as `--vary` writes it: `crews.South.builder=2..6`, `costs.footfall=0.7,0.8,0.9`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from planner.domain.rollout import Rollout
from planner.domain.scenario import Path, Scenario, Value
from planner.exchange.scenario_paths import begin_path, path_text
from planner.exchange.scenarios import ReadRollout, apply_scenarios
from planner.exchange.text import quoted
from planner.exchange.values import NUMBER, WHOLE_NUMBER, BadValue, iso_form, parse_day
from planner.wording.translation import gettext

RANGE = re.compile(r"(?P<first>.+?)\.\.(?P<last>[^:]+)(:(?P<step>.+))?")
MOST_VALUES = 1000
ITEM = re.compile(r'\s*(?:"(?P<quoted>[^"]*)"|(?P<plain>[^,"]+))\s*(?:,|$)')


@dataclass(frozen=True, slots=True)
class Varied:
    """A path into a rollout, and the values it is given one after another."""

    path: Path
    values: tuple[Value, ...]

    @property
    def label(self) -> str:
        """The path as it is written."""
        return path_text(self.path)


def parse_vary(text: str) -> Varied:
    """A path, `=`, and a range (`2..6`, `80..110:5`, days too) or a list of values. Raises BadValue."""
    path, end = begin_path(text)
    if text[end : end + 1] != "=":
        wrong = gettext("{text} has no values; write PATH=2..6, PATH=80..110:5 or PATH=0.7,0.8")
        raise BadValue(wrong.format(text=quoted(text)))
    written = text[end + 1 :].strip()
    found = RANGE.fullmatch(written)
    values = _range(found["first"], found["last"], found["step"]) if found else _list(written)
    if len(set(map(str, values))) < len(values):
        raise BadValue(gettext("{text} has a value twice").format(text=quoted(written)))
    return Varied(path, values)


def _list(written: str) -> tuple[Value, ...]:
    values: list[Value] = []
    place = 0
    while place < len(written) or not values:
        found = ITEM.match(written, place)
        if not found or not (found["quoted"] or (found["plain"] or "").strip()):
            wrong = gettext("{text} is no list of values: write them with commas between, such as 0.7,0.8")
            raise BadValue(wrong.format(text=quoted(written)))
        values.append(found["quoted"] if found["quoted"] is not None else _value(found["plain"].strip()))
        place = found.end()
    return tuple(values)


def _value(text: str) -> Value:
    """A value as TOML would have it; text needs no quotes, and a sign asks for a change by so much."""
    if text in ("true", "false"):
        return text == "true"
    if text[0] in "+-":
        return text
    if WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if NUMBER.fullmatch(text):
        return float(text)
    return parse_day(text) if iso_form(text) else text


def _range(first_text: str, last_text: str, step_text: str | None) -> tuple[Value, ...]:
    first, last = (_value(text.strip()) for text in (first_text, last_text))
    if isinstance(first, date) and isinstance(last, date):
        return _days(first, last, step_text)
    if isinstance(first, str | bool | date) or not isinstance(last, int | float) or isinstance(last, bool):
        wrong = gettext("'{first}..{last}' is no range: give two numbers, or two days")
        raise BadValue(wrong.format(first=first_text, last=last_text))
    low, high, step = Decimal(str(first)), Decimal(str(last)), Decimal(1)
    if step_text is not None:
        if not NUMBER.fullmatch(step_text.strip()):
            wrong = gettext("{text} is no step: give a number, such as 80..110:5")
            raise BadValue(wrong.format(text=quoted(step_text)))
        step = Decimal(step_text.strip())
    _check_steps(low <= high, float(step), float(high - low))
    numbers = [low + step * number for number in range(int((high - low) / step) + 1)]
    whole = all(number == int(number) for number in numbers) and isinstance(first, int)
    return tuple(int(number) if whole else float(number) for number in numbers)


def _days(first: date, last: date, step_text: str | None) -> tuple[Value, ...]:
    if step_text is not None and not WHOLE_NUMBER.fullmatch(step_text.strip()):
        raise BadValue(gettext("{text} is no number of days").format(text=quoted(step_text)))
    step = int(step_text or 1)
    _check_steps(first <= last, step, (last - first).days)
    return tuple(first + timedelta(days=number) for number in range(0, (last - first).days + 1, step))


def _check_steps(is_in_order: bool, step: float, span: float) -> None:
    if not is_in_order:
        raise BadValue(gettext("the range ends before it begins; put the smaller value first"))
    if step <= 0:
        raise BadValue(gettext("the step must be above 0"))
    if span / step >= MOST_VALUES:
        raise BadValue(gettext("the range has more than {most} values; give a larger step").format(most=MOST_VALUES))


@dataclass(frozen=True, slots=True)
class ScenarioRollouts:
    """Makes the rollouts of many scenarios from one that was read; travels to workers, and there needs no files."""

    base: ReadRollout

    def rollout(self, scenario: Scenario) -> tuple[Rollout, tuple[str, ...]]:
        """The rollout with a scenario, and the names of all scenarios in it. Raises InputError."""
        read = apply_scenarios(self.base, [scenario])
        return read.rollout, read.scenarios
