"""The six shops, and a PostgreSQL server, for tests here."""

from tests.store.conftest import postgres, postgres_url
from tests.ui.small_rollout import six_shops, six_shops_database

__all__ = ["postgres", "postgres_url", "six_shops", "six_shops_database"]
