"""A new rollout out of a spreadsheet alone: what no list of shops says is assumed, simply, and said where it is shown.

    beginning = Beginning(name="Filialen Süd", today=date(2026, 3, 2), last=date(2026, 12, 31))
    begun = begin_rollout(read, beginning, log)          # `read`: read_grid(…, given=ONE_FORMAT)
    begun.toml                                           # the rollout.toml to keep
    rollout = begun.sheet.checked()                      # InputError with every problem, each naming its cell

Each format that the sheet names is one phase of work by one crew, for which the shop is closed; the crews are one pool
that goes everywhere, large enough for the dates that are fixed. With sales in the sheet the plan is for money, else for
being done early.
"""

import csv
import io
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from planner.domain.calendar import Calendars
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.domain.standing import standing_days
from planner.exchange.crews import ABSENCES_CSV, CREW_COLUMNS, CREWS_CSV
from planner.exchange.csv_table import Table, split_table
from planner.exchange.problems import Problem, ProblemLog
from planner.exchange.rollout_files import RolloutFiles
from planner.exchange.settings import read_settings
from planner.exchange.spreadsheet.importing import ImportedSheet, checked_sheet
from planner.exchange.spreadsheet.reading import SheetTable
from planner.exchange.text import clean
from planner.wording.amounts import number_text
from planner.wording.translation import gettext

STANDARD = "Standard"
ONE_FORMAT = {"format": STANDARD}
"""What all shops get where the sheet has no column for it."""
DAYS_CLOSED, CREWS = 10, 2
UPLIFT, LATE_DAY_EUR = 0.06, 250.0
LAST_OF_YEAR = (12, 31)
STANDING = (Status.FIXED, Status.IN_PROGRESS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What a new rollout is told besides its shops.

    `today` and `last` are the horizon, `days` the working days that a remodel takes and closes its shop. `crews` is
    how many remodels can be worked on at once, None for CREWS or, where fixed dates need more, so many. `target` is
    how many shops are wanted by `last`, None for no milestone.
    """

    name: str
    today: date
    last: date
    days: int = DAYS_CLOSED
    crews: int | None = None
    target: int | None = None

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it, by the rules for rollout.toml."""
        log = ProblemLog()
        read_settings(self._values({STANDARD: 1}, has_sales=False), log, None)
        return tuple(log.errors)

    def toml(self, formats: Counter[str], *, has_sales: bool) -> str:
        """The text of rollout.toml for shops of these formats."""
        import tomlkit  # noqa: PLC0415 - only where a rollout begins

        document = tomlkit.document()
        document.add(tomlkit.comment(gettext("Made from a spreadsheet: what it did not say is assumed here.")))
        for key, value in self._values(formats, has_sales=has_sales).items():
            document.add(key, tomlkit.item(value))
        return tomlkit.dumps(document)

    def _values(self, formats: "Counter[str] | dict[str, int]", *, has_sales: bool) -> dict[str, Any]:
        trade = gettext("crew")
        phase = {"name": gettext("Remodel"), "days": self.days, "crews": {trade: 1}}
        values: dict[str, Any] = {
            "name": self.name.strip(),
            "objective": "cost" if has_sales else "earliest-finish",
            "horizon": {"today": self.today, "last": self.last},
        }
        if self.target is not None:
            values["milestone"] = [{"name": gettext("Target"), "by": self.last, "target": self.target}]
        values["format"] = [{"name": name, "phase": [dict(phase)]} for name in formats]
        if has_sales:
            values["costs"] = {"uplift": UPLIFT, "late_day": LATE_DAY_EUR}
        return values

    def crews_csv(self) -> str:
        """The text of crews.csv; with CREWS where nobody said how many there are."""
        crews = CREWS if self.crews is None else self.crews
        trade = gettext("crew")
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(("id", "trade", "units"))
        if crews:
            writer.writerow((gettext("Crews"), trade, crews))
        return table.getvalue()


@dataclass(frozen=True, slots=True)
class Begun:
    """A new rollout: its sheet read and checked, its rollout.toml, its crews, and the shops of each format."""

    sheet: ImportedSheet
    toml: str
    crews: int
    formats: Counter[str]
    has_sales: bool


def next_year_end(today: date) -> date:
    """The last day of the year after `today`: how far a new rollout is planned unless somebody says otherwise."""
    return date(today.year + 1, *LAST_OF_YEAR)


def begin_rollout(read: SheetTable, beginning: Beginning, log: ProblemLog) -> Begun:
    """The sheet as a rollout of its own, judged by the rules for folders; nothing is raised for what is wrong with it.

    `log` is the one that the sheet was read with.
    """
    import tomllib  # noqa: PLC0415 - only where a rollout begins

    formats, has_sales = formats_of(read.table), has_sales_in(read.table)
    toml = beginning.toml(formats or Counter([STANDARD]), has_sales=has_sales)
    files = RolloutFiles(
        settings=tomllib.loads(toml),
        shops=read.table,
        crews=split_table(beginning.crews_csv(), CREWS_CSV, CREW_COLUMNS, log),
        absences=Table(ABSENCES_CSV, log),
    )
    sheet, crews = _crewed(checked_sheet(read, files, log), beginning.crews)
    return Begun(sheet, toml, crews, formats, has_sales)


def _crewed(sheet: ImportedSheet, said: int | None) -> tuple[ImportedSheet, int]:
    """The sheet with enough crews for the dates that stand, or with a warning where fewer were said; how many."""
    crews = CREWS if said is None else said
    rollout = sheet.rollout
    if rollout is None:
        return sheet, crews
    needed = most_at_once(rollout)
    if needed <= crews:
        return sheet, crews
    if said is None:
        enough = tuple(replace(crew, units=needed) for crew in rollout.crews)
        return replace(sheet, rollout=replace(rollout, crews=enough)), needed
    text = gettext(
        "the dates in the sheet need {needed} crews at once, more than there are ({crews}): no plan can keep them all"
    )
    warning = Problem(CREWS_CSV, None, None, text.format(needed=number_text(needed), crews=number_text(crews)))
    return replace(sheet, warnings=(*sheet.warnings, warning)), crews


def most_at_once(rollout: Rollout) -> int:
    """How many remodels whose dates stand are worked on at once, at most."""
    calendars = Calendars(rollout)
    steps: Counter[date] = Counter()
    for shop in rollout.shops:
        days = standing_days(rollout, calendars, shop) if shop.status in STANDING else None
        if days is not None:
            steps[max(days.start, rollout.today)] += 1
            steps[days.finish + timedelta(days=1)] -= 1
    return max(accumulate(steps[day] for day in sorted(steps)), default=0)


def formats_of(table: Table) -> Counter[str]:
    """How many rows name each format."""
    return Counter(text for row in table.rows if (text := clean(row.cells().get("format", "")).strip()))


def has_sales_in(table: Table) -> bool:
    """Whether any row has sales."""
    return any(row.cells().get("weekly_revenue", "") not in ("", "0") for row in table.rows)
