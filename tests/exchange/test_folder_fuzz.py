"""Whatever is in the files, reading ends with a rollout or with sentences, and writes nothing."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exchange.folder import read_folder
from planner.exchange.problems import InputError
from planner.exchange.text import clean
from tests.exchange.rollout_folders import write_folder
from tests.exchange.test_folder import FULL_ABSENCES, FULL_CREWS, FULL_ROLLOUT, FULL_SHOPS

FULL_FILES = {
    "rollout.toml": FULL_ROLLOUT,
    "shops.csv": FULL_SHOPS,
    "crews.csv": FULL_CREWS,
    "absences.csv": FULL_ABSENCES,
}
NAMES = st.sampled_from(sorted(FULL_FILES))
CELL = re.compile(r"[^,\n\[\]{}=]+")
AWKWARD_TEXTS = (
    "\x1b[0m \u202e \ud7ff ½ ٣ | \" ' \"\" ''' , [] {} [[1]] true -1 0 1e400 nan 99999999999999999999 12:00:00 "
    "13.7.2021 0001-01-01 1970-01-01 2021-07-13 2200-12-31 9999-12-31 fixed in_progress done yes S1 S2|S3 M DE"
)
AWKWARD = st.sampled_from([*AWKWARD_TEXTS.split(" "), "", " ", "\n", "\r", "x" * 200])


def check_reading(files: dict[str, str | bytes]) -> None:
    """Read a folder; only `InputError` may come out, with sentences that a terminal can show."""
    with TemporaryDirectory() as name:
        folder = write_folder(Path(name), files)
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        try:
            rollout, problems = read_folder(folder)
        except InputError as error:
            problems = error.problems
            assert problems
        else:
            texts = [text for shop in rollout.shops for text in (shop.id, shop.name, shop.region, *shop.tags)]
            assert [clean(text) for text in texts] == texts
        assert all(str(problem).isprintable() for problem in problems)
        assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@settings(max_examples=100, deadline=None)
@given(name=NAMES, content=st.binary(max_size=200))
def test_arbitrary_bytes(name: str, content: bytes) -> None:
    check_reading({**FULL_FILES, name: content})


@settings(max_examples=100, deadline=None)
@given(name=NAMES, data=st.data())
def test_damaged_bytes(name: str, data: st.DataObject) -> None:
    content = FULL_FILES[name].encode()
    first = data.draw(st.integers(0, len(content)))
    last = data.draw(st.integers(first, min(len(content), first + 20)))
    check_reading({**FULL_FILES, name: content[:first] + data.draw(st.binary(max_size=8)) + content[last:]})


@settings(max_examples=250, deadline=None)
@given(name=NAMES, data=st.data())
def test_awkward_values(name: str, data: st.DataObject) -> None:
    content = FULL_FILES[name]
    for _ in range(data.draw(st.integers(1, 3))):
        cell = data.draw(st.sampled_from(list(CELL.finditer(content))))
        value = data.draw(AWKWARD | st.text(max_size=10))
        content = content[: cell.start()] + value + content[cell.end() :]
    check_reading({**FULL_FILES, name: content})
