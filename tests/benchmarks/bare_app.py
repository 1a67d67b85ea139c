"""The least that a terminal UI can cost: a Textual app with about as many widgets as the first screen, and no more."""

from textual.app import App, ComposeResult
from textual.widgets import Static

WIDGETS = 65
LAST = "that is all"


class BareApp(App[None]):
    """Lines of text."""

    def compose(self) -> ComposeResult:
        for number in range(1, WIDGETS):
            yield Static(f"widget {number}", classes="line")
        yield Static(LAST, id="last")

    CSS = ".line { height: 1; display: block; } #last { dock: top; height: 1; }"


if __name__ == "__main__":
    BareApp().run()
