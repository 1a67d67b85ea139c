"""The page in a real Chromium; left out where none is installed."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from planner.domain.plan import Conflict, Plan, PlanStatus
from planner.domain.rollout import Rollout
from planner.domain.shop import Status
from planner.exchange.report.page import report_to_html
from planner.wording.language import Language

from .browser import CHROMIUM, Browser
from .made_plan import NASTY, made_plan, made_rollout, nasty_plan

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed")
SHOPS = 260


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as started:
        yield started


@pytest.fixture(scope="module")
def usual() -> tuple[Rollout, Plan]:
    rollout = made_rollout(SHOPS)
    return rollout, made_plan(rollout)


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory, usual: tuple[Rollout, Plan]) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    (folder / "usual.html").write_bytes(report_to_html(*usual, Language.ENGLISH))
    (folder / "nasty.html").write_bytes(report_to_html(*nasty_plan(), Language.GERMAN))
    return folder


def opened(browser: Browser, path: Path, width: int = 1400) -> Browser:
    browser.messages.clear()
    browser.requests.clear()
    browser.open(path, width=width)
    return browser


def texts(browser: Browser, selector: str) -> list[str]:
    found = browser.run(f"[...document.querySelectorAll({selector!r})].map(element => element.textContent)")
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize("width", [1400, 400])
@pytest.mark.parametrize("name", ["usual.html", "nasty.html"])
def test_the_page_opens_without_a_word_and_asks_for_nothing(
    browser: Browser, pages: Path, name: str, width: int
) -> None:
    opened(browser, pages / name, width)
    assert browser.messages == []
    assert browser.requests == [(pages / name).as_uri()]
    assert browser.run("document.documentElement.scrollWidth <= innerWidth")
    parts = browser.run("[...document.querySelectorAll('section')].map(part => part.id)")
    assert parts == ["burnup", "money", "gantt", "load", "map", "moved", "undated", "list"]


@pytest.mark.parametrize("width", [1400, 400])
def test_names_are_not_broken_into_letters(browser: Browser, pages: Path, width: int) -> None:
    opened(browser, pages / "usual.html", width)
    widths = "[...document.querySelectorAll('#moved tbody th, #list tbody th')].map(cell => cell.clientWidth)"
    assert min(browser.run(widths)) >= 60


def test_the_first_screen_says_what_the_milestone_gets(
    browser: Browser, pages: Path, usual: tuple[Rollout, Plan]
) -> None:
    opened(browser, pages / "usual.html")
    [milestone] = usual[1].milestones
    done = len([shop for shop in usual[0].shops if shop.status is Status.DONE])
    assert texts(browser, ".hero") == [f"{done} done·{milestone.planned - done} planned·{milestone.planned} by 31 Dec"]
    assert browser.run("document.querySelector('.verdict').getBoundingClientRect().bottom < innerHeight")


def test_the_worst_names_are_text(browser: Browser, pages: Path) -> None:
    opened(browser, pages / "nasty.html")
    assert browser.run("document.title") == NASTY[0]
    assert texts(browser, "h1") == [NASTY[0]]
    assert browser.run("document.querySelectorAll('img, iframe, object, link, base').length") == 0
    assert browser.run("document.querySelectorAll('script').length") == 2
    assert set(texts(browser, ".list td.name")) == set(NASTY)


def test_an_injected_script_would_not_run(browser: Browser, pages: Path) -> None:
    opened(browser, pages / "usual.html")
    browser.run(
        "(() => { const script = document.createElement('script'); script.textContent = 'document.title = `owned`';"
        "document.body.append(script); document.body.insertAdjacentHTML('beforeend',"
        "'<img src=x onerror=\"document.title=`owned`\">'); })()"
    )
    browser.run("new Promise(done => setTimeout(() => done(1), 50))")
    assert browser.run("document.title") != "owned"


def test_search_and_choices_narrow_list_chart_and_count(
    browser: Browser, pages: Path, usual: tuple[Rollout, Plan]
) -> None:
    opened(browser, pages / "usual.html")
    ask = (
        "(() => {{ const input = document.querySelector('{0}'); input.value = '{1}';"
        " input.dispatchEvent(new Event('{2}')); }})()"
    )
    browser.run(ask.format("#search", "s-south MARKTPLATZ", "input"))
    served = {item.shop for item in usual[1].remodels if any("S-South" in phase.crews for phase in item.phases)}
    wanted = [shop for shop in usual[0].shops if shop.id in served]
    assert 10 < len(wanted) < 100
    assert texts(browser, ".found") == [f"{len(wanted)} of {SHOPS} shops"]
    assert sorted(texts(browser, ".list tbody th")) == sorted(shop.id for shop in wanted)
    browser.run(ask.format("[aria-label=State]", "fixed", "change"))
    fixed = {shop.name for shop in wanted if shop.status is Status.FIXED}
    assert set(texts(browser, ".list td.name")) == fixed
    assert set(texts(browser, ".gantt-label button")) == fixed
    browser.run(ask.format("#search", "nothing like it", "input"))
    assert texts(browser, ".list tbody tr") == []
    assert browser.run("document.querySelector('.gantt').hidden")
    browser.run("document.querySelector('.filters button').click()")
    assert texts(browser, ".found") == [f"{SHOPS} of {SHOPS} shops"]


def test_headings_sort_and_a_second_click_turns_the_order(
    browser: Browser, pages: Path, usual: tuple[Rollout, Plan]
) -> None:
    opened(browser, pages / "usual.html")
    start = {remodel.shop: remodel.start for remodel in usual[1].remodels}
    click = "[...document.querySelectorAll('.list thead button')].find(b => b.textContent === {0!r}).click()"
    for heading, backwards in (("Finish", False), ("Start", False), ("Start", True)):
        browser.run(click.format(heading))
        if heading == "Start":
            shown = texts(browser, ".list tbody th")
            assert len(shown) == 100
            days = [start[shop] for shop in shown if shop in start]
            assert days == sorted(days, reverse=backwards)
            assert days[0] == (max if backwards else min)(start.values())
            assert browser.run("document.querySelectorAll('[aria-sort=ascending], [aria-sort=descending]').length") == 1
    browser.run("[...document.querySelectorAll('.foot button')].at(-1).click()")
    assert len(texts(browser, ".list tbody th")) == SHOPS


def test_the_chart_holds_only_rows_in_sight_and_zooms(browser: Browser, pages: Path) -> None:
    opened(browser, pages / "usual.html")
    rows = browser.run("document.querySelectorAll('.gantt-row').length")
    assert 10 < rows < 60
    width = browser.run("document.querySelector('.gantt').scrollWidth")
    browser.run("document.querySelector('[aria-label=\"Zoom in\"]').click()")
    assert browser.run("document.querySelector('.gantt').scrollWidth") > 1.3 * width
    first = texts(browser, ".gantt-label button")[0]
    browser.run("document.querySelector('.gantt').scrollTop = 3000")
    browser.run("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert first not in texts(browser, ".gantt-label button")


def test_a_name_opens_all_about_the_shop(browser: Browser, pages: Path, usual: tuple[Rollout, Plan]) -> None:
    opened(browser, pages / "usual.html")
    shop = texts(browser, ".list tbody th")[0]
    browser.run("document.querySelector('.list button.shop').click()")
    assert browser.run("document.getElementById('details').open")
    [remodel] = [remodel for remodel in usual[1].remodels if remodel.shop == shop]
    assert texts(browser, "#details tbody th") == [phase.name for phase in remodel.phases]


def test_the_map_shows_the_plan_on_another_day(browser: Browser, pages: Path, usual: tuple[Rollout, Plan]) -> None:
    opened(browser, pages / "usual.html")
    browser.run(
        "(() => { const day = document.getElementById('map-day'); day.value = day.max;"
        " day.dispatchEvent(new Event('input')); })()"
    )
    finished = len(usual[1].remodels) + sum(shop.status is Status.DONE for shop in usual[0].shops)
    assert texts(browser, "#map .legend li")[0] == f"done{finished}"


def test_the_other_language_is_a_click_away(browser: Browser, pages: Path) -> None:
    opened(browser, pages / "usual.html")
    browser.run("document.querySelector('[lang=de]').click()")
    assert browser.run("document.documentElement.lang") == "de"
    assert texts(browser, "#list h2") == ["Alle Shops"]
    assert "undefined" not in browser.run("document.body.innerText")
    assert browser.messages == []


def test_tables_and_parts_have_names_and_headings(browser: Browser, pages: Path) -> None:
    opened(browser, pages / "usual.html")
    assert browser.run("document.querySelectorAll('h1').length") == 1
    assert browser.run("[...document.querySelectorAll('section')].every(part => part.querySelector('h2'))")
    assert browser.run("[...document.querySelectorAll('table')].every(table => table.caption.textContent)")
    nameless = (
        "[...document.querySelectorAll('button, select, input')]"
        ".filter(e => !(e.textContent.trim() || e.ariaLabel || e.labels?.length))"
    )
    assert browser.run(f"{nameless}.length") == 0
    unlabelled = "[...document.querySelectorAll('svg')].filter(e => !e.closest('[aria-hidden]') && !e.ariaLabel)"
    assert browser.run(f"{unlabelled}.length") == 0


def test_paper_gets_every_row_and_no_controls(browser: Browser, pages: Path) -> None:
    opened(browser, pages / "usual.html")
    browser.ask("Emulation.setEmulatedMedia", media="print")
    browser.run("dispatchEvent(new Event('beforeprint'))")
    assert len(texts(browser, ".list tbody th")) == SHOPS
    assert browser.run("document.querySelectorAll('.paper .gantt-row').length") > 200
    assert browser.run("getComputedStyle(document.querySelector('.filters')).display") == "none"
    browser.run("dispatchEvent(new Event('afterprint'))")
    assert len(texts(browser, ".list tbody th")) == 100
    browser.ask("Emulation.setEmulatedMedia", media="")


@pytest.mark.parametrize(("width_mm", "height_mm"), [(297, 210), (420, 297)])
def test_it_prints(browser: Browser, pages: Path, width_mm: int, height_mm: int) -> None:
    opened(browser, pages / "usual.html")
    pdf = browser.pdf(width_mm, height_mm)
    assert pdf.startswith(b"%PDF")
    assert 8 < len(re.findall(rb"/Type\s*/Page\b", pdf)) < 40


def test_a_plan_without_dates_shows_its_conflicts(
    browser: Browser, tmp_path: Path, usual: tuple[Rollout, Plan]
) -> None:
    conflict = Conflict(
        rule="crew", first=date(2021, 8, 2), last=date(2021, 8, 3), shops=("S0003",), text="B is needed twice"
    )
    none = replace(
        usual[1],
        status=PlanStatus.INFEASIBLE,
        **dict.fromkeys(("shortfall", "unplanned_priority", "cost", "total", "bound", "gap", "solve")),
        milestones=(),
        remodels=(),
        unplanned=(),
        conflicts=(conflict,),
    )
    path = tmp_path / "none.html"
    path.write_bytes(report_to_html(usual[0], none, Language.ENGLISH))
    opened(browser, path)
    assert browser.messages == []
    assert texts(browser, ".hero") == ["No plan: fixed dates conflict"]
    assert "B is needed twice" in texts(browser, "#conflicts")[0]


def test_a_rollout_without_shops_is_a_page(browser: Browser, tmp_path: Path) -> None:
    rollout = made_rollout(0)
    path = tmp_path / "empty.html"
    path.write_bytes(report_to_html(rollout, made_plan(rollout), Language.GERMAN))
    opened(browser, path)
    assert browser.messages == []
    assert texts(browser, "#list .empty") == ["Kein Shop passt zur Auswahl."]
