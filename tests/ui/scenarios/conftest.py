"""The six shops, for tests here."""

from tests.ui.small_rollout import six_shops, six_shops_database

__all__ = ["six_shops", "six_shops_database"]
