"""What makes papers a file: which forms were put out under which number, and in which order the papers lie."""

from datetime import date, datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped

from app.models.base import Audience, Base, DateText, JsonText, Shared, UtcText
from app.models.travelling import shared


class CaseFormIssue(Shared, Base):
    """A form of the Ministry's list that was put out for a case; its 文号 is given once and stays.

    occasion: the event it was put out for, "" for a form of none. mark and serial: the run of numbers that the office
    counts each year, serial 0 for a form without a 文号.
    """

    __tablename__ = "case_form_issue"
    audience = Audience(station="up", bureau="site")
    title = "出具的文书"

    site: Mapped[str] = shared("受理点", String(16), refers_to="site")
    case_id: Mapped[str] = shared("案件", refers_to="legal_case")
    form: Mapped[int] = shared("文书编号")
    occasion: Mapped[str] = shared("为哪一步出具", default="")
    mark: Mapped[str] = shared("文号类别", default="")
    year: Mapped[int] = shared("年份")
    serial: Mapped[int] = shared("号数", default=0)
    number: Mapped[str] = shared("文号", default="")
    issued_on: Mapped[date] = shared("出具日期", DateText)
    issued_by: Mapped[str] = shared("出具人")
    issued_at: Mapped[datetime] = shared("出具时间", UtcText)
    __table_args__ = (UniqueConstraint("writer", "case_id", "form", "occasion"),)


Index("ix_case_form_issue_case_id", CaseFormIssue.case_id)
Index("ix_case_form_issue_run", CaseFormIssue.writer, CaseFormIssue.year, CaseFormIssue.mark)


class CaseFileOrder(Shared, Base):
    """The order in which somebody put the papers of a file, never edited; the newest holds.

    papers: ids of case papers and of issued forms; what came later follows in the order of the catalogue.
    """

    __tablename__ = "case_file_order"
    audience = Audience(station="up", bureau="site")
    title = "卷内顺序"

    site: Mapped[str] = shared("受理点", String(16), refers_to="site")
    case_id: Mapped[str] = shared("案件", refers_to="legal_case")
    papers: Mapped[list[str]] = shared("材料顺序", JsonText, default=list)
    ordered_by: Mapped[str] = shared("登记人")
    ordered_at: Mapped[datetime] = shared("登记时间", UtcText)


Index("ix_case_file_order_case_id", CaseFileOrder.case_id)
