"""What a role may not do at the window it may not do by any other door: every command, sheet, column and bundle."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.errors import Refused
from app.kernel.handlers import ANSWERS, HANDLERS, TASKS, load_services
from app.kernel.permissions import KIOSK, SYSTEM, Actor, staff
from app.models.duties import SpotCheck
from app.models.organisation import PersonPrivate
from app.models.schema import shared_classes, table
from app.models.service_desk import ConsultationAudit
from app.models.travelling import personal_columns
from app.services.attendance.decide import Decide
from app.services.exchange.rows import may_travel
from app.services.importing.import_workbook import ImportWorkbook, import_kinds
from app.services.importing.kind import ImportReport
from app.services.importing.undo import UndoImport
from app.services.security.accounts import AddAccount
from app.services.security.reveal import right_to_see
from app.services.supervision.record_complaint import RecordComplaint
from app.values import Role
from tests.services.conftest import Desk
from tests.services.money_book import STATION, Book, at

LETTERS = {
    "A": Role.administrator,
    "C": Role.clerk,
    "R": Role.reviewer,
    "P": Role.cashier,
    "L": Role.leader,
    "V": Role.aid_reviewer,
    "H": Role.aid_head,
}
"""Letters of the tables below; K is the kiosk, S the program itself."""

WHO_MAY = {
    "A": "NoteMove AddDeliveryPlace KeepDeliveryPlace NoteEscrowUse OpenEscrowed RenewKeys StopKeys AskHandover HandOver AddAccount AddSite AdmitEpoch AdmitSite AnswerFile ApproveEpoch ChangeSetting CloseSite "
    "DisableAccount Invitable InvitationFile InviteSite JoinParent OpenSite RenameSite "
    "RenewRecoveryCode ResetPassword SetFrequency SetRoles",
    "AC": "AddLeave AddPerson AdoptPerson AnswerCard AskCorrection BadgesOf CancelLeave ChangeDuty "
    "AcceptFill CopyLastMonth CorrectConsultation CorrectPerson DisablePerson DraftDuty EditDuty EnablePerson ProposeFill "
    "IssueBadge JudgeEntry KnownClients LinkPerson LinkSuggestions PublishDrafts PublishRoster "
    "BeginErrand PrintBlankRegister PrintSignSheet RecordPaper CloseErrand FollowUps CorrectActivity PlanErrand RateConsultation RecordActivity RecordCall RecordConsultation RemoveDuty SetFirmAccount AnswerReturn SetPayee SetPin SubmitMonth ToldOnce UnlinkPerson UnlockPin EnterReply SignRecord PrintRecord RecordPosting TakeDown ServiceCards AddMarket EndMarket DraftMarkets",
    "ACR": "RecordComplaint RecordSpotCheck NotifyPerson RecordExplanation MendProblem NoteMeasure RecordInspection RecordMeeting RecordProblem",
    "ACRPLVH": "Accounts Activities Errands AttendanceMonth CaseCard CaseList CaseQuarter CaseWords CircularDrafts ComputeSettlement TryPack TrialPacks SplitDesk DutyBoard PrintDutyBoard Postings Markets "
    "ConsultationCard CountyMonths DayNote DeskWords Drafts EvidenceMonth ExceptionsList "
    "ExchangeDesk ExchangeHistory ExportPaySheet ExportPoster ExportReport ExportReportRows "
    "FindAnything FindTwin ForgetDraft FreePeople Guidance KeyChange LastBackup LateChanges MonthDesk "
    "NamedOnes NotePoster OnDuty OpenAlarms PaySheetOf PersonCard PersonnelConditions Pool "
    "PreviewPoster PrintPaySheet PrintReport Register ReturnedEntries ReturnsList PairsMonth Reveal ReviewMatrix ReviewSheet "
    "RosterMonth RosterProblems SaveDraft Settings ShowReport SiteList SiteTree StatementOf "
    "TargetsProgress TodayDesk Waiting CaseIndicators IndicatorCases PrintWallChart CaseForms CaseFile "
    "MeansFigures JudgeApplication HandlerMarks CaseNotes NoteForms CaseComplaints FileDraw ReviewSheets "
    "ProvinceCheck FocusPeople FirmAccounts DeliveryQueue SpotDrawOf ExportStatement PayReplies MissingRosters "
    "PayBatches PrintBatch ExportBatch Inspections Measures Meetings Problems",
    "ACRPV": "ImportBatches ImportWorkbook StoreSheet UndoImport",
    "ACRV": "ApplyBundle DiscardBundle ExportBundles ForgetBundle ImportBundles NoteAnnouncement RecordExport "
    "RecordOutcome RefreshFigures ShowBundle TakePrefix FinishImports QueueBundles QueueDelivery DeliverDue NoteDelivery "
    "RetryDelivery CancelDelivery TakeFromInbox",
    "ACRVH": "ConsultationHistory PaperContent IssueForm PreviewForm PrintForm ExportForm ExportCaseFile ExportSpine",
    "ACV": "AttachPaper EnterIntake RegisterCase OrderPapers NoteAtIntake AddFocusPerson RemoveFocusPerson",
    "ACS": "FollowCases BackUp BackUpDaily Backups NoteRehearsal RehearseRestore HandDownUpdate NoteHandedUpdate UpdateFromAbove ProgramsBelow GoBack Health InstallUpdate NoteProgramChange ReadUpdate UpdateState LayOutSites NoteBackup ReadNewerAgain ReplayErasures SetRight",
    "AR": "AuditConsultation ConfirmFirmAccount ConfirmPayee DecideFound DismissAlarm ExamineLine FoundRows Journal LayGuards "
    "MakeBatch ReverseCase SecurityEvents SetStandard SettleFinal",
    "ARP": "AwaitedPayees",
    "ARL": "SplitTarget AdjustLine Decide DecideLateChange ReverseLine ReviewMonth SendBack SendBackAgain SettleReturn AnnounceSpotDraw RevealSpotDraw DecidePair AnswerDispute CheckBatch RecheckProblem",
    "AP": "EnterFundRow PayCases PayMonth ReversePayment ExportBankList",
    "AL": "ErasePersonalData ErasureScope",
    "AVH": "EnterCaseEvent SetHandlerMark EndHandlerMark AssignmentCandidates NoteCase ScoreFile ReviewersFor "
    "ProvincialFields",
    "AH": "DecideCase SettleCases SetMeansFigure AnnounceDraw RevealDraw ConfirmReview",
    "K": "ChangePin CheckPin CountPinFailure ExplainLeaving FindBadge FindKioskPeople KioskBoard MyPay "
    "MyShift RecordReply ReplyToPay RateAtKiosk RatingWaiting RecordLeaving RecordSignIn RecordSignOut ReplacePin SignIn "
    "SignOut SignOutCheckUp",
}
SHEETS = {
    "people": "AC", "roster": "AC", "attendance": "AC", "consultations": "AC", "spotchecks": "ACR", "complaints": "ACR",
    "cases": "AV", "standards": "AR", "funds": "AP", "provincial": "AV", "focus": "ACV", "activities": "AC",
}  # fmt: skip
COLUMNS = {
    ("spotchecks", "是否正当"): "ARL",
    ("spotchecks", "核实"): "ARL",
    ("complaints", "核实结果"): "ARL",
    ("consultations", "审核结果"): "AR",
    ("people", "开户行"): "AC",
    ("people", "银行账号"): "AC",
    ("cases", "批准日"): "AH",
    ("cases", "归档日"): "AH",
    ("cases", "质量等级"): "AH",
    ("cases", "核验人"): "AH",
}
"""Columns that say what another command says at the window; every other column needs the right of its sheet alone."""
PLAIN = {
    "people": "姓名 人员类别 是否公职 所属机构 执业证号 资格证号 业务年限 联系电话 专业特长 执业起始年 身份证号 放宽批准文号",
    "roster": "日期 站点 时段 姓名 值班类型 执业证号",
    "attendance": "站点 姓名 签到时间 签退时间 确认人 执业证号",
    "consultations": "编号 时间 站点 值班人员 咨询人 性别 证件号 拒绝提供证件 联系电话 人群类别 咨询方式 事项类别 咨询内容 "
    "答复意见 处理方式 满意度 执业证号",
    "spotchecks": "时间 站点 姓名 方式 结果 理由 抽查人 执业证号",
    "complaints": "时间 站点 被投诉人 咨询编号 事由 执业证号",
    "cases": "案号 省系统编号 录入日期 受援人 人群类别 案件类型 事项 诉讼或非诉讼 诉讼阶段 程序 法律依据 承办机构 承办人 承办人类别 "
    "代办来源地 申请日 指派日 结案日 资金来源",
    "standards": "生效日 案件类型 诉讼阶段 标准元",
    "funds": "日期 资金 收支 来源 金额 用途 凭证号",
    "provincial": "省系统编号 案号 受援人 录入日期",
    "activities": "时间 站点 服务人员 服务内容 村（社区） 地点 惠及人数 事由 结果 文书 页数 咨询编号 执业证号",
    "focus": "名册 姓名 证件号 联系电话 住址 人员类别 卡号 列入理由 列入日期 移出日期 移出原因 移出说明 站点",
}
BY_STATIONS_BUNDLE = {
    "activity",
    "case_event",
    "case_file_order",
    "case_form_issue",
    "case_note",
    "case_paper",
    "case_recipient",
    "client_signature",
    "complaint",
    "consultation",
    "consultation_audit",
    "consultation_rating",
    "correction",
    "decision",
    "duty",
    "erasure",
    "errand",
    "evidence_step",
    "focus_person",
    "follow_up_call",
    "leave",
    "legal_case",
    "pay_reply",
    "market_rule",
    "measure_step",
    "person",
    "person_private",
    "posting",
    "punch",
    "roster_change",
    "roster_version",
    "sent_back_reply",
    "spot_check",
    "problem_step",
    "submission",
    "supervision_problem",
    "voided",
}
"""Tables a station's bundle may bring; whatever only a bureau says is none of them."""


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    load_services()


