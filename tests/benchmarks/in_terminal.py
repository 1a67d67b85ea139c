"""A program started in a pseudo-terminal: the CPU it has used when a text comes into sight. For Linux."""

import os
import pty
import select
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic

MOST_SECONDS = 120.0
TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")


def cpu_when_in_sight(
    command: Sequence[str], texts: Sequence[str], size: tuple[int, int], environment: Mapping[str, str]
) -> list[float]:
    """Milliseconds of CPU of a new process, all its threads together, when it has written each of `texts`.

    They are to come in this order; the process is then killed. `size` is columns and rows. Raises TimeoutError where
    one does not come.
    """
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (size[1], size[0]))
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=dict(environment), start_new_session=True
    )
    os.close(theirs)
    try:
        return _follow(ours, process.pid, texts)
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _follow(terminal: int, pid: int, texts: Sequence[str]) -> list[float]:
    written, costs, end = b"", [], monotonic() + MOST_SECONDS
    while len(costs) < len(texts):
        if not select.select([terminal], [], [], max(0.0, end - monotonic()))[0]:
            raise TimeoutError(f"{texts[len(costs)]!r} does not come into sight")
        written += os.read(terminal, 1 << 16)
        used = _cpu_ms(pid)
        while len(costs) < len(texts) and texts[len(costs)].encode() in written:
            costs.append(used)
    return costs


def _cpu_ms(pid: int) -> float:
    # proc(5): after the name in brackets, the 12th and 13th fields are the time as user and in the kernel.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(fields[11]) + int(fields[12])) / TICKS_A_SECOND
