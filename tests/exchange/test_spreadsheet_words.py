from datetime import date, datetime, time, timedelta

import pytest

from planner.domain.shop import Kind, Status
from planner.exchange.problems import ProblemLog
from planner.exchange.settings import states_of
from planner.exchange.shops import COLUMNS
from planner.exchange.spreadsheet.cells import CellReader
from planner.exchange.spreadsheet.grid import Grid, KeptText
from planner.exchange.spreadsheet.headings import BY_NORMAL, MatchedBy, match_headings
from planner.exchange.spreadsheet.reading import SheetRow
from planner.exchange.spreadsheet.synonyms import ANSWERS, FIXED_START, KINDS, STATES, STATUSES, SYNONYMS, normal


def read(column, cell, country="DE", *, is_text=False, loose=frozenset()):
    """A cell as shops.csv would have it, and what is said of it."""
    log = ProblemLog()
    row = SheetRow(log, "a.xlsx", 2, Grid("A", []), {column: 0})
    text = CellReader(country, None, is_text=is_text, loose_lists=loose).read(row, column, cell)
    return text, [problem.text for problem in (*log.errors, *log.warnings)]


@pytest.mark.parametrize("words", [SYNONYMS, STATES, KINDS, STATUSES, ANSWERS])
def test_each_word_means_one_thing(words):
    spelled = [(normal(word), meant) for meant, others in words.items() for word in {*others, meant}]
    meanings = {}
    for word, meant in spelled:
        assert word
        assert meanings.setdefault(word, meant) == meant


def test_synonyms_are_of_columns_and_allowed_words():
    assert set(SYNONYMS) == set(COLUMNS.known) | {FIXED_START}
    assert set(STATES) <= set(states_of("DE").names)
    assert set(KINDS) == set(Kind)
    assert set(STATUSES) == set(Status)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Filialnummer", "id"),
        ("FILIAL-NR", "id"),
        ("Partner", "partner"),
        ("Straße", "street"),
        ("STRASSE", "street"),
        ("Strasse", "street"),
        ("PLZ", "postcode"),
        ("Ort", "city"),
        ("Bundesland", "state"),
        ("Umbau\nab", "ready_from"),
        ("umbau_ab", "ready_from"),
        ("Fixtermin", "start"),
        ("Prioritaet", "priority"),
        ("Umsatz / Woche", "weekly_revenue"),
        ("weekly_revenue", "weekly_revenue"),
        ("Weekly Revenue", "weekly_revenue"),
        ("plan: start", None),
    ],
)
def test_headings(heading, column):
    [found] = match_headings([heading], {})
    assert found.column == column
    assert found.by is not MatchedBy.NOTHING


def test_every_documented_heading_is_understood():
    for target, words in SYNONYMS.items():
        for word in words:
            assert BY_NORMAL[normal(word)] == target


@pytest.mark.parametrize(
    ("column", "cell", "text"),
    [
        ("id", 1001.0, "1001"),
        ("id", 12.5, "12.5"),
        ("name", True, "yes"),
        ("name", date(2021, 9, 1), "2021-09-01"),
        ("name", datetime(2021, 9, 1, 14, 30), "2021-09-01 14:30:00"),  # noqa: DTZ001 - cells have no time zone
        ("name", time(12, 3), "12:03:00"),
        ("name", timedelta(days=1), "1 day, 0:00:00"),
        ("name", float("inf"), "inf"),
        ("ready_from", date(2021, 9, 1), "2021-09-01"),
        ("ready_from", datetime(2021, 9, 1, 14, 30), "2021-09-01"),  # noqa: DTZ001 - cells have no time zone
        ("ready_from", " 1.9.21 ", "2021-09-01"),
        ("ready_from", "Mi, 01.09.2021", "2021-09-01"),
        ("ready_from", "01.09.2021 00:00:00", "2021-09-01"),
        ("ready_from", "2021-09-01T00:00:00", "2021-09-01"),
        ("ready_from", "–", ""),
        ("ready_from", "sofort", "sofort"),
        ("state", "bayern", "BY"),
        ("state", "Freistaat  Bayern", "BY"),
        ("state", "by ", "BY"),
        ("state", "Baden-Wuerttemberg", "BW"),
        ("state", "NRW", "NW"),
        ("state", "Bavaria", "BY"),
        ("state", "Atlantis", "Atlantis"),
        ("kind", "Agentur", "agency"),
        ("status", "In Arbeit", "in_progress"),
        ("status", "zurückgestellt", "deferred"),
        ("status", "-", ""),
        ("catholic", "ja", "yes"),
        ("catholic", True, "yes"),
        ("catholic", False, "no"),
        ("catholic", 1.0, "yes"),
        ("catholic", "x", "yes"),
        ("format", " M ", "M"),
        ("format", 2.0, "2"),
        ("tags", "a\nb", "a|b"),
        ("tags", "a, b", "a, b"),
        ("after", 1001.0, "1001"),
        ("postcode", 1067.0, "01067"),
        ("postcode", KeptText("1067"), "1067"),
    ],
)
def test_cells(column, cell, text):
    assert read(column, cell) == (text, [])


def test_items_of_a_list_in_peoples_own_columns():
    assert read("tags", "pilot; mall, new\nbig|old", loose=frozenset({"tags"}))[0] == "pilot| mall| new|big|old"


def test_other_countries_have_their_own_states_and_postcodes():
    assert read("state", "Wien", "AT")[0] == "9"
    assert read("state", 9.0, "AT")[0] == "9"
    assert read("state", "Bavaria", "AT")[0] == "Bavaria"
    assert read("postcode", 1067.0, "AT")[0] == "1067"


@pytest.mark.parametrize(
    ("column", "cell", "says"),
    [
        ("ready_from", 44440.0, "2021-09-01"),
        ("ready_from", 1.5, "write a date"),
        ("ready_from", True, "no date"),
        ("priority", date(2021, 9, 1), "no number"),
        ("weekly_revenue", "12.000", "may be 12000 or 12.0000"),
        ("weekly_revenue", "12,000", "may be 12000 or 12.0000"),
    ],
)
def test_cells_that_are_none_of_their_kind(column, cell, says):
    text, [problem] = read(column, cell)
    assert text == ""
    assert says in problem
