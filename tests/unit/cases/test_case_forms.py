"""Every form of the Ministry's list prints what the data say, whatever is missing and however long a text is."""

from __future__ import annotations

import io
from datetime import date

import pdfplumber
import pytest

from app.case_values import CaseEventKind, CaseState
from app.documents.form_texts import PLACE, FormText, filled, form_texts
from app.documents.forms.case_contents import CaseContents, FileNotes, draw_case_contents, draw_file_notes
from app.documents.forms.case_cover import CaseCover, draw_case_cover
from app.documents.forms.case_form import CaseFormSheet, draw_case_form
from app.documents.forms.case_spine import CaseSpine, draw_case_spine
from app.services.cases.case_form_values import LISTS, known_places

TITLES = [
    "法律援助咨询登记表",
    "法律援助申请表",
    "授权委托书",
    "法律援助申请人经济困难状况说明表",
    "法律援助申请材料接收凭证",
    "补充材料（说明）通知书",
    "法律援助协作函",
    "法律援助审查表",
    "给予法律援助决定书",
    "不予法律援助决定书",
    "指派通知书",
    "法律援助委托代理（辩护）协议",
    "法律援助公函",
    "法律援助承办情况通报（报告）记录",
    "介绍信",
    "更换法律援助人员申请（审批）表",
    "更换法律援助人员通知书",
    "终止法律援助决定书",
    "终止法律援助公函",
    "法律援助异议审查决定书",
    "结案报告表",
    "送达回证",
    "法律帮助申请表",
    "值班律师法律帮助通知书（公安机关）",
    "值班律师法律帮助通知书（国家安全机关）",
    "值班律师法律帮助通知书（人民检察院）",
    "值班律师法律帮助通知书（人民法院）",
    "法律帮助情况登记表",
    "值班律师工作台账",
    "庭审旁听记录表",
    "征询办案机关意见函",
    "受援人回访记录表",
]
EVERY = list(form_texts().values())


def plain(pdf: bytes) -> str:
    """The text of all pages without blanks and line ends."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "".join("".join((page.extract_text() or "").split()) for page in document.pages)


def named(text: FormText) -> set[str]:
    return {found[1] for words in text.texts for found in PLACE.finditer(words)}


def sheet(text: FormText, **values: str) -> CaseFormSheet:
    return CaseFormSheet(
        text=text,
        values=values,
        number=f"盐{text.mark}字〔2022〕第7号" if text.mark else "",
        issuer="盐湖区司法局",
        issued_on=date(2022, 3, 6),
    )


def test_the_list_is_the_ministrys() -> None:
    assert [text.title for text in EVERY] == TITLES
    assert list(form_texts()) == list(range(1, 33))


@pytest.mark.parametrize("text", EVERY, ids=lambda text: str(text.number))
def test_a_form_names_only_what_the_program_knows(text: FormText) -> None:
    assert named(text) <= known_places()
    assert set(text.events) <= {kind.value for kind in CaseEventKind}
    assert set(text.states) <= {state.value for state in CaseState}
    assert {row.source for row in text.rows if row.source} <= set(LISTS)


@pytest.mark.parametrize("text", EVERY, ids=lambda text: str(text.number))
def test_every_form_prints_all_its_values_with_its_fonts(text: FormText) -> None:
    values = {place: f"值{number}乙" for number, place in enumerate(sorted(named(text)))}
    values |= {place: words for place, words in {"性别": "男", "年龄": "52"}.items() if place in values}
    printed = draw_case_form(sheet(text, **values))
    found = plain(printed.pdf)
    assert "".join(text.title.split()) in found and printed.missing == ()
    assert all(words in found for words in values.values())
    if text.mark:
        assert f"盐{text.mark}字〔2022〕第7号" in found
    with pdfplumber.open(io.BytesIO(printed.pdf)) as document:
        fonts = {char["fontname"] for page in document.pages for char in page.chars}
    assert fonts and all("+Huimin" in font for font in fonts), "a subset of every font lies in the file"


@pytest.mark.parametrize("text", EVERY, ids=lambda text: str(text.number))
def test_what_is_not_known_is_left_to_be_written_by_hand(text: FormText) -> None:
    found = plain(draw_case_form(sheet(text)).pdf)
    assert "None" not in found and "{" not in found and "□" not in found and "〓" not in found
    assert "__" in found or not named(text) or text.rows


@pytest.mark.parametrize(("number", "place"), [(2, "案情"), (14, "通报.经过"), (10, "不予.理由说明")])
def test_p18_a_text_of_any_length_goes_on_to_a_next_sheet(number: int, place: str) -> None:
    long = "".join(f"事实{one}，" for one in range(1500)) + "完"
    text = form_texts()[number]
    printed = draw_case_form(sheet(text, **{place: long}))
    assert printed.pages > 5
    found = words_of(printed.pdf, 150, 46) if text.rows else words_of(printed.pdf, 0, 95)
    assert [one for one in range(1500) if f"事实{one}，" not in found] == [] and "完" in found
    with pdfplumber.open(io.BytesIO(printed.pdf)) as document:
        for page in document.pages:
            assert all(
                char["x1"] < page.width - 30 and char["bottom"] < page.height - 20 for char in page.chars
            )


def words_of(pdf: bytes, left: float, foot: float) -> str:
    """The text right of a place and above the foot of each page, in points."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        pages = [page.crop((left, 60, page.width, page.height - foot)) for page in document.pages]
        return "".join("".join((page.extract_text() or "").split()) for page in pages)


def test_a_value_is_no_template() -> None:
    assert filled("{申请人}说", {"申请人": "{案号}", "案号": "不该出现"}) == "{案号}说"


def test_a_day_that_is_not_known_is_a_day_to_be_written() -> None:
    assert filled("于{收到日期}收到{案由|4}", {}) == "于____年__月__日收到____"


def test_a_rare_name_prints_or_is_told() -> None:
    printed = draw_case_form(sheet(form_texts()[9], 申请人="张𬭎\U0010ffff"))
    assert "张𬭎〓" in plain(printed.pdf) and "U+10FFFF" in printed.warning


def test_cover_catalogue_notes_and_spine_say_what_the_file_is() -> None:
    cover = draw_case_cover(
        CaseCover(issuer="盐湖区司法局", title="民事案件", fields=(("受 援 人", "李**"),), is_sealed=True)
    )
    found = plain(cover.pdf)
    assert all(word in found for word in ("法律援助卷宗", "李**", "封存"))
    papers = tuple((f"材料{number}号", "2022-03-01", str(number), "") for number in range(1, 81))
    contents = draw_case_contents(CaseContents(number="援字〔2022〕第1号", papers=papers))
    found = plain(contents.pdf)
    assert contents.pages > 1 and all(name in found for name, *_ in papers)
    notes = draw_file_notes(
        FileNotes(number="1", pages=36, papers=12, missing=("代理词",), reason="纸质已归档")
    )
    assert "本卷共12份材料，36页。卷内缺：代理词。容缺归档的理由：纸质已归档" in plain(notes.pdf)
    spine = draw_case_spine(
        CaseSpine(
            issuer="盐湖区司法局",
            number="援字〔2022〕第1号",
            kind="民事案件",
            matter="劳动报酬",
            name="李桂花",
        )
    )
    with pdfplumber.open(io.BytesIO(spine.pdf)) as document:
        signs = [char["text"] for char in document.pages[0].chars]
    assert spine.pages == 1 and signs.count("桂") == 3
