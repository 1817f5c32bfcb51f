"""Funds and cases go up to the city as sums and lists without persons; who is missing or late is marked."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import text

from app.case_values import Fund, FundFlow, FundSource
from app.services.funds.enter_fund_row import EnterFundRow
from app.services.money.county_months import CountyMonths
from app.services.pairs.decide_pair import DecidePair
from app.services.reports.export_rows import ExportReportRows
from tests.exchange.offices import JIEZHOU, Place
from tests.exchange.test_city import CITY, COUNTY, carry, city, county
from tests.services.case_desk import CaseDesk
from tests.services.consultation_desk import ELDER

__all__ = ["city", "county"]


def report(city: Place, key: str, period: str) -> list[dict[str, Any]]:
    return list(city.ask(ExportReportRows(key, period)).rows)


def funds(city: Place, period: str) -> dict[str, tuple[Any, ...]]:
    """County → arrived and how it was told."""
    return {row["county"]: (row["arrived"], row["standing"]) for row in report(city, "county-funds", period)}


def arrive(county: Place, on: date, fen: int) -> None:
    county.do(
        EnterFundRow(
            on=on,
            fund=Fund.special,
            flow=FundFlow.arrived,
            fen=fen,
            source=FundSource.province,
            voucher="到1",
        )
    )


def at(day: datetime, *places: Place) -> None:
    for place in places:
        place.clock.go_to(day)


def test_y21_thirteen_counties_stand_in_one_table_with_their_gaps(city: Place, county: Place) -> None:
    at(datetime(2022, 6, 20, 9), city, county)
    arrive(county, date(2022, 6, 1), 5_000_000)
    carry(county, city, CITY)
    found = funds(city, "2022-Q2")
    assert len(found) == 13 and found["盐湖区"] == (5_000_000, "未到期末")
    assert {one for name, one in found.items() if name != "盐湖区"} == {("", "未报")}
    at(datetime(2022, 7, 18, 9), city, county)
    assert funds(city, "2022-Q2")["盐湖区"][1] == "逾期未报"
    carry(county, city, CITY)
    found = funds(city, "2022-Q2")
    assert found["盐湖区"] == (5_000_000, "迟报")
    assert {one for name, one in found.items() if name != "盐湖区"} == {("", "逾期未报")}
    row = next(one for one in city.ask(CountyMonths("2022-07")) if one.id == COUNTY)
    assert row.funds == "2022年第2季度迟报"
    before = county.count("change_entry")
    county.export(CITY)
    assert county.count("change_entry") == before, "what did not change does not travel again"


def test_y25_the_citys_list_of_cases_names_nobody(city: Place, county: Place) -> None:
    desk = CaseDesk(county)  # type: ignore[arg-type]
    desk.today(date(2022, 6, 30))
    said = {"applicant": "申玉梅", "id_number": ELDER, "phone": "13903591234"}
    first = desk.archived(date(2022, 5, 20), **said)
    second = desk.archived(date(2022, 5, 23), site=JIEZHOU, **said)
    county.do(DecidePair("案件", first, second, "只计一条", "同一申请"))
    at(datetime(2022, 6, 30, 10), city)
    carry(county, city, CITY)
    rows = [row for row in report(city, "county-cases", "2022") if row["county"] == "盐湖区"]
    assert [(row["matter"], row["state"], row["count"]) for row in rows] == [
        ("劳动报酬", "已归档", 1),
        ("劳动报酬", "已归档", 0),
    ]
    days = ["received_on", "approved_on", "closed_on", "archived_on"]
    asked = " OR ".join(f"{day} BETWEEN '2022-01-01' AND '2022-12-31'" for day in days)
    with city.office.database.reader.connect() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN SELECT * FROM case_figure WHERE {asked}")).all()
        assert not [step for step in plan if step[3].startswith("SCAN")], plan
    others = [row for row in report(city, "county-cases", "2022") if row["county"] != "盐湖区"]
    assert len(others) == 12 and {row["number"] for row in others} == {"还没有报来"}
    with city.office.database.reader.connect() as connection:
        bodies = b"".join(connection.execute(text("SELECT body FROM received_entry")).scalars())
        assert connection.execute(text("SELECT count(*) FROM received_personal")).scalar() == 0
    assert not [one for one in ("申玉梅", ELDER, "13903591234", "卫明") if one.encode() in bodies]
