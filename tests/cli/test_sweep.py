"""`planner sweep` from folder to charts, table and page, broken off and taken up again."""

import csv
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .test_scenario import planner
from .tiny import ROLLOUT_TOML, write_rollout

ROOT = Path(__file__).parents[2]
FAST = ("--time-limit", "5", "--jobs", "1")
UNITS = ("--vary", "crews.North.builder=1..2")
TARGETS = ("--vary", "milestone.Summer.target=1,4")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rollout = write_rollout(tmp_path / "rollout")
    text = ROLLOUT_TOML.replace("by = 2021-08-31", "by = 2021-07-20") + "\n[costs]\nuplift = 0.1\n"
    (rollout / "rollout.toml").write_text(text, encoding="utf-8")
    shops = "".join(f"S{number},M,North,6000\n" for number in range(4))
    (rollout / "shops.csv").write_text(f"id,format,region,weekly_revenue\n{shops}", encoding="utf-8")
    (rollout / "crews.csv").write_text("id,trade,regions\nB1,builder,North\n", encoding="utf-8")
    return rollout


def table(folder: Path) -> list[dict[str, str]]:
    with (folder / "out" / "sweep" / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_grid_is_planned_and_told(
    folder: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = planner(capfd, "sweep", folder, *UNITS, *TARGETS, *FAST)
    assert code == 0
    rows = table(folder)
    assert [(row["crews.North.builder"], row["milestone.Summer.target"]) for row in rows] == [
        ("1", "1"),
        ("1", "4"),
        ("2", "1"),
        ("2", "4"),
    ]
    # One builder does two shops of three days by 20 July; two do four, but only if asked to, as a closed Saturday in
    # between costs more than waiting for Monday.
    assert [row["done by Summer"] for row in rows] == ["2", "2", "2", "4"]
    assert [row["shortfall"] for row in rows] == ["0", "2", "0", "0"]
    assert {row["shortfall_proved"] for row in rows} == {"yes"}
    assert "The cheapest way to so many by Summer" in out
    assert "4 of 4: " in err
    page = (folder / "out" / "sweep" / "sweep.html").read_text(encoding="utf-8")
    assert "http" not in page
    assert page.count('class="heat"') == 2

    assert "crews.North.builder down, milestone.Summer.target across" in out
    monkeypatch.setenv("COLUMNS", "14")
    _, narrow, _ = planner(capfd, "sweep", folder, *UNITS, *TARGETS, *FAST)
    assert ("Cost, EUR" in out, "Cost, 1,000 EUR" in narrow) == (True, True)
    assert "…" not in narrow.split("The cheapest way")[0]


def test_one_axis_is_a_line(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = planner(capfd, "sweep", folder, *UNITS, *FAST, "--quiet")
    assert code == 0
    assert "●" in out
    assert "<svg" in (folder / "out" / "sweep" / "sweep.html").read_text(encoding="utf-8")


def test_finished_points_are_not_planned_again(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert planner(capfd, "sweep", folder, *UNITS, *FAST)[0] == 0
    code, out, err = planner(capfd, "sweep", folder, *UNITS, *FAST, "--json")
    assert (code, err) == (0, "")
    assert len(json.loads(out)["points"]) == 2


def test_prices_count_in_the_cheapest_way(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    four = ("--vary", "milestone.Summer.target=1")
    _, cheap, _ = planner(capfd, "sweep", folder, *UNITS, *four, *FAST, "--quiet")
    _, dear, _ = planner(capfd, "sweep", folder, *UNITS, *four, *FAST, "--price", "crews.North.builder=30000")
    assert "crews.North.builder=2" in cheap.split("The cheapest way")[1]
    assert "crews.North.builder=1" in dear.split("The cheapest way")[1]
    assert [float(row["price"]) for row in table(folder)] == [30000, 60000]


def test_a_changed_rollout_is_noticed(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    planner(capfd, "sweep", folder, "--vary", "costs.uplift=0.1", *FAST)
    (folder / "crews.csv").write_text("id,trade,regions,units\nB1,builder,North,2\n", encoding="utf-8")
    code, _, err = planner(capfd, "sweep", folder, "--vary", "costs.uplift=0.1", *FAST)
    assert code == 2
    assert "began otherwise (crews.csv); give --restart, or another --out" in err


def test_parquet_is_written_on_request(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    code, _, _ = planner(capfd, "sweep", folder, *UNITS, *FAST, "--table", "parquet", "--quiet")
    assert code == 0
    rows = parquet.read_table(folder / "out" / "sweep" / "results.parquet").to_pylist()
    assert [row["crews.North.builder"] for row in rows] == [1, 2]


@pytest.mark.parametrize(
    ("arguments", "mistake"),
    [
        (("--vary", "crews.Noth.builder=1..2"), "unknown crew or region 'Noth'; did you mean 'North'?"),
        (("--vary", "milestone.Sumer.target=1"), "unknown milestone 'Sumer'; did you mean 'Summer'?"),
        (("--vary", "costs.uplift=0.1,200"), "must be 100 or less, but is 200"),
        (("--vary", "costs.uplift"), "has no values"),
        ((*UNITS, *UNITS), "crews.North.builder: is varied twice"),
        (("--vary", "costs.km=1..500", "--vary", "costs.change=1..500"), "these are 250,000 points"),
        ((*UNITS, "--price", "crews.Noth.builder=1"), "unknown varied path 'crews.Noth.builder'; did you mean"),
        ((*UNITS, "--price", "crews.North.builder=x"), "is no price: write PATH=EUR"),
        (("--vary", "objective=cost", "--price", "objective=1"), "the values of objective are no numbers of units"),
        ((*UNITS, "--cluster", "nowhere"), "no cluster answers at nowhere"),
    ],
)
def test_what_cannot_be_swept_is_said_before_any_point_is_planned(
    folder: Path, capfd: pytest.CaptureFixture[str], arguments: tuple[str, ...], mistake: str
) -> None:
    if "--cluster" in arguments:
        pytest.importorskip("distributed")
    code, _, err = planner(capfd, "sweep", folder, *arguments, *FAST)
    assert code == 2
    assert mistake in err
    assert "Traceback" not in err


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_sweep_that_was_ended_goes_on_where_it_was(folder: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "planner", "sweep", str(folder), "--vary", "costs.uplift=0.1..0.8:0.1", *FAST]
    points = folder / "out" / "sweep" / "points.jsonl"
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sweep:
        try:
            while not (points.exists() and points.read_bytes().count(b"\n") >= 2):
                time.sleep(0.02)
                assert sweep.poll() is None
            sweep.send_signal(number)
            _, err = sweep.communicate(timeout=60)
        finally:
            sweep.kill()
    assert sweep.returncode == (130 if number is signal.SIGINT else -number), err
    before = points.read_bytes().splitlines()
    assert 2 <= len(before) < 8
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert result.returncode == 0, result.stderr
    after = points.read_bytes().splitlines()
    assert after[: len(before)] == before
    assert len(after) == len({json.loads(line)["point"] for line in after}) == 8
    assert f"{len(before) + 1} of 8: " in result.stderr
