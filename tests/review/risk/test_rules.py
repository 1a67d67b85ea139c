"""What a delay does to others, one rule at a time, worked out by hand."""

from planner.domain.crew import Absence, Crew
from planner.domain.rules import Blackout, Delivery, Grouping, Limit, Supply
from planner.domain.shop import Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.review.risk.play import Variant
from tests.review.risk.made import day, in_turn, made_plan, made_rollout, one_phase, shop, spans

TWO_CREWS = (Crew(id="K", trade="builder"), Crew(id="L", trade="builder"))
PAIR = {"A": [(0, 4, {"K": 1})], "B": [(5, 9, {"L": 1})]}


def pair(**more):
    """A by crew K on days 0 to 4, then B by crew L on days 5 to 9."""
    shops = more.pop("shops", (shop("A"), shop("B")))
    rollout = made_rollout(shops, one_phase(5), **({"crews": TWO_CREWS} | more))
    return rollout, made_plan(rollout, PAIR)


def test_a_late_remodel_makes_its_crews_next_jobs_late() -> None:
    rollout = made_rollout([shop("A"), shop("B"), shop("C")], one_phase(5))
    plan = made_plan(rollout, in_turn("ABC", 5))
    assert spans(rollout, plan, {"A": 8}) == {"A": (0, 7), "B": (8, 12), "C": (13, 17)}


def test_a_gap_in_the_plan_takes_up_a_delay() -> None:
    rollout = made_rollout([shop("A"), shop("B")], one_phase(5))
    plan = made_plan(rollout, {"A": [(0, 4, {"K": 1})], "B": [(7, 11, {"K": 1})]})
    assert spans(rollout, plan, {"A": 6})["B"] == (7, 11)
    assert spans(rollout, plan, {"A": 9})["B"] == (9, 13)


def test_nothing_starts_before_its_date_unless_told() -> None:
    rollout = made_rollout([shop("A"), shop("B")], one_phase(5))
    plan = made_plan(rollout, in_turn("AB", 5))
    assert spans(rollout, plan, {"A": 2})["B"] == (5, 9)
    assert spans(rollout, plan, {"A": 2}, early=2)["B"] == (3, 7)
    assert spans(rollout, plan, {"A": 2}, early=9)["B"] == (2, 6)


def test_fixed_dates_are_not_brought_forward_and_start_late_where_their_crew_does() -> None:
    rollout = made_rollout([shop("A"), shop("B", status=Status.FIXED, start=day(5))], one_phase(5))
    plan = made_plan(rollout, in_turn("AB", 5))
    assert spans(rollout, plan, {"A": 2}, early=9)["B"] == (5, 9)
    assert spans(rollout, plan, {"A": 7})["B"] == (7, 11)


def test_each_job_goes_to_whichever_unit_is_free() -> None:
    crews = (Crew(id="K", trade="builder", units=2),)
    rollout = made_rollout([shop(name) for name in "ABC"], one_phase(5), crews=crews)
    plan = made_plan(rollout, {"A": [(0, 4, {"K": 1})], "B": [(0, 4, {"K": 1})], "C": [(5, 9, {"K": 1})]})
    assert spans(rollout, plan, {"A": 9})["C"] == (5, 9)
    assert spans(rollout, plan, {"A": 9, "B": 7})["C"] == (7, 11)


def test_a_unit_more_takes_the_next_job_at_once() -> None:
    rollout = made_rollout([shop("A"), shop("B")], one_phase(5))
    plan = made_plan(rollout, in_turn("AB", 5))
    assert spans(rollout, plan, {"A": 9}, variant=Variant(more_units={0: 1}))["B"] == (5, 9)


def test_an_overrun_into_a_holiday_of_the_crew_goes_on_after_it() -> None:
    absences = (Absence(crew="K", first=day(6), last=day(10)),)
    rollout = made_rollout([shop("A")], one_phase(5), absences=absences)
    plan = made_plan(rollout, in_turn("A", 5))
    assert spans(rollout, plan, {"A": 6})["A"] == (0, 5)
    assert spans(rollout, plan, {"A": 7})["A"] == (0, 11)


def test_a_job_that_would_run_into_a_holiday_as_planned_waits_until_after_it() -> None:
    absences = (Absence(crew="K", first=day(11), last=day(13)),)
    rollout = made_rollout([shop("A"), shop("B")], one_phase(5), absences=absences)
    plan = made_plan(rollout, in_turn("AB", 5))
    assert spans(rollout, plan, {"A": 6})["B"] == (6, 10)
    assert spans(rollout, plan, {"A": 7})["B"] == (14, 18)


