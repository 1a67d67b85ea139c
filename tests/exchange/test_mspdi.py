"""MS Project XML, read back by a parser that knows nothing of the writer."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from planner.domain.crew import Absence, Crew
from planner.domain.plan import Plan, RemodelStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.exchange.mspdi import plan_to_mspdi

from .made_plan import NASTY, made_plan, made_rollout, nasty_plan

NAMESPACE = {"p": "http://schemas.microsoft.com/project"}
Record = dict[str, str]


class Project:
    """The records of a file, each a mapping of its elements to their text."""

    def __init__(self, content: bytes) -> None:
        self.root = ET.fromstring(content)
        self.tasks = self.records("Tasks/Task")
        self.resources = self.records("Resources/Resource")
        self.assignments = self.records("Assignments/Assignment")
        self.task = {task["UID"]: task for task in self.tasks}
        self.links = {
            task.findtext("p:UID", "", NAMESPACE): [
                {item.tag.split("}")[1]: item.text or "" for item in link}
                for link in task.findall("p:PredecessorLink", NAMESPACE)
            ]
            for task in self.root.findall("p:Tasks/p:Task", NAMESPACE)
        }

    def records(self, path: str) -> list[Record]:
        elements = self.root.findall("/".join(f"p:{part}" for part in path.split("/")), NAMESPACE)
        return [{item.tag.split("}")[1]: item.text or "" for item in element if not len(item)} for element in elements]

    def days_off(self, name: str) -> set[date]:
        """The exceptions of a calendar, day by day."""
        [calendar] = [
            item
            for item in self.root.findall("p:Calendars/p:Calendar", NAMESPACE)
            if item.findtext("p:Name", "", NAMESPACE) == name
        ]
        days: set[date] = set()
        for period in calendar.findall("p:Exceptions/p:Exception/p:TimePeriod", NAMESPACE):
            first, last = (
                datetime.fromisoformat(period.findtext(f"p:{end}Date", "", NAMESPACE)) for end in ("From", "To")
            )
            run = {first.date() + timedelta(days=number) for number in range((last - first).days + 1)}
            assert not run & days, "exceptions overlap"
            days |= run
        return days

    def phases_of(self, shop: str) -> list[Record]:
        [summary] = [task for task in self.tasks if task["Name"].split(" ")[0] == shop]
        return [task for task in self.tasks if task["OutlineNumber"].startswith(f"{summary['OutlineNumber']}.")]


@pytest.fixture(scope="module")
def usual() -> tuple[Rollout, Plan]:
    rollout = made_rollout(80)
    return rollout, made_plan(rollout)


@pytest.fixture(scope="module")
def project(usual: tuple[Rollout, Plan]) -> Project:
    return Project(plan_to_mspdi(*usual))


def test_each_remodel_is_a_task_with_its_phases_on_their_days(usual: tuple[Rollout, Plan], project: Project) -> None:
    for remodel in usual[1].remodels:
        phases = project.phases_of(remodel.shop)
        assert [(task["Name"], task["Start"][:10], task["Finish"][:10]) for task in phases] == [
            (phase.name, phase.first.isoformat(), phase.last.isoformat()) for phase in remodel.phases
        ]
        [summary] = [task for task in project.tasks if task["Name"].startswith(f"{remodel.shop} ")]
        assert (summary["Summary"], summary["OutlineLevel"]) == ("1", "1")
        assert (summary["Start"], summary["Finish"]) == (phases[0]["Start"], phases[-1]["Finish"])


def test_durations_are_working_days(usual: tuple[Rollout, Plan], project: Project) -> None:
    rollout, plan = usual
    for remodel in plan.remodels:
        if remodel.status is RemodelStatus.PLANNED:
            days = [phase.days for phase in rollout.format_of(rollout.shop_by_id[remodel.shop]).phases]
            assert [task["Duration"] for task in project.phases_of(remodel.shop)] == [
                f"PT{8 * count}H0M0S" for count in days
            ]


def test_phases_are_linked_with_their_shortest_wait(usual: tuple[Rollout, Plan], project: Project) -> None:
    remodel = next(item for item in usual[1].remodels if len(item.phases) == 3)
    first, second, third = (task["UID"] for task in project.phases_of(remodel.shop))
    assert project.links[first] == []
    [link] = project.links[second]
    assert link == {"PredecessorUID": first, "Type": "1", "LinkLag": str(5 * 8 * 60 * 10), "LagFormat": "7"}
    assert [(link["PredecessorUID"], link["LinkLag"]) for link in project.links[third]] == [(second, "0")]


def test_a_shop_follows_those_it_comes_after() -> None:
    rollout = made_rollout(80)
    plan = made_plan(rollout)
    done = next(shop for shop in rollout.shops if shop.status is Status.DONE)
    early, late = (min(plan.remodels, key=lambda item: item.start), max(plan.remodels, key=lambda item: item.start))
    undated = plan.unplanned[0].shop
    shops = tuple(
        replace(shop, after=(done.id, early.shop, undated)) if shop.id == late.shop else shop for shop in rollout.shops
    )
    project = Project(plan_to_mspdi(replace(rollout, shops=shops), plan))
    links = project.links[project.phases_of(late.shop)[0]["UID"]]
    followed = [project.task[link["PredecessorUID"]] for link in links]
    assert followed[0]["Name"].startswith(f"{done.id} ")
    assert followed[1] == project.phases_of(early.shop)[-1]
    assert len(followed) == 2


def test_only_given_starts_must_be_kept(usual: tuple[Rollout, Plan], project: Project) -> None:
    for remodel in usual[1].remodels:
        kinds = [task["ConstraintType"] for task in project.phases_of(remodel.shop)]
        is_given = remodel.status is not RemodelStatus.PLANNED
        assert kinds == ["2" if is_given else "4", *["4"] * (len(kinds) - 1)]
        for task in project.phases_of(remodel.shop):
            assert task["ConstraintDate"] == task["Start"]


def test_crews_are_assigned_to_the_phases_they_serve(usual: tuple[Rollout, Plan], project: Project) -> None:
    code = {resource["UID"]: resource["Code"] for resource in project.resources}
    sent = {(item["TaskUID"], code[item["ResourceUID"]]): item["Units"] for item in project.assignments}
    wanted = {
        (task["UID"], crew): str(units)
        for remodel in usual[1].remodels
        for task, phase in zip(project.phases_of(remodel.shop), remodel.phases, strict=True)
        for crew, units in phase.crews.items()
    }
    assert sent == wanted
    assert {item["Code"]: item["Group"] for item in project.resources} == {
        crew.id: crew.trade for crew in usual[0].crews
    }


def test_each_state_has_its_holidays_and_all_have_the_shutdown(project: Project) -> None:
    epiphany, corpus_christi = date(2022, 1, 6), date(2022, 6, 16)
    bavaria, hamburg, standard = (project.days_off(name) for name in ("Shops in BY", "Shops in HH", "Standard"))
    assert {epiphany, corpus_christi} <= bavaria
    assert not {epiphany, corpus_christi} & hamburg
    assert date(2022, 10, 31) in hamburg - standard
    shutdown = {date(2021, 12, 24) + timedelta(days=number) for number in range(10)}
    assert shutdown <= bavaria & hamburg & standard


def test_a_crew_is_away_when_all_of_it_is(usual: tuple[Rollout, Plan], project: Project) -> None:
    holiday = {date(2021, 8, day) for day in range(2, 7)}
    whole, part = usual[0].absences
    assert project.days_off(whole.crew) == holiday
    assert project.days_off(part.crew) == set()


def test_units_change_with_absences_and_dates() -> None:
    rollout = made_rollout(10)
    crew = Crew(id="X", trade="builder", units=3, first=date(2021, 8, 1), last=date(2021, 8, 31))
    away = Absence(crew="X", first=date(2021, 8, 9), last=date(2021, 8, 13), units=1)
    with_crew = replace(rollout, crews=(*rollout.crews, crew), absences=(away,))
    project = Project(plan_to_mspdi(with_crew, made_plan(rollout)))
    periods = project.records("Resources/Resource/AvailabilityPeriods/AvailabilityPeriod")
    assert [(item["AvailableFrom"][:10], item["AvailableTo"][:10], item["AvailableUnits"]) for item in periods] == [
        ("2021-08-01", "2021-08-08", "3"),
        ("2021-08-09", "2021-08-13", "2"),
        ("2021-08-14", "2021-08-31", "3"),
    ]


def test_what_is_over_is_done(usual: tuple[Rollout, Plan], project: Project) -> None:
    today = usual[1].today
    begun = [remodel for remodel in usual[1].remodels if remodel.status is RemodelStatus.IN_PROGRESS]
    assert begun
    for remodel in begun:
        for task, phase in zip(project.phases_of(remodel.shop), remodel.phases, strict=True):
            assert (task.get("PercentComplete") == "100") == (phase.last < today)
            assert ("ActualStart" in task) == (phase.first < today)
    for shop in usual[0].shops:
        if shop.status is Status.DONE:
            [task] = [task for task in project.tasks if task["Name"].startswith(f"{shop.id} ")]
            assert (task["PercentComplete"], task["Finish"][:10]) == ("100", str(shop.finish))


def test_milestones_are_points_in_time(project: Project) -> None:
    [task] = [task for task in project.tasks if task["Name"].startswith("Year end")]
    assert (task["Milestone"], task["Duration"], task["Finish"]) == ("1", "PT0H0M0S", "2021-12-31T17:00:00")


def test_shops_without_a_date_and_left_out_are_not_in_it(usual: tuple[Rollout, Plan], project: Project) -> None:
    named = {task["Name"].split(" ")[0] for task in project.tasks}
    missing = {shop.id for shop in usual[0].shops} - named
    assert missing == {item.shop for item in usual[1].unplanned} | {
        shop.id for shop in usual[0].shops if shop.is_dropped
    }


def test_numbers_of_tasks_and_calendars_are_their_own(project: Project) -> None:
    for records in (project.tasks, project.resources, project.assignments, project.records("Calendars/Calendar")):
        uids = [record["UID"] for record in records]
        assert len(uids) == len(set(uids))
    calendars = {record["UID"] for record in project.records("Calendars/Calendar")}
    assert {item["CalendarUID"] for item in [*project.tasks, *project.resources] if "CalendarUID" in item} <= calendars


def test_the_worst_names_are_text() -> None:
    rollout, plan = nasty_plan()
    worst = (*rollout.crews[1:], replace(rollout.crews[0], name="a\x00b\x1b[31m\ufffe [x], y; z"))
    project = Project(plan_to_mspdi(replace(rollout, crews=worst), plan))
    assert project.root.findtext("p:Title", "", NAMESPACE) == NASTY[0]
    names = {shop.id: f"{shop.id} {shop.name}" for shop in rollout.shops}
    assert {task["Name"] for task in project.tasks if task["OutlineLevel"] == "1"} & set(names.values())
    for resource in project.resources:
        assert not set("[],;\x00\x1b\ufffe") & set(resource["Name"])


def test_the_same_plan_gives_the_same_file(usual: tuple[Rollout, Plan]) -> None:
    again = made_rollout(80)
    assert plan_to_mspdi(*usual) == plan_to_mspdi(again, made_plan(again))
