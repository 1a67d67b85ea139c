"""The line of the planning panel says as much as there is room for, and cuts nothing."""

import pytest

from planner.ui.planning.panel import Part, fitting

PARTS = [
    Part(4, "Mehr Teams 東京"),
    Part(0, "Improving: 47 s left"),
    Part(0, "best 8,150,765 EUR"),
    Part(1, "gap 0.84 %"),
    Part(3, "bound 8,082,000 EUR"),
    Part(2, "█▆▄▂▁"),
]


@pytest.mark.parametrize(
    ("room", "expected"),
    [
        (105, "Mehr Teams 東京  Improving: 47 s left  best 8,150,765 EUR  gap 0.84 %  bound 8,082,000 EUR  █▆▄▂▁"),
        (90, "Improving: 47 s left  best 8,150,765 EUR  gap 0.84 %  bound 8,082,000 EUR  █▆▄▂▁"),
        (72, "Improving: 47 s left  best 8,150,765 EUR  gap 0.84 %  █▆▄▂▁"),
        (52, "Improving: 47 s left  best 8,150,765 EUR  gap 0.84 %"),
        (40, "Improving: 47 s left  best 8,150,765 EUR"),
        (10, "Improving: 47 s left"),
    ],
)
def test_what_matters_most_stays(room: int, expected: str) -> None:
    assert fitting(PARTS, room) == expected


def test_room_is_counted_in_cells() -> None:
    assert fitting([Part(0, "ab"), Part(1, "東京")], 8) == "ab  東京"
    assert fitting([Part(0, "ab"), Part(1, "東京")], 7) == "ab"
