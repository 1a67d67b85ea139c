"""Plans that are kept: drafts, and those that were published, with their figures."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from planner.domain.plan import Plan
from planner.exchange.plan_json import plan_of_json, plan_to_json
from planner.store.change import Change
from planner.store.checking import Checked
from planner.store.errors import NotAllowedError, NotFoundError
from planner.store.held import NOTE, held
from planner.store.journal import utc
from planner.store.publications import publication_of
from planner.store.records import Action, Edit, PlanInfo, PlanState, RecordKind
from planner.store.state import State, save_state
from planner.store.tables import ENTRY, ENTRY_RECORD, PLAN
from planner.store.writing import Note, write_changes, write_entry
from planner.wording.kept import kept
from planner.wording.translation import gettext

HEAD = [column for column in PLAN.c if column.name != "document"]


def keep_draft(
    connection: Connection,
    state: State,
    plan: Plan,
    based_on: int,
    who: str,
    note: str,
    scenario: Sequence[str] = (),
) -> int:
    """Keeps a plan, made under these scenarios, as a draft; its number."""
    number = state.next_plan
    state.next_plan += 1
    state.revision += 1
    connection.execute(
        insert(PLAN).values(
            rollout=state.pk,
            number=number,
            version=state.revision,
            state=PlanState.DRAFT.value,
            made_at=datetime.now(UTC),
            made_by=who,
            note=note,
            based_on=based_on,
            published_at=None,
            published_by="",
            status=plan.status.value,
            remodels=len(plan.remodels),
            unplanned=len(plan.unplanned),
            shortfall=plan.shortfall,
            total=plan.total,
            gap=plan.gap,
            document=plan_to_json(plan).decode(),
            scenarios=json.dumps(list(scenario), ensure_ascii=False) if scenario else None,
        )
    )
    draft = Change(RecordKind.PLAN, str(number), None, {"state": PlanState.DRAFT.value})
    what = kept("plan {plan} kept", plan=str(number))
    if scenario:
        what = kept("plan {plan} kept, under scenario {names}", plan=str(number), names=", ".join(scenario))
    write_entry(connection, state, [draft], Note(who=who, action=Action.PLAN, what=what, why=note))
    save_state(connection, state)
    return number


def plan_infos(connection: Connection, state: State, *, with_dropped: bool = False) -> list[PlanInfo]:
    """The plans, the newest first."""
    query = select(*HEAD).where(PLAN.c.rollout == state.pk).order_by(PLAN.c.number.desc())
    if not with_dropped:
        query = query.where(PLAN.c.state != PlanState.DROPPED.value)
    return [_info(connection, state, row) for row in connection.execute(query).mappings()]


def plan_info(connection: Connection, state: State, number: int) -> PlanInfo:
    """A plan's figures; raises NotFoundError."""
    query = select(*HEAD).where(PLAN.c.rollout == state.pk, PLAN.c.number == number)
    row = connection.execute(query).mappings().first()
    if row is None:
        text = gettext("There is no plan {number} in this rollout; `planner plans list` shows those there are.")
        raise NotFoundError(text.format(number=number))
    return _info(connection, state, row)


def baseline_number(connection: Connection, state: State) -> int | None:
    """The number of the plan that was published last, if any was."""
    query = select(PLAN.c.number).where(PLAN.c.rollout == state.pk, PLAN.c.state == PlanState.PUBLISHED.value)
    return connection.execute(query).scalar()


def plan_document(connection: Connection, state: State, number: int) -> str:
    """The plan.json of a plan; raises NotFoundError."""
    query = select(PLAN.c.document).where(PLAN.c.rollout == state.pk, PLAN.c.number == number)
    document: str | None = connection.execute(query).scalar()
    if document is None:
        plan_info(connection, state, number)
        raise NotFoundError(gettext("Plan {number} has no document.").format(number=number))
    return document


def plan_of(connection: Connection, state: State, number: int) -> Plan:
    """A plan as it was kept; raises NotFoundError."""
    return plan_of_json(plan_document(connection, state, number))


def drop_draft(connection: Connection, state: State, number: int, who: str, why: str) -> int:
    """Drops a draft, which an undo brings back; raises NotAllowedError for a plan that was published."""
    info = plan_info(connection, state, number)
    if info.state is PlanState.DROPPED:
        raise NotAllowedError(gettext("Plan {number} is already dropped.").format(number=number))
    if info.state is not PlanState.DRAFT:
        text = gettext("Plan {number} was published, so it is kept as it is; only drafts can be dropped.")
        raise NotAllowedError(text.format(number=number))
    record = held(connection, state, RecordKind.PLAN, [str(number)])[str(number)]
    after = {**record.cells, "state": PlanState.DROPPED.value}
    change = Change(RecordKind.PLAN, str(number), record.cells, after, record)
    note = Note(who=who, action=Action.CHANGE, what=kept("plan {plan} dropped", plan=str(number)), why=why)
    return write_changes(connection, state, [change], Checked(), note)


