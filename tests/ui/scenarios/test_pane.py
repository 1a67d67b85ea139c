"""The scenarios pane: plans and scenarios from key press to what is in the database."""

from datetime import date

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from planner.store.backlog import Backlog
from planner.store.records import PlanState
from planner.store.settings import StoreSettings
from planner.store.store import open_store
from planner.ui.dialogs import MessageDialog, QuestionDialog
from planner.ui.planning.panel import PlanningPanel
from planner.ui.scenarios.choice_table import ChoiceTable
from planner.ui.scenarios.form import ScenarioForm
from planner.ui.scenarios.side_screen import SideScreen, SideTable
from planner.ui.widgets.mark_table import MarkTable
from tests.ui.running import main_screen, press, running, settled, until
from tests.ui.small_rollout import QUICK

pytestmark = pytest.mark.anyio


def backlog_of(pilot: Pilot[None]) -> Backlog:
    return main_screen(pilot).workspace.backlog


async def test_plans_are_shown_noted_dropped_and_published(six_shops: StoreSettings) -> None:
    async with running(six_shops) as pilot:
        backlog = backlog_of(pilot)
        await press(pilot, "4", "tab", "down", "down", "enter")
        assert main_screen(pilot).workspace.plan_number == 1
        await press(pilot, "t")
        pilot.app.screen.query_one(Input).value = "[b]for the board"
        await press(pilot, "enter")
        assert backlog.plans.info(1).note == "[b]for the board"
        await press(pilot, "u")
        assert backlog.plans.info(1).note == "first draft"
        await press(pilot, "d")
        assert backlog.plans.info(1).state is PlanState.DROPPED
        await press(pilot, "u")
        assert backlog.plans.info(1).state is PlanState.DRAFT
        pilot.app.screen.query_one("#plan-table", MarkTable).go_to("2")
        await press(pilot, "P", "escape")
        assert backlog.plans.baseline() is None
        await press(pilot, "P", "enter")
        assert backlog.plans.baseline() == 2
        assert backlog.shop("N1").shop.published_start == date(2021, 8, 13)
        await press(pilot, "d")
        assert type(pilot.app.screen) is MessageDialog
        assert backlog.plans.info(2).state is PlanState.PUBLISHED


async def test_two_plans_stand_side_by_side(six_shops: StoreSettings) -> None:
    async with running(six_shops) as pilot:
        await press(pilot, "4", "c")
        screen = pilot.app.screen
        assert isinstance(screen, SideScreen)
        table = screen.query_one(SideTable)
        labels = [str(table.get_row_at(row)[0]).strip() for row in range(table.row_count)]
        assert {"Summer", "waiting", "Peak load, builder", "Dates moved"} <= set(labels)
        first_shop = next(number for number, label in enumerate(labels) if label.startswith("N"))
        table.move_cursor(row=first_shop)
        await press(pilot, "enter")
        assert main_screen(pilot).pane.id == "schedule"
        await press(pilot, "4", "tab", "space", "c")
        assert not isinstance(pilot.app.screen, SideScreen)
        await press(pilot, "space", "c")
        assert isinstance(pilot.app.screen, SideScreen)
        await press(pilot, "escape")
        assert main_screen(pilot).pane.id == "scenarios"


