"""Days and numbers as messages have them, and texts in a language that only a block asks for."""

import threading
from datetime import date

import pytest

from planner.wording.amounts import long_weekday_text, plain_day_text, plain_number_text
from planner.wording.language import Language
from planner.wording.translation import gettext, pgettext, speak, speaking, spoken

NEW_YEARS_EVE = date(2021, 12, 31)


def test_english_messages_have_days_as_scripts_read_them() -> None:
    assert (plain_day_text(NEW_YEARS_EVE), long_weekday_text(NEW_YEARS_EVE)) == ("2021-12-31", "Friday")
    assert plain_day_text(date(2022, 3, 4)) == "2022-03-04"


def test_german_messages_have_german_days() -> None:
    with speaking(Language.GERMAN):
        assert (plain_day_text(NEW_YEARS_EVE), long_weekday_text(NEW_YEARS_EVE)) == ("31.12.2021", "Freitag")
        assert plain_day_text(date(2022, 3, 4)) == "04.03.2022"


@pytest.mark.parametrize(
    ("number", "decimals", "english", "german"),
    [
        (8117.5, 2, "8117.50", "8117,50"),
        (12.0, None, "12", "12"),
        (111.195, None, "111.195", "111,195"),
        (0, 1, "0.0", "0,0"),
    ],
)
def test_numbers_have_the_comma_of_the_language(number: float, decimals: int | None, english: str, german: str) -> None:
    assert plain_number_text(number, decimals) == english
    with speaking(Language.GERMAN):
        assert plain_number_text(number, decimals) == german


def test_a_block_speaks_its_language_in_its_thread_only() -> None:
    heard: list[Language] = []
    with speaking(Language.GERMAN):
        other = threading.Thread(target=lambda: heard.append(spoken()))
        other.start()
        other.join()
        with speaking(Language.ENGLISH):
            assert pgettext("no day", "None") == "None"
        assert (spoken(), gettext("proved best")) == (Language.GERMAN, "nachweislich der beste")
    assert (spoken(), heard) == (Language.ENGLISH, [Language.ENGLISH])


def test_a_block_that_fails_leaves_the_language_as_it_was() -> None:
    speak(Language.GERMAN)
    try:
        with pytest.raises(ZeroDivisionError), speaking(Language.ENGLISH):
            1 / 0  # noqa: B018
        assert spoken() is Language.GERMAN
    finally:
        speak(Language.ENGLISH)