def actors() -> Iterator[tuple[str, Actor]]:
    for letter, role in LETTERS.items():
        yield letter, replace(staff(letter, letter, role.value, [role.value]), is_account=False)
    yield "K", KIOSK
    yield "S", SYSTEM


def registered() -> dict[str, type]:
    """Every request of the program itself, tests' own left out."""
    every = {**HANDLERS, **TASKS, **ANSWERS}
    return {kind.__name__: kind for kind in every if kind.__module__.startswith("app.")}


def test_every_request_stands_in_the_table_once() -> None:
    told = [name for names in WHO_MAY.values() for name in names.split()]
    assert sorted(told) == sorted(registered())


@pytest.mark.parametrize("letters", WHO_MAY)
def test_the_dispatcher_lets_in_exactly_who_the_table_says(county: Desk, letters: str) -> None:
    for name in WHO_MAY[letters].split():
        kind = registered()[name]
        needed = {**HANDLERS, **TASKS, **ANSWERS}[kind].permission
        for letter, actor in actors():
            assert actor.may(needed) == (letter in letters), f"{name} by {letter}"
            if letter not in letters:
                bare = object.__new__(kind)
                call: Any = county.office.ask if kind in ANSWERS else county.office.do
                with pytest.raises(Refused, match="E001"):
                    call(bare, actor)


