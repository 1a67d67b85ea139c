"""Text from files: cleaned on the way in, quoted safely in messages, and matched with what was probably meant."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

from planner.wording.quotation import in_quotes
from planner.wording.translation import gettext

MAX_SHOWN = 60
MAX_LISTED = 20
MAX_COMPARED_LENGTH = 100
# Comparing is slow: an input with thousands of unknown ids gets suggestions for the first ones only.
MAX_COMPARISONS = 100_000

BREAKS = "\t\n\v\f\r\x85\u2028\u2029"
BREAK_RUN = re.compile(f"[{BREAKS}]+")
# C0, DEL and C1 controls, and the marks that change the direction of writing.
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """`text` without control characters: a line break or tab inside becomes a space, all others go."""
    if text.isprintable():
        return text
    return CONTROLS.sub("", BREAK_RUN.sub(" ", text.strip(BREAKS)))


def printable(text: str) -> str:
    """`text` with everything a terminal might not print, or obey, written as an escape."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def shortened(text: str) -> str:
    """`text` for a message: printable, and cut where it is long."""
    return printable(text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 1] + "…")


def quoted(text: str) -> str:
    """`text` for a message, in quotes."""
    return in_quotes(shortened(text))


def _same_beginning(name: str, other: str) -> int:
    """How many characters two names begin with alike, case included."""
    return next(
        (place for place, (a, b) in enumerate(zip(name, other, strict=False)) if a != b), min(len(name), len(other))
    )


class Names:
    """The names that something may have, and which of them was probably meant by another one.

    `noun` is what they are names of, in the user's language. `aliases` maps other spellings to names: they are not
    allowed, but understood.
    """

    def __init__(self, noun: str, names: Iterable[str], aliases: dict[str, str] | None = None) -> None:
        self.noun = noun
        self.names = dict.fromkeys(names)
        self._folded = {alias.casefold(): name for alias, name in (aliases or {}).items()}
        self._folded |= {name.strip().casefold(): name for name in self.names}
        self._comparisons = 0

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def near(self, name: str) -> str | None:
        """The allowed name closest to `name`: but for case and spaces, or by difflib; None where none is close."""
        if len(name) > MAX_COMPARED_LENGTH:
            return None
        folded = name.strip().casefold()
        if folded in self._folded:
            return self._folded[folded]
        self._comparisons += len(self._folded)
        if self._comparisons > MAX_COMPARISONS:
            return None
        close = get_close_matches(folded, self._folded, n=8)
        if not close:
            return None
        likeness = {other: SequenceMatcher(None, folded, other).ratio() for other in close}
        best = [self._folded[other] for other in close if likeness[other] == max(likeness.values())]
        return max(best, key=lambda other: _same_beginning(name, other))

    def suggestion(self, name: str) -> str:
        """`; did you mean …?`, or nothing where no allowed name is close."""
        near = self.near(name)
        return "" if near is None else gettext("; did you mean {name}?").format(name=quoted(near))

    def unknown(self, name: str) -> str:
        """The sentence that says `name` is none of these, with the near miss, and with all of them if they are few."""
        suggestion = self.suggestion(name)
        sentence = gettext("unknown {noun} {name}{hint}").format(noun=self.noun, name=quoted(name), hint=suggestion)
        if not self.names or len(self.names) > MAX_LISTED:
            return sentence
        return f"{sentence}{'' if suggestion else '.'} {allowed_text(self.names)}"


def allowed_text(names: Iterable[str]) -> str:
    """The sentence that says what is allowed."""
    return gettext("Allowed: {names}.").format(names=", ".join(map(shortened, names)))
