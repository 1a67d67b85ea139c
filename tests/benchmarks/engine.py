"""The engine against its peers: the same generated rollout for each, all measured against one bound."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.table import Table

from planner.domain.rollout import Rollout
from tests.benchmarks.common_rules import common_rules, tardiness_rules
from tests.benchmarks.contest import Figures, Task, figures_at
from tests.benchmarks.race import Outcome, run_alone
from tests.benchmarks.text import NOTHING, checked, megabytes, narrate, percent, seconds_text

PLANNER = "planner"


class Rules(StrEnum):
    """Which rules of a generated rollout hold."""

    FULL = "full"
    COMMON = "common"
    TARDINESS = "tardiness"


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """One rollout, and what came of each contender."""

    rollout: str
    rules: Rules
    outcomes: tuple[Outcome, ...]

    @property
    def bound(self) -> int | None:
        """The highest bound proved for plans as good as the best one in milestones and undated shops."""
        ends = [(_end(outcome), outcome.found) for outcome in self.outcomes if outcome.found]
        best = min(((end.shortfall, end.undated) for end, _ in ends if end), default=None)
        bounds = [found.bound for end, found in ends if end and found.bound is not None and _levels(end) == best]
        return max(bounds, default=None)

    @property
    def is_sound(self) -> bool:
        """Whether the planner came back with a plan that passes the checker."""
        return all(
            outcome.problem is None and not outcome.violations and outcome.found and outcome.found.plan
            for outcome in self.outcomes
            if outcome.contender == PLANNER
        )


def races(
    rollouts: Iterable[tuple[str, Rollout]], rules: Sequence[Rules], peers: Sequence[str], task: Task
) -> Iterator[Race]:
    """Each rollout under each set of rules; peers do not run under the full rules, which they cannot express."""
    for name, rollout in rollouts:
        for which in rules:
            contenders = [PLANNER] if which is Rules.FULL else [PLANNER, *peers]
            outcomes = []
            for contender in contenders:
                narrate(f"{name}, {which} rules: {contender}, {task.limit:g} s")
                outcomes.append(run_alone(contender, _reduced(rollout, which, task.seed), task))
            yield Race(rollout=name, rules=which, outcomes=tuple(outcomes))


def _reduced(rollout: Rollout, rules: Rules, seed: int) -> Rollout:
    match rules:
        case Rules.FULL:
            return rollout
        case Rules.COMMON:
            return common_rules(rollout)
        case Rules.TARDINESS:
            return tardiness_rules(rollout, seed)


def engine_table(found: Sequence[Race], marks: Sequence[float]) -> Table:
    """A row a contender: seconds to its first plan, its cost and gap at each mark, its memory, the checker's word."""
    table = Table(title="Cost in EUR, and its gap to the best bound proved by any contender")
    for column in ("Rollout", "Rules", "Contender"):
        table.add_column(column)
    for column in ("First plan", *(f"{what} at {mark:g} s" for mark in marks for what in ("Cost", "gap")), "Peak MB"):
        table.add_column(column, justify="right")
    table.add_column("Checker")
    for race in found:
        for outcome in race.outcomes:
            table.add_row(*_cells(race, outcome, marks))
        table.add_section()
    return table


def _cells(race: Race, outcome: Outcome, marks: Sequence[float]) -> list[str]:
    cells = [race.rollout, race.rules.value, outcome.contender, seconds_text(outcome.first_seconds)]
    for mark in marks:
        figures = figures_at(outcome.found.sightings, mark) if outcome.found else None
        cells += [NOTHING, NOTHING] if figures is None else [f"{figures.value / 100:,.0f}", _gap(race, figures)]
    return [*cells, megabytes(outcome.peak_mb), checked(outcome)]


def _gap(race: Race, figures: Figures) -> str:
    """The gap to the bound, or what is missing before costs can be compared."""
    best = min(end for end in map(_levels_at_end, race.outcomes) if end)
    if _levels(figures) != best:
        missing = {"short": figures.shortfall, "undated": figures.undated}
        return ", ".join(f"{count} {word}" for word, count in missing.items() if count) or NOTHING
    return NOTHING if race.bound is None else percent(_excess(figures.value, race.bound))


def _excess(value: int, bound: int) -> float:
    return (value - bound) / value if value else 0.0


def ratios(found: Sequence[Race], marks: Sequence[float]) -> Iterator[str]:
    """Sentences that set each peer's plan in relation to this planner's."""
    for race in found:
        ours = next(outcome for outcome in race.outcomes if outcome.contender == PLANNER)
        for peer in race.outcomes:
            if peer is not ours:
                yield from _ratios(race, ours, peer, marks)


def _ratios(race: Race, ours: Outcome, peer: Outcome, marks: Sequence[float]) -> Iterator[str]:
    for mark in marks:
        left = figures_at(ours.found.sightings, mark) if ours.found else None
        right = figures_at(peer.found.sightings, mark) if peer.found else None
        if left is None or right is None or _levels(left) != _levels(right) or not left.value:
            continue
        text = f"{race.rollout}, {race.rules} rules, {mark:g} s: the plan of {peer.contender} costs "
        text += f"{right.value / left.value:.3f} times this planner's"
        bound = race.bound
        if bound and left.value > bound:
            text += f", and lies {(right.value - bound) / (left.value - bound):.1f} times as far above the bound"
        yield f"{text}."


def _levels(figures: Figures) -> tuple[int, int]:
    return figures.shortfall, figures.undated


def _end(outcome: Outcome) -> Figures | None:
    """The figures a contender ends with."""
    return outcome.found.sightings[-1].figures if outcome.found and outcome.found.sightings else None


def _levels_at_end(outcome: Outcome) -> tuple[int, int] | None:
    end = _end(outcome)
    return None if end is None else _levels(end)
