"""Conflicts of given dates: each listed one must be real and smallest, each real one must be listed."""

from dataclasses import replace

import pytest

from planner.domain.crew import Absence, Crew
from planner.domain.plan import Cost, PlanStatus, Unplanned
from planner.domain.rules import Blackout, Limit, PartnerTarget, Supply
from planner.domain.shop import Status
from planner.review.check import check
from tests.review.builders import (
    backlog,
    building,
    conflict,
    day,
    fixed,
    no_plan,
    small_plan,
    small_rollout,
    surveyed,
)

# The days of most tests: Monday 8 and Tuesday 9 March.
MON, TUE = "03-08", "03-09"
ONE = (Crew(id="K", trade="builder"),)


def rules_of(found):
    return [item.rule for item in found]


def two_fixed(**rules):
    """Two fixed shops on the same two days."""
    return small_rollout(fixed("F", MON), fixed("G", MON), **rules)


def both_built(rollout, *conflicts, crews=None):
    remodels = (building("F", MON, TUE, crews), building("G", MON, TUE, crews))
    return small_plan(rollout, *remodels, conflicts=conflicts)


CLASHES = {
    "blackout": (
        {"blackouts": (Blackout(name="Fair", first=day(TUE), last=day("03-20")),)},
        [conflict("blackout", TUE, TUE, "F"), conflict("blackout", TUE, TUE, "G")],
    ),
    "limit": ({"limits": (Limit(name="One", max_closed=1),)}, [conflict("limit", MON, TUE, "F", "G")]),
    "limit of starts": (
        {"limits": (Limit(name="One", max_starts_per_week=1),)},
        [conflict("limit", MON, "03-14", "F", "G")],
    ),
    "supply": (
        {"supplies": (Supply(name="Kits", phase="Build", needs={"S": 1}, initial=1),)},
        [conflict("supply", MON, "04-30", "F", "G")],
    ),
    "crew": ({"crews": ONE}, [conflict("crew", MON, TUE, "F", "G", crew="K")]),
    "absence": (
        {"absences": (Absence(crew="K", first=day(TUE), last=day(TUE), units=2),)},
        [conflict("absence", TUE, TUE, "F", "G", crew="K")],
    ),
    "region": (
        {"crews": (Crew(id="K", trade="builder", units=2, regions=("NW",)),)},
        [conflict("region", MON, TUE, "F"), conflict("region", MON, TUE, "G")],
    ),
    "crew_dates": (
        {"crews": (Crew(id="K", trade="builder", units=2, last=day(MON)),)},
        [conflict("crew_dates", TUE, TUE, "F", crew="K"), conflict("crew_dates", TUE, TUE, "G", crew="K")],
    ),
}


@pytest.mark.parametrize("name", CLASHES)
def test_a_real_conflict_that_is_listed_passes(name):
    rules, conflicts = CLASHES[name]
    rollout = two_fixed(**rules)
    assert check(rollout, both_built(rollout, *conflicts)) == ()


@pytest.mark.parametrize("name", CLASHES)
def test_a_real_conflict_that_is_not_listed_is_named(name):
    rules, _ = CLASHES[name]
    rollout = two_fixed(**rules)
    found = check(rollout, both_built(rollout))
    assert set(rules_of(found)) == {"conflict"}
    assert all("no conflict" in item.text for item in found)


@pytest.mark.parametrize("name", CLASHES)
def test_a_listed_conflict_that_is_not_real_is_named(name):
    _, conflicts = CLASHES[name]
    rollout = two_fixed()
    found = check(rollout, both_built(rollout, *conflicts))
    assert rules_of(found) == ["conflict"] * len(conflicts)
    assert all("is not real" in item.text for item in found)


