"""What shops.csv says of a shop."""

from collections.abc import Iterator

from planner.domain.query_fields import GERMAN_STATES
from planner.domain.shop import Shop
from planner.exchange.text import printable
from planner.ui.backlog.cells import shown
from planner.ui.backlog.columns import KNOWN, all_columns
from planner.ui.backlog.detail.dossier import Dossier
from planner.ui.backlog.detail.facts import Fact, Tone
from planner.ui.backlog.plan_figures import PlanFigures
from planner.wording.translation import gettext

PLACE = ("street", "postcode", "city")
IN_TITLE = ("id", "name")


def title_of(shop: Shop) -> str:
    """How a shop is called."""
    return printable(f"{shop.id} {shop.name}".strip())


def data_facts(dossier: Dossier) -> Iterator[Fact]:
    """Every column that has a value, then the names of those that have none."""
    shop = dossier.item.shop
    town = f"{shop.postcode} {shop.city}".strip()
    address = ", ".join(part for part in (shop.street, town) if part)
    if address:
        yield Fact(printable(address), gettext("Address"))
    missing = []
    for column in all_columns([name for name, _ in shop.extra]).values():
        if column.is_from_plan or column.key in (*PLACE, *IN_TITLE):
            continue
        text = _text_of(shop, column.key) or shown(shop, column, PlanFigures())
        if text:
            yield Fact(text, printable(column.title))
        else:
            missing.append(column.title)
    missing += [column.title for column in KNOWN if column.key in (*PLACE, "name") and not getattr(shop, column.key)]
    if missing:
        yield Fact(gettext("Not given: {columns}.").format(columns=", ".join(missing)), tone=Tone.QUIET)


def _text_of(shop: Shop, column: str) -> str:
    """What is told otherwise than in the table's cell; empty where nothing is."""
    if column == "state" and shop.state in GERMAN_STATES:
        return f"{shop.state}, {GERMAN_STATES[shop.state]}"
    return ""
