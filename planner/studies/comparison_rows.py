"""Plans side by side as rows of text, one for each figure, for tables of any kind."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from planner.domain.plan import Plan, PlanStatus
from planner.studies.comparison import COST_KINDS, Compared
from planner.studies.significance import Difference, Verdict
from planner.wording.amounts import counted, day_in_year_text, day_text, gap_text, money_text, percent_text
from planner.wording.translation import gettext, later

NONE = "–"
OPEN_MARK = "≈"

LEGEND = {
    Verdict.OPEN: later("≈ not significant: no larger than what is still open about the plans"),
    Verdict.INCOMPARABLE: later("( ) not comparable: milestones met and shops dated count first, and they differ"),
    Verdict.OBSERVED: later("Money by kind is that of these plans; what is proved is proved of the total."),
}
KINDS = {
    "closure": later("closure"),
    "waiting": later("waiting"),
    "lateness": later("lateness"),
    "travel": later("travel"),
    "change": later("change"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of one plan, and how it differs from the base; `difference_text` has what can be said of it."""

    text: str
    difference: Difference | None = None
    difference_text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of all plans."""

    label: str
    cells: tuple[Cell, ...]


def rows_of(compared: Sequence[Compared], currency: str) -> list[Row]:
    """All figures, the base's in each first cell."""
    return [
        _row(gettext("Plan"), compared, lambda item: Cell(_status(item.answer.plan))),
        *_milestones(compared),
        _row(gettext("Short of milestones"), compared, _shortfall),
        _row(gettext("Priority without date"), compared, _priority),
        _row(gettext("Cost, {currency}").format(currency=currency), compared, _total),
        *(_row(f"  {kind_text(kind)}", compared, _kind(kind)) for kind in COST_KINDS),
        _row(gettext("Gap to the best"), compared, lambda item: Cell(_gap(item.answer.plan))),
        _row(gettext("First start"), compared, lambda item: Cell(_day(item.first_start))),
        _row(gettext("Last finish"), compared, _last_finish),
        *_peaks(compared),
        _row(gettext("Dates moved"), compared, lambda item: Cell(_moved(item))),
    ]


def kind_text(kind: str) -> str:
    """A kind of money, in the language in use."""
    return gettext(KINDS[kind])


def legend_of(rows: Sequence[Row]) -> list[str]:
    """What the marks in `rows` mean."""
    differences = [cell.difference for row in rows for cell in row.cells if cell.difference]
    used = {difference.verdict for difference in differences if difference.amount or difference.verdict is Verdict.OPEN}
    return [gettext(text) for verdict, text in LEGEND.items() if verdict in used]


def _row(label: str, compared: Sequence[Compared], cell: Callable[[Compared], Cell]) -> Row:
    return Row(label, tuple(cell(item) for item in compared))


def _told(text: str, difference: Difference | None, figure: Callable[[int], str]) -> Cell:
    """A figure with its difference, marked by what can be said of it."""
    if difference is None or difference.amount is None:
        return Cell(text)
    amount = difference.amount
    said = "=" if amount == 0 else f"{'+' if amount > 0 else '-'}{figure(abs(amount))}"
    if difference.verdict is Verdict.OPEN:
        said = f"{OPEN_MARK} {said}"
    elif difference.verdict is Verdict.INCOMPARABLE:
        said = f"({said})"
    return Cell(text, difference, said)


def _status(plan: Plan) -> str:
    match plan.status:
        case PlanStatus.OPTIMAL:
            return gettext("proved best")
        case PlanStatus.FEASIBLE:
            return gettext("best found")
        case PlanStatus.INFEASIBLE:
            return gettext("none: {conflicts}").format(conflicts=counted(len(plan.conflicts), "conflict"))


def _milestones(compared: Sequence[Compared]) -> Iterator[Row]:
    names = dict.fromkeys(result.name for item in compared for result in item.answer.plan.milestones)
    for name in names:
        cells = []
        for item in compared:
            found = [result for result in item.answer.plan.milestones if result.name == name]
            texts = [gettext("{number} of {target}").format(number=it.planned, target=it.target) for it in found]
            cells.append(Cell(", ".join(texts) or NONE))
        yield Row(name, tuple(cells))


def _shortfall(item: Compared) -> Cell:
    plan = item.answer.plan
    return _told(
        _proved(plan.shortfall, plan.proved_shortfall), item.differences.shortfall if item.differences else None, str
    )


def _priority(item: Compared) -> Cell:
    plan = item.answer.plan
    text = _proved(plan.unplanned_priority, plan.proved_unplanned_priority)
    return _told(text, item.differences.unplanned_priority if item.differences else None, str)


def _proved(figure: int | None, is_proved: bool) -> str:
    if figure is None:
        return NONE
    return str(figure) if is_proved or figure == 0 else gettext("{number} or less").format(number=figure)


def _total(item: Compared) -> Cell:
    total = item.answer.plan.total
    return _told(_money(total), item.differences.total if item.differences else None, _money)


def _kind(kind: str) -> Callable[[Compared], Cell]:
    def cell(item: Compared) -> Cell:
        cost = item.answer.plan.cost
        cents: int | None = getattr(cost, kind) if cost else None
        return _told(_money(cents), item.differences.kinds[kind] if item.differences else None, _money)

    return cell


def _gap(plan: Plan) -> str:
    return NONE if plan.gap is None else gap_text(plan.gap)


def _last_finish(item: Compared) -> Cell:
    is_value = item.answer.plan.last_finish_day is not None
    return _told(
        _day(item.last_finish),
        item.differences.value if item.differences and is_value else None,
        lambda days: counted(days, "day"),
    )


def _peaks(compared: Sequence[Compared]) -> Iterator[Row]:
    for trade in dict.fromkeys(peak.trade for item in compared for peak in item.peaks):
        cells = []
        for item in compared:
            peak = next((peak for peak in item.peaks if peak.trade == trade), None)
            cells.append(Cell(f"{percent_text(peak.share)}, {day_in_year_text(peak.week)}" if peak else NONE))
        yield Row(gettext("Peak load, {trade}").format(trade=trade), tuple(cells))


def _moved(item: Compared) -> str:
    if item.differences is None:
        return ""
    moved = [move for move in item.moves if move.days is not None]
    gained = sum(move.before is None for move in item.moves)
    lost = sum(move.after is None for move in item.moves)
    others = [
        gettext("{number} gained").format(number=gained) if gained else "",
        gettext("{number} lost").format(number=lost) if lost else "",
    ]
    return ", ".join([str(len(moved)), *filter(None, others)])


def _money(cents: int | None) -> str:
    return NONE if cents is None else money_text(cents, with_cents=False)


def _day(day: date | None) -> str:
    return NONE if day is None else day_text(day)
