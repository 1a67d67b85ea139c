"""What is known of one shop: itself, what the plan that is shown says of it, and what was done to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from planner.domain.costs import unplanned_cost
from planner.domain.plan import Cost, Remodel
from planner.domain.rollout import Rollout
from planner.store.backlog import Backlog
from planner.store.records import Entry, PlanInfo, StoredShop
from planner.ui.backlog.plan_figures import PlanFigures

ENTRIES_READ = 50
"""How much of a history is read at a time."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a shop is told before: the rollout and the plan that is shown. All is empty until they have been read."""

    rollout: Rollout | None = None
    info: PlanInfo | None = None
    figures: PlanFigures = field(default_factory=PlanFigures)


@dataclass(frozen=True, slots=True)
class Dossier:
    """A shop with its history as far as it was read, the newest entry first; `has_more` says that there is more.

    `cost` is what the plan says it costs, or without a date, the waiting; None where no plan says anything.
    """

    item: StoredShop
    ground: Ground
    history: tuple[Entry, ...]
    has_more: bool
    cost: Cost | None

    @property
    def remodel(self) -> Remodel | None:
        """What the plan has for the shop; None where it gives no date."""
        return self.ground.figures.remodels.get(self.item.shop.id)

    @property
    def reason(self) -> str | None:
        """Why the plan has no date for the shop; None where it has one, or does not know the shop."""
        return self.ground.figures.reasons.get(self.item.shop.id)


def read_dossier(backlog: Backlog, shop_id: str, ground: Ground, entries: int = ENTRIES_READ) -> Dossier:
    """Reads a shop and the newest `entries` of its history; for a thread. Raises NotFoundError."""
    item = backlog.shop(shop_id)
    history, has_more = _entries(backlog.history(shop_id, limit=entries + 1), entries)
    return Dossier(item, ground, history, has_more, _cost(item, ground))


def read_on(backlog: Backlog, dossier: Dossier) -> Dossier:
    """The dossier with more of its history; for a thread."""
    last = dossier.history[-1].revision
    read = backlog.history(dossier.item.shop.id, before=last, limit=ENTRIES_READ + 1)
    history, has_more = _entries(read, ENTRIES_READ)
    return replace(dossier, history=(*dossier.history, *history), has_more=has_more)


def _entries(read: Sequence[Entry], wanted: int) -> tuple[tuple[Entry, ...], bool]:
    return tuple(read[:wanted]), len(read) > wanted


def _cost(item: StoredShop, ground: Ground) -> Cost | None:
    remodel = ground.figures.remodels.get(item.shop.id)
    if remodel is not None:
        return remodel.cost
    calendars = ground.figures.calendars
    if ground.rollout is not None and calendars is not None and item.shop.id in ground.figures.reasons:
        return unplanned_cost(ground.rollout, calendars, item.shop)
    return None
