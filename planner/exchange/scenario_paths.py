"""Paths into a rollout as people write them: `milestone."Year end".target`."""

import re

from planner.domain.scenario import Path
from planner.exchange.text import quoted
from planner.exchange.values import BadValue
from planner.wording.translation import gettext

# A part with a dot, an equals sign or a quote in it is put in quotes; a shell takes quotes away, so spaces need none.
PART = re.compile(r'\s*(?:"(?P<double>[^"]*)"|\'(?P<single>[^\']*)\'|(?P<bare>[^.="\']+))\s*')
BARE = re.compile(r"[A-Za-z0-9_-]+")


def parse_path(text: str) -> Path:
    """The parts of a path. Raises BadValue."""
    path, end = begin_path(text)
    if end < len(text):
        wrong = gettext("{text} is not a path: write names with dots between them, such as costs.footfall")
        raise BadValue(wrong.format(text=quoted(text)))
    return path


def begin_path(text: str) -> tuple[Path, int]:
    """The path that `text` begins with, and where it ends. Raises BadValue."""
    parts: list[str] = []
    place = 0
    while True:
        found = PART.match(text, place)
        part = found and (found["double"] or found["single"] or (found["bare"] or "").strip())
        if not found or not part:
            wrong = gettext("{text} has no name at character {number}; write a path such as costs.footfall")
            raise BadValue(wrong.format(text=quoted(text), number=place + 1))
        parts.append(part)
        place = found.end()
        if text[place : place + 1] != ".":
            return tuple(parts), place
        place += 1


def path_text(path: Path) -> str:
    """A path as it can be written in a scenario file."""
    return ".".join(part if BARE.fullmatch(part) else f'"{part}"' for part in path)
