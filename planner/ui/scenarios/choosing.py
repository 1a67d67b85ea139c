"""Which plans are meant by what is marked in the lists; where none are, the sentence that says what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.store.records import PlanInfo, StoredScenario
from planner.ui.scenarios.scenario_rows import newest_plan
from planner.wording.translation import gettext

FEWEST, MOST = 2, 4


@dataclass(frozen=True, slots=True)
class Kept:
    """The plans, the newest first, and the scenarios that are kept with the rollout."""

    plans: Sequence[PlanInfo] = ()
    scenarios: Sequence[StoredScenario] = ()

    def plan(self, number: str | None) -> PlanInfo | None:
        """The plan of a number."""
        return next((info for info in self.plans if str(info.number) == number), None)

    def scenario(self, name: str | None) -> StoredScenario | None:
        """The scenario of a name."""
        return next((item for item in self.scenarios if item.name == name), None)

    def plans_of(self, numbers: Sequence[str]) -> list[PlanInfo]:
        """The plans of some numbers, the oldest first."""
        return sorted((info for info in self.plans if str(info.number) in numbers), key=lambda info: info.number)

    @property
    def base(self) -> PlanInfo | None:
        """The newest plan of the rollout as it is."""
        return next((info for info in self.plans if not info.scenario), None)


def plans_to_compare(kept: Kept, numbers: Sequence[str]) -> list[PlanInfo] | str:
    """The marked plans; the oldest is what the others are compared with."""
    plans = kept.plans_of(numbers)
    return plans if FEWEST <= len(plans) <= MOST else gettext("Mark two to four with space, then compare.")


def scenarios_to_compare(kept: Kept, names: Sequence[str]) -> list[PlanInfo] | str:
    """The newest plan of the rollout as it is, and the newest under each of these scenarios."""
    if kept.base is None:
        return gettext("There is no plan of the rollout as it is yet; press p to make one.")
    found = [(name, newest_plan(name, kept.plans)) for name in names]
    missing = [name for name, info in found if info is None]
    if missing:
        return gettext("There is no plan under {names} yet; press r to make one.").format(names=", ".join(missing))
    plans = [kept.base, *(info for _, info in found if info is not None)]
    if FEWEST <= len(plans) <= MOST:
        return plans
    return gettext("Mark one to three scenarios with space, to compare them with the rollout as it is.")


def plans_to_review(
    kept: Kept, numbers: Sequence[str], here: PlanInfo | None, shown: PlanInfo | None
) -> tuple[int, int] | str:
    """The plans between which it is asked what moved: the two marked, or the one shown and the one of the cursor."""
    marked = kept.plans_of(numbers)
    if len(marked) == FEWEST:
        return marked[0].number, marked[1].number
    if shown is not None and here is not None and shown.number != here.number:
        return min(shown.number, here.number), max(shown.number, here.number)
    return gettext("Put the cursor on another plan than the one that is shown, or mark two.")
