import errno
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from planner.exchange.whole_files import CannotWriteError, prepare_folder, write_whole

OLD = {"plan.json": b"old json", "plan.csv": b"old csv"}
NEW = {"plan.json": b"new json", "plan.csv": b"new csv", "plan.ics": b"new ics"}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def fail_on_call(number: int, error: BaseException, original):
    """A stand-in for `original` that raises `error` on its `number`th call."""
    calls = 0

    def stand_in(*args, **kwargs):
        nonlocal calls
        calls += 1
        if calls == number:
            raise error
        return original(*args, **kwargs)

    return stand_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_whole(tmp_path / "out", OLD)
    return tmp_path / "out"


def test_writes_all_files_and_nothing_else_into_a_new_folder(tmp_path):
    write_whole(tmp_path / "a" / "b", NEW)
    assert contents(tmp_path / "a" / "b") == NEW


def test_replaces_what_is_there_and_keeps_what_it_was_not_given(folder):
    (folder / "notes.txt").write_bytes(b"mine")
    write_whole(folder, NEW)
    assert contents(folder) == {**NEW, "notes.txt": b"mine"}


def test_files_get_the_permissions_the_user_asked_for(tmp_path):
    before = os.umask(0o022)
    try:
        write_whole(tmp_path, {"plan.json": b""})
    finally:
        os.umask(before)
    assert (tmp_path / "plan.json").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_full_disk_leaves_the_old_files_and_no_temporaries(folder, monkeypatch, call):
    full = OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(os, "fsync", fail_on_call(call, full, os.fsync))
    with pytest.raises(CannotWriteError) as caught:
        write_whole(folder, NEW)
    assert contents(folder) == OLD
    path = folder / list(NEW)[call - 1]
    assert caught.value.path == path
    assert str(caught.value) == (f"Cannot write {path}: the disk is full; free some space, or choose another folder.")


def test_a_real_limit_on_file_size_is_named(folder):
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(CannotWriteError, match="the file would be larger than allowed here"):
            write_whole(folder, {"plan.json": b"small", "plan.csv": bytes(200_000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert contents(folder) == OLD


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_rename_that_fails_puts_back_the_files_renamed_before_it(folder, monkeypatch, call):
    denied = PermissionError(errno.EACCES, "Permission denied")
    monkeypatch.setattr(Path, "replace", fail_on_call(call, denied, Path.replace))
    with pytest.raises(CannotWriteError, match="another program has the file open"):
        write_whole(folder, NEW)
    assert contents(folder) == OLD


def test_a_folder_in_the_place_of_a_file_is_named(folder):
    (folder / "plan.ics").mkdir()
    with pytest.raises(CannotWriteError, match=r"plan\.ics: a folder of that name is in the way"):
        write_whole(folder, NEW)
    (folder / "plan.ics").rmdir()
    assert contents(folder) == OLD


@pytest.mark.parametrize("below", ["", "deeper"])
def test_a_file_in_the_place_of_the_folder_is_named(tmp_path, below):
    (tmp_path / "out").write_bytes(b"a file")
    for attempt in (
        lambda: write_whole(tmp_path / "out" / below, NEW),
        lambda: prepare_folder(tmp_path / "out" / below),
    ):
        with pytest.raises(CannotWriteError, match="a file is where a folder is needed"):
            attempt()
    assert contents(tmp_path) == {"out": b"a file"}


@pytest.mark.parametrize(
    ("module", "function"), [(os, "fsync"), (Path, "replace")], ids=["while writing", "while renaming"]
)
@pytest.mark.parametrize("call", [1, 2, 3])
def test_an_interrupt_leaves_the_old_files_and_no_temporaries(folder, monkeypatch, module, function, call):
    stand_in = fail_on_call(call, KeyboardInterrupt(), getattr(module, function))
    monkeypatch.setattr(module, function, stand_in)
    with pytest.raises(KeyboardInterrupt):
        write_whole(folder, NEW)
    assert contents(folder) == OLD


def test_an_interrupt_right_after_a_rename_puts_the_old_file_back(folder, monkeypatch):
    original = Path.replace

    def rename_and_interrupt(self, target):
        original(self, target)
        monkeypatch.setattr(Path, "replace", original)
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", rename_and_interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(folder, NEW)
    assert contents(folder) == OLD


def test_a_killed_process_leaves_the_old_files(folder):
    script = textwrap.dedent(
        """
        import os, sys
        from pathlib import Path
        from planner.exchange.whole_files import write_whole
        Path.replace = lambda self, target: os._exit(9)
        write_whole(Path(sys.argv[1]), {"plan.json": b"new json", "plan.csv": b"new csv"})
        """
    )
    assert subprocess.run([sys.executable, "-c", script, str(folder)], check=False).returncode == 9
    visible = {name: content for name, content in contents(folder).items() if not name.startswith(".")}
    assert visible == OLD


def test_prepare_folder_makes_it_and_leaves_it_empty(tmp_path):
    prepare_folder(tmp_path / "a" / "b")
    assert contents(tmp_path / "a" / "b") == {}
    prepare_folder(tmp_path / "a" / "b")


def test_prepare_folder_finds_a_disk_that_can_only_be_read(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "fsync", fail_on_call(1, OSError(errno.EROFS, "Read-only file system"), os.fsync))
    with pytest.raises(CannotWriteError, match="the disk can only be read; choose another folder"):
        prepare_folder(tmp_path / "out")
    assert contents(tmp_path / "out") == {}
