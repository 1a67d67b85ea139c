"""The columns that the backlog can show: those of shops.csv, what the plan says, and those unknown to the planner."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from planner.exchange.shops import COLUMNS
from planner.exchange.spreadsheet.cells import DAYS, LISTS, MONEY, POSITION
from planner.store.listing import SORTABLE
from planner.wording.kept import Kept, kept
from planner.wording.translation import gettext, later


class Content(Enum):
    """What a column's cells hold, and so how they are written."""

    TEXT = "text"
    WORD = "one of a few words"
    DAY = "a day"
    NUMBER = "a number"
    POSITION = "degrees"
    MONEY = "sales in whole euros"
    LIST = "a list"
    PLAN_TEXT = "text from the plan"
    PLAN_DAY = "a day from the plan"
    PLAN_MONEY = "money from the plan, in cents"


FROM_PLAN = (Content.PLAN_TEXT, Content.PLAN_DAY, Content.PLAN_MONEY)
TO_THE_RIGHT = (Content.NUMBER, Content.POSITION, Content.MONEY, Content.PLAN_MONEY)


@dataclass(frozen=True, slots=True)
class ShopColumn:
    """A column: its `key` as in shops.csv (or `plan.…`), and its title in English, marked by `later`."""

    key: str
    label: str
    content: Content = Content.TEXT
    is_extra: bool = False

    @property
    def title(self) -> str:
        """The title in the language in use; a column unknown to the planner is called as in the data."""
        return self.label if self.is_extra else gettext(self.label)

    @property
    def kept_title(self) -> Kept:
        """The title as the journal keeps it."""
        return Kept(self.label) if self.is_extra else kept(self.label)

    @property
    def is_right(self) -> bool:
        """Whether its cells stand at the right, as numbers do."""
        return self.content in TO_THE_RIGHT

    @property
    def is_from_plan(self) -> bool:
        """Whether the plan says what stands there."""
        return self.content in FROM_PLAN

    @property
    def is_editable(self) -> bool:
        """Whether its cells can be changed."""
        return not self.is_from_plan and self.key != "id"

    @property
    def is_sortable(self) -> bool:
        """Whether the list can be sorted by it."""
        return self.key in SORTABLE or self.is_from_plan


LABELS = {
    "id": later("Shop"),
    "name": later("Name"),
    "street": later("Street"),
    "postcode": later("Postcode"),
    "city": later("City"),
    "partner": later("Partner"),
    "kind": later("Kind"),
    "state": later("Fed. state"),
    "catholic": later("Catholic"),
    "region": later("Region"),
    "lat": later("Latitude"),
    "lon": later("Longitude"),
    "format": later("Format"),
    "weekly_revenue": later("Sales/week"),
    "annual_target": later("Target/year"),
    "priority": later("Prio"),
    "tags": later("Tags"),
    "ready_from": later("Ready from"),
    "due_by": later("Due by"),
    "after": later("After"),
    "status": later("Status"),
    "start": later("Start"),
    "finish": later("Finish"),
    "crews": later("Crews"),
    "published_start": later("Published"),
}
PLAN_COLUMNS = (
    ShopColumn("plan.start", later("Plan start"), Content.PLAN_DAY),
    ShopColumn("plan.finish", later("Plan finish"), Content.PLAN_DAY),
    ShopColumn("plan.closed_from", later("Closed from"), Content.PLAN_DAY),
    ShopColumn("plan.closed_to", later("Closed to"), Content.PLAN_DAY),
    ShopColumn("plan.reopening", later("Reopens"), Content.PLAN_DAY),
    ShopColumn("plan.crews", later("Plan crews"), Content.PLAN_TEXT),
    ShopColumn("plan.cost", later("Plan cost"), Content.PLAN_MONEY),
)
FROZEN = ("id", "name")
"""Columns that always come first and stay in sight."""
SHOWN_AT_FIRST = (
    *("status", "priority", "plan.start", "plan.reopening", "city", "partner", "region", "format", "tags"),
    *("ready_from", "due_by", "plan.crews", "plan.cost", "start", "published_start"),
)


def content_of(key: str) -> Content:
    """What a column of shops.csv holds."""
    if key in DAYS:
        return Content.DAY
    if key in MONEY:
        return Content.MONEY
    if key in POSITION:
        return Content.POSITION
    if key in LISTS:
        return Content.LIST
    if key in ("status", "kind", "catholic"):
        return Content.WORD
    return Content.NUMBER if key == "priority" else Content.TEXT


KNOWN = tuple(ShopColumn(key, LABELS[key], content_of(key)) for key in COLUMNS.known)


def all_columns(extra: Sequence[str] = ()) -> dict[str, ShopColumn]:
    """Every column there is, by key; `extra` are those of the data that the planner does not know."""
    others = tuple(ShopColumn(key, key, is_extra=True) for key in extra)
    return {column.key: column for column in (*KNOWN, *PLAN_COLUMNS, *others)}


def shown_columns(chosen: Sequence[str], present: dict[str, ShopColumn]) -> list[ShopColumn]:
    """The columns to show: the frozen ones, then those chosen that are there, in this order."""
    keys = dict.fromkeys((*FROZEN, *chosen))
    return [present[key] for key in keys if key in present]
