from datetime import date

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.query import (
    FIELDS,
    Comparison,
    Field,
    FieldKind,
    FreeText,
    Given,
    Operator,
    Period,
    QueryError,
    fold,
    parse,
    written,
)
from planner.domain.query_fields import FIELD_BY_NAME, GERMAN_STATES
from planner.domain.shop import Kind, Shop, Status

SHOP = Shop(
    id="S001",
    format="M",
    name="Shop Dresden",
    street="Große Straße 5",
    postcode="01067",
    city="Dresden",
    partner="Elbe Mobil",
    kind=Kind.AGENCY,
    state="SN",
    region="East",
    lat=51.05,
    lon=13.74,
    weekly_revenue=12_000.0,
    priority=7,
    tags=("pilot", "mall"),
    ready_from=date(2021, 8, 31),
    after=("S000",),
    published_start=date(2021, 9, 13),
)
BARE = Shop(id="B", format="L")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "dresden",
        "s001",
        "elbe",
        "GROSSE",
        "strasse",
        "lyon|dresden",
        '"elbe mobil"',
        'elbe "shop dres"',
        "-hamburg",
        "state:SN",
        "state:sachsen",
        "Bundesland:sn",
        "kind:agency",
        "status:backlog",
        "status:done|backlog",
        "-status:done",
        "status!=done|fixed",
        'partner:"Elbe Mobil"',
        "partner:elbe",
        'partner="elbe mobil"',
        "partner!=elbe",
        "-partner=elbe",
        "postcode:01",
        "plz=01067",
        "tag:pilot",
        "tag:MALL|none",
        "-tag:flagship",
        "region:east",
        "format:m",
        "ready<2021-09-01",
        "ready_from<01.09.2021",
        "ready<=31.08.2021",
        "ready>=2021-08-31",
        "ready>2021-08-30",
        "ready:2021-08",
        "ready:08.2021",
        "ready=2021",
        "ready>2021-07",
        "ready<2021-09",
        "ready<=2021-08",
        "ready>=2021-08",
        "revenue>=12000",
        "weekly_revenue:12000",
        "umsatz>11999,99",
        "revenue<12.000,01",
        "priority:7|8",
        "lat>51.049 lon<14",
        "catholic:no",
        "katholisch:nein",
        "has:ready",
        "-has:due",
        "has:tag has:revenue has:lat",
        "after:s000",
        "shop:S001",
        "-crew:B1",
        "-due<2022-01-01",
        "due!=2022-01-01",
        "state:SN status:backlog ready<2021-09-01 tag:pilot -tag:flagship dresden",
    ],
)
def test_finds(text):
    assert parse(text).matches(SHOP)
    assert parse(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "hamburg",
        "-dresden",
        "01067",
        '"dresden shop"',
        "state:BY",
        "state!=SN",
        "kind:own",
        "status:done|fixed",
        "partner=elbe",
        "postcode:10",
        "plz=01",
        "tag:pil",
        "-tag:pilot",
        "region:eas",
        "id:S00",
        "ready<2021-08-31",
        "ready>2021-08",
        "ready<2021-08",
        "ready:2021-09",
        "due<2022-01-01",
        "due>=1970-01-01",
        "target>=0",
        "revenue>12000",
        "priority:5|6",
        "catholic:yes",
        "has:due",
        "-has:ready",
        "dresden -elbe",
    ],
)
def test_does_not_find(text):
    assert not parse(text).matches(SHOP)


def test_what_nobody_gave_is_missing():
    missing = [field for field in FIELDS if field.may_be_missing]
    assert all(parse(f"-has:{field.name}").matches(BARE) for field in missing)
    assert not any(parse(f"has:{field.column}").matches(BARE) for field in missing)


def test_the_equator_is_a_place():
    assert parse("has:lat").matches(Shop(id="E", format="M", lat=0.0, lon=0.0))


def test_the_tree_says_what_is_asked():
    tree = parse('-tag:pilot|mall ready:2021-02 partner:"Elbe" priority!=3 -has:due Dresden')
    assert tree.terms == (
        Comparison(FIELD_BY_NAME["tag"], Operator.EQUALS, ("pilot", "mall"), negated=True),
        Comparison(
            FIELD_BY_NAME["ready"], Operator.EQUALS, (Period(date(2021, 2, 1), date(2021, 2, 28)),), negated=False
        ),
        Comparison(FIELD_BY_NAME["partner"], Operator.CONTAINS, ("elbe",)),
        Comparison(FIELD_BY_NAME["priority"], Operator.EQUALS, (3.0,), negated=True),
        Given(FIELD_BY_NAME["due"], negated=True),
        FreeText(("dresden",)),
    )
    assert hash(tree) == hash(parse(tree.text))


