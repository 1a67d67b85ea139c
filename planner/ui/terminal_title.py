"""The title of the terminal's window or tab, as sequences that terminals know by xterm's manual (OSC 2, CSI t)."""

from planner.exchange.text import printable

PROGRAM = "planner"
KEEP = "\x1b[22;2t"
"""Lets the terminal keep the title it has."""
BRING_BACK = "\x1b[23;2t"
"""Gives the terminal the title that it kept."""


def title_sequence(rollout: str) -> str:
    """Sets the title to the program and what is worked on; nothing in a name ends or begins a sequence."""
    return f"\x1b]2;{printable(rollout)} · {PROGRAM}\a"
