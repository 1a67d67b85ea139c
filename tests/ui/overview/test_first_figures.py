"""What a day begins with is in sight before anything is loaded or reckoned that it does not need."""

import json
from subprocess import check_output
from sys import executable

from planner.store.settings import StoreSettings

HEAVY = (
    "alembic",
    "caldav",
    "holidays",
    "icalendar",
    "keyring",
    "numpy",
    "ortools",
    "planner.review.check",
    "planner.store.feeds",
    "planner.ui.backlog.pane",
    "planner.ui.calendar.pane",
    "planner.ui.first.screen",
    "planner.ui.help",
    "planner.ui.moved.screen",
    "planner.ui.scenarios.pane",
    "planner.ui.schedule.pane",
    "textual.widgets._data_table",
    "textual.widgets._markdown",
    "textual.widgets._text_area",
)

# Tells what is in sight and what is loaded when the overview begins to reckon what comes after the first figures.
OPEN = f"""
import asyncio, json, sys
import planner.cli.app, planner.cli.store_session, planner.ui.overview.pane as overview
from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.ui.app import PlannerApp
from textual.widgets import Digits

app = PlannerApp(StoreSettings(db=sys.argv[1], user="t"), Limits(seconds=1))

def what_is_ahead(loaded):
    load = app.screen.query_one(overview.LoadChart)
    print(json.dumps({{
        "digits": [digits.value for digits in app.screen.query(Digits) if digits.region],
        "load": load.render_line(0).text.strip(),
        "loaded": [name for name in {HEAVY} if name in sys.modules],
    }}), flush=True)
    return reckon(loaded)

reckon, overview.what_is_ahead = overview.what_is_ahead, what_is_ahead

async def run():
    async with app.run_test(size=(160, 48)) as pilot:
        while not any(pane.ahead for pane in app.screen.query(overview.OverviewPane)):
            await pilot.pause(0.01)
        await app.workers.wait_for_complete()
        await pilot.pause()

asyncio.run(run())
"""


def test_figures_come_before_what_takes_long(dated: StoreSettings) -> None:
    told = json.loads(check_output([executable, "-c", OPEN, dated.db], timeout=60))
    assert told["digits"] == ["5", "6", "9", "5", "11", "12"]
    assert told["load"] == "", "nothing is said of loads that are not known yet"
    assert told["loaded"] == []
