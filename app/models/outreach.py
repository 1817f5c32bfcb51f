"""What a duty does beside consultations: activities in villages and at the desk, and where they lead."""

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from app.desk_values import ActivityKind, ErrandKind, ErrandResult, MarketCycle, PostingKind
from app.models.base import Audience, Base, DateText, JsonText, Shared, UtcText
from app.models.shapes import RANGES
from app.models.travelling import shared


class Activity(Shared, Base):
    """One service beside a consultation (Q04, G04); several of one visit name its first (多件事一次办)."""

    __tablename__ = "activity"
    audience = Audience(station="up", bureau="local")
    title = "服务活动"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    kind: Mapped[str] = shared("服务内容", words=ActivityKind)
    at: Mapped[datetime] = shared("时间", UtcText)
    on: Mapped[date] = shared("日期", DateText)
    person_id: Mapped[str] = shared("服务人员", refers_to="person")
    duty_id: Mapped[str] = shared("所属值班", refers_to="duty", default="")
    """The duty it was done on; "" outside any duty."""
    visit: Mapped[str] = shared("同一次服务", refers_to="activity", default="")
    """The first activity of the same visit; "" for the first itself."""
    consultation_id: Mapped[str] = shared("咨询记录", refers_to="consultation", default="")
    village: Mapped[str] = shared("村（社区）", default="")
    place: Mapped[str] = shared("地点", default="")
    reached: Mapped[int] = shared("惠及人数", default=0)
    document: Mapped[str] = shared("文书", default="")
    """What was drafted (起诉状 …), where that is the service."""
    pages: Mapped[int] = shared("页数", default=0)
    matter: Mapped[str | None] = shared("事由", personal=True)
    outcome: Mapped[str | None] = shared("结果", personal=True)
    recorded_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)
    revision: Mapped[int] = shared("修订号", default=1)
    revision_reason: Mapped[str | None] = shared("修订原因", personal=True)


Index("ix_activity_on", Activity.on, Activity.at, Activity.id)
Index("ix_activity_site_on", Activity.site, Activity.on, Activity.at)
Index("ix_activity_consultation_id", Activity.consultation_id)
Index("ix_activity_person_on", Activity.person_id, Activity.on)


class Errand(Shared, Base):
    """Something promised to a citizen by a day, until its return is in: a referral, a home visit, an answer (Q07, G04)."""

    __tablename__ = "errand"
    audience = Audience(station="up", bureau="local")
    title = "转办事项"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    consultation_id: Mapped[str] = shared("咨询记录", refers_to="consultation")
    kind: Mapped[str] = shared("事项", words=ErrandKind)
    department: Mapped[str] = shared("转往部门", default="")
    person_id: Mapped[str] = shared("承办人", refers_to="person", default="")
    """Who goes or answers; "" for nobody named."""
    begun_on: Mapped[date] = shared("转办日期", DateText)
    by: Mapped[date] = shared("期限", DateText)
    """The last day for it."""
    matter: Mapped[str | None] = shared("办什么", personal=True)
    result: Mapped[str] = shared("结果", words=ErrandResult, default="")
    """"" while it is open."""
    closed_on: Mapped[date | None] = shared("办结日期", DateText)
    answer: Mapped[str | None] = shared("结果说明", personal=True)
    entered_by: Mapped[str] = shared("登记人")
    entered_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_errand_result_by", Errand.result, Errand.by, Errand.id)
Index("ix_errand_begun_on", Errand.begun_on, Errand.id)
Index("ix_errand_consultation_id", Errand.consultation_id)


class MarketRule(Shared, Base):
    """When people gather at a point of a site, so that a mobile duty can be drafted for it (Q06)."""

    __tablename__ = "market_rule"
    audience = Audience(station="up", bureau="site")
    title = "赶集日"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    place: Mapped[str] = shared("集市或场所")
    cycle: Mapped[str] = shared("按什么算", words=MarketCycle)
    days: Mapped[list[str]] = shared("日子", JsonText)
    """Digits: days of the month, 1 … 31; of the week, 1 (一) … 7 (日)."""
    ranges: Mapped[list[list[str]]] = shared("时段", JsonText, shape=RANGES)
    ended_on: Mapped[date | None] = shared("停用日期", DateText)
    entered_by: Mapped[str] = shared("登记人")


class Posting(Shared, Base):
    """Something put up or handed out in a village, until it is taken down (Q12, Q14)."""

    __tablename__ = "posting"
    audience = Audience(station="up", bureau="local")
    title = "宣传张贴"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    kind: Mapped[str] = shared("内容", words=PostingKind)
    on: Mapped[date] = shared("日期", DateText)
    village: Mapped[str] = shared("村（社区）")
    place: Mapped[str] = shared("张贴处", default="")
    copies: Mapped[int] = shared("份数", default=1)
    removed_on: Mapped[date | None] = shared("取下日期", DateText)
    entered_by: Mapped[str] = shared("登记人")


Index("ix_posting_removed_on", Posting.removed_on, Posting.on, Posting.id)
Index("ix_posting_on", Posting.on, Posting.id)
