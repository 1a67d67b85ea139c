"""The terminal's title: one sequence, whatever is in a name."""

import pytest

from planner.ui.terminal_title import title_sequence


@pytest.mark.parametrize("name", ["[/foo] & Söhne", "a\a\x1b]0;b", "a\nb\x9c", "\u202eab"])
def test_nothing_in_a_name_ends_or_begins_a_sequence(name: str) -> None:
    sequence = title_sequence(name)
    assert sequence.startswith("\x1b]2;")
    assert sequence.endswith(" · planner\a")
    assert sequence[len("\x1b]2;") : -1].isprintable()
