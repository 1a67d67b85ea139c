"""What is wrong with a query, and what could be written next, in German."""

from collections.abc import Iterator

import pytest

from planner.domain.query import QueryError, completions, parse
from planner.wording.language import Language
from planner.wording.translation import speaking


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    with speaking(Language.GERMAN):
        yield


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stat:BY", "Stelle 1: das Feld „stat“ ist unbekannt; meinten Sie „state“?"),
        (
            "kind:partnr",
            "Stelle 6: „partnr“ ist für kind unbekannt; meinten Sie „partner“? Erlaubt: partner, agency, own",
        ),
        (
            "a ready<soon",
            "Stelle 9: „soon“ ist kein Datum; schreiben Sie 01.09.2021 oder 2021-09-01, einen Monat als 2021-09",
        ),
        ("ready<", "Stelle 7: es folgt kein Wert; schreiben Sie ihn direkt hierher, ohne Leerzeichen, oder -has:ready"),
        (
            "a OR b",
            "Stelle 3: OR gehört nicht zur Suchsprache; für einen von mehreren Werten schreiben Sie feld:eins|zwei",
        ),
    ],
)
def test_mistakes(text: str, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(text)
    assert str(caught.value).startswith(said)


def test_what_could_be_written_next() -> None:
    helps = {item.text: item.help for item in completions("ready", 5)}
    assert helps["ready<"] == "der Tag, ab dem sie schließen darf: vor einem Tag"
    assert {item.text: item.help for item in completions("-tag", 4)}["tag:"] == "eines ihrer Schlagwörter: ist"
    assert {item.text: item.help for item in completions("-ta", 3)}["tag:"] == "nicht: eines ihrer Schlagwörter"
    assert {item.text: item.help for item in completions("status:de", 9)} == {
        "deferred": "zurückgestellt, in keinem Plan"
    }
