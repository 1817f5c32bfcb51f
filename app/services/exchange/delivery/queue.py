"""The queue of bundles on their way: filled by an export, worked off whenever somebody asks, one program at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, or_, select

from app.bundle.limits import MIB
from app.errors import Problem, Refused
from app.kernel.dispatcher import Task
from app.kernel.handlers import answers, handles, performs
from app.kernel.permissions import Permission
from app.kernel.work import Look, Work
from app.models.deliveries import DeliveryPlace, QueuedDelivery
from app.safe_write import make_folder
from app.services.exchange.delivery.carrying import LASTING, carry, digest_of, pause_after
from app.services.exchange.delivery.places import carrier_to
from app.services.exchange.export import ExportBundles, Exported
from app.text import clean
from app.turns import own_turn

WAITS, DELIVERED, FAILED, CANCELLED = "等待", "已送达", "失败", "取消"
_LOCK = "turn.lock"
_PATIENCE_SECONDS = 2.0
_LISTED = 100


@dataclass(frozen=True)
class QueueBundles:
    """Export bundles as to a stick (for one office only, where named) and line them up for a place."""

    place: str
    site: str = ""


@dataclass(frozen=True)
class QueueDelivery:
    """A bundle that was written into the outbox is to lie at the place."""

    place: str
    bundle: str
    file: str
    sha256: str


@dataclass(frozen=True)
class DeliverDue:
    """Try whatever is due now."""


@dataclass(frozen=True)
class NoteDelivery:
    """What came of a try; code "": it lies there, read back."""

    delivery: int
    code: str = ""
    text: str = ""


@dataclass(frozen=True)
class RetryDelivery:
    """Try this one at the next turn, whatever stopped it."""

    delivery: int


@dataclass(frozen=True)
class CancelDelivery:
    """Deliver this one no more; its entries go with the next export, for no receipt will come."""

    delivery: int
    reason: str

    def problems(self) -> Iterable[Problem]:
        """A reason."""
        if not clean(self.reason):
            yield Problem("reason", "请写明为什么不送了。", "E761")


@dataclass(frozen=True)
class DeliveryQueue:
    """All deliveries that are not ended, and the last hundred; the newest first."""


@dataclass(frozen=True, kw_only=True)
class DeliveryLine:
    """One of the queue. code, reason: why the last try failed. next_at: when it is tried again, if it waits."""

    id: int
    place: str
    file: str
    state: str
    attempts: int
    next_at: datetime
    code: str
    reason: str


@performs(QueueBundles, title="导出并排队送出", permission=Permission.EXCHANGE)
def queue_bundles(task: Task, request: QueueBundles) -> tuple[Exported, ...]:
    """As an export answers. Raises Refused E759, E762 and what an export raises."""
    with task.look() as look:
        outbox = look.safe.data.outbox
        _place(look, request.place)
    make_folder(outbox, is_private=True)
    with own_turn(outbox / _LOCK, _busy(), _PATIENCE_SECONDS):
        exported: tuple[Exported, ...] = task.do(ExportBundles(outbox, request.site, lays_updates=False))
        for one in exported:
            if one.is_written:
                file = Path(one.file)
                task.do(QueueDelivery(request.place, one.id, file.name, _digest(file)))
    return exported


@handles(QueueDelivery, title="排队送出", permission=Permission.EXCHANGE)
def queue_delivery(work: Work, command: QueueDelivery) -> None:
    """It waits from now on."""
    work.session.add(
        QueuedDelivery(
            place=_place(work, command.place).name,
            bundle=command.bundle,
            file=command.file,
            sha256=command.sha256,
            next_at=work.now.at,
            queued_at=work.now.at,
        )
    )
    work.subjects.append(command.bundle)


@performs(DeliverDue, title="送出", permission=Permission.EXCHANGE)
def deliver_due(task: Task, _request: DeliverDue) -> tuple[DeliveryLine, ...]:
    """What was tried and how it stands now; one's failure stops nobody else. Raises Refused E759."""
    with task.look() as look:
        outbox = look.safe.data.outbox
    with own_turn(outbox / _LOCK, _busy(), _PATIENCE_SECONDS):
        with task.look() as look:
            due = [row.id for row in _due(look)]
        for number, delivery in enumerate(due):
            task.progress.step(number, len(due), "正在送出")
            task.do(_tried(task, outbox, delivery))
        with task.look() as look:
            _clear(look, outbox)
            return tuple(_line(look.session.get_one(QueuedDelivery, one)) for one in due)


