"""Crews that stand for one another, and how their units are shared out."""

from datetime import date
from random import Random
from typing import Any

import pytest

from planner.domain.crew import Absence, Crew
from planner.domain.rollout import Rollout
from planner.domain.shop import Shop, Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.scheduling.crew_classes import ClassVisit, CrewClass, crew_classes, share_out

TODAY = date(2021, 7, 13)
DAYS = 30


def crew(crew_id: str, **changes: Any) -> Crew:
    return Crew(
        **{"id": crew_id, "trade": "builder", "lat": 48.0, "lon": 11.0, "regions": ("North", "South"), **changes}
    )


def rollout_of(*crews: Crew, **changes: Any) -> Rollout:
    return Rollout(
        name="Small",
        today=TODAY,
        last=date(2021, 12, 31),
        formats=(ShopFormat(name="M", phases=(Phase(name="Build", days=1, crews={"builder": 1}),)),),
        crews=crews,
        **{"shops": (), **changes},
    )


def classes_of(*crews: Crew, **changes: Any) -> list[tuple[str, ...]]:
    """The ids of the crews of each class."""
    return [tuple(member.id for member in item.crews) for item in crew_classes(rollout_of(*crews, **changes))]


def test_equal_crews_form_one_class_with_all_their_units() -> None:
    crews = crew("B1", units=2), crew("B2", name="Meier", regions=("South", "North"))
    (only,) = crew_classes(rollout_of(*crews))
    assert (only.crews, only.units) == (crews, 3)


@pytest.mark.parametrize(
    "change",
    [
        {"trade": "fitter"},
        {"lat": 48.1},
        {"lon": None, "lat": None},
        {"regions": ("North",)},
        {"max_km": 50.0},
        {"first": TODAY},
        {"last": TODAY},
    ],
)
def test_crews_that_differ_are_classes_of_their_own(change: dict[str, Any]) -> None:
    assert classes_of(crew("B1"), crew("B2", **change), crew("B3")) == [("B1", "B3"), ("B2",)]


def test_a_crew_with_absences_is_a_class_of_its_own() -> None:
    absences = (Absence(crew="B2", first=TODAY, last=TODAY),)
    assert classes_of(crew("B1"), crew("B2"), crew("B3"), absences=absences) == [("B1", "B3"), ("B2",)]


@pytest.mark.parametrize(
    ("status", "classes"),
    [
        (Status.FIXED, [("B1",), ("B2",), ("B3", "B4")]),
        (Status.IN_PROGRESS, [("B1",), ("B2",), ("B3", "B4")]),
        (Status.DONE, [("B1", "B2", "B3", "B4")]),
    ],
)
def test_crews_that_a_standing_remodel_names_are_classes_of_their_own(
    status: Status, classes: list[tuple[str, ...]]
) -> None:
    shop = Shop(id="S1", format="M", status=status, start=TODAY, finish=TODAY, crews=("B1", "B2"))
    assert classes_of(crew("B1"), crew("B2"), crew("B3"), crew("B4"), shops=(shop,)) == classes


def random_class(random: Random) -> CrewClass:
    crews = tuple(crew(f"B{number}", units=random.randint(1, 3)) for number in range(random.randint(1, 5)))
    return CrewClass(crews, sum(member.units for member in crews))


def random_visits(random: Random, crew_class: CrewClass) -> list[ClassVisit]:
    """Visits in any order that on no day hold more units than the class has."""
    held = [0] * DAYS
    visits: list[ClassVisit] = []
    for number in range(80):
        first = random.randrange(DAYS)
        last = min(DAYS - 1, first + random.randint(0, 6))
        room = crew_class.units - max(held[first : last + 1])
        if room:
            units = random.randint(1, room)
            visits.append(ClassVisit((f"S{number}", 0), first, last, units))
            for day in range(first, last + 1):
                held[day] += units
    random.shuffle(visits)
    return visits


@pytest.mark.parametrize("seed", range(100))
def test_every_visit_gets_its_units_and_no_crew_more_than_it_has(seed: int) -> None:
    random = Random(seed)
    crew_class = random_class(random)
    visits = random_visits(random, crew_class)
    shared = share_out(crew_class, visits)
    assert {visit.key: visit.units for visit in visits} == {key: sum(crews.values()) for key, crews in shared.items()}
    for member in crew_class.crews:
        for day in range(DAYS):
            here = [shared[visit.key].get(member.id, 0) for visit in visits if visit.first <= day <= visit.last]
            assert sum(here) <= member.units


def test_a_visit_gets_one_crew_where_one_has_the_units() -> None:
    crew_class = CrewClass((crew("B1", units=1), crew("B2", units=3), crew("B3", units=2)), 6)
    assert share_out(crew_class, [ClassVisit(("S1", 0), 0, 2, 2)]) == {("S1", 0): {"B3": 2}}


def test_more_units_than_the_class_has_are_an_error() -> None:
    crew_class = CrewClass((crew("B1"), crew("B2")), 2)
    visits = [ClassVisit(("S1", 0), 0, 2, 2), ClassVisit(("S2", 0), 2, 3, 1)]
    with pytest.raises(ValueError, match="1 more units than it has"):
        share_out(crew_class, visits)
