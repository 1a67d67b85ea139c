"""What can be done with a plan that is kept: note, publish, drop."""

from collections.abc import Mapping
from datetime import date

from textual.dom import DOMNode

from planner.domain.rollout import Rollout
from planner.store.records import PlanInfo
from planner.ui.background import in_background
from planner.ui.dialogs import QuestionDialog, TextDialog
from planner.ui.messages import Edited
from planner.ui.scenarios.plan_rows import plan_name
from planner.ui.workspace import Workspace
from planner.wording.amounts import day_text
from planner.wording.translation import gettext, ngettext

MOST_SHOWN = 200
Starts = Mapping[str, tuple[date | None, date | None]]


class PlanTasks:
    """Does it on behalf of `node`, to which the messages go."""

    def __init__(self, node: DOMNode, workspace: Workspace) -> None:
        self._node = node
        self._workspace = workspace

    def note(self, info: PlanInfo) -> None:
        """Asks for another note and keeps it."""
        dialog = TextDialog(plan_name(info), gettext("What is this plan for?"), info.note)
        self._node.app.push_screen(dialog, lambda text: self._keep_note(info, text))

    def _keep_note(self, info: PlanInfo, text: str | None) -> None:
        if text is not None and text.strip() != info.note:
            plans = self._workspace.backlog.plans
            in_background(
                self._node,
                lambda: plans.annotate(info.number, text.strip()),
                lambda _: self._node.post_message(Edited()),
                group="plan-task",
            )

    def drop(self, info: PlanInfo) -> None:
        """Drops a draft, which undo brings back."""
        plans = self._workspace.backlog.plans
        told = gettext("Plan {number} is dropped; undo brings it back.").format(number=info.number)
        in_background(
            self._node,
            lambda: plans.drop(info.number),
            lambda _: self._node.post_message(Edited(told)),
            group="plan-task",
        )

    def publish(self, info: PlanInfo, rollout: Rollout) -> None:
        """Says whose published starts change, and publishes once that is agreed to, since it cannot be undone."""
        plans = self._workspace.backlog.plans
        in_background(
            self._node,
            lambda: plans.starts_to_publish(info.number),
            lambda starts: self._ask(info, rollout, starts),
            group="plan-task",
        )

    def _ask(self, info: PlanInfo, rollout: Rollout, starts: Starts) -> None:
        title = gettext("Publish plan {number}?").format(number=info.number)
        question = QuestionDialog(title, publication_lines(rollout, starts), gettext("Publish"))
        self._node.app.push_screen(question, lambda agreed: self._publish(info) if agreed else None)

    def _publish(self, info: PlanInfo) -> None:
        plans = self._workspace.backlog.plans
        told = gettext("Plan {number} is published.").format(number=info.number)
        in_background(
            self._node,
            lambda: plans.publish(info.number),
            lambda _: self._node.post_message(Edited(told)),
            group="plan-task",
        )


def publication_lines(rollout: Rollout, starts: Starts) -> list[str]:
    """What publishing would change: how many published starts, of how many partners, and whose."""
    shops = [rollout.shop_by_id[name] for name in starts if name in rollout.shop_by_id]
    partners = {shop.partner for shop in shops if shop.partner}
    changing = ngettext("{number} published start changes", "{number} published starts change", len(starts))
    of = ngettext("of {number} partner", "of {number} partners", len(partners)).format(number=len(partners))
    lines = [
        gettext("The plan's starts are then what partners are told. It cannot be undone."),
        " ".join([changing.format(number=len(starts)), *([of] if partners else [])]) + (":" if starts else "."),
    ]
    for name, (now, then) in list(starts.items())[:MOST_SHOWN]:
        shop = rollout.shop_by_id.get(name)
        who = " · ".join(filter(None, [name, shop.name if shop else "", shop.partner if shop else ""]))
        lines.append(f"  {who}: {_day(now)} → {_day(then)}")
    if len(starts) > MOST_SHOWN:
        lines.append(gettext("… and {number} more").format(number=len(starts) - MOST_SHOWN))
    return lines


def _day(day: date | None) -> str:
    return gettext("none") if day is None else day_text(day)
