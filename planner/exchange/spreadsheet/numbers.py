"""Numbers that are written as text: with a decimal comma or a point, thousands set apart, a currency behind."""

import re
from collections.abc import Iterable
from enum import Enum

CURRENCY = re.compile(r"^(?:€|EUR)\s*|\s*(?:€|EUR)$", re.IGNORECASE)
WHOLE_EUROS = re.compile(r",[-–—]{1,2}$")
SPACED_THOUSANDS = re.compile(r"(?<=[0-9])[\s'’](?=[0-9]{3}(?![0-9]))")
COMMA_DECIMALS = re.compile(r"[+-]?(?:[0-9]*|[0-9]{1,3}(?:\.[0-9]{3})+),[0-9]*(?:[eE][+-]?[0-9]{1,2})?")
POINT_DECIMALS = re.compile(r"[+-]?(?:[0-9]*|[0-9]{1,3}(?:,[0-9]{3})+)\.[0-9]*(?:[eE][+-]?[0-9]{1,2})?")
# More than one group of thousands leaves no doubt; one may as well be three decimals, unless a zero leads.
POINT_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3}){2,}")
COMMA_GROUPS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3}){2,}")
IN_DOUBT = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
SEPARATED = re.compile(r"[0-9][.,]|[.,][0-9]")
MAX_LENGTH = 40


class Writing(Enum):
    """How a text writes a number."""

    COMMA = "decimal comma"
    POINT = "decimal point"
    IN_DOUBT = "thousands or three decimals"
    OTHER = "without either, or no number"


def bare(text: str) -> str:
    """`text` without currency, and without spaces between thousands."""
    stripped = CURRENCY.sub("", text.strip())
    return SPACED_THOUSANDS.sub("", WHOLE_EUROS.sub("", stripped)).strip()


def writing_of(bare_text: str) -> Writing:
    """How a text without currency writes a number."""
    if len(bare_text) > MAX_LENGTH or not SEPARATED.search(bare_text):
        return Writing.OTHER
    if IN_DOUBT.fullmatch(bare_text):
        return Writing.IN_DOUBT
    if POINT_GROUPS.fullmatch(bare_text) or COMMA_DECIMALS.fullmatch(bare_text):
        return Writing.COMMA
    if COMMA_GROUPS.fullmatch(bare_text) or POINT_DECIMALS.fullmatch(bare_text):
        return Writing.POINT
    return Writing.OTHER


def point_form(bare_text: str, writing: Writing) -> str:
    """The number with a decimal point and nothing between thousands; what is no number stays as it is."""
    if writing is Writing.COMMA:
        return bare_text.replace(".", "").replace(",", ".")
    return bare_text.replace(",", "") if writing is Writing.POINT else bare_text


def usual_writing(texts: Iterable[str]) -> Writing | None:
    """How most of a file's numbers are written, as far as those that leave no doubt agree; else None."""
    found = {writing_of(bare(text)) for text in texts} & {Writing.COMMA, Writing.POINT}
    return found.pop() if len(found) == 1 else None
