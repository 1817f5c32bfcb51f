"""Every form is found by the registry, prints, and says what its clause asks for."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pdfplumber
import pytest
from openpyxl import load_workbook

from app.documents.form import form, forms
from app.documents.forms.badge import Badge, BadgeSheet
from app.documents.forms.circular import Circular
from app.documents.forms.consultation_card import AnswerCardSheet
from app.documents.forms.pay_sheet import Deducted, PaySheet, PaySheetLine, pay_sheet
from app.documents.forms.pay_statement import PayStatement, StatementLine
from app.documents.forms.poster import Poster, PosterLine, poster_code, poster_sheet
from app.documents.forms.recovery_code import RecoveryCode
from app.documents.sheet_xlsx import write_sheet_xlsx
from app.errors import Refused
from app.values import Month

MAY = Month(2022, 5)
SITE = "盐湖区解州镇公共法律服务工作站"
DUTIES = tuple(
    PosterLine(
        on=date(2022, 5, day),
        hours="09:00-13:00",
        name=name,
        kind="律师",
        organisation="甲律师事务所",
        licence="14081201010000001",
    )
    for day, name in ((5, "张𬭎"), (12, "李㛃"))
)
POSTER = Poster(
    site=SITE,
    month=MAY,
    version=3,
    lines=DUTIES,
    telephone="0359-2000110",
    supervision_telephone="0359-2000119",
    published_at=datetime(2022, 4, 28, 16, 5),
)
LINES = (
    PaySheetLine(
        name="张𬭎",
        masked_id="1408**********0014",
        organisation="甲律师事务所",
        bank="农行解州支行",
        account="6228480402564890018",
        centre_days=2,
        station_sessions=1,
        base_fen=70_000,
        net_fen=64_000,
        deductions=(("D1", Deducted(1, 1_000)), ("D2", Deducted(1, 5_000))),
    ),
    PaySheetLine(
        name="李㛃",
        masked_id="1408**********0021",
        organisation="乙法律服务所",
        bank="农行解州支行",
        account="****0026",
        centre_days=0,
        station_sessions=3,
        base_fen=90_000,
        net_fen=66_000,
        deductions=(),
        adjust_fen=-24_000,
    ),
)
PAY = PaySheet(
    "盐湖区司法局", MAY, LINES, "运司通〔2022〕3号 五（二）1", printed_at=datetime(2022, 6, 2, 10, 1)
)


def read(pdf: bytes) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def test_the_registry_offers_every_form() -> None:
    known = {
        "poster",
        "pay_sheet",
        "pay_statement",
        "badge",
        "recovery_code",
        "circular",
        "consultation_card",
    }
    assert known <= set(forms())
    assert all(key == found.key for key, found in forms().items())
    with pytest.raises(Refused, match="E505"):
        form("poem")


def test_y04_the_poster_says_who_when_and_whom_to_call() -> None:
    text = read(form("poster").render(POSTER))
    for said in (
        SITE,
        "5月5日",
        "星期四",
        "09:00–13:00",
        "张𬭎",
        "律师",
        "甲律师事务所",
        "14081201010000001",
    ):
        assert said in text
    assert "0359-2000110" in text and "0359-2000119" in text and "第 3 版" in text
    code = poster_code(POSTER)
    assert f"{code[:4]} {code[4:]}" in text


def test_y22a_the_posters_check_code_follows_its_duties() -> None:
    code = poster_code(POSTER)
    assert len(code) == 8 and code.isdigit()
    assert poster_code(replace(POSTER, printed_at=datetime(2022, 5, 1, 8, 0))) == code
    swapped = (replace(DUTIES[0], name="李㛃"), DUTIES[1])
    assert poster_code(replace(POSTER, lines=swapped)) != code
    assert poster_code(replace(POSTER, version=4)) != code


def test_a_busy_poster_shows_every_duty_and_its_code_on_each_page() -> None:
    many = tuple(replace(DUTIES[0], on=date(2022, 5, 1 + n // 2), licence=f"L{n:04d}") for n in range(60))
    pdf = form("poster").render(replace(POSTER, lines=many))
    text = read(pdf)
    assert all(f"L{n:04d}" in text for n in range(60))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) > 1 and all("校验码" in page.extract_text() for page in document.pages)


def test_an_empty_poster_says_so() -> None:
    assert "本月未安排值班" in read(form("poster").render(replace(POSTER, lines=())))


def test_the_posters_workbook_has_all_ten_columns(tmp_path: Path) -> None:
    page = load_workbook(write_sheet_xlsx(poster_sheet(POSTER), tmp_path / "a.xlsx")).worksheets[0]
    heads = [cell.value for cell in page[3]]
    wanted = ["日期", "星期", "站点", "时段", "姓名", "身份", "所属机构", "执业证号", "服务电话", "监督电话"]
    assert heads == wanted


def test_p23_the_pay_sheets_lines_sum_to_its_total_in_figures_and_capitals() -> None:
    text = read(form("pay_sheet").render(PAY))
    assert "640.00" in text and "660.00" in text and "1,300.00" in text
    assert "壹仟叁佰元整" in text and "¥1,300.00" in text
    assert pay_sheet(PAY).sums()[-4] == PAY.total_fen == 130_000
    for said in (
        "制表人",
        "审核人",
        "发放人",
        "签领",
        "6228480402564890018",
        "1408**********0014",
        "运司通〔2022〕3号",
    ):
        assert said in text


def test_each_pay_line_adds_up() -> None:
    columns = [column.key for column in pay_sheet(PAY).columns]
    for row in pay_sheet(PAY).rows:
        base, taken, adjust, net = (
            row[columns.index(key)] or 0 for key in ("base", "taken", "adjust", "net")
        )
        assert isinstance(base, int) and isinstance(taken, int) and isinstance(adjust, int)
        assert base - taken + adjust == net


def test_p42_the_pay_workbook_keeps_accounts_as_text(tmp_path: Path) -> None:
    page = load_workbook(write_sheet_xlsx(pay_sheet(PAY), tmp_path / "a.xlsx")).worksheets[0]
    values = [cell.value for row in page.iter_rows() for cell in row]
    assert "6228480402564890018" in values and "2022-05" in values and 1300.0 in values


def test_a_trial_is_marked() -> None:
    assert "试算" in read(form("pay_sheet").render(replace(PAY, is_final=False)))


def test_y18_the_statement_explains_each_line() -> None:
    reasons = ("扣 50.00 元：迟到 12 分 34 秒，五（二）1（2）",)
    lines = (StatementLine(date(2022, 5, 12), "解州镇工作站", "站点值班", 30_000, 25_000, reasons),)
    text = read(
        form("pay_statement").render(
            PayStatement(
                office="盐湖区司法局", month=MAY, name="张𬭎", kind="律师", organisation="甲所", lines=lines
            )
        )
    )
    assert "迟到 12 分 34 秒" in text and "250.00" in text and "贰佰伍拾元整" in text


def test_badges_lie_ten_to_a_page_with_their_codes() -> None:
    badges = tuple(Badge("阿不都热依木·买买提江", "律师", "甲律师事务所", f"HM{n:06d}") for n in range(12))
    with pdfplumber.open(io.BytesIO(form("badge").render(BadgeSheet("盐湖区司法局", badges)))) as document:
        texts = [page.extract_text() for page in document.pages]
    assert len(texts) == 2 and all(f"HM{n:06d}" in "".join(texts) for n in range(12))
    assert "阿不都热依木·买买提江" in texts[0]


def test_the_recovery_sheet_shows_every_group() -> None:
    data = RecoveryCode("盐湖区司法局", "7K2Q9-4MXRT-PW83C-VB6NJ", datetime(2022, 4, 1, 9, 0))
    text = read(form("recovery_code").render(data))
    assert all(group in text for group in data.code.split("-"))


def test_y17_the_circular_names_facts_clause_and_amount() -> None:
    clause = "经核实值班日不在岗、存在虚假值班情形的，取消当天值班补贴，并予以通报批评。"
    data = Circular(
        issuer="盐湖区司法局",
        person="张𬭎",
        organisation="甲律师事务所",
        site=SITE,
        on=date(2022, 5, 20),
        result="虚假值班",
        findings=("10时15分实地抽查，已签到但不在岗",),
        basis="运司通〔2022〕3号 五（二）1（5）",
        clause_text=clause,
        cancelled_fen=30_000,
    )
    text = read(form("circular").render(data)).replace("\n", "")
    assert "草稿" in text and "通报批评" in text and "300.00元" in text and "存在虚假值班情形" in text


def test_p46_a_long_answer_goes_on_over_pages() -> None:
    answer = "".join(chr(0x4E00 + n) for n in range(1500))
    data = AnswerCardSheet(
        number="0001",
        at=datetime(2022, 5, 12, 10, 20),
        site=SITE,
        adviser="张𬭎律师",
        topics=("劳动",),
        answer=answer,
    )
    text = read(form("consultation_card").render(data))
    assert all(sign in text for sign in answer)