def test_every_sheet_and_column_stands_in_the_table() -> None:
    kinds = import_kinds()
    assert set(kinds) == set(SHEETS) == set(PLAIN)
    for key, kind in kinds.items():
        special = {heading for sheet, heading in COLUMNS if sheet == key}
        assert {column.heading for column in kind.columns} == special | set(PLAIN[key].split()), key
        assert {column.heading for column in kind.columns if column.right} == special, key


@pytest.mark.parametrize("key", SHEETS)
def test_a_sheet_needs_the_right_of_its_command(county: Desk, tmp_path: Path, key: str) -> None:
    path = sheet(tmp_path / "a.xlsx", [column.heading for column in import_kinds()[key].columns])
    for letter, actor in actors():
        wanted = ImportWorkbook(key, path, is_dry_run=True)
        if letter in SHEETS[key]:
            assert county.do(wanted, actor).accepted == 0
        else:
            with pytest.raises(Refused, match="E001"):
                county.do(wanted, actor)


@pytest.mark.parametrize(("key", "heading"), COLUMNS)
def test_a_column_needs_the_right_of_its_command(
    county: Desk, tmp_path: Path, key: str, heading: str
) -> None:
    book, row = Book(county), ROWS[key]
    book.worked(2)
    book.publish()
    if key == "cases":
        begun = {name: value for name, value in row.items() if name not in ("归档日", "质量等级", "核验人")}
        begun |= {"批准日": "2022-03-04", "事项": "工伤赔偿"}
        before = sheet(tmp_path / "before.xlsx", list(begun), list(begun.values()))
        assert county.do(ImportWorkbook(key, before)).accepted == 1
    path = sheet(tmp_path / "a.xlsx", list(row), list(row.values()))
    for letter, actor in actors():
        if letter not in SHEETS[key]:
            continue
        report = county.do(ImportWorkbook(key, path, is_dry_run=True), actor)
        assert (report.accepted, report.refused) == (1, ())
        listed = [(one.row, one.code) for one in report.set_aside if one.column == heading]
        assert listed == ([] if letter in COLUMNS[key, heading] else [(2, "E237")]), letter


