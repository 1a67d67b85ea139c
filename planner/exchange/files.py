"""Bytes from disk to text: what is not there, not readable, too large, or not UTF-8 is said in a sentence."""

import re
import stat
from codecs import BOM_UTF8
from pathlib import Path

from planner.exchange.problems import ProblemLog
from planner.exchange.text import Names, printable
from planner.wording.translation import gettext, pgettext

MEGABYTE = 1_000_000
ARCHIVE_MARK = b"PK\x03\x04"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
BINARY = re.compile(r"[\x00-\x08\x0e-\x1f]")


def save_hint(name: str) -> str:
    """How to save the file `name` so that it can be read."""
    return gettext("save it as 'CSV UTF-8'") if name.endswith(".csv") else gettext("save it as UTF-8 text")


def read_text(folder: Path, name: str, max_bytes: int, log: ProblemLog) -> str | None:
    """The text of a file, without its BOM; None, with the reason in `log`, where it has none.

    A cp1252 file is a mistake, but its text is returned all the same so that its other mistakes are found too.
    """
    data = read_bytes(folder, name, max_bytes, log)
    if data is None:
        return None
    data = data.removeprefix(BOM_UTF8)
    broken = _not_text(data, name)
    if broken:
        row, sentence = broken
        log.error(name, row, None, sentence)
        return None
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        row, byte = line_of(data, error.start), data[error.start]
    text = _as_cp1252(data)
    looks = gettext("is not UTF-8 but looks like cp1252 (Windows); {hint}")
    if text is None:
        looks = gettext("is not UTF-8 (byte 0x{byte:02x}); {hint}")
    log.error(name, row, None, looks.format(byte=byte, hint=save_hint(name)))
    return text


def line_of(data: bytes, position: int) -> int:
    """The line, counted from 1, that the byte at `position` is in."""
    return len((data[:position] + b".").splitlines())


def read_bytes(folder: Path, name: str, max_bytes: int, log: ProblemLog) -> bytes | None:
    """The bytes of a plain file; None, with the reason in `log`, where it has none or too many."""
    path = folder / name
    try:
        mode = path.stat().st_mode
        # A pipe or a device would block, or never end.
        if not stat.S_ISREG(mode):
            text = gettext("is not a plain file; put the file in its place")
            if stat.S_ISDIR(mode):
                text = gettext("is a folder, not a file; put the file in its place")
            log.error(name, None, None, text)
            return None
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError:
        log.error(name, None, None, _missing(folder, name))
        return None
    except OSError as error:
        text = gettext("cannot be read ({reason}); check the file and its permissions")
        log.error(name, None, None, text.format(reason=error.strerror))
        return None
    if len(data) > max_bytes:
        text = gettext("is larger than {number} MB; is this the right file?")
        log.error(name, None, None, text.format(number=max_bytes // MEGABYTE))
        return None
    return data


def _missing(folder: Path, name: str) -> str:
    if (folder / name).is_symlink():
        return gettext("is a link to a file that is not there; put the file in its place")
    try:
        suggestion = Names(pgettext("noun", "file"), sorted(path.name for path in folder.iterdir())).suggestion(name)
    except OSError:
        suggestion = ""
    text = gettext("there is no such file in {folder}{hint}")
    return text.format(folder=printable(str(folder)), hint=suggestion or gettext("; add it"))


def _not_text(data: bytes, name: str) -> tuple[int | None, str] | None:
    """The row and the sentence that say why `data` is no text at all, or None where it may be one."""
    if data.startswith(ARCHIVE_MARK):
        return None, gettext("is a spreadsheet or an archive, not text; {hint}").format(hint=save_hint(name))
    if data.startswith(UTF_16_MARKS):
        return 1, gettext("is UTF-16, not UTF-8; {hint}").format(hint=save_hint(name))
    nul = data.find(b"\0")
    if nul >= 0:
        text = gettext("has a NUL byte, so it is damaged or no text; {hint}")
        return line_of(data, nul), text.format(hint=save_hint(name))
    return None


def _as_cp1252(data: bytes) -> str | None:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return None if BINARY.search(text) else text
