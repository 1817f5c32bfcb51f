"""Lists what was exported and imported, newest first, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from sqlalchemy import select

from app.clock import local
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.bundle_files import ReceivedBundle, SentBundle
from app.models.records import Account
from app.models.schema import table_title
from app.services.exchange.kept_files import OTHER_HISTORY
from app.services.exchange.outcome import Outcome
from app.services.exchange.peers import site_name
from app.services.reading.incoming import BEGUN
from app.values import DeliveryState

EXPORT, IMPORT = "导出", "导入"
PAGE_ROWS = 100
_BAD_SIGNATURE = {"E703", "E710"}
_UNKNOWN_KEY = {"E722"}
_OUT_OF_RANGE = {"E748"}
_NEW_KEY = {"E791"}
_UNREADABLE = {"E701", "E704", "E705", "E706", "E728", "E734"}


@dataclass(frozen=True)
class ExchangeHistory:
    """A page of the history from `offset` on; way: "" for both, 导出 or 导入; parked_only: what still waits."""

    offset: int = 0
    way: str = ""
    parked_only: bool = False


class SignatureCheck(Enum):
    """What is known of a received bundle's signature."""

    valid = "valid"
    wrong = "wrong"
    unknown_key = "unknown_key"
    out_of_range = "out_of_range"
    new_key = "new_key"
    unreadable = "unreadable"


class SequenceCheck(Enum):
    """What is known of a received bundle's place in its stream."""

    unbroken = "unbroken"
    known_already = "known_already"
    gap = "gap"
    fork = "fork"
    begun = "begun"
    newer_program = "newer_program"
    not_taken = "not_taken"
    unchecked = "unchecked"
    unreadable = "unreadable"


@dataclass(frozen=True, kw_only=True)
class BundleView:
    """One exported or imported file; at is local time.

    state: how far an exported one has come, or what came of a received one. entries: exported, or newly taken in.
    signature, sequence: what was checked of a received one. is_own: written by this office itself.
    """

    id: str
    at: datetime
    way: str
    file: str
    peer: str
    peer_name: str
    entries: int
    check_code: str
    state: Outcome | DeliveryState
    code: str
    text: str
    content: str
    by: str = ""
    receipted_at: datetime | None = None
    signature: SignatureCheck | None = None
    sequence: SequenceCheck | None = None
    sha256: str = ""
    is_own: bool = False


@dataclass(frozen=True)
class HistoryPage:
    """Some rows, and whether there are more."""

    rows: tuple[BundleView, ...]
    has_more: bool


@answers(ExchangeHistory, permission=Permission.LOOK)
def exchange_history(look: Look, query: ExchangeHistory) -> HistoryPage:
    """Newest first."""
    most = query.offset + PAGE_ROWS + 1
    rows: list[BundleView] = []
    if query.way in ("", EXPORT) and not query.parked_only:
        rows += _exported(look, most)
    if query.way in ("", IMPORT):
        rows += _imported(look, most, query.parked_only)
    rows.sort(key=lambda row: (row.at, row.id), reverse=True)
    shown = rows[query.offset : query.offset + PAGE_ROWS]
    return HistoryPage(tuple(shown), len(rows) > query.offset + PAGE_ROWS)


def _exported(look: Look, most: int) -> Iterator[BundleView]:
    accounts = {row.id: row.display_name for row in look.session.scalars(select(Account))}
    query = select(SentBundle).order_by(SentBundle.made_at.desc()).limit(most)
    for row in look.session.scalars(query):
        is_received = row.receipted_at is not None
        state = DeliveryState.received if is_received else DeliveryState.sent
        entries = sum(part["to"] - part["from"] + 1 for part in row.slices)
        yield BundleView(
            id=f"sent/{row.id}",
            at=local(row.made_at),
            way=EXPORT,
            file=row.file,
            peer=row.recipient,
            peer_name=_name(look, row.recipient),
            entries=entries,
            check_code=row.check_code,
            state=state,
            code="",
            text="对方已接收，回执已收到。" if is_received else "已写好并读回核对，等对方的回执。",
            content="，".join(_range(part) for part in row.slices),
            by=accounts.get(row.made_by, ""),
            receipted_at=local(row.receipted_at) if row.receipted_at else None,
        )


def _range(part: dict[str, object]) -> str:
    if int(str(part["to"])) < int(str(part["from"])):
        return "没有新记录，只报流水位置"
    return f"第 {part['from']}—{part['to']} 条"


def _imported(look: Look, most: int, parked_only: bool) -> Iterator[BundleView]:
    query = select(ReceivedBundle).order_by(ReceivedBundle.at.desc(), ReceivedBundle.id.desc()).limit(most)
    if parked_only:
        query = query.where(ReceivedBundle.outcome == Outcome.parked)
    for row in look.session.scalars(query):
        outcome, signature = Outcome(row.outcome), signature_of(row.code)
        yield BundleView(
            id=f"received/{row.id:09d}",
            at=local(row.at),
            way=IMPORT,
            file=row.file,
            peer=row.sender,
            peer_name=_name(look, row.sender),
            entries=row.applied,
            check_code=row.check_code,
            state=outcome,
            code=row.code,
            text=row.text,
            content=counted(row.summary or {}),
            signature=signature,
            sequence=sequence_of(outcome, row.code, signature),
            sha256=row.sha256,
            is_own=row.sender == look.office.code,
        )


def counted(summary: Mapping[str, int]) -> str:
    """`{"punch": 12, "consultation": 3}` → `签到签退 12 条，咨询 3 条`."""
    return "，".join(f"{table_title(table)} {number} 条" for table, number in summary.items())


def signature_of(code: str) -> SignatureCheck:
    """What the code of an outcome says of the signature."""
    if code in _UNREADABLE:
        return SignatureCheck.unreadable
    if code in _BAD_SIGNATURE:
        return SignatureCheck.wrong
    if code in _NEW_KEY:
        return SignatureCheck.new_key
    if code in _OUT_OF_RANGE:
        return SignatureCheck.out_of_range
    return SignatureCheck.unknown_key if code in _UNKNOWN_KEY else SignatureCheck.valid


def sequence_of(outcome: Outcome, code: str, signature: SignatureCheck) -> SequenceCheck:
    """What an outcome and its code say of the sequence, which is looked at only behind a valid signature."""
    if signature is SignatureCheck.unreadable:
        return SequenceCheck.unreadable
    if signature is not SignatureCheck.valid:
        return SequenceCheck.unchecked
    if outcome is Outcome.parked and code == "E721":
        return SequenceCheck.gap
    if outcome is Outcome.parked and code == BEGUN:
        return SequenceCheck.begun
    if code in OTHER_HISTORY:
        return SequenceCheck.fork
    if outcome is Outcome.parked and code == "E707":
        return SequenceCheck.newer_program
    found = {Outcome.noop: SequenceCheck.known_already, Outcome.applied: SequenceCheck.unbroken}
    return found.get(outcome, SequenceCheck.not_taken)


def _name(look: Look, code: str) -> str:
    return site_name(look, code) if code else "不明"