ROWS: dict[str, dict[str, str]] = {
    "spotchecks": {
        "时间": "2022-05-02 10:00", "站点": "解州镇", "姓名": "张三", "方式": "电话", "结果": "虚假值班", "理由": "",
        "是否正当": "否", "核实": "属实", "抽查人": "李四",
    },
    "complaints": {
        "时间": "2022-05-02 10:00", "站点": "解州镇", "被投诉人": "张三", "咨询编号": "", "事由": "态度生硬", "核实结果": "属实",
    },
    "consultations": {
        "时间": "2022-05-02 10:00", "站点": "解州镇", "值班人员": "张三", "咨询人": "李某", "证件号": "", "拒绝提供证件": "是",
        "联系电话": "13800001234", "人群类别": "农民", "咨询方式": "来访", "事项类别": "婚姻家庭", "咨询内容": "离婚", "答复意见": "可调解",
        "处理方式": "解答", "审核结果": "不规范",
    },
    "people": {
        "姓名": "孙丽", "人员类别": "律师", "执业证号": "2", "开户行": "建设银行", "银行账号": "6217000340002222",
    },
    "cases": {
        "案号": "援字〔2022〕第1号", "受援人": "李某", "案件类型": "民事", "事项": "劳动报酬", "申请日": "2022-03-01",
        "批准日": "2022-03-05", "指派日": "2022-03-07", "结案日": "2022-04-10", "归档日": "2022-04-20", "质量等级": "合格",
        "核验人": "赵验",
    },
}  # fmt: skip


def sheet(path: Path, headings: list[str], *rows: list[str]) -> Path:
    book = Workbook()
    for row in (headings, *rows):
        book.worksheets[0].append(row)
    book.save(path)
    return path


def clerk_of(county: Desk) -> Actor:
    county.do(AddAccount("clerk", "Secret-2022", ("工作人员",)))
    return county.office.actor_of("clerk")


def test_a_clerks_verified_sham_costs_nothing_and_the_rest_of_the_sheet_counts(
    county: Desk, tmp_path: Path
) -> None:
    book, clerk = Book(county), clerk_of(county)
    book.worked(2)
    row = ROWS["spotchecks"]
    other = {**row, "时间": "2022-05-02 11:00", "结果": "在岗", "是否正当": "", "核实": "待核实"}
    path = sheet(tmp_path / "a.xlsx", list(row), list(row.values()), list(other.values()))
    report: ImportReport = county.do(ImportWorkbook("spotchecks", path), clerk)
    assert (report.is_stored, report.accepted, report.refused) == (True, 2, ())
    assert [(one.row, one.column) for one in report.set_aside] == [(2, "是否正当"), (2, "核实")]
    assert "审定考勤异常" in report.set_aside[0].text and report.marked_copy
    assert book.nets() == [300]
    again: ImportReport = county.do(ImportWorkbook("spotchecks", path), clerk)
    assert (again.accepted, again.unchanged) == (0, 2)
    with_verdict: ImportReport = county.do(ImportWorkbook("spotchecks", path))
    assert [one.code for one in with_verdict.refused] == ["E238"], "decided where it waits, not stored twice"
    assert _count(county, SpotCheck) == 2
    [check] = [one for one in _all(county, SpotCheck) if one.result == "虚假值班"]
    with pytest.raises(Refused, match="E001"):
        county.do(Decide(check.id, True, "核实"), clerk)
    county.do(Decide(check.id, True, "核实"))
    assert book.nets() == [0]


