"""Filters by name: the quick ones, which ask what a query cannot, and those the users have saved."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from planner.domain.query import Query, parse
from planner.domain.shop import Status
from planner.store.backlog import Backlog
from planner.store.records import Action, RecordKind
from planner.ui.backlog.look import only
from planner.ui.backlog.plan_figures import PlanFigures
from planner.wording.translation import gettext, later

SAVED = "ui.backlog.filters"
HISTORY_STEP = 100


@dataclass(frozen=True, slots=True)
class QuickFilter:
    """A filter that is always there; `name` is what it is remembered by."""

    name: str
    title: str
    help: str


QUICK = (
    QuickFilter("no-date", later("Without a date"), later("in the backlog, and in the plan without a date")),
    QuickFilter("fixed", later("With a fixed start"), later("the ones whose start stands in plans")),
    QuickFilter("changed", later("Changed since publication"), later("changed after the last plan was published")),
)
QUICK_BY_NAME = {item.name: item for item in QUICK}


def narrowed(backlog: Backlog, quick: str, query: Query, figures: PlanFigures) -> Query:
    """The query with a quick filter besides; none where `quick` is empty. May look into the history."""
    match quick:
        case "fixed":
            return Query(query.text, (*query.terms, *parse(f"status:{Status.FIXED}").terms))
        case "no-date":
            waiting = Query(query.text, (*query.terms, *parse(f"status:{Status.BACKLOG}").terms))
            return only(waiting, figures.reasons.keys()) if figures.remodels or figures.reasons else waiting
        case "changed":
            return only(query, changed_since_publication(backlog))
        case _:
            return query


def changed_since_publication(backlog: Backlog) -> Collection[str]:
    """The shops changed after the last publication; none where no plan was published."""
    before = None
    while found := backlog.history(before=before, limit=HISTORY_STEP):
        for entry in found:
            if entry.action is Action.PUBLISH:
                return backlog.changed_since(entry.revision).keys.get(RecordKind.SHOP, frozenset())
        before = found[-1].revision
    return frozenset()


def saved_filters(backlog: Backlog) -> dict[str, str]:
    """The filters that users have saved for the rollout: the query by its name, in the order of the names."""
    kept = backlog.recall(SAVED)
    texts = kept if isinstance(kept, Mapping) else {}
    return {str(name): str(texts[name]) for name in sorted(texts, key=str.casefold)}


def change_saved(backlog: Backlog, change: Callable[[dict[str, str]], object]) -> dict[str, str]:
    """Changes the saved filters and returns them as they now are."""
    filters = saved_filters(backlog)
    change(filters)
    backlog.remember(SAVED, filters)
    return saved_filters(backlog)


def quick_title(name: str) -> str:
    """What a quick filter is called; nothing for none."""
    return gettext(QUICK_BY_NAME[name].title) if name in QUICK_BY_NAME else ""
