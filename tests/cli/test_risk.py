import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from planner.cli.app import main
from planner.exchange.plan_json import read_plan
from tests.cli.risk_folder import SETTINGS, write_risk_folder
from tests.cli.store_cli import StoreCli


def planner(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], *arguments: object) -> tuple:
    monkeypatch.setattr(sys, "argv", ["planner", *map(str, arguments)])
    with pytest.raises(SystemExit) as ending:
        main()
    out, err = capfd.readouterr()
    return int(ending.value.code or 0), out, err


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    return lambda *arguments: planner(monkeypatch, capfd, *arguments)


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_risk_folder(tmp_path_factory.mktemp("risk"))


class Tags(HTMLParser):
    """Which tags a page opens, and what it points to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_screen_tells_how_sure_the_plan_is(run, planned: Path) -> None:
    code, out, err = run("risk", planned, "--samples", 2000)
    assert (code, err) == (0, "")
    assert re.search(r"met in \d+\.\d % of samples \(\d+\.\d % to \d+\.\d %\)", out)
    for label in ("Milestones", "Drivers", "Buffers", "Forecast", "Least sure"):
        assert f"\n{label}" in out
    assert max(map(len, out.splitlines())) <= 79


def test_json_has_every_figure_and_is_the_same_for_a_seed(run, planned: Path) -> None:
    asked = ("risk", planned, "--samples", 1000, "--json", "--seed", 5)
    (_, first, _), (_, again, _), (_, other, _) = run(*asked), run(*asked), run(*asked[:-1], 6)
    assert first == again != other
    report = json.loads(first)
    assert report["schema"] == "remodel-risk/1"
    (milestone,) = report["milestones"]
    assert milestone["met"]["low"] < milestone["met"]["probability"] < milestone["met"]["high"]
    assert {shop["shop"] for shop in report["shops"]} == {"<S1>", "S2", "S3"}
    assert [day["day"] for day in report["band"]] == sorted(day["day"] for day in report["band"])
    assert report["drivers"]["sources"]


def test_the_page_needs_nothing_else_and_takes_names_as_text(run, planned: Path, tmp_path: Path) -> None:
    page = tmp_path / "deep" / "risk.html"
    assert run("risk", planned, "--samples", 500, "--html", page)[0] == 0
    tags = Tags()
    tags.feed(page.read_text(encoding="utf-8"))
    assert tags.links == []
    assert tags.tags.count("svg") == 2
    assert not {"script", "b", "i", "s1"} & set(tags.tags)


def test_nothing_varies_without_risk_and_that_is_said(run, tmp_path: Path) -> None:
    folder = write_risk_folder(tmp_path, settings=SETTINGS[: SETTINGS.index("[risk]")])
    code, out, _ = run("risk", folder, "--samples", 200)
    assert code == 0
    assert "met in 100.0 % of samples" in out
    assert "gives chance nothing to do" in " ".join(out.split())


def test_a_plan_that_is_not_there_is_told(run, tmp_path: Path) -> None:
    code, out, err = run("risk", write_risk_folder(tmp_path, planned=False))
    assert (code, out) == (2, "")
    assert "plan.json" in err


def test_a_plan_that_no_longer_fits_is_refused(run, tmp_path: Path) -> None:
    folder = write_risk_folder(tmp_path)
    (folder / "crews.csv").write_text("id,trade\nB9,builder\n", encoding="utf-8")
    code, out, err = run("risk", folder)
    assert (code, out) == (1, "")
    assert "does not fit the rollout" in err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--milestone", "March <j>"), "unknown milestone 'March <j>'; did you mean 'March <i>'?"),
        (("--samples", "5"), "5 is not a number of samples from 100 to 1000000"),
        (("--early", "-1"), "-1 is not a number of days from 0 to 365"),
        (("plan.json", "--curve"), "--curve makes its own plans"),
    ],
)
def test_wrong_usage_is_told(run, planned: Path, arguments: tuple[str, ...], sentence: str) -> None:
    code, out, err = run("risk", planned, *arguments)
    assert (code, out) == (2, "")
    assert sentence in " ".join(err.replace("│", "").split())


def test_a_sure_plan_is_written_and_its_price_told(run, tmp_path: Path) -> None:
    folder = write_risk_folder(tmp_path, planned=False)
    code, out, err = run("run", folder, "--confidence", "0.6", "--time-limit", "3")
    assert code == 0, out + err
    text = " ".join(out.split())
    assert "60 % asked for" in text
    assert "more than the cheapest plan found" in text
    assert "sure for" in err
    assert run("check", folder, folder / "out" / "plan.json")[0] == 0
    report = json.loads(run("risk", folder, "--samples", 5000, "--seed", 9, "--json")[1])
    assert report["milestones"][0]["met"]["probability"] > 0.57


def test_a_confidence_out_of_reach_is_said_and_the_surest_plan_written(run, tmp_path: Path) -> None:
    folder = write_risk_folder(tmp_path, planned=False, settings=SETTINGS.replace("sigma = 0.3", "sigma = 1.5"))
    code, out, _ = run("run", folder, "--confidence", "0.99", "--time-limit", "2", "--json", "--quiet")
    assert code == 1
    confidence = json.loads(out)["confidence"]
    assert confidence["reached"] is False
    assert confidence["probability"] < 0.99
    assert run("check", folder, folder / "out" / "plan.json")[0] == 0


@pytest.mark.parametrize("confidence", ["0", "1", "nan", "-0.5"])
def test_a_confidence_that_is_none_is_refused(run, planned: Path, confidence: str) -> None:
    code, _, err = run("run", planned, "--confidence", confidence)
    assert code == 2
    assert "is not a probability above 0" in " ".join(err.replace("│", "").split())


def test_a_confidence_needs_a_milestone(run, tmp_path: Path) -> None:
    begin, end = SETTINGS.index("[[milestone]]"), SETTINGS.index("[[format]]")
    folder = write_risk_folder(tmp_path, planned=False, settings=SETTINGS[:begin] + SETTINGS[end:])
    for arguments in (("run", folder, "--confidence", "0.8"), ("risk", folder, "--curve")):
        code, _, err = run(*arguments)
        assert code == 2
        assert "no milestone" in err


def test_the_curve_goes_from_cheap_to_sure(run, tmp_path: Path) -> None:
    folder = write_risk_folder(tmp_path, planned=False)
    page = tmp_path / "curve.html"
    code, out, _ = run("risk", folder, "--curve", "--time-limit", "6", "--html", page, "--json", "--quiet")
    assert code == 0
    points = json.loads(out)["points"]
    assert [point["probability"] for point in points] == sorted(point["probability"] for point in points)
    assert [point["extra"] for point in points] == sorted(point["extra"] for point in points)
    assert points[0]["extra"] == 0
    # A plan that falls short of the milestone is no cheap one.
    assert all(point["probability"] > 0.1 for point in points)
    assert b"<svg" in page.read_bytes()


def test_a_plan_in_the_database_is_assessed_as_the_same_plan_of_a_folder(
    run, planned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    cli = StoreCli(monkeypatch, capfd, tmp_path / "planner.db")
    cli.ok("import", planned)
    assert cli("risk").code == 2
    cli.plan = read_plan(planned / "out" / "plan.json")
    cli.ok("plan")
    in_folder = json.loads(run("risk", planned, "--samples", 200, "--json")[1])
    assert cli.ok("risk", "--samples", "200", "--json").data == in_folder
    assert cli.ok("risk", "--plan", "1", "--samples", "200", "--json").data == in_folder
    assert cli("risk", "--plan", "2").code == 2
    assert cli("risk", planned, "--plan", "1").code == 2
    assert cli("risk", "--scenario", "x").code == 2
    cli.ok("absences", "add", "B1", "2021-03-01", "2021-03-05")
    ended = cli("risk", "--samples", "200")
    assert ended.code == 1
    assert "Plan 1 does not fit the rollout" in ended.err
