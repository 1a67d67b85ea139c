"""The scenarios that are kept, as rows of a table and in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.exchange.problems import InputError
from planner.exchange.scenario_file import read_kept_scenarios
from planner.exchange.scenarios import ReadRollout, effects_of_each
from planner.store.records import PlanInfo, StoredScenario
from planner.ui.failures import sentences
from planner.ui.widgets.mark_table import Column, Line
from planner.wording.amounts import gap_text, money_text
from planner.wording.translation import gettext

NONE = "–"


def scenario_columns() -> list[Column]:
    """The columns, in the language in use."""
    return [
        Column("", 2),
        Column(gettext("Scenario"), 24, share=True),
        Column(gettext("Plan"), 4, "right"),
        Column(gettext("Short"), 5, "right"),
        Column(gettext("No date"), 5, "right"),
        Column(gettext("Cost"), 9, "right"),
        Column(gettext("Gap"), 7, "right"),
        Column(gettext("Since"), 5, "right"),
        Column(gettext("Name"), 8, rank=1),
    ]


def scenario_lines(scenarios: Sequence[StoredScenario], infos: Sequence[PlanInfo]) -> dict[str, Line]:
    """A row for each scenario, by name, with the figures of the newest plan made under it."""
    return {item.name: Line(_texts(item, newest_plan(item.name, infos))) for item in scenarios}


def newest_plan(name: str, infos: Sequence[PlanInfo]) -> PlanInfo | None:
    """The newest plan that was made under a scenario alone; the plans come with the newest first."""
    return next((info for info in infos if info.scenario == (name,)), None)


def _texts(item: StoredScenario, info: PlanInfo | None) -> list[str]:
    if info is None:
        return [item.scenario.name, NONE, "", "", "", "", "", item.name]
    return [
        item.scenario.name,
        str(info.number),
        NONE if info.shortfall is None else str(info.shortfall),
        str(info.unplanned),
        NONE if info.total is None else money_text(info.total, with_cents=False),
        NONE if info.gap is None else gap_text(info.gap),
        str(info.changes_since),
        item.name,
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """A scenario in plain words; `bases` are those it builds on, `mistakes` why it no longer fits the rollout."""

    title: str
    why: str
    changes: Sequence[str] = ()
    bases: Sequence[tuple[str, Sequence[str]]] = ()
    mistakes: Sequence[str] = ()

    def lines(self) -> list[tuple[str, str]]:
        """Labels and texts, for a panel."""
        told = [(gettext("Scenario"), self.title)]
        if self.why:
            told.append((gettext("Why"), self.why))
        for base, changes in self.bases:
            told.append((gettext("Builds on"), base))
            told += [("", f"· {change}") for change in changes]
        for number, change in enumerate(self.changes):
            told.append(("" if number else gettext("Changes"), f"· {change}"))
        for number, mistake in enumerate(self.mistakes):
            told.append(("" if number else gettext("Does not fit"), mistake))
        return told


def told_of(base: ReadRollout, texts: Mapping[str, str], item: StoredScenario) -> Told:
    """What a scenario, and those it builds on, change in the rollout."""
    try:
        *bases, (_, changes) = effects_of_each(base, read_kept_scenarios(texts, [item.name]))
    except InputError as error:
        return Told(item.scenario.name, item.scenario.why, mistakes=sentences(error))
    return Told(item.scenario.name, item.scenario.why, changes, [(one.name, done) for one, done in bases])
