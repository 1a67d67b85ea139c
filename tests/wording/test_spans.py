"""Days from one to another, in both languages."""

from datetime import date

import pytest

from planner.wording.amounts import short_month_text, span_text
from planner.wording.language import Language
from planner.wording.translation import speak


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        (date(2021, 10, 4), date(2021, 10, 4), "4 Oct 2021"),
        (date(2021, 10, 4), date(2021, 10, 22), "4 to 22 Oct 2021"),
        (date(2021, 10, 4), date(2021, 11, 2), "4 Oct to 2 Nov 2021"),
        (date(2021, 12, 30), date(2022, 1, 4), "30 Dec 2021 to 4 Jan 2022"),
    ],
)
def test_what_both_days_have_in_common_is_said_once(first: date, last: date, text: str) -> None:
    assert span_text(first, last) == text


def test_german_days_have_their_points() -> None:
    speak(Language.GERMAN)
    try:
        first, _, last = span_text(date(2021, 12, 6), date(2021, 12, 8)).split(" ", 2)
        assert (first, last) == ("6.", "8. Dez. 2021")
        assert short_month_text(date(2021, 12, 6)) == "Dez"
    finally:
        speak(Language.ENGLISH)
