"""The command palette: every command by `area: verb`, those of the pane in sight first."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from textual.binding import Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode
from textual.types import IgnoreReturnCallbackType

from planner.ui.keys import named_bindings
from planner.ui.main_screen import MainScreen
from planner.ui.panes import PANES
from planner.wording.translation import gettext, later, pgettext

AREAS = {
    "calendar": later("calendar"),
    "comparison": later("comparison"),
    "edit": later("edit"),
    "form": later("form"),
    "go": later("go to"),
    "help": later("help"),
    "import": later("import"),
    "moved": later("what moved"),
    "overview": later("overview"),
    "plan": later("plan"),
    "program": later("program"),
    "scenarios": later("scenarios"),
    "schedule": later("schedule"),
    "shop": later("shop"),
    "view": later("view"),
}


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, a sentence on what it does, and what does it."""

    name: str
    help: str
    run: IgnoreReturnCallbackType


class PlannerCommands(Provider):
    """All commands that are valid now, and those of the other panes, which are shown first then."""

    async def search(self, query: str) -> Hits:
        """The commands whose names are like `query`."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = matcher.match(command.name)
            if score > 0:
                yield Hit(score, matcher.highlight(command.name), command.run, command.name, command.help)

    async def discover(self) -> Hits:
        """All commands."""
        for command in self._commands():
            yield DiscoveryHit(command.name, command.run, command.name, command.help)

    def _commands(self) -> Iterator[Command]:
        seen = set()
        for active in self.screen.active_bindings.values():
            name = active.binding.id
            if name and active.enabled and name not in seen:
                seen.add(name)
                run = partial(_run, active.node, active.binding.action)
                yield Command(command_name(active.binding), active.tooltip, run)
        if isinstance(self.screen, MainScreen):
            yield from self._of_other_panes(self.screen, seen)

    def _of_other_panes(self, screen: MainScreen, seen: set[str]) -> Iterator[Command]:
        for pane, entry in PANES.items():
            for binding in named_bindings(entry.load()):
                if binding.id and binding.id not in seen and pane != screen.pane.id:
                    run = partial(_show_and_run, screen, pane, binding.action)
                    yield Command(command_name(binding), gettext(binding.tooltip), run)


def command_name(binding: Binding) -> str:
    """A binding as `area: verb`."""
    area = (binding.id or "").partition(".")[0]
    return f"{_area_name(area)}: {gettext(binding.description)}"


def _area_name(area: str) -> str:
    # As a status, the same word says that a shop is still to be planned.
    return pgettext("area", "backlog") if area == "backlog" else gettext(AREAS.get(area, area))


async def _run(node: DOMNode, action: str) -> None:
    await node.app.run_action(action, node)


async def _show_and_run(screen: MainScreen, pane: str, action: str) -> None:
    await screen.action_show(pane)
    await screen.app.run_action(action, screen.pane)
