"""Turns ledger rows under the workbooks' headings into the plain facts that settlement takes, for tests."""

from __future__ import annotations

from datetime import date, datetime

from app.rules.duty.facts import (
    AttendanceFact,
    ComplaintFact,
    ConsultationFact,
    DutyFact,
    MonthFacts,
    PersonFact,
    SiteFact,
    SpotCheckFact,
)
from app.values import AuditResult, DutyKind, Month, Rating, SiteKind, SpotResult, Verdict
from tests.oracle.pay_oracle import REQUIRED, Row
from tests.oracle.random_months import LedgerMonth

_JUDGED = {"是": True, "否": False}


def facts_of(month: LedgerMonth) -> MonthFacts:
    """The facts of a month; a person's id is the name, a site's code its 站点."""
    ids = {(row["站点"], row["编号"]): f"c{place}" for place, row in enumerate(month.consultations)}
    return MonthFacts(
        month=Month.parse(month.month),
        sites=tuple(SiteFact(row["站点"], row["站点"], SiteKind(row["类型"])) for row in month.sites),
        people=tuple(PersonFact(row["姓名"], row["姓名"], row["是否公职"] == "是") for row in month.people),
        duties=tuple(_duty(place, row) for place, row in enumerate(month.roster)),
        attendances=tuple(_attendance(place, row) for place, row in enumerate(month.attendance)),
        spot_checks=tuple(_check(place, row) for place, row in enumerate(month.spotchecks)),
        consultations=tuple(_record(place, row) for place, row in enumerate(month.consultations)),
        complaints=tuple(_complaint(place, row, ids) for place, row in enumerate(month.complaints)),
    )


def _duty(place: int, row: Row) -> DutyFact:
    return DutyFact(
        id=f"d{place}",
        site=row["站点"],
        person_id=row["姓名"],
        on=date.fromisoformat(row["日期"]),
        kind=DutyKind(row["值班类型"]),
        ranges=tuple(_range(row["日期"], part) for part in row["时段"].split("；")),
    )


def _range(on: str, part: str) -> tuple[datetime, datetime]:
    begin, end = part.split("-")
    return datetime.fromisoformat(f"{on} {begin}"), datetime.fromisoformat(f"{on} {end}")


def _attendance(place: int, row: Row) -> AttendanceFact:
    came = datetime.fromisoformat(row["签到时间"])
    left = datetime.fromisoformat(row["签退时间"]) if row["签退时间"] else None
    return AttendanceFact(
        id=f"a{place}", site=row["站点"], person_id=row["姓名"], on=came.date(), in_at=came, out_at=left
    )


def _check(place: int, row: Row) -> SpotCheckFact:
    return SpotCheckFact(
        id=f"s{place}",
        site=row["站点"],
        person_id=row["姓名"],
        at=datetime.fromisoformat(row["时间"]),
        result=SpotResult(row["结果"]),
        is_justified=_JUDGED.get(row["是否正当"]),
        verdict=Verdict(row["核实"] or "待核实"),
    )


def _record(place: int, row: Row) -> ConsultationFact:
    missing = [item for item in REQUIRED if not row[item].strip()]
    if not row["证件号"].strip() and row["拒绝提供证件"] != "是":
        missing.append("证件号")
    return ConsultationFact(
        id=f"c{place}",
        number=row["编号"],
        site=row["站点"],
        person_id=row["值班人员"],
        at=datetime.fromisoformat(row["时间"]),
        missing=tuple(missing),
        audit=AuditResult(row["审核结果"]) if row["审核结果"] else None,
        rating=Rating(row["满意度"]) if row["满意度"] else None,
    )


def _complaint(place: int, row: Row, ids: dict[tuple[str, str], str]) -> ComplaintFact:
    number = row["咨询编号"]
    return ComplaintFact(
        id=f"k{place}",
        site=row["站点"],
        person_id=row["被投诉人"],
        at=datetime.fromisoformat(row["时间"]),
        consultation_id=ids.get((row["站点"], number), "无此咨询") if number else None,
        verdict=Verdict(row["核实结果"]),
    )
