"""Where a calendar is: a web address that is safe to send credentials to."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit, urlunsplit

from planner.exchange.problems import InputError, Problem
from planner.exchange.text import quoted
from planner.wording.translation import gettext

# webcal is how calendar programs write "subscribe to this"; it says nothing about the transport.
SECURE = ("https", "webcal", "webcals")
SCHEMES = (*SECURE, "http")
LOCAL_NAMES = ("localhost",)


@dataclass(frozen=True, slots=True)
class CalendarAddress:
    """An http or https address without user name and password; http only to this machine."""

    url: str

    @property
    def host(self) -> str:
        """The host's name, as credentials are kept for it."""
        return urlsplit(self.url).hostname or ""

    @property
    def is_secure(self) -> bool:
        """Whether what is sent there is encrypted."""
        return self.url.startswith("https:")


def is_address(text: str) -> bool:
    """Whether `text` is a web address and not the name of a file."""
    return text.partition("://")[0].casefold() in SCHEMES and "://" in text


def read_address(text: str, option: str = "URL") -> CalendarAddress:
    """The address that `text` writes; raises InputError with what is wrong with it. A password is never repeated."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        raise _wrong(option, gettext("is no web address; check its host and its port")) from None
    scheme = parts.scheme.casefold()
    if scheme not in SCHEMES or not parts.hostname:
        raise _wrong(option, gettext("is no web address; write one such as https://calendar.example.org/dav/"))
    if parts.username is not None or parts.password is not None:
        raise _wrong(
            option,
            gettext(
                "holds a user name or a password, which others can read on a command line; leave them out: "
                "they come from the keyring, from PLANNER_CALDAV_USER and PLANNER_CALDAV_PASSWORD, or you "
                "are asked for them"
            ),
        )
    if scheme == "http" and not _is_this_machine(parts.hostname):
        host = quoted(parts.hostname)
        text = gettext("would send everything to {host} unencrypted; use https (http is for this machine only)")
        raise _wrong(option, text.format(host=host))
    netloc = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    netloc = netloc if port is None else f"{netloc}:{port}"
    return CalendarAddress(
        urlunsplit(SplitResult("http" if scheme == "http" else "https", netloc, parts.path or "/", parts.query, ""))
    )


def _is_this_machine(host: str) -> bool:
    if host in LOCAL_NAMES:
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _wrong(option: str, text: str) -> InputError:
    return InputError([Problem(option, None, None, text)])
