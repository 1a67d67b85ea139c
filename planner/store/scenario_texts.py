"""Scenarios as texts under names: what both must be before they are kept."""

import itertools
import re
import unicodedata
from collections.abc import Collection, Mapping

from planner.exchange.files import MEGABYTE
from planner.exchange.problems import InputError, ProblemLog
from planner.exchange.scenario_file import SUFFIX, read_kept_scenarios
from planner.exchange.text import printable, shortened
from planner.exchange.toml_reader import MAX_TOML_BYTES
from planner.store.record_words import record_name
from planner.store.records import RecordKind
from planner.wording.translation import gettext

TEXT = "text"
"""The only cell of a scenario's record."""

MAX_NAME = 100
MAX_MADE_NAME = 40
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
# A name becomes that of a file when the rollout is written as a folder, on whatever system.
NO_FILE_NAME = frozenset('/\\:*?"<>|')


def check_texts(texts: Mapping[str, str], log: ProblemLog) -> None:
    """Notes in `log` what is wrong with scenarios: names, texts, and what they build on."""
    for name, text in texts.items():
        sentence = _wrong_name(name)
        if sentence:
            log.error(record_name(RecordKind.SCENARIO, shortened(name)), None, None, sentence)
        if not _is_unicode(text):
            log.error(name + SUFFIX, None, None, gettext("holds characters that are no text; write it again"))
        elif len(text) > MAX_TOML_BYTES:
            wrong = gettext("is larger than {number} MB").format(number=MAX_TOML_BYTES // MEGABYTE)
            log.error(name + SUFFIX, None, None, wrong)
    if log.errors:
        return
    try:
        read_kept_scenarios(texts, list(texts))
    except InputError as error:
        log.errors += error.problems


def name_for(title: str, taken: Collection[str]) -> str:
    """A name for a scenario that calls itself `title`: such as `one-more-crew`, and none that is taken."""
    plain = unicodedata.normalize("NFKD", title.casefold().translate(UMLAUTS)).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+", plain)
    name = "-".join(words)[:MAX_MADE_NAME].strip("-") or "scenario"
    free = (f"{name}-{number}" for number in itertools.count(2))
    return name if name not in taken else next(other for other in free if other not in taken)


def _wrong_name(name: str) -> str | None:
    if not name or len(name) > MAX_NAME:
        text = gettext("a name has 1 to {most} characters, and this one has {number}")
        return text.format(most=MAX_NAME, number=len(name))
    if not name.isprintable() or name != name.strip() or name.startswith(".") or name.endswith("."):
        text = gettext("'{name}' cannot be the name of a file; write one such as hard-autumn")
        return text.format(name=printable(name))
    forbidden = sorted(NO_FILE_NAME & set(name))
    if forbidden:
        text = gettext("a name has no '{character}', since it becomes that of a file; write one such as hard-autumn")
        return text.format(character=forbidden[0])
    return None


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def with_changes(texts: Mapping[str, str], after: Mapping[str, Mapping[str, str] | None]) -> dict[str, str]:
    """`texts` as they will be: `after` has the cells of those that change, None for those that go."""
    changed = {**{name: {TEXT: text} for name, text in texts.items()}, **after}
    return {name: cells.get(TEXT, "") for name, cells in changed.items() if cells is not None}