@pytest.mark.parametrize("name", ["blackout", "limit", "limit of starts", "supply", "crew", "absence", "region"])
def test_a_conflict_of_too_many_shops_is_named(name):
    rules, conflicts = CLASHES[name]
    rollout = small_rollout(fixed("F", MON), fixed("G", MON), fixed("H", MON), **rules)
    remodels = [building(shop, MON, TUE) for shop in "FGH"]
    too_many = replace(conflicts[0], shops=("F", "G", "H"))
    found = check(rollout, small_plan(rollout, *remodels, conflicts=(too_many,)))
    assert any(item.rule == "conflict" and "not the smallest" in item.text for item in found)


def test_one_smallest_set_of_a_limit_is_enough():
    rollout = small_rollout(*(fixed(shop, MON) for shop in "FGH"), limits=(Limit(name="One", max_closed=1),))
    remodels = [building(shop, MON, TUE) for shop in "FGH"]
    for pair in ("FG", "FH", "GH"):
        assert check(rollout, small_plan(rollout, *remodels, conflicts=(conflict("limit", MON, TUE, *pair),))) == ()


def test_a_conflict_of_one_limit_does_not_explain_another():
    limits = (Limit(name="Two", max_closed=2), Limit(name="One start", max_starts_per_week=1))
    rollout = small_rollout(*(fixed(shop, MON) for shop in "FGH"), limits=limits)
    remodels = [building(shop, MON, TUE) for shop in "FGH"]
    starts = conflict("limit", MON, "03-14", "F", "G")
    found = check(rollout, small_plan(rollout, *remodels, conflicts=(starts,)))
    assert [(item.rule, item.shops) for item in found] == [("conflict", ("F", "G", "H"))]
    closed = conflict("limit", MON, TUE, "F", "G", "H")
    assert check(rollout, small_plan(rollout, *remodels, conflicts=(starts, closed))) == ()


def test_neighbours_clash_in_pairs():
    here = {"lat": 48.0, "lon": 10.0}
    rollout = small_rollout(fixed("F", MON, **here), fixed("G", MON, **here), neighbours_km=1.0)
    listed = conflict("neighbours", MON, TUE, "F", "G")
    assert check(rollout, both_built(rollout, listed)) == ()
    assert rules_of(check(rollout, both_built(rollout))) == ["conflict"]
    assert "not real" in check(rollout, both_built(rollout, replace(listed, shops=("F",))))[0].text


def test_ready_from_and_after_and_partner_target_clash():
    rollout = small_rollout(
        fixed("F", MON, ready_from=day(TUE), partner="P", annual_target=0.0, weekly_revenue=6.0),
        fixed("G", MON, after=("F",)),
        partner_target=PartnerTarget(first=day(TUE), last=day("03-31"), share=1.0, max_loss=1.0),
    )
    remodels = (replace(building("F", MON, TUE), cost=Cost(closure=200)), building("G", MON, TUE))
    conflicts = (
        conflict("ready_from", MON, MON, "F"),
        conflict("after", MON, TUE, "G", "F"),
        conflict("partner_target", TUE, "03-31", "F"),
    )
    plan = replace(small_plan(rollout, *remodels, conflicts=conflicts), cost=Cost(closure=200), total=200, gap=1.0)
    assert check(rollout, plan) == ()
    for left in conflicts:
        rest = tuple(item for item in conflicts if item is not left)
        (found,) = check(rollout, replace(plan, conflicts=rest))
        assert found.rule == "conflict"
        assert f"no conflict {left.rule!r}" in found.text


def test_a_backlog_remodel_that_takes_part_is_a_violation_though_the_conflict_is_listed():
    rollout = small_rollout(fixed("F", MON), fixed("G", MON), backlog("B"), limits=(Limit(name="One", max_closed=1),))
    remodels = (building("F", MON, TUE), building("G", MON, TUE), building("B", TUE, "03-10", status="planned"))
    found = check(rollout, small_plan(rollout, *remodels, conflicts=(conflict("limit", MON, TUE, "F", "G"),)))
    assert [(item.rule, item.first, item.last) for item in found] == [("limit", day(TUE), day(TUE))]


