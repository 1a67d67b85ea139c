"""`planner serve`: secret addresses, and a server that gives what they stand for until it is ended."""

import json
import re
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from tests.calendar_folder import write_folder

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_folder(tmp_path / "rollout")
    return tmp_path / "rollout"


def serve(command: str, folder: Path, *options: str) -> Result:
    return CliRunner().invoke(app, ["serve", command, str(folder), *options])


def test_an_address_is_told_again_until_it_is_revoked(folder: Path) -> None:
    first = serve("address", folder, "--crew", "B1", "--region", "East", "--base", "https://example.org/cal/")
    assert first.exit_code == 0, first.output
    lines = first.stdout.splitlines()
    assert re.fullmatch(r"https://example\.org/cal/[\w-]{43}\.ics  crew B1 \(en\)", lines[0])
    assert lines[1].endswith("region East (en)")
    again = serve("address", folder, "--crew", "B1", "--base", "https://example.org/cal")
    assert again.stdout.splitlines() == lines[:1]
    renewed = serve("address", folder, "--crew", "B1", "--renew", "--lang", "de")
    assert lines[0].split("/")[-1].split(".")[0] not in renewed.stdout
    assert serve("revoke", folder, "--crew", "B1").exit_code == 0
    assert json.loads(serve("list", folder, "--json").stdout) == [
        {"audience": "region", "name": "East", "language": "en"}
    ]
    assert serve("revoke", folder, "--all").exit_code == 0
    assert "Nobody has an address" in serve("list", folder).stderr


def test_everybody_at_once_and_no_list_of_secrets(folder: Path) -> None:
    given = serve("address", folder, "--per", "crew")
    tokens = re.findall(r"/([\w-]{43})\.ics", given.stdout)
    assert len(set(tokens)) == 2
    listed = serve("list", folder)
    assert listed.stdout.splitlines() == ["crew B1 (en)", "crew V1 (en)"]
    assert not any(token in listed.output for token in tokens)


@pytest.mark.parametrize(
    ("command", "options", "sentence"),
    [
        ("address", (), "say whose: --crew, --partner, --region or --shop, or --per"),
        ("address", ("--crew", "B7"), "--crew: unknown crew 'B7'"),
        ("address", ("--crew", "B1", "--base", "ftp://x"), "--base: is no web address"),
        ("revoke", (), "or --all"),
        ("revoke", ("--crew", "B1"), "--crew: B1 has no address"),
        ("calendars", ("--port", "99999"), "--port"),
        ("calendars", ("--host", "203.0.113.7"), "--port: cannot listen on 203.0.113.7"),
    ],
)
def test_wrong_usage_is_a_sentence(folder: Path, command: str, options: tuple[str, ...], sentence: str) -> None:
    result = serve(command, folder, *options)
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())


@contextmanager
def stuck_reader(port: int, token: str) -> Iterator[None]:
    """Somebody who asks for a calendar again and again, and reads none of the answers."""
    with socket.socket() as reader:
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        reader.connect(("127.0.0.1", port))
        reader.settimeout(0.5)
        with suppress(TimeoutError):
            while True:
                reader.sendall(f"GET /{token} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        yield


def test_a_server_serves_and_ends_in_order_whoever_is_stuck(folder: Path) -> None:
    address = serve("address", folder, "--crew", "B1").stdout.split()[0]
    token = address.rpartition("/")[2]
    command = [sys.executable, "-m", "planner", "serve", "calendars", str(folder), "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        try:
            said = server.stderr.readline()
            port = re.search(r"on 127\.0\.0\.1, port (\d+)\.", said)
            assert port, said
            base = f"http://127.0.0.1:{port[1]}"
            with urllib.request.urlopen(f"{base}/{token}", timeout=30) as answer:
                content = answer.read()
            assert content.count(b"BEGIN:VEVENT") > 0
            with pytest.raises(urllib.error.HTTPError, match="404"):
                urllib.request.urlopen(f"{base}/", timeout=30)
            with stuck_reader(int(port[1]), token):
                server.send_signal(signal.SIGINT)
                out, err = server.communicate(timeout=30)
        finally:
            server.kill()
    assert server.returncode == 0, err
    assert "Traceback" not in err
    assert token.removesuffix(".ics") not in out + said + err
