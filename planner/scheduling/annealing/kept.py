"""Where compiled functions are kept from run to run, and whether they are there; asking does not load Numba."""

import hashlib
from functools import cache
from pathlib import Path

import platformdirs


@cache
def folder() -> Path:
    """A folder named after all sources of this package: whatever is kept in it was compiled from them as they are."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return platformdirs.user_cache_path("remodel-planner") / "compiled" / digest.hexdigest()[:16]


def is_compiled() -> bool:
    """Whether an earlier run has compiled everything: Numba writes an index when it is done."""
    return any(folder().rglob("*.nbi"))
