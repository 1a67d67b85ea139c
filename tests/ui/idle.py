"""When the terminal UI has nothing left to do: asked of the event loop, which knows it at once."""

import asyncio
from time import process_time

from textual._context import active_app

from planner.ui.background import IN_BACKGROUND

SLICE_SECONDS = 0.02
"""What is due so soon belongs to what is under way: a frame that is drawn, a call after it."""
IDLE_SECONDS = SLICE_SECONDS / 20
"""A process that works less in a slice only waits, as for another process or for a test that holds it up."""
PATIENT_SLICES = 10
"""Work in the background is short: where it gets no time in so many slices, it is held up and not only slow."""
MOST_SECONDS = 2.0
"""What never rests is waited for no longer."""
QUIET_TURNS = 3


async def wait_for_idle(min_sleep: float = 0.0, max_sleep: float = MOST_SECONDS) -> None:
    """Waits until nothing is ready to run, nothing is due soon, and no thread of a worker computes.

    Textual's own, in whose place it stands, sleeps in slices until the process has used no time in one. That takes
    longer than most of what it waits for, and where the machine is busy elsewhere it may end too soon.
    """
    loop = asyncio.get_running_loop()
    last = loop.time() + max_sleep
    await asyncio.sleep(min_sleep)
    idle = 0
    while loop.time() < last:
        await _nothing_to_run(loop, last)
        threads = _threads_at_work()
        if not threads or idle >= (PATIENT_SLICES if IN_BACKGROUND in threads.values() else 1):
            return
        used = process_time()
        done, _ = await asyncio.wait(threads, timeout=SLICE_SECONDS)
        idle = 0 if done or process_time() - used >= IDLE_SECONDS else idle + 1


def _threads_at_work() -> dict[asyncio.Task[None], str]:
    """Each worker on a thread that has not ended, with its name."""
    tasks = [(worker._task, worker.name) for worker in active_app.get().workers if worker._thread_worker]
    return {task: name for task, name in tasks if task is not None and not task.done()}


async def _nothing_to_run(loop: asyncio.AbstractEventLoop, last: float) -> None:
    quiet = 0
    while quiet < QUIET_TURNS and loop.time() < last:
        # A turn of the loop takes in what threads and processes have sent.
        await asyncio.sleep(0)
        due_in = _next_timer(loop) - loop.time()
        if due_in <= SLICE_SECONDS:
            await asyncio.sleep(max(due_in, 0))
        quiet = 0 if due_in <= SLICE_SECONDS or loop._ready else quiet + 1  # type: ignore[attr-defined]


def _next_timer(loop: asyncio.AbstractEventLoop) -> float:
    timers = loop._scheduled  # type: ignore[attr-defined]
    return min((timer.when() for timer in timers if not timer.cancelled()), default=float("inf"))
