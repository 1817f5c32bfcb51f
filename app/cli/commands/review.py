"""Commands of a bureau's review: the month as a whole, and single records that go back to their station."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from app.cli.review_pairs import add_pairs
from app.cli.session import ask, do, show
from app.desk_values import ReplyKind, SentBackCode
from app.services.money.review_month import ReviewMonth
from app.services.money.send_back import SendBack, SendBackAgain, SettleReturn
from app.services.money.submissions import SiteMonth
from app.services.returns.answer_return import AnswerReturn
from app.services.returns.returns_list import ReturnsList, ReturnView

APPROVE, RETURN = "approve", "return"
MONTH = "month"
Round = Annotated[str, typer.Argument(help="退回编号，见 huimin review returns")]
Code = Annotated[str, typer.Option("--code", help=f"原因：{'、'.join(SentBackCode)}")]
Comment = Annotated[str, typer.Option("--comment", help="说明")]


class ReviewGroup(TyperGroup):
    """`huimin review 站点 月份 approve` is the word without a word: what names no step of its own is a month's review."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The arguments, with the month's step before those that name none."""
        if args and args[0] not in self.commands and args[0] != "--help":
            args = [MONTH, *args]
        return super().parse_args(ctx, args)


def add(cli: typer.Typer) -> None:
    """Add `review SITE MONTH approve|return` and `review send-back|reply|returns|settle|again|pairs|pair`."""
    group = typer.Typer(cls=ReviewGroup, help="审核站点上报的月份，退回单条记录", no_args_is_help=True)
    group.command(MONTH)(month)
    group.command("send-back")(send_back)
    group.command("reply")(reply)
    group.command("returns")(list_returns)
    group.command("settle")(settle)
    group.command("again")(again)
    add_pairs(group)
    cli.add_typer(group, name="review")


def month(
    context: typer.Context,
    site: Annotated[str, typer.Argument(help="站点代码、全称或乡镇名")],
    month: Annotated[str, typer.Argument(help="月份，如 2022-05")],
    answer: Annotated[str, typer.Argument(help="approve 通过 或 return 退回")],
    reason: Annotated[str, typer.Option("--reason", help="意见；退回时必填")] = "",
) -> None:
    """审核一个站点上报的月份；month 可以不写。"""
    if answer not in (APPROVE, RETURN):
        raise typer.BadParameter("请写 approve 或 return")
    found: SiteMonth = do(context, ReviewMonth(site, month, answer == APPROVE, reason))
    document = {
        "site": found.site,
        "month": str(found.month),
        "number": found.number,
        "state": found.state.value,
        "reason": found.reason,
    }
    show(
        context,
        document,
        lambda: f"{found.site} {found.month.words}第 {found.number} 版：{found.state.value}。",
    )


def send_back(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(help="consultation 咨询、duty 值班、punch 签到签退 或 case 案件")],
    record: Annotated[str, typer.Argument(help="记录编号，见各列表的 --json")],
    code: Code,
    comment: Comment = "",
    site: Annotated[str, typer.Option("--site", help="记录应属于哪个站点；省略为不核对")] = "",
) -> None:
    """把一条记录退回给登记它的站点，写明原因。"""
    made = do(context, SendBack(kind, record, code, comment, site))
    show(context, {"id": made}, lambda: f"已退回，随下一个回执包下发。编号 {made}")


def reply(
    context: typer.Context,
    id: Round,
    text: Annotated[str, typer.Option("--text", help="改了什么，或者为什么不用改")],
    kind: Annotated[str, typer.Option("--kind", help=f"{'、'.join(ReplyKind)}")] = ReplyKind.explained.value,
) -> None:
    """站点答复县里退回的一条；更正这条记录即算答复，不必再写。"""
    made = do(context, AnswerReturn(id, kind, text))
    show(context, {"id": made}, lambda: f"已答复：{kind}，随下一个上报包送去。")


def list_returns(
    context: typer.Context,
    site: Annotated[str, typer.Option("--site", help="站点代码、全称或乡镇名；省略为全部")] = "",
    is_all: Annotated[bool, typer.Option("--all", help="已办结的也列")] = False,
) -> None:
    """列出单条退回，新的在前。"""
    rows: tuple[ReturnView, ...] = ask(context, ReturnsList(site, is_all))
    lines = ["　".join(filter(None, (
        f"{one.sent_at:%Y-%m-%d}", one.site_name, one.what, one.code, one.comment, one.standing, one.id,
    ))) for one in rows]  # fmt: skip
    show(context, [_document(one) for one in rows], lambda: "\n".join(lines) or "没有单条退回。")


def settle(context: typer.Context, id: Round, comment: Comment = "") -> None:
    """办结一条退回；站点没有答复的要写 --comment。"""
    show(context, {"id": do(context, SettleReturn(id, comment))}, lambda: "已办结。")


def again(context: typer.Context, id: Round, code: Code, comment: Comment = "") -> None:
    """答复不行的，再次退回同一条记录。"""
    made = do(context, SendBackAgain(id, code, comment))
    show(context, {"id": made}, lambda: f"已再次退回。编号 {made}")


def _document(one: ReturnView) -> dict[str, object]:
    return {
        "id": one.id,
        "site": one.site,
        "table": one.table,
        "record": one.row_id,
        "round": one.round,
        "code": one.code,
        "comment": one.comment,
        "may_correct": one.may_correct,
        "sent_at": f"{one.sent_at:%Y-%m-%d %H:%M:%S}",
        "standing": one.standing.value,
        "replies": [{"kind": said.kind, "text": said.text} for said in one.replies],
        "late": list(one.late),
    }
