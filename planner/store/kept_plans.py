"""The plans of a rollout in the store: drafts, publication, and what differs between two of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from planner.domain.plan import Plan, PlanStatus
from planner.domain.plan_difference import PlanDifference, difference
from planner.domain.rollout import Rollout
from planner.exchange.problems import InputError
from planner.store import journal, plans, scenarios
from planner.store.database import Database
from planner.store.editing import make_changes
from planner.store.errors import BusyError, NotAllowedError, NotFoundError
from planner.store.publications import before_publication
from planner.store.reading import whole_rollout
from planner.store.records import Action, Entry, PlanInfo
from planner.store.state import state_at
from planner.store.writing import Note
from planner.wording.kept import kept
from planner.wording.translation import gettext

if TYPE_CHECKING:
    # Only a type: a screen that shows a plan does not wait for the checker.
    from planner.review.check import Violation

ATTEMPTS = 3
MAX_SHOWN = 10


class FailedCheckError(NotAllowedError):
    """A plan that breaks rules of the rollout; `violations` has each. It was not kept, or not published."""

    def __init__(self, sentence: str, violations: "tuple[Violation, ...]") -> None:
        lines = [f"{violation.rule}: {violation.text}" for violation in violations[:MAX_SHOWN]]
        if len(violations) > MAX_SHOWN:
            lines.append(gettext("… and {number} more").format(number=len(violations) - MAX_SHOWN))
        super().__init__("\n".join((sentence, *lines)))
        self.violations = violations


@dataclass(frozen=True, slots=True)
class PlanToUse:
    """A plan, the rollout as it is now, and the one to check the plan against.

    Publishing a plan makes its starts the published ones, so that none departs from them any more. Therefore a plan
    that was published is checked `against` the published starts of before; a draft against the rollout as it is now.
    """

    plan: Plan
    rollout: Rollout
    against: Rollout


class KeptPlans:
    """The plans of the rollout in row `pk`. Each method is a transaction of its own."""

    def __init__(self, database: Database, pk: int, who: str) -> None:
        self._database = database
        self._pk = pk
        self._who = who

    def keep(
        self, rollout: Rollout, plan: Plan, based_on: int, note: str = "", *, scenario: Sequence[str] = ()
    ) -> PlanInfo:
        """Keeps a plan of `rollout`, as it was at revision `based_on`, as a draft.

        `scenario` are the names of the scenarios that `Backlog.under` applied to get `rollout`. A plan that was made
        under one says so for good. Raises FailedCheckError where it breaks a rule, NotAllowedError where it is none
        (`infeasible`).
        """
        from planner.review.check import check  # noqa: PLC0415 - see above

        scenario = tuple(scenario) or plan.scenario or ()
        plan = replace(plan, scenario=plan.scenario or tuple(scenario) or None)
        if plan.status is PlanStatus.INFEASIBLE:
            raise NotAllowedError(gettext("Fixed dates conflict, so there is no plan to keep."))
        violations = check(rollout, plan)
        if violations:
            raise FailedCheckError(gettext("The plan failed its check, so it was not kept:"), violations)
        with self._database.writing() as connection:
            state = state_at(connection, self._pk, locked=True)
            number = plans.keep_draft(connection, state, plan, based_on, self._who, note, scenario)
            return plans.plan_info(connection, state, number)

    def all(self, *, with_dropped: bool = False) -> list[PlanInfo]:
        """The plans, the newest first."""
        with self._database.reading() as connection:
            return plans.plan_infos(connection, state_at(connection, self._pk), with_dropped=with_dropped)

    def info(self, number: int) -> PlanInfo:
        """A plan's figures; raises NotFoundError."""
        with self._database.reading() as connection:
            return plans.plan_info(connection, state_at(connection, self._pk), number)

    def plan(self, number: int) -> Plan:
        """A plan as it was kept; raises NotFoundError."""
        with self._database.reading() as connection:
            return plans.plan_of(connection, state_at(connection, self._pk), number)

    def to_use(self, number: int) -> PlanToUse:
        """A plan with what it is to be checked against before it goes out to anybody; raises NotFoundError.

        A draft made under scenarios is one of the rollout with these applied; raises InputError where they no longer
        fit it.
        """
        with self._database.reading() as connection:
            state = state_at(connection, self._pk)
            plan = plans.plan_of(connection, state, number)
            info = plans.plan_info(connection, state, number)
            if not info.scenario or info.published_at is not None:
                rollout = whole_rollout(connection, state)
                return PlanToUse(plan, rollout, before_publication(connection, state, number, rollout))
            base, texts = scenarios.read_base(connection, state), scenarios.texts_of(connection, state)
        under = scenarios.applied(base, state.revision, texts, info.scenario).rollout
        return PlanToUse(plan, under, under)

    def to_show(self, number: int) -> PlanToUse:
        """A plan to look at; where its scenarios are gone or no longer fit, with the rollout as it is now.

        Raises NotFoundError where there is no such plan.
        """
        try:
            return self.to_use(number)
        except (NotFoundError, InputError):
            plan = self.plan(number)
            with self._database.reading() as connection:
                rollout = whole_rollout(connection, state_at(connection, self._pk))
            return PlanToUse(plan, rollout, rollout)

    def checked_against(self, number: int, rollout: Rollout) -> Rollout:
        """What a plan of the rollout as it is now, without scenarios, is checked against; see PlanToUse."""
        with self._database.reading() as connection:
            return before_publication(connection, state_at(connection, self._pk), number, rollout)

    def newest(self) -> PlanInfo | None:
        """The newest plan of the rollout as it is, or else under a scenario; None where there is none."""
        infos = self.all()
        return next((info for info in infos if not info.scenario), infos[0] if infos else None)

    def document(self, number: int) -> str:
        """A plan's plan.json, byte for byte as it was made; raises NotFoundError."""
        with self._database.reading() as connection:
            return plans.plan_document(connection, state_at(connection, self._pk), number)

    def baseline(self) -> int | None:
        """The number of the plan that was published last; None before the first publication."""
        with self._database.reading() as connection:
            return plans.baseline_number(connection, state_at(connection, self._pk))

    def difference(self, before: int, after: int) -> PlanDifference:
        """What differs from one plan to another; raises NotFoundError."""
        with self._database.reading() as connection:
            state = state_at(connection, self._pk)
            return difference(plans.plan_of(connection, state, before), plans.plan_of(connection, state, after))

    def drop(self, number: int, why: str = "") -> Entry:
        """Drops a draft, which an undo brings back; raises NotAllowedError for a plan that was published."""
        with self._database.writing() as connection:
            state = state_at(connection, self._pk, locked=True)
            revision = plans.drop_draft(connection, state, number, self._who, why)
            journal.drop_redos(connection, state, self._who)
            return journal.entry_at(connection, state, revision)

    def annotate(self, number: int, text: str) -> Entry:
        """Notes what a plan is for, in the place of the note it had; undo takes that back. Raises NotFoundError."""
        with self._database.writing() as connection:
            state = state_at(connection, self._pk, locked=True)
            revision = plans.annotate(connection, state, number, text, self._who)
            journal.drop_redos(connection, state, self._who)
            return journal.entry_at(connection, state, revision)

    def starts_to_publish(self, number: int) -> dict[str, tuple[date | None, date | None]]:
        """The shops whose published start publishing a plan would change, each with the one now and the one then.

        Raises NotFoundError, and NotAllowedError where the plan cannot be published.
        """
        with self._database.reading() as connection:
            state = state_at(connection, self._pk)
            plans.check_publishable(plans.plan_info(connection, state, number))
            plan = plans.plan_of(connection, state, number)
            rollout = whole_rollout(connection, state)
        published = {shop.id: shop.published_start for shop in rollout.shops}
        return plans.changed_starts(plan, published)

    def publish(self, number: int, why: str = "") -> Entry:
        """Makes a draft the baseline: each shop's published start becomes the plan's. It cannot be undone.

        The plan is checked against the rollout as it is now, with no lock held meanwhile; raises FailedCheckError
        where later changes have made it wrong.
        """
        from planner.review.check import check  # noqa: PLC0415 - see above

        for _ in range(ATTEMPTS):
            with self._database.reading() as connection:
                state = state_at(connection, self._pk)
                info = plans.plan_info(connection, state, number)
                plans.check_publishable(info)
                plan = plans.plan_of(connection, state, number)
                rollout = whole_rollout(connection, state)
            violations = check(rollout, plan)
            if violations:
                raise FailedCheckError(_unfit(info), violations)
            entry = self._publish(number, plan, rollout, state.revision, why)
            if entry is not None:
                return entry
        raise BusyError(gettext("Others keep changing the rollout; nothing was published. Try again in a moment."))

    def _publish(self, number: int, plan: Plan, rollout: Rollout, checked_at: int, why: str) -> Entry | None:
        """Publishes a plan that was checked at a revision; None where there has been a change since."""
        with self._database.writing() as connection:
            state = state_at(connection, self._pk, locked=True)
            if state.revision != checked_at:
                return None
            published: dict[str, date | None] = {shop.id: shop.published_start for shop in rollout.shops}
            changes, checked = make_changes(connection, state, plans.published_starts(plan, published))
            what = kept("plan {plan} published", plan=str(number))
            note = Note(who=self._who, action=Action.PUBLISH, what=what, why=why)
            revision = plans.publish(connection, state, number, changes, checked, note)
            journal.drop_redos(connection, state, self._who)
            return journal.entry_at(connection, state, revision)


def _unfit(info: PlanInfo) -> str:
    if not info.scenario:
        text = gettext("Plan {number} no longer fits the rollout, so it was not published; plan again:")
        return text.format(number=info.number)
    return gettext(
        "Plan {number} was made under scenario {names} and does not fit the rollout as it is, so it was not published;"
        " make the rollout what the scenario says, or plan without it:"
    ).format(number=info.number, names=", ".join(info.scenario))
