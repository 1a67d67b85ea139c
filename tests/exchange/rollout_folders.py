"""Small rollout folders for tests, and what reading them says."""

from collections.abc import Mapping
from pathlib import Path

from planner.exchange.folder import read_folder
from planner.exchange.problems import InputError

ROLLOUT = """\
name = "Test"

[horizon]
today = 2021-07-13
last = 2022-06-30

[[format]]
name = "M"
[[format.phase]]
name = "Survey"
days = 1
crews = { surveyor = 1 }
closed = false
[[format.phase]]
name = "Build"
days = 8
crews = { builder = 1 }

[[format]]
name = "L"
[[format.phase]]
name = "Build"
days = 12
crews = { builder = 1 }
"""
SHOPS = "id,format,state,region\nS1,M,BY,South\nS2,L,NW,West\n"
CREWS = "id,trade,regions\nV1,surveyor,\nB1,builder,South|West\n"
FILES = {"rollout.toml": ROLLOUT, "shops.csv": SHOPS, "crews.csv": CREWS}


def write_folder(folder: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A correct folder, except for the files given."""
    for name, content in {**FILES, **(files or {})}.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def errors_in(folder: Path) -> list[str]:
    """What is wrong with a folder; empty where nothing is."""
    try:
        read_folder(folder)
    except InputError as error:
        return [str(problem) for problem in error.problems]
    return []


def warnings_in(folder: Path) -> list[str]:
    """What is odd about a correct folder."""
    return [str(problem) for problem in read_folder(folder)[1]]


def errors_with(folder: Path, name: str, content: str | bytes) -> list[str]:
    """What is wrong with a folder in which one file is replaced."""
    return errors_in(write_folder(folder, {name: content}))


def warnings_with(folder: Path, name: str, content: str | bytes) -> list[str]:
    """What is odd about a folder in which one file is replaced."""
    return warnings_in(write_folder(folder, {name: content}))
