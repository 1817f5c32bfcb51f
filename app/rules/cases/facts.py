"""The shapes of facts about a case that readers make and the rules of cases and funds take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from app.case_values import (
    CaseEventKind,
    CaseForm,
    CaseGround,
    CaseKind,
    CaseStage,
    CaseState,
    Fund,
    Grade,
    HandlerKind,
    Procedure,
    UnmetKey,
)

FactValue = str | int | bool | None | tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CaseFacts:
    """What a case is, after its corrections (补正); None or "" where nobody has said yet.

    received_on: when the intake point or agency received it. groups: 人群类别 as entered. born_on decides 老年人 and
    未成年人 on the application day. fund: 资金来源. continues: the case this one goes on from after 转办. group_case: the
    divisible group (several workers' wages, one case a person) it belongs to. recipients: how many people one joint
    claim helps. opposing_firms: firms that stand on the other side (回避). organ_received_at, forwarded_at: when an organ
    or duty lawyer received a detainee's application and forwarded it, naive local time.
    """

    received_on: date
    kind: CaseKind
    form: CaseForm | None = None
    stage: CaseStage | None = None
    procedure: Procedure | None = None
    ground: CaseGround | None = None
    matter: str = ""
    groups: tuple[str, ...] = ()
    born_on: date | None = None
    fund: Fund | None = None
    origin: str = ""
    is_agent: bool = False
    continues: str = ""
    group_case: str = ""
    recipients: int = 1
    is_sealed: bool = False
    opposing_firms: tuple[str, ...] = ()
    organ_received_at: datetime | None = None
    forwarded_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class CaseEvent:
    """One event of a case, never edited.

    on: the local day it happened. turn: 0, one higher where a step of the same day repeats or goes back. number:
    counts within case and writer. at: when it was entered (UTC). facts: what the kind must carry, by English name
    (`facts_of` in events.py lists them). voids: the event that this one takes out, only for 作废. is_derived: an
    import made it from a register's dates: it opens no clock and needs no second person.
    """

    id: str
    case: str
    kind: CaseEventKind
    on: date
    writer: str
    number: int
    turn: int = 0
    at: datetime | None = None
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    voids: str = ""
    reason: str = ""
    is_derived: bool = False


@dataclass(frozen=True, kw_only=True)
class Misfit:
    """A received or late event that does not fit where it falls: kept, listed 待处理, without effect."""

    event: CaseEvent
    text: str
    clause: str


@dataclass(frozen=True, kw_only=True)
class CaseHandler:
    """Who handles a case: a person of the pool (person, "" where unlinked), by name and firm, and how chosen.

    assigned_on: the day of the 指派, 更换 or 先行提供 that named the handler.
    """

    name: str
    firm: str
    kind: HandlerKind | None
    person: str = ""
    is_public_servant: bool = False
    how: str = ""
    share_percent: int | None = None
    assigned_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CaseStanding:
    """Where one case stands: everything its events say, computed and never stored.

    number: 案号. means: how the means test was passed at 给予. approved_on: 批准日 (the 先行 decision's or the notice's day
    where these came first). closed_on: 结案日 by the rule of its kind; of a terminated case the day its unit received the
    decision. is_provisional: aid began before its formalities (先行提供), which are due by formalities_due. owed_papers:
    what follows after 容缺, due by papers_due. notice_due: the day a supplement is due, notices: how many there were.
    objected_on: an objection waits for its decision. stood_before: the state in which the case was terminated.
    entered_number and entered_on: 省系统编号 and 录入日期. grade: the one that pays, the latest of 归档 and 评查.
    misfits: what waits for a person. events: those with effect, in order; voided: 作废 and what they took out.
    """

    case: str
    site: str
    facts: CaseFacts
    state: CaseState
    number: str = ""
    reviewer: str = ""
    head: str = ""
    means: str = ""
    approved_on: date | None = None
    refused_on: date | None = None
    refusal_delivered_on: date | None = None
    assigned_on: date | None = None
    contracted_on: date | None = None
    closed_on: date | None = None
    terminated_on: date | None = None
    termination_sent_on: date | None = None
    unit_received_on: date | None = None
    handed_in_on: date | None = None
    archived_on: date | None = None
    is_terminated: bool = False
    is_provisional: bool = False
    formalities_due: date | None = None
    owed_papers: tuple[str, ...] = ()
    papers_due: date | None = None
    notices: int = 0
    notice_due: date | None = None
    objected_on: date | None = None
    stood_before: CaseState | None = None
    result: str = ""
    recovered_fen: int | None = None
    handlers: tuple[CaseHandler, ...] = ()
    grade: Grade | None = None
    examiner: str = ""
    entered_number: str = ""
    entered_on: date | None = None
    misfits: tuple[Misfit, ...] = ()
    events: tuple[CaseEvent, ...] = ()
    voided: tuple[CaseEvent, ...] = ()

    @property
    def all_events(self) -> tuple[CaseEvent, ...]:
        """Every event known of the case, with effect or not."""
        return (*self.events, *self.voided, *(one.event for one in self.misfits))


@dataclass(frozen=True)
class Unmet:
    """One condition of counting (Y12) that a case does not meet, with the clause that sets it."""

    key: UnmetKey
    clause: str
    text: str
