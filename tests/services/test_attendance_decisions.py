"""Corrections, decisions, closed months and the month's states, on real offices."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.cli.main import add_commands
from app.errors import Refused
from app.kernel.handlers import load_services
from app.kernel.permissions import KIOSK
from app.models.duties import Correction, Punch, Voided
from app.models.pay import Review, Submission
from app.services.attendance.ask_correction import AskCorrection
from app.services.attendance.attendance_month import AttendanceMonth
from app.services.attendance.decide import Decide
from app.services.attendance.exceptions_list import ExceptionItem, ExceptionsList
from app.services.importing.import_workbook import ImportWorkbook
from app.services.importing.undo import UndoImport
from app.services.kiosk.badge import FindBadge, IssueBadge
from app.services.kiosk.check_up import MyShift, SignOutCheckUp
from app.services.money.month_pay import ComputeSettlement
from app.services.reading.attendance import attendance_rows
from app.services.reading.evidence import complaint_rows, spot_check_rows
from app.services.reports.report import find_report, make_sheet
from app.services.security.accounts import AddAccount
from app.services.supervision.record_complaint import RecordComplaint
from app.services.supervision.record_spot_check import RecordSpotCheck
from app.values import Month, Period
from tests.direct_rows import write_rows
from tests.services.conftest import Desk
from tests.services.kiosk_desk import CENTRE, PIN, KioskDesk

MAY = Month(2022, 5)
STATION = "140802100"


@pytest.fixture
def kiosk(county: Desk) -> KioskDesk:
    """The centre has duties of eight hours on the 10th and 11th; the 10th was signed in, not out; it is the 12th."""
    county.clock.advance(-timedelta(hours=1))
    desk = KioskDesk(county)
    for day in (10, 11, 13):
        desk.duty(day, "08:30-12:00；14:00-18:30")
    desk.publish()
    county.do(AddAccount("reviewer", "Shenhe-2022", ("审核员",)))
    desk.at(10, "08:29:10")
    desk.sign_in()
    desk.at(12, "09:00")
    return desk


@pytest.fixture
def reviewer(kiosk: KioskDesk) -> Any:
    """Another person than the one who asks."""
    return kiosk.desk.office.actor_of("reviewer")


def at(day: int, clock: str) -> datetime:
    return datetime.fromisoformat(f"2022-05-{day:02d} {clock}")


def effective(kiosk: KioskDesk) -> tuple:
    with kiosk.desk.office._dispatcher.looking(kiosk.desk.actor) as look:
        return attendance_rows(look, date(2022, 5, 1), date(2022, 5, 31))


def waiting(kiosk: KioskDesk, kind: str) -> list[ExceptionItem]:
    return [item for item in kiosk.desk.ask(ExceptionsList(MAY)) if item.kind.value == kind]


def states(kiosk: KioskDesk) -> list[str]:
    return [row.state for row in kiosk.desk.ask(AttendanceMonth(MAY)).rows]


def ask(kiosk: KioskDesk, day: int, clock: str, direction: str = "out", **more: Any) -> str:
    wanted = AskCorrection(CENTRE, kiosk.person(), direction, at(day, clock), "停电，签到台关机", **more)
    return kiosk.desk.do(wanted)


def sheet(path: Path, *rows: tuple) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_p11_absence_only_for_published_duties_after_their_end(kiosk: KioskDesk) -> None:
    assert states(kiosk) == ["缺签退", "未签到", "未开始"]
    kiosk.at(13, "09:00")
    assert states(kiosk)[2] == "还未签到"
    kiosk.at(13, "18:30")
    assert states(kiosk)[2] == "还未签到"
    kiosk.at(13, "18:30:01")
    assert states(kiosk)[2] == "未签到"
    assert [item.on.day for item in waiting(kiosk, "no_sign_in")] == [11, 13]


def test_p12_a_correction_counts_once_another_person_approved_it(kiosk: KioskDesk, reviewer: Any) -> None:
    asked = ask(kiosk, 10, "18:40:05")
    assert effective(kiosk)[0].out_at is None
    assert [item.id for item in waiting(kiosk, "pending")] == [asked]
    with pytest.raises(Refused, match="E126"):
        kiosk.desk.do(Decide(asked, True, "属实"))
    kiosk.desk.do(Decide(asked, True, "已核对停电通知"), reviewer)
    row = effective(kiosk)[0]
    assert (row.out_at, row.raw_out_at, row.out_correction) == (at(10, "18:40:05"), None, asked)
    line = kiosk.desk.ask(AttendanceMonth(MAY)).rows[0]
    assert (line.state, line.raw) == ("正常", "原无签退")
    assert waiting(kiosk, "pending") == waiting(kiosk, "no_sign_out") == []
    assert [punch.direction for punch in kiosk.punches()] == ["in"]
    with Session(kiosk.desk.office.database.reader) as session:
        kept = session.get(Correction, asked)
        assert (kept.reason, kept.asked_by) == ("停电，签到台关机", kiosk.desk.actor.account)


def test_p12_no_correction_for_the_future_without_a_reason_or_before_the_sign_in(kiosk: KioskDesk) -> None:
    with pytest.raises(Refused, match="E120"):
        ask(kiosk, 12, "09:00:01")
    with pytest.raises(Refused, match="E121"):
        kiosk.desk.do(AskCorrection(CENTRE, kiosk.person(), "out", at(10, "18:40"), "  "))
    with pytest.raises(Refused, match="E123"):
        ask(kiosk, 10, "08:00", row_id=kiosk.punches()[0].id)
    ask(kiosk, 10, "18:40")
    with pytest.raises(Refused, match="E124"):
        ask(kiosk, 10, "18:50")


def test_p12_a_refused_correction_changes_nothing_and_may_be_asked_anew(
    kiosk: KioskDesk, reviewer: Any
) -> None:
    kiosk.desk.do(Decide(ask(kiosk, 10, "18:40"), False, "监控显示 17 点已离开"), reviewer)
    assert effective(kiosk)[0].out_at is None
    kiosk.desk.do(Decide(ask(kiosk, 10, "17:00"), True, "监控"), reviewer)
    assert kiosk.desk.ask(AttendanceMonth(MAY)).rows[0].state == "早退"


def test_p12_a_day_nobody_punched_stands_on_two_corrections(kiosk: KioskDesk, reviewer: Any) -> None:
    first, last = ask(kiosk, 11, "08:20", "in"), ask(kiosk, 11, "18:31")
    for one in (last, first):
        kiosk.desk.do(Decide(one, True, "纸质签到本"), reviewer)
    rows = [row for row in effective(kiosk) if row.on.day == 11]
    assert [(row.in_at, row.out_at) for row in rows] == [(at(11, "08:20"), at(11, "18:31"))]
    assert states(kiosk)[1] == "正常"


def test_y05_one_account_alone_leaves_the_decision_to_the_bureau(station: Desk) -> None:
    kiosk = KioskDesk(station)
    wanted = AskCorrection(STATION, kiosk.person(), "in", at(10, "08:00"), "签到台未开机")
    asked = station.do(wanted)
    with pytest.raises(Refused, match="E126 补签须由另一人审定。本站只有一个工作账号"):
        station.do(Decide(asked, True, "属实"))


def test_y05_a_submitted_month_takes_no_attendance_until_it_is_returned(kiosk: KioskDesk) -> None:
    write_rows(
        kiosk.desk.office,
        Submission(
            id="s1",
            writer="140802",
            site=CENTRE,
            month="2022-05",
            number=1,
            counts={},
            submitted_at=kiosk.desk.clock.at,
            submitted_by="a",
        ),
    )
    with pytest.raises(Refused, match="E110"):
        ask(kiosk, 10, "18:40")
    with pytest.raises(Refused, match="E110"):
        kiosk.sign_in(reason="临时")
    write_rows(
        kiosk.desk.office,
        Review(
            id="r1",
            writer="140802",
            site=CENTRE,
            month="2022-05",
            submission_id="s1",
            is_approved=False,
            reason="缺考勤",
            reviewed_by="a",
            reviewed_at=kiosk.desk.clock.at,
        ),
    )
    ask(kiosk, 10, "18:40")


def test_unscheduled_and_short_duties_are_settled_by_a_word(kiosk: KioskDesk, reviewer: Any) -> None:
    kiosk.person("孙丽")
    kiosk.sign_in("孙丽", reason="顶班")
    kiosk.wait(hours=4)
    kiosk.sign_out("孙丽")
    item = waiting(kiosk, "unscheduled")[0]
    kiosk.desk.do(Decide(item.id[:13], True, "县局安排"), reviewer)
    assert waiting(kiosk, "unscheduled") == []
    assert [row.is_unscheduled_approved for row in effective(kiosk)] == [None, True]
    short = kiosk.duty(14, "09:00-12:59:50")
    kiosk.publish()
    assert [(item.id, item.approve) for item in waiting(kiosk, "short_roster")] == [
        (short, "确认特殊情况，照常发放"),
        *[(i.id, i.approve) for i in waiting(kiosk, "short_roster")[1:]],
    ]
    kiosk.desk.do(Decide(short, True, "汛期值守"), reviewer)
    assert short not in [item.id for item in waiting(kiosk, "short_roster")]


def test_decide_refuses_what_is_no_question(kiosk: KioskDesk, reviewer: Any) -> None:
    duty = waiting(kiosk, "no_sign_in")[0].id
    with pytest.raises(Refused, match="E127"):
        kiosk.desk.do(Decide(duty, True, "属实"), reviewer)
    with pytest.raises(Refused, match="E125"):
        kiosk.desk.do(Decide("ffffffff-0000", True, "属实"), reviewer)
    with pytest.raises(Refused, match="E129"):
        kiosk.desk.do(Decide(kiosk.punches()[0].id, True, " "), reviewer)


@pytest.mark.parametrize(
    ("result", "approve", "justified", "verdict"),
    [
        ("脱岗", True, False, "待核实"),
        ("脱岗", False, True, "待核实"),
        ("虚假值班", True, None, "属实"),
        ("不在岗", False, None, "不属实"),
    ],
)
def test_y23_a_check_costs_only_what_somebody_judged(
    kiosk: KioskDesk, reviewer: Any, result: str, approve: bool, justified: bool | None, verdict: str
) -> None:
    check = kiosk.desk.do(
        RecordSpotCheck(
            site=CENTRE,
            at=at(10, "10:20"),
            person_id=kiosk.person(),
            method="电话",
            result=result,
            reason="下村调解",
        )
    )
    assert [item.id for item in waiting(kiosk, "pending")] == [check]
    kiosk.desk.do(Decide(check, approve, "村委会核实"), reviewer)
    with kiosk.desk.office._dispatcher.looking(kiosk.desk.actor) as look:
        row = spot_check_rows(look, date(2022, 5, 1), date(2022, 5, 31))[0]
    assert (row.is_justified, row.verdict.value, row.is_pending) == (justified, verdict, False)
    assert waiting(kiosk, "pending") == []


def test_y23_a_check_of_the_future_or_of_nobody_is_refused(kiosk: KioskDesk) -> None:
    with pytest.raises(Refused, match="E120"):
        kiosk.desk.do(
            RecordSpotCheck(
                site=CENTRE, at=at(12, "09:30"), person_id=kiosk.person(), method="电话", result="在岗"
            )
        )
    with pytest.raises(Refused, match="E142"):
        kiosk.desk.do(
            RecordSpotCheck(
                site=CENTRE, at=at(11, "09:30"), person_id=kiosk.person(), method="电话", result="迟到"
            )
        )
    with pytest.raises(Refused, match="E127"):
        made = kiosk.desk.do(
            RecordSpotCheck(
                site=CENTRE, at=at(10, "09:30"), person_id=kiosk.person(), method="电话", result="在岗"
            )
        )
        kiosk.desk.do(Decide(made, True, "无"))


def test_y24_a_complaint_waits_for_its_word(kiosk: KioskDesk, reviewer: Any) -> None:
    made = kiosk.desk.do(RecordComplaint(CENTRE, at(10, "10:00"), kiosk.person(), "态度生硬", "7"))
    kiosk.desk.do(Decide(made, True, "录音属实"), reviewer)
    with kiosk.desk.office._dispatcher.looking(kiosk.desk.actor) as look:
        row = complaint_rows(look, date(2022, 5, 1), date(2022, 5, 31))[0]
    assert (row.verdict.value, row.fact().consultation_id) == ("属实", "number:7")


def test_attendance_sheet_paper_unchanged_and_undo(kiosk: KioskDesk, tmp_path: Path) -> None:
    heads = ("站点", "姓名", "签到时间", "签退时间", "确认人")
    file = sheet(
        tmp_path / "a.xlsx", heads, ("140802-01", "卫明", "2022-05-11 08:31:05", "2022-05-11 18:30", "赵强")
    )
    report = kiosk.desk.do(ImportWorkbook("attendance", file))
    assert (report.accepted, report.unchanged, report.refused) == (1, 0, ())
    line = kiosk.desk.ask(AttendanceMonth(MAY)).rows[1]
    assert (line.state, line.late, line.origin, line.confirmed_by) == ("迟到", 65, "纸质登记", "赵强")
    assert kiosk.desk.do(ImportWorkbook("attendance", file)).unchanged == 1
    assert kiosk.desk.do(UndoImport(report.id)) == 2
    assert [punch.origin for punch in kiosk.punches()] == ["kiosk", "paper", "paper"], (
        "evidence is never removed"
    )
    with Session(kiosk.desk.office.database.reader) as session:
        voided = session.scalars(select(Voided)).all()
    assert {row.table for row in voided} == {"punch"} and all(
        "撤销导入" in (row.reason or "") for row in voided
    )
    assert kiosk.desk.ask(AttendanceMonth(MAY)).rows[1].state == "未签到"
    assert kiosk.desk.do(ImportWorkbook("attendance", file)).accepted == 1
    assert kiosk.desk.ask(AttendanceMonth(MAY)).rows[1].state == "迟到"


def test_attendance_sheet_completes_an_open_sign_in_and_keeps_a_backward_row_flagged(
    kiosk: KioskDesk, tmp_path: Path
) -> None:
    heads = ("站点", "姓名", "签到时间", "签退时间", "确认人")
    rows = [
        ("140802-01", "卫明", "2022-05-10 08:29:10", "2022-05-10 18:30:00", ""),
        ("140802-01", "卫明", "2022-05-11 08:30", "2022-05-11 08:10", "赵强"),
    ]
    assert kiosk.desk.do(ImportWorkbook("attendance", sheet(tmp_path / "a.xlsx", heads, *rows))).accepted == 2
    assert states(kiosk)[:2] == ["正常", "时间待核"]
    assert [item.on.day for item in waiting(kiosk, "implausible")] == [11]
    other = [("140802-01", "卫明", "2022-05-10 08:29:10", "2022-05-10 17:00:00", "")]
    report = kiosk.desk.do(ImportWorkbook("attendance", sheet(tmp_path / "b.xlsx", heads, *other)))
    assert [fault.code for fault in report.refused] == ["E131"]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (("140802-01", "卫明", "2022-05-12 09:01", "", ""), "签到时间", "E120"),
        (("140802-01", "卫明", "2022-02-30 09:00", "", ""), "签到时间", "E210"),
        (("140802-01", "无名氏", "2022-05-11 09:00", "", ""), "姓名", "E430"),
        (("某镇", "卫明", "2022-05-11 09:00", "", ""), "站点", "E420"),
        (("140802-01", "卫明", "", "", ""), "签到时间", "E130"),
    ],
)
def test_attendance_sheet_names_the_cell_it_refuses(
    kiosk: KioskDesk, tmp_path: Path, row: tuple, column: str, code: str
) -> None:
    heads = ("站点", "姓名", "签到时间", "签退时间", "确认人")
    report = kiosk.desk.do(ImportWorkbook("attendance", sheet(tmp_path / "a.xlsx", heads, row)))
    assert [(fault.column, fault.code) for fault in report.refused] == [(column, code)]
    assert not report.is_stored


def test_spotcheck_and_complaint_sheets(kiosk: KioskDesk, tmp_path: Path) -> None:
    checks = sheet(
        tmp_path / "s.xlsx",
        ("时间", "站点", "姓名", "方式", "结果", "理由", "是否正当", "核实", "抽查人"),
        ("2022-05-10 10:20", "140802-01", "卫明", "电话", "脱岗", "", "否", "", "赵强"),
        ("2022-05-10 10:20", "140802-01", "卫明", "电话", "迟到", "", "否", "", "赵强"),
    )
    report = kiosk.desk.do(ImportWorkbook("spotchecks", checks, skip_bad=True))
    assert (report.accepted, [fault.column for fault in report.refused]) == (1, ["结果"])
    assert kiosk.desk.do(ImportWorkbook("spotchecks", checks, skip_bad=True)).unchanged == 1
    complaints = sheet(
        tmp_path / "c.xlsx",
        ("时间", "站点", "被投诉人", "咨询编号", "事由", "核实结果"),
        ("2022-05-10 10:20", "140802-01", "卫明", "", "态度生硬", "属实"),
    )
    made = kiosk.desk.do(ImportWorkbook("complaints", complaints))
    assert made.accepted == 1 and kiosk.desk.do(ImportWorkbook("complaints", complaints)).unchanged == 1
    kiosk.desk.do(UndoImport(made.id))
    assert kiosk.desk.do(ImportWorkbook("complaints", complaints)).accepted == 1, "the first counts no longer"


def test_the_ledgers_hold_what_pay_is_recomputed_from(kiosk: KioskDesk, reviewer: Any) -> None:
    kiosk.desk.do(Decide(ask(kiosk, 10, "18:40:05"), True, "停电"), reviewer)
    kiosk.desk.do(
        RecordSpotCheck(
            site=CENTRE,
            at=at(10, "10:20"),
            person_id=kiosk.person(),
            method="电话",
            result="脱岗",
            reason="下村",
            is_justified=False,
            inspector="查验",
        )
    )
    told = kiosk.desk.do(RecordComplaint(CENTRE, at(10, "10:30"), kiosk.person(), "态度生硬"))
    kiosk.desk.do(Decide(told, True, "录音属实"), reviewer)
    with kiosk.desk.office._dispatcher.looking(kiosk.desk.actor) as look:
        held = {
            key: make_sheet(find_report(key), look, Period.parse("2022-05"))
            for key in ("attendance", "spotchecks", "complaints")
        }
    row = dict(zip((c.title for c in held["attendance"].columns), held["attendance"].rows[0], strict=True))
    assert (row["签到时间"], row["签退时间"], row["考勤"], row["补签"]) == (
        "2022-05-10 08:29:10",
        "2022-05-10 18:40:05",
        "正常",
        "原无签退",
    )
    check = dict(zip((c.title for c in held["spotchecks"].columns), held["spotchecks"].rows[0], strict=True))
    assert (check["时间"], check["是否正当"], check["核实"]) == ("2022-05-10 10:20:00", "否", "待核实")
    assert held["complaints"].rows[0][6] == "属实"


def test_badges_name_a_person_and_never_replace_the_pin(kiosk: KioskDesk) -> None:
    code = kiosk.desk.do(IssueBadge(kiosk.person()))
    assert kiosk.ask(FindBadge(code.lower())).name == "卫明"
    renewed = kiosk.desk.do(IssueBadge(kiosk.person()))
    with pytest.raises(Refused, match="E613"):
        kiosk.ask(FindBadge(code))
    assert kiosk.ask(FindBadge(f" {renewed} ")).person_id == kiosk.person()
    for wrong in ("", "%", renewed[:5]):
        with pytest.raises(Refused, match="E613"):
            kiosk.ask(FindBadge(wrong))


def test_sign_out_check_up_tells_what_is_at_stake(kiosk: KioskDesk) -> None:
    from app.services.consultations.record_consultation import RecordConsultation

    kiosk.at(13, "08:29")
    kiosk.sign_in()
    kiosk.at(13, "09:30")
    for name in ("周芳", ""):
        kiosk.desk.do(
            RecordConsultation(site=CENTRE, person_id=kiosk.person(), at=at(13, "09:20"), client_name=name)
        )
    found = kiosk.ask(SignOutCheckUp(kiosk.person()))
    assert found.text == "本班 2 条缺项，可能扣 20 元，现在补？"
    assert found.at_stake_fen == 2000 and found.clause and found.clause_text
    assert [record.client for record in kiosk.ask(MyShift(kiosk.person()))] == ["周*", ""]
    assert "联系电话" in found.faulty[0].missing


def test_the_command_line_offers_exceptions_and_decide() -> None:
    load_services()
    names = {command.name for command in add_commands().registered_commands}
    assert {"exceptions", "decide"} <= names


def test_a_county_does_not_write_attendance_of_a_station_with_an_office(kiosk: KioskDesk) -> None:
    from app.models.records import PeerKey

    kiosk.desk.do(AskCorrection(STATION, kiosk.person(), "in", at(10, "09:00"), "纸质登记"))
    with Session(kiosk.desk.office.database.writer) as session, session.begin():
        session.add(
            PeerKey(
                id="k",
                site=STATION,
                epoch=1,
                relation="child",
                state="admitted",
                changed_at=kiosk.desk.clock.at,
            )
        )
    with pytest.raises(Refused, match="E132"):
        kiosk.desk.do(AskCorrection(STATION, kiosk.person(), "out", at(10, "13:00"), "纸质登记"))


def test_p08_a_duty_ten_seconds_short_is_short(kiosk: KioskDesk) -> None:
    kiosk.duty(16, "09:00-16:59:50")
    kiosk.publish()
    texts = [item.text for item in waiting(kiosk, "short_roster")]
    assert any("7 小时 59 分 50 秒" in text for text in texts)


def test_kiosk_actor_cannot_record_attendance(kiosk: KioskDesk) -> None:
    for command in (
        AskCorrection(CENTRE, kiosk.person(), "out", at(10, "18:40"), "停电"),
        Decide(kiosk.punches()[0].id, True, "属实"),
    ):
        with pytest.raises(Refused, match="E001"):
            kiosk.desk.do(command, KIOSK)
    with Session(kiosk.desk.office.database.reader) as session:
        assert len(session.scalars(select(Punch)).all()) == 1
    assert PIN


def test_four_days_through_a_sheet_pay_nothing_until_somebody_accepts_them(
    kiosk: KioskDesk, tmp_path: Path, reviewer: Any
) -> None:
    heads = ("站点", "姓名", "签到时间", "签退时间", "确认人")
    row = ("140802-01", "卫明", "2022-05-11 08:30", "2022-05-12 08:59", "赵强")
    assert kiosk.desk.do(ImportWorkbook("attendance", sheet(tmp_path / "a.xlsx", heads, row))).accepted == 1

    def paid() -> int:
        lines = kiosk.desk.ask(ComputeSettlement("2022-05")).lines
        return next(line.net_fen for line in lines if line.on.day == 11)

    [item] = waiting(kiosk, "implausible")
    assert (paid(), item.title, item.may_decide) == (0, "工时存疑", True)
    assert "超过 16 小时" in item.text and "5月12日 08:59" in item.text
    kiosk.desk.do(Decide(item.id, False, "没有人在岗两天"), reviewer)
    assert (paid(), waiting(kiosk, "implausible")) == (0, [])
    kiosk.desk.clock.advance(timedelta(minutes=1))
    kiosk.desk.do(Decide(item.id, True, "通宵值守，属实"), reviewer)
    assert paid() == 20000


def test_a_date_without_a_year_is_refused_in_a_sheet(kiosk: KioskDesk, tmp_path: Path) -> None:
    heads = ("站点", "姓名", "签到时间", "签退时间", "确认人")
    file = sheet(tmp_path / "a.xlsx", heads, ("140802-01", "卫明", "3月1日 08:30", "3月1日 18:30", ""))
    [fault] = kiosk.desk.do(ImportWorkbook("attendance", file)).refused
    assert (fault.column, fault.code) == ("签到时间", "E210") and "年份" in fault.text
