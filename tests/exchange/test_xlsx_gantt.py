"""The Gantt and milestone sheets, read back with openpyxl."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.exchange.phase_marks import phase_marks
from planner.exchange.spreadsheet.workbook import workbook_bytes
from planner.exchange.xlsx_gantt import gantt_sheet, milestone_sheet

from .made_plan import NASTY, made_plan, made_rollout, nasty_plan

FIRST_WEEK_COLUMN = 8


def sheets_of(rollout: Rollout, plan: Plan) -> tuple[Worksheet, Worksheet]:
    content = workbook_bytes(rollout, [gantt_sheet(rollout, plan), milestone_sheet(rollout, plan)])
    book = openpyxl.load_workbook(io.BytesIO(content))
    return book["Gantt"], book["Milestone figures"]


@pytest.fixture(scope="module")
def usual() -> tuple[Rollout, Plan]:
    rollout = made_rollout(80)
    return rollout, made_plan(rollout)


@pytest.fixture(scope="module")
def gantt(usual: tuple[Rollout, Plan]) -> Worksheet:
    return sheets_of(*usual)[0]


def weeks_in(sheet: Worksheet, row: int) -> dict[int, tuple[str, str]]:
    """The text and the colour of each filled week of a row, by its position."""
    cells = sheet[row][FIRST_WEEK_COLUMN - 1 :]
    return {place: (str(cell.value), str(cell.fill.start_color.rgb)) for place, cell in enumerate(cells) if cell.value}


def test_each_remodel_is_a_row_with_its_days(usual: tuple[Rollout, Plan], gantt: Worksheet) -> None:
    rows = [[cell.value for cell in row[:7]] for row in gantt.iter_rows(min_row=4)]
    wanted = [
        [
            remodel.shop,
            rollout_shop.name,
            rollout_shop.city,
            rollout_shop.region,
            remodel.status.value,
            datetime.combine(remodel.start, datetime.min.time()),
            datetime.combine(remodel.finish, datetime.min.time()),
        ]
        for remodel in sorted(usual[1].remodels, key=lambda item: (item.start, item.shop))
        for rollout_shop in [usual[0].shop_by_id[remodel.shop]]
    ]
    assert rows == wanted


def test_every_week_has_the_letters_of_its_phases_and_a_colour(usual: tuple[Rollout, Plan], gantt: Worksheet) -> None:
    rollout, plan = usual
    marks = phase_marks(rollout)
    first = min(remodel.start for remodel in plan.remodels)
    monday = first - timedelta(days=first.weekday())
    for row, remodel in enumerate(sorted(plan.remodels, key=lambda item: (item.start, item.shop)), 4):
        phases = rollout.format_of(rollout.shop_by_id[remodel.shop]).phases
        wanted: dict[int, str] = {}
        day = remodel.start
        while day <= remodel.finish:
            week = (day - monday).days // 7
            for phase, planned in zip(phases, remodel.phases, strict=True):
                letter = marks[phase.name].letter if phase.closed else marks[phase.name].letter.lower()
                if planned.first <= day <= planned.last and letter not in wanted.get(week, ""):
                    wanted[week] = wanted.get(week, "").replace("·", "") + letter
            wanted.setdefault(week, "·")
            day += timedelta(days=1)
        found = weeks_in(gantt, row)
        assert {week: text for week, (text, _) in found.items()} == wanted
        colours = {f"FF{mark.colour[1:]}" for mark in marks.values()} | {"FFEEF0F2"}
        assert {colour for _, colour in found.values()} <= colours


def test_weeks_have_their_iso_numbers(usual: tuple[Rollout, Plan], gantt: Worksheet) -> None:
    first = min(remodel.start for remodel in usual[1].remodels)
    last = max(remodel.finish for remodel in usual[1].remodels)
    numbers = [cell.value for cell in gantt[3][FIRST_WEEK_COLUMN - 1 :]]
    assert numbers[0] == first.isocalendar().week
    assert numbers[-1] == last.isocalendar().week
    assert len(numbers) == ((last - first).days + first.weekday()) // 7 + 1


def test_phase_marks_are_told_apart() -> None:
    rollout = made_rollout(1)
    names = ("Build", "Bau", "B", "b", "1", "", "Ä", "ß")
    phases = tuple(replace(rollout.formats[0].phases[0], name=name) for name in names)
    marks = phase_marks(replace(rollout, formats=(replace(rollout.formats[0], phases=phases),)))
    letters = [marks[name].letter for name in names]
    assert len(set(letters)) == len(names)
    assert letters[:2] == ["B", "A"]
    assert all(len(letter) == 1 for letter in letters)


def test_milestones_and_the_growing_number_of_finishes(usual: tuple[Rollout, Plan]) -> None:
    rollout, plan = usual
    _, sheet = sheets_of(rollout, plan)
    done = sum(shop.status is Status.DONE for shop in rollout.shops)
    [result] = plan.milestones
    assert [cell.value for cell in sheet[2]][:7] == [
        "Year end",
        datetime.combine(result.by, datetime.min.time()),
        result.target,
        done,
        result.planned - done,
        result.planned,
        result.target - result.planned,
    ]
    weeks = {row[0].value.date(): row[1].value for row in sheet.iter_rows(min_row=5) if row[0].value}
    assert list(weeks.values()) == sorted(weeks.values())
    for monday in (date(2021, 7, 5), date(2022, 3, 7)):
        sunday = monday + timedelta(days=6)
        assert weeks[monday] == sum(
            shop.finish is not None and shop.status is Status.DONE and shop.finish <= sunday for shop in rollout.shops
        ) + sum(remodel.finish <= sunday for remodel in plan.remodels)
    assert max(weeks.values()) == done + len(plan.remodels)


def test_the_worst_names_are_text() -> None:
    rollout, plan = nasty_plan()
    gantt, milestones = sheets_of(rollout, plan)
    names = [row[1] for row in gantt.iter_rows(min_row=4)]
    assert {cell.value for cell in names} <= set(NASTY)
    assert '=HYPERLINK("http://example.invalid","x")' in {cell.value for cell in names}
    assert {cell.data_type for cell in names} == {"s"}
    assert all(cell.hyperlink is None for cell in names)
    assert milestones["A2"].value == NASTY[0]


def test_a_plan_without_remodels_has_sheets_too() -> None:
    rollout = made_rollout(0)
    gantt, milestones = sheets_of(rollout, made_plan(rollout))
    assert gantt["A3"].value == "Shop"
    assert milestones["A2"].value == "Year end"