def annotate(connection: Connection, state: State, number: int, text: str, who: str) -> int:
    """Writes another note to a plan; raises NotFoundError, and NotAllowedError for one that was dropped."""
    if plan_info(connection, state, number).state is PlanState.DROPPED:
        raise NotAllowedError(gettext("Plan {number} is dropped; undo that first.").format(number=number))
    record = held(connection, state, RecordKind.PLAN, [str(number)])[str(number)]
    change = Change(RecordKind.PLAN, str(number), record.cells, {**record.cells, NOTE: text}, record)
    note = Note(who=who, action=Action.CHANGE, what=kept("note of plan {plan}", plan=str(number)))
    return write_changes(connection, state, [change], Checked(), note)


def check_publishable(info: PlanInfo) -> None:
    """Raises NotAllowedError where a plan cannot be published."""
    if info.state is PlanState.DROPPED:
        raise NotAllowedError(gettext("Plan {number} is dropped; undo that first.").format(number=info.number))
    if info.state is not PlanState.DRAFT:
        raise NotAllowedError(gettext("Plan {number} was already published.").format(number=info.number))


def changed_starts(plan: Plan, published: Mapping[str, date | None]) -> dict[str, tuple[date | None, date | None]]:
    """The shops whose published start would change with `plan` as the baseline: from which day to which.

    Each shop's becomes the plan's start, or none without a date; `published` has those so far.
    """
    starts: dict[str, date | None] = {remodel.shop: remodel.start for remodel in plan.remodels}
    starts |= {item.shop: None for item in plan.unplanned}
    return {shop: (published.get(shop), start) for shop, start in starts.items() if published.get(shop) != start}


def published_starts(plan: Plan, published: Mapping[str, date | None]) -> list[Edit]:
    """The edits that make `plan` the baseline."""
    return [
        Edit(RecordKind.SHOP, shop, {"published_start": start.isoformat() if start else ""})
        for shop, (_, start) in changed_starts(plan, published).items()
    ]


def publish(
    connection: Connection, state: State, number: int, changes: list[Change], checked: Checked, note: Note
) -> int:
    """Makes a plan the baseline in place of the one before, together with the changes of published starts."""
    moment = datetime.now(UTC)
    before = baseline_number(connection, state)
    for plan, new_state in ((before, PlanState.SUPERSEDED), (number, PlanState.PUBLISHED)):
        if plan is not None:
            record = held(connection, state, RecordKind.PLAN, [str(plan)])[str(plan)]
            after = {**record.cells, "state": new_state.value}
            changes = [*changes, Change(RecordKind.PLAN, str(plan), record.cells, after, record)]
    revision = write_changes(connection, state, changes, checked, note)
    connection.execute(
        update(PLAN)
        .where(PLAN.c.rollout == state.pk, PLAN.c.number == number)
        .values(published_at=moment, published_by=note.who)
    )
    return revision


def _info(connection: Connection, state: State, row: RowMapping) -> PlanInfo:
    scenario = tuple(json.loads(row["scenarios"])) if row["scenarios"] else ()
    # A scenario matters to the plans made under one only.
    elsewhere = (RecordKind.PLAN,) if scenario else (RecordKind.PLAN, RecordKind.SCENARIO)
    return PlanInfo(
        number=row["number"],
        state=PlanState(row["state"]),
        made_at=utc(row["made_at"]),
        made_by=row["made_by"],
        note=row["note"],
        based_on=row["based_on"],
        changes_since=_changes_since(connection, state, row, elsewhere),
        status=row["status"],
        remodels=row["remodels"],
        unplanned=row["unplanned"],
        shortfall=row["shortfall"],
        total=row["total"],
        gap=row["gap"],
        published_at=utc(row["published_at"]) if row["published_at"] else None,
        published_by=row["published_by"],
        scenario=scenario,
    )


def _changes_since(connection: Connection, state: State, row: RowMapping, elsewhere: Sequence[RecordKind]) -> int:
    """How many changes of what is planned came after a plan, other than to records of the kinds `elsewhere`.

    Its own publication is none. A change and its undo are none together: undoes and redoes of a change take turns, so
    that an even number of entries about it leaves all as it was.
    """
    touched = select(ENTRY_RECORD.c.revision).where(
        ENTRY_RECORD.c.rollout == state.pk,
        ENTRY_RECORD.c.revision > row["based_on"],
        ENTRY_RECORD.c.kind.not_in([kind.value for kind in elsewhere]),
    )
    change = func.coalesce(ENTRY.c.target, ENTRY.c.revision)
    changes = (
        select(change)
        .where(ENTRY.c.rollout == state.pk, ENTRY.c.revision.in_(touched))
        .group_by(change)
        .having(func.count() % 2 == 1)
    )
    published = publication_of(connection, state, row["number"]) if row["published_at"] else None
    if published is not None:
        changes = changes.where(ENTRY.c.revision != published)
    return connection.execute(select(func.count()).select_from(changes.subquery())).scalar_one()