def test_two_minuses_of_a_kind_take_each_other_back():
    assert parse("-state!=SN").terms == parse("state=SN").terms


def test_each_field_goes_by_its_names_and_reads_an_attribute():
    for field in FIELDS:
        assert hasattr(SHOP, field.column)
        assert {FIELD_BY_NAME[fold(name)] for name in (field.name, field.column, *field.synonyms)} == {field}
    names = [name for field in FIELDS for name in {field.name, field.column, *field.synonyms}]
    assert len(names) == len(set(names)), "a name stands for one field"


def test_every_column_of_a_shop_can_be_asked_for():
    assert {field.column for field in FIELDS} == set(Shop.__dataclass_fields__) - {"extra"}


def test_the_german_states_are_those_with_holidays():
    calendar = holidays.country_holidays("DE")
    assert set(GERMAN_STATES) == set(calendar.subdivisions) - {"Augsburg"}
    aliases = calendar.get_subdivision_aliases()
    assert all(name in aliases[code] for code, name in GERMAN_STATES.items())


def test_other_countries_have_other_states():
    shop = Shop(id="W1", format="M", state="9")
    assert parse("state:9", states=("1", "9")).matches(shop)
    with pytest.raises(QueryError):
        parse("state:BY", states=("1", "9"))


def test_choices_are_the_words_shops_may_have():
    assert [word for word, _ in FIELD_BY_NAME["status"].choices] == list(Status)
    assert [word for word, _ in FIELD_BY_NAME["kind"].choices] == list(Kind)


def test_umlauts_are_the_same_however_they_are_encoded():
    assert parse("mu\u0308nchen").matches(Shop(id="1", format="M", city="M\u00fcnchen"))


@pytest.mark.parametrize("text", ['a "b', 'say "hi"', "back\\slash", "a|b", "-minus", "x:y", "tag<3", " blank ", '\\"'])
def test_awkward_names_can_be_written(text):
    shop = Shop(id="1", format="M", name=text, tags=(text,))
    assert parse(f"name:{written(text)} {written(text)} tag:{written(text.strip())}|none").terms
    assert parse(f"name:{written(text)}").matches(shop)
    assert parse(f"name={written(text.strip())}").matches(Shop(id="1", format="M", name=text.strip()))


@given(st.text(max_size=20).filter(str.strip), st.booleans())
def test_any_name_can_be_found(text, negated):
    query = parse(f"{'-' * negated}{written(text)}")
    assert query.matches(Shop(id="1", format="M", name=f"<{text}>")) is not negated


@given(st.text(max_size=40) | st.text(alphabet='-:=<>|"\\ ast09.,', max_size=30))
def test_any_text_is_a_query_or_a_mistake_with_its_place(text):
    mistakes = ()
    try:
        assert parse(text).matches(SHOP) in (True, False)
    except QueryError as error:
        mistakes = error.mistakes
        assert error.mistakes, "an error says what is wrong"  # noqa: PT017 - whether there is one depends on the text
    assert all(1 <= mistake.column <= len(text) + 1 and mistake.text for mistake in mistakes)


DAYS = st.dates(date(2020, 12, 25), date(2022, 1, 5))


@given(DAYS, DAYS)
def test_days_compare_as_days_do(day, other):
    shop = Shop(id="1", format="M", ready_from=day)
    for operator, holds in {
        "<": day < other,
        "<=": day <= other,
        ">": day > other,
        ">=": day >= other,
        ":": day == other,
        "!=": day != other,
    }.items():
        for written_day in (other.isoformat(), f"{other:%d.%m.%Y}", f"{other.day}.{other.month}.{other.year}"):
            assert parse(f"ready{operator}{written_day}").matches(shop) is holds
    assert parse(f"ready:{other:%Y-%m}").matches(shop) is ((day.year, day.month) == (other.year, other.month))
    assert parse(f"ready<{other.year}").matches(shop) is (day.year < other.year)


@given(st.lists(st.sampled_from(["dresden", "-elbe", "tag:pilot", "-state:SN", "ready>2022", "has:due"]), max_size=5))
def test_all_words_must_hold(words):
    assert parse(" ".join(words)).matches(SHOP) is all(parse(word).matches(SHOP) for word in words)


def test_kinds_of_fields_are_all_used():
    assert {field.kind for field in FIELDS} == set(FieldKind)
    assert all(isinstance(field, Field) and field.help for field in FIELDS)
