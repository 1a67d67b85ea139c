"""The top line says which plan is shown, however long the rollout's name is."""

import pytest
from rich.cells import cell_len

from planner.ui.tabs import subject_text

LONG = "Umbauten der Filialen in Nord und Süd 2021/22"


@pytest.mark.parametrize("name", [LONG, "書店のリフォーム計画", "[@click=app.quit]", ""])
@pytest.mark.parametrize("room", [6, 7, 12, 20, 40, 100])
def test_the_name_is_cut_and_the_plan_stays(name: str, room: int) -> None:
    text = subject_text(name, "plan 7", room).plain
    assert text.endswith("plan 7")
    assert cell_len(text) <= room
    assert name in text or "…" in text or text == "plan 7"


def test_with_room_all_is_shown() -> None:
    assert subject_text(LONG, "plan 12", 80).plain == f"{LONG} · plan 12"
    assert subject_text(LONG, "plan 12", 16).plain == "Umbau… · plan 12"
    assert subject_text(LONG, "plan 12 · more-hands", 10).plain == "plan 12 ·…"
