"""Work on very many records at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Does not look for garbage among records that all stay until the end: nothing else goes on while it is looked for.

    For bulk edits, and for threads beside a screen, which cannot answer keys meanwhile.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
