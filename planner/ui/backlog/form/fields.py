"""The fields of a shop's form: in which order they are asked for, and what each of them means."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.ui.backlog.columns import ShopColumn, all_columns
from planner.wording.translation import gettext, later

NO_MEANING = later("A column of your data that the planner does not know; it is kept as it is.")
MEANINGS = {
    "id": later("The number that the shop is known by. No two shops have the same, and it never changes."),
    "name": later("What people call the shop."),
    "street": later("Street and number."),
    "postcode": later("The postcode, with its leading zero."),
    "city": later("The town."),
    "state": later("The Bundesland, such as BY or Bayern: its public holidays are no working days."),
    "catholic": later("Yes where the municipality also keeps the Catholic holidays."),
    "lat": later("Degrees north, such as 48.1374. Without a position the shop has no neighbours and no travel."),
    "lon": later("Degrees east, such as 11.5755. Latitude and longitude are given both or neither."),
    "partner": later("Who runs the shop: limits and targets count by partner."),
    "kind": later("A partner's shop, an agency, or the company's own."),
    "region": later("The planning region, which says which crews come. Empty: the federal state."),
    "weekly_revenue": later("Sales in a normal week, in euros: what closing and waiting cost is worked out from it."),
    "annual_target": later("The partner's target for the year from this shop, in euros."),
    "format": later("The format that the shop is remodelled to: its phases, crews and waits."),
    "priority": later("1 to 9; 9 comes first where not all shops can have a date. Empty: 5."),
    "tags": later("Words of your own, with commas between them: blackouts, limits and campaigns can be for a tag."),
    "ready_from": later("The day of permit and landlord's consent: the shop is not closed before it."),
    "due_by": later("The wished last day: each day later costs money."),
    "after": later("Shops that must have finished before this one begins, with commas between them."),
    "status": later("Where the shop stands. Only backlog shops are given dates; deferred and cancelled are left out."),
    "start": later("The first day of work of a shop that is fixed or in progress."),
    "finish": later("The last day of a shop that is done, or the expected one of a shop in progress."),
    "crews": later("For a shop that is fixed or in progress: the crews that serve it, with commas between them."),
    "published_start": later("The start that the partner was told; departing from it costs money."),
    "why": later("The reason for this change, which the history keeps; it may stay empty."),
}
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (later("Shop"), ("id", "name", "street", "postcode", "city", "state", "catholic", "lat", "lon")),
    (later("Business"), ("partner", "kind", "region", "weekly_revenue", "annual_target", "tags")),
    (later("Remodel"), ("format", "priority", "ready_from", "due_by", "after")),
    (later("Standing"), ("status", "start", "finish", "crews", "published_start")),
)
REQUIRED = ("id", "format")
WHY = ShopColumn("why", later("Why"))
"""The reason for the change, which is no column of the shop."""
WITHOUT_VALUE = {"status": later("backlog"), "priority": "5", "region": later("as the federal state")}


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under a title."""

    title: str
    columns: tuple[ShopColumn, ...]


def groups(extra: Sequence[str]) -> list[Group]:
    """All fields in their groups; `extra` are the columns that the planner does not know."""
    present = all_columns(extra)
    made = [Group(gettext(title), tuple(present[key] for key in keys)) for title, keys in GROUPS]
    others = tuple(present[key] for key in extra)
    if others:
        made.append(Group(gettext("Further columns"), others))
    return [*made, Group(gettext("This change"), (WHY,))]


def meaning_of(key: str) -> str:
    """What a field is for, in a sentence."""
    return gettext(MEANINGS.get(key, NO_MEANING))


def without_value(key: str) -> str:
    """What stands for an empty field; nothing for most."""
    return gettext(WITHOUT_VALUE.get(key, ""))
