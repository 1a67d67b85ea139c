"""What the commands on the store say before any work begins, and on wrong settings."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.store_cli import StoreCli

ROOT = Path(__file__).parents[2]
HEAVY = ("ortools", "sqlmodel", "sqlalchemy", "alembic", "pydantic_settings", "platformdirs", "numpy", "holidays")
CODE = f"""
import atexit, sys
atexit.register(lambda: print("loaded:", [name for name in {HEAVY} if name in sys.modules]))
from planner.cli.app import main
main()
"""


@pytest.mark.parametrize("arguments", [("shops", "edit", "--help"), ("import", "--help"), ("plans", "--help")])
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CODE, *arguments], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines()[-1] == "loaded: []"


def test_a_wrong_setting_is_a_sentence(store_cli: StoreCli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLANNER_BUSY_SECONDS", "soon")
    ended = store_cli("rollouts", "list")
    assert ended.code == 2
    assert ended.err.startswith("PLANNER_BUSY_SECONDS: ")
    assert "Internal error" not in ended.err


def test_a_password_is_never_shown(store_cli: StoreCli) -> None:
    for address in ("postgresql+psycopg://ana:s3cret@127.0.0.1:1/x", "mysql://ana:s3cret@h/x"):
        ended = store_cli("shops", "list", "--db", address)
        assert ended.code == 2
        assert "s3cret" not in ended.out + ended.err
        assert "Internal error" not in ended.err


def test_the_path_of_an_import_may_stand_anywhere(store_cli: StoreCli, tmp_path: Path) -> None:
    folder = tmp_path / "absences-and-more"
    for arguments in ((folder,), ("--dry-run", folder), ("rollout", folder)):
        ended = store_cli("import", *arguments)
        assert ended.code == 2
        assert "there is no such folder" in ended.err
