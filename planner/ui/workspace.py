"""What all screens work on: the open store, one rollout of it, and the plan that is shown."""

import gc
from dataclasses import dataclass
from threading import Lock

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.exchange.many_records import without_collector
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


@dataclass(frozen=True, slots=True)
class _Before:
    """What was loaded last: the rollout as it is, at its revision, and with the plan, under its scenarios if any."""

    backlog: Backlog
    rollout: Rollout
    revision: int
    loaded: Loaded


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
        self._loading = Lock()
        self._before: _Before | None = None

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
        """The rollout and the plan that is shown, read whole; not for the thread that answers keys.

        Once it has been read, only what has changed since is read again.
        """
        with self._loading, without_collector():
            backlog, info, before = self.backlog, self.shown_plan(), self._before
            if before is None or before.backlog is not backlog:
                rollout, revision = backlog.load()
                # It stays: were it looked through for garbage, no key would be answered for a sixth of a second.
                gc.freeze()
            else:
                rollout, revision = backlog.load_after(before.rollout, before.revision)
            loaded = self._with_plan(backlog, info, rollout, revision)
            self._before = _Before(backlog, rollout, revision, loaded)
            return loaded

    def _with_plan(self, backlog: Backlog, info: PlanInfo | None, rollout: Rollout, revision: int) -> Loaded:
        if info is None:
            return Loaded(rollout, revision)
        shown = self._before.loaded if self._before is not None and self._before.backlog is backlog else None
        is_same = shown is not None and shown.info is not None and shown.info.number == info.number
        if shown is not None and is_same and (shown.revision, shown.info) == (revision, info):
            return shown
        if info.scenario and info.published_at is None:
            used = backlog.plans.to_show(info.number)
            return Loaded(used.rollout, revision, used.plan, info, used.against)
        plan = shown.plan if shown is not None and is_same else backlog.plans.plan(info.number)
        against = rollout if info.published_at is None else backlog.plans.checked_against(info.number, rollout)
        return Loaded(rollout, revision, plan, info, against)

    def shown_plan(self) -> PlanInfo | None:
        """The figures of the plan that is shown: the one chosen, or else the newest without a scenario, if any."""
        infos = self.backlog.plans.all()
        chosen = next((info for info in infos if info.number == self.plan_number), None)
        return chosen or self.backlog.plans.newest()

    def close(self) -> None:
        """Closes the store."""
        self.store.close()
