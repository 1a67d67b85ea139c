"""Project scheduling: PSPLIB instances as rollout folders, against the best known makespans.

PSPLIB: Kolisch and Sprecher, "PSPLIB - a project scheduling problem library", European Journal of Operational Research
96 (1996). A makespan is counted in days: the last finish day minus today, plus one.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from rich.table import Table

from planner.exchange.folder import read_folder
from tests.benchmarks.contest import Task
from tests.benchmarks.race import Outcome, run_alone
from tests.benchmarks.text import NOTHING, checked, narrate, percent

BEST_KNOWN_CSV = "best-known.csv"
PLANNER = "planner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One instance, the best makespan known of it (None: not told), and what came of each contender."""

    name: str
    best_known: int | None
    outcomes: tuple[Outcome, ...]

    @property
    def set_name(self) -> str:
        """The set the instance is of, `j30` of `j30_1`."""
        return self.name.split("_", maxsplit=1)[0]


def instance_folders(folder: Path, sets: Sequence[str]) -> list[Path]:
    """The rollout folders in `folder` of these sets (all where none is named), by size and number."""
    folders = [path.parent for path in folder.glob("*/rollout.toml")]
    wanted = [path for path in folders if not sets or path.name.split("_", maxsplit=1)[0] in sets]
    return sorted(wanted, key=lambda path: [(len(part), part) for part in path.name.split("_")])


def read_best_known(folder: Path) -> dict[str, int]:
    """The best known makespans by instance; empty where there is no such file."""
    path = folder / BEST_KNOWN_CSV
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["instance"]: int(row["best_known_makespan"]) for row in csv.DictReader(file)}


def instances(folder: Path, sets: Sequence[str], peers: Sequence[str], task: Task) -> Iterator[Instance]:
    """Each instance, planned by this planner and each peer."""
    best_known = read_best_known(folder)
    for path in instance_folders(folder, sets):
        rollout, _ = read_folder(path)
        outcomes = []
        for contender in (PLANNER, *peers):
            narrate(f"{path.name}: {contender}, {task.limit:g} s")
            outcomes.append(run_alone(contender, rollout, task))
        yield Instance(name=path.name, best_known=best_known.get(path.name), outcomes=tuple(outcomes))


def makespan_of(outcome: Outcome) -> int | None:
    """Days from today to the last finish, both included; None where a shop has no date, or there is no plan."""
    plan = outcome.found.plan if outcome.found else None
    if plan is None or plan.last_finish_day is None or plan.unplanned:
        return None
    return plan.last_finish_day + 1


def gap_to_best_known(instance: Instance, outcome: Outcome) -> float | None:
    """How much longer a contender's plan takes than the best known one, as a part of that."""
    makespan = makespan_of(outcome)
    if makespan is None or not instance.best_known:
        return None
    return makespan / instance.best_known - 1


def gap_to_bound(outcome: Outcome) -> float | None:
    """How far a contender's own bound proves its makespan to be from the best, as a part of it."""
    makespan = makespan_of(outcome)
    if makespan is None or outcome.found is None or outcome.found.bound is None:
        return None
    return (makespan - outcome.found.bound - 1) / makespan


def psplib_table(found: Sequence[Instance]) -> Table:
    """A row an instance, and one for the mean of each set."""
    table = Table(title="Makespans in days")
    table.add_column("Instance")
    table.add_column("Best known", justify="right")
    names = list(dict.fromkeys(outcome.contender for instance in found for outcome in instance.outcomes))
    for name in names:
        for column in (name, "to best known", "to its bound"):
            table.add_column(column, justify="right")
    table.add_column("Checker")
    sets: dict[str, list[Instance]] = defaultdict(list)
    for instance in found:
        sets[instance.set_name].append(instance)
        best = NOTHING if instance.best_known is None else str(instance.best_known)
        cells = [cell for outcome in instance.outcomes for cell in _cells(instance, outcome)]
        table.add_row(instance.name, best, *cells, ", ".join(dict.fromkeys(map(checked, instance.outcomes))))
    table.add_section()
    for name, members in sets.items():
        means = [cell for number in range(len(names)) for cell in _means(members, number)]
        table.add_row(f"{name}, mean of {len(members)}", "", *means, "")
    return table


def _cells(instance: Instance, outcome: Outcome) -> list[str]:
    makespan = makespan_of(outcome)
    return [
        NOTHING if makespan is None else str(makespan),
        _percent(gap_to_best_known(instance, outcome)),
        _percent(gap_to_bound(outcome)),
    ]


def _means(members: Sequence[Instance], number: int) -> list[str]:
    to_best = [gap_to_best_known(item, item.outcomes[number]) for item in members]
    to_bound = [gap_to_bound(item.outcomes[number]) for item in members]
    return ["", _mean(to_best), _mean(to_bound)]


def _mean(gaps: Sequence[float | None]) -> str:
    """The mean of all gaps; none where one of them is missing, as the rest would flatter."""
    known = [gap for gap in gaps if gap is not None]
    return percent(mean(known)) if known and len(known) == len(gaps) else NOTHING


def _percent(part: float | None) -> str:
    return NOTHING if part is None else percent(part)
