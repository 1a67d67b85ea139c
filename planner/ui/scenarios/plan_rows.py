"""The plans that are kept, as rows of a table and in words."""

from collections.abc import Sequence

from planner.store.records import PlanInfo, PlanState
from planner.ui.widgets.mark_table import Column, Line
from planner.wording.amounts import counted, gap_text, moment_text, money_text
from planner.wording.translation import gettext, later, ngettext

SHOWN = "▸"
NONE = "–"
STATES = {
    PlanState.DRAFT: later("draft"),
    PlanState.PUBLISHED: later("published"),
    PlanState.SUPERSEDED: later("superseded"),
    PlanState.DROPPED: later("dropped"),
}


def plan_columns() -> list[Column]:
    """The columns, in the language in use."""
    return [
        Column("", 2),
        Column("", 2),
        Column(gettext("Plan"), 4, "right"),
        Column(gettext("State"), 6),
        Column(gettext("Short"), 5, "right"),
        Column(gettext("No date"), 5, "right"),
        Column(gettext("Cost"), 8, "right"),
        Column(gettext("Gap"), 6, "right"),
        Column(gettext("Since"), 5, "right"),
        Column(gettext("Scenario, note"), 14, share=True),
        Column(gettext("Made"), 10, rank=1),
        Column(gettext("By"), 4, rank=2),
    ]


def plan_lines(infos: Sequence[PlanInfo], shown: PlanInfo | None) -> dict[str, Line]:
    """A row for each plan, by its number; the one that is shown has a sign."""
    return {str(info.number): Line(_texts(info, shown), "bold" if info == shown else "") for info in infos}


def _texts(info: PlanInfo, shown: PlanInfo | None) -> list[str]:
    return [
        SHOWN if info == shown else "",
        str(info.number),
        gettext(STATES[info.state]),
        NONE if info.shortfall is None else str(info.shortfall),
        str(info.unplanned),
        NONE if info.total is None else money_text(info.total, with_cents=False),
        NONE if info.gap is None else gap_text(info.gap),
        str(info.changes_since),
        " · ".join(filter(None, [", ".join(info.scenario), info.note])),
        moment_text(info.made_at),
        info.made_by,
    ]


def plan_name(info: PlanInfo) -> str:
    """What a plan is called where there are several."""
    name = gettext("Plan {number}").format(number=info.number)
    return f"{name} · {', '.join(info.scenario)}" if info.scenario else name


def plan_words(info: PlanInfo, currency: str, *, is_shown: bool) -> list[tuple[str, str]]:
    """All that is known of a plan, as labels and texts."""
    told = [(gettext("Plan"), _state(info, is_shown=is_shown))]
    made = gettext("{moment} by {who}").format(moment=moment_text(info.made_at), who=info.made_by)
    told.append((gettext("Made"), made))
    if info.published_at is not None:
        published = gettext("{moment} by {who}")
        told.append(
            (gettext("Published"), published.format(moment=moment_text(info.published_at), who=info.published_by))
        )
    if info.scenario:
        told.append((gettext("Scenario"), ", ".join(info.scenario)))
    if info.note:
        told.append((gettext("Note"), info.note))
    told.append((gettext("Remodels"), _remodels(info)))
    if info.total is not None:
        cost = money_text(info.total, currency, with_cents=False)
        if info.gap is not None:
            cost = gettext("{money}, within {gap} of the best possible").format(money=cost, gap=gap_text(info.gap))
        told.append((gettext("Cost"), cost))
    since = ngettext(
        "{number} change of the rollout since", "{number} changes of the rollout since", info.changes_since
    )
    told.append((gettext("Since"), since.format(number=info.changes_since)))
    return told


def _state(info: PlanInfo, *, is_shown: bool) -> str:
    state = gettext(STATES[info.state])
    text = gettext("{number}, {state}, shown now") if is_shown else gettext("{number}, {state}")
    return text.format(number=info.number, state=state)


def _remodels(info: PlanInfo) -> str:
    parts = [counted(info.remodels, "remodel")]
    if info.unplanned:
        parts.append(gettext("{number} without a date").format(number=info.unplanned))
    if info.shortfall:
        parts.append(gettext("{number} short of the milestones").format(number=info.shortfall))
    return ", ".join(parts)
