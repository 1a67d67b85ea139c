"""Files that appear whole or not at all."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from planner.exchange.text import printable
from planner.wording.translation import gettext, later

FILE_IN_THE_WAY = later("a file is where a folder is needed; remove it, or choose another folder")
REASONS = {
    errno.ENOSPC: later("the disk is full; free some space, or choose another folder"),
    errno.EDQUOT: later("the disk quota is used up; free some space, or choose another folder"),
    errno.EFBIG: later("the file would be larger than allowed here; choose another folder"),
    errno.EROFS: later("the disk can only be read; choose another folder"),
    errno.EACCES: later(
        "you may not write there, or another program has the file open; close it, or choose another folder"
    ),
    errno.EPERM: later("you may not write there; choose another folder"),
    errno.EISDIR: later("a folder of that name is in the way; remove it, or choose another folder"),
    errno.ENOTDIR: FILE_IN_THE_WAY,
    errno.EEXIST: FILE_IN_THE_WAY,
    errno.ENAMETOOLONG: later("the name is too long; choose a shorter one"),
}


class CannotWriteError(Exception):
    """`path` cannot be written; `reason` says why and what to do."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(gettext("Cannot write {path}: {reason}.").format(path=printable(str(path)), reason=reason))
        self.path = path
        self.reason = reason


def write_whole(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Writes all files of `contents` (name to bytes) into `folder`, or none of them.

    Makes the folder. Everything is first written beside the files it will replace; a failure or an interrupt
    up to and between the final renames puts back what was there. Should the process be killed between two
    renames, each file is still whole: the old one or the new one.

    Raises CannotWriteError.
    """
    new: dict[Path, Path] = {}
    old: dict[Path, Path] = {}
    replaced: list[Path] = []
    try:
        with _explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
        for name, content in contents.items():
            target = folder / name
            with _explained(target):
                _write_beside(target, content, new)
                _copy_beside(target, old)
        for target, temporary in new.items():
            with _explained(target):
                replaced.append(target)
                temporary.replace(target)
        _sync_folder(folder)
    except BaseException:
        _put_back(replaced, new, old)
        raise
    finally:
        for temporary in (*new.values(), *old.values()):
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def prepare_folder(folder: Path) -> None:
    """Makes `folder` and proves that it can be written to, before a long run works towards it.

    Raises CannotWriteError.
    """
    probe: dict[Path, Path] = {}
    try:
        with _explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
            _write_beside(folder / "probe", b"probe", probe)
    finally:
        for temporary in probe.values():
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = gettext(REASONS.get(error.errno or 0, ""))
        other = gettext("{error}; choose another folder").format(error=error.strerror or error)
        raise CannotWriteError(path, reason or other) from error


def _hidden_beside(target: Path) -> Path:
    return target.with_name(f".{target.name}.{secrets.token_hex(4)}.tmp")


def _write_beside(target: Path, content: bytes, temporaries: dict[Path, Path]) -> None:
    """Writes `content` to a hidden file beside `target`, down to the disk.

    The name is noted in `temporaries` before the file exists, so that an interrupt leaves nothing unknown.
    """
    temporaries[target] = _hidden_beside(target)
    with temporaries[target].open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _copy_beside(target: Path, temporaries: dict[Path, Path]) -> None:
    """Keeps a hidden copy of `target` where there is one, to put it back should a later file fail."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists():
        temporaries[target] = _hidden_beside(target)
        shutil.copy2(target, temporaries[target])


def _put_back(replaced: list[Path], new: Mapping[Path, Path], old: Mapping[Path, Path]) -> None:
    for target in replaced:
        # A temporary that still exists was never renamed, so what is at `target` is untouched.
        if new[target].exists():
            continue
        with suppress(OSError):
            if target in old:
                old[target].replace(target)
            else:
                target.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """Makes the renames last, where the file system and the platform can sync a folder."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
