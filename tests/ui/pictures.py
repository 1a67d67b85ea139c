"""The pictures of README.md, made anew from the program: `python -m tests.ui.pictures`.

The shipped rollout is taken into a database of its own and planned for as long as `--seconds` say.
"""

import argparse
import asyncio
import os
import tempfile
from pathlib import Path

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.store.store import open_store, read_folder_content
from planner.studies.planning import plan_checked
from tests.ui.running import press, running

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / ".pictures"
SIZE = (118, 34)
SCREENS = {"overview": "1", "backlog": "2", "schedule": "3", "calendar": "5"}


async def take_pictures(settings: StoreSettings) -> None:
    """Writes a picture of each screen."""
    FOLDER.mkdir(exist_ok=True)
    async with running(settings, SIZE) as pilot:
        for name, keys in SCREENS.items():
            await press(pilot, keys)
            await pilot.pause(1)
            (FOLDER / f"{name}.svg").write_text(pilot.app.export_screenshot(title="planner"), encoding="utf-8")
            print(FOLDER / f"{name}.svg")


def main() -> None:
    """Takes in, plans, and takes the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="how long to plan")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        settings = StoreSettings(db=str(Path(folder) / "planner.db"), user="erika")
        with open_store(settings) as store:
            backlog = store.add(read_folder_content(ROOT / "schedules" / "rollout-2021"))
            rollout, revision = backlog.load()
            backlog.plans.keep(rollout, plan_checked(rollout, Limits(seconds=seconds)), revision)
        asyncio.run(take_pictures(settings))


if __name__ == "__main__":
    main()
