"""How the parts of the chart look: a number for each, and its style from the stylesheet."""

from collections.abc import Callable
from enum import IntEnum

from rich.color import Color
from rich.style import Style

from planner.exchange.phase_marks import COLOURS
from planner.ui.schedule.shading import Day

PREFIX = "gantt--"


class Look(IntEnum):
    """A part of the chart; the phases' colours come after `PHASE`, those of other crews' phases after `FAINT`."""

    PLAIN = 0
    WEEKEND = 1
    HOLIDAY = 2
    BLACKOUT = 3
    SHUTDOWN = 4
    WAIT = 5
    CLOSED = 6
    TODAY = 7
    GHOST = 8
    FIXED = 9
    CLASH = 10
    DONE = 11
    GROUP = 12
    OVER = 13
    HEADER = 14
    LABEL = 15
    FOOT = 16
    CURSOR = 17
    MOVING = 18
    PHASE = 20
    FAINT = 40


LOOK_OF_DAY = {
    Day.WORK: Look.PLAIN,
    Day.WEEKEND: Look.WEEKEND,
    Day.HOLIDAY: Look.HOLIDAY,
    Day.BLACKOUT: Look.BLACKOUT,
    Day.SHUTDOWN: Look.SHUTDOWN,
}
COMPONENT_CLASSES = {f"{PREFIX}{look.name.lower()}" for look in Look if look < Look.FAINT}


def make_styles(component: Callable[[str], Style]) -> dict[int, Style]:
    """The style of each look; `component` gives that of a component class.

    Phases have the colours that charts and spreadsheets have too, on which dark text reads well.
    """
    styles = {int(look): component(f"{PREFIX}{look.name.lower()}") for look in Look if look < Look.FAINT}
    ink = styles[Look.PHASE]
    for number, colour in enumerate(COLOURS):
        fill = Color.parse(colour)
        styles[Look.PHASE + number] = ink + Style(bgcolor=fill)
        styles[Look.FAINT + number] = styles[Look.PLAIN] + Style(color=fill)
    return styles
