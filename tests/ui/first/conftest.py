"""A small rollout for the tests in this folder, and a day that stays."""

from datetime import date

import pytest

from planner.ui.first import import_screen
from tests.ui.small_rollout import six_shops, six_shops_database

__all__ = ["six_shops", "six_shops_database"]


@pytest.fixture(autouse=True)
def monday(monkeypatch: pytest.MonkeyPatch) -> date:
    """The day it is."""
    day = date(2026, 3, 2)
    monkeypatch.setattr(import_screen, "today", lambda: day)
    return day
