"""What a county gives its city: sums of sites' months and of its funds, and its cases without persons."""

from datetime import date

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from app.case_values import Fund
from app.models.base import Audience, Base, DateText, Flag, Shared
from app.models.shapes import MONTH
from app.models.travelling import shared


class SiteFigure(Shared, Base):
    """One duty site's month in sums (Y01, Y02, Q01); `id` is site/month, the county the writer. pay_fen: 分."""

    __tablename__ = "site_figure"
    audience = Audience(station="local", bureau="up", city="local")
    title = "站点月度数字"

    site: Mapped[str] = shared("站点", refers_to="site")
    name: Mapped[str] = shared("站点名称")
    month: Mapped[str] = shared("月份", String(7), shape=MONTH)
    state: Mapped[str] = shared("月报状态")
    duties: Mapped[int] = shared("值班次数")
    attendance: Mapped[int] = shared("考勤条数")
    rostered_minutes: Mapped[int] = shared("排班分钟数")
    consultations: Mapped[int] = shared("咨询人次")
    topics: Mapped[int] = shared("咨询件数")
    satisfied: Mapped[int] = shared("满意")
    fairly_satisfied: Mapped[int] = shared("基本满意")
    dissatisfied: Mapped[int] = shared("不满意")
    waiting: Mapped[int] = shared("待处理异常")
    cases_approved: Mapped[int] = shared("批准案件", default=0)
    cases_closed: Mapped[int] = shared("办结案件", default=0)
    cases_counted: Mapped[int] = shared("计入任务案件", default=0)
    """Of those closed in the month; where the document counts no special groups, all of them."""
    recipients: Mapped[int] = shared("受援人数", default=0)
    """Of the cases granted in the month."""
    drafted: Mapped[int] = shared("代书件数", default=0, since=2)
    pay_fen: Mapped[int] = shared("补贴合计", adds="fen")
    is_final: Mapped[bool] = shared("已结算定稿", Flag)
    is_incomplete: Mapped[bool] = shared("记录没有收全", Flag, default=False)
    """Whether the county still waited for a bundle of the site's office when it summed the month."""


Index("ix_site_figure_month", SiteFigure.month)
Index("ix_site_figure_gaps", SiteFigure.is_incomplete, SiteFigure.name)


class FundUseFigure(Shared, Base):
    """A fund's quarter at a county (Y21), 分; `id` is county/fund/quarter. Balances are empty before the ledger opened."""

    __tablename__ = "fund_use_figure"
    audience = Audience(station="local", bureau="up", city="local")
    title = "资金季度数字"

    quarter: Mapped[str] = shared("季度", String(7))
    fund: Mapped[str] = shared("资金", words=Fund)
    opening_fen: Mapped[int | None] = shared("期初结余")
    ordered_fen: Mapped[int] = shared("下达")
    arrived_fen: Mapped[int] = shared("到位")
    duty_fen: Mapped[int] = shared("值班补贴支出")
    duty_count: Mapped[int] = shared("值班补贴笔数")
    case_fen: Mapped[int] = shared("办案补贴支出")
    case_count: Mapped[int] = shared("办案补贴件数")
    other_fen: Mapped[int] = shared("其他支出")
    balance_fen: Mapped[int | None] = shared("期末结余")
    year_arrived_fen: Mapped[int] = shared("本年到位")
    year_spent_fen: Mapped[int] = shared("本年支出")
    summed_on: Mapped[date] = shared("汇总日期", DateText)
    """The day of the first sum after the quarter's end that says what it says; before the end it is not whole."""


Index("ix_fund_use_figure_quarter", FundUseFigure.quarter, FundUseFigure.writer)


class CaseFigure(Shared, Base):
    """A case without a person: neither who applied nor who handles it; `id` is the case's own behind `figure.`."""

    __tablename__ = "case_figure"
    audience = Audience(station="local", bureau="up", city="local")
    title = "案件清单"

    number: Mapped[str] = shared("案号", default="")
    site_name: Mapped[str] = shared("受理点")
    kind: Mapped[str] = shared("案件类型")
    form: Mapped[str] = shared("诉讼或非诉讼", default="")
    stage: Mapped[str] = shared("诉讼阶段", default="")
    matter: Mapped[str] = shared("事项", default="")
    """Empty for a sealed file."""
    state: Mapped[str] = shared("状态")
    grade: Mapped[str] = shared("质量等级", default="")
    received_on: Mapped[date] = shared("收到日期", DateText)
    approved_on: Mapped[date | None] = shared("批准日", DateText)
    closed_on: Mapped[date | None] = shared("结案日", DateText)
    archived_on: Mapped[date | None] = shared("归档日", DateText)
    is_merged: Mapped[bool] = shared("重复不计", Flag, default=False)


Index("ix_case_figure_received_on", CaseFigure.received_on)
Index("ix_case_figure_approved_on", CaseFigure.approved_on)
Index("ix_case_figure_closed_on", CaseFigure.closed_on)
Index("ix_case_figure_archived_on", CaseFigure.archived_on)
