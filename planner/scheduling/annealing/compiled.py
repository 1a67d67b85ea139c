"""How functions are compiled: once on a machine, and again when any of their sources changes.

Numba looks only at the file of the function that is asked for to tell whether what it kept is out of date. So what it
keeps lies in a folder that is named after all sources of this package.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

from planner.scheduling.annealing.kept import folder


def _is_writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


_kept_in = folder()
_is_kept = _is_writable(_kept_in)
if _is_kept:
    numba.config.CACHE_DIR = str(_kept_in)  # type: ignore[attr-defined] # made when Numba is loaded

Function = TypeVar("Function", bound=Callable[..., Any])


def inner(function: Function) -> Function:
    """Compile a function that only compiled ones call."""
    # Wrappers would be compiled for each function, and nobody calls them.
    compile_inner = numba.njit(no_cpython_wrapper=True, no_cfunc_wrapper=True)  # type: ignore[call-overload] # not in Numba's types
    return cast(Function, compile_inner(function))


def outer(function: Function) -> Function:
    """Compile a function that Python calls; other threads run beside it."""
    return cast(Function, numba.njit(cache=_is_kept, nogil=True)(function))
