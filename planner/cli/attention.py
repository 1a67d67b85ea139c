"""What needs attention, and what happens day by day, on the command line."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta

from planner.cli.endings import ExitCode
from planner.cli.messages import show, show_json
from planner.cli.nouns import noun
from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.exchange.problems import InputError, Problem
from planner.exchange.text import Names
from planner.store.backlog import Backlog
from planner.store.records import PlanInfo
from planner.studies.agenda import Happening
from planner.studies.almanac import Almanac, DayNotes, Part
from planner.studies.almanac_words import day_parts
from planner.studies.attention import Pressing, attention
from planner.wording.amounts import day_text, weekday_text
from planner.wording.translation import gettext, later

MARKS = {Pressing.NOW: "!!", Pressing.SOON: "! ", Pressing.KNOW: "- "}
WORDS = {Happening.START: later("starts"), Happening.CLOSING: later("closes"), Happening.REOPENING: later("reopens")}
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AgendaRequest:
    """What `planner agenda` was asked for; `first` None is the planning date, `plan` None the newest one."""

    first: date | None
    days: int
    state: str
    region: str
    plan: int | None
    as_json: bool


@dataclass(frozen=True, slots=True)
class Looked:
    """The rollout and the plan looked at, and what that is checked against."""

    rollout: Rollout
    plan: Plan | None
    info: PlanInfo | None
    against: Rollout | None


def list_attention(backlog: Backlog, number: int | None, *, as_json: bool) -> ExitCode:
    """Lists what needs attention."""
    looked = _look(backlog, number)
    changes = looked.info.changes_since if looked.info else 0
    matters = attention(looked.rollout, looked.plan, against=looked.against, changes_since=changes)
    if as_json:
        show_json([{**asdict(matter), "pressing": matter.pressing} for matter in matters])
        return ExitCode.OK
    for matter in matters:
        show(matter.text, label=f"{MARKS[matter.pressing]} ")
    if not matters:
        show(gettext("Nothing needs your attention."))
    return ExitCode.OK


def list_agenda(backlog: Backlog, request: AgendaRequest) -> ExitCode:
    """Lists the days on which something happens; raises InputError for a state or region that no shop is in."""
    looked = _look(backlog, request.plan)
    _check_names("--state", gettext("state"), request.state, (shop.state for shop in looked.rollout.shops))
    _check_names("--region", noun("region"), request.region, (shop.region for shop in looked.rollout.shops))
    almanac = Almanac(looked.rollout, looked.plan, Part(request.state, request.region))
    first = request.first or looked.rollout.today
    notes = [almanac.notes(first + ONE_DAY * number) for number in range(request.days)]
    told = [item for item in notes if any(day_parts(item))]
    if request.as_json:
        show_json([_data(item) for item in told])
        return ExitCode.OK
    for item in told:
        show(" · ".join(day_parts(item)), label=f"{weekday_text(item.day)} {day_text(item.day)}  ")
        for event in item.events:
            shop = looked.rollout.shop_by_id[event.shop]
            show(f"    {gettext(WORDS[event.kind])} {shop.id} {shop.name}".rstrip())
    if not told:
        show(gettext("Nothing happens on these days."))
    return ExitCode.OK


def _look(backlog: Backlog, number: int | None) -> Looked:
    """The plan of that number, or else the newest, with its rollout; raises NotFoundError."""
    info = backlog.plans.newest() if number is None else backlog.plans.info(number)
    if info is None:
        return Looked(backlog.load()[0], None, None, None)
    used = backlog.plans.to_use(info.number)
    return Looked(used.rollout, used.plan, info, used.against)


def _check_names(option: str, noun: str, name: str, known: Iterable[str]) -> None:
    names = Names(noun, sorted(set(known) - {""}))
    if name and name not in names:
        raise InputError([Problem(option, None, None, names.unknown(name))])


def _data(notes: DayNotes) -> dict[str, object]:
    return {
        "day": notes.day.isoformat(),
        "public_holidays": [asdict(holiday) for holiday in notes.public],
        "school_holidays": [asdict(holiday) for holiday in notes.school],
        "blackouts": list(notes.blackouts),
        "shutdowns": list(notes.shutdowns),
        "events": [{"shop": event.shop, "kind": event.kind} for event in notes.events],
        "closed": notes.closed,
    }
