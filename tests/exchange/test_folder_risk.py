"""[risk] in rollout.toml, and the file of past jobs it may name."""

from math import exp, log
from pathlib import Path
from statistics import mean, stdev

import pytest

from planner.domain.rules import Risk, Spread
from planner.domain.shop_format import Phase
from planner.exchange.folder import read_folder
from tests.exchange.rollout_folders import ROLLOUT, errors_in, errors_with, write_folder

ALL_OF_IT = """
[risk]
duration = { sigma = 0.15, median = 1.1, shared = 0.25 }
permit_slip = { probability = 0.1, days = 15 }
late_kits = { probability = 0.2, days = 7 }
illness = { per_year = 1.5, days = 5 }
[[risk.trade]]
name = "builder"
sigma = 0.3
[[risk.phase]]
name = "Build"
median = 1.2
sigma = 0.2
"""
PAST = "\n[risk]\nactuals = 'past.csv'\n"


def risk_of(folder: Path, added: str, past: str | None = None) -> Risk:
    files = {"rollout.toml": ROLLOUT + added}
    rollout, _ = read_folder(write_folder(folder, files if past is None else {**files, "past.csv": past}))
    assert rollout.risk is not None
    return rollout.risk


def past_jobs(rows: list[tuple[str, str, float, float]]) -> str:
    return "phase,trade,planned_days,actual_days\n" + "".join(f"{a},{b},{c},{d}\n" for a, b, c, d in rows)


def test_everything_is_read(tmp_path: Path) -> None:
    assert risk_of(tmp_path, ALL_OF_IT) == Risk(
        duration_sigma=0.15,
        duration_median=1.1,
        duration_shared=0.25,
        spreads=(Spread(median=1.2, sigma=0.2, phase="Build"), Spread(sigma=0.3, trade="builder")),
        permit_slip_probability=0.1,
        permit_slip_days=15,
        illness_per_year=1.5,
        illness_days=5,
        late_kits_probability=0.2,
        late_kits_days=7,
    )


def test_the_most_particular_spread_is_used() -> None:
    risk = Risk(
        duration_sigma=0.1,
        spreads=(Spread(sigma=0.2, phase="Build"), Spread(sigma=0.5, trade="it"), Spread(sigma=0.3, trade="builder")),
    )
    assert risk.spread_of(Phase(name="Build", days=3, crews={"builder": 1})).sigma == 0.2
    assert risk.spread_of(Phase(name="Fit", days=3, crews={"builder": 1, "it": 1})).sigma == 0.5
    assert risk.spread_of(Phase(name="Fit", days=3, crews={"builder": 1, "it": 0})).sigma == 0.3
    assert risk.spread_of(Phase(name="Look", days=1)).sigma == 0.1


def test_past_jobs_are_fitted_by_phase_by_trade_and_together(tmp_path: Path) -> None:
    ratios = [1.0, 1.2, 0.9, 1.5, 1.1, 1.0, 1.3, 2.0]
    rows = [("Build", "builder", 10.0, 10 * ratio) for ratio in ratios] + [("Paint", "painter", 2.0, 2.5)]
    risk = risk_of(tmp_path, PAST, past_jobs(rows))
    logs = [log(ratio) for ratio in ratios]
    by_phase, by_trade, together = risk.spreads
    assert (by_phase.phase, by_phase.trade, by_phase.jobs) == ("Build", "", 8)
    assert by_phase.median == pytest.approx(exp(mean(logs)))
    assert by_phase.sigma == pytest.approx(stdev(logs))
    assert (by_trade.trade, by_trade.sigma) == ("builder", by_phase.sigma)
    assert (together.phase, together.trade, together.jobs) == ("", "", 9)


def test_what_is_given_goes_before_what_is_fitted(tmp_path: Path) -> None:
    past = past_jobs([("Build", "builder", 10, 11 + number) for number in range(8)])
    risk = risk_of(tmp_path, f"{PAST}[[risk.trade]]\nname = 'builder'\nsigma = 0.5\n", past)
    assert risk.spread_of(Phase(name="Build", days=3, crews={"builder": 1})).sigma == 0.5


@pytest.mark.parametrize(
    ("added", "sentence"),
    [
        (
            "[[risk.trade]]\nname = 'bilder'",
            "risk, trade 'bilder', name: unknown trade 'bilder'; did you mean 'builder'?",
        ),
        ("[[risk.phase]]\nname = 'Bild'", "risk, phase 'Bild', name: unknown phase 'Bild'; did you mean 'Build'?"),
        ("[risk]\nilness = {}", "risk, ilness: unknown key 'ilness'; did you mean 'illness'?"),
        (
            "[risk]\nillness = { per_yaer = 1 }",
            "risk, illness, per_yaer: unknown key 'per_yaer'; did you mean 'per_year'?",
        ),
        ("[risk]\nduration = { shared = 1.5 }", "risk, duration, shared: must be 1 or less, but is 1.5"),
        ("[risk]\nduration = { median = 0 }", "risk, duration, median: must be 0.01 or more, but is 0"),
        ("[risk]\nlate_kits = { days = -1 }", "risk, late_kits, days: must be 0 or more, but is -1"),
        ("[risk]\nactuals = '../past.csv'", "risk, actuals: must be the name of a file in the rollout folder"),
        ("[risk]\nactuals = 3", "risk, actuals: must be text in quotes, but is the number 3"),
    ],
)
def test_mistakes_are_told_with_what_was_meant(tmp_path: Path, added: str, sentence: str) -> None:
    (found,) = errors_with(tmp_path, "rollout.toml", f"{ROLLOUT}{added}\n")
    assert found.startswith(f"rollout.toml, {sentence}")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    (found,) = errors_with(tmp_path, "rollout.toml", ROLLOUT + PAST)
    assert found.startswith("past.csv: there is no such file")


@pytest.mark.parametrize(
    ("past", "sentences"),
    [
        ("phase,planned_days,actual_days\n", ["past.csv: has no past job; add rows"]),
        (past_jobs([("Build", "", 5, 6)] * 3), ["past.csv: has only 3 usable past jobs; a spread needs at least 8"]),
        (
            past_jobs([("Build", "", 5, 6)] * 8) + "Build,,0,5\nBuild,,5,\n",
            [
                "past.csv, row 10, column planned_days: must be 0.1 or more, but is 0",
                "past.csv, row 11, column actual_days: is empty",
            ],
        ),
        ("phase,actual_days\nBuild,5\n", ["past.csv, row 1, column planned_days: the required column is missing"]),
    ],
)
def test_mistakes_in_past_jobs_are_told(tmp_path: Path, past: str, sentences: list[str]) -> None:
    found = errors_in(write_folder(tmp_path, {"rollout.toml": ROLLOUT + PAST, "past.csv": past}))
    assert len(found) >= len(sentences)
    for line, sentence in zip(found, sentences, strict=False):
        assert line.startswith(sentence)
