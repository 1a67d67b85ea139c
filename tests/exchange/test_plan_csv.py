import csv
import io
from dataclasses import replace
from datetime import date

import pytest

from planner.domain.crew import Crew
from planner.domain.plan import Cost, Plan, PlannedPhase, PlanStatus, Remodel, RemodelStatus, Unplanned
from planner.domain.rollout import Rollout
from planner.domain.rules import Costs
from planner.domain.shop import Shop, Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.exchange.plan_csv import COLUMNS, plan_to_csv

ROLLOUT = Rollout(
    name="Shop format",
    today=date(2021, 7, 13),
    last=date(2021, 7, 30),
    formats=(ShopFormat(name="M", phases=(Phase(name="Build", days=2, crews={"builder": 1}),)),),
    shops=(
        Shop(
            id="S1",
            name="Köln, Dom",
            postcode="01067",
            city="Köln",
            state="NW",
            region="West",
            partner='Meyer "& Sohn"',
            format="M",
            published_start=date(2021, 8, 2),
            due_by=date(2021, 8, 31),
        ),
        Shop(id="S2", format="M", state="NW"),
        Shop(id="S3", format="M", state="NW", status=Status.FIXED, start=date(2021, 7, 26)),
        Shop(id="S4", name="Aachen", format="M", state="NW", weekly_revenue=6000.0, due_by=date(2021, 7, 20)),
    ),
    crews=(Crew(id="B1", trade="builder", units=2), Crew(id="E1", trade="electrician")),
    costs=Costs(uplift=0.01),
)


def remodel(shop: str, start: date, finish: date, **changes) -> Remodel:
    given = {
        "status": RemodelStatus.PLANNED,
        "closed_from": start,
        "closed_to": finish,
        "phases": (PlannedPhase(name="Build", first=start, last=finish, crews={"B1": 1}),),
        "cost": Cost(),
    }
    return Remodel(shop=shop, start=start, finish=finish, **{**given, **changes})


def plan_of(*remodels: Remodel, unplanned: tuple[Unplanned, ...] = ()) -> Plan:
    return Plan(
        rollout="Shop format",
        scenario=None,
        today=date(2021, 7, 13),
        status=PlanStatus.FEASIBLE,
        shortfall=0,
        unplanned_priority=0,
        cost=Cost(),
        total=0,
        bound=None,
        gap=None,
        solve=None,
        remodels=remodels,
        unplanned=unplanned,
    )


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_whole_file_to_the_byte():
    plan = plan_of(
        remodel(
            "S1",
            date(2021, 7, 28),
            date(2021, 8, 3),
            closed_from=date(2021, 7, 29),
            phases=(
                PlannedPhase(name="a", first=date(2021, 7, 28), last=date(2021, 7, 28), crews={"B1": 1}),
                PlannedPhase(name="b", first=date(2021, 7, 29), last=date(2021, 8, 3), crews={"B1": 2, "E1": 1}),
            ),
            cost=Cost(closure=123456789, waiting=5, lateness=0, travel=110, change=30000),
        ),
        unplanned=(Unplanned(shop="S2", reason="no builder crew serves region NW"),),
    )
    assert plan_to_csv(ROLLOUT, plan).decode("utf-8") == (
        "\ufeffshop,name,postcode,city,state,region,partner,format,status,start,finish,closed_from,closed_to,crews,"
        "closure,waiting,lateness,travel,change,total,published_start,moved_days,due_by,reason\r\n"
        'S1,"Köln, Dom",01067,Köln,NW,West,"Meyer ""& Sohn""",M,planned,2021-07-28,2021-08-03,'
        "2021-07-29,2021-08-03,B1:2|E1:1,1234567.89,0.05,0.00,1.10,300.00,1234869.04,2021-08-02,-5,2021-08-31,\r\n"
        "S2,,,,NW,NW,,M,unplanned,,,,,,0.00,0.00,0.00,0.00,0.00,0.00,,,,no builder crew serves region NW\r\n"
    )


def test_rows_come_by_start_then_shop_and_unplanned_ones_last():
    plan = plan_of(
        remodel("S3", date(2021, 7, 26), date(2021, 7, 27), status=RemodelStatus.FIXED),
        remodel("S2", date(2021, 7, 26), date(2021, 7, 27)),
        unplanned=(Unplanned(shop="S4", reason="late"), Unplanned(shop="S1", reason="early")),
    )
    rows = rows_of(plan_to_csv(ROLLOUT, plan))
    assert [row["shop"] for row in rows] == ["S2", "S3", "S1", "S4"]
    assert [row["status"] for row in rows] == ["planned", "fixed", "unplanned", "unplanned"]


def test_an_unplanned_shop_shows_what_its_waiting_costs():
    plan = plan_of(unplanned=(Unplanned(shop="S4", reason="no crew"),))
    (row,) = rows_of(plan_to_csv(ROLLOUT, plan))
    # 16 trading days from 13 to 30 July, each 6000 / 6 × 0.01 EUR.
    assert (row["waiting"], row["total"], row["due_by"]) == ("160.00", "160.00", "2021-07-20")


def test_a_remodel_that_closes_nothing_leaves_those_cells_empty():
    plan = plan_of(remodel("S2", date(2021, 7, 26), date(2021, 7, 27), closed_from=None, closed_to=None))
    (row,) = rows_of(plan_to_csv(ROLLOUT, plan))
    assert (row["closed_from"], row["closed_to"], row["moved_days"]) == ("", "", "")


def test_an_infeasible_plan_is_the_header():
    plan = replace(plan_of(), status=PlanStatus.INFEASIBLE)
    assert plan_to_csv(ROLLOUT, plan) == ("\ufeff" + ",".join(COLUMNS) + "\r\n").encode()


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        (" =1", "' =1"),
        ("\x1b=1", "'=1"),
        ("\u202e=1", "'=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        ("'=1", "'=1"),
        ("\x1b[31mred\x9b0m", "[31mred0m"),
        ("two\r\nlines", "two lines"),
        ("👩‍👩‍👧 Café", "👩‍👩‍👧 Café"),
        ('a;"b",c', 'a;"b",c'),
    ],
)
def test_text_is_neither_formula_nor_escape_sequence(text, cell):
    shops = tuple(replace(shop, name=text, partner=text) if shop.id == "S2" else shop for shop in ROLLOUT.shops)
    plan = plan_of(remodel("S2", date(2021, 7, 26), date(2021, 7, 27)), unplanned=(Unplanned(shop="S4", reason=text),))
    rows = rows_of(plan_to_csv(replace(ROLLOUT, shops=shops), plan))
    assert (rows[0]["name"], rows[0]["partner"], rows[1]["reason"]) == (cell, cell, cell)


def test_a_crew_that_looks_like_a_formula_is_text():
    phase = PlannedPhase(name="Build", first=date(2021, 7, 26), last=date(2021, 7, 26), crews={"=B:1": 1, "E1": 3})
    plan = plan_of(remodel("S2", date(2021, 7, 26), date(2021, 7, 26), phases=(phase,)))
    (row,) = rows_of(plan_to_csv(ROLLOUT, plan))
    assert row["crews"] == "'=B:1:1|E1:3"
