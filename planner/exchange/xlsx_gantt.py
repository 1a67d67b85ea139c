"""Two sheets of a workbook that show a plan: a Gantt chart in cells, and the milestones.

Text is written as text, so that none of it is ever a formula.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.domain.plan import Plan, Remodel
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop
from planner.exchange.milestone_figures import done_days, grown, milestone_figures, planned_days
from planner.exchange.phase_marks import PhaseMark, phase_marks
from planner.exchange.spreadsheet.columns import Kind
from planner.exchange.spreadsheet.workbook import Book, Sheet
from planner.exchange.text import clean
from planner.wording.translation import gettext, later

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

GANTT_SHEET = "Gantt"
MILESTONE_SHEET = later("Milestone figures")
WEEK = timedelta(days=7)
WAITING = "·"
LEGEND_WIDTH = 6
"""Week columns for the letter and the name of a phase in the legend."""
HEAD_ROW = 2
A3 = 8
COLUMNS = (
    (later("Shop"), 9),
    (later("Name"), 26),
    (later("Town"), 18),
    (later("Region"), 12),
    (later("Status"), 11),
    (later("Start"), 11),
    (later("Finish"), 11),
)
WEEK_WIDTH = 3.2
FIGURES = (
    later("Milestone"),
    later("By"),
    later("Target"),
    later("Done before"),
    later("Planned"),
    later("Total"),
    later("Short"),
)
INK = "#1C2430"
SOFT = "#5B6573"
PALE = "#EEF0F2"


def gantt_sheet(rollout: Rollout, plan: Plan) -> Sheet:
    """The sheet of a Gantt chart: a row a remodel, a column a week, and in the cells the letters of the week's phases.

    Capital letters where the shop is closed in the phase, small ones where it is open; the colour is that of the
    phase with the most days in the week. A dot is a week of waiting.
    """
    return lambda book: _add_gantt(book, rollout, plan)


def milestone_sheet(rollout: Rollout, plan: Plan) -> Sheet:
    """The sheet of each milestone's figures and, below, of how many shops are finished by each week, with a chart."""
    return lambda book: _add_milestones(book, rollout, plan)