def _tried(task: Task, outbox: Path, delivery: int) -> NoteDelivery:
    with task.look() as look:
        row = look.session.get_one(QueuedDelivery, delivery)
        place, name, sha256 = _place(look, row.place), row.file, row.sha256
        look.session.expunge(place)
    try:
        file = outbox / name
        if not file.is_file() or _digest(file) != sha256:
            raise Refused("E760", f"待送的包“{name}”在本机丢失或损坏。请取消它，再导出一次。")
        carrier = carrier_to(place)
        try:
            carry(carrier, file, name, sha256)
        finally:
            carrier.close()
    except Refused as refusal:
        return NoteDelivery(delivery, refusal.code, refusal.message)
    return NoteDelivery(delivery)


@handles(NoteDelivery, title="登记送出结果", permission=Permission.EXCHANGE)
def note_delivery(work: Work, command: NoteDelivery) -> None:
    """Delivered, waiting for its next turn, or failed until somebody looks; what lies there is delivered, even if cancelled meanwhile."""
    row = work.session.get_one(QueuedDelivery, command.delivery)
    work.subjects.append(row.bundle)
    row.code, row.reason = command.code, command.text
    if not command.code:
        row.state, row.ended_at = DELIVERED, work.now.at
        return
    row.attempts += 1
    row.next_at = work.now.at + pause_after(row.attempts)
    if command.code in LASTING and row.state == WAITS:
        row.state = FAILED


@handles(RetryDelivery, title="立即重试送出", permission=Permission.EXCHANGE)
def retry_delivery(work: Work, command: RetryDelivery) -> None:
    """Due now, as if it had never been tried. Raises Refused E758."""
    row = _unfinished(work, command.delivery)
    row.state, row.attempts, row.next_at = WAITS, 0, work.now.at


@handles(CancelDelivery, title="取消送出", permission=Permission.EXCHANGE)
def cancel_delivery(work: Work, command: CancelDelivery) -> None:
    """Raises Refused E758, E761."""
    row = _unfinished(work, command.delivery)
    work.why = command.reason
    row.state, row.ended_at = CANCELLED, work.now.at


@answers(DeliveryQueue, permission=Permission.LOOK)
def delivery_queue(look: Look, _query: DeliveryQueue) -> tuple[DeliveryLine, ...]:
    """With the reason of each that is not there yet, in plain words."""
    last = look.session.scalar(select(func.max(QueuedDelivery.id))) or 0
    rows = look.session.scalars(
        select(QueuedDelivery).where(
            or_(QueuedDelivery.state.in_((WAITS, FAILED)), QueuedDelivery.id > last - _LISTED)
        )
    )
    return tuple(_line(row) for row in sorted(rows, key=lambda row: -row.id))


def _due(look: Look) -> list[QueuedDelivery]:
    rows = select(QueuedDelivery).where(QueuedDelivery.state == WAITS, QueuedDelivery.next_at <= look.now.at)
    return list(look.session.scalars(rows.order_by(QueuedDelivery.id)))


def _clear(look: Look, outbox: Path) -> None:
    """What nobody waits for: delivered, cancelled, or left by a program that was killed before it lined it up."""
    open_ones = select(QueuedDelivery.file).where(QueuedDelivery.state.in_((WAITS, FAILED)))
    kept = {*look.session.scalars(open_ones), _LOCK}
    for path in outbox.iterdir():
        if path.name not in kept and path.is_file():
            path.unlink()


def _unfinished(work: Work, delivery: int) -> QueuedDelivery:
    row = work.session.get(QueuedDelivery, delivery)
    if row is None or row.state not in (WAITS, FAILED):
        raise Refused("E758", f"没有编号为 {delivery} 的待送包，可能已送达或已取消。")
    work.subjects.append(row.bundle)
    return row


def _place(look: Look, name: str) -> DeliveryPlace:
    found = look.session.get(DeliveryPlace, name)
    if found is None:
        raise Refused("E762", f"没有登记过叫“{name}”的送达地点。请管理员先登记。")
    return found


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return digest_of(iter(lambda: source.read(MIB), b""))


def _line(row: QueuedDelivery) -> DeliveryLine:
    return DeliveryLine(
        id=row.id, place=row.place, file=row.file, state=row.state, attempts=row.attempts, next_at=row.next_at,
        code=row.code, reason=row.reason,
    )  # fmt: skip


def _busy() -> Refused:
    return Refused("E759", "另一个窗口或程序正在送出，请等它送完。")
