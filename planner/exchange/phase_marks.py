"""A letter and a colour for each phase, so that charts tell phases apart without colour too."""

from collections.abc import Iterable
from dataclasses import dataclass

from planner.domain.rollout import Rollout
from planner.exchange.text import clean

COLOURS = ("#5B8DB8", "#D9A441", "#7BA05B", "#B9748E", "#8C7BB5", "#5FA8A0", "#C07F56", "#8A8F98")
"""Fills that dark text reads well on; a ninth phase has the first one's again, and a letter of its own."""
SPARE_MARKS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
UNKNOWN_MARK = "?"


@dataclass(frozen=True, slots=True)
class PhaseMark:
    """How charts show the phases of a name: a `letter` and, as #RRGGBB, a `colour`."""

    name: str
    letter: str
    colour: str


def phase_marks(rollout: Rollout) -> dict[str, PhaseMark]:
    """The mark of each phase name of a rollout, in the order in which formats and their phases come."""
    names = dict.fromkeys(phase.name for shop_format in rollout.formats for phase in shop_format.phases)
    letters = _letters(names)
    return {name: PhaseMark(name, letters[name], COLOURS[number % len(COLOURS)]) for number, name in enumerate(names)}


def _letters(names: Iterable[str]) -> dict[str, str]:
    """For each name the first of its letters, else of the spare marks, that no name before it has."""
    letters: dict[str, str] = {}
    for name in names:
        own = [letter.upper() for letter in clean(name) if letter.isalnum() and len(letter.upper()) == 1]
        taken = set(letters.values())
        letters[name] = next((letter for letter in (*own, *SPARE_MARKS) if letter not in taken), UNKNOWN_MARK)
    return letters
