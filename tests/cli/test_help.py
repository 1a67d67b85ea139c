"""What `planner` says before any work begins, each in a fresh process."""

import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli.app import app

ROOT = Path(__file__).parents[2]
HEAVY = ("ortools", "sqlmodel", "textual", "numpy", "pandas", "holidays", "icalendar")

LIST_HEAVY_MODULES = f"""
import atexit, sys
heavy = {HEAVY}
atexit.register(lambda: print("loaded:", [name for name in heavy if name in sys.modules]))
from planner.cli.app import main
main()
"""


def planner(*arguments: str, code: str = "from planner.cli.app import main; main()") -> tuple[int, str, str]:
    result = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    return result.returncode, result.stdout, result.stderr


@pytest.mark.parametrize(
    "arguments", [("--help",), ("run", "--help"), ("check", "--help"), ("risk", "--help"), ("--version",)]
)
def test_help_loads_nothing_heavy(arguments: tuple[str, ...]) -> None:
    code, out, _ = planner(*arguments, code=LIST_HEAVY_MODULES)
    assert code == 0
    assert out.splitlines()[-1] == "loaded: []"


def test_wrong_input_does_not_wait_for_the_solver(tmp_path: Path) -> None:
    code, out, _ = planner("run", str(tmp_path), code=LIST_HEAVY_MODULES)
    assert code == 2
    assert "ortools" not in out.splitlines()[-1]


def test_help_names_every_option() -> None:
    _, out, _ = planner("run", "--help")
    for option in (
        "--out",
        "--time-limit",
        "--gap",
        "--workers",
        "--seed",
        "--allow-conflicts",
        "--deterministic",
        "--quiet",
        "--json",
    ):
        assert option in out


def test_the_version_is_told() -> None:
    code, out, _ = planner("--version")
    assert code == 0
    assert out.startswith("planner ")


def test_python_m_planner_is_the_same_command() -> None:
    result = subprocess.run(
        [sys.executable, "-m", "planner", "--help"], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert result.stdout == planner("--help")[1]
    assert "Usage: planner " in result.stdout


def test_shell_completion_can_be_installed() -> None:
    assert "--install-completion" in planner("--help")[1]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--time-limit", "0"), "0 is not a number of seconds above 0"),
        (("--time-limit", "nan"), "nan is not a number of seconds above 0"),
        (("--time-limit", "inf"), "inf is not a number of seconds above 0"),
        (("--gap", "-0.1"), "-0.1 is not a fraction from 0 to 1"),
        (("--gap", "nan"), "nan is not a fraction from 0 to 1"),
        (("--gap", "1.5"), "1.5 is not a fraction from 0 to 1"),
        (("--workers", "0"), "0 is not a number of threads from 1 to 64"),
        (("--workers", "65"), "65 is not a number of threads from 1 to 64"),
        (("--seed", "-1"), "-1 is not a whole number from 0 to 2147483647"),
        (("--seed", "2147483648"), "2147483648 is not a whole number from 0 to 2147483647"),
        (("--gap", "[/bold]"), "Invalid value for '--gap'"),
        (("--bogus",), "No such option"),
    ],
)
def test_wrong_usage_is_a_sentence_and_exit_code_2(
    capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(SystemExit) as ending:
        app(["run", "folder", *arguments], prog_name="planner")
    assert ending.value.code == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert sentence in " ".join(err.split())
