"""The secret addresses of calendar feeds: whoever knows one may read that calendar, until it is revoked."""

import json
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hmac import compare_digest
from pathlib import Path

from planner.exchange.ical_selection import Audience
from planner.exchange.json_node import MISSING, JsonNode, load_json
from planner.exchange.problems import InputError, Problem
from planner.exchange.whole_files import write_whole
from planner.wording.language import Language
from planner.wording.quotation import in_quotes
from planner.wording.translation import gettext

SCHEMA = "remodel-feeds/1"
ADDRESSES_FILE = "calendar-feeds.json"
SECRET_BYTES = 32
OTHERS = stat.S_IRWXG | stat.S_IRWXO
ONLY_THE_OWNER = 0o077


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A calendar that a crew, a partner, a region or a shop may subscribe to, under an address with `token` in it."""

    audience: Audience
    name: str
    language: Language
    token: str = field(repr=False)


class AddressBook:
    """The feeds of a rollout; changes last once they are saved. `path` is the file they are in, if they are in one.

    The tokens are kept as they are, so that an address can be told again: who can read them where they are kept can
    read the plan there as well.
    """

    def __init__(self, feeds: Iterable[Feed], path: Path | None) -> None:
        self.feeds = list(feeds)
        self.path = path

    @property
    def is_open_to_others(self) -> bool:
        """Whether other users of this machine can read the file."""
        if os.name != "posix" or self.path is None or not self.path.exists():
            return False
        return bool(self.path.stat().st_mode & OTHERS)

    def with_token(self, token: str) -> Feed | None:
        """The feed a token opens; how long the search takes tells nothing of what is there."""
        found = None
        for feed in self.feeds:
            if compare_digest(feed.token.encode(), token.encode()):
                found = feed
        return found

    def of(self, audience: Audience, name: str) -> Feed | None:
        """The feed of a crew, a partner, a region or a shop, where it has one."""
        return next((feed for feed in self.feeds if (feed.audience, feed.name) == (audience, name)), None)

    def add(self, audience: Audience, name: str, language: Language) -> Feed:
        """Gives somebody an address, a new secret one that replaces what was there before."""
        feed = Feed(audience=audience, name=name, language=language, token=secrets.token_urlsafe(SECRET_BYTES))
        self.revoke(audience, name)
        self.feeds.append(feed)
        return feed

    def revoke(self, audience: Audience, name: str) -> bool:
        """Makes somebody's address worthless; whether there was one."""
        kept = [feed for feed in self.feeds if (feed.audience, feed.name) != (audience, name)]
        was_there = len(kept) < len(self.feeds)
        self.feeds = kept
        return was_there

    def save(self) -> None:
        """Makes the changes last."""
        raise NotImplementedError


class FeedAddresses(AddressBook):
    """The feeds of a rollout folder, kept in a file that only its owner can read.

    Raises InputError where the file is there and cannot be read.
    """

    path: Path

    def __init__(self, path: Path) -> None:
        super().__init__(_read(path) if os.path.lexists(path) else [], path)

    def save(self) -> None:
        """Writes the file for its owner's eyes only; raises CannotWriteError."""
        feeds = [
            {
                "audience": feed.audience.value,
                "name": feed.name,
                "language": feed.language.value,
                "token": feed.token,
            }
            for feed in sorted(self.feeds, key=lambda feed: (feed.audience, feed.name))
        ]
        content = (json.dumps({"schema": SCHEMA, "feeds": feeds}, indent=1) + "\n").encode()
        with _private_files():
            write_whole(self.path.parent, {self.path.name: content})


@contextmanager
def _private_files() -> Iterator[None]:
    """While this lasts, files are made for their owner only, from their first byte on."""
    mask = os.umask(ONLY_THE_OWNER)
    try:
        yield
    finally:
        os.umask(mask)


def _read(path: Path) -> list[Feed]:
    root = JsonNode(load_json(path), "", {})
    schema = root["schema"]
    if schema.value != SCHEMA:
        schema.wrong(in_quotes(SCHEMA))
    feeds = [_feed(node) for node in root["feeds"].items()] if schema.value in (SCHEMA, MISSING) else []
    if root.problems:
        raise InputError(Problem(path.name, None, place or None, text) for place, text in root.problems)
    return feeds


def _feed(node: JsonNode) -> Feed:
    token = node["token"].text()
    if len(token) < SECRET_BYTES:
        node["token"].wrong(gettext("a secret as the planner makes them"))
    return Feed(
        audience=node["audience"].one_of(Audience),
        name=node["name"].text(),
        language=node["language"].one_of(Language),
        token=token,
    )
