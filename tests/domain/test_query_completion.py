from hypothesis import given
from hypothesis import strategies as st

from planner.domain.query import FIELDS, completions, parse

KNOWN = {"tag": ["pilot", "flagship"], "partner": ["Elbe Mobil", "Rufkontor"], "city": []}


def offered(text, cursor=None):
    found = completions(text, len(text) if cursor is None else cursor, KNOWN)
    assert all(item.help for item in found)
    return [item.text for item in found]


def completed(text, number=0, cursor=None):
    cursor = len(text) if cursor is None else cursor
    item = completions(text, cursor, KNOWN)[number]
    return text[: item.start] + item.text + text[item.end :]


def test_an_empty_query_offers_every_field():
    assert offered("") == [*(f"{field.name}:" for field in FIELDS), "has:"]
    assert offered("tag:pilot ") == offered("")


def test_fields_by_their_beginning_or_by_another_name():
    assert completed("sta") == "state:"
    assert offered("sta") == ["state:", "status:", "start:", "city:"]
    assert offered("weekly") == ["revenue:"]
    assert completed("-bundes") == "-state:"


def test_operators_after_a_whole_name():
    assert offered("ready") == ["ready<", "ready>=", "ready:"]
    assert offered("tag") == ["tag:", "tag!="]


def test_values():
    assert completed("dresden status:in") == "dresden status:in_progress"
    assert completed("state:Bay") == "state:BY"
    assert completed("status:done|b") == "status:done|backlog"
    assert offered("tag:") == ["pilot", "flagship"]
    assert completed("tag:fl") == "tag:flagship"
    assert completed("partner:elb") == 'partner:"Elbe Mobil"'
    assert completed('partner:"Elbe M') == 'partner:"Elbe Mobil"'
    assert completed("has:pub") == "has:published"
    assert offered("catholic:") == ["yes", "no"]


def test_nothing_to_offer():
    assert offered("dresdx") == []
    assert offered("nofield:x") == []
    assert offered("city:") == []
    assert offered("ready<20") == []
    assert offered('"sta') == []


def test_what_stands_behind_the_cursor_stays():
    assert completed("sta tag:pilot", cursor=3) == "state: tag:pilot"
    assert completions("tag:", 99) == completions("tag:", 4)
    assert completions("tag:", -3)[0].start == 0


@given(st.text(alphabet='-:=<>|" astgrde', max_size=20), st.integers(-2, 25))
def test_any_text_and_place(text, cursor):
    for item in completions(text, cursor, KNOWN):
        assert 0 <= item.start <= item.end <= len(text)


@given(st.text(min_size=1, max_size=12).filter(lambda text: text.strip() == text))
def test_what_is_offered_can_be_read(tag):
    [item] = completions("tag:", 4, {"tag": [tag]})
    [term] = parse("tag:" + item.text).terms
    assert len(term.values) == 1
