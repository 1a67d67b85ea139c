"""Which calendar an event goes into, and what its file is called."""

import re
from pathlib import Path

import pytest

from planner.exchange.ical_events import EventKind
from planner.exchange.ical_selection import Audience, Selection, default_kinds, file_names, split_by
from tests.exchange.calendar_world import EVENTS, ROLLOUT

HARD_NAMES = [
    "B1",
    "b1",
    "a/b",
    "../x",
    "CON",
    "ä ö",
    "",
    "x" * 300,
    "a:b",
    "a\nb",
    "👩‍👩‍👧",
    "a b",
    "a-b",
    ".",
    "..",
    "nul.",
]


def test_everybody_together_has_every_event_and_nobody_anothers() -> None:
    for audience in (Audience.PARTNER, Audience.REGION, Audience.SHOP):
        calendars = split_by(audience, ROLLOUT, EVENTS)
        assert sorted(event.uid for events in calendars.values() for event in events) == sorted(
            event.uid for event in EVENTS
        )
    for crew, events in split_by(Audience.CREW, ROLLOUT, EVENTS).items():
        assert all(crew in event.crews for event in events)
    assert "B2" not in split_by(Audience.CREW, ROLLOUT, EVENTS)


def test_a_selection_asks_all_its_questions() -> None:
    def chosen(selection: Selection) -> set[str]:
        return {event.shop for event in EVENTS if selection.takes(ROLLOUT, event)}

    east, elbe = frozenset({"East"}), frozenset({"Elbe Mobil"})
    assert chosen(Selection(only={})) == {shop.id for shop in ROLLOUT.shops}
    assert chosen(Selection(only={Audience.REGION: east})) == {"S1", "S3", "S5", "S7"}
    assert chosen(Selection(only={Audience.REGION: east, Audience.PARTNER: elbe})) == set()
    assert chosen(Selection(only={Audience.REGION: east}, is_wanted=lambda shop: shop.id == "S3")) == {"S3"}


def test_crews_are_shown_when_they_come_and_others_everything() -> None:
    assert default_kinds([Audience.CREW]) == {EventKind.VISITS, EventKind.SURVEY}
    assert default_kinds([Audience.PARTNER]) == default_kinds([]) == set(EventKind)


def test_file_names_are_safe_and_differ_on_every_file_system(tmp_path: Path) -> None:
    names = file_names(Audience.CREW, HARD_NAMES)
    assert names["a-b"] == "crew-a-b.ics"
    assert len({name.casefold() for name in names.values()}) == len(HARD_NAMES)
    for name in names.values():
        assert re.fullmatch(r"crew-[\w.-]{0,80}\.ics", name)
        (tmp_path / name).write_bytes(b"")
    assert len(list(tmp_path.iterdir())) == len(HARD_NAMES)
    assert file_names(Audience.CREW, reversed(HARD_NAMES)) == names


@pytest.mark.parametrize("audience", Audience)
def test_all_names_are_those_events_can_concern(audience: Audience) -> None:
    known = set(audience.all_names(ROLLOUT))
    assert {name for event in EVENTS for name in audience.names(ROLLOUT, event)} <= known
