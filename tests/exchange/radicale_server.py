"""A real CalDAV server on this machine, for as long as a test needs it."""

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from caldav import DAVClient
from caldav.collection import Calendar

USER, PASSWORD = "anna", "geheim; mit, Zeichen"
CONFIG = """\
[server]
hosts = 127.0.0.1:{port}
[auth]
type = htpasswd
htpasswd_filename = {folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = {folder}/store
[logging]
level = warning
"""
STARTING_SECONDS = 30


@contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """Runs Radicale for one user and gives its address; its log is `folder`/log."""
    port = _free_port()
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    (folder / "config").write_text(CONFIG.format(port=port, folder=folder), encoding="utf-8")
    url = f"http://127.0.0.1:{port}/"
    with (folder / "log").open("wb") as log:
        command = [sys.executable, "-m", "radicale", "--config", str(folder / "config")]
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            _wait_for(url, server)
            yield url
        finally:
            server.terminate()
            try:
                server.wait(timeout=30)
            finally:
                server.kill()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    ends = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < ends and server.poll() is None:
        try:
            urllib.request.urlopen(f"{url}.web/", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
            continue
        return
    raise RuntimeError("Radicale did not start")


def client(url: str) -> DAVClient:
    """The `caldav` package as somebody else's program."""
    return DAVClient(url, username=USER, password=PASSWORD, enable_rfc6764=False)


def calendar_called(url: str, name: str) -> Calendar:
    """The calendar of a name, as somebody else finds it."""
    found = [item for item in client(url).principal().calendars() if item.get_display_name() == name]
    assert len(found) == 1
    return found[0]
