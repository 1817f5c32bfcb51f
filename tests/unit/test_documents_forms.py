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
    office="盐湖区司法局",
    month=MAY,
    lines=LINES,
    basis="运司通〔2022〕3号 五（二）1",
    printed_at=datetime(2022, 6, 2, 10, 1),
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


def boxes(pdf: bytes) -> list[tuple[float, float, str]]:
    """Width and height of each page in points, and what it says."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [(page.width, page.height, page.extract_text()) for page in document.pages]


def month_of_duties(a_day: int, hours: str = "08:00-12:00；14:30-18:30") -> tuple[PosterLine, ...]:
    """The 21 working days of a centre, with so many people on each."""
    days = [day for day in range(1, 32) if date(2022, 5, day).weekday() < 5][:21]
    return tuple(
        replace(
            DUTIES[0],
            on=date(2022, 5, day),
            hours=hours,
            organisation="山西正衡之律师事务所",
            name=f"值班{n}",
        )
        for day in days
        for n in range(a_day)
    )


def test_y04_a_centres_month_of_working_days_goes_on_one_sheet_its_head_and_hours_said_once() -> None:
    lines = list(month_of_duties(1))
    lines[9] = replace(lines[9], hours="08:30-12:00；14:30-18:00")
    found = boxes(form("poster").render(replace(POSTER, lines=tuple(lines))))
    [(width, height, text)] = found
    assert width < height, "upright, since it would not go across"
    assert text.count("免费法律咨询值班公示") == 1
    assert (
        text.count("08:00–12:00") == 1
        and text.count("08:30–12:00") == 1
        and text.count("如上") == len(lines) - 1
    )


def test_y04_two_people_a_day_take_two_sheets_with_the_head_on_the_first_and_the_seal_on_the_last() -> None:
    found = boxes(form("poster").render(replace(POSTER, lines=month_of_duties(2))))
    assert len(found) == 2
    (_, _, first), (_, _, last) = found
    assert "免费法律咨询值班公示" in first and "免费法律咨询值班公示" not in last
    assert "公示单位" not in first and "公示单位" in last and "0359-2000110" in last
    assert first.count("星期") and last.count("星期") and "校验码" in first and "校验码" in last


def test_the_poster_has_its_issuer_and_date_and_room_for_the_seal() -> None:
    for lines in (DUTIES, month_of_duties(1), month_of_duties(2)):
        pdf = form("poster").render(replace(POSTER, lines=lines, issuer="盐湖区司法局"))
        with pdfplumber.open(io.BytesIO(pdf)) as document:
            page = document.pages[-1]
            words = {word["text"]: word for word in page.extract_words()}
            name, on = words["盐湖区司法局"], words["2022年4月28日"]
            middle = (name["x0"] + name["x1"]) / 2
            centre = (name["top"] + on["bottom"]) / 2
            seal = 21 / 25.4 * 72
            around = page.crop((middle - seal, centre - seal, middle + seal, centre + seal)).extract_text()
            drawn = [line for line in page.lines if line["bottom"] > centre - seal]
        assert set(around.split()) <= {"公示单位（盖章）", "盐湖区司法局", "2022年4月28日"}, around
        assert not drawn, "the table ends above the seal"
    assert "公示单位：盐湖区司法局（盖章）" in poster_sheet(replace(POSTER, issuer="盐湖区司法局")).subtitle


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
    made = pay_sheet(PAY)
    net = [column.key for column in made.columns].index("net")
    assert made.sums()[net] == PAY.total_fen == 130_000
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
    assert "农行解州支行\n6228480402564890018" in values and "2022年5月" in values and 1300.0 in values


def test_the_pay_workbook_has_the_columns_of_the_paper_and_room_to_sign(tmp_path: Path) -> None:
    sheet = pay_sheet(PAY)
    assert sheet.view("file").columns == sheet.view("paper").columns and len(sheet.columns) <= 21
    [signing] = [column for column in sheet.columns if column.title == "签领"]
    assert signing.width >= 9 and sheet.row_height >= 12
    with pdfplumber.open(io.BytesIO(form("pay_sheet").render(PAY))) as document:
        cell = min(
            (rect for rect in document.pages[0].lines if rect["x0"] == rect["x1"]),
            key=lambda rect: -rect["x0"],
        )
        before = max(
            line["x0"] for line in document.pages[0].lines if line["x0"] == line["x1"] < cell["x0"] - 1
        )
    assert (cell["x0"] - before) / 72 * 25.4 >= 25, "millimetres to sign in"


def test_the_pay_sheet_has_the_head_of_the_unit_sign_and_tells_the_exemption() -> None:
    text = read(form("pay_sheet").render(PAY))
    assert "单位负责人" in text and "第五十二条" in text and "免征增值税和个人所得税" in text


def test_who_is_paid_nothing_signs_without_an_account() -> None:
    unpaid = replace(LINES[0], net_fen=0, deductions=(("D5", Deducted(1, 70_000)),))
    owing = replace(LINES[0], recovered_fen=64_000)
    for line in (unpaid, owing):
        text = read(form("pay_sheet").render(replace(PAY, lines=(line, LINES[1]))))
        assert "6228480402564890018" not in text and "****0026" in text
    assert "6228480402564890018" in read(form("pay_sheet").render(PAY))


def test_what_concerns_many_is_said_once_with_their_names() -> None:
    told = tuple(replace(line, remarks=(f"{line.name}一班未签退", "2022-06-06 付 记-1")) for line in LINES)
    notes = pay_sheet(replace(PAY, lines=told)).notes
    assert "张𬭎、李㛃：2022-06-06 付 记-1。" in notes and "李㛃：李㛃一班未签退。" in notes


def test_p23_a_long_pay_sheet_closes_each_page_and_leaves_nobody_alone() -> None:
    for count in range(10, 40):
        lines = tuple(replace(LINES[n % 2], name=f"人{n:02d}") for n in range(count))
        with pdfplumber.open(io.BytesIO(form("pay_sheet").render(replace(PAY, lines=lines)))) as document:
            texts = [page.extract_text() for page in document.pages]
        people = [text.count("1408**********") for text in texts]
        assert sum(people) == count and people[-1] >= 3, people
        assert all(("本页小计" in text) == (len(texts) > 1) for text in texts)


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
    assert "〔2022〕" in read(form("circular").render(data)), "a place for its number"
    assert "盐司通〔2022〕7号" in read(form("circular").render(replace(data, number="盐司通〔2022〕7号")))
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
