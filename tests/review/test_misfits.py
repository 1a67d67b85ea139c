"""The plan worked out by hand, against rollouts it does not fit: the rules it breaks there are named, and no others."""

from dataclasses import replace

import pytest

from planner.domain.crew import Absence
from planner.domain.rules import Blackout, Campaign, Delivery, Grouping, Limit, PartnerTarget, Scope, Shutdown
from planner.domain.shop import Status
from planner.review.check import check
from tests.review.builders import (
    HOME,
    PLAN,
    ROLLOUT,
    assert_sentences,
    day,
    with_crew,
    with_shop,
)

KITS = ROLLOUT.supplies[0]


def blackout(first, last, **scope):
    return (Blackout(name="Sale", first=day(first), last=day(last), scope=Scope(scope)),)


def limited(**limit):
    return replace(ROLLOUT, limits=(Limit(name="Few", **limit),))


def absent(crew, first, last, units=None):
    return replace(ROLLOUT, absences=(Absence(crew=crew, first=day(first), last=day(last), units=units),))


# What is broken: the rollout, all rules the plan then breaks, and one violation in words.
BROKEN_ROLLOUTS = {
    "a public holiday": (
        with_shop(with_shop(ROLLOUT, "O", state="BE"), "A", state="BE", region="BY"),
        # 8 March is a holiday in Berlin only.
        {"calendar", "phase", "cost"},
        ("calendar", ("A",), "2021-03-08"),
    ),
    "a shutdown": (
        replace(ROLLOUT, shutdowns=(Shutdown(name="Strike", first=day("03-25"), last=day("03-25")),)),
        {"phase"},
        ("phase", ("B",), "'Build' take 2 working days"),
    ),
    "a workday less": (
        replace(ROLLOUT, workdays=frozenset({0, 1, 2, 3})),
        {"phase", "calendar", "fixed"},
        ("calendar", ("A",), "2021-03-05"),
    ),
    "an earlier horizon": (
        replace(ROLLOUT, last=day("03-29")),
        # U waits less long.
        {"horizon", "cost"},
        ("horizon", ("B",), "2021-03-29"),
    ),
    "a blackout": (
        replace(ROLLOUT, blackouts=blackout("03-30", "04-02")),
        {"blackout"},
        ("blackout", ("B",), "On 2021-03-30", "'Sale'"),
    ),
    "a blackout of one tag": (
        replace(with_shop(ROLLOUT, "B", tags=("x", "y")), blackouts=blackout("03-26", "03-28", tag=("y",))),
        {"blackout"},
        ("blackout", ("B",), "From 2021-03-26 to 2021-03-28"),
    ),
    "shops closed at once": (
        limited(max_closed=1),
        {"limit"},
        ("limit", ("I", "A"), "From 2021-03-03 to 2021-03-06", "2 shops are closed", "I", "A", "'Few' allows 1"),
    ),
    "shops of a partner closed at once": (
        replace(with_shop(ROLLOUT, "I", partner="P1"), partner_target=None),
        {"limit"},
        ("limit", ("A", "I"), "P1", "'One per partner' allows 1"),
    ),
    "shops of a city closed at once": (
        with_shop(with_shop(limited(per=Grouping.CITY, max_closed=1), "A", city="Ulm"), "I", city="Ulm"),
        {"limit"},
        ("limit", ("A", "I"), "Ulm, BY"),
    ),
    "shops of a state closed at once in a window": (
        limited(per=Grouping.STATE, max_closed=0, first=day("03-30"), last=day("03-31")),
        {"limit"},
        ("limit", ("B",), "On 2021-03-30", "1 shops are closed in BY"),
    ),
    "starts in a week": (
        limited(per=Grouping.REGION, max_starts_per_week=1),
        {"limit"},
        ("limit", ("A", "O"), "From 2021-03-01 to 2021-03-07", "2 remodels start in BY", "allows 1 a week"),
    ),
    "starts in a scope": (
        limited(max_starts_per_week=0, scope=Scope({"format": ("Open",)})),
        {"limit"},
        ("limit", ("O",), "1 remodels start"),
    ),
    "neighbours closed at once": (
        with_shop(ROLLOUT, "A", lat=48.1),
        # A is nearer to the builders, too.
        {"neighbours", "cost"},
        ("neighbours", ("A", "I"), "From 2021-03-03 to 2021-03-06", "11.1 km", "12 km"),
    ),
    "neighbours on the edge": (
        replace(ROLLOUT, neighbours_km=111.1950802335329),
        {"neighbours"},
        ("neighbours", ("A", "I"), "111.2 km"),
    ),
    "no stock": (
        replace(ROLLOUT, supplies=(replace(KITS, initial=0),)),
        {"supply"},
        # The first delivery is drawn by F on the 17th; A's kit is lacking until the end.
        ("supply", ("A",), "1 units of 'Kits'", "only 0 have come"),
    ),
    "deliveries end": (
        replace(ROLLOUT, supplies=(replace(KITS, deliveries=(replace(KITS.deliveries[0], last=day("03-21")),)),)),
        {"supply"},
        ("supply", ("A", "F", "B"), "From 2021-03-24 to 2021-04-30", "3 units", "only 2"),
    ),
    "one delivery comes late": (
        replace(ROLLOUT, supplies=(replace(KITS, initial=2, deliveries=(Delivery(first=day("03-25"), quantity=9),)),)),
        {"supply"},
        ("supply", ("A", "F", "B"), "On 2021-03-24", "only 2"),
    ),
    "no permit": (
        with_shop(ROLLOUT, "A", ready_from=day("03-04")),
        {"ready_from"},
        ("ready_from", ("A",), "On 2021-03-03", "'Build'", "2021-03-04"),
    ),
    "a predecessor that finishes later": (
        with_shop(ROLLOUT, "A", after=("I",)),
        {"after"},
        ("after", ("A", "I"), "starts on 2021-03-01", "finishes on 2021-03-06"),
    ),
    "a predecessor that is done later": (
        with_shop(with_shop(ROLLOUT, "D", finish=day("03-01")), "A", after=("D",)),
        {"after"},
        ("after", ("A",), "D before it was done on 2021-03-01"),
    ),
    "a predecessor without a date": (
        with_shop(ROLLOUT, "B", after=("U",)),
        {"after"},
        ("after", ("B",), "U before it has no date"),
    ),
    "a predecessor of a fixed shop": (
        with_shop(ROLLOUT, "F", after=("B",)),
        {"after"},
        ("after", ("F", "B"), "2021-03-30"),
    ),
    "a partner's loss": (
        with_shop(ROLLOUT, "A", annual_target=11999.0),
        {"partner_target"},
        ("partner_target", ("A", "B"), "P1 loses 600.00 EUR", "allows 599.95 EUR"),
    ),
    "a partner's loss in a window": (
        replace(ROLLOUT, partner_target=PartnerTarget(first=day("03-24"), last=day("03-30"), share=0.5, max_loss=0.01)),
        {"partner_target"},
        ("partner_target", ("B",), "From 2021-03-24 to 2021-03-30", "300.00", "60.00"),
    ),
    "a frozen start": (
        replace(ROLLOUT, freeze_days=7),
        {"freeze"},
        ("freeze", ("A",), "2021-03-08", "starts on 2021-03-01"),
    ),
    "a frozen shop without a date": (
        replace(with_shop(ROLLOUT, "U", published_start=day("03-15")), freeze_days=14),
        {"freeze"},
        ("freeze", ("U",), "has no date"),
    ),
    "a crew held twice": (
        with_crew(ROLLOUT, "B1", units=1),
        {"crew"},
        ("crew", ("A", "I"), "From 2021-03-03 to 2021-03-06", "B1 is held for 2 units", "it has 1"),
    ),
    "a crew away": (
        absent("V1", "03-20", "03-22"),
        {"absence"},
        ("absence", ("B",), "On 2021-03-22", "V1 works 1 units", "1 of its 1 are absent"),
    ),
    "some of a crew away": (
        absent("B1", "03-04", "03-04", units=1),
        {"absence"},
        ("absence", ("A", "I"), "On 2021-03-04", "B1 works 2 units", "1 of its 2"),
    ),
    "absences that add up": (
        replace(ROLLOUT, absences=absent("B1", "03-24", "03-30", 1).absences * 2),
        {"absence"},
        ("absence", ("B",), "2 of its 2 are absent"),
    ),
    "a crew out of its regions": (
        with_crew(ROLLOUT, "V1", regions=("NW", "SH")),
        # The fixed shop's surveyor is the planner's choice: no conflict is listed for it.
        {"region", "conflict"},
        ("region", ("B",), "V1 serves NW, SH", "'BY'"),
    ),
    "a crew too far from home": (
        with_crew(ROLLOUT, "B1", max_km=111.1),
        {"max_km"},
        ("max_km", ("A",), "From 2021-03-03 to 2021-03-09", "B1", "111.2 km", "111.1 km at most"),
    ),
    "a crew that leaves": (
        with_crew(ROLLOUT, "B1", last=day("03-28")),
        {"crew_dates"},
        ("crew_dates", ("B",), "From 2021-03-29 to 2021-03-30", "B1", "any day to 2021-03-28"),
    ),
    "a crew that comes later": (
        with_crew(ROLLOUT, "V1", first=day("03-02")),
        {"crew_dates"},
        ("crew_dates", ("A",), "On 2021-03-01", "V1", "2021-03-02 to any day"),
    ),
    "another season": (
        replace(ROLLOUT, costs=replace(ROLLOUT.costs, season={3: 2.0})),
        {"cost", "partner_target"},
        ("cost", ("A",), "600.00 EUR in closure"),
    ),
    "a second campaign": (
        replace(
            ROLLOUT,
            campaigns=(
                *ROLLOUT.campaigns,
                Campaign(
                    name="More",
                    first=day("03-30"),
                    last=day("03-30"),
                    customers_per_week=6.0,
                    appointment_rate=1.0,
                    purchase_rate=1.0,
                    value=1.0,
                ),
            ),
        ),
        {"cost"},
        ("cost", ("B",), "321.00 EUR in closure"),
    ),
    "a done shop finished after the milestone": (
        with_shop(replace(ROLLOUT, milestones=(replace(ROLLOUT.milestones[0], by=day("03-06")),)), "D", **HOME),
        {"levels"},
        ("levels", (), "not the rollout's"),
    ),
    "a shop that was fixed meanwhile": (
        with_shop(ROLLOUT, "B", status=Status.FIXED, start=day("03-22")),
        {"list"},
        ("list", ("B",), "status planned", "must be fixed"),
    ),
}


@pytest.mark.parametrize("name", BROKEN_ROLLOUTS)
def test_a_plan_that_does_not_fit_is_named(name):
    rollout, rules, (rule, shops, *words) = BROKEN_ROLLOUTS[name]
    found = check(rollout, PLAN)
    assert {item.rule for item in found} == rules, found
    assert any(
        item.rule == rule and set(item.shops) == set(shops) and all(word in item.text for word in words)
        for item in found
    ), found


def test_each_violation_is_one_sentence():
    for rollout, _, _ in BROKEN_ROLLOUTS.values():
        assert_sentences(check(rollout, PLAN))
