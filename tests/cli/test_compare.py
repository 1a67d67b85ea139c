"""`planner compare` from folder to table, JSON, CSV, page and plans."""

import csv
import io
import json
from html.parser import HTMLParser
from pathlib import Path
from typing import ClassVar

import pytest

from planner.exchange.plan_json import read_plan

from .test_scenario import planner
from .tiny import write_rollout

FAST = ("--time-limit", "5", "--quiet")
COSTS = '\n[costs]\nuplift = 0.1\n[[blackout]]\nname = "July"\nfirst = 2021-07-13\nlast = 2021-07-31\n'
OPEN = 'name = "No blackout <b>&"\nwhy = "Why <not>?"\ndrop = ["blackout.July"]\n'
SAME = 'name = "=Same"\n[set]\nname = "Tiny"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rollout = write_rollout(tmp_path / "rollout")
    (rollout / "rollout.toml").open("a", encoding="utf-8").write(COSTS)
    (rollout / "shops.csv").write_text("id,format,region,weekly_revenue\nS1,M,North,6000\n", encoding="utf-8")
    (rollout / "scenarios").mkdir()
    (rollout / "scenarios" / "open.toml").write_text(OPEN, encoding="utf-8")
    (rollout / "scenarios" / "same.toml").write_text(SAME, encoding="utf-8")
    return rollout


def test_all_of_the_folders_scenarios_are_compared(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = planner(capfd, "compare", folder, *FAST)
    assert code == 0
    assert "No blackout" in out
    assert "=Same" in out
    assert "1 of 1" in out


def test_differences_are_told_with_what_is_proved_of_them(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = planner(capfd, "compare", folder, "open", "same", "--json", *FAST)
    assert code == 0
    told = json.loads(out)
    opened, same = told["scenarios"]
    # 1,000 EUR a day: three days closed in either case; 19 July instead of 2 August saves the 12 trading days between
    # at a tenth, and the shop may start today, 13 July: 17 trading days earlier than Monday 2 August.
    assert told["base"]["cost"] == {
        "total": 3000 + 2000,
        "closure": 3000,
        "waiting": 2000,
        "lateness": 0,
        "travel": 0,
        "change": 0,
    }
    assert opened["differences"]["cost"]["total"] == {"amount": -1700, "verdict": "less"}
    assert opened["differences"]["cost"]["waiting"]["verdict"] == "in these plans"
    assert opened["moved"] == [{"shop": "S1", "from": "2021-08-02", "to": "2021-07-13", "days": -20}]
    assert same["differences"]["cost"]["total"] == {"amount": 0, "verdict": "equal"}
    assert same["moved"] == []


def test_csv_is_tidy_and_holds_no_formula(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = planner(capfd, "compare", folder, "same", "--csv", *FAST)
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["scenario"] for row in rows} == {"As it is", "'=Same"}
    (total,) = [row for row in rows if row["scenario"] == "'=Same" and row["figure"] == "total"]
    assert (total["value"], total["difference"], total["verdict"]) == ("5000.0", "0.0", "equal")


def test_the_page_is_whole_and_needs_nothing_else(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    page = folder / "pages" / "compare.html"
    code, _, _ = planner(capfd, "compare", folder, "open", "--html", page, "--out", folder / "plans", *FAST)
    assert code == 0
    text = page.read_text(encoding="utf-8")

    class Reader(HTMLParser):
        tags: ClassVar[set[str]] = set()

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tags.add(tag)
            assert not {"src", "href"} & {name for name, _ in attrs}

    reader = Reader()
    reader.feed(text)
    assert {"table", "h1", "title"} <= reader.tags
    assert not {"b", "not", "script", "link"} & reader.tags
    assert "No blackout &lt;b&gt;&amp;" in text
    assert "2 Aug 2021" in text
    assert read_plan(folder / "plans" / "open.json").scenario == ("No blackout <b>&",)
    assert read_plan(folder / "plans" / "as-it-is.json").scenario is None


def test_without_scenarios_there_is_nothing_to_compare(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, _, err = planner(capfd, "compare", write_rollout(tmp_path), *FAST)
    assert code == 2
    assert "there are no scenarios to compare with" in err


def test_mistakes_of_all_scenarios_are_said_before_any_is_planned(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        (folder / "scenarios" / f"{name}.toml").write_text(
            f'name = "{name}"\ndrop = ["blackout.x"]\n', encoding="utf-8"
        )
    code, _, err = planner(capfd, "compare", folder, *FAST)
    assert code == 2
    assert "a.toml, drop, blackout.x" in err
    assert "b.toml, drop, blackout.x" in err


def test_one_form_of_output_at_a_time(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, _, err = planner(capfd, "compare", folder, "--json", "--csv")
    assert code == 2
    assert "give --json or --csv, not both" in " ".join(err.split())


def test_fixed_dates_that_conflict_are_an_answer_too(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    clash = 'name = "Clash"\n[[shops]]\nwhere = "id:S1"\nset.status = "fixed"\nset.start = 2021-07-20\n'
    (folder / "scenarios" / "clash.toml").write_text(clash, encoding="utf-8")
    code, out, _ = planner(capfd, "compare", folder, "clash", "--json", *FAST)
    assert code == 0
    (told,) = json.loads(out)["scenarios"]
    assert (told["status"], told["cost"]["total"]) == ("infeasible", None)
    assert told["differences"]["cost"]["total"] == {"amount": None, "verdict": "not comparable"}
    assert "July" in told["conflicts"][0]
