"""Garbage is looked for only when a screen has begun: what is made until then stays, and looking costs a sixth."""

import gc
from threading import Timer

QUIET_SECONDS = 3.0


def collect_later() -> None:
    """Begins to look for garbage in a while; to be called before anything is loaded."""

    def begin() -> None:
        gc.freeze()
        gc.enable()

    gc.disable()
    beginning = Timer(QUIET_SECONDS, begin)
    beginning.daemon = True
    beginning.start()
