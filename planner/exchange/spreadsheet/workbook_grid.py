"""The sheets of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods), taken apart in a process of its own."""

import os
import pickle
import subprocess
import sys

from planner.exchange.problems import ProblemLog
from planner.exchange.spreadsheet.grid import Grid
from planner.exchange.text import Names
from planner.wording.language import LANGUAGE_VARIABLE
from planner.wording.translation import gettext, later, pgettext, spoken

MAX_SECONDS = 120
ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TOO_MUCH = later(
    "cannot be read: it is damaged, or too large when unpacked; open it in a spreadsheet program, copy the shops"
    " into a new workbook, and save that"
)


def is_workbook(data: bytes) -> bool:
    """Whether `data` begins as workbooks do, whatever the file is called."""
    return data.startswith((ZIP_MARK, OLE_MARK))


def workbook_grids(data: bytes, file: str, sheet: str | None, log: ProblemLog) -> list[Grid]:
    """The sheets of a workbook, or the only one that is wanted; none, with the reason in `log`, where it has not."""
    found = _in_a_process(data, sheet)
    if isinstance(found, str):
        log.error(file, None, None, found)
        return []
    names, grids = found
    if sheet is not None and sheet not in names:
        known = Names(pgettext("noun", "sheet"), names)
        near = known.near(sheet)
        if near is not None and near.strip().casefold() == sheet.strip().casefold():
            return workbook_grids(data, file, near, log)
        log.error(file, None, None, known.unknown(sheet))
    return grids


def _in_a_process(data: bytes, sheet: str | None) -> tuple[list[str], list[Grid]] | str:
    command = [sys.executable, "-m", "planner.exchange.spreadsheet.workbook_process"]
    # The process finds the planner where this one did, and says in the same language what is wrong.
    places = os.pathsep.join(path or os.getcwd() for path in sys.path)  # noqa: PTH109
    environment = {**os.environ, "PYTHONPATH": places, LANGUAGE_VARIABLE: spoken().value}
    try:
        done = subprocess.run(
            command if sheet is None else [*command, sheet],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return gettext("took more than {seconds} s to read; is this the right file?").format(seconds=MAX_SECONDS)
    except ValueError:
        return gettext("has no such sheet: a sheet's name holds no NUL character")
    if done.returncode:
        return gettext(TOO_MUCH)
    found: tuple[list[str], list[Grid]] | str = pickle.loads(done.stdout)
    return found
