from datetime import date

import pytest

from planner.wording.amounts import chance_text, counted, day_text, gap_text, money_text, time_text


def test_days_and_money_read_naturally() -> None:
    assert day_text(date(2021, 12, 3)) == "3 Dec 2021"
    assert money_text(81_234_567, "EUR") == "812,345.67 EUR"
    assert money_text(81_234_567, "EUR", with_cents=False) == "812,346 EUR"
    assert money_text(0) == "0.00"


@pytest.mark.parametrize(
    ("gap", "text"),
    [(0.0042, "0.42 %"), (0.004201, "0.43 %"), (0.000001, "0.01 %"), (0.0, "0.00 %"), (1.0, "100.00 %")],
)
def test_a_gap_is_rounded_up(gap: float, text: str) -> None:
    assert gap_text(gap) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0, "0 s"), (40.2, "41 s"), (59.5, "1 min 00 s"), (125.0, "2 min 05 s"), (3720.0, "1 h 02 min")],
)
def test_times_read_naturally(seconds: float, text: str) -> None:
    assert time_text(seconds) == text


def test_numbers_take_their_noun() -> None:
    assert (counted(1, "shop"), counted(2, "shop"), counted(0, "shop")) == ("1 shop", "2 shops", "0 shops")


def test_what_is_nearly_certain_never_looks_certain() -> None:
    chances = (0.0, 0.001, 0.5, 0.994, 0.997, 1.0)
    assert [chance_text(chance) for chance in chances] == ["0 %", "< 1 %", "50 %", "99 %", "> 99 %", "100 %"]
