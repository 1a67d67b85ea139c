"""How many shops are finished by the end of each week."""

from datetime import date

from planner.domain.rules import Milestone
from planner.domain.shop import Status
from planner.exchange.milestone_figures import Week, burn_up, milestone_figures
from tests.domain.small import TUESDAY, small_rollout, small_shop
from tests.studies.made_plans import made_plan, milestone, remodel

DONE = small_shop("S1", status=Status.DONE, finish=date(2021, 7, 5))
ROLLOUT = small_rollout(
    DONE,
    small_shop("S2"),
    small_shop("S3"),
    milestones=(Milestone(name="August", by=date(2021, 8, 1), target=3),),
)
PLAN = made_plan(
    remodels=(
        remodel("S2", TUESDAY, date(2021, 7, 18)),
        remodel("S3", date(2021, 7, 19), date(2021, 7, 19)),
    )
)


def test_weeks_from_the_first_done_to_the_last_milestone() -> None:
    assert burn_up(ROLLOUT, PLAN) == [
        Week(date(2021, 7, 11), 1, 1),
        Week(date(2021, 7, 18), 1, 2),
        Week(date(2021, 7, 25), None, 3),
        Week(date(2021, 8, 1), None, 3),
    ]


def test_without_a_plan_only_what_is_done_counts() -> None:
    assert {week.finished for week in burn_up(ROLLOUT, None)} == {1}
    (figures,) = milestone_figures(ROLLOUT, None)
    assert (figures.done, figures.planned, figures.short) == (1, 0, 2)


def test_what_is_done_is_no_part_of_what_is_planned() -> None:
    (figures,) = milestone_figures(ROLLOUT, made_plan(milestones=(milestone(3, 3),)))
    assert (figures.done, figures.planned, figures.total, figures.short) == (1, 2, 3, 0)
