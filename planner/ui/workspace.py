"""What all screens work on: the open store, one rollout of it, and the plan that is shown."""

from dataclasses import dataclass

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.store.records import PlanInfo
from planner.store.settings import StoreSettings
from planner.store.store import Backlog, Store, open_store


@dataclass(frozen=True, slots=True)
class Loaded:
    """A rollout read whole, with the plan that is shown: what needs seconds to read where there are many shops.

    `revision` is the rollout's. Without a plan, `plan` and `info` are None. `against` is the rollout that the plan is
    checked against (a published plan: as it was before its publication).
    """

    rollout: Rollout
    revision: int
    plan: Plan | None = None
    info: PlanInfo | None = None
    against: Rollout | None = None


class Workspace:
    """The open store, the rollout worked on, and which of its plans is shown.

    All of it may be used on threads. `plan_number` is None for the newest plan there is. `staying` are the shops that
    were marked to stay where they were from one plan to another, until that is decided.
    """

    def __init__(self, settings: StoreSettings) -> None:
        self.store: Store = open_store(settings)
        self.plan_number: int | None = None
        self.staying: dict[tuple[int, int], list[str]] = {}
        self._backlog: Backlog | None = None

    @property
    def backlog(self) -> Backlog:
        """The rollout worked on; `choose` comes first."""
        if self._backlog is None:
            raise LookupError("no rollout is chosen yet")
        return self._backlog

    @property
    def has_rollout(self) -> bool:
        """Whether a rollout is chosen."""
        return self._backlog is not None

    def choose(self, name: str) -> None:
        """Works on the rollout called `name` from now on; raises NotFoundError."""
        self._backlog = self.store.backlog(name)
        self.plan_number = None
        self.staying = {}

    def load(self) -> Loaded:
        """The rollout and the plan that is shown, read whole; not for the thread that answers keys."""
        info = self.shown_plan()
        if info is None:
            return Loaded(*self.backlog.load())
        used = self.backlog.plans.to_show(info.number)
        return Loaded(used.rollout, self.backlog.revision(), used.plan, info, used.against)

    def shown_plan(self) -> PlanInfo | None:
        """The figures of the plan that is shown: the one chosen, or else the newest without a scenario, if any."""
        infos = self.backlog.plans.all()
        chosen = next((info for info in infos if info.number == self.plan_number), None)
        return chosen or self.backlog.plans.newest()

    def close(self) -> None:
        """Closes the store."""
        self.store.close()
