"""What stands in a cell: as it is read, as it is typed, and what typed text means."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from planner.domain.query import fold
from planner.domain.shop import Kind, Shop, Status
from planner.exchange.csv_row import LIST_SEPARATOR
from planner.exchange.problems import Problem, ProblemLog
from planner.exchange.spreadsheet.cells import LISTS, CellReader
from planner.exchange.spreadsheet.numbers import Writing
from planner.exchange.text import printable
from planner.store.cells import shop_cells
from planner.store.record_words import record_name
from planner.store.records import RecordKind
from planner.store.stored_rows import StoredRow
from planner.ui.backlog.columns import LABELS, Content, ShopColumn
from planner.ui.backlog.plan_figures import PlanFigures, plan_value
from planner.wording.amounts import day_text, money_text, number_text
from planner.wording.language import Language
from planner.wording.translation import gettext, later, spoken

WORDS = {
    "status": {
        Status.BACKLOG.value: later("backlog"),
        Status.FIXED.value: later("fixed"),
        Status.IN_PROGRESS.value: later("in progress"),
        Status.DONE.value: later("done"),
        Status.DEFERRED.value: later("deferred"),
        Status.CANCELLED.value: later("cancelled"),
    },
    "kind": {
        Kind.PARTNER.value: later("partner"),
        Kind.AGENCY.value: later("agency"),
        Kind.OWN.value: later("own"),
    },
    "catholic": {"yes": later("yes"), "no": later("no")},
}
BETWEEN_ITEMS = ", "


def word(column: str, code: str) -> str:
    """What a code such as `in_progress` is called in the language in use."""
    label = WORDS.get(column, {}).get(code)
    return gettext(label) if label else code


def shown(shop: Shop, column: ShopColumn, figures: PlanFigures) -> str:
    """A cell as it is read in the table: printable, in the language in use, empty where there is nothing."""
    if column.is_from_plan:
        return _from_plan(shop, column, figures)
    if column.is_extra:
        return printable(dict(shop.extra).get(column.key, ""))
    value = getattr(shop, column.key)
    if value is None or value == "":
        return ""
    return _written(value, column)


def _written(value: object, column: ShopColumn) -> str:
    match value:
        case bool():
            return word(column.key, "yes") if value else ""
        case date():
            return _day_shown(value, spoken())
        case tuple():
            return printable(BETWEEN_ITEMS.join(value))
        case float():
            return "" if column.key == "weekly_revenue" and not value else _number(value, column)
        case _:
            return printable(word(column.key, str(value)))


@lru_cache(maxsize=10_000)
def _day_shown(day: date, _: Language) -> str:
    """A day in the language in use; worked out once, as a page of the table shows hundreds."""
    return day_text(day)


def _number(value: float, column: ShopColumn) -> str:
    if column.content is Content.POSITION:
        return number_text(value, 4)
    return number_text(value, 0 if value == int(value) else 2)


def _from_plan(shop: Shop, column: ShopColumn, figures: PlanFigures) -> str:
    match plan_value(shop.id, column.key, figures):
        case date() as day:
            return _day_shown(day, spoken())
        case int(cents):
            return money_text(cents, with_cents=False)
        case str(text):
            return printable(text)
        case _:
            return gettext("no date") if column.key == "plan.start" and shop.id in figures.reasons else ""


def as_typed(shop: Shop, column: ShopColumn, figures: PlanFigures) -> str:
    """A cell as one would type it: days and numbers short, in the form of the language in use; nothing is cut."""
    if column.is_from_plan:
        return _plan_as_typed(shop, column, figures)
    text = shop_cells(shop).get(column.key, "")
    return typed_form(column, text)


def _plan_as_typed(shop: Shop, column: ShopColumn, figures: PlanFigures) -> str:
    match plan_value(shop.id, column.key, figures):
        case date() as day:
            return _day(day.isoformat())
        case int(cents):
            return _decimal(f"{cents / 100:.2f}")
        case _:
            return _from_plan(shop, column, figures)


def typed_form(column: ShopColumn, text: str) -> str:
    """The text of a cell of the store as one would type it."""
    match column.content:
        case Content.DAY:
            return _day(text)
        case Content.MONEY | Content.POSITION:
            return _decimal(text)
        case Content.LIST:
            return BETWEEN_ITEMS.join(text.split(LIST_SEPARATOR))
        case Content.WORD:
            return word(column.key, text)
        case _:
            return text


def _day(text: str) -> str:
    if not text or spoken() is Language.ENGLISH:
        return text
    return f"{date.fromisoformat(text):%d.%m.%Y}"


def _decimal(text: str) -> str:
    return text if spoken() is Language.ENGLISH else text.replace(".", ",")


def problem_text(problem: Problem) -> str:
    """What is wrong with a shop, with the column as the table calls it."""
    label = LABELS.get(problem.column or "")
    return str(
        replace(
            problem,
            file=problem.file.removeprefix(record_name(RecordKind.SHOP, "")),
            column=gettext(label) if label else problem.column,
        )
    )


@dataclass(frozen=True, slots=True)
class Typed:
    """Texts that were typed or pasted for a shop, as cells of the store; or what is wrong with them."""

    cells: dict[str, str]
    problems: tuple[Problem, ...]


def meant(shop: str, country: str, texts: Iterable[tuple[ShopColumn, str]]) -> Typed:
    """What texts typed into cells of a shop mean: days and numbers in German or English form, words in both languages.

    `country` is the rollout's. The store judges the cells afterwards, as it does those of a file.
    """
    log = ProblemLog()
    usual = Writing.POINT if spoken() is Language.ENGLISH else Writing.COMMA
    reader = CellReader(country, usual, is_text=True, loose_lists=LISTS)
    name = record_name(RecordKind.SHOP, shop)
    row = StoredRow(log, name, {}, [])
    cells: dict[str, str] = {}
    for column, text in texts:
        if column.is_editable:
            cell = _code(column.key, text) or reader.read(row, column.key, text)
            cells[column.key] = _trimmed(cell) if column.content is Content.LIST else cell
        else:
            why = gettext("cannot be changed here; it is worked out, or names the shop")
            log.error(name, None, column.title, why)
    return Typed(cells, tuple(log.errors))


def _code(column: str, text: str) -> str:
    """The code of a word as this program shows it; empty where it is none."""
    return next((code for code in WORDS.get(column, {}) if fold(word(column, code)) == fold(text.strip())), "")


def _trimmed(text: str) -> str:
    items = (item.strip() for item in text.split(LIST_SEPARATOR))
    return LIST_SEPARATOR.join(dict.fromkeys(item for item in items if item))