def test_a_clerk_gives_no_verdict_at_the_window_either(county: Desk) -> None:
    book, clerk = Book(county), clerk_of(county)
    person = book.person()
    book.desk = replace(county, actor=clerk)
    for good, verdict in ((False, "待核实"), (None, "属实")):
        with pytest.raises(Refused, match="E001"):
            book.check(2, "10:00", "虚假值班", good, verdict)
    assert book.check(2, "10:00", "虚假值班", None)
    with pytest.raises(Refused, match="E001"):
        county.do(RecordComplaint(STATION, at(2, "10:00"), person, "态度不好", verdict="属实"), clerk)
    assert county.do(RecordComplaint(STATION, at(2, "10:00"), person, "态度不好"), clerk)


def test_a_reviewer_imports_neither_people_nor_roster_nor_attendance(county: Desk, tmp_path: Path) -> None:
    county.do(AddAccount("reviewer", "Secret-2022", ("审核员",)))
    reviewer = county.office.actor_of("reviewer")
    path = sheet(tmp_path / "a.xlsx", list(ROWS["people"]), list(ROWS["people"].values()))
    for key in ("people", "roster", "attendance", "consultations"):
        with pytest.raises(Refused, match="E001"):
            county.do(ImportWorkbook(key, path), reviewer)
    assert _count(county, PersonPrivate) == 0


def test_undoing_an_import_needs_every_right_it_took(county: Desk, tmp_path: Path) -> None:
    book, clerk = Book(county), clerk_of(county)
    book.worked(2)
    book.publish()
    county.do(AddAccount("reviewer", "Secret-2022", ("审核员",)))
    reviewer = county.office.actor_of("reviewer")
    row = ROWS["spotchecks"]
    path = sheet(tmp_path / "a.xlsx", list(row), list(row.values()))
    sham = county.do(ImportWorkbook("spotchecks", path), reviewer)
    assert book.nets() == [0]
    with pytest.raises(Refused, match=r"E001 .*审定考勤异常"):
        county.do(UndoImport(sham.id), clerk)
    assert book.nets() == [0]
    row = ROWS["people"]
    path = sheet(tmp_path / "b.xlsx", list(row), list(row.values()))
    pool = county.do(ImportWorkbook("people", path), clerk)
    with pytest.raises(Refused, match=r"E001 .*管理人员|E001 .*变更收款账户"):
        county.do(UndoImport(pool.id), reviewer)
    assert county.do(UndoImport(sham.id), reviewer) == 1
    assert county.do(UndoImport(pool.id), clerk) == 2


def test_a_clerks_audit_column_is_set_aside(county: Desk, tmp_path: Path) -> None:
    book, clerk = Book(county), clerk_of(county)
    book.person()
    row = ROWS["consultations"]
    path = sheet(tmp_path / "a.xlsx", list(row), list(row.values()))
    assert county.do(ImportWorkbook("consultations", path), clerk).accepted == 1
    assert _count(county, ConsultationAudit) == 0


def test_a_stations_bundle_brings_only_what_stations_say() -> None:
    assert {
        name for name in shared_classes() if may_travel(name, "140802100/1/up", "站")
    } == BY_STATIONS_BUNDLE


def test_every_copy_of_an_account_is_revealed_by_its_own_right() -> None:
    copies = [
        (name, column)
        for name in shared_classes()
        for column in personal_columns(table(name))
        if column.startswith("bank_")
    ]
    assert len(copies) == 8
    for letter, actor in actors():
        for name, column in copies:
            assert actor.may(right_to_see(name, column)) == (letter in "ARP"), (name, letter)
        assert actor.may(right_to_see("person_private", "id_number")) == (letter in "ACRVH"), letter


def _all(desk: Desk, kind: Any) -> list[Any]:
    with Session(desk.office.database.reader) as session:
        return list(session.scalars(select(kind)))


def _count(desk: Desk, kind: Any) -> int:
    return len(_all(desk, kind))
