"""Where a plan and its calendars are at home: in a rollout folder, or in the database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from planner.cli.checked_plan import PLAN_IN_FOLDER, CheckedPlan, read_checked_plan
from planner.cli.endings import ExitCode, say_problems
from planner.domain.rollout import Rollout
from planner.exchange.absences_csv import AbsencesChange
from planner.exchange.calendar_files import MakeCalendars
from planner.exchange.crews import ABSENCES_CSV
from planner.exchange.csv_table import MAX_CSV_BYTES
from planner.exchange.feed_addresses import ADDRESSES_FILE
from planner.exchange.feeds import AddressFile, AddressSource
from planner.exchange.files import read_text
from planner.exchange.folder import FILES, read_folder
from planner.exchange.ical_identity import SavedStates
from planner.exchange.ical_state import STATE_FILE, FolderStates
from planner.exchange.problems import ProblemLog
from planner.exchange.shops import SHOPS_CSV
from planner.exchange.shops_csv import fix_starts
from planner.exchange.whole_files import write_whole

SERVER_STATE_FILE = "caldav.state.json"
FEED_STATE_FILE = "feeds.state.json"


class Place(Protocol):
    """A rollout with its plan. Methods raise InputError, and those that write CannotWriteError."""

    @property
    def out(self) -> Path:
        """The folder that files go to where nothing else is asked for."""

    def write_calendars(self, folder: Path, make: MakeCalendars) -> None:
        """Writes the files that `make` makes, knowing what they last held, and remembers what they hold now."""

    def server_states(self) -> SavedStates:
        """What calendars on servers last held, by their URLs."""

    def feed_states(self) -> SavedStates:
        """What feeds last held."""

    def feed_addresses(self) -> AddressSource:
        """The secret addresses of feeds."""

    def rollout(self) -> Rollout:
        """The rollout; says what is odd about it."""

    def source(self, *, quiet: bool = False) -> CheckedPlan | ExitCode:
        """The rollout and its plan, checked anew, or why there is none to use, which has then been said."""

    def mark(self) -> object:
        """Changes when the rollout or its plan does: cheap enough to ask at every request."""

    def absences(self) -> str:
        """The absences as absences.csv has them; nothing where there are none."""

    def take_absences(self, change: AbsencesChange) -> str:
        """Makes the absences what `change` says, and tells where."""

    def fix_starts(self, starts: Mapping[str, date]) -> str:
        """Fixes shops to the starts given, and tells where."""


@dataclass(frozen=True, slots=True)
class FolderPlace:
    """A rollout folder, its plan (None: where `planner run` puts it) and the scenarios that plan was made with."""

    folder: Path
    plan: Path | None = None
    scenarios: Sequence[str] = ()

    @property
    def out(self) -> Path:
        """Where `planner run` writes as well."""
        return self.folder / "out"

    def write_calendars(self, folder: Path, make: MakeCalendars) -> None:
        """What the files hold is remembered beside them."""
        states = FolderStates(folder / STATE_FILE)
        contents = make(states)
        if contents:
            write_whole(folder, {**contents, STATE_FILE: states.content()})

    def server_states(self) -> SavedStates:
        """A file beside the plan."""
        return FolderStates(self.out / SERVER_STATE_FILE)

    def feed_states(self) -> SavedStates:
        """A file beside the plan."""
        return FolderStates(self.out / FEED_STATE_FILE)

    def feed_addresses(self) -> AddressSource:
        """A file beside the rollout."""
        return AddressFile(self.folder / ADDRESSES_FILE)

    def rollout(self) -> Rollout:
        """Reads the folder, without scenarios: what is entered goes into its files."""
        rollout, warnings = read_folder(self.folder)
        say_problems(warnings)
        return rollout

    def source(self, *, quiet: bool = False) -> CheckedPlan | ExitCode:
        """Reads the folder and the plan."""
        return read_checked_plan(self.folder, self.plan, scenarios=self.scenarios, quiet=quiet)

    def mark(self) -> object:
        """When the folder's files and the plan were written."""
        marks = []
        for path in (self.plan or self.folder / PLAN_IN_FOLDER, *(self.folder / name for name in FILES)):
            try:
                found = path.stat()
                marks.append((found.st_mtime_ns, found.st_size, found.st_ino))
            except OSError:
                marks.append((0, 0, 0))
        return tuple(marks)

    def absences(self) -> str:
        """absences.csv as it stands; `rollout` has read it without a mistake."""
        if not (self.folder / ABSENCES_CSV).exists():
            return ""
        return read_text(self.folder, ABSENCES_CSV, MAX_CSV_BYTES, ProblemLog()) or ""

    def take_absences(self, change: AbsencesChange) -> str:
        """Writes absences.csv."""
        write_whole(self.folder, {ABSENCES_CSV: change.content})
        return str(self.folder / ABSENCES_CSV)

    def fix_starts(self, starts: Mapping[str, date]) -> str:
        """Writes shops.csv."""
        text = read_text(self.folder, SHOPS_CSV, MAX_CSV_BYTES, ProblemLog()) or ""
        write_whole(self.folder, {SHOPS_CSV: fix_starts(text, starts)})
        return str(self.folder / SHOPS_CSV)
