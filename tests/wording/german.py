"""Whether a text is German: tests that read all that the program says in it look for what was left in English."""

import re

ENGLISH = re.compile(
    r"\b(The|From|On|Shop|the|shops?(?!\.csv)|crews?(?!\.csv)|plan's|its?|is|are|has|have|had|does|and|or|but|of|from|"
    r"to|with|without|which|before|after|only|needs?|begins?|starts?|finish(?:es)?|closed|there|would|could|no|not|day|days|than|by|on|for|while|though)\b"
)
ISO_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


def left_in_english(text: str) -> list[str]:
    """English words and days in a German text."""
    return [*ENGLISH.findall(text), *ISO_DAY.findall(text)]
