"""How the process ends once a command is over."""

import subprocess
import sys

import pytest

ENDING = """
import atexit, sys, threading
import planner.cli.app
from planner.__main__ import main

def run(door):
    atexit.register(print, "taken apart")
    if {is_at_work}:
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    print("written")
    sys.exit({code})

planner.cli.app.main = run
main()
"""


@pytest.mark.parametrize(("code", "left"), [(0, 0), (3, 3), (None, 0)])
def test_what_a_thread_still_works_with_is_not_taken_apart(code: int | None, left: int) -> None:
    for is_at_work, said in ((True, "written\n"), (False, "written\ntaken apart\n")):
        script = ENDING.format(is_at_work=is_at_work, code=code)
        ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
        assert (ended.returncode, ended.stdout, ended.stderr) == (left, said, "")