async def test_a_scenario_is_made_by_a_form_and_changed_as_text(six_shops: StoreSettings) -> None:
    async with running(six_shops) as pilot:
        backlog = backlog_of(pilot)
        await press(pilot, "4", "n")
        form = pilot.app.screen
        assert isinstance(form, ScenarioForm)
        await press(pilot, "M", "e", "h", "r", "ü", "tab", "tab")
        form.query_one(ChoiceTable).go_to("milestone.Summer.target")
        await press(pilot, "plus", "plus", "minus")
        form.query_one(ChoiceTable).go_to("blackout.Fair.first")
        await press(pilot, "enter")
        pilot.app.screen.query_one(Input).value = "26.07.2021"
        await press(pilot, "enter")
        await press(pilot, "ctrl+s")
        saved = backlog.scenario("mehrue")
        under = backlog.under(["mehrue"]).rollout
        assert saved.scenario.name == "Mehrü"
        assert (under.milestones[0].target, under.blackouts[0].first) == (6, date(2021, 7, 26))
        # `r`, of which is told now, would plan this one.
        assert main_screen(pilot).query_one("#scenario-table", MarkTable).here == "mehrue"
        await press(pilot, "u")
        assert [item.name for item in backlog.scenarios()] == ["more-hands"]

        await press(pilot, "e", "f2")
        changed = pilot.app.screen
        assert isinstance(changed, ScenarioForm)
        area = changed.query_one(TextArea)
        wrong = area.text.replace("crews.North.builder", "crews.Nord.builder")
        area.load_text(wrong)
        await press(pilot, "ctrl+s")
        assert changed.is_current
        assert "line 5" in shown_text(pilot, "#form-words")
        area.load_text("[set")
        await press(pilot, "f2")
        assert changed.is_text
        area.load_text(wrong.replace("Nord", "South"))
        await press(pilot, "f2")
        changed.query_one(ChoiceTable).go_to("crews.North.builder")
        await press(pilot, "plus", "ctrl+s")
        units = {crew.id: crew.units for crew in backlog.under(["more-hands"]).rollout.crews}
        assert units == {"V": 2, "B-N": 2, "B-S": 2}


async def test_leaving_the_form_asks_where_something_would_be_lost(six_shops: StoreSettings) -> None:
    async with running(six_shops) as pilot:
        await press(pilot, "4", "n", "escape")
        assert main_screen(pilot).pane.id == "scenarios"
        await press(pilot, "n", "x", "escape")
        assert isinstance(pilot.app.screen, QuestionDialog)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, ScenarioForm)
        await press(pilot, "escape", "enter")
        assert main_screen(pilot).pane.id == "scenarios"


async def test_a_scenario_is_planned_adopted_and_dropped(six_shops: StoreSettings) -> None:
    async with running(six_shops, limits=QUICK) as pilot:
        backlog = backlog_of(pilot)
        shown = main_screen(pilot).workspace.shown_plan()
        await press(pilot, "4", "r")
        await until(pilot, lambda: len(backlog.plans.all()) == 4)
        assert backlog.plans.info(4).scenario == ("more-hands",)
        assert backlog.plans.plan(4).scenario == ("One more crew in the North",)
        assert main_screen(pilot).workspace.shown_plan() == shown
        assert not main_screen(pilot).query_one(PlanningPanel).is_planning

        await press(pilot, "a")
        assert isinstance(pilot.app.screen, QuestionDialog)
        await press(pilot, "escape")
        assert backlog.load()[0].crew_by_id["B-N"].units == 1
        await press(pilot, "a", "enter")
        assert backlog.load()[0].crew_by_id["B-N"].units == 2
        assert backlog.scenarios() == []
        await press(pilot, "u")
        assert backlog.load()[0].crew_by_id["B-N"].units == 1
        await press(pilot, "d")
        assert backlog.scenarios() == []
        await press(pilot, "u")
        assert [item.name for item in backlog.scenarios()] == ["more-hands"]


async def test_what_others_do_is_seen(six_shops: StoreSettings) -> None:
    async with running(six_shops) as pilot:
        await press(pilot, "4")
        table = pilot.app.screen.query_one("#plan-table", MarkTable)
        assert table.row_count == 3
        backlog_of(pilot).plans.drop(1)
        await until(pilot, lambda: table.row_count == 2)
        await settled(pilot)


def shown_text(pilot: Pilot[None], selector: str) -> str:
    """What a part of the screen shows, line by line."""
    widget = pilot.app.screen.query_one(selector)
    return "\n".join(widget.render_line(line).text for line in range(widget.size.height))


async def test_marked_scenarios_are_planned_one_after_another(six_shops: StoreSettings) -> None:
    with open_store(six_shops) as store:
        store.backlog().save_scenario("longer", 'name = "Longer"\n[set]\nhorizon.last = "+7 days"\n')
    async with running(six_shops, limits=QUICK) as pilot:
        backlog = backlog_of(pilot)
        await press(pilot, "4", "space", "space", "r")
        await until(pilot, lambda: len(backlog.plans.all()) == 5)
        assert {info.scenario for info in backlog.plans.all() if info.number > 3} == {("longer",), ("more-hands",)}
        await press(pilot, "c")
        assert isinstance(pilot.app.screen, SideScreen)
