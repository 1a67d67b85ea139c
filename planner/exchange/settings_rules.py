"""The rules of rollout.toml: windows, limits, neighbours, supply, campaigns, targets, and whom they are for."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.domain.rules import (
    SCOPE_KEYS,
    Blackout,
    Campaign,
    Delivery,
    Grouping,
    Limit,
    Milestone,
    PartnerTarget,
    Scope,
    Shutdown,
    Supply,
)
from planner.domain.shop_format import ShopFormat
from planner.exchange.text import Names, quoted
from planner.exchange.toml_table import TomlTable
from planner.exchange.values import COUNT, EUR, KM, RATE, WAIT_DAYS, Bounds
from planner.wording.translation import gettext, pgettext

EVERY_DAYS = Bounds(1, WAIT_DAYS.high)


ScopePlaces = list[tuple[TomlTable, Scope]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules, and every scope among them with the table it was read from."""

    blackouts: tuple[Blackout, ...]
    milestones: tuple[Milestone, ...]
    limits: tuple[Limit, ...]
    neighbours_km: float | None
    supplies: tuple[Supply, ...]
    campaigns: tuple[Campaign, ...]
    partner_target: PartnerTarget | None
    scopes: tuple[tuple[TomlTable, Scope], ...]


def read_shutdowns(top: TomlTable) -> tuple[Shutdown, ...]:
    """The days on which nobody works."""
    return tuple(_read_shutdown(table) for table in top.tables("shutdown"))


def read_rules(top: TomlTable, formats: Sequence[ShopFormat] | None) -> Rules:
    """All rules but shutdowns; `formats` is None where their names are not known, and then not asked."""
    scopes: ScopePlaces = []
    return Rules(
        blackouts=tuple(_read_blackout(table, scopes) for table in top.tables("blackout")),
        milestones=tuple(_read_milestone(table) for table in top.tables("milestone")),
        limits=tuple(_read_limit(table, scopes) for table in top.tables("limit")),
        neighbours_km=max((_read_neighbours(table) for table in top.tables("neighbours")), default=None),
        supplies=tuple(_read_supply(table, formats) for table in top.tables("supply")),
        campaigns=tuple(_read_campaign(table, scopes) for table in top.tables("campaign")),
        partner_target=_read_partner_target(top.table("partner_target")),
        scopes=tuple(scopes),
    )


def _read_shutdown(table: TomlTable) -> Shutdown:
    name = table.text("name")
    first, last = table.window()
    table.finish()
    return Shutdown(name=name, first=first, last=last)


def _read_scope(table: TomlTable, scopes: ScopePlaces) -> Scope:
    scope_table = table.table("scope")
    if scope_table is None:
        return Scope()
    scope = Scope({key: scope_table.texts(key) for key in SCOPE_KEYS if scope_table.knows(key)})
    scope_table.finish()
    scopes.append((scope_table, scope))
    return scope


def _read_blackout(table: TomlTable, scopes: ScopePlaces) -> Blackout:
    name = table.text("name")
    first, last = table.window()
    scope = _read_scope(table, scopes)
    table.finish()
    return Blackout(name=name, first=first, last=last, scope=scope)


def _read_milestone(table: TomlTable) -> Milestone:
    name, by, target = table.text("name"), table.day("by"), table.whole("target", COUNT)
    table.finish()
    return Milestone(name=name, by=by, target=target)


def _read_limit(table: TomlTable, scopes: ScopePlaces) -> Limit:
    name = table.text("name")
    first, last = table.optional_day("first"), table.optional_day("last")
    table.check_order(first, last)
    per = Grouping(table.choice("per", Names(pgettext("noun", "grouping"), list(Grouping)), Grouping.ALL))
    max_closed = table.optional_whole("max_closed", COUNT)
    max_starts = table.optional_whole("max_starts_per_week", COUNT)
    if "max_closed" not in table and "max_starts_per_week" not in table:
        table.error("max_closed", gettext("is missing; give max_closed or max_starts_per_week, or both"))
    scope = _read_scope(table, scopes)
    table.finish()
    return Limit(
        name=name, per=per, max_closed=max_closed, max_starts_per_week=max_starts, scope=scope, first=first, last=last
    )


def _read_neighbours(table: TomlTable) -> float:
    within_km = table.number("within_km", KM)
    table.finish()
    return within_km


def _read_supply(table: TomlTable, formats: Sequence[ShopFormat] | None) -> Supply:
    supply = Supply(
        name=table.text("name"),
        phase=table.text("phase"),
        needs=table.units("needs", COUNT, required=True),
        initial=table.whole("initial", COUNT, 0),
        deliveries=tuple(_read_delivery(delivery) for delivery in table.tables("deliveries")),
    )
    table.finish()
    if formats is not None:
        _check_supply(table, supply, formats)
    return supply


def _check_supply(table: TomlTable, supply: Supply, formats: Sequence[ShopFormat]) -> None:
    phases = {shop_format.name: {phase.name for phase in shop_format.phases} for shop_format in formats}
    names = Names(pgettext("noun", "format"), phases)
    for name in supply.needs:
        if name not in names:
            table.error("needs", names.unknown(name))
    all_phases = Names(
        pgettext("noun", "phase"), (phase.name for shop_format in formats for phase in shop_format.phases)
    )
    phases_are_known = all(phases.values()) and "" not in all_phases
    if not table.is_good("phase") or not phases_are_known:
        return
    if supply.phase not in all_phases:
        table.error("phase", all_phases.unknown(supply.phase))
        return
    for name, units in supply.needs.items():
        if units and name in names and supply.phase not in phases[name]:
            odd = gettext("format {format} has no phase {phase}, so it draws nothing")
            table.warn("needs", odd.format(format=quoted(name), phase=quoted(supply.phase)))


def _read_delivery(table: TomlTable) -> Delivery:
    first, last = table.day("first"), table.optional_day("last")
    table.check_order(first, last)
    quantity = table.whole("quantity", COUNT)
    every_days = table.optional_whole("every_days", EVERY_DAYS)
    table.finish()
    return Delivery(first=first, quantity=quantity, every_days=every_days, last=last)


def _read_campaign(table: TomlTable, scopes: ScopePlaces) -> Campaign:
    name = table.text("name")
    first, last = table.window()
    campaign = Campaign(
        name=name,
        first=first,
        last=last,
        customers_per_week=table.number("customers_per_week", COUNT),
        appointment_rate=table.number("appointment_rate", RATE),
        purchase_rate=table.number("purchase_rate", RATE),
        value=table.number("value", EUR),
        scope=_read_scope(table, scopes),
    )
    table.finish()
    return campaign


def _read_partner_target(table: TomlTable | None) -> PartnerTarget | None:
    if table is None:
        return None
    first, last = table.window()
    target = PartnerTarget(
        first=first, last=last, share=table.number("share", RATE), max_loss=table.number("max_loss", RATE)
    )
    table.finish()
    return target
