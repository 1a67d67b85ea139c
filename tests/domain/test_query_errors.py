import pytest

from planner.domain.query import QueryError, parse


def mistakes(text):
    with pytest.raises(QueryError) as caught:
        parse(text)
    return [(mistake.column, mistake.text) for mistake in caught.value.mistakes]


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("stat:BY", 1, "did you mean 'state'?"),
        ("dresden -stauts:done", 10, "did you mean 'status'?"),
        ("http://shop", 1, "put it in quotes"),
        ("state:BX", 7, "unknown state 'BX'"),
        ("state:Bayren", 7, "did you mean 'Bayern'?"),
        ("status:done|fixd", 13, "did you mean 'fixed'?"),
        ("kind:owned", 6, "Allowed: partner, agency, own"),
        ("ready<soon", 7, "2021-09-01 or 01.09.2021"),
        ("ready<2021-02-30", 7, "no such day"),
        ("ready:2021-00", 7, "no such day"),
        ("ready:2021-13", 7, "no such day"),
        ("ready:0000", 7, "no such day"),
        ("ready<", 7, "-has:ready"),
        ("ready< 2021-09-01", 7, "without a space"),
        ('partner:""', 9, "-has:partner"),
        ("tag:pilot|", 11, "no value follows"),
        ("revenue>=12.000", 10, "write 12000"),
        ("revenue>=12k", 10, "is not a number"),
        ("revenue>=" + "9" * 400, 10, "is not a number"),
        ("revenue<1|2", 11, "compares with one value"),
        ("name<M", 1, "has no order"),
        ("catholic:maybe", 10, "neither yes nor no"),
        ('a partner:"Elbe Mobil', 11, "never closed"),
        ("has:stert", 5, "did you mean 'start'?"),
        ("has>start", 1, "has:start"),
        ("has:id", 5, "every shop"),
        ("tag:pilot OR tag:mall", 11, "field:one|two"),
        ("NOT pilot", 1, "a minus"),
        ("-", 2, "nothing to look for"),
        ("a|", 3, "one word on each side"),
    ],
)
def test_a_mistake_has_its_column_and_what_to_do(text, column, says):
    [(found, sentence)] = mistakes(text)
    assert found == column
    assert says in sentence


def test_all_mistakes_at_once():
    assert [column for column, _ in mistakes("stat:BY ready<soon dresden kind:x")] == [1, 15, 33]


def test_the_message_has_a_line_a_mistake():
    with pytest.raises(QueryError, match="column 1: unknown field 'stat'") as caught:
        parse("stat:BY kind:x")
    assert len(str(caught.value).splitlines()) == 2


def test_long_values_are_cut_in_messages():
    assert all(len(text) < 300 for _, text in mistakes(f"status:{'x' * 10_000} {'y' * 10_000}:1"))
