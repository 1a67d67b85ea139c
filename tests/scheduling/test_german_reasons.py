"""Why shops have no date and which dates clash, in German: the same answers, none of their words left in English."""

from dataclasses import replace

from planner.domain.plan import Plan
from planner.domain.rollout import Rollout
from planner.domain.rules import Grouping, Limit, Supply
from planner.domain.shop import Shop
from planner.scheduling.limits import Limits
from planner.scheduling.problem import build_problem
from planner.scheduling.solve import solve
from planner.scheduling.things import Thing, lifting_words, thing_words
from planner.wording.language import Language
from planner.wording.translation import speaking
from tests.scheduling.test_clashes import all_fixed
from tests.scheduling.test_reasons import SIMPLE
from tests.tiny_rollouts import seeded_rollout
from tests.wording.german import left_in_english

LIMITS = Limits(seconds=0.2, workers=1, deterministic=True, allow_conflicts=True)
SEEDS = range(25)
LIMITED = replace(
    SIMPLE,
    shops=tuple(Shop(id=name, format="M", region="South") for name in "ABC"),
    limits=(Limit(name="One", per=Grouping.REGION, max_closed=1), Limit(name="Few", max_closed=2)),
    supplies=(Supply(name="Kits", phase="Build", needs={"M": 1}, initial=9),),
)


def plan_in(language: Language, rollout: Rollout) -> Plan:
    with speaking(language):
        return solve(rollout, LIMITS)


def test_reasons_and_clashes_are_told_in_german() -> None:
    told = set()
    for seed in SEEDS:
        for rollout in (seeded_rollout(seed), all_fixed(seeded_rollout(seed), seed)):
            plan = plan_in(Language.GERMAN, rollout)
            texts = [item.reason for item in plan.unplanned] + [item.text for item in plan.conflicts]
            assert [left_in_english(text) for text in texts if left_in_english(text)] == []
            told.update(texts)
    assert len(told) > 20


def test_only_the_words_differ() -> None:
    for seed in SEEDS:
        rollout = all_fixed(seeded_rollout(seed), seed)
        english, german = (plan_in(language, rollout) for language in (Language.ENGLISH, Language.GERMAN))
        assert [item.shop for item in german.unplanned] == [item.shop for item in english.unplanned]
        assert german.remodels == english.remodels
        assert [replace(item, text="") for item in german.conflicts] == [
            replace(item, text="") for item in english.conflicts
        ]


def test_things_are_the_same_in_each_language_and_called_by_its_words() -> None:
    shop, limit, supply = LIMITED.shops[0], Thing("limit", "“One” for South"), Thing("supply", "“Kits”")
    with speaking(Language.GERMAN):
        timelines = build_problem(LIMITED).timelines.items
        assert {limit, supply} <= {Thing(item.rule.value, item.subject) for item in timelines}
        assert thing_words(LIMITED, shop, limit) == "die Grenze „One“ für South"
        assert thing_words(LIMITED, shop, Thing("limit", "“Few”")) == "die Grenze „Few“"
        assert lifting_words(LIMITED, shop, supply) == "der Vorrat an „Kits“ gäbe nach"
    assert thing_words(LIMITED, shop, limit) == "the limit “One” for South"
    assert lifting_words(LIMITED, shop, supply) == "the supply of “Kits” gave way"
