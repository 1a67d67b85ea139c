"""A line that tells the user what happened, and goes by itself."""

from typing import Literal

from textual.dom import DOMNode

from planner.exchange.text import printable


def tell(node: DOMNode, text: str, severity: Literal["information", "warning", "error"] = "information") -> None:
    """Shows `text`, of one line or several, for some seconds; nothing in it is markup."""
    lines = [printable(line) for line in text.split("\n")]
    node.app.notify("\n".join(lines), severity=severity, markup=False)
