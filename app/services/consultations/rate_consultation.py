"""Takes down what the client thought of the service: 满意, 基本满意 or 不满意 (Y06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Work
from app.models.service_desk import Consultation
from app.services.attendance.freeze import refuse_if_frozen
from app.services.consultations.find import need_consultation
from app.values import Rating


@dataclass(frozen=True)
class RateConsultation:
    """The first rating of a record, as the client gave it to the clerk; a later one is a correction with its reason."""

    id: str
    rating: str

    def problems(self) -> Iterable[Problem]:
        """One of the three words."""
        return rating_problems(self.rating)


@dataclass(frozen=True)
class RateAtKiosk:
    """The client's own tap at the kiosk, for a record of today."""

    id: str
    rating: str

    def problems(self) -> Iterable[Problem]:
        """One of the three words."""
        return rating_problems(self.rating)


def rating_problems(rating: str) -> tuple[Problem, ...]:
    """What is wrong with a rating, () for nothing."""
    if rating in set(Rating):
        return ()
    return (Problem("rating", "请选择“满意”“基本满意”或“不满意”。", "E252"),)


@handles(RateConsultation, title="登记评价", permission=Permission.RECORD_CONSULTATION)
def rate_consultation(work: Work, command: RateConsultation) -> None:
    """Raises Refused E110, E111, E246, E252, E255, E903."""
    _rate(work, work.mine(need_consultation(work, command.id)), command.rating)


@handles(RateAtKiosk, title="群众评价", permission=Permission.KIOSK)
def rate_at_kiosk(work: Work, command: RateAtKiosk) -> None:
    """Raises Refused E110, E111, E246, E252, E253, E255 (only today's records of this desk, while the kiosk asks for it)."""
    row = work.mine(need_consultation(work, command.id))
    if row.site != work.office.own_site or row.on != local_date(work.now.at):
        raise Refused("E253", "签到台只能评价今天本站的咨询，其他记录请工作人员代为登记。")
    if not setting_value(work, "kiosk_rating"):
        raise Refused("E253", "签到台没有开启群众评价，请工作人员代为登记，或在设置里开启。")
    _rate(work, row, command.rating)


def _rate(work: Work, row: Consultation, rating: str) -> None:
    refuse_if_frozen(work, row.site, row.on)
    if row.rating == rating:
        return
    if row.rating:
        raise Refused(
            "E252", f"这条记录已评价为“{row.rating}”。确需改动请用“更正”并写明原因。", field="rating"
        )
    row.rating = rating
    row.missing = [item for item in row.missing if item != "满意度"]
