"""The line at the foot: the keys that are valid now. One widget, where Textual's footer makes one of every key anew."""

from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.screen import Screen
from textual.widget import Widget

HELP_ACTIONS = ("help", "app.help")


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A key as the line shows it; `is_enabled` says whether it would do anything now."""

    key: str
    shown: str
    description: str
    tooltip: str
    is_enabled: bool
    is_help: bool = False

    @property
    def width(self) -> int:
        """How many cells it takes."""
        return cell_len(self.shown) + cell_len(self.description) + 3


def fitting(entries: list[KeyEntry], room: int) -> list[KeyEntry]:
    """The entries that `room` cells hold, in their order; the help stays, since it tells of the others."""
    if sum(entry.width for entry in entries) <= room:
        return entries
    left = room - sum(entry.width for entry in entries if entry.is_help)
    kept = []
    for entry in entries:
        if entry.is_help:
            kept.append(entry)
        elif left >= 0:
            left -= entry.width
            kept += [entry] if left >= 0 else []
    return kept


class KeyLine(Widget):
    """The keys that are valid now, each with a word on what it does; a click is as good as the key."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES = {"key-line--key", "key-line--description"}

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[KeyEntry] = []

    def on_mount(self) -> None:
        """Follows what is valid."""
        self.screen.bindings_updated_signal.subscribe(self, self._take_bindings)

    def _take_bindings(self, screen: Screen[object]) -> None:
        entries = self._entries_of(screen)
        if entries != self._entries:
            self._entries = entries
            self.refresh()

    def _entries_of(self, screen: Screen[object]) -> list[KeyEntry]:
        """An entry for each action, with the first of its keys."""
        entries: dict[str, KeyEntry] = {}
        for _, binding, is_enabled, tooltip in screen.active_bindings.values():
            if binding.show and binding.action not in entries:
                shown = self.app.get_key_display(binding)
                is_help = binding.action in HELP_ACTIONS
                entries[binding.action] = KeyEntry(
                    binding.key, shown, binding.description, tooltip, is_enabled, is_help
                )
        return list(entries.values())

    def render(self) -> Text:
        """As many keys as there is room for."""
        key_style = self.get_component_rich_style("key-line--key")
        description_style = self.get_component_rich_style("key-line--description")
        text = Text(no_wrap=True, end="")
        for entry in fitting(self._entries, self.size.width):
            dim = "" if entry.is_enabled else " dim"
            text.append(f" {entry.shown} ", f"{key_style}{dim}")
            text.append(f"{entry.description} ", f"{description_style}{dim}")
        return text

    def _entry_at(self, x: int) -> KeyEntry | None:
        for entry in fitting(self._entries, self.size.width):
            x -= entry.width
            if x < 0:
                return entry
        return None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """A click on a key does what the key does."""
        entry = self._entry_at(event.x)
        if entry is not None and entry.is_enabled:
            self.app.simulate_key(entry.key)
        elif entry is not None:
            self.app.bell()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """The key under the mouse is explained."""
        entry = self._entry_at(event.x)
        self.tooltip = entry.tooltip if entry else None
