"""The terminal UI run for a test, key by key, until it has nothing left to do."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from planner.scheduling.limits import Limits
from planner.store.settings import StoreSettings
from planner.ui.app import PlannerApp
from planner.ui.background import IN_BACKGROUND
from planner.ui.main_screen import MainScreen

SMALL = (80, 24)
LARGE = (160, 48)
MOST_PAUSES = 1200
QUIET = 2


@asynccontextmanager
async def running(
    settings: StoreSettings, size: tuple[int, int] = SMALL, limits: Limits | None = None
) -> AsyncIterator[Pilot[None]]:
    """The application on the database of `settings`, with the rollout read."""
    app = PlannerApp(settings, limits or Limits(seconds=2, deterministic=True))
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        yield pilot


async def settled(pilot: Pilot[None]) -> None:
    """Waits until no work is under way in the background and every message is dealt with.

    Work that `in_background` began: searches last as long as they may, and a tree of files always waits for more.
    """
    quiet = 0
    # What is in sight may begin more work a moment later.
    while quiet < QUIET:
        await pilot.pause()
        under_way = [worker for worker in pilot.app.workers if worker.name == IN_BACKGROUND]
        quiet = 0 if under_way else quiet + 1
        if under_way:
            # One that another has taken the place of is cancelled; the other is then under way.
            with suppress(WorkerCancelled):
                await pilot.app.workers.wait_for_complete(under_way)


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Presses keys and waits until what they began is done."""
    await pilot.press(*keys)
    await settled(pilot)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Waits until something holds, which a process beside may have to bring about."""
    for _ in range(MOST_PAUSES):
        if holds():
            await settled(pilot)
            return
        await pilot.pause(0.05)
    raise AssertionError("it did not come about")


def main_screen(pilot: Pilot[None]) -> MainScreen:
    """The main screen, which must be in sight."""
    screen = pilot.app.screen
    assert isinstance(screen, MainScreen), screen
    return screen
