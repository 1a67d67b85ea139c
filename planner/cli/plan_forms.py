"""The forms in which a plan leaves the program for people to look at, or for other planners."""

from planner.cli.plan_file import PlanForm
from planner.domain.plan import Plan
from planner.exchange.mspdi import plan_to_mspdi
from planner.exchange.report.page import report_to_html
from planner.wording.amounts import number_text
from planner.wording.language import Language
from planner.wording.translation import ngettext


def report_form(language: Language) -> PlanForm:
    """A page to look at; an infeasible plan has one too, with its conflicts."""
    return PlanForm(
        name="report.html", content=lambda rollout, plan: report_to_html(rollout, plan, language), with_dates=False
    )


def project_form() -> PlanForm:
    """MS Project XML; shops without a date have no place in it."""
    return PlanForm(name="project.xml", content=plan_to_mspdi, note=_left_out)


def _left_out(plan: Plan) -> str:
    if not plan.unplanned:
        return ""
    text = ngettext(
        "{number} shop without a date left out.", "{number} shops without a date left out.", len(plan.unplanned)
    )
    return text.format(number=number_text(len(plan.unplanned)))
