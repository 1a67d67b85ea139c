"""Key bindings that are named, so that users can remap them, and translated where they are shown."""

from dataclasses import replace

from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.events import Key
from textual.reactive import Reactive
from textual.screen import ModalScreen, Screen, ScreenResultType
from textual.widget import Widget

from planner.ui.key_line import KeyLine
from planner.wording.translation import gettext, later


def key(keys: str, action: str, description: str, tooltip: str, name: str, *, show: bool = True) -> Binding:
    """A binding. `description` (a word or two, for the footer) and `tooltip` (a sentence) are marked by `later`.

    `name` is `area.verb`, such as `backlog.add`: users remap the key by it, and the command palette shows it.
    """
    return Binding(keys, action, description, show=show, tooltip=tooltip, id=name)


def hidden(keys: str, action: str, description: str, tooltip: str, name: str) -> Binding:
    """A binding that the footer has no room for."""
    return key(keys, action, description, tooltip, name, show=False)


def named_bindings(kind: type[DOMNode]) -> list[Binding]:
    """The bindings of a class that have a name, in their order."""
    return [item for item in kind.BINDINGS if isinstance(item, Binding) and item.id]


def translated(active: dict[str, ActiveBinding]) -> dict[str, ActiveBinding]:
    """Bindings that are valid now, by key, in the language in use."""
    return {
        name: item._replace(
            binding=replace(item.binding, description=gettext(item.binding.description)), tooltip=gettext(item.tooltip)
        )
        for name, item in active.items()
    }


def handed_on(widget: Widget, event: Key) -> bool:
    """Hands a key on to the widget that has the focus by now, if that is another one; whether it did.

    Keys that come together are all sent to the widget that had the focus before the first of them moved it.
    """
    focused = widget.screen.focused
    if focused is None or focused is widget:
        return False
    event.stop()
    event.prevent_default()
    focused.post_message(Key(event.key, event.character))
    return True


class PlannerScreen(Screen[ScreenResultType]):
    """A screen whose footer speaks the language in use."""

    # Textual draws the whole screen anew whenever another widget is in focus; widgets see to their own looks.
    focused = Reactive[Widget | None](None, repaint=False)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings that are valid now, by key."""
        return translated(super().active_bindings)


class PlannerDialog(ModalScreen[ScreenResultType]):
    """A dialog above the screen, with its keys at the foot; Escape leaves it with nothing done."""

    BINDINGS = [
        key("escape", "leave", later("Back"), later("Leave this dialog with nothing done."), "dialog.leave"),
        # Keys of the application do not reach into dialogs.
        key(
            "question_mark,f1", "app.help", later("Help"), later("Explain what is in focus, and its keys."), "help.keys"
        ),
    ]

    focused = Reactive[Widget | None](None, repaint=False)

    def on_mount(self) -> None:
        """Covers the keys of the screen below with those that are valid here."""
        self.mount(KeyLine())

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings that are valid now, by key."""
        return translated(super().active_bindings)

    def action_leave(self) -> None:
        """Closes the dialog without a result."""
        self.dismiss(None)
