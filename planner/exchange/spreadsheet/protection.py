"""Text that a spreadsheet program would take for something else when it opens a CSV file: kept as text, and back."""

import re

from planner.exchange.plan_csv import FORMULA

# Four digits in a postcode may be all there is, or what Excel left of five.
SHORT_POSTCODE = r"[0-9]{4}$"
PROTECTED = re.compile(f"'+(?:{FORMULA.pattern}|{SHORT_POSTCODE})")
TAKEN_FOR_FORMULA = re.compile(f"'*{FORMULA.pattern}")
TAKEN_FOR_SHORT = re.compile(f"'*{SHORT_POSTCODE}")


def protected(text: str, *, is_postcode: bool = False) -> str:
    """`text` with an apostrophe before it where it would else be a formula, or a postcode that lost its zero.

    `unprotected` takes it away: text that has apostrophes of its own before such a sign gets one more.
    """
    if TAKEN_FOR_FORMULA.match(text) or (TAKEN_FOR_SHORT.match(text) and (is_postcode or text.startswith("'"))):
        return f"'{text}"
    return text


def unprotected(text: str) -> str:
    """`text` as it was before `protected`."""
    return text[1:] if text.startswith("'") and PROTECTED.match(text) else text
