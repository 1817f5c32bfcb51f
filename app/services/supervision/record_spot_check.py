"""Records a roll-call check (点名抽查): who was found where, doing what, by whom and how (Y17 (4)(5), Y23, Q03)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from app.clock import local_to_utc
from app.errors import Problem, Refused
from app.kernel.handlers import handles
from app.kernel.permissions import Permission
from app.kernel.work import Work
from app.models.duties import SpotCheck
from app.models.organisation import Person
from app.services.attendance.entry_checks import (
    another_must_verify,
    is_watched_site,
    person_untold,
    refuse_future,
)
from app.text import clean
from app.values import SpotMethod, SpotResult, Verdict


@dataclass(frozen=True, kw_only=True)
class RecordSpotCheck:
    """What an inspector found; at is naive local.

    is_justified None: nobody has judged the excuse for 脱岗 yet, so it costs nothing. verdict: for 不在岗 and 虚假值班.
    """

    site: str
    at: datetime
    person_id: str
    method: str
    result: str
    reason: str = ""
    is_justified: bool | None = None
    verdict: str = Verdict.pending.value
    inspector: str = ""

    @property
    def is_judged(self) -> bool:
        """Whether it says more than what was found: that an excuse is good or not, that a finding is proved or not."""
        return self.is_justified is not None or is_verdict(self.verdict)

    def problems(self) -> Iterable[Problem]:
        """A person, a way, a result and a verdict of the lists."""
        if not self.person_id:
            yield Problem("person_id", "请选择被抽查的人员。", "E140")
        yield from _listed("method", "抽查方式", self.method, tuple(SpotMethod), "E141")
        yield from _listed("result", "抽查结果", self.result, tuple(SpotResult), "E142")
        yield from _listed("verdict", "核实", self.verdict or Verdict.pending.value, tuple(Verdict), "E143")


@handles(RecordSpotCheck, title="登记抽查", permission=Permission.SPOT_CHECK)
def record_spot_check(work: Work, command: RecordSpotCheck) -> str:
    """The check's id; a judgement is the word of those who decide, about what another found (Y24).

    Raises Refused E001, E120, E144, E145, E150.
    """
    if command.is_judged:
        work.actor.need(Permission.DECIDE)
        if clean(command.inspector) in ("", work.actor.display_name, work.actor.name):
            raise another_must_verify("inspector")
    return store_spot_check(work, command).id


def store_spot_check(work: Work, command: RecordSpotCheck) -> SpotCheck:
    """Store a check that has no problems; also for imports."""
    refuse_future(work, command.at, field="at")
    refuse_unwatched(work, command.site)
    refuse_stranger(work, command.person_id)
    if command.is_justified is False or command.verdict == Verdict.confirmed:
        refuse_untold(work)
    row: SpotCheck = work.add(
        SpotCheck(
            site=command.site,
            at=local_to_utc(command.at),
            on=command.at.date(),
            person_id=command.person_id,
            method=command.method,
            result=command.result,
            reason=clean(command.reason) or None,
            is_justified=command.is_justified,
            verdict=command.verdict or Verdict.pending.value,
            inspector=clean(command.inspector) or work.actor.display_name,
            entered_by=work.actor.account,
        )
    )
    return row


def is_verdict(word: str) -> bool:
    """Whether it is somebody's judgement, and not that one is awaited."""
    return (word or Verdict.pending.value) != Verdict.pending.value


def refuse_unwatched(work: Work, site: str) -> None:
    """Raises Refused E144 for a site that is neither this office's own nor below it."""
    if not is_watched_site(work, site):
        raise Refused("E144", "只能登记本单位及所辖站点的抽查和投诉，请核对站点。", field="site")


def refuse_untold(work: Work) -> None:
    """Raises Refused E152 for a finding proved as it is recorded, where the bureau reads that the person is told first."""
    if work.pack.setting("explanation_first") == "always":
        raise person_untold()


def refuse_stranger(work: Work, person_id: str) -> None:
    """Raises Refused E145 for a person who is not in the pool."""
    if work.session.get(Person, person_id) is None:
        raise Refused("E145", "值班人员库里没有这个人，请刷新后重选。", field="person_id")


def _listed(field: str, title: str, value: str, known: tuple[str, ...], code: str) -> Iterable[Problem]:
    if value not in known:
        yield Problem(field, f"{title}“{value}”不在可选值内，请填：{'、'.join(known)}。", code)
