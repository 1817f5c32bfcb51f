"""The figures of a duty site's month that a county gives the city: sums only, nobody named."""

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from app.models.base import Audience, Base, Flag, Shared
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
    drafted: Mapped[int] = shared("代书件数", default=0)
    pay_fen: Mapped[int] = shared("补贴合计", adds="fen")
    is_final: Mapped[bool] = shared("已结算定稿", Flag)
    is_incomplete: Mapped[bool] = shared("记录没有收全", Flag, default=False)
    """Whether the county still waited for a bundle of the site's office when it summed the month."""


Index("ix_site_figure_month", SiteFigure.month)
Index("ix_site_figure_gaps", SiteFigure.is_incomplete, SiteFigure.name)
