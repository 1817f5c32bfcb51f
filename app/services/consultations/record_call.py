"""Takes down a follow-up call that reached nobody, or nobody who would answer (Y06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.desk_values import CallOutcome
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.service_desk import FollowUpCall
from app.services.consultations.find import need_consultation
from app.text import clean


@dataclass(frozen=True)
class RecordCall:
    """A call about a record; outcome: of CallOutcome. One that brought a rating is RateConsultation."""

    id: str
    outcome: str
    note: str = ""

    def problems(self) -> Iterable[Problem]:
        """One of the outcomes; who declined is quoted."""
        if self.outcome not in set(CallOutcome):
            yield Problem("outcome", f"回访结果请选择：{'、'.join(CallOutcome)}。", "E496")
        elif self.outcome == CallOutcome.declined and not clean(self.note):
            yield Problem("note", "请写明对方怎么说。", "E496")


@handles(RecordCall, title="登记回访未果", permission=Permission.RECORD_CONSULTATION)
def record_call(work: Work, command: RecordCall) -> str:
    """The call's id; at the office that keeps the register or its bureau. Raises Refused E246, E255, E495, E903."""
    row = need_consultation(work, command.id)
    if not work.office.is_bureau:
        work.mine(row)
    if not row.phone:
        raise Refused("E495", "这条记录没有留联系电话，无从回访。", field="id")
    work.subjects.append(row.id)
    made: FollowUpCall = work.add(
        FollowUpCall(
            site=row.site,
            consultation_id=row.id,
            outcome=command.outcome,
            note=clean(command.note) or None,
            called_by=work.actor.account,
            at=work.now.at,
        )
    )
    return made.id
