"""Folders that can be read: what the files say is what the rollout holds."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from planner.domain.crew import Absence, Crew
from planner.domain.rollout import Objective, Rollout
from planner.domain.rules import (
    Blackout,
    Campaign,
    Costs,
    Delivery,
    Grouping,
    Limit,
    Milestone,
    PartnerTarget,
    Risk,
    Scope,
    Shutdown,
    Supply,
)
from planner.domain.shop import Kind, Shop, Status
from planner.domain.shop_format import Phase, ShopFormat
from planner.exchange.folder import read_folder
from tests.exchange.rollout_folders import ROLLOUT, errors_in, write_folder

FULL_ROLLOUT = """
name = "Shop format 2021/22"
timezone = "Europe/Vienna"
currency = "CHF"
objective = "earliest-finish"
[horizon]
today = 2021-07-13
last = 2022-06-30
[calendar]
country = "AT"
workdays = ["mon", "sat"]
[[shutdown]]
name = "Break"
first = 2021-12-24
last = 2022-01-02
[[blackout]]
name = "Christmas trading"
first = 2021-11-26
last = 2021-12-31
scope = { kind = ["partner", "agency"], tag = [] }
[[milestone]]
name = "Year end"
by = 2021-12-31
target = 90
[[format]]
name = "M"
[[format.phase]]
name = "Survey"
days = 1
closed = false
[[format.phase]]
name = "Build"
days = 8
crews = { builder = 1, electrician = 2 }
wait_min = 10
wait_max = 60
[[format.phase]]
name = "Trim"
days = 2
wait_min = 3
[[limit]]
name = "One of a partner"
per = "partner"
max_closed = 0
max_starts_per_week = 6
first = 2021-07-01
[[neighbours]]
within_km = 5
[[neighbours]]
within_km = 12.5
[[supply]]
name = "Kits"
phase = "Build"
needs = { M = 1 }
initial = 4
deliveries = [ { first = 2021-07-19, every_days = 7, quantity = 4 }, { first = 2021-08-01, quantity = 0 } ]
[[campaign]]
name = "Pilot"
first = 2021-09-01
last = 2021-10-31
scope = { tag = ["pilot"] }
customers_per_week = 40
appointment_rate = 0.5
purchase_rate = 0.68
value = 180
[partner_target]
first = 2021-07-01
last = 2021-12-31
share = 0.5
max_loss = 0.05
[costs]
margin = 0.9
footfall = 0.8
season = { nov = 1.2, dec = 1.45 }
recapture = 0.3
uplift = 0.06
km = 0.9
road_factor = 1.3
late_day = 250.0
change = 300
[replan]
freeze_days = 14
[risk]
duration = { sigma = 0.15 }
permit_slip = { probability = 0.1, days = 15 }
"""
FULL_SHOPS = """\
id,name,street,postcode,city,partner,kind,state,catholic,region,lat,lon,format,weekly_revenue,annual_target,priority,\
tags,ready_from,due_by,after,status,start,finish,crews,published_start,manager,note
S1,"Shop, ""One"" etc.",Weg 1,01067,Wien,P1,own,9,yes,East,48.2,16.4,M,1000.5,50000,9,\
pilot| big ||pilot,2021-08-01,2022-01-31,S2|S3,backlog,,,,2021-09-06,Eva Groß,
S2,,,,,,,,,,,,M,,,,,,,,in_progress,2021-07-12,2021-09-01,B1,,,
S3,,,,,,,4,,,,,M,,,,,,,,done,,2021-06-01,,,,
"""
FULL_CREWS = """\
id,name,trade,units,lat,lon,regions,max_km,first,last
B1,Bau,builder,3,48.0,16.0,East | 4,120.5,2021-01-01,2022-12-31
E1,,electrician,,,,,,,
"""
FULL_ABSENCES = "crew,first,last,units,reason\nB1,2021-08-01,2021-08-14,2,Holiday\nE1,2021-08-01,2021-08-01,,\n"


def test_everything_a_folder_can_say(tmp_path: Path) -> None:
    files = {
        "rollout.toml": FULL_ROLLOUT,
        "shops.csv": FULL_SHOPS,
        "crews.csv": FULL_CREWS,
        "absences.csv": FULL_ABSENCES,
    }
    rollout, _ = read_folder(write_folder(tmp_path, files))
    build = Phase(name="Build", days=8, crews={"builder": 1, "electrician": 2}, wait_min=10, wait_max=60)
    assert rollout == Rollout(
        name="Shop format 2021/22",
        timezone="Europe/Vienna",
        currency="CHF",
        objective=Objective.EARLIEST_FINISH,
        today=date(2021, 7, 13),
        last=date(2022, 6, 30),
        country="AT",
        workdays=frozenset({0, 5}),
        shutdowns=(Shutdown(name="Break", first=date(2021, 12, 24), last=date(2022, 1, 2)),),
        blackouts=(
            Blackout(
                name="Christmas trading",
                first=date(2021, 11, 26),
                last=date(2021, 12, 31),
                scope=Scope({"kind": ("partner", "agency"), "tag": ()}),
            ),
        ),
        milestones=(Milestone(name="Year end", by=date(2021, 12, 31), target=90),),
        formats=(
            ShopFormat(
                name="M",
                phases=(
                    Phase(name="Survey", days=1, closed=False),
                    build,
                    Phase(name="Trim", days=2, wait_min=3, wait_max=3),
                ),
            ),
        ),
        limits=(
            Limit(
                name="One of a partner",
                per=Grouping.PARTNER,
                max_closed=0,
                max_starts_per_week=6,
                first=date(2021, 7, 1),
            ),
        ),
        neighbours_km=12.5,
        supplies=(
            Supply(
                name="Kits",
                phase="Build",
                needs={"M": 1},
                initial=4,
                deliveries=(
                    Delivery(first=date(2021, 7, 19), every_days=7, quantity=4),
                    Delivery(first=date(2021, 8, 1), quantity=0),
                ),
            ),
        ),
        campaigns=(
            Campaign(
                name="Pilot",
                first=date(2021, 9, 1),
                last=date(2021, 10, 31),
                scope=Scope({"tag": ("pilot",)}),
                customers_per_week=40.0,
                appointment_rate=0.5,
                purchase_rate=0.68,
                value=180.0,
            ),
        ),
        partner_target=PartnerTarget(first=date(2021, 7, 1), last=date(2021, 12, 31), share=0.5, max_loss=0.05),
        costs=Costs(
            margin=0.9,
            footfall=0.8,
            season={11: 1.2, 12: 1.45},
            recapture=0.3,
            uplift=0.06,
            km=0.9,
            road_factor=1.3,
            late_day=250.0,
            change=300.0,
        ),
        freeze_days=14,
        risk=Risk(duration_sigma=0.15, permit_slip_probability=0.1, permit_slip_days=15),
        shops=(
            Shop(
                id="S1",
                name='Shop, "One" etc.',
                street="Weg 1",
                postcode="01067",
                city="Wien",
                partner="P1",
                kind=Kind.OWN,
                state="9",
                catholic=True,
                region="East",
                lat=48.2,
                lon=16.4,
                format="M",
                weekly_revenue=1000.5,
                annual_target=50000.0,
                priority=9,
                tags=("pilot", "big"),
                ready_from=date(2021, 8, 1),
                due_by=date(2022, 1, 31),
                after=("S2", "S3"),
                published_start=date(2021, 9, 6),
                extra=(("manager", "Eva Groß"),),
            ),
            Shop(
                id="S2",
                format="M",
                status=Status.IN_PROGRESS,
                start=date(2021, 7, 12),
                finish=date(2021, 9, 1),
                crews=("B1",),
            ),
            Shop(id="S3", format="M", state="4", region="4", status=Status.DONE, finish=date(2021, 6, 1)),
        ),
        crews=(
            Crew(
                id="B1",
                name="Bau",
                trade="builder",
                units=3,
                lat=48.0,
                lon=16.0,
                regions=("East", "4"),
                max_km=120.5,
                first=date(2021, 1, 1),
                last=date(2022, 12, 31),
            ),
            Crew(id="E1", trade="electrician"),
        ),
        absences=(
            Absence(crew="B1", first=date(2021, 8, 1), last=date(2021, 8, 14), units=2, reason="Holiday"),
            Absence(crew="E1", first=date(2021, 8, 1), last=date(2021, 8, 1)),
        ),
    )


def test_what_is_not_given_has_its_default(tmp_path: Path) -> None:
    rollout, warnings = read_folder(write_folder(tmp_path))
    builder = {"builder": 1}
    assert rollout == Rollout(
        name="Test",
        timezone="Europe/Berlin",
        currency="EUR",
        objective=Objective.COST,
        today=date(2021, 7, 13),
        last=date(2022, 6, 30),
        country="DE",
        workdays=frozenset({0, 1, 2, 3, 4}),
        formats=(
            ShopFormat(
                name="M",
                phases=(
                    Phase(name="Survey", days=1, crews={"surveyor": 1}, closed=False, wait_min=0, wait_max=0),
                    Phase(name="Build", days=8, crews=builder, closed=True, wait_min=0, wait_max=0),
                ),
            ),
            ShopFormat(name="L", phases=(Phase(name="Build", days=12, crews=builder),)),
        ),
        shops=(
            Shop(id="S1", format="M", state="BY", region="South", priority=5, status=Status.BACKLOG),
            Shop(id="S2", format="L", state="NW", region="West"),
        ),
        crews=(
            Crew(id="V1", trade="surveyor", units=1, regions=()),
            Crew(id="B1", trade="builder", regions=("South", "West")),
        ),
        absences=(),
        costs=Costs(margin=1, footfall=1, season={}, recapture=0, uplift=0, km=0, road_factor=1, late_day=0, change=0),
        freeze_days=0,
        neighbours_km=None,
        partner_target=None,
        risk=None,
    )
    assert warnings == ()


def test_columns_and_line_ends_may_be_as_an_editor_leaves_them(tmp_path: Path) -> None:
    plain, _ = read_folder(write_folder(tmp_path))
    shops = "\ufeffregion,state,format,id\r\n\r\nSouth,BY,M,S1\r\n,,,\r\nWest,NW,L,S2\r\n"
    moved, warnings = read_folder(write_folder(tmp_path, {"shops.csv": shops, "rollout.toml": "\ufeff" + ROLLOUT}))
    assert moved == plain
    assert warnings == ()


def test_no_country_keeps_german_states_and_no_holidays(tmp_path: Path) -> None:
    files = {
        "rollout.toml": ROLLOUT + '[calendar]\ncountry = ""\n',
        "shops.csv": "id,format,state,region,status,start\nS1,L,BY,South,fixed,2021-11-01\nS2,L,XX,West,,\n",
    }
    assert errors_in(write_folder(tmp_path, files)) == [
        "shops.csv, row 3, column state: unknown state 'XX'. "
        "Allowed: BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH."
    ]


def test_empty_rollout_can_be_read(tmp_path: Path) -> None:
    full, _ = read_folder(write_folder(tmp_path))
    empty, warnings = read_folder(write_folder(tmp_path, {"shops.csv": "id,format\n"}))
    assert empty == replace(full, shops=())
    assert [str(problem) for problem in warnings] == ["shops.csv: has no shops, so there is nothing to plan"]