def _add_gantt(book: Book, rollout: Rollout, plan: Plan) -> None:
    sheet = book.workbook.add_worksheet(GANTT_SHEET)
    styles = _Styles(book)
    marks = phase_marks(rollout)
    weeks = _weeks(plan)
    for column, (heading, width) in enumerate(COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(HEAD_ROW, column, gettext(heading), book.header)
    if weeks:
        sheet.set_column(len(COLUMNS), len(COLUMNS) + len(weeks) - 1, WEEK_WIDTH)
    _write_legend(sheet, styles, marks)
    _write_weeks(sheet, styles, weeks, plan.today)
    remodels = sorted(plan.remodels, key=lambda remodel: (remodel.start, remodel.shop))
    for row, remodel in enumerate(remodels, HEAD_ROW + 1):
        _write_shop(sheet, styles, row, rollout.shop_by_id[remodel.shop], remodel)
        for week, text, colour in _cells(rollout, remodel, marks, weeks):
            sheet.write_string(row, len(COLUMNS) + week, text, styles.filled(colour))
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.autofilter(HEAD_ROW, 0, HEAD_ROW + max(1, len(remodels)), len(COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(A3)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, HEAD_ROW)


def _add_milestones(book: Book, rollout: Rollout, plan: Plan) -> None:
    sheet = book.workbook.add_worksheet(gettext(MILESTONE_SHEET))
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, len(FIGURES) - 1, 12)
    for column, heading in enumerate(FIGURES):
        sheet.write_string(0, column, gettext(heading), book.header)
    figures = milestone_figures(rollout, plan)
    for row, item in enumerate(figures, 1):
        sheet.write_string(row, 0, clean(item.name))
        sheet.write_datetime(row, 1, item.by, book.styles[Kind.DAY])
        for column, number in enumerate((item.target, item.done, item.planned, item.total, item.short), 2):
            sheet.write_number(row, column, number)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    finished = grown(done_days(rollout) + planned_days(plan))
    if finished:
        _write_burn_up(book, sheet, len(figures) + 2, finished)


class _Styles:
    """The formats of the Gantt chart, made once each."""

    def __init__(self, book: Book) -> None:
        self._workbook = book.workbook
        self.day = book.styles[Kind.DAY]
        self.text = book.styles[Kind.TEXT]
        self.month = book.workbook.add_format({"bold": True, "font_color": INK})
        self.week = book.workbook.add_format({"font_color": SOFT, "font_size": 8, "align": "center", "bottom": 1})
        self.this_week = book.workbook.add_format({"bold": True, "font_size": 8, "align": "center", "bottom": 5})
        self._fills: dict[str, Format] = {}

    def filled(self, colour: str) -> "Format":
        """A cell of the chart, filled with a colour."""
        if colour not in self._fills:
            look = {"font_color": INK, "font_size": 8, "align": "center", "border": 1, "border_color": "#FFFFFF"}
            self._fills[colour] = self._workbook.add_format({"bg_color": colour, **look})
        return self._fills[colour]


def _weeks(plan: Plan) -> list[date]:
    """The Mondays from the first start to the last finish; none without remodels."""
    if not plan.remodels:
        return []
    first = min(remodel.start for remodel in plan.remodels)
    last = max(remodel.finish for remodel in plan.remodels)
    monday = first - timedelta(days=first.weekday())
    return [monday + WEEK * number for number in range((last - monday).days // 7 + 1)]


def _write_legend(sheet: "Worksheet", styles: _Styles, marks: dict[str, PhaseMark]) -> None:
    sheet.write_string(0, 0, gettext("Capitals: closed to customers. Small letters: open. Dot: waiting."))
    for number, mark in enumerate(marks.values()):
        column = len(COLUMNS) + number * LEGEND_WIDTH
        sheet.write_string(0, column, mark.letter, styles.filled(mark.colour))
        sheet.write_string(0, column + 1, clean(mark.name))


def _write_weeks(sheet: "Worksheet", styles: _Styles, weeks: list[date], today: date) -> None:
    """Months, and below them the numbers of the ISO weeks; today's stands out."""
    month = None
    for column, monday in enumerate(weeks, len(COLUMNS)):
        thursday = monday + timedelta(days=3)
        if (thursday.year, thursday.month) != month:
            month = (thursday.year, thursday.month)
            sheet.write_string(HEAD_ROW - 1, column, f"{thursday:%Y-%m}", styles.month)
        style = styles.this_week if monday <= today < monday + WEEK else styles.week
        sheet.write_number(HEAD_ROW, column, monday.isocalendar().week, style)


def _write_shop(sheet: "Worksheet", styles: _Styles, row: int, shop: Shop, remodel: Remodel) -> None:
    texts = (shop.id, shop.name, shop.city, shop.region, remodel.status.value)
    for column, text in enumerate(texts):
        sheet.write_string(row, column, clean(text), styles.text)
    sheet.write_datetime(row, len(texts), remodel.start, styles.day)
    sheet.write_datetime(row, len(texts) + 1, remodel.finish, styles.day)


def _cells(
    rollout: Rollout, remodel: Remodel, marks: dict[str, PhaseMark], weeks: list[date]
) -> Iterator[tuple[int, str, str]]:
    """The position, text and colour of each week of a remodel."""
    phases = rollout.format_of(rollout.shop_by_id[remodel.shop]).phases
    first_week = (remodel.start - weeks[0]).days // 7
    for week in range(first_week, (remodel.finish - weeks[0]).days // 7 + 1):
        monday = weeks[week]
        days: Counter[str] = Counter()
        letters = ""
        for phase, planned in zip(phases, remodel.phases, strict=True):
            count = (min(planned.last, monday + WEEK - timedelta(days=1)) - max(planned.first, monday)).days + 1
            if count > 0:
                days[planned.name] += count
                letter = marks[planned.name].letter
                letters += letter if phase.closed else letter.lower()
        yield week, letters or WAITING, marks[days.most_common(1)[0][0]].colour if days else PALE


def _write_burn_up(book: Book, sheet: "Worksheet", top: int, finished: list[tuple[date, int]]) -> None:
    """A row a week with the shops finished by its end, which `finished` has for each day; and the chart of them."""
    for column, heading in enumerate((gettext("Week from"), gettext("Finished by its end"))):
        sheet.write_string(top, column, heading, book.header)
    days = [day for day, _ in finished]
    monday = days[0] - timedelta(days=days[0].weekday())
    row = top
    while monday <= days[-1]:
        row += 1
        sheet.write_datetime(row, 0, monday, book.styles[Kind.DAY])
        sheet.write_number(row, 1, finished[bisect_left(days, monday + WEEK) - 1][1])
        monday += WEEK
    chart = book.workbook.add_chart({"type": "line"})
    chart.add_series(
        {
            "name": gettext("Shops finished"),
            "categories": [sheet.name, top + 1, 0, row, 0],
            "values": [sheet.name, top + 1, 1, row, 1],
            "line": {"color": "#2C7DA0", "width": 2.25},
        }
    )
    chart.set_x_axis({"date_axis": True, "num_format": "mmm yy", "major_unit": 2, "major_unit_type": "months"})
    chart.set_legend({"none": True})
    chart.set_size({"width": 720, "height": 360})
    sheet.insert_chart(top, 3, chart)
