"""What the bureau decided about records of two sites that look like one."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped

from app.desk_values import PairKind, PairOutcome
from app.models.base import Audience, Base, Shared, UtcText
from app.models.travelling import shared


class PairDecision(Shared, Base):
    """One decision about a pair; a later one takes its place (`replaced_by`) and both stay.

    Of a merged pair the first counts and the second counts nowhere; the site is that of the second.
    """

    __tablename__ = "pair_decision"
    audience = Audience(station="local", bureau="site")
    title = "重复认定"

    site: Mapped[str] = shared("站点", String(16), refers_to="site")
    kind: Mapped[str] = shared("记录种类", words=PairKind)
    pair: Mapped[str] = shared("两条记录")
    """Both ids in the order of the alphabet, so that a pair is found whichever way round it was decided."""
    first_id: Mapped[str] = shared("计入的记录")
    second_id: Mapped[str] = shared("另一条记录")
    outcome: Mapped[str] = shared("认定结果", words=PairOutcome)
    facts: Mapped[str] = shared("认定时的内容", String(64))
    """Digest of what both records said; once they say something else the pair is asked about again."""
    reason: Mapped[str | None] = shared("理由", personal=True)
    decided_by: Mapped[str] = shared("认定人")
    decided_at: Mapped[datetime] = shared("认定时间", UtcText)
    replaced_by: Mapped[str] = shared("改由哪次认定", default="")


Index("ix_pair_decision_pair", PairDecision.pair)
Index("ix_pair_decision_first_id", PairDecision.first_id)
Index("ix_pair_decision_second_id", PairDecision.second_id)
Index(
    "ix_pair_decision_merged",
    *(PairDecision.outcome, PairDecision.replaced_by, PairDecision.second_id, PairDecision.writer),
)
