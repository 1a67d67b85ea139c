"""`planner attention` and `planner agenda` on a store."""

from pathlib import Path

import pytest

from tests.cli.store_cli import StoreCli
from tests.cli.tiny import PLAN, write_rollout


@pytest.fixture
def cli(store_cli: StoreCli, tmp_path: Path) -> StoreCli:
    store_cli.ok("import", write_rollout(tmp_path / "tiny"))
    return store_cli


def test_attention_follows_the_plan_and_the_rollout(cli: StoreCli) -> None:
    assert [item["concern"] for item in cli.ok("attention", "--json").data] == ["no_plan"]
    assert "no plan yet" in cli.ok("attention").out
    cli.ok("plan", "--quiet")
    before = {item["concern"] for item in cli.ok("attention", "--json").data}
    assert "no_plan" not in before
    remodel = PLAN.remodels[0]
    cli.ok("shops", "edit", remodel.shop, "--set", f"due_by={PLAN.today.isoformat()}")
    after = {item["concern"]: item for item in cli.ok("attention", "--json").data}
    assert after.keys() - before >= {"late", "outdated"}
    assert remodel.shop in after["late"]["shops"]
    assert after["late"]["text"] in cli.ok("attention").out
    assert cli("attention", "--plan", "9").code == 2


def test_agenda_lists_what_happens(cli: StoreCli) -> None:
    cli.ok("plan", "--quiet")
    days = cli.ok("agenda", "--days", "60", "--json").data
    told = {(day["day"], event["shop"], event["kind"]) for day in days for event in day["events"]}
    assert {(item.start.isoformat(), item.shop, "start") for item in PLAN.remodels} <= told
    assert {(item.closed_from.isoformat(), item.shop, "closing") for item in PLAN.remodels if item.closed_from} <= told
    first = PLAN.remodels[0]
    assert f"starts {first.shop}" in cli.ok("agenda", "--from", first.start.isoformat(), "--days", "1").out
    assert "Nothing happens" in cli.ok("agenda", "--from", "2031-02-03", "--days", "1").out


def test_wrong_names_are_sentences(cli: StoreCli) -> None:
    ended = cli("agenda", "--region", "Nowhere")
    assert ended.code == 2
    assert "unknown region 'Nowhere'" in ended.err
    assert cli("agenda", "--from", "tomorrow").code == 2
