"""The page as a file: its policy, its data, its words."""

import base64
import hashlib
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest

from planner.domain.plan import Conflict, Plan, PlanStatus
from planner.domain.rollout import Rollout
from planner.domain.rules import Milestone
from planner.domain.shop import Shop, Status
from planner.exchange.report.contents import EPOCH, page_contents
from planner.exchange.report.page import SCRIPTS, STYLES, as_script_data, report_to_html
from planner.exchange.report.words import words
from planner.wording.language import Language, language_of_locale

from .made_plan import NASTY, made_plan, made_rollout, nasty_plan

ASSETS = Path(str(files("planner.exchange.report"))) / "assets"


class Page(HTMLParser):
    """What a browser's parser would see: elements, the policy, and what each script and style holds."""

    def __init__(self, page: bytes) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.held: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self.policy = ""
        self.addresses: list[str] = []
        self._inside = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"] or ""
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action", "srcset")]
        if tag in self.held:
            self._inside = tag
            self.held[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.held[self._inside][-1] += data


def page_of(rollout: Rollout, plan: Plan) -> Page:
    return Page(report_to_html(rollout, plan, Language.ENGLISH))


@pytest.fixture(scope="module")
def usual() -> tuple[Rollout, Plan]:
    rollout = made_rollout(120)
    return rollout, made_plan(rollout)


def test_the_policy_lets_only_the_pages_own_script_and_style_run(usual: tuple[Rollout, Plan]) -> None:
    page = page_of(*usual)

    def hashed(text: str) -> str:
        return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"

    assert page.policy.startswith("default-src 'none'; ")
    assert f"script-src {hashed(page.held['script'][1])};" in page.policy
    assert f"style-src {hashed(page.held['style'][0])};" in page.policy
    assert "unsafe" not in page.policy


def test_the_page_names_no_address(usual: tuple[Rollout, Plan]) -> None:
    page = page_of(*usual)
    assert page.addresses == []
    script, style = page.held["script"][1], page.held["style"][0]
    assert re.findall(r"https?://[^\"']+", script) == ["http://www.w3.org/2000/svg"]
    assert "url(" not in style
    assert "@import" not in style


def test_scripts_write_text_only() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|\.srcdoc|setHTML"
    )
    for path in ASSETS.glob("*.js"):
        assert not forbidden.search(path.read_text(encoding="utf-8")), path.name


def test_every_script_and_style_is_in_the_page() -> None:
    assert {path.name for path in ASSETS.glob("*.js")} == set(SCRIPTS)
    assert {path.name for path in ASSETS.glob("*.css")} == set(STYLES)


def test_the_worst_names_stay_data() -> None:
    rollout, plan = nasty_plan()
    page = page_of(rollout, plan)
    assert page.tags.count("script") == 2
    assert "img" not in page.tags
    assert page.held["title"] == [NASTY[0]]
    data = json.loads(page.held["script"][0])
    assert data["rollout"] == NASTY[0]
    assert data["currency"] == NASTY[1]
    assert {shop["name"] for shop in data["shops"]} == set(NASTY)


@pytest.mark.parametrize("text", [*NASTY, "\u2028\u2029", "</SCRIPT", "<!--<script>"])
def test_data_in_a_script_has_nothing_that_ends_it(text: str) -> None:
    written = as_script_data({"name": text})
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written) == {"name": text}


def test_half_a_character_does_not_keep_the_page_from_being_written(usual: tuple[Rollout, Plan]) -> None:
    rollout, plan = usual
    report_to_html(
        rollout,
        replace(plan, unplanned=tuple(replace(item, reason="\ud800") for item in plan.unplanned)),
        Language.GERMAN,
    ).decode()


def test_the_same_plan_gives_the_same_page(usual: tuple[Rollout, Plan]) -> None:
    rollout, plan = usual
    again = made_rollout(120)
    assert report_to_html(rollout, plan, Language.GERMAN) == report_to_html(again, made_plan(again), Language.GERMAN)


def test_every_word_is_there_in_both_languages_and_is_used() -> None:
    english, german = words()[Language.ENGLISH], words()[Language.GERMAN]
    assert english.keys() == german.keys()
    holes = re.compile(r"\{(\w+)\}")
    for key in english:
        assert sorted(holes.findall(english[key])) == sorted(holes.findall(german[key])), key
    script = "".join(path.read_text(encoding="utf-8") for path in ASSETS.glob("*.js"))
    said = set(re.findall(r'"([\w.]+\.[\w.]+|today)"', script))
    beginnings = set(re.findall(r"`([\w.]+\.)\$\{", script))
    nouns = set(re.findall(r'counted\([^"`]*"(\w+)"\)', script))
    parts = re.findall(r'part\(\s*"(\w+)"', script)
    used = said | {f"{noun}.{form}" for noun in nouns for form in ("one", "many")} | {f"{part}.title" for part in parts}
    for key in english:
        assert key in used or any(key.startswith(start) for start in beginnings), key
    kinds = {key.split(".")[0] for key in english}
    assert {key for key in said if key.split(".")[0] in kinds} <= english.keys()


