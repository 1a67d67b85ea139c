"""An MSPDI project: its header, and its tasks, resources and assignments as XML.

Source: Microsoft's schema of the Project XML data interchange format (mspdi_pj12.xsd), whose order of elements this
keeps.
"""

from xml.etree.ElementTree import Element, SubElement, indent, tostring

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.exchange.mspdi.calendars import STANDARD_UID, ProjectCalendars
from planner.exchange.mspdi.elements import EVENING, HOURS_A_DAY, MORNING, Value, add_all, evening, hours, morning
from planner.exchange.mspdi.resources import add_resources
from planner.exchange.mspdi.tasks import Task, project_tasks

NAMESPACE = "http://schemas.microsoft.com/project"
PROJECT_2007 = 12
MINUTES_A_DAY = HOURS_A_DAY * 60
TENTHS_OF_A_MINUTE_A_DAY = MINUTES_A_DAY * 10
FIXED_DURATION = 1
IN_DAYS = 7
FINISH_TO_START = 1
AS_SOON_AS_POSSIBLE = 0
MUST_START_ON = 2
START_NO_EARLIER_THAN = 4
NORMAL_PRIORITY = 500


def plan_to_mspdi(rollout: Rollout, plan: Plan) -> bytes:
    """A plan of `rollout` as MS Project XML; the same plan gives the same bytes.

    Each remodel is a summary task with a task for each phase, in the calendar of its shop and with its crews assigned
    (a crew that stays through a wait between phases is assigned to the phases only). Phases are linked with their
    shortest wait, shops with those they come after. Fixed and begun remodels must start on their day; other phases
    start no earlier than planned, so that the dates stay as they are until somebody moves one. A begun remodel that is
    held up until a day off ends on it as read; a program that schedules anew ends it on the working day before. Shops
    without a date are not in it.
    """
    calendars = ProjectCalendars(rollout)
    tasks = project_tasks(rollout, plan, calendars)
    project = Element("Project", {"xmlns": NAMESPACE})
    _add_header(project, rollout, plan, tasks[0])
    calendars.add_to(project)
    elements = SubElement(project, "Tasks")
    for place, task in enumerate(tasks):
        _add_task(elements, place, task)
    crews = add_resources(project, rollout, calendars)
    _add_assignments(project, tasks, crews)
    indent(project)
    content: bytes = tostring(project, encoding="UTF-8", xml_declaration=True)
    return content


def _add_header(project: Element, rollout: Rollout, plan: Plan, whole: Task) -> None:
    add_all(
        project,
        {
            "SaveVersion": PROJECT_2007,
            "Name": "project.xml",
            "Title": rollout.name,
            "ScheduleFromStart": 1,
            "StartDate": morning(whole.first),
            "FinishDate": evening(whole.last),
            "CalendarUID": STANDARD_UID,
            "DefaultStartTime": MORNING,
            "DefaultFinishTime": EVENING,
            "MinutesPerDay": MINUTES_A_DAY,
            "MinutesPerWeek": MINUTES_A_DAY * len(rollout.workdays),
            "DefaultTaskType": FIXED_DURATION,
            "HonorConstraints": 1,
            "NewTasksEffortDriven": 0,
            "WeekStartDay": 1,
            "CurrentDate": morning(plan.today),
        },
    )


def _add_task(tasks: Element, place: int, task: Task) -> None:
    is_point = task.working_days == 0 and not task.is_summary
    start = evening(task.first) if is_point else morning(task.first)
    element = SubElement(tasks, "Task")
    add_all(
        element,
        {
            "UID": task.uid,
            "ID": place,
            "Name": task.name,
            "Type": FIXED_DURATION,
            "IsNull": 0,
            "WBS": task.number,
            "OutlineNumber": task.number,
            "OutlineLevel": 0 if task.uid == 0 else task.number.count(".") + 1,
            "Priority": NORMAL_PRIORITY,
            "Start": start,
            "Finish": evening(task.last),
            "Duration": hours(task.working_days),
            "DurationFormat": IN_DAYS,
            "EffortDriven": 0,
            "Estimated": 0,
            "Milestone": int(is_point),
            "Summary": int(task.is_summary),
            **_progress(task, start),
            **_constraint(task, start),
            "Deadline": None if task.deadline is None else evening(task.deadline),
            "IgnoreResourceCalendar": int(task.phase is not None),
            "Notes": task.notes or None,
        },
    )
    for link in task.links:
        add_all(
            SubElement(element, "PredecessorLink"),
            {
                "PredecessorUID": link.predecessor,
                "Type": FINISH_TO_START,
                "LinkLag": link.wait_days * TENTHS_OF_A_MINUTE_A_DAY,
                "LagFormat": IN_DAYS,
            },
        )


def _progress(task: Task, start: str) -> dict[str, Value | None]:
    """What is done of a task; summaries have what their phases have."""
    if task.is_summary:
        return {}
    if task.done_days is None:
        return {"PercentComplete": 0, "ActualDuration": hours(0), "RemainingDuration": hours(task.working_days)}
    left = task.working_days - task.done_days
    return {
        "PercentComplete": 100 * task.done_days // task.working_days if left else 100,
        "ActualStart": start,
        "ActualFinish": None if left else evening(task.last),
        "ActualDuration": hours(task.done_days),
        "RemainingDuration": hours(left),
    }


def _constraint(task: Task, start: str) -> dict[str, Value | None]:
    calendar: dict[str, Value | None] = {"CalendarUID": task.calendar}
    if task.is_summary:
        return {"ConstraintType": AS_SOON_AS_POSSIBLE, **calendar}
    kind = MUST_START_ON if task.must_start else START_NO_EARLIER_THAN
    return {"ConstraintType": kind, **calendar, "ConstraintDate": start}


def _add_assignments(project: Element, tasks: list[Task], crews: dict[str, int]) -> None:
    assignments = SubElement(project, "Assignments")
    sent = (
        (task, crews[crew], units)
        for task in tasks
        if task.phase is not None
        for crew, units in task.phase.crews.items()
    )
    for uid, (task, crew, units) in enumerate(sent, 1):
        done = task.done_days or 0
        add_all(
            SubElement(assignments, "Assignment"),
            {
                "UID": uid,
                "TaskUID": task.uid,
                "ResourceUID": crew,
                "ActualWork": hours(done * units),
                "Finish": evening(task.last),
                "RemainingWork": hours((task.working_days - done) * units),
                "Start": morning(task.first),
                "Units": units,
                "Work": hours(task.working_days * units),
            },
        )