def test_nothing_is_added_to_a_crew_that_given_remodels_lack():
    rollout = small_rollout(fixed("F", MON), fixed("G", MON), backlog("B"), crews=ONE)
    listed = conflict("crew", MON, TUE, "F", "G", crew="K")
    remodels = (building("F", MON, TUE, {}), building("G", MON, TUE, {}))
    assert check(rollout, small_plan(rollout, *remodels, conflicts=(listed,))) == ()
    added = building("B", TUE, "03-10", status="planned")
    found = check(rollout, small_plan(rollout, *remodels, added, conflicts=(listed,)))
    assert {item.rule for item in found} == {"crew"}
    assert "while B holds crews that could come" in found[0].text


def test_a_fixed_remodel_without_crews_needs_a_conflict():
    rollout = two_fixed()
    found = check(rollout, both_built(rollout, crews={}))
    assert [(item.rule, item.shops) for item in found] == [("visit", ("F",)), ("visit", ("G",))]
    assert "crews could come" in found[0].text
    nobody = two_fixed(crews=(Crew(id="K", trade="builder", regions=("NW",)),))
    found = check(nobody, both_built(nobody, crews={}))
    assert [(item.rule, item.shops) for item in found] == [("conflict", ("F",)), ("conflict", ("G",))]
    listed = (conflict("region", MON, TUE, "F", crew="K"), conflict("region", MON, TUE, "G", crew="K"))
    assert check(nobody, both_built(nobody, *listed, crews={})) == ()


def test_a_fixed_remodel_lists_the_crews_it_has():
    rollout = small_rollout(fixed("F", MON, format="P"), crews=ONE)
    listed = conflict("crew", MON, TUE, "F", crew="K")
    plan = small_plan(rollout, building("F", MON, TUE, {"K": 1}), conflicts=(listed,))
    assert check(rollout, plan) == ()
    assert rules_of(check(rollout, replace(plan, conflicts=()))) == ["conflict"]


def test_crews_could_be_sent_the_other_way_round():
    # K1 may serve both, K2 only G: with K1 at F nothing clashes.
    crews = (
        Crew(id="K1", trade="builder"),
        Crew(id="K2", trade="builder", regions=("South",)),
    )
    rollout = small_rollout(fixed("F", MON), fixed("G", MON, region="South"), crews=crews)
    remodels = (building("F", MON, TUE, {}), building("G", MON, TUE, {"K1": 1}))
    listed = conflict("crew", MON, TUE, "F", "G", crew="K1")
    found = check(rollout, small_plan(rollout, *remodels, conflicts=(listed,)))
    assert rules_of(found) == ["conflict"]
    assert "can all have their crews" in found[0].text


def test_named_crews_are_the_only_ones_that_may_come():
    crews = (Crew(id="K", trade="builder"), Crew(id="L", trade="builder"))
    rollout = small_rollout(fixed("F", MON, crews=("K",)), fixed("G", MON, crews=("K",)), crews=crews)
    assert check(rollout, both_built(rollout, conflict("crew", MON, TUE, "F", "G", crew="K"))) == ()
    assert check(small_rollout(fixed("F", MON), fixed("G", MON), crews=crews), both_built(rollout)) != ()


def test_conflicts_with_a_remodel_in_progress_are_listed_too():
    rollout = small_rollout(
        fixed("I", "03-01", status=Status.IN_PROGRESS), fixed("F", "03-01"), limits=(Limit(name="One", max_closed=1),)
    )
    remodels = (building("I", "03-01", "03-02", status="in_progress"), building("F", "03-01", "03-02"))
    assert rules_of(check(rollout, small_plan(rollout, *remodels))) == ["conflict"]
    listed = conflict("limit", "03-01", "03-02", "I", "F")
    assert check(rollout, small_plan(rollout, *remodels, conflicts=(listed,))) == ()


