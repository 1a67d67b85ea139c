"""A rollout in the store as the home of calendars."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from planner.cli.amounts import counted
from planner.cli.checked_plan import CheckedPlan, checked_plan
from planner.cli.endings import ExitCode
from planner.cli.messages import say
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.exchange.absences_csv import COLUMNS, AbsencesChange, absence_cells
from planner.store.backlog import Backlog
from planner.store.records import Edit, RecordKind

NUMBER = "number"
STORE = "the store"
UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class StorePlace:
    """A rollout of the store and the number of its plan (None: the one published last, or else the newest).

    What calendars last held is kept in the user's data directory, by the rollout's name: where that is lost, or
    another user publishes, what is on a server is compared with the plan and only what differs is sent.
    """

    backlog: Backlog
    number: int | None = None

    @property
    def out(self) -> Path:
        """The folder one is in."""
        return Path()

    @property
    def memory(self) -> Path:
        """A folder for the rollout in the user's data directory."""
        from platformdirs import user_data_path  # noqa: PLC0415 - only the store needs it

        name = self.backlog.name
        folder = f"{UNSAFE.sub('-', name)[:40]}-{sha256(name.encode()).hexdigest()[:8]}"
        return user_data_path("planner", appauthor=False) / "calendars" / folder

    @property
    def secrets(self) -> Path:
        """The same folder."""
        return self.memory

    def rollout(self) -> Rollout:
        """The rollout as it is now."""
        return self.backlog.load()[0]

    def source(self, *, quiet: bool = False) -> CheckedPlan | ExitCode:
        """The rollout as it is now and its plan."""
        del quiet  # The store takes in nothing odd without saying so.
        number = self._plan_number()
        if number is None:
            say("There is no plan in the store yet; make one with `planner plan`.")
            return ExitCode.BAD_INPUT
        kept = self.backlog.plans.to_use(number)
        return checked_plan(kept.rollout, kept.plan, f"Plan {number}", "`planner plan`", against=kept.against)

    def _plan_number(self) -> int | None:
        if self.number is not None:
            return self.number
        published = self.backlog.plans.baseline()
        if published is not None:
            return published
        newest = self.backlog.plans.all()
        return newest[0].number if newest else None

    def mark(self) -> object:
        """The revision of the last change, and which plan it is."""
        return self.backlog.revision(), self._plan_number()

    def absences(self) -> str:
        """The store's absences as a table, each with its number."""
        table = io.StringIO(newline="")
        writer = csv.DictWriter(table, (*COLUMNS, NUMBER))
        writer.writeheader()
        for item in self.backlog.absences():
            writer.writerow({**absence_cells(item.absence), NUMBER: str(item.number)})
        return table.getvalue()

    def take_absences(self, change: AbsencesChange) -> str:
        """Adds and removes absences, as one step of undo."""
        edits = [Edit(RecordKind.ABSENCE, "", absence_cells(item), is_new=True) for item in change.added]
        edits += [Edit(RecordKind.ABSENCE, row[NUMBER], None) for row in change.dropped]
        self.backlog.edit(edits, f"{counted(len(edits), 'absence')} taken from a calendar")
        return STORE

    def fix_starts(self, starts: Mapping[str, date]) -> str:
        """Changes the shops, as one step of undo."""
        edits = [
            Edit(RecordKind.SHOP, shop, {"status": Status.FIXED.value, "start": start.isoformat()})
            for shop, start in starts.items()
        ]
        self.backlog.edit(edits, f"{counted(len(edits), 'shop')} fixed as moved in a calendar")
        return STORE
