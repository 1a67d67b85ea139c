"""The visits and the closed phases of a format."""

import pytest

from planner.domain.shop_format import Phase, ShopFormat, VisitNeed


def format_of(*needs: dict[str, int], closed: tuple[bool, ...] = ()) -> ShopFormat:
    """A format with a phase for each of `needs`."""
    shut = closed or (True,) * len(needs)
    phases = [
        Phase(name=f"Phase {number}", days=1, crews=crews, closed=is_closed)
        for number, (crews, is_closed) in enumerate(zip(needs, shut, strict=True))
    ]
    return ShopFormat(name="M", phases=tuple(phases))


def test_phases_in_a_row_with_the_same_need_are_one_visit() -> None:
    shop_format = format_of({"builder": 2}, {"builder": 2, "fitter": 1}, {"builder": 2})
    assert set(shop_format.visits) == {VisitNeed("builder", 2, 0, 2), VisitNeed("fitter", 1, 1, 1)}


def test_another_number_of_units_is_another_visit() -> None:
    shop_format = format_of({"builder": 1}, {"builder": 2}, {"builder": 2})
    assert shop_format.visits == (VisitNeed("builder", 1, 0, 0), VisitNeed("builder", 2, 1, 2))


def test_a_phase_without_the_trade_ends_a_visit() -> None:
    shop_format = format_of({"builder": 1}, {}, {"builder": 1})
    assert shop_format.visits == (VisitNeed("builder", 1, 0, 0), VisitNeed("builder", 1, 2, 2))


def test_no_visits_where_nobody_is_needed() -> None:
    assert format_of({}, {}).visits == ()


@pytest.mark.parametrize(
    ("closed", "span"),
    [
        ((True,), (0, 0)),
        ((False, True, True), (1, 2)),
        ((False, True, False, True, False), (1, 3)),
        ((False, False), None),
    ],
)
def test_closed_phases_run_from_the_first_to_the_last(closed: tuple[bool, ...], span: tuple[int, int] | None) -> None:
    assert format_of(*({} for _ in closed), closed=closed).closed_phases == span
