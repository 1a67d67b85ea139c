"""What moved after a replan, to accept or reject: as a whole, or shop by shop."""

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import DataTable, Static
from textual.worker import get_current_worker

from planner.domain.plan_difference import ShopDifference
from planner.domain.rollout import Rollout
from planner.exchange.text import printable
from planner.store.records import Edit, PlanState, RecordKind
from planner.studies.moves import start_to_stay
from planner.studies.why_moved import Why
from planner.ui.background import in_background
from planner.ui.key_line import KeyLine
from planner.ui.keys import PlannerScreen, key
from planner.ui.messages import Edited, GoTo, PlanChosen, PlanWanted
from planner.ui.moved.review import Review, detail_lines, read_review, reasons, row_texts, summary_of, title_of
from planner.ui.tell import tell
from planner.ui.widgets.labelled import labelled
from planner.ui.widgets.mark_table import Column, Line, MarkTable
from planner.ui.workspace import Workspace
from planner.wording.kept import kept_several, told
from planner.wording.translation import gettext, later, ngettext

MOST_ROWS = 400
REFRESH_SECONDS = 0.5


class MovedScreen(PlannerScreen[Sequence[Message]]):
    """What differs from one plan to another. It leaves with the messages that carry out what was decided.

    Until then nothing is changed: both plans are kept.
    """

    HELP = later(
        "Each row is a shop whose days differ, with the reason; ! marks a date its partner was told. Accept all, reject"
        " all, or mark with space the shops that are to stay where they were: these are fixed, and the rest is planned"
        " anew around them."
    )
    BINDINGS = [
        key("a", "accept", later("Accept all"), later("Keep the new plan, but for the marked shops."), "moved.accept"),
        key("x", "reject", later("Reject all"), later("Drop the new plan and show the old one."), "moved.reject"),
        key(
            "space",
            "stay",
            later("Leave it"),
            later("Mark a shop that is to stay where it was, or not."),
            "moved.leave",
        ),
        key("escape,q", "leave", later("Later"), later("Close; both plans are kept as drafts."), "moved.later"),
    ]

    def __init__(self, workspace: Workspace, before: int, after: int) -> None:
        super().__init__()
        self._workspace = workspace
        self._numbers = (before, after)
        self._review: Review | None = None

    def compose(self) -> ComposeResult:
        """The title, the shops, and all about the one of the cursor."""
        yield Static("", id="moved-title")
        yield MovedTable(_columns(), "moved-table", mark="■")
        with VerticalScroll(id="moved-detail", can_focus=False):
            yield Static("", id="moved-words")
        yield KeyLine()

    def on_mount(self) -> None:
        """Reads what moved."""
        self.query_one("#moved-title", Static).update(Text(gettext("Reading the plans …")))
        plans = self._workspace.backlog.plans
        in_background(self, lambda: read_review(plans, *self._numbers), self._show, group="review")
        self.query_one(MarkTable).focus()

    def _show(self, review: Review) -> None:
        self._review = review
        self.query_one(MarkTable).marked = list(self._workspace.staying.get(self._numbers, ()))
        self._draw()
        in_background(self, lambda: self._work_out(review), self._show_whys, group="whys")

    def _work_out(self, review: Review) -> Review:
        """The review with all reasons; those of many shops are shown as they come."""
        worker, told_at, whys = get_current_worker(), monotonic(), dict[str, Why]()
        for shop, why in reasons(review):
            whys[shop] = why
            if worker.is_cancelled:
                break
            if monotonic() - told_at > REFRESH_SECONDS:
                self.app.call_from_thread(self._show_whys, replace(review, whys=dict(whys)))
                told_at = monotonic()
        return replace(review, whys=whys, is_complete=True)

    def _show_whys(self, review: Review) -> None:
        self._review = review
        self._draw()

    def _draw(self) -> None:
        review = self._review
        if review is None:
            return
        self._draw_title(review)
        items = review.items[:MOST_ROWS]
        self.query_one(MarkTable).fill({item.shop: Line(row_texts(review, item)) for item in items})
        self._draw_detail()

    def _draw_title(self, review: Review) -> None:
        title = Text(title_of(review), style="bold")
        staying = len(self.query_one(MarkTable).marked)
        if staying:
            told = ngettext("{number} shop is to stay", "{number} shops are to stay", staying)
            title.append(f" · {told.format(number=staying)}")
        for line in summary_of(review):
            title.append(f"\n{printable(line)}", style="not bold")
        self.query_one("#moved-title", Static).update(title)

    def _draw_detail(self) -> None:
        review, item = self._review, self._here
        if review is None:
            return
        if item is None:
            words = [("", gettext("Nothing moved: both plans have the same days and crews."))]
        else:
            words = detail_lines(review, item)
        self.query_one("#moved-words", Static).update(labelled(words))

    @property
    def _here(self) -> ShopDifference | None:
        """The shop of the cursor."""
        shop = self.query_one(MarkTable).here
        return next((item for item in self._review.items if item.shop == shop), None) if self._review else None

    def on_data_table_row_highlighted(self) -> None:
        """Another shop: all about it."""
        self._draw_detail()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """Enter, or a click on the row of the cursor: leaves for the shop in the schedule; both plans stay."""
        event.stop()
        item = self._here
        if item is not None:
            self.dismiss([GoTo("schedule", item.shop)])

    def action_leave(self) -> None:
        """Decides nothing."""
        self.dismiss(())

    def action_stay(self) -> None:
        """Marks the shop that is to stay where it was."""
        item = self._here
        if item is None or self._review is None:
            return
        table = self.query_one(MarkTable)
        obstacle = "" if item.shop in table.marked else self._review.why_not_stay(item)
        if obstacle:
            tell(self, gettext("{shop} cannot stay. {why}").format(shop=item.shop, why=obstacle), severity="warning")
            return
        table.toggle()
        self._workspace.staying[self._numbers] = list(table.marked)
        self._draw_title(self._review)

    def action_accept(self) -> None:
        """Keeps the new plan; marked shops are fixed where they were, and the rest is planned anew around them."""
        review = self._review
        if review is None:
            return
        chosen = PlanChosen(review.after.number)
        staying = [item for item in review.items if item.shop in self.query_one(MarkTable).marked]
        if not staying:
            self.dismiss([chosen])
            return
        rollout = review.rollout
        what = kept_several("{number} shop left where it was", "{number} shops left where they were", len(staying))
        in_background(
            self,
            lambda: self._workspace.backlog.edit([_fixed(rollout, item) for item in staying], what),
            lambda _: self.dismiss([chosen, Edited(told(what)), PlanWanted()]),
            group="decide",
        )

    def action_reject(self) -> None:
        """Drops the new plan, which an undo brings back, and shows the old one."""
        review = self._review
        if review is None:
            return
        chosen = PlanChosen(review.before.number)
        if review.after.state is not PlanState.DRAFT:
            self.dismiss([chosen])
            return
        number = review.after.number
        told = gettext("Plan {number} is dropped; undo brings it back.").format(number=number)
        in_background(
            self,
            lambda: self._workspace.backlog.plans.drop(number),
            lambda _: self.dismiss([chosen, Edited(told)]),
            group="decide",
        )


class MovedTable(MarkTable):
    """The shops whose days differ; marked are those that are to stay where they were."""

    BINDINGS = [Binding("enter", "select_cursor", later("Go to shop"), tooltip=later("Show the shop in the schedule."))]


def _fixed(rollout: Rollout, item: ShopDifference) -> Edit:
    """The edit that fixes a shop where it was."""
    start = start_to_stay(rollout, item)
    if start is None:
        raise ValueError(f"{item.shop} has no days to stay on")
    return Edit(RecordKind.SHOP, item.shop, {"status": "fixed", "start": start.isoformat()})


def _columns() -> list[Column]:
    return [
        Column("", 2),
        Column("", 2),
        Column(gettext("Shop"), 16, share=True),
        Column(gettext("Closed before"), 13),
        Column(gettext("Closed now"), 13),
        Column(gettext("Days"), 5, "right"),
        Column(gettext("Money"), 7, "right"),
        Column(gettext("Why"), 10),
        Column(gettext("Reason"), 50, share=True, rank=1),
    ]
