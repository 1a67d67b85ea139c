"""A connection to a Dask cluster. Imports Dask, an extra."""

from typing import Any

from distributed import Client


class ClosingClient(Client):
    """A client that is closed where it could not connect.

    Dask leaves such a client half open, and closes it when it is collected as garbage. That may be while the same
    thread starts another of Dask's loops and holds the lock that closing takes: it would wait for itself for ever.
    """

    def start(self, **options: Any) -> None:
        """Connect; raises what the connection fails with."""
        dask: Any = super()
        try:
            dask.start(**options)
        except BaseException:
            dask.close()
            raise
