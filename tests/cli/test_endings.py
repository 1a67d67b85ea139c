import pytest

from planner.cli.endings import ExitCode, run_to_its_end
from planner.cli.messages import clip
from planner.exchange.problems import InputError, Problem


def test_many_problems_are_cut_short_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    def wrong() -> ExitCode:
        raise InputError(Problem("shops.csv", row, "format", "unknown format 'Q'") for row in range(2, 414))

    assert run_to_its_end(wrong) == ExitCode.BAD_INPUT
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "shops.csv, row 2, column format: unknown format 'Q'"
    assert lines[-2:] == ["… and 312 more", "412 mistakes in the input, so nothing was done."]
    assert len(lines) == 102


def test_text_is_printed_as_it_is_but_cannot_steer(capsys: pytest.CaptureFixture[str]) -> None:
    def wrong() -> ExitCode:
        raise InputError([Problem("shops.csv", 2, None, "[/foo] [link=x]\x1b[2J :smile:")])

    run_to_its_end(wrong)
    assert capsys.readouterr().err.splitlines()[0] == r"shops.csv, row 2: [/foo] [link=x]\x1b[2J :smile:"


def test_clipped_text_ends_in_an_ellipsis() -> None:
    assert clip("Ludwigslust", 11) == "Ludwigslust"
    assert clip("Ludwigslust", 6) == "Ludwi…"
