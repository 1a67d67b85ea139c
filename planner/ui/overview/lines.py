"""The lines of the overview's lists, and where each leads."""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.text import Text

from planner.domain.query import written
from planner.domain.shop import Shop
from planner.exchange.text import printable
from planner.studies.agenda import Event, Happening
from planner.studies.attention import Attention, Concern, Pressing
from planner.ui.messages import GoTo, PlanWanted
from planner.ui.widgets.line_cells import fitted
from planner.wording.amounts import short_day_text

MOST_IN_QUERY = 200
STYLES = {Pressing.NOW: "bold", Pressing.SOON: "bold", Pressing.KNOW: ""}
MARKS = {Pressing.NOW: "‼", Pressing.SOON: "!", Pressing.KNOW: "·"}
SIGNS = {Happening.START: "▶", Happening.CLOSING: "▼", Happening.REOPENING: "▲"}
AT_SHOP = (Concern.CLASH, Concern.BROKEN)
BY_PLANNING = (Concern.NO_PLAN, Concern.OUTDATED)
BY_SCENARIO = (Concern.SHORT, Concern.UNTOLD)


def matter_line(matter: Attention) -> Text:
    """A matter: how pressing it is, and its sentence."""
    mark = MARKS[matter.pressing]
    return Text.assemble((f"{mark:<2}", STYLES[matter.pressing]), printable(matter.text))


def way_to_mend(matter: Attention) -> GoTo | PlanWanted:
    """What leads to where a matter is mended."""
    if matter.concern in BY_PLANNING:
        return PlanWanted()
    if matter.concern in BY_SCENARIO:
        return GoTo("scenarios")
    if matter.concern in AT_SHOP:
        return GoTo("schedule", next(iter(matter.shops), ""))
    if matter.partner:
        return GoTo("backlog", f"?partner={written(matter.partner)}")
    if matter.concern is Concern.LATE and len(matter.shops) == 1:
        return GoTo("schedule", matter.shops[0])
    if not matter.shops:
        return GoTo("backlog")
    if len(matter.shops) == 1:
        return GoTo("backlog", matter.shops[0])
    return GoTo("backlog", "?id:" + "|".join(written(shop) for shop in matter.shops[:MOST_IN_QUERY]))


def event_lines(events: Sequence[Event], shops: Mapping[str, Shop]) -> list[tuple[str, Text]]:
    """What comes, by what it is about: its day, its sign, and the shop."""
    days = {event.day: short_day_text(event.day) for event in events}
    width = max((cell_len(text) for text in days.values()), default=0)
    return [
        (
            f"{event.kind}/{event.shop}",
            Text(f"{fitted(days[event.day], width)} {SIGNS[event.kind]} {shop_label(shops[event.shop])}"),
        )
        for event in events
    ]


def shop_label(shop: Shop) -> str:
    """A shop by its id and its name, or else its town."""
    return printable(f"{shop.id} {shop.name or shop.city}".rstrip())
