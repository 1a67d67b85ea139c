"""How long a page of 5,000 shops takes to make and to open, and how large it is.

    python -m tests.benchmarks.report [SHOPS]

The browser is a real Chromium without its window; "ready" is when the page has run its script and has drawn a frame,
on the browser's own clock, from the start of the navigation.
"""

import sys
import tempfile
import time
from pathlib import Path

from planner.exchange.report.page import report_to_html
from planner.wording.language import Language
from tests.exchange.browser import Browser
from tests.exchange.made_plan import made_plan, made_rollout

READY = """new Promise(done => requestAnimationFrame(() => setTimeout(() => done([
    performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd, performance.now()]))))"""
SEARCH = """(() => { const input = document.getElementById("search"); const start = performance.now();
    input.value = "partner 7"; input.dispatchEvent(new Event("input")); document.body.offsetHeight;
    return performance.now() - start; })()"""


def main(shops: int) -> None:
    """Prints the figures."""
    rollout = made_rollout(shops)
    plan = made_plan(rollout)
    started = time.process_time()
    page = report_to_html(rollout, plan, Language.ENGLISH)
    print(f"{shops} shops: made in {time.process_time() - started:.2f} s of CPU, {len(page) / 1e6:.2f} MB")
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        path = Path(folder) / "report.html"
        path.write_bytes(page)
        for _ in range(3):
            browser.open(path)
            loaded, ready = browser.run(READY)
            print(f"opened: script done after {loaded:.0f} ms, ready after {ready:.0f} ms")
        print(f"a search takes {browser.run(SEARCH):.0f} ms")
        print(f"elements in the page: {browser.run('document.getElementsByTagName(`*`).length')}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5000)
