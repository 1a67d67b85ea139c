"""The rollout with all dates given, for the tests in this folder."""

from tests.ui.dated_rollout import dated, dated_database

__all__ = ["dated", "dated_database"]