def test_the_milestone_counts_what_was_done_by_its_day() -> None:
    rollout = made_rollout(0)
    shops = (
        Shop(id="A", format="M", status=Status.DONE, finish=date(2021, 5, 1)),
        Shop(id="B", format="M", status=Status.DONE, finish=date(2021, 7, 1)),
    )
    early = replace(rollout, shops=shops, milestones=(Milestone(name="May", by=date(2021, 5, 31), target=3),))
    plan = made_plan(early)
    plan = replace(
        plan, milestones=(replace(plan.milestones[0], name="May", by=date(2021, 5, 31), target=3, planned=1),)
    )
    contents = page_contents(early, plan)
    day = date(2021, 5, 31).toordinal() - EPOCH
    assert contents["milestones"] == [{"name": "May", "by": day, "target": 3, "planned": 0, "done": 1, "total": 1}]
    first, second = (shop.finish.toordinal() - EPOCH for shop in shops if shop.finish)
    assert contents["finishes"] == {"done": [(first, 1), (second, 2)], "planned": []}


def test_money_adds_up_to_the_plans(usual: tuple[Rollout, Plan]) -> None:
    rollout, plan = usual
    money = page_contents(rollout, replace(plan, unplanned=()))["money"]
    assert isinstance(money, dict)
    assert plan.cost is not None
    by_kind = [sum(region["cost"][kind] for region in money["regions"]) for kind in range(5)]
    assert by_kind == list(money["all"])
    assert sum(by_kind) == plan.total


def test_shops_without_a_date_wait_until_the_horizon_ends(usual: tuple[Rollout, Plan]) -> None:
    rollout, plan = usual
    without = page_contents(rollout, replace(plan, unplanned=()))["money"]
    with_them = page_contents(rollout, plan)["money"]
    assert isinstance(without, dict)
    assert isinstance(with_them, dict)
    waiting = [sum(region["cost"][1] for region in money["regions"]) for money in (without, with_them)]
    assert waiting[1] > waiting[0] > 0


def test_every_shop_has_the_state_it_is_in(usual: tuple[Rollout, Plan]) -> None:
    rollout, plan = usual
    shops = page_contents(rollout, plan)["shops"]
    assert isinstance(shops, list)
    state = {shop["id"]: shop["is"] for shop in shops}
    assert set(state) == {shop.id for shop in rollout.shops}
    for remodel in plan.remodels:
        assert state[remodel.shop] == remodel.status.value
    for item in plan.unplanned:
        assert state[item.shop] == "undated"
    assert {state[shop.id] for shop in rollout.shops if shop.status is Status.DONE} == {"done"}
    assert {state[shop.id] for shop in rollout.shops if shop.status is Status.DEFERRED} == {"left_out"}


def test_a_plan_that_is_none_tells_its_conflicts() -> None:
    rollout = made_rollout(10)
    conflict = Conflict(
        rule="crew", first=date(2021, 8, 2), last=date(2021, 8, 3), shops=("S0003",), text="B is needed twice"
    )
    plan = Plan.without_figures(rollout.name, rollout.today, PlanStatus.INFEASIBLE, conflicts=(conflict,))
    contents = page_contents(rollout, plan)
    assert contents["money"] is None
    assert [item["text"] for item in contents["conflicts"]] == ["B is needed twice"]  # type: ignore[attr-defined]


def test_abroad_there_is_no_outline_of_germany(usual: tuple[Rollout, Plan]) -> None:
    rollout, plan = usual
    assert page_contents(rollout, plan)["map"] != {"outline": (), "places": ()}
    paris = replace(rollout.shops[0], lat=48.86, lon=2.35)
    abroad = replace(rollout, shops=(paris, *rollout.shops[1:]))
    assert page_contents(abroad, plan)["map"] == {"outline": (), "places": ()}


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "de_DE.UTF-8"}, Language.GERMAN),
        ({"LANG": "de_AT"}, Language.GERMAN),
        ({"LANG": "en_GB.UTF-8"}, Language.ENGLISH),
        ({"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, Language.ENGLISH),
        ({"LC_ALL": "", "LC_MESSAGES": "de_DE", "LANG": "en_US"}, Language.GERMAN),
        ({}, Language.ENGLISH),
    ],
)
def test_the_locale_chooses_the_language(environment: dict[str, str], language: Language) -> None:
    assert language_of_locale(environment) is language
