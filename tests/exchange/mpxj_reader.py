"""`python -m tests.exchange.mpxj_reader FILE`: what MPXJ reads from a project, as JSON, in a process for its JVM.

Each task has its days as read, and as MPXJ's MicrosoftScheduler makes them anew.
"""

import json
import sys
from typing import Any

import jpype
import jpype.imports
import mpxj  # noqa: F401 - puts MPXJ's classes where Java finds them


def main(path: str) -> None:
    """Writes the project as JSON."""
    jpype.startJVM()
    scheduler: Any = jpype.JClass("org.mpxj.cpm.MicrosoftScheduler")
    reader: Any = jpype.JClass("org.mpxj.reader.UniversalProjectReader")
    project = reader().read(path)
    calendars = {
        str(calendar.getName()): [
            [str(item.getFromDate()), str(item.getToDate())] for item in calendar.getCalendarExceptions()
        ]
        for calendar in project.getCalendars()
    }
    resources = {str(item.getCode()): str(item.getGroup()) for item in project.getResources()}
    tasks = {int(task.getUniqueID()): as_read(task) for task in project.getTasks()}
    scheduler().schedule(project, project.getProjectProperties().getStartDate())
    for task in project.getTasks():
        tasks[int(task.getUniqueID())]["scheduled"] = days_of(task)
    json.dump({"tasks": tasks, "calendars": calendars, "resources": resources}, sys.stdout)


def days_of(task: Any) -> list[str]:
    """The first and the last day of a task."""
    return [str(task.getStart())[:10], str(task.getFinish())[:10]]


def as_read(task: Any) -> dict[str, object]:
    """A task's fields as Python values."""
    return {
        "name": str(task.getName()),
        "level": int(task.getOutlineLevel()),
        "days": days_of(task),
        "constraint": str(task.getConstraintType()),
        "calendar": str(task.getCalendar().getName()) if task.getCalendar() else "",
        "follows": [
            [int(link.getPredecessorTask().getUniqueID()), str(link.getLag())] for link in task.getPredecessors()
        ],
        "crews": {str(item.getResource().getCode()): float(item.getUnits()) for item in task.getResourceAssignments()},
    }


if __name__ == "__main__":
    main(sys.argv[1])
