"""Where a rollout and its scenarios are: in a folder, or in the database."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from planner.cli.scenarios import read_each
from planner.domain.scenario import Scenario
from planner.exchange.folder import check_is_folder
from planner.exchange.problems import InputError, Problem
from planner.exchange.scenario_file import FOLDER, find_scenarios, read_kept_scenarios, read_scenarios
from planner.exchange.scenarios import ReadRollout
from planner.exchange.text import printable
from planner.store.backlog import Backlog
from planner.wording.translation import gettext

Chain = tuple[Scenario, ...]
"""A scenario, after those it builds on."""


class Shelf(Protocol):
    """A rollout and the scenarios that come with it. Methods raise InputError with all mistakes."""

    @property
    def place(self) -> str:
        """How messages name where the scenarios are."""

    @property
    def nothing_to_compare(self) -> str:
        """What to do where it has no scenarios to compare with."""

    def all(self) -> list[tuple[str, Scenario]]:
        """The scenarios, each under the name it is called by, in the order of these."""

    def read_each(self, groups: Sequence[Sequence[str]]) -> tuple[ReadRollout, list[Chain]]:
        """The rollout, and for each group of names the scenarios to apply."""


@dataclass(frozen=True, slots=True)
class FolderShelf:
    """A rollout folder; scenarios may also be named by the path of a file."""

    folder: Path

    @property
    def place(self) -> str:
        """The folder of its scenarios."""
        return printable(str(self.folder / FOLDER))

    @property
    def nothing_to_compare(self) -> str:
        """What to do where it has no scenarios to compare with."""
        return gettext("there are no scenarios to compare with; name one, or put some into the folder 'scenarios'")

    def all(self) -> list[tuple[str, Scenario]]:
        """Its scenario files; the name is the file's, without suffix."""
        check_is_folder(self.folder)
        paths = find_scenarios(self.folder)
        scenarios = {scenario.source: scenario for scenario in read_scenarios(paths)}
        return [(path.stem, scenarios[path.name]) for path in paths]

    def read_each(self, groups: Sequence[Sequence[str]]) -> tuple[ReadRollout, list[Chain]]:
        """Reads the folder and the files."""
        return read_each(self.folder, groups)


@dataclass(frozen=True, slots=True)
class StoreShelf:
    """A rollout in the database, and the scenarios kept with it."""

    backlog: Backlog

    @property
    def place(self) -> str:
        """The rollout in the database."""
        return gettext("rollout '{name}' in the database").format(name=printable(self.backlog.name))

    @property
    def nothing_to_compare(self) -> str:
        """What to do where it has no scenarios to compare with."""
        return gettext("there are no scenarios to compare with; name one, or save one by `planner scenario save FILE`")

    def all(self) -> list[tuple[str, Scenario]]:
        """Those that are kept."""
        return [(item.name, item.scenario) for item in self.backlog.scenarios()]

    def read_each(self, groups: Sequence[Sequence[str]]) -> tuple[ReadRollout, list[Chain]]:
        """Reads all of one moment."""
        base, texts = self.backlog.read()
        chains: list[Chain] = []
        problems: list[Problem] = []
        for names in groups:
            try:
                chains.append(read_kept_scenarios(texts, names))
            except InputError as error:
                problems += error.problems
        if problems:
            raise InputError(dict.fromkeys(problems))
        return base, chains
