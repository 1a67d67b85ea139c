"""A line that tells the user what happened, and goes by itself."""

from typing import Literal

from textual.dom import DOMNode

from planner.exchange.text import printable


def tell(node: DOMNode, text: str, severity: Literal["information", "warning", "error"] = "information") -> None:
    """Shows `text` for some seconds; nothing in it is markup."""
    node.app.notify(printable(text), severity=severity, markup=False)