def test_a_fixed_shop_after_an_undated_one_is_named_and_blocks_nothing():
    rollout = small_rollout(fixed("F", MON, after=("B",)), backlog("B"))
    build = building("F", MON, TUE)
    for shops in (("F",), ("F", "B")):
        assert check(rollout, small_plan(rollout, build, conflicts=(conflict("after", MON, TUE, *shops),))) == ()
    (found,) = check(rollout, small_plan(rollout, build))
    assert found.rule == "conflict"
    assert "B before it has no date" in found.text
    early = building("B", "03-04", "03-05", status="planned")
    assert check(rollout, small_plan(rollout, build, early)) == ()
    stale = small_plan(rollout, build, early, conflicts=(conflict("after", MON, TUE, "F"),))
    assert "not real" in check(rollout, stale)[0].text


MISSTATED = {
    "no such rule": (conflict("wait", MON, TUE, "F"), "no rule that can conflict"),
    "no shop": (conflict("limit", MON, TUE), "names no remodel"),
    "an unknown shop": (conflict("limit", MON, TUE, "F", "Z"), "names Z"),
    "a backlog shop": (conflict("limit", MON, TUE, "F", "B"), "names B"),
    "a shop twice": (conflict("limit", MON, TUE, "F", "F"), "twice"),
    "the same one again": (conflict("limit", MON, TUE, "F", "G"), "listed twice"),
    "days that run backwards": (conflict("limit", TUE, MON, "F", "G"), "no day from today on"),
    "days that are over": (conflict("limit", "02-01", "02-02", "F", "G"), "no day from today on"),
    "other days": (conflict("limit", "03-10", "03-11", "F", "G"), "not real"),
    "other days of a crew": (conflict("crew", "03-10", "03-11", "F", "G", crew="K"), "needs such a crew"),
    "a crew where there is none": (conflict("limit", MON, TUE, "F", "G", crew="K"), "about no crew"),
    "an unknown crew": (conflict("crew", MON, TUE, "F", "G", crew="Z"), "crew Z"),
    "a freeze of a fixed shop": (conflict("freeze", MON, TUE, "F"), "no frozen start"),
    "a freeze of two": (conflict("freeze", MON, TUE, "F", "G"), "of its own"),
}


@pytest.mark.parametrize("name", MISSTATED)
def test_a_misstated_conflict_is_named(name):
    listed, words = MISSTATED[name]
    rollout = small_rollout(
        fixed("F", MON), fixed("G", MON), backlog("B"), crews=ONE, limits=(Limit(name="One", max_closed=1),)
    )
    real = (conflict("limit", MON, TUE, "F", "G"), conflict("crew", MON, TUE, "F", "G", crew="K"))
    plan = small_plan(rollout, building("F", MON, TUE), building("G", MON, TUE), conflicts=(*real, listed))
    (found,) = check(rollout, plan)
    assert found.rule == "conflict"
    assert words in found.text


