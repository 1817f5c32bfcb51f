"""The list of records that were sent back because they could not be booked."""

from __future__ import annotations

from app.services.exchange.faults_back import ReturnedView
from app.ui.widgets.detail import DetailPane
from app.ui.widgets.table import Table
from app.ui.widgets.table_model import Column


def returned_table() -> Table:
    """One row a record, and who has to correct it."""
    columns = [
        Column("at", "退回时间", 150, "datetime"),
        Column("site_name", "单位"),
        Column("title", "记录", 120),
        Column("seq", "流水号", 90, "number"),
        Column(
            "is_ours",
            "由谁更正",
            120,
            "tag",
            tag=lambda row: ("fault", "本单位更正") if row.is_ours else ("due", "等对方更正"),
        ),
    ]
    return Table(columns, name="退回的记录", empty="没有退回的记录。对方不能入账的记录会列在这里。")


def show_returned(pane: DetailPane, row: ReturnedView | None) -> None:
    """One record in the pane, and what becomes of it."""
    if row is None:
        pane.show_nothing()
        return
    pane.begin(f"退回的{row.title}").facts(
        ("单位", row.site_name),
        ("退回时间", f"{row.at:%Y-%m-%d %H:%M}"),
        ("流水号", f"第 {row.seq:,} 条"),
        ("记录编号", row.row_id),
        ("原因", row.fault),
    )
    pane.note(
        "请在原来的页面更正这条记录，更正后的新版本会随下一个上报包发出。"
        if row.is_ours
        else "原因已随回执包发给对方；对方更正后会随下一个上报包再来。"
    ).end()
