"""Prints letters and circulars in the format of official papers (GB/T 9704: 3号 text, 22 lines a page, 28 characters a line)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.documents.flow import Flow, Margins
from app.documents.fonts import FontRole
from app.documents.paper import GREY, MM, Paper, Printed, Style

TITLE = Style(role=FontRole.headline, size=22, is_bold=True, line_factor=1.4)
BODY = Style(role=FontRole.fang, size=16, line_factor=28.95 / 16)
HEADING = Style(role=FontRole.hei, size=16, line_factor=28.95 / 16)
_MARK = Style(role=FontRole.hei, size=16, colour=GREY)
_PAGE_NUMBER = Style(role=FontRole.song, size=14)
_SIGN_INDENT = 4


@dataclass(frozen=True)
class Letter:
    """An official paper of running text.

    paragraphs: text; one beginning with 一、 二、 … is set as a heading. mark: as `草稿`, printed at the
    top right. issued_on None leaves the date to be written. attachments: names, listed under the text. letterhead: who
    issues it, above the title, the number then below it. signatures: lines to be signed, in the place of signer and
    date. note: small print below the text of the last page.
    """

    title: str
    paragraphs: tuple[str, ...]
    addressee: str = ""
    number: str = ""
    signer: str = ""
    issued_on: date | None = None
    mark: str = ""
    attachments: tuple[str, ...] = ()
    copies_to: str = ""
    letterhead: str = ""
    signatures: tuple[str, ...] = ()
    note: str = ""


def letter_pdf(letter: Letter) -> Printed:
    """The letter as a PDF of portrait A4 pages."""
    paper = Paper(letter.title)
    flow = Flow(paper, Margins())
    if letter.mark:
        paper.text(flow.right, 26 * MM, f"【{letter.mark}】", _MARK, "right")
    _set_top(flow, letter)
    for paragraph in letter.paragraphs:
        is_heading = paragraph[:1] in "一二三四五六七八九十" and paragraph[1:2] == "、"
        flow.paragraph(paragraph, HEADING if is_heading else BODY, indent=2)
    _set_attachments(flow, letter)
    _set_signature(flow, letter)
    if letter.note:
        paper.text(flow.left, paper.height - 31 * MM, letter.note, BODY.at(12))
    _set_page_numbers(paper)
    return paper.finish()


def chinese_date(day: date | None) -> str:
    """A date as papers write it: `2022年6月1日`; blanks to fill in when there is none."""
    return (
        f"{day.year}年{day.month}月{day.day}日"
        if day
        else "\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日"
    )


def _set_top(flow: Flow, letter: Letter) -> None:
    if letter.letterhead:
        flow.paragraph(letter.letterhead, TITLE.at(18), align="center")
    elif letter.number:
        flow.paragraph(letter.number, BODY, align="center")
        flow.space(BODY.leading / 2)
    flow.paragraph(letter.title, TITLE, align="center")
    if letter.letterhead and letter.number:
        flow.space(BODY.leading / 2)
        flow.paragraph(letter.number, BODY, align="right")
    flow.space(BODY.leading / 2 if letter.letterhead else BODY.leading)
    if letter.addressee:
        flow.paragraph(f"{letter.addressee}：", BODY)


def _set_attachments(flow: Flow, letter: Letter) -> None:
    if not letter.attachments:
        return
    flow.space(BODY.leading)
    for number, name in enumerate(letter.attachments, 1):
        lead = "附件：" if number == 1 else "\u3000\u3000\u3000"
        flow.paragraph(f"{lead}{number}. {name}", BODY, indent=2)


def _set_signature(flow: Flow, letter: Letter) -> None:
    """Name and date at the right, four characters from the edge, or the lines to be signed."""
    lines = letter.signatures or tuple(filter(None, (letter.signer, chinese_date(letter.issued_on))))
    _leave_room(flow, len(lines))
    for line in lines:
        if letter.signatures:
            flow.paragraph(line, BODY, indent=2)
        else:
            flow.paragraph(line + "\u3000" * _SIGN_INDENT, BODY, align="right")
    if letter.copies_to:
        flow.space(BODY.leading)
        flow.paragraph(f"抄送：{letter.copies_to}", BODY.at(14))


def _leave_room(flow: Flow, lines: int) -> None:
    """White space above a signature of so many lines; it gives way before the page is turned."""
    flow.keep(lines * BODY.leading)
    lines_left = int(flow.room / BODY.leading) - lines
    flow.space(min(2, max(0, lines_left)) * BODY.leading)


def _set_page_numbers(paper: Paper) -> None:
    for page in range(paper.pages):
        is_odd = page % 2 == 0
        x = paper.width - 26 * MM - 16 if is_odd else 28 * MM + 16
        paper.text(
            x,
            paper.height - 26 * MM,
            f"— {page + 1} —",
            _PAGE_NUMBER,
            "right" if is_odd else "left",
            page=page,
        )
