"""Takes down what the client thought of the service, 满意, 基本满意 or 不满意, as a row of its own (Y06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.clock import local_date
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.setting_values import setting_value
from app.kernel.work import Work
from app.models.service_desk import Consultation, ConsultationRating
from app.services.attendance.freeze import refuse_if_frozen
from app.services.consultations.find import need_consultation
from app.services.reading.ratings import ratings_of
from app.text import clean
from app.values import Rating, RatingChannel


@dataclass(frozen=True)
class RateConsultation:
    """A client's word as told to the clerk; another word than the one before needs the reason.

    is_follow_up: asked for afterwards, by the office that keeps the register or by its bureau; reason: what was said.
    """

    id: str
    rating: str
    reason: str = ""
    is_follow_up: bool = False

    def problems(self) -> Iterable[Problem]:
        """One of the three words; of a follow-up what was said."""
        yield from rating_problems(self.rating)
        if self.is_follow_up and not clean(self.reason):
            yield Problem("reason", "请写明回访情况：什么时候、怎么联系、群众怎么说。", "E252")


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
    """Evidence of a month already reported or settled is taken too; only another word than before is a correction.

    Raises Refused E110, E111, E246, E252, E255, E903.
    """
    row = need_consultation(work, command.id)
    if not (command.is_follow_up and work.office.is_bureau):
        work.mine(row)
    said = _said(work, row, is_follow_up=command.is_follow_up)
    if said == command.rating:
        return
    if said and not command.is_follow_up:
        refuse_if_frozen(work, row.site, row.on)
        if not clean(command.reason):
            raise Refused(
                "E252", f"这条记录已评价为“{said}”。确需改动请写明原因，原评价会保留。", field="rating"
            )
    channel = RatingChannel.follow_up if command.is_follow_up else RatingChannel.desk
    add_rating(work, row, command.rating, channel, command.reason)


@handles(RateAtKiosk, title="群众评价", permission=Permission.KIOSK)
def rate_at_kiosk(work: Work, command: RateAtKiosk) -> None:
    """Raises Refused E246, E252, E253, E255 (only today's records of this desk, while the kiosk asks for it)."""
    row = work.mine(need_consultation(work, command.id))
    if row.site != work.office.own_site or row.on != local_date(work.now.at):
        raise Refused("E253", "签到台只能评价今天本站的咨询，其他记录请工作人员代为登记。")
    if not setting_value(work, "kiosk_rating"):
        raise Refused("E253", "签到台没有开启群众评价，请工作人员代为登记，或在设置里开启。")
    said = _said(work, row, is_follow_up=False)
    if said == command.rating:
        return
    if said:
        raise Refused("E252", f"这条记录已评价为“{said}”。确需改动请工作人员代为登记。", field="rating")
    add_rating(work, row, command.rating, RatingChannel.kiosk)


def add_rating(work: Work, row: Consultation, rating: str, channel: RatingChannel, reason: str = "") -> str:
    """Store one word about a record; its id."""
    made: ConsultationRating = work.add(
        ConsultationRating(
            site=row.site,
            consultation_id=row.id,
            rating=rating,
            channel=channel.value,
            reason=clean(reason) or None,
            rated_by=work.actor.account,
            at=work.now.at,
        )
    )
    return made.id


def _said(work: Work, row: Consultation, *, is_follow_up: bool) -> str:
    """The newest word of a follow-up, or else the newest said at the desk or the kiosk; "" for none."""
    words = [
        one.rating.value
        for one in ratings_of(work, row.id)
        if (one.channel is RatingChannel.follow_up) == is_follow_up
    ]
    return words[-1] if words else ""
