"""Lists what was exported and imported, newest first, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.clock import local
from app.kernel.handlers import answers
from app.kernel.permissions import Permission
from app.kernel.work import Look
from app.models.bundle_files import ReceivedBundle, SentBundle
from app.models.records import Account
from app.models.schema import table_title
from app.services.exchange.outcome import ALARM, APPLIED, NOOP, PARKED, REFUSED, WORDS
from app.services.exchange.peers import site_name
from app.values import DeliveryState

EXPORT, IMPORT = "导出", "导入"
PAGE_ROWS = 100
_BAD_SIGNATURE = {"E703", "E710"}
_UNKNOWN_KEY = {"E722"}
_NEW_KEY = "E791"
_UNREADABLE = {"E701", "E704", "E705", "E706", "E728", "E734"}


@dataclass(frozen=True)
class ExchangeHistory:
    """A page of the history from `offset` on; way: "" for both, 导出 or 导入; parked_only: what still waits."""

    offset: int = 0
    way: str = ""
    parked_only: bool = False


@dataclass(frozen=True)
class BundleCheck:
    """One thing checked of a received bundle: name, state (done due fault none), word."""

    name: str
    state: str
    word: str


@dataclass(frozen=True, kw_only=True)
class BundleView:
    """One exported or imported file; at is local time.

    state: a word for its state; tone: done due fault info none. entries: exported, or newly taken in.
    """

    id: str
    at: datetime
    way: str
    file: str
    peer: str
    peer_name: str
    entries: int
    check_code: str
    state: str
    tone: str
    code: str
    text: str
    content: str
    by: str = ""
    receipted_at: datetime | None = None
    checks: tuple[BundleCheck, ...] = ()
    sha256: str = ""


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
            state=state.value,
            tone="done" if is_received else "due",
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
        query = query.where(ReceivedBundle.outcome == PARKED)
    for row in look.session.scalars(query):
        yield BundleView(
            id=f"received/{row.id:09d}",
            at=local(row.at),
            way=IMPORT,
            file=row.file,
            peer=row.sender,
            peer_name=_name(look, row.sender),
            entries=row.applied,
            check_code=row.check_code,
            state=_state_word(row.outcome, row.code),
            tone=tone_of(row.outcome),
            code=row.code,
            text=row.text,
            content=counted(row.summary or {}),
            sha256=row.sha256,
            checks=tuple(checks_of(row.outcome, row.code)),
        )


def counted(summary: Mapping[str, int]) -> str:
    """`{"punch": 12, "consultation": 3}` → `签到签退 12 条，咨询 3 条`."""
    return "，".join(f"{table_title(table)} {number} 条" for table, number in summary.items())


def _state_word(outcome: str, code: str) -> str:
    """What a parked file waits for is said; the other outcomes have a word each."""
    waits = {_NEW_KEY: "待核对指纹", "E707": "待更新程序"}
    return waits.get(code, WORDS[outcome]) if outcome == PARKED else WORDS[outcome]


def tone_of(outcome: str) -> str:
    """The state a bundle's outcome is shown in."""
    return {APPLIED: "done", NOOP: "none", PARKED: "due", REFUSED: "fault", ALARM: "fault"}[outcome]


def checks_of(outcome: str, code: str) -> Iterator[BundleCheck]:
    """What an outcome says of signature and sequence."""
    if code in _UNREADABLE:
        yield BundleCheck("签名", "none", "未能核对")
        yield BundleCheck("序号", "none", "未能核对")
        return
    if code == _NEW_KEY:
        yield BundleCheck("签名", "due", "新密钥，等电话核对指纹")
        yield BundleCheck("序号", "none", "未核对")
        return
    is_bad = code in _BAD_SIGNATURE
    word = "不符" if is_bad else "密钥未登记" if code in _UNKNOWN_KEY else "有效"
    yield BundleCheck("签名", "done" if word == "有效" else "fault", word)
    if is_bad or code in _UNKNOWN_KEY:
        yield BundleCheck("序号", "none", "未核对")
    elif outcome == PARKED and code == "E721":
        yield BundleCheck("序号", "due", "缺前面的包")
    elif code == "E702":
        yield BundleCheck("序号", "fault", "与已收不一致")
    elif outcome == NOOP:
        yield BundleCheck("序号", "done", "已收过，无新内容")
    elif outcome == APPLIED:
        yield BundleCheck("序号", "done", "连续")
    else:
        yield BundleCheck("序号", "none", "未采用")


def _name(look: Look, code: str) -> str:
    return site_name(look, code) if code else "不明"