def test_a_unit_that_is_away_leaves_the_others_their_jobs() -> None:
    crews = (Crew(id="K", trade="builder", units=2),)
    absences = (Absence(crew="K", first=day(5), last=day(9), units=1),)
    rollout = made_rollout([shop(name) for name in "ABC"], one_phase(5), crews=crews, absences=absences)
    plan = made_plan(rollout, {"A": [(0, 4, {"K": 1})], "B": [(0, 4, {"K": 1})], "C": [(5, 9, {"K": 1})]})
    # The unit of A goes away first, as it is free first; C is for the unit of B.
    assert spans(rollout, plan, {"B": 7})["C"] == (7, 11)


def test_a_shop_that_cannot_close_before_a_blackout_closes_after_it() -> None:
    blackouts = (Blackout(name="Sale", first=day(12), last=day(20)),)
    rollout = made_rollout([shop("A"), shop("B")], one_phase(5), blackouts=blackouts)
    plan = made_plan(rollout, in_turn("AB", 5))
    assert spans(rollout, plan, {"A": 7})["B"] == (7, 11)
    assert spans(rollout, plan, {"A": 8})["B"] == (21, 25)
    # What has begun goes on.
    assert spans(rollout, plan, {"B": 9})["B"] == (5, 13)


def test_a_job_that_no_longer_fits_a_crews_dates_never_comes_about_and_the_crew_goes_on() -> None:
    shops = [shop("A"), shop("B"), shop("C")]
    crews = (Crew(id="K", trade="builder"), Crew(id="L", trade="fitter", last=day(9)))
    shop_format = ShopFormat(name="M", phases=(Phase(name="Build", days=5, crews={"builder": 1, "fitter": 1}),))
    other = ShopFormat(name="S", phases=(Phase(name="Build", days=5, crews={"builder": 1}),))
    rollout = made_rollout(shops, shop_format, crews=crews)
    rollout = type(rollout)(
        **{**vars(rollout), "formats": (shop_format, other), "shops": (*shops[:2], type(shops[2])(id="C", format="S"))}
    )
    both = {"K": 1, "L": 1}
    plan = made_plan(rollout, {"A": [(0, 4, both)], "B": [(5, 9, both)], "C": [(10, 14, {"K": 1})]})
    assert spans(rollout, plan, {"A": 6}) == {"A": (0, 5), "B": (None, None), "C": (10, 14)}


def test_of_neighbours_the_second_waits_until_the_first_is_open() -> None:
    shops = (shop("A", lat=48.0, lon=11.0), shop("B", lat=48.0, lon=11.1))
    rollout, plan = pair(shops=shops, neighbours_km=10.0)
    assert spans(rollout, plan, {"A": 8})["B"] == (8, 12)
    rollout, plan = pair(shops=shops, neighbours_km=5.0)
    assert spans(rollout, plan, {"A": 8})["B"] == (5, 9)


def test_of_a_limited_group_the_next_waits_until_one_is_open() -> None:
    shops = (shop("A", partner="P"), shop("B", partner="P"))
    limits = (Limit(name="One", per=Grouping.PARTNER, max_closed=1),)
    rollout, plan = pair(shops=shops, limits=limits)
    assert spans(rollout, plan, {"A": 8})["B"] == (8, 12)


def test_a_limit_asks_only_of_its_window() -> None:
    limits = (Limit(name="One", max_closed=1, first=day(0), last=day(6)),)
    rollout, plan = pair(limits=limits)
    assert spans(rollout, plan, {"A": 6})["B"] == (6, 10)
    assert spans(rollout, plan, {"A": 20})["B"] == (7, 11)
    later = (Limit(name="One", max_closed=1, first=day(8)),)
    rollout, plan = pair(limits=later)
    assert spans(rollout, plan, {"A": 8})["B"] == (5, 9)
    assert spans(rollout, plan, {"A": 9})["B"] == (9, 13)


