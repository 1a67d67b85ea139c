"""The terminal UI in a browser: served, drawn, and taking keys."""

import base64
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from planner.store.settings import StoreSettings
from planner.store.store import open_store
from tests.exchange.browser import CHROMIUM, Browser

ROOT = Path(__file__).parents[2]
HOST = "127.0.0.1"
PATIENCE_SECONDS = 60
FEWEST_COLOURS = 20
COLOURS_OF = """
(async () => {
  const image = new Image();
  image.src = "data:image/png;base64,%s";
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
  return new Set(pixels).size;
})()
"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")


@contextmanager
def served(database: Path) -> Iterator[str]:
    """`planner ui --web` on a database; its address."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "planner", "--db", str(database), "ui", "--web", "--port", str(port)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "XDG_CONFIG_HOME": str(database.parent)}
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        until(lambda: is_listening(port))
        yield f"http://{HOST}:{port}/"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        try:
            server.wait(10)
        finally:
            server.kill()


def is_listening(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex((HOST, port)) == 0


def until(holds: Callable[[], bool]) -> None:
    """Waits until something holds."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        if holds():
            return
        time.sleep(0.2)
    raise AssertionError("it did not come about")


def colours(page: Browser) -> int:
    """How many colours are in sight."""
    found = page.run(COLOURS_OF % base64.b64encode(page.screenshot()).decode())
    assert isinstance(found, int)
    return found


def test_the_first_screen_is_drawn_and_a_key_opens_a_rollout(tmp_path: Path) -> None:
    database = tmp_path / "planner.db"
    settings = StoreSettings(db=str(database))
    with served(database) as address, Browser() as page:
        page.go(address, 1000, 600)
        until(lambda: page.run("Boolean(document.querySelector('.xterm-screen canvas'))"))
        until(lambda: colours(page) >= FEWEST_COLOURS)
        first = page.screenshot()
        page.press("Enter")
        until(lambda: _rollouts(settings) == ["Shop format 2021/22"])
        until(lambda: page.screenshot() != first)
        assert all(asked.startswith((address, "data:", address.replace("http", "ws"))) for asked in page.requests)


def _rollouts(settings: StoreSettings) -> list[str]:
    with open_store(settings) as store:
        return [info.name for info in store.rollouts()]
