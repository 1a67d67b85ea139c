"""Elements of MSPDI and the forms of their values."""

import re
from datetime import date
from xml.etree.ElementTree import Element, SubElement

from planner.exchange.text import clean

HOURS_A_DAY = 8
MORNING = "08:00:00"
EVENING = "17:00:00"
MIDNIGHT = "00:00:00"
LAST_MINUTE = "23:59:00"
# Characters that XML 1.0 lacks, beyond the controls that `clean` takes out.
NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")

Value = str | int


def add(parent: Element, tag: str, value: Value) -> None:
    """Adds an element with a value; text is cleaned of what XML cannot hold."""
    SubElement(parent, tag).text = NOT_XML.sub("", clean(str(value)))


def add_all(parent: Element, values: dict[str, Value | None]) -> None:
    """Adds an element for each value that is given, in the order given, which is the schema's."""
    for tag, value in values.items():
        if value is not None:
            add(parent, tag, value)


def morning(day: date) -> str:
    """The time at which work on `day` begins."""
    return f"{day.isoformat()}T{MORNING}"


def evening(day: date) -> str:
    """The time at which work on `day` ends."""
    return f"{day.isoformat()}T{EVENING}"


def hours(days: int) -> str:
    """A duration of so many working days."""
    return f"PT{days * HOURS_A_DAY}H0M0S"
