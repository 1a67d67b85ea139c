"""The command line in German, chosen by locale, variable or option: help, results and errors; data stays the same."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.app import app
from planner.cli.diff_text import LABELS
from planner.cli.summary import LABEL_WIDTH, WIDTH, summary_data, summary_lines
from planner.domain.plan import Plan
from planner.exchange.plan_json import plan_to_json
from planner.wording.language import Language
from planner.wording.translation import gettext, pgettext, speaking

from .tiny import NO_PLAN_POSSIBLE, PLAN, ROLLOUT, write_rollout

CLI = Path(__file__).parents[2] / "planner" / "cli"
LABEL = re.compile(
    r"(?:wrapped|_labelled|show)\((?:\"\" if \w+ else )?(?:gettext|pgettext)\((?:\"(label)\", )?\"([^\"]+)\"\), "
    r"|(?:gettext|pgettext)\((?:\"(label)\", )?\"([^\"]+)\"\)\)?\.ljust\(LABEL_WIDTH\)"
)
WRITTEN_LOCALES = ("LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE", "PLANNER_LANG")


def planner(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, with just these of the variables that say a language."""
    rest = {name: value for name, value in os.environ.items() if name not in WRITTEN_LOCALES}
    environment = rest | {"PYTHONIOENCODING": "utf-8", "COLUMNS": "120"} | variables
    command = [sys.executable, "-m", "planner", *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, check=False)


def in_german(*arguments: str | Path) -> Result:
    with speaking(Language.GERMAN):
        return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("arguments", "variables", "is_german"),
    [
        ((), {"LANG": "de_DE.UTF-8"}, True),
        ((), {"LANG": "de_DE.UTF-8", "LC_ALL": "en_GB.UTF-8"}, False),
        ((), {"LANG": "en_GB.UTF-8", "PLANNER_LANG": "de"}, True),
        (("--lang", "en"), {"LANG": "de_DE.UTF-8"}, False),
        (("--lang=de",), {"LANG": "C"}, True),
    ],
)
def test_help_is_in_the_language_of_the_option_or_else_of_the_locale(
    arguments: tuple[str, ...], variables: dict[str, str], is_german: bool
) -> None:
    shown = planner(*arguments, "check", "--help", **variables).stdout
    assert ("Einen Plan gegen seinen Rollout prüfen" in shown) is is_german
    assert ("Check a plan against its rollout" in shown) is not is_german
    # Typer's own words, and what no language changes.
    for word in ("Aufruf: ", "[OPTIONEN]", "Argumente:", "Diese Hilfe zeigen."):
        assert (word in shown) is is_german
    assert "--scenario FILE" in shown


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("plen",), "Fehler: Es gibt keinen Befehl „plen“. Meinten Sie „plan“, „plans“?"),
        (("plans", "publish"), "Fehler: Das Argument „PLAN“ fehlt."),
        (("plans", "show", "x"), "Fehler: Falscher Wert für „PLAN“: Das ist keine ganze Zahl"),
        (("plan", "--gapp", "1"), "Fehler: Es gibt keine Option --gapp. Meinten Sie --gap?"),
        (("rollouts", "list"), "PLANNER_BUSY_SECONDS: Die Zahl darf höchstens 600 sein."),
    ],
)
def test_a_wrong_call_is_told_in_german(arguments: tuple[str, ...], told: str) -> None:
    done = planner("--lang", "de", *arguments, PLANNER_BUSY_SECONDS="601")
    assert done.returncode == 2
    assert told in done.stderr.splitlines()
    assert not {"Error:", "Usage:", "[OPTIONS]", "Try"}.intersection(done.stderr.split())


def test_the_language_asked_for_is_that_of_what_is_written_too(tmp_path: Path) -> None:
    folder = write_rollout(tmp_path)
    (folder / "out").mkdir()
    (folder / "out" / "plan.json").write_bytes(plan_to_json(PLAN))
    assert planner("--lang", "de", "report", str(folder), LANG="C").stdout.startswith("Geschrieben ")
    assert '<html lang="de">' in (folder / "out" / "report.html").read_text(encoding="utf-8")


def test_mistakes_in_a_folder_are_german_sentences_with_file_row_and_column(tmp_path: Path) -> None:
    folder = write_rollout(tmp_path)
    (folder / "shops.csv").write_text("id,format,region,priority\nS1,M,North,viel\nS1,X,North,1\n", encoding="utf-8")
    ended = in_german("run", folder)
    assert ended.exit_code == 2
    *problems, end = ended.output.splitlines()
    assert any(line.startswith("shops.csv, Zeile 2, Spalte priority: ") for line in problems)
    assert any(line.startswith("shops.csv, Zeile 3, Spalte format: ") for line in problems)
    assert end == f"{len(problems)} Fehler in der Eingabe, es geschah also nichts."


@pytest.mark.parametrize("plan", [PLAN, NO_PLAN_POSSIBLE])
def test_a_german_summary_has_its_labels_apart_and_fits_the_screen(plan: Plan) -> None:
    with speaking(Language.GERMAN):
        lines = summary_lines(ROLLOUT, plan, [], interrupted=False)
    assert lines[0][0] == "Plan"
    assert all(len(label) < LABEL_WIDTH for label, _ in lines)
    # A conflict has a line of its own, however long.
    assert all(LABEL_WIDTH + len(text) <= WIDTH for label, text in lines if label != "Konflikte")


def test_every_label_leaves_a_space_behind_it_in_german() -> None:
    found = [match for path in CLI.glob("*.py") for match in LABEL.finditer(path.read_text(encoding="utf-8"))]
    with speaking(Language.GERMAN):
        labels = [gettext(text) for text in LABELS.values()]
        for match in found:
            context, text = match[1] or match[3], match[2] or match[4]
            labels.append(pgettext(context, text) if context else gettext(text))
    assert len(found) > 25
    assert [label for label in labels if len(label) >= LABEL_WIDTH] == []


def test_data_has_the_same_names_and_values_in_german() -> None:
    english = summary_data(ROLLOUT, PLAN, [], interrupted=False)
    with speaking(Language.GERMAN):
        assert summary_data(ROLLOUT, PLAN, [], interrupted=False) == english


def test_a_deterministic_plan_is_the_same_in_every_language(tmp_path: Path) -> None:
    folder = write_rollout(tmp_path)
    (folder / "crews.csv").write_text("id,trade,regions\nB1,builder,South\n", encoding="utf-8")
    options = ("--time-limit", "1", "--workers", "1", "--quiet")
    plans = {}
    for language in Language:
        for kind in ("--deterministic", "--allow-conflicts"):
            out = tmp_path / language / kind.strip("-")
            with speaking(language):
                ended = CliRunner().invoke(app, ["run", str(folder), "--out", str(out), *options, kind])
            assert ended.exit_code == 0, ended.output
            plans[language, kind] = (out / "plan.json").read_text(encoding="utf-8")
    assert plans[Language.ENGLISH, "--deterministic"] == plans[Language.GERMAN, "--deterministic"]
    assert "bedient die Region North" in plans[Language.GERMAN, "--allow-conflicts"]


def test_a_german_yes_is_understood_and_the_question_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from planner.cli import asking  # noqa: PLC0415 - its standard input is a person's here

    class Person:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return "ja\n"

    said: list[str] = []
    monkeypatch.setattr(asking.sys, "stdin", Person())
    monkeypatch.setattr(asking, "say", said.append)
    with speaking(Language.GERMAN):
        assert asking.is_agreed("Wirklich?", yes=False)
    assert said == ["Wirklich? [j/N]"]
