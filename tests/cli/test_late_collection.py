"""Garbage is left alone while a screen begins, and looked for again soon after."""

import gc
from time import monotonic, sleep

import pytest

from planner.cli import late_collection


def test_garbage_is_looked_for_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late_collection, "QUIET_SECONDS", 0.3)
    try:
        late_collection.collect_later()
        assert not gc.isenabled()
        end = monotonic() + 20
        while not gc.isenabled() and monotonic() < end:
            sleep(0.02)
        assert gc.isenabled()
    finally:
        gc.enable()
        gc.unfreeze()
