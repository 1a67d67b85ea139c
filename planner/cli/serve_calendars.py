"""`planner serve`: calendar feeds that teams subscribe to, and the secret addresses they have."""

import logging
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from planner.cli.calendar_place import Place
from planner.cli.checked_plan import CheckedPlan
from planner.cli.endings import ExitCode, say_problems
from planner.cli.messages import say, show, show_json
from planner.cli.nouns import noun
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.exchange.feed_addresses import AddressBook, Feed
from planner.exchange.feeds import Feeds, NotReadyError, make_app
from planner.exchange.ical_selection import Audience
from planner.exchange.problems import InputError, Problem
from planner.exchange.text import Names
from planner.store.errors import StoreError
from planner.wording.amounts import number_text
from planner.wording.language import Language
from planner.wording.translation import gettext, ngettext, pgettext

LOCAL_HOSTS = ("127.0.0.1", "::1", "localhost")
# Answers on their way are finished; a reader that is stuck keeps the server no longer than this.
LAST_ANSWERS_SECONDS = 1


def serve_calendars(place: Place, host: str, port: int) -> ExitCode:
    """Serves the feeds of a rollout until it is interrupted.

    Raises InputError and CannotWriteError.
    """
    import uvicorn  # noqa: PLC0415 - only the server needs it

    source = place.feed_addresses()
    addresses = open_addresses(place)
    if not addresses.feeds:
        say(gettext("Nobody has an address yet; `planner serve address --crew ID` gives one, while this runs too."))
    feeds = Feeds(source, place.mark, place.feed_states(), lambda: load_plan(place))
    try:
        listener = _listen(host, port)
    except OSError as error:
        text = gettext("cannot listen on {host}, port {port}: {error}")
        raise InputError(
            [Problem("--port", None, None, text.format(host=host, port=port, error=error.strerror))]
        ) from None
    config = uvicorn.Config(
        make_app(feeds),
        access_log=False,
        log_level="warning",
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=LAST_ANSWERS_SECONDS,
    )
    at, on = listener.getsockname()[:2]
    text = ngettext(
        "Serving {number} calendar on {address}, port {port}. Ctrl-C ends it.",
        "Serving {number} calendars on {address}, port {port}. Ctrl-C ends it.",
        len(addresses.feeds),
    )
    say(text.format(number=number_text(len(addresses.feeds)), address=at, port=on))
    if host not in LOCAL_HOSTS:
        say(gettext("Others can connect, and nothing is encrypted here: put a web server with TLS in front of it."))
    server = uvicorn.Server(config)
    # Whose reading is cut short by the end is no news.
    logging.getLogger("uvicorn.error").addFilter(lambda _: not server.should_exit)
    try:
        server.run(sockets=[listener])
    except KeyboardInterrupt:
        # This is how a server is meant to end.
        say(gettext("Ended."))
    return ExitCode.OK


def _listen(host: str, port: int) -> socket.socket:
    return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)


def load_plan(place: Place) -> tuple[Rollout, Plan] | None:
    """The rollout and its plan if they can be served; says why they cannot.

    Raises NotReadyError where that may be otherwise in a moment.
    """
    try:
        source = place.source(quiet=True)
    except InputError as error:
        say_problems(error.problems)
        source = ExitCode.BAD_INPUT
    except StoreError as error:
        say(str(error))
        raise NotReadyError from None
    if isinstance(source, CheckedPlan):
        return source.rollout, source.plan
    say(gettext("The feeds stay as they were."))
    return None


def open_addresses(place: Place) -> AddressBook:
    """The addresses of a rollout's feeds; warns where others could read them."""
    addresses = place.feed_addresses().read()
    if addresses.is_open_to_others:
        text = gettext("Other users of this machine can read {file}; run chmod 600 on it, and make new addresses.")
        say(text.format(file=addresses.path))
    return addresses


def give_addresses(
    place: Place, names: dict[Audience, list[str]], per: Audience | None, language: Language, base: str, *, renew: bool
) -> ExitCode:
    """Shows the addresses of those named, and makes those that are missing.

    Raises InputError and CannotWriteError.
    """
    rollout = place.rollout()
    root = _base_url(base)
    wanted = [(audience, name) for audience, given in names.items() for name in given]
    if per is not None:
        wanted += [(per, name) for name in per.all_names(rollout)]
    _check_names(rollout, wanted)
    addresses = open_addresses(place)
    feeds = []
    for audience, name in dict.fromkeys(wanted):
        feed = addresses.of(audience, name)
        feeds.append(feed if feed and not renew else addresses.add(audience, name, language))
    addresses.save()
    for feed in feeds:
        show(f"{_address(root, feed)}  {noun(feed.audience)} {feed.name} ({feed.language})")
    say(gettext("Whoever knows an address can read that calendar; `planner serve revoke` makes it worthless."))
    return ExitCode.OK


def _address(root: str, feed: Feed) -> str:
    return f"{root}/{feed.token}.ics"


def _base_url(base: str) -> str:
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https", "webcal", "webcals") or not parts.netloc or parts.query:
        raise InputError(
            [Problem("--base", None, None, gettext("is no web address; write one such as https://example.org/cal"))]
        )
    return base.rstrip("/")


def _check_names(rollout: Rollout, wanted: Iterable[tuple[Audience, str]]) -> None:
    problems = []
    for audience, name in wanted:
        known = Names(noun(audience.value), audience.all_names(rollout))
        if name not in known:
            problems.append(Problem(f"--{audience}", None, None, known.unknown(name)))
    if problems:
        raise InputError(problems)


def revoke_addresses(place: Place, names: dict[Audience, list[str]], *, everyone: bool) -> ExitCode:
    """Makes addresses worthless at once, for a server that runs as well.

    Raises InputError where one of those named has none, and CannotWriteError.
    """
    addresses = open_addresses(place)
    wanted = [(audience, name) for audience, given in names.items() for name in given]
    if everyone:
        wanted = [(feed.audience, feed.name) for feed in addresses.feeds]
    missing = [
        Problem(f"--{audience}", None, None, gettext("{name} has no address").format(name=name))
        for audience, name in wanted
        if not addresses.revoke(audience, name)
    ]
    if missing:
        raise InputError(missing)
    addresses.save()
    revoked = ", ".join(f"{noun(audience)} {name}" for audience, name in wanted)
    show(gettext("Revoked the addresses of {names}.").format(names=revoked or pgettext("addresses of", "nobody")))
    return ExitCode.OK


def list_addresses(place: Place, *, as_json: bool) -> ExitCode:
    """Shows who has an address, without the addresses."""
    feeds = open_addresses(place).feeds
    if as_json:
        show_json([{"audience": item.audience, "name": item.name, "language": item.language} for item in feeds])
        return ExitCode.OK
    for feed in feeds:
        show(f"{noun(feed.audience)} {feed.name} ({feed.language})")
    if not feeds:
        say(gettext("Nobody has an address."))
    return ExitCode.OK
