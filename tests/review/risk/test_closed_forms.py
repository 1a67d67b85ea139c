"""Samples against what can be worked out: lognormal lengths, their sums, slips, spells."""

from math import erf, exp, log, sqrt

import numpy as np

from planner.domain.crew import Crew
from planner.domain.rules import Milestone
from planner.review.risk.build import build_model
from planner.review.risk.figures import milestone_outlook
from planner.review.risk.simulate import Outcomes, simulate
from tests.review.risk.made import day, in_turn, made_plan, made_rollout, one_phase, shop, with_risk

SAMPLES = 20_000


def normal_cdf(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2


def at_most(days: int, planned: int, sigma: float, median: float = 1.0) -> float:
    """How likely a phase takes at most so many days: its lognormal length, rounded to whole days and never none."""
    return normal_cdf(log((days + 0.5) / (planned * median)) / sigma) if days >= 1 else 0.0


def sampled(rollout, plan, early: int = 0) -> Outcomes:
    return simulate(build_model(rollout, plan, early), SAMPLES, seed=7)[0]


def is_near(share: float, expected: float) -> bool:
    """Within four standard errors."""
    return abs(share - expected) <= 4 * sqrt(expected * (1 - expected) / SAMPLES) + 1e-9


def test_one_phase_exceeds_its_days_as_often_as_its_lognormal() -> None:
    rollout = with_risk(made_rollout([shop("A")], one_phase(20)), duration_sigma=0.3, duration_median=1.1)
    finishes = sampled(rollout, made_plan(rollout, in_turn("A", 20))).finishes[0]
    for days in (15, 20, 22, 27, 35):
        assert is_near(float((finishes <= days - 1).mean()), at_most(days, 20, 0.3, 1.1))


def test_a_chain_of_phases_takes_the_sum_of_independent_lengths() -> None:
    names = "ABCDE"
    rollout = with_risk(made_rollout([shop(name) for name in names], one_phase(6)), duration_sigma=0.4)
    last = sampled(rollout, made_plan(rollout, in_turn(names, 6)), early=365).finishes[-1]
    length = np.diff([at_most(days, 6, 0.4) for days in range(120)], prepend=0.0)
    total = length
    for _ in names[1:]:
        total = np.convolve(total, length)
    expected = np.cumsum(total)
    seen = np.array([(last + 1 <= days).mean() for days in range(len(expected))])
    # Kolmogorov and Smirnov: exceeded by chance in fewer than one of 10,000 seeds.
    assert np.abs(seen - expected).max() < 2.3 / sqrt(SAMPLES)


def test_the_mean_of_a_long_chain_is_that_of_the_lognormals() -> None:
    names = "ABC"
    rollout = with_risk(made_rollout([shop(name) for name in names], one_phase(100)), duration_sigma=0.25)
    last = sampled(rollout, made_plan(rollout, in_turn(names, 100)), early=365).finishes[-1].astype(float) + 1
    mean, variance = 300 * exp(0.25**2 / 2), 3 * 100**2 * (exp(0.25**2) - 1) * exp(0.25**2)
    assert abs(last.mean() - mean) < 4 * sqrt(variance / SAMPLES)
    assert abs(last.var() / variance - 1) < 0.06


def test_independent_crews_meet_a_milestone_with_the_product_of_their_chances() -> None:
    crews = (Crew(id="K", trade="builder"), Crew(id="L", trade="builder"))
    milestones = (Milestone(name="Both", by=day(11), target=2),)
    rollout = made_rollout([shop("A"), shop("B")], one_phase(10), crews=crews, milestones=milestones)
    rollout = with_risk(rollout, duration_sigma=0.3)
    plan = made_plan(rollout, {"A": [(0, 9, {"K": 1})], "B": [(1, 10, {"L": 1})]})
    model = build_model(rollout, plan)
    outlook = milestone_outlook(model, simulate(model, SAMPLES, seed=7)[0], milestones[0])
    expected = at_most(12, 10, 0.3) * at_most(11, 10, 0.3)
    assert is_near(outlook.met.probability, expected)
    assert outlook.met.low < expected < outlook.met.high


def test_what_is_shared_makes_lengths_of_a_trade_go_together() -> None:
    crews = (Crew(id="K", trade="builder"), Crew(id="L", trade="builder"))
    rollout = made_rollout([shop("A"), shop("B")], one_phase(100), crews=crews)
    plan = made_plan(rollout, {"A": [(0, 99, {"K": 1})], "B": [(0, 99, {"L": 1})]})
    for shared in (0.0, 0.5, 1.0):
        one, other = sampled(with_risk(rollout, duration_sigma=0.2, duration_shared=shared), plan).finishes
        correlation = np.corrcoef(np.log(one + 1.0), np.log(other + 1.0))[0, 1]
        assert abs(correlation - shared) < 0.03


def test_a_permit_slips_with_its_probability_by_its_days() -> None:
    rollout = made_rollout([shop("A", ready_from=day(3))], one_phase(5))
    rollout = with_risk(rollout, permit_slip_probability=0.3, permit_slip_days=9)
    finishes = sampled(rollout, made_plan(rollout, {"A": [(3, 7, {"K": 1})]})).finishes[0]
    assert is_near(float((finishes == 16).mean()), 0.3)
    assert is_near(float((finishes == 7).mean()), 0.7)


def test_spells_of_illness_are_as_many_as_the_days_at_work_give() -> None:
    rollout = with_risk(made_rollout([shop("A")], one_phase(26)), illness_per_year=2.0, illness_days=4)
    extra = sampled(rollout, made_plan(rollout, in_turn("A", 26))).finishes[0] - 25
    assert is_near(float((extra == 0).mean()), exp(-0.2))
    assert is_near(float((extra == 4).mean()), 0.2 * exp(-0.2))


def test_the_same_seed_gives_the_same_answer_and_another_seed_another() -> None:
    rollout = with_risk(made_rollout([shop("A"), shop("B")], one_phase(20)), duration_sigma=0.3)
    model = build_model(rollout, made_plan(rollout, in_turn("AB", 20)))
    first, again, other = (simulate(model, 3_000, seed)[0].finishes for seed in (1, 1, 2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