class TestFrozen:
    def rollout(self, start="03-04", **rules):
        return small_rollout(backlog("Z", format="L", published_start=day(start)), freeze_days=7, **rules)

    def test_it_starts_where_it_was_published(self):
        rollout = self.rollout()
        assert check(rollout, small_plan(rollout, surveyed("Z", "03-04", "03-05", MON))) == ()
        found = check(rollout, small_plan(rollout, surveyed("Z", "03-05", MON, TUE)))
        assert rules_of(found) == ["freeze"]
        assert rules_of(check(rollout, small_plan(rollout))) == ["freeze"]

    def test_its_later_phases_dodge_what_they_can(self):
        # Frozen it counts as fixed, but a blackout that a longer wait avoids is no conflict.
        rollout = self.rollout(blackouts=(Blackout(name="Fair", first=day("03-05"), last=day(MON)),))
        clash = surveyed("Z", "03-04", "03-05", MON)
        listed = conflict("blackout", "03-05", MON, "Z")
        assert "not real" in check(rollout, small_plan(rollout, clash, conflicts=(listed,)))[0].text
        assert check(rollout, small_plan(rollout, surveyed("Z", "03-04", TUE, "03-10"))) == ()

    def test_a_blackout_that_no_wait_avoids_is_a_conflict(self):
        rollout = self.rollout(blackouts=(Blackout(name="Fair", first=day("03-05"), last=day("04-30")),))
        clash = surveyed("Z", "03-04", "03-05", MON)
        assert rules_of(check(rollout, small_plan(rollout, clash))) == ["conflict"]
        listed = conflict("blackout", "03-05", MON, "Z")
        assert check(rollout, small_plan(rollout, clash, conflicts=(listed,))) == ()

    @pytest.mark.parametrize(
        ("start", "changes"),
        [
            ("03-06", {}),
            ("03-04", {"ready_from": day("03-15")}),
            ("03-04", {"ready_from": day("03-04"), "after": ()}),
        ],
    )
    def test_a_start_the_data_do_not_allow_is_a_conflict(self, start, changes):
        rollout = self.rollout(start)
        rollout = replace(rollout, shops=(replace(rollout.shops[0], **changes),))
        listed = small_plan(rollout, conflicts=(conflict("freeze", start, start, "Z"),))
        if changes.get("ready_from") == day("03-04"):
            assert "can start on 2021-03-04" in check(rollout, listed)[0].text
            return
        assert check(rollout, listed) == ()
        (found,) = check(rollout, small_plan(rollout))
        assert found.rule == "conflict"
        assert "cannot be kept" in found.text

    def test_a_permit_within_the_longest_wait_is_kept_by_waiting(self):
        # The build may begin up to six working days after the survey on the 4th: on the 12th.
        rollout = self.rollout()
        for ready, allowed in (("03-12", True), ("03-15", False)):
            changed = replace(rollout, shops=(replace(rollout.shops[0], ready_from=day(ready)),))
            listed = small_plan(changed, conflicts=(conflict("freeze", "03-04", "03-04", "Z"),))
            assert (check(changed, listed) != ()) is allowed

    def test_a_start_past_the_horizon_is_a_conflict(self):
        rollout = replace(self.rollout(), last=day(MON))
        assert rules_of(check(rollout, small_plan(rollout))) == ["freeze"]
        rollout = replace(rollout, last=day("03-05"))
        assert rules_of(check(rollout, small_plan(rollout))) == ["conflict"]


class TestInfeasible:
    rollout = two_fixed(limits=(Limit(name="One", max_closed=1),))
    listed = conflict("limit", MON, TUE, "F", "G")

    def test_it_passes_with_its_conflict(self):
        assert check(self.rollout, no_plan(self.listed)) == ()

    def test_without_a_conflict_it_is_named(self):
        found = check(self.rollout, no_plan())
        assert rules_of(found) == ["conflict", "conflict"]
        assert "no conflict that arises without a remodel in progress" in found[0].text
        assert "no conflict 'limit' is listed" in found[1].text

    def test_remodels_in_progress_alone_block_nothing(self):
        rollout = small_rollout(
            fixed("I", "03-01", status=Status.IN_PROGRESS),
            fixed("F", "03-01"),
            limits=(Limit(name="One", max_closed=1),),
        )
        found = check(rollout, no_plan(conflict("limit", "03-01", "03-02", "I", "F")))
        assert rules_of(found) == ["conflict"]
        assert "in progress" in found[0].text

    def test_figures_and_lists_must_be_empty(self):
        full = replace(
            both_built(self.rollout, self.listed),
            status=PlanStatus.INFEASIBLE,
            unplanned=(Unplanned(shop="F", reason="why"),),
            last_finish_day=1,
        )
        assert set(rules_of(check(self.rollout, full))) == {"list", "levels", "cost", "bound"}
        assert len(check(self.rollout, full)) == 9

    def test_another_rollouts_plan_is_named(self):
        assert rules_of(check(self.rollout, replace(no_plan(self.listed), rollout="Other"))) == ["list"]
