import sys
from unittest.mock import patch

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.credentials import SimpleCredential
from keyring.errors import KeyringLocked

from planner.exchange.calendar_address import is_address, read_address
from planner.exchange.credentials import PASSWORD_VARIABLE, USER_VARIABLE, Credentials, known_credentials
from planner.exchange.problems import InputError


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org/dav/", "https://example.org/dav/"),
        ("webcal://example.org/a.ics?x=1", "https://example.org/a.ics?x=1"),
        ("HTTPS://Example.org", "https://example.org/"),
        ("http://127.0.0.1:5232/", "http://127.0.0.1:5232/"),
        ("http://localhost/a", "http://localhost/a"),
        ("http://[::1]:80/a#b", "http://[::1]:80/a"),
    ],
)
def test_addresses(text: str, url: str) -> None:
    assert read_address(text).url == url


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("http://example.org/", "unencrypted; use https"),
        ("http://127.0.0.1.example.org/", "unencrypted; use https"),
        ("https://anna:s3cret@example.org/", "holds a user name or a password"),
        ("https://anna@example.org/", "holds a user name or a password"),
        ("ftp://example.org/", "is no web address"),
        ("file:///etc/passwd", "is no web address"),
        ("https:///x", "is no web address"),
        ("https://example.org:port/", "check its host and its port"),
        ("", "is no web address"),
    ],
)
def test_addresses_that_are_none_or_not_safe(text: str, sentence: str) -> None:
    with pytest.raises(InputError) as error:
        read_address(text)
    assert sentence in str(error.value)
    assert "s3cret" not in str(error.value)


def test_a_file_is_no_address() -> None:
    assert [is_address(text) for text in ("plan.ics", "C:/plan.ics", "https://x", "webcal://x")] == [
        False,
        False,
        True,
        True,
    ]


class FakeKeyring(KeyringBackend):
    """A keyring with one entry, or a locked one."""

    priority = 1  # type: ignore[assignment]
    entry: tuple[str, str, str] | None = None

    def get_password(self, service: str, username: str) -> str | None:
        raise NotImplementedError

    def set_password(self, service: str, username: str, password: str) -> None:
        raise NotImplementedError

    def get_credential(self, service: str, username: str | None) -> SimpleCredential | None:
        if self.entry is None:
            raise KeyringLocked("locked")
        where, user, password = self.entry
        return SimpleCredential(user, password) if where == service and username in (None, user) else None


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv(USER_VARIABLE, raising=False)
    monkeypatch.delenv(PASSWORD_VARIABLE, raising=False)
    ring = FakeKeyring()
    before = keyring.get_keyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_credentials_come_from_the_keyring_for_just_that_host(ring: FakeKeyring, monkeypatch) -> None:
    ring.entry = ("remodel-planner example.org", "anna", "from keyring")
    assert known_credentials("example.org") == Credentials("anna", "from keyring")
    assert known_credentials("example.com") is None
    monkeypatch.setenv(USER_VARIABLE, "bert")
    assert known_credentials("example.org") is None


def test_credentials_come_from_the_environment(ring: FakeKeyring, monkeypatch) -> None:
    monkeypatch.setenv(USER_VARIABLE, "anna")
    monkeypatch.setenv(PASSWORD_VARIABLE, "from environment")
    assert known_credentials("example.org") == Credentials("anna", "from environment")


def test_a_locked_keyring_knows_nothing(ring: FakeKeyring) -> None:
    assert known_credentials("example.org") is None


def test_nothing_asks_the_keyring_before_it_is_needed() -> None:
    with patch.dict(sys.modules):
        sys.modules.pop("planner.exchange.credentials", None)
        sys.modules.pop("keyring", None)
        __import__("planner.exchange.credentials")
        assert "keyring" not in sys.modules
