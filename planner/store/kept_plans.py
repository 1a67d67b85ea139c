"""The plans of a rollout in the store: drafts, publication, and what differs between two of them."""

from dataclasses import dataclass
from datetime import date

from planner.domain.plan import Plan, PlanStatus
from planner.domain.plan_difference import PlanDifference, difference
from planner.domain.rollout import Rollout
from planner.review.check import Violation, check
from planner.store import journal, plans
from planner.store.database import Database
from planner.store.editing import make_changes
from planner.store.errors import BusyError, NotAllowedError
from planner.store.publications import before_publication
from planner.store.reading import whole_rollout
from planner.store.records import Action, Entry, PlanInfo
from planner.store.state import state_at
from planner.store.writing import Note

ATTEMPTS = 3
MAX_SHOWN = 10


class FailedCheckError(NotAllowedError):
    """A plan that breaks rules of the rollout; `violations` has each. It was not kept, or not published."""

    def __init__(self, sentence: str, violations: tuple[Violation, ...]) -> None:
        lines = [f"{violation.rule}: {violation.text}" for violation in violations[:MAX_SHOWN]]
        if len(violations) > MAX_SHOWN:
            lines.append(f"… and {len(violations) - MAX_SHOWN} more")
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

    def keep(self, rollout: Rollout, plan: Plan, based_on: int, note: str = "") -> PlanInfo:
        """Keeps a plan of `rollout`, as it was at revision `based_on`, as a draft.

        Raises FailedCheckError where it breaks a rule, NotAllowedError where it is none (`infeasible`).
        """
        if plan.status is PlanStatus.INFEASIBLE:
            raise NotAllowedError("Fixed dates conflict, so there is no plan to keep.")
        violations = check(rollout, plan)
        if violations:
            raise FailedCheckError("The plan failed its check, so it was not kept:", violations)
        with self._database.writing() as connection:
            state = state_at(connection, self._pk, locked=True)
            number = plans.keep_draft(connection, state, plan, based_on, self._who, note)
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
        """A plan with what it is to be checked against before it goes out to anybody; raises NotFoundError."""
        with self._database.reading() as connection:
            state = state_at(connection, self._pk)
            plan = plans.plan_of(connection, state, number)
            rollout = whole_rollout(connection, state)
            return PlanToUse(plan, rollout, before_publication(connection, state, number, rollout))

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

    def publish(self, number: int, why: str = "") -> Entry:
        """Makes a draft the baseline: each shop's published start becomes the plan's. It cannot be undone.

        The plan is checked against the rollout as it is now, with no lock held meanwhile; raises FailedCheckError
        where later changes have made it wrong.
        """
        for _ in range(ATTEMPTS):
            with self._database.reading() as connection:
                state = state_at(connection, self._pk)
                plans.check_publishable(plans.plan_info(connection, state, number))
                plan = plans.plan_of(connection, state, number)
                rollout = whole_rollout(connection, state)
            violations = check(rollout, plan)
            if violations:
                raise FailedCheckError(
                    f"Plan {number} no longer fits the rollout, so it was not published; plan again:", violations
                )
            entry = self._publish(number, plan, rollout, state.revision, why)
            if entry is not None:
                return entry
        raise BusyError("Others keep changing the rollout; nothing was published. Try again in a moment.")

    def _publish(self, number: int, plan: Plan, rollout: Rollout, checked_at: int, why: str) -> Entry | None:
        """Publishes a plan that was checked at a revision; None where there has been a change since."""
        with self._database.writing() as connection:
            state = state_at(connection, self._pk, locked=True)
            if state.revision != checked_at:
                return None
            published: dict[str, date | None] = {shop.id: shop.published_start for shop in rollout.shops}
            changes, checked = make_changes(connection, state, plans.published_starts(plan, published))
            note = Note(who=self._who, action=Action.PUBLISH, what=f"plan {number} published", why=why)
            revision = plans.publish(connection, state, number, changes, checked, note)
            journal.drop_redos(connection, state, self._who)
            return journal.entry_at(connection, state, revision)
