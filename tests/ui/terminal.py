"""A real terminal, by tmux: a program started in it, keys typed, and what is then on the screen."""

import os
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.cells import cell_len

TMUX = shutil.which("tmux")
SESSION = "planner"
PATIENCE_SECONDS = 30.0
LOOK_AGAIN_SECONDS = 0.1
SEEN_OF_TEXT = 20
LINE_EDGE = "▊"
"""At the left of a line to write in."""


class Terminal:
    """A terminal with one program in it. `sockets` is a folder of its own, so that no other tmux is touched."""

    def __init__(self, sockets: Path) -> None:
        environment = {name: value for name, value in os.environ.items() if name != "TMUX"}
        self._environment = environment | {"TMUX_TMPDIR": str(sockets), "LC_ALL": "C.UTF-8"}

    def start(
        self, command: Sequence[str], folder: Path, environment: Mapping[str, str], size: tuple[int, int] = (80, 24)
    ) -> None:
        """Starts the program."""
        self._environment |= environment
        width, height = map(str, size)
        room = ["-x", width, "-y", height]
        self._tmux("new-session", "-d", "-s", SESSION, *room, "-c", str(folder), shlex.join(command))

    def _tmux(self, *arguments: str) -> str:
        command = [str(TMUX), "-u", "-f", os.devnull, *arguments]
        return subprocess.run(
            command, env=self._environment, check=True, capture_output=True, encoding="utf-8", timeout=PATIENCE_SECONDS
        ).stdout

    def press(self, *keys: str) -> None:
        """Presses keys, as tmux calls them: `Enter`, `Down`, `C-q`, `p`."""
        self._tmux("send-keys", "-t", SESSION, *keys)

    def write(self, text: str) -> None:
        """Types text into the line in focus, in place of what it has marked, and waits until it is written there."""
        self._tmux("send-keys", "-t", SESSION, "-l", "--", text)
        end = text[-SEEN_OF_TEXT:]
        self.wait_until(lambda screen: any(LINE_EDGE in line and end in line for line in screen.splitlines()), text)

    def click(self, text: str) -> None:
        """Clicks on a text; on the last one, where there are several."""
        screen = self.wait_for(text).splitlines()
        line = max(number for number, content in enumerate(screen) if text in content)
        column = cell_len(screen[line][: screen[line].rindex(text)])
        for end in "Mm":
            self._tmux("send-keys", "-t", SESSION, "-l", "--", f"\x1b[<0;{column + 1};{line + 1}{end}")

    def resize(self, width: int, height: int) -> None:
        """Makes the window larger or smaller."""
        self._tmux("resize-window", "-t", SESSION, "-x", str(width), "-y", str(height))

    def screen(self, *, with_colours: bool = False) -> str:
        """What is on the screen."""
        return self._tmux("capture-pane", "-p", "-t", SESSION, *(["-e"] if with_colours else []))

    def title(self) -> str:
        """The title that the program gave the terminal."""
        return self._tmux("display-message", "-p", "-t", SESSION, "#{pane_title}").rstrip("\n")

    def wait_for(self, *texts: str) -> str:
        """Waits until all the texts are on the screen, and returns it."""
        return self.wait_until(lambda screen: all(text in screen for text in texts), " and ".join(texts))

    def wait_until(self, holds: Callable[[str], bool], what: str) -> str:
        """Waits until the screen is as wanted, and returns it."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            screen = self.screen()
            if holds(screen):
                return screen
            time.sleep(LOOK_AGAIN_SECONDS)
        raise AssertionError(f"not on the screen: {what}\n{self.screen()}")

    def wait_for_end(self) -> None:
        """Waits until the program has ended."""
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            try:
                self._tmux("has-session", "-t", SESSION)
            except subprocess.CalledProcessError:
                return
            time.sleep(LOOK_AGAIN_SECONDS)
        raise AssertionError(f"the program goes on\n{self.screen()}")

    def close(self) -> None:
        """Ends the program, if it still runs."""
        subprocess.run([str(TMUX), "kill-server"], env=self._environment, check=False, capture_output=True)


@contextmanager
def terminal() -> Iterator[Terminal]:
    """A terminal, closed in the end."""
    # Not the test's own folder, whose path may be longer than a socket's may be.
    with tempfile.TemporaryDirectory(prefix="tmux-") as sockets:
        opened = Terminal(Path(sockets))
        try:
            yield opened
        finally:
            opened.close()
