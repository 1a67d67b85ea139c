"""Sentences that are kept are told in the language of whoever reads them."""

from datetime import date

import pytest

from planner.wording.kept import Kept, kept, kept_several, told
from planner.wording.language import Language
from planner.wording.translation import speaking

DAY = date(2021, 9, 6)


def in_german(sentence: str) -> str:
    with speaking(Language.GERMAN):
        return told(sentence)


def test_a_sentence_is_kept_in_one_language_and_told_in_each() -> None:
    with speaking(Language.GERMAN):
        sentence = kept("scenario {name} saved", name="autumn")
    assert told(sentence) == "scenario autumn saved"
    assert in_german(sentence) == "Szenario autumn gespeichert"


def test_days_counts_and_sentences_within_it_are_told_in_that_language_too() -> None:
    shops = kept_several("{number} shop", "{number} shops", 1234)
    sentence = kept("{shops}: {what}", shops=shops, what=kept("fixed on {day}", day=DAY))
    assert told(sentence) == "1,234 shops: fixed on 2021-09-06"
    assert in_german(sentence) == "1.234 Filialen: auf 06.09.2021 festgelegt"
    assert in_german(kept_several("{number} shop", "{number} shops", 1)) == "1 Filiale"
    several = kept("{shops}: {what}", shops="S1", what=[kept("deferred"), kept("cancelled")])
    assert in_german(several) == "S1: zurückgestellt, abgesagt"


def test_sentences_read_back_can_be_part_of_others() -> None:
    read_back = Kept(str(kept("plan {plan} published", plan="3")))
    assert in_german(kept("undo of {revision}: {what}", revision="5", what=read_back)) == (
        "5 rückgängig gemacht: Plan 3 veröffentlicht"
    )


@pytest.mark.parametrize("text", ["S1 moved", "", "{", '{"text": 1}', '["text"]', "{name}", '{"a": "b"}'])
def test_what_was_kept_otherwise_is_told_as_it_is(text: str) -> None:
    assert told(text) == text
    assert in_german(kept("{shops}: {what}", shops="S1", what=Kept(text))) == f"S1: {text}"


@pytest.mark.parametrize("name", ["{0.__class__}", "{what}", '{"text": "deferred", "values": {}}', "%s", "\\1", '"'])
def test_text_from_data_stays_what_it_is(name: str) -> None:
    assert in_german(kept("scenario {name} saved", name=name)) == f"Szenario {name} gespeichert"
