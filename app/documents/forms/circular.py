"""通报批评: the draft of the circulated notice that follows a verified sham duty (Y17-5, 运司通〔2022〕3号 五（二）1（5）)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.form import PaperForm
from app.documents.paper import Printed
from app.documents.text_pdf import Letter, chinese_date, letter_pdf
from app.values import yuan_text


@dataclass(frozen=True, kw_only=True)
class Circular:
    """A verified sham or missing duty.

    findings: sentences of the evidence, in order. clause_text: the clause as it stands; basis: its source, "" where the
    programme's document names none. cancelled_fen: the day's subsidy that is cancelled, in 分, 0 where none was due.
    number: its 文号, "" leaves it to be filled in. issued_on None leaves the date open.
    """

    issuer: str
    person: str
    organisation: str
    site: str
    on: date
    result: str
    findings: tuple[str, ...]
    basis: str
    clause_text: str
    cancelled_fen: int
    addressee: str = "各公共法律服务中心（工作站）"
    number: str = ""
    issued_on: date | None = None
    is_draft: bool = True


def open_number(mark: str, year: int) -> str:
    """A 文号 whose serial is filled in when the paper is issued: 盐司通〔2022〕　　号; mark "" leaves room for it too."""
    return f"{mark or '　　　'}〔{year}〕　　号"


def circular_letter(data: Circular) -> Letter:
    """The notice as a letter: facts, decision, demand."""
    on = chinese_date(data.on)
    facts = "".join(_sentence(finding) for finding in data.findings)
    basis = f"依据{data.basis}“{data.clause_text.rstrip('。；;')}”的规定，" if data.basis else ""
    cancelled = (
        f"取消{data.person}{on}的值班补贴（{yuan_text(data.cancelled_fen)}元），并予以通报批评。"
        if data.cancelled_fen
        else f"对{data.person}予以通报批评。"
    )
    decision = f"{basis}决定{cancelled}"
    demand = (
        "各公共法律服务中心（工作站）和全体值班法律服务人员要引以为戒，按时到岗、如实签到、认真履职；"
        "因故不能值班的，应当提前请假、换班并及时更新公示。"
    )
    return Letter(
        title=f"关于对{data.person}{data.result}的通报批评",
        paragraphs=(
            f"{data.organisation}{data.person}安排于{on}在{data.site}值班，经核实存在{data.result}情形，现通报如下。",
            "一、基本情况",
            facts,
            "二、处理决定",
            decision,
            "三、工作要求",
            demand,
        ),
        addressee=data.addressee,
        number=data.number or open_number("", (data.issued_on or data.on).year),
        signer=data.issuer,
        issued_on=data.issued_on,
        mark="草稿" if data.is_draft else "",
    )


def draw_circular(data: Circular) -> Printed:
    """The notice as portrait A4 pages in the format of official papers."""
    return letter_pdf(circular_letter(data))


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "；", "！")) else text + "。"


FORM = PaperForm("circular", "通报批评", draw_circular)
