"""Invents registers of cases as an office has them before it begins: lines of text under the sheet's headings."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

Line = dict[str, str]
_WHAT = (
    ("民事", "诉讼", "一审", ""), ("民事", "诉讼", "一审", "普通"), ("民事", "诉讼", "", ""), ("民事", "非诉讼", "仲裁", ""), ("民事", "非诉讼", "其他", ""),
    ("刑事", "诉讼", "侦查", ""), ("刑事", "诉讼", "一审", "普通"), ("刑事", "", "二审", ""), ("刑事", "诉讼", "一审", "简易"), ("行政", "诉讼", "一审", ""),
    ("国家赔偿", "诉讼", "二审", ""),
)  # fmt: skip
_GROUNDS = ("援31", "援31", "援31", "援25-1", "援25-2", "省9", "援24", "其他", "")
_LAST_ARCHIVED = date(2022, 7, 15)


def _often(usual: str, *rare: str) -> st.SearchStrategy[str]:
    return st.sampled_from((usual,) * (2 * len(rare)) + rare)


@st.composite
def _line(draw: st.DrawFn) -> Line:
    kind, form, stage, procedure = draw(st.sampled_from(_WHAT))
    gaps = st.integers(0, 40)
    archived = _LAST_ARCHIVED - timedelta(days=draw(st.integers(0, 130)))
    closed = archived - timedelta(days=draw(gaps))
    assigned = closed - timedelta(days=draw(st.integers(0, 190)))
    approved = assigned - timedelta(days=draw(st.integers(0, 9)))
    days = {"申请日": approved - timedelta(days=5), "批准日": approved, "指派日": assigned, "结案日": closed}
    line = {name: day.isoformat() for name, day in days.items()}
    if draw(st.sampled_from((True,) * 6 + (False,))):
        line |= {
            "归档日": archived.isoformat(),
            "质量等级": draw(_often("合格", "优秀", "良好", "不合格", "")),
            "核验人": "赵验",
        }
    is_entered = draw(st.sampled_from((True,) * 5 + (False,)))
    return line | {
        "省系统编号": "SX1" if is_entered else "",
        "录入日期": closed.isoformat() if is_entered or draw(st.booleans()) else "",
        "受援人": "李某",
        "人群类别": draw(_often("农民工", "老年人", "其他群众", "妇女；其他群众", "")),
        "案件类型": kind,
        "事项": "劳动报酬",
        "诉讼或非诉讼": form,
        "诉讼阶段": stage,
        "程序": procedure,
        "法律依据": draw(st.sampled_from(_GROUNDS)),
        "承办机构": "河东律师事务所",
        "承办人": "卫明",
        "承办人类别": draw(_often("社会律师", "志愿者", "基层法律服务工作者", "法律援助机构工作人员")),
        "资金来源": draw(_often("", "惠民专项", "业务经费", "彩票公益金", "基金会")),
    }


def registers() -> st.SearchStrategy[list[Line]]:
    """One to five lines, each with a 案号 of its own."""
    return st.lists(_line(), min_size=1, max_size=5).map(
        lambda lines: [{"案号": f"援字〔2022〕第{at}号", **line} for at, line in enumerate(lines, 1)]
    )