def test_a_full_week_puts_a_start_off_to_the_next() -> None:
    shops = [shop("A"), shop("B"), shop("C")]
    crews = (*TWO_CREWS, Crew(id="J", trade="builder"))
    limits = (Limit(name="One a week", max_starts_per_week=1),)
    rollout = made_rollout(shops, one_phase(5), crews=crews, limits=limits)
    plan = made_plan(rollout, {"A": [(0, 4, {"K": 1})], "B": [(7, 11, {"K": 1})], "C": [(14, 18, {"L": 1})]})
    assert spans(rollout, plan, {"A": 10}) == {"A": (0, 9), "B": (10, 14), "C": (14, 18)}
    # B moves into the week of C, which is later in the plan's order.
    assert spans(rollout, plan, {"A": 15}) == {"A": (0, 14), "B": (15, 19), "C": (21, 25)}


def test_what_comes_after_waits_for_the_finish() -> None:
    rollout, plan = pair(shops=(shop("A"), shop("B", after=("A",))))
    assert spans(rollout, plan, {"A": 8})["B"] == (8, 12)


def test_a_permit_that_slips_keeps_the_shop_open_but_not_the_survey() -> None:
    survey = Phase(name="Survey", days=1, closed=False)
    build = Phase(name="Build", days=5, crews={"builder": 1}, wait_max=9)
    rollout = made_rollout([shop("A", ready_from=day(2))], ShopFormat(name="M", phases=(survey, build)))
    plan = made_plan(rollout, {"A": [(0, 0, {}), (3, 7, {"K": 1})]})
    assert spans(rollout, plan)["A"] == (0, 7)
    assert spans(rollout, plan, slipped=("A",), delays=(1, 0))["A"] == (0, 7)
    assert spans(rollout, plan, slipped=("A",), delays=(10, 0))["A"] == (0, 16)


def test_a_permit_that_is_there_does_not_slip() -> None:
    rollout = made_rollout([shop("A", ready_from=day(0))], one_phase(5))
    plan = made_plan(rollout, in_turn("A", 5))
    assert spans(rollout, plan, slipped=("A",), delays=(10, 0))["A"] == (0, 4)


def test_kits_go_to_shops_in_the_plans_order() -> None:
    kits = Supply(
        name="Kits", phase="Build", needs={"M": 1}, initial=1, deliveries=(Delivery(first=day(3), quantity=1),)
    )
    rollout, plan = pair(supplies=(kits,))
    assert spans(rollout, plan, late=True, delays=(0, 1))["B"] == (5, 9)
    assert spans(rollout, plan, late=True, delays=(0, 4)) == {"A": (0, 4), "B": (7, 11)}
    without = Variant(without_late_kits=True)
    assert spans(rollout, plan, late=True, delays=(0, 4), variant=without)["B"] == (5, 9)


def test_waits_between_phases_are_working_days_of_the_shop() -> None:
    first = Phase(name="Survey", days=2, closed=False)
    second = Phase(name="Build", days=3, crews={"builder": 1}, wait_min=2, wait_max=9)
    rollout = made_rollout([shop("A")], ShopFormat(name="M", phases=(first, second)), workdays=frozenset(range(5)))
    plan = made_plan(rollout, {"A": [(0, 1, {}), (4, 8, {"K": 1})]})  # Monday and Tuesday; Friday to Tuesday
    assert spans(rollout, plan)["A"] == (0, 8)
    assert spans(rollout, plan, {"A": 3})["A"] == (0, 9)  # Thursday and Friday pass, then Monday to Wednesday


def test_of_a_remodel_under_way_only_the_days_from_today_on_vary() -> None:
    begun = shop("A", status=Status.IN_PROGRESS, start=day(-3), finish=day(4))
    rollout = made_rollout([begun, shop("B")], one_phase(5))
    plan = made_plan(rollout, {"A": [(-3, 4, {"K": 1})], "B": [(5, 9, {"K": 1})]})
    assert spans(rollout, plan) == {"A": (-3, 4), "B": (5, 9)}
    assert spans(rollout, plan, {"A": 7}) == {"A": (-3, 6), "B": (7, 11)}


def test_a_crew_stays_for_the_whole_visit() -> None:
    phases = tuple(Phase(name=name, days=2, crews={"builder": 1}, wait_min=1, wait_max=4) for name in ("Build", "Fit"))
    rollout = made_rollout([shop("A"), shop("B")], ShopFormat(name="M", phases=phases))
    plan = made_plan(rollout, {"A": [(0, 1, {"K": 1}), (3, 4, {"K": 1})], "B": [(5, 6, {"K": 1}), (8, 9, {"K": 1})]})
    assert spans(rollout, plan, {"A": 3}) == {"A": (0, 5), "B": (6, 10)}
