"""恢复码保管单: the one paper that opens an office's data when every password is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.documents.flow import Flow, Margins
from app.documents.fonts import FontRole
from app.documents.form import PaperForm
from app.documents.paper import INK, MM, SHADE, Paper, Printed, Style

_TITLE = Style(role=FontRole.headline, size=26, is_bold=True, colour=INK)
_TEXT = Style(size=14, colour=INK, line_factor=1.7)
_HEAD = Style(role=FontRole.hei, size=14, colour=INK, line_factor=1.7)
_CODE = Style(role=FontRole.hei, size=20, colour=INK)
_ADVICE = (
    "所有人都忘记口令、或本机损坏需要恢复备份时，只有此码能打开数据。程序和上级机关都无法代为找回。",
    "请装入信封，封口签章，与印章、财务凭证一同保管；不要拍照，不要存入电脑、手机或网络。",
    "使用一次之后，或怀疑已被他人看到时，请在“设置”中重新生成并打印新的保管单，旧单当场销毁。",
)


@dataclass(frozen=True)
class RecoveryCode:
    """code: groups of characters joined by `-`; made_at: naive local time."""

    office: str
    code: str
    made_at: datetime


def draw_recovery_code(data: RecoveryCode) -> Printed:
    """One portrait A4 page; the code in numbered groups, large enough to be copied without error."""
    paper = Paper("恢复码保管单")
    flow = Flow(paper, Margins(top=26 * MM, left=25 * MM, right=25 * MM, bottom=22 * MM))
    flow.paragraph("恢复码保管单", _TITLE, align="center")
    flow.space(6 * MM)
    flow.paragraph(f"单位：{data.office}", _TEXT)
    flow.paragraph(f"生成时间：{data.made_at:%Y-%m-%d %H:%M}", _TEXT)
    flow.space(4 * MM)
    _draw_groups(flow, data.code.split("-"))
    flow.space(8 * MM)
    for number, advice in enumerate(_ADVICE, 1):
        flow.paragraph(f"{number}. {advice}", _TEXT)
        flow.space(2 * MM)
    flow.space(10 * MM)
    _draw_keepers(flow)
    return paper.finish()


def _draw_groups(flow: Flow, groups: list[str]) -> None:
    across = min(4, len(groups))
    gap, height = 4 * MM, 17 * MM
    width = (flow.width - gap * (across - 1)) / across
    widest = max(_CODE.measure(group) for group in groups)
    style = _CODE.at(min(_CODE.size, _CODE.size * (width - 8 * MM) / widest))
    for place, group in enumerate(groups):
        row, column = divmod(place, across)
        x, y = flow.left + column * (width + gap), flow.y + row * (height + gap)
        flow.paper.box(x, y, width, height, fill=SHADE, radius=3)
        flow.paper.text(x + 1.5 * MM, y + 4 * MM, str(place + 1), Style(size=8, colour=INK))
        flow.paper.text(x + width / 2, y + height / 2 + style.size * 0.36, group, style, "center")
    flow.space(-(-len(groups) // across) * (height + gap))


def _draw_keepers(flow: Flow) -> None:
    for label in ("保管人", "监督人", "存放地点"):
        flow.keep(14 * MM)
        flow.space(12 * MM)
        flow.paper.text(flow.left, flow.y, f"{label}：", _HEAD)
        start = flow.left + _HEAD.measure(f"{label}：")
        flow.paper.line(start, flow.y + 1 * MM, flow.left + 80 * MM, flow.y + 1 * MM, colour=INK)
        flow.paper.text(
            flow.left + 90 * MM, flow.y, "日期：\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日", _HEAD
        )


FORM = PaperForm("recovery_code", "恢复码保管单", draw_recovery_code)
